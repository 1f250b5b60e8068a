"""Where the offer falls short of a group of people, and which new activities would help most."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, Problem, must
from ..explain.gaps import gaps_summary
from ..gaps import Ranked, Shown, rank_different, told
from ..model import Profile
from ..model.gaps import SMALLEST_CELL, GapsAnswer, ReachAnswer
from ..model.profile import HOURS_OF_TRACK
from ..schedule import BRUSSELS, HORIZON_DAYS
from . import Matcher
from .gap_candidates import Candidates, candidates_for, possible_minutes
from .gap_people import People, Supply
from .gap_reach import Gains, Reach, reach_of
from .gap_tables import GapTables, barriers, counted
from .gap_writing import new_activities
from .plan_attempts import PlanWish

NEW_MOST = 10
"""So many new activities are listed."""
DIFFER_LEAST = 2
"""Each differs from each before it in so many of interest, half-day and place."""
TIME_LIMIT_S = 300.0
REACH_SHARE = 0.6
"""The share of the time within which it must be known how far each person gets."""
GRACE_S = 2.0
"""A plan that was begun in time may go on for so long."""
Told = Callable[[int, int], None]


def _nobody_listens(done: int, total: int) -> None:
    """Tell nobody."""


def find_gaps(
    engine: Matcher,
    profiles: Sequence[Profile],
    *,
    today: date,
    now: datetime,
    by: date | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    tell: Told = _nobody_listens,
) -> GapsAnswer:
    """Hold the wishes and free time of people against an offer, and rank made-up activities by what they bring.

    Parameters
    ----------
    engine : Matcher
        Holds the offer.
    profiles : sequence of Profile
        At least `SMALLEST_CELL` people: a report about fewer would tell of one of them.
    today : date
        The day from which sessions count.
    now : datetime
        Written as the moment of the answer, nothing else depends on it.
    by : date or None
        The day by which the municipality would like the hours to be reached; never a term of the law.
    time_limit_s : float
        After so long the best so far is given, and how much better it could be.
    tell : callable
        Is told how many people are done, and of how many.

    Raises
    ------
    InputError
        If there are too few people, an id stands twice, or ``by`` lies before today.
    """
    check_gaps(profiles, today=today, by=by)
    wish = PlanWish(hours=HOURS_OF_TRACK, by=by)
    start_s = time.monotonic()
    supply = Supply(engine.ranker(today), engine.activities)
    everybody = _reaches(engine, supply, profiles, today, wish, start_s + REACH_SHARE * time_limit_s, tell)
    must(
        len(everybody) >= SMALLEST_CELL,
        "profiles",
        "few enough to be planned within the time limit",
        len(profiles),
        "Use the command on your own machine, or give fewer at a time.",
    )
    people = People.of([one.profile for one in everybody], [one.person for one in everybody])
    short = [one for one in everybody if one.short_min > 0]
    search = _search(engine, people, short, today, wish, start_s + time_limit_s)
    is_short = np.array([one.short_min > 0 for one in everybody], dtype=bool)
    tables = GapTables(people, supply, np.array([one.met for one in everybody]), is_short)
    complete = len(everybody) == len(profiles) and search.is_complete
    # Of people who were not asked for nothing is known.
    is_known = len(everybody) == len(profiles) and search.all_ranked and len(short) >= SMALLEST_CELL
    return {
        "generated_at": now.astimezone(BRUSSELS).isoformat(timespec="seconds"),
        "today": today.isoformat(),
        "offer_version": engine.offer_version,
        "model_version": engine.model_version,
        "demonstration": engine.is_demonstration,
        "hours": HOURS_OF_TRACK,
        "by": by.isoformat() if by else None,
        "people": len(profiles),
        "smallest_cell": SMALLEST_CELL,
        "activities": int(supply.is_open.sum()),
        **_reached(everybody, short, min(filter(None, (today + timedelta(days=HORIZON_DAYS), by)))),
        "unknown": tables.unknown(),
        "by_interest": tables.by_interest(),
        "by_half_day": tables.by_half_day(),
        "by_level": tables.by_level(),
        "by_area": tables.by_area(),
        "by_interest_and_half_day": tables.by_interest_and_half_day(),
        "cells": tables.cells(),
        "barriers": barriers([one.kept_out for one in short]),
        "candidates": len(search.candidates.trait),
        "new_activities": new_activities(
            search.candidates,
            search.ranked.chosen,
            search.gained,
            today=today,
            short_min=[one.short_min for one in short],
        ),
        "complete": complete,
        "gap_hours": 0.0 if complete else round(search.ranked.gap / 60.0) if is_known else None,
    }


def _reached(everybody: Sequence[Reach], short: Sequence[Reach], until: date) -> ReachAnswer:
    """Say how many people reach 40 hours, as far as that may be told."""
    planned = len(everybody)
    whole = planned, Shown(planned, planned)
    n_short, n_reached = counted(told(len(short), whole)), counted(told(planned - len(short), whole))
    missing_h = round(sum(one.short_min for one in short) / 60.0) if len(short) >= SMALLEST_CELL else None
    sentence = gaps_summary(reached=n_reached, people=planned, short=n_short, hours_missing=missing_h, until=until)
    return {
        "until": until.isoformat(),
        "planned": planned,
        "reached": n_reached,
        "short": n_short,
        "hours_missing": missing_h,
        "sentence_nl": sentence.nl,
        "sentence_en": sentence.en,
    }


def check_gaps(profiles: Sequence[Profile], *, today: date, by: date | None) -> None:
    """Refuse what cannot be asked.

    Raises
    ------
    InputError
        If there are too few people, an id stands twice, or ``by`` lies before today.
    """
    PlanWish(hours=HOURS_OF_TRACK, by=by).check(today)
    must(
        len(profiles) >= SMALLEST_CELL,
        "profiles",
        f"{SMALLEST_CELL} people or more",
        len(profiles),
        "A report about fewer would tell of one of them.",
    )
    seen: dict[str, int] = {}
    for number, profile in enumerate(profiles):
        if profile.id in seen:
            rule, remedy = "must be unique", f"It is that of profiles[{seen[profile.id]}] too."
            raise InputError([Problem(key=f"profiles[{number}].id", rule=rule, value=profile.id, remedy=remedy)])
        seen[profile.id] = number


def _reaches(
    engine: Matcher,
    supply: Supply,
    profiles: Sequence[Profile],
    today: date,
    wish: PlanWish,
    until_s: float,
    tell: Told,
) -> list[Reach]:
    """Plan for one person after the other, as many as there is time for."""
    found: list[Reach] = []
    for profile in profiles:
        if time.monotonic() > until_s:
            break
        found.append(
            reach_of(
                engine, supply, profile, today=today, wish=wish, stop=lambda: time.monotonic() > until_s + GRACE_S
            )
        )
        tell(len(found), len(profiles))
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """The new activities that were found, and the minutes that each worked out brings to each person."""

    candidates: Candidates
    ranked: Ranked
    gained: dict[int, NDArray[np.int64]]
    all_ranked: bool

    @property
    def is_complete(self) -> bool:
        """True when nothing better was left out."""
        return self.all_ranked and self.ranked.is_complete


def _search(
    engine: Matcher, people: People, short: Sequence[Reach], today: date, wish: PlanWish, until_s: float
) -> _Search:
    """Find the new activities that bring most hours to those who cannot reach them."""
    candidates = candidates_for(people, engine.activities)
    if not short or not len(candidates.trait):
        return _Search(candidates, Ranked([], [], is_complete=True, gap=0.0), {}, all_ranked=True)

    def stop() -> bool:
        return time.monotonic() > until_s

    possible = possible_minutes(
        candidates,
        [one.person for one in short],
        own=engine.ranker(today),
        last_day=min(HORIZON_DAYS, (wish.by - today).days if wish.by else HORIZON_DAYS),
        short_min=np.array([one.short_min for one in short]),
        least_min=np.array([one.least_min for one in short]),
        week_most_min=np.array([one.week_most_min for one in short]),
        list_least=np.array([one.list_least for one in short]),
        stop=stop,
    )
    gains = Gains(engine, candidates, possible, short, today=today, wish=wish, stop=stop)
    gained: dict[int, NDArray[np.int64]] = {}

    def worth(number: int) -> float | None:
        found = gains.minutes(number)
        if found is None:
            return None
        gained[number] = found
        return float(found.sum())

    ranked = rank_different(
        possible.minutes.sum(axis=0, dtype=np.float64),
        possible.fit,
        candidates.trait[:, :3],
        worth,
        most=NEW_MOST,
        differ_least=DIFFER_LEAST,
    )
    return _Search(candidates, ranked, gained, possible.is_complete)
