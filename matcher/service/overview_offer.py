"""What became of the offer in a period: never proposed, often proposed, wished but not there, out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..dossiers import Course, is_own
from ..facets import tabulate
from ..features.people import encode_profile
from ..gaps import Shown, told, told_cover, told_within
from ..model import Activity, Profile
from ..model.answer import LIMIT_CODES
from ..model.gaps import SMALLEST_CELL
from ..model.offer import DeskRequest
from ..model.overview import Host, OfferUse, Period, Unproposed, Wish
from ..ranking import ActivityRanker
from ..schedule import DAYS_EN, DAYS_NL
from ..vocabulary import interests, lineage
from . import Matcher
from .gap_people import HALF_DAYS, Supply, branches, free_half_days
from .gap_tables import counted
from .suggesting import STALE_DAYS

PEOPLE_LOOKED_AT = 200
"""Limits are looked at for so many open dossiers: their codes are drawn, so that the first are a fair sample."""
LIMITS_SAID = 2
_DAY_OF = dict(zip(DAYS_NL, DAYS_EN, strict=True))


def offer_use(
    engine: Matcher,
    courses: Sequence[Course],
    requests: Sequence[DeskRequest],
    profiles: Sequence[Profile],
    *,
    period: Period,
    today: date,
) -> OfferUse:
    """Hold an offer against what was proposed, asked and wished.

    Parameters
    ----------
    profiles : sequence of Profile
        Of the dossiers that are open, in the order of their codes.
    """
    ranker = engine.ranker(today)
    supply = Supply(ranker, engine.activities)
    touched, hosts = _proposed(courses, period)
    n_proposed = len(set().union(*touched.values()))
    is_open = supply.is_open.tolist()
    open_ones = [one for one, is_there in zip(engine.activities, is_open, strict=True) if is_there]
    verified = [one.last_verified for one in open_ones]
    limit = today - timedelta(days=STALE_DAYS)
    unproposed = [
        column for column in np.flatnonzero(supply.is_open) if engine.activities[column].id not in touched
    ]
    return OfferUse(
        activities=len(open_ones),
        recent=sum(day is not None and day >= limit for day in verified),
        older=sum(day is not None and day < limit for day in verified),
        never=sum(day is None for day in verified),
        unproposed=(
            _unproposed(engine, ranker, np.array(unproposed, dtype=np.int64), profiles[:PEOPLE_LOOKED_AT], today)
            if n_proposed >= SMALLEST_CELL
            else None
        ),
        hosts=_hosts(hosts, open_ones, told(n_proposed)),
        by_interest=_wishes(
            branches(),
            [_branches(one.interests) for one in requests],
            [_branches(one.interests) for one in profiles],
            supply.about[supply.is_open].sum(axis=0).tolist(),
        ),
        by_half_day=_wishes(
            HALF_DAYS,
            [set(map(_half_day, one.half_days)) for one in requests],
            [{id_ for id_, free in zip(HALF_DAYS, free_half_days(one), strict=True) if free} for one in profiles],
            supply.held[supply.is_open].sum(axis=0).tolist(),
        ),
    )


def _proposed(courses: Sequence[Course], period: Period) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Return who was proposed each activity, and each organiser; own proposals have none."""
    touched: dict[str, set[int]] = {}
    hosts: dict[str, set[int]] = {}
    for person, course in enumerate(courses):
        for activity_id, way in course.ways.items():
            if period.since <= way.first_on <= period.until:
                touched.setdefault(activity_id, set()).add(person)
                if way.organiser and not is_own(activity_id):
                    hosts.setdefault(way.organiser, set()).add(person)
    return touched, hosts


def _unproposed(
    engine: Matcher,
    ranker: ActivityRanker,
    columns: NDArray[np.int64],
    profiles: Sequence[Profile],
    today: date,
) -> tuple[Unproposed, ...]:
    """Name the activities, and for each the limits that keep out ten people or more, most people first."""
    broken = np.zeros((len(profiles), len(columns)), dtype=np.int64)
    if broken.size:
        people = [encode_profile(profile, today=today) for profile in profiles]
        row = np.repeat(np.arange(len(people)), len(columns))
        tables = tabulate(ranker.facets_, people, weights=ranker.weights)
        broken = tables.pairs(np.tile(columns, len(people)), row).broken.reshape(broken.shape)
    kept_out = np.array([(broken >> bit & 1).sum(axis=0) for bit in range(len(LIMIT_CODES))])
    found = []
    for place, column in enumerate(columns.tolist()):
        activity, counts = engine.activities[column], kept_out[:, place]
        often = [bit for bit in np.argsort(-counts, kind="stable").tolist() if counts[bit] >= SMALLEST_CELL]
        found.append(
            Unproposed(
                activity_id=activity.id,
                title=activity.title,
                organiser=activity.organiser,
                limits=tuple(LIMIT_CODES[bit] for bit in often[:LIMITS_SAID]),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.title.lower(), one.activity_id)))


def _hosts(hosts: dict[str, set[int]], activities: Iterable[Activity], whole: Shown) -> tuple[Host, ...]:
    """Return the organisers of whom an exact number is told, those with most people first."""
    names = sorted(hosts)
    organisers = [one.organiser for one in activities]
    shown = told_cover([len(hosts[name]) for name in names], whole)
    found = [
        Host(organiser=name, people=counted(one), activities=organisers.count(name))
        for name, one in zip(names, shown, strict=True)
        if one.least >= SMALLEST_CELL
    ]
    return tuple(sorted(found, key=lambda one: (-one.people["least"], one.organiser)))


def _wishes(
    ids: Sequence[str], asked: Sequence[set[str]], wished: Sequence[set[str]], activities: Sequence[int]
) -> tuple[Wish, ...]:
    wholes = [told(len(each)) for each in (asked, wished)]
    return tuple(
        Wish(
            id=id_,
            requests=counted(told_within(sum(id_ in one for one in asked), wholes[0])),
            people=counted(told_within(sum(id_ in one for one in wished), wholes[1])),
            activities=there,
        )
        for id_, there in zip(ids, activities, strict=True)
    )


def _branches(wished: Sequence[str]) -> set[str]:
    """Return the branches of the tree under which interests lie."""
    return {above for one in wished if one in interests() for above in lineage(one)} & set(branches())


def _half_day(text: str) -> str:
    """Return a half-day of a request by the name that it has here."""
    day, _, part = text.partition("-")
    return f"{_DAY_OF.get(day, day)}-{part}"
