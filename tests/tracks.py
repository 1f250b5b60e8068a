"""Made-up dossiers and requests to count with: a municipality in numbers, none of it of a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.dossiers import make_code
from matcher.model import read_profile
from matcher.model.access import Asker
from matcher.model.dossier import ASKED_BY, Dossier
from matcher.model.offer import DeskRequest
from matcher.model.outcomes import REASONS
from matcher.schedule import BRUSSELS, DAYS_NL

COORDINATOR = Asker(account="c", role="coordinator", municipality="herent", municipalities=("herent",))
CASEWORKER = Asker(account="w", role="caseworker", municipality="herent", municipalities=("herent", "leuven"))
ANALYST = Asker(account="a", role="analyst", municipality="herent", municipalities=("herent",))
DESK = Asker(account="d", role="desk", municipality="herent", municipalities=("herent",))
INTERESTS = ("cooking", "sewing", "singing", "team_sports", "gardening", "walking")
HALF_DAYS = tuple(f"{day}-{part}" for day in DAYS_NL for part in ("morning", "afternoon", "evening"))
LEVELS = ("pre-A1", "A1", "A2", "B1")
"""Parts of a profile that the generator draws from."""


def moment(day):
    """Return ten o'clock in Brussels on a day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=BRUSSELS)


def made_profile(rng, code="x"):
    """Draw wishes and possibilities."""
    data = {"id": code, "home": {"postal_code": rng.choice(("3020", "3000", "3110"))}}
    if rng.random() < 0.8:
        data["interests"] = rng.sample(INTERESTS, rng.randint(1, 3))
    if rng.random() < 0.8:
        days = rng.sample(DAYS_NL, rng.randint(1, 4))
        data["availability"] = [
            f"{day} {rng.choice(('09:00-12:00', '13:00-17:00', '18:00-21:30'))}" for day in days
        ]
    if rng.random() < 0.7:
        data["dutch_level"] = rng.choice(LEVELS)
    if rng.random() < 0.6:
        data |= {"transport": rng.choice(("walk", "bike", "public")), "max_distance_km": rng.choice((2, 5, 10))}
    if rng.random() < 0.3:
        data["hours_done"] = rng.choice((4, 10, 20))
    return read_profile(data)


@dataclass
class Pen:
    """Writes in one dossier, one thing after another."""

    work: object
    dossier: Dossier

    def note(self, kind, on, **data):
        """Note something on a day, as `matcher.service.dossiers.note_step` keeps it."""
        data = {"on": on.isoformat(), **data}
        self.dossier, event = self.work.dossiers.append(self.dossier, kind, data, at=moment(on), role="caseworker")
        return event.number

    def outcome(self, on, activity, outcome, **more):
        """Note what came of a proposal."""
        return self.note("outcome", on, outcome=outcome, **named(activity), **more)

    def hours(self, on, activity, hours):
        """Note hours of one day."""
        return self.note("hours", on, hours=hours, **named(activity))

    def prove(self, on, activity, entries):
        """Give a proof, and check it."""
        proof = self.note("proof", on, entries=list(entries), state="given", **named(activity))
        self.note("proof", on, proof=proof, entries=[], state="checked")


def named(activity):
    """Return what a dossier keeps of an activity."""
    return {"activity_id": activity.id, "title": activity.title, "organiser": activity.organiser}


def open_pen(work, rng, day, *, municipality="herent", asked_by="other", profile=None, code=None):
    """Open a dossier on a day, and return a pen for it."""
    code = code or make_code(rng)
    profile = (profile or made_profile(rng)).model_copy(update={"id": code})
    dossier = Dossier(
        code=code,
        municipality=municipality,
        profile=profile,
        version=0,
        opened_on=day,
        asked_by=asked_by,
    )
    return Pen(work, work.dossiers.add(dossier, at=moment(day), role="caseworker"))


def live(pen, rng, activities, day, today):
    """Let a made-up person propose, choose, go, stop, and gather hours, never beyond today."""
    for activity in rng.sample(activities, min(len(activities), rng.randint(1, 5))):
        if day > today:
            return
        pen.outcome(day, activity, "proposed")
        later = day + timedelta(days=rng.randint(0, 20))
        fate = rng.random()
        if later > today or fate < 0.15:
            continue
        if fate < 0.4:
            pen.outcome(later, activity, "declined", reason=rng.choice((*REASONS, None)) or "no_answer")
            continue
        pen.outcome(later, activity, "chosen")
        entries = []
        for week in range(rng.randint(0, 20)):
            on = later + timedelta(days=7 * (week + 1))
            if on > today:
                break
            if not week:
                pen.outcome(on, activity, "attended")
            entries.append(pen.hours(on, activity, rng.choice((1.5, 2.0, 2.5, 3.0))))
        if entries and rng.random() < 0.5:
            pen.prove(min(today, on), activity, entries)
        if entries and rng.random() < 0.25:
            pen.outcome(min(today, on), activity, "stopped", reason=rng.choice(REASONS))
        day = later + timedelta(days=rng.randint(0, 30))
    if rng.random() < 0.1:
        pen.note("ended", min(day, today), ending=rng.choice(("finished", "moved", "stopped")))


def fill(office, rng, activities, *, n, today, days=400, municipality="herent"):
    """Fill a store with dossiers and requests of the days before today."""
    activities = list(activities)
    with office.store.writing() as work:
        for _ in range(n):
            first = today - timedelta(days=rng.randint(0, days))
            pen = open_pen(work, rng, first, municipality=municipality, asked_by=rng.choice(ASKED_BY))
            live(pen, rng, activities, first, today)
        for _ in range(2 * n):
            work.add_request(made_request(rng, today - timedelta(days=rng.randint(0, days)), municipality))


def made_request(rng, day, municipality="herent"):
    """Draw a request at the desk."""
    return DeskRequest(
        municipality=municipality,
        on=day,
        asked_by=rng.choice(ASKED_BY),
        interests=tuple(rng.sample(INTERESTS, rng.randint(0, 2))),
        half_days=tuple(rng.sample(HALF_DAYS, rng.randint(0, 4))),
        n_allowed=rng.choice((0, 3, 40)),
    )
