"""Which single change brings a person furthest, each found by planning again with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..explain import Sentence
from ..explain.plan_summary import change_text
from ..model import Activity, Profile
from ..model.answer import LIMIT_CODES
from ..model.plans import PlanChange
from ..planning import Layout
from ..schedule import DAYS_NL, HORIZON_DAYS, read_availability
from . import Matcher
from .plan_attempts import Attempt, Candidate, PlanWish

HALF_DAYS = ("09:00-12:30", "13:00-17:00", "18:30-22:00")
FURTHER_KM = 3.0
LATER_DAYS = (28, 56, 91, 182)
MORE_HOURS = 2.0
MOST_FULL = 5
"""Of so many full activities, the best ones, it is tried what a place would bring."""


@dataclass(frozen=True, slots=True)
class _Change:
    key: str
    profile: Profile
    wish: PlanWish
    add: str | None = None
    set: object = None
    activity: Activity | None = None
    column: int | None = None


def helpful_changes(engine: Matcher, asked: Attempt, base: Candidate) -> tuple[list[PlanChange], bool]:
    """Plan again with one thing changed at a time.

    Parameters
    ----------
    engine : Matcher
    asked : Attempt
        Without a change.
    base : Candidate
        Its best set.

    Returns
    -------
    changes : list of PlanChange
        Of each kind the best that brings more hours, the most helpful first.
    complete : bool
        False when the time was over before all were tried.
    """
    best: dict[str, tuple[int, int, PlanChange]] = {}
    complete = True
    for number, change in enumerate(_changes(engine, asked)):
        if asked.stop():
            complete = False
            break
        attempt = Attempt(
            engine,
            change.profile,
            change.wish,
            today=asked.today,
            stop=asked.stop,
            opened=() if change.column is None else (change.column,),
        )
        candidate = attempt.best()
        found = candidate.found
        helps = found.chosen and found.towards_min > base.found.towards_min
        if helps and (change.key not in best or found.worth > best[change.key][0]):
            best[change.key] = (found.worth, -number, _described(change, attempt, candidate.layout))
    ordered = sorted(best.values(), key=lambda one: one[:2], reverse=True)
    return [one for *_, one in ordered], complete


def _changes(engine: Matcher, asked: Attempt) -> Iterator[_Change]:
    profile, wish = asked.profile, asked.wish
    yield from _later(asked)
    if profile.max_hours_per_week is not None:
        more = profile.max_hours_per_week + MORE_HOURS
        yield _Change(
            "max_hours_per_week", profile.model_copy(update={"max_hours_per_week": more}), wish, set=more
        )
    if profile.max_distance_km is not None:
        further = profile.max_distance_km + FURTHER_KM
        yield _Change(
            "max_distance_km", profile.model_copy(update={"max_distance_km": further}), wish, set=further
        )
    full = 1 << LIMIT_CODES.index("full")
    for column in [int(one) for one in asked.scores.order if asked.scores.broken[one] == full][:MOST_FULL]:
        yield _Change("places_left", profile, wish, activity=engine.activities[column], column=column)
    if profile.availability is not None:
        texts = profile.availability.texts()
        for day in DAYS_NL:
            for hours in HALF_DAYS:
                added = f"{day} {hours}"
                week = read_availability([*texts, added])
                if week != profile.availability:
                    yield _Change(
                        "availability", profile.model_copy(update={"availability": week}), wish, add=added
                    )


def _later(asked: Attempt) -> Iterator[_Change]:
    """Move the last day, when one thing alone sets it."""
    profile, wish = asked.profile, asked.wish
    horizon = asked.today + timedelta(days=HORIZON_DAYS)
    for days in LATER_DAYS:
        day = min(asked.until + timedelta(days=days), horizon)
        if asked.until < horizon and asked.until == wish.by != profile.available_until:
            yield _Change("by", profile, replace(wish, by=day), set=day)
        elif asked.until < horizon and asked.until == profile.available_until != wish.by:
            later = profile.model_copy(update={"available_until": day})
            yield _Change("available_until", later, wish, set=day)


def _described(change: _Change, attempt: Attempt, layout: Layout) -> PlanChange:
    reached = None if layout.reached_day is None else attempt.today + timedelta(days=layout.reached_day)
    possible = layout.possible_min / 60
    title = change.activity.title if change.activity else ""
    sentence: Sentence = change_text(
        change.key,
        change.add if change.add is not None else change.set,
        title=title,
        reached_on=reached,
        hours=(attempt.profile.hours_done or 0.0) + possible,
        target=attempt.wish.hours,
    )
    answer: PlanChange = {
        "key": change.key,
        "feasible": reached is not None,
        "reached_on": reached.isoformat() if reached else None,
        "hours_possible": round(possible, 2),
        "sentence_nl": sentence.nl,
        "sentence_en": sentence.en,
    }
    if change.add is not None:
        answer["add"] = change.add
    if change.set is not None:
        answer["set"] = change.set.isoformat() if isinstance(change.set, date) else change.set
    if change.activity:
        answer["activity_id"] = change.activity.id
    return answer
