"""A desk with dossiers to try pages on: a client of the real application over a real store."""

import random
import re
from datetime import datetime

from flask import Flask

from matcher.model import read_activity, read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import STEPS, read_step
from matcher.pages import Front, pages
from matcher.schedule import BRUSSELS
from matcher.service.dossiers import note_step, open_dossier
from tests.offices import office_of

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
TODAY = NOW.date()
WEEKLY = {
    "organiser": "Buurthuis",
    "kind": "conversation_group",
    "language": "nl",
    "group_min": 6,
    "group_max": 12,
    "new_people": "yes",
    "interaction": "high",
    "postal_code": "3020",
    "place": "Buurthuis",
    "start_date": "2026-09-01",
    "end_date": "2027-06-30",
}


def activity(id_, **known):
    """Return an activity that fits, with what is said of it."""
    return read_activity({**WEEKLY, "id": id_, "title": id_.capitalize(), "schedule": "di 19:00-21:00", **known})


def offer():
    """Return a few activities, each with a point of its own."""
    return [
        activity("praattafel", schedule="di 19:00-21:00"),
        activity("koor", schedule="di 20:00-22:00", kind="culture", organiser="Koor"),
        activity("naaien", schedule="wo 13:30-16:00", kind="course", organiser="Naaiclub", places_left=1),
        activity("tuin", schedule="za 09:00-12:00", kind="volunteering", organiser="Moestuin", postal_code="3000"),
        activity("open-huis", schedule="ma 09:00-17:00; do 09:00-17:00", attendance="drop_in", organiser="Huis"),
        activity("buddy", schedule="flex 2u/week", kind="buddy", group_min=2, group_max=2, organiser="Buddywerk"),
        activity("zonder-uur", schedule=None, organiser="Onbekend"),
    ]


class Desk:
    """One office, one dossier, and a browser of one role."""

    def __init__(self, *, role="caseworker", lang="nl", activities=None, profile=None):
        self.office = office_of(activities if activities is not None else offer())
        self.asker = DEMONSTRATION_ACCOUNTS[role]
        app = Flask("pages under test", static_folder=None)
        app.secret_key = self.office.secret
        app.register_blueprint(pages(Front(self.office, clock=lambda: NOW, rng=random.Random(1))))
        self.app, self.client = app, app.test_client()
        self.become(role, lang=lang)
        self.code = self.open(**(profile or {}))

    def become(self, role, *, lang="nl", municipality=""):
        """Let another role use the browser."""
        with self.client.session_transaction() as session:
            session.update(role=role, lang=lang, municipality=municipality)

    def open(self, *, seed=11, municipality="herent", at=NOW, **profile):
        """Open a dossier and return its code."""
        asker = DEMONSTRATION_ACCOUNTS["caseworker"].working_for(municipality)
        with self.office.store.writing() as work:
            found = open_dossier(
                work, asker, read_profile({"id": "x", **profile}), now=at, rng=random.Random(seed)
            )
        return found.code

    def dossier(self, code=None):
        """Return the dossier as it stands."""
        with self.office.store.reading() as work:
            return work.dossiers.get(code or self.code)

    def note(self, kind, *, code=None, at=NOW, **data):
        """Note a step as a caseworker."""
        with self.office.store.writing() as work:
            asker = DEMONSTRATION_ACCOUNTS["caseworker"]
            return note_step(work, asker, code or self.code, read_step(STEPS[kind], data), now=at)

    def get(self, path="", status=200):
        """Fetch a page of the dossier, or another one by its whole path."""
        answer = self.client.get(path if path.startswith("/") else f"/dossiers/{self.code}/{path}".rstrip("/"))
        assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
        return answer.get_data(as_text=True)

    def post(self, path, status=303, **data):
        """Send a form of the dossier with the version that stands there now, and return what follows."""
        data = {"version": self.dossier().version, **data}
        path = path if path.startswith("/") else f"/dossiers/{self.code}/{path}"
        answer = self.client.post(path, data=data)
        assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
        if status == 303:
            return self.client.get(answer.headers["Location"].partition("#")[0]).get_data(as_text=True)
        return answer.get_data(as_text=True)


def said(html):
    """Return the text of a page, each blank a single one."""
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group(0) if main else html)).strip()
