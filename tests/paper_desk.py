"""A dossier to print from: chosen activities, hours, proofs in each state, behind the real application."""

import random
from datetime import date, timedelta

from api import create_app
from matcher.model import read_profile
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.model.steps import CorrectionStep, HoursStep, OutcomeStep, ProofStep
from matcher.service.dossiers import note_step, open_dossier
from tests.offices import NOW, office_of

CASEWORKER = DEMONSTRATION_ACCOUNTS["caseworker"]
CODE = "6P4-B5KT"


class PaperDesk:
    """An application with one dossier, and short ways to write in it and to ask for pages."""

    def __init__(self, activities, *, now=NOW, **profile):
        self.now = now
        self.office = office_of(activities)
        self.app = create_app(self.office, clock=lambda: now)
        home = {"home": {"postal_code": "3000"}, "transport": "bike", **profile}
        with self.office.store.writing() as work:
            made = read_profile({"id": "p", **home})
            open_dossier(work, CASEWORKER, made, now=now, rng=random.Random(1), code=CODE)

    def note(self, step):
        with self.office.store.writing() as work:
            return note_step(work, CASEWORKER, CODE, step, now=self.now)[0]

    def choose(self, activity_id, *, weeks=8, **more):
        step = {"activity_id": activity_id, "outcome": "chosen", **more}
        on = self.now.date() - timedelta(weeks=weeks)
        return self.note(OutcomeStep.model_validate({**step, "on": on}))

    def log(self, activity_id, *days, hours=2):
        for day in days:
            dossier = self.note(HoursStep(activity_id=activity_id, on=day, hours=hours))
        return dossier

    def correct(self, number, hours):
        return self.note(CorrectionStep(corrects=number, hours=hours))

    def prove(self, activity_id, *states):
        number = self.note(ProofStep(activity_id=activity_id)).proofs[-1].number
        for state in states:
            self.note(ProofStep(proof=number, state=state))
        return number

    def client(self, role="caseworker"):
        client = self.app.test_client()
        client.post("/wie", data={"role": role})
        return client


def tuesdays(n, *, last=date(2026, 11, 17)):
    """Return so many Tuesdays, the last one last."""
    return [last - timedelta(weeks=back) for back in reversed(range(n))]
