"""What can be chosen for one plan, as arrays: hours of each week, clashes, and what two activities share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_CANDIDATES = 60
"""Sets are kept as the bits of one 64-bit number."""
NO_LIMIT_MIN = 7 * 24 * 60
"""Minutes in a week."""
LEAST_ROOM_MIN = 60
"""Less room than this in a week is left free: nobody comes along for ten minutes."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dated sessions of the candidates; days count from today = 0, candidates stand best first.

    who, day, start_min, end_min : int64 ndarray of shape (n_sessions,)
    is_visit : bool ndarray of shape (n_sessions,)
        True for a visit that one may leave out; False for a session to which one goes when one joins.
    agreed_min : int64 ndarray of shape (n, n_weeks), minutes by agreement in each week
    agreed_first, agreed_last : int64 ndarray of shape (n, n_weeks), first and last day on which they can be
    weekday : int, that of today, Monday = 0
    """

    who: Ints
    day: Ints
    start_min: Ints
    end_min: Ints
    is_visit: Bools
    agreed_min: Ints
    agreed_first: Ints
    agreed_last: Ints
    weekday: int

    @property
    def week(self) -> Ints:
        """Week of each session, Monday to Sunday; 0 is that of today."""
        return (self.day + self.weekday) // 7

    def only(self, kept: Bools) -> Dates:
        """Return the sessions of a mask."""
        return replace(
            self,
            who=self.who[kept],
            day=self.day[kept],
            start_min=self.start_min[kept],
            end_min=self.end_min[kept],
            is_visit=self.is_visit[kept],
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """The candidates of one plan, best first; weeks that are alike are one column.

    score : int64 ndarray of shape (n,), whole steps of 1e-4
    tie : int64 ndarray of shape (n,), the order of the ids
    start_week : int64 ndarray of shape (n,), weeks until the first session
    fixed_min : int64 ndarray of shape (n, n_columns), minutes of the sessions to which one goes
    optional_min : int64 ndarray of shape (n, n_columns), minutes of visits and by agreement, if nothing clashes
    owner : int64 ndarray of shape (n_groups,), the candidate of whose visits a group is
    blockers : uint64 ndarray of shape (n_groups,), a bit for each candidate that keeps one from these visits
    blocked_min : int64 ndarray of shape (n_groups, n_columns)
    clash : bool ndarray of shape (n, n), True for two that cannot both be joined
    alike : int64 ndarray of shape (n, n), how many things two have in common
    room_min : int64 ndarray of shape (n_columns,), up to which visits and hours by agreement fill the week
    fixed_most_min : int, what the sessions of a week may be at most
    repeats : int64 ndarray of shape (n_columns,), how many weeks the column stands for
    """

    score: Ints
    tie: Ints
    start_week: Ints
    fixed_min: Ints
    optional_min: Ints
    owner: Ints
    blockers: NDArray[np.uint64]
    blocked_min: Ints
    clash: Bools
    alike: Ints
    room_min: Ints
    fixed_most_min: int
    repeats: Ints


def choices(
    dates: Dates, *, score: Ints, tie: Ints, alike: Ints, travel_min: Ints, fixed_most_min: int, room_min: int
) -> Choices:
    """Work out what the search needs of dated sessions.

    Parameters
    ----------
    dates : Dates
    score : int64 ndarray of shape (n,), in whole steps of 1e-4, not rising
    tie : int64 ndarray of shape (n,)
        All different; of two plans that are as good the one with the lower numbers is chosen.
    alike : int64 ndarray of shape (n, n), how many things two candidates have in common
    travel_min : int64 ndarray of shape (n, n), minutes of travel between the places of two candidates
    fixed_most_min : int
        What the sessions of a week may be at most, in minutes.
    room_min : int
        Up to which visits and hours by agreement fill a week, in minutes.
    """
    n, n_weeks = dates.agreed_min.shape
    weekly = np.zeros((2, n, n_weeks), dtype=np.int64)
    np.add.at(weekly, (dates.is_visit.astype(np.int64), dates.who, dates.week), dates.end_min - dates.start_min)
    clash, blockers = clashes(dates, travel_min)
    owner, blocked_by, blocked_min = _groups(dates, blockers, n_weeks)
    fixed_min, optional_min = weekly[0], weekly[1] + dates.agreed_min
    columns = np.concatenate([fixed_min, optional_min, blocked_min])
    distinct, repeats = np.unique(columns, axis=1, return_counts=True)
    busy = distinct.any(axis=0)
    distinct = distinct[:, busy]
    return Choices(
        score=score,
        tie=tie,
        start_week=_first_days(dates) // 7,
        fixed_min=distinct[:n],
        optional_min=distinct[n : 2 * n],
        owner=owner,
        blockers=blocked_by,
        blocked_min=distinct[2 * n :],
        clash=clash,
        alike=alike,
        room_min=np.full(distinct.shape[1], room_min, dtype=np.int64),
        fixed_most_min=fixed_most_min,
        repeats=repeats[busy].astype(np.int64),
    )


def clashes(dates: Dates, travel_min: Ints) -> tuple[Bools, NDArray[np.uint64]]:
    """Find what cannot be combined: two sessions on one day that overlap, or without time to travel between.

    Returns
    -------
    clash : bool ndarray of shape (n, n)
        Two candidates of which two sessions clash: they cannot both be joined.
    blockers : uint64 ndarray of shape (n_sessions,)
        For each visit the candidates that keep one from it: through a session, or through a visit when the
        candidate stands before the visit's own; 0 for what is no visit.
    """
    n = len(travel_min)
    one, other = _same_day(dates)
    a, b = dates.who[one], dates.who[other]
    gap = travel_min[a, b]
    meet = (dates.start_min[one] < dates.end_min[other] + gap) & (dates.start_min[other] < dates.end_min[one] + gap)
    one, other, a, b = (values[meet] for values in (one, other, a, b))
    visit, by_visit = dates.is_visit[one], dates.is_visit[other]
    clash = np.zeros((n, n), dtype=bool)
    clash[a[~visit & ~by_visit], b[~visit & ~by_visit]] = True
    blockers = np.zeros(len(dates.who), dtype=np.uint64)
    blocked = visit & (~by_visit | (b < a))
    np.bitwise_or.at(blockers, one[blocked], np.uint64(1) << b[blocked].astype(np.uint64))
    return clash, blockers


def _same_day(dates: Dates) -> tuple[Ints, Ints]:
    """Return all ordered pairs of sessions of two candidates on one day."""
    order = np.argsort(dates.day, kind="stable")
    day = dates.day[order]
    first, last = np.searchsorted(day, day, side="left"), np.searchsorted(day, day, side="right")
    count = last - first
    one = np.repeat(np.arange(len(day)), count)
    other = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    one, other = order[one], order[other]
    apart = dates.who[one] != dates.who[other]
    return one[apart], other[apart]


def _groups(
    dates: Dates, blockers: NDArray[np.uint64], n_weeks: int
) -> tuple[Ints, NDArray[np.uint64], Ints]:
    """Join the visits of a candidate from which the same others keep one."""
    rows = np.flatnonzero(blockers)
    keys = np.stack([dates.who[rows].astype(np.uint64), blockers[rows]], axis=1)
    distinct, group = np.unique(keys, axis=0, return_inverse=True)
    minutes = np.zeros((len(distinct), n_weeks), dtype=np.int64)
    np.add.at(minutes, (group.reshape(-1), dates.week[rows]), dates.end_min[rows] - dates.start_min[rows])
    return distinct[:, 0].astype(np.int64), distinct[:, 1], minutes


def _first_days(dates: Dates) -> Ints:
    """Return the first day of each candidate, days from today."""
    n, n_weeks = dates.agreed_min.shape
    first = np.full(n, 7 * n_weeks, dtype=np.int64)
    np.minimum.at(first, dates.who, dates.day)
    place, week = np.nonzero(dates.agreed_min)
    np.minimum.at(first, place, dates.agreed_first[place, week])
    return first


def usual_visits(dates: Dates, *, most: int) -> Dates:
    """Keep of each candidate the longest visits of a week, those of different days first.

    Parameters
    ----------
    dates : Dates
    most : int
        Visits of one candidate in a week.

    Notes
    -----
    Of visits that are as long the earlier day of the week is kept, so that one comes on the same days each week.
    """
    visits = np.flatnonzero(dates.is_visit)
    who, week, day = dates.who[visits], dates.week[visits], dates.day[visits]
    length = dates.end_min[visits] - dates.start_min[visits]
    by_day = np.lexsort((dates.start_min[visits], -length, day, who))
    nth_of_day = np.zeros(len(visits), dtype=np.int64)
    nth_of_day[by_day] = _place_in_run(who[by_day], day[by_day])
    by_week = np.lexsort((dates.start_min[visits], day, -length, nth_of_day, week, who))
    kept = ~dates.is_visit
    kept[visits[by_week[_place_in_run(who[by_week], week[by_week]) < most]]] = True
    return dates.only(kept)


def _place_in_run(*keys: Ints) -> Ints:
    """Return the place of each row among the rows of equal keys, which stand together."""
    n = len(keys[0])
    is_first = np.ones(n, dtype=bool)
    if n:
        is_first[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return np.arange(n) - np.maximum.accumulate(np.where(is_first, np.arange(n), 0))
