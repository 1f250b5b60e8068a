"""What can be chosen for one plan, as arrays: hours of each week, clashes, and what two activities share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
Bools = NDArray[np.bool_]

MOST_CANDIDATES = 60
"""Sets are kept as the bits of one 64-bit number."""
WEEK_MIN = 7 * 24 * 60
"""Minutes in a week: no limit at all."""
LEAST_ROOM_MIN = 60
"""Less room than this in a week is left free: nobody comes along for ten minutes."""
SKIPPED_MOST = 0.2
"""Up to this share of its sessions one may stay away from an activity because of another one."""
FEW_TIMES = 4
"""An activity that takes place less often is an extra rather than something to build on."""


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

    @property
    def length(self) -> Ints:
        """Minutes of each session."""
        return self.end_min - self.start_min

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
class Meetings:
    """What cannot be combined.

    clash : bool ndarray of shape (n, n), True for two candidates that cannot both be joined
    blockers : uint64 ndarray of shape (n_sessions,)
        For each session a bit for each candidate because of which one stays away from it.
    """

    clash: Bools
    blockers: Bits


@dataclass(frozen=True, slots=True)
class Choices:
    """The candidates of one plan, best first; weeks that are alike are one column.

    score : int64 ndarray of shape (n,), whole steps of 1e-4
    tie : int64 ndarray of shape (n,), the order of the ids
    few : int64 ndarray of shape (n,), 1 for what takes place less than `FEW_TIMES` times, else 0
    start_week : int64 ndarray of shape (n,), week of the first session, 0 for that of today
    fixed_min : int64 ndarray of shape (n, n_columns), minutes of the sessions to which one goes
    optional_min : int64 ndarray of shape (n, n_columns), minutes of visits and by agreement, if nothing clashes
    owner : int64 ndarray of shape (n_groups,), the candidate of whose sessions a group is
    blockers : uint64 ndarray of shape (n_groups,), candidates because of which one stays away from these
    blocked_min, skipped_min : int64 ndarray of shape (n_groups, n_columns), minutes of visits and of sessions
    clash : bool ndarray of shape (n, n), True for two that cannot both be joined
    alike : int64 ndarray of shape (n, n), how many things two have in common
    room_min : int, up to which visits and hours by agreement fill a week
    fixed_most_min : int, what the sessions of a week may be at most
    repeats : int64 ndarray of shape (n_columns,), how many weeks the column stands for
    column : int64 ndarray of shape (n_weeks,), the column of each week
    """

    score: Ints
    tie: Ints
    few: Ints
    start_week: Ints
    fixed_min: Ints
    optional_min: Ints
    owner: Ints
    blockers: Bits
    blocked_min: Ints
    skipped_min: Ints
    clash: Bools
    alike: Ints
    room_min: int
    fixed_most_min: int
    repeats: Ints
    column: Ints


def choices(
    dates: Dates,
    meetings: Meetings,
    *,
    score: Ints,
    tie: Ints,
    alike: Ints,
    fixed_most_min: int,
    room_min: int,
) -> Choices:
    """Work out what the search needs of dated sessions.

    Parameters
    ----------
    dates : Dates
    meetings : Meetings
    score : int64 ndarray of shape (n,), in whole steps of 1e-4, not rising
    tie : int64 ndarray of shape (n,)
        All different; of two plans that are as good the one with the lower numbers is chosen.
    alike : int64 ndarray of shape (n, n), how many things two candidates have in common
    fixed_most_min : int
        What the sessions of a week may be at most, in minutes.
    room_min : int
        Up to which visits and hours by agreement fill a week, in minutes.
    """
    n, n_weeks = dates.agreed_min.shape
    weekly = np.zeros((2, n, n_weeks), dtype=np.int64)
    np.add.at(weekly, (dates.is_visit.astype(np.int64), dates.who, dates.week), dates.length)
    owner, blockers, blocked_min, skipped_min = _groups(dates, meetings.blockers, n_weeks)
    rows = np.concatenate([weekly[0], weekly[1] + dates.agreed_min, blocked_min, skipped_min])
    distinct, column, repeats = np.unique(rows, axis=1, return_inverse=True, return_counts=True)
    times = np.bincount(dates.who, minlength=n) + FEW_TIMES * dates.agreed_min.any(axis=1)
    return Choices(
        score=score,
        tie=tie,
        few=(times < FEW_TIMES).astype(np.int64),
        start_week=(_first_days(dates) + dates.weekday) // 7,
        fixed_min=distinct[:n],
        optional_min=distinct[n : 2 * n],
        owner=owner,
        blockers=blockers,
        blocked_min=distinct[2 * n : 2 * n + len(owner)],
        skipped_min=distinct[2 * n + len(owner) :],
        clash=meetings.clash,
        alike=alike,
        room_min=room_min,
        fixed_most_min=fixed_most_min,
        repeats=repeats.astype(np.int64),
        column=column.reshape(-1).astype(np.int64),
    )


def meetings(dates: Dates, travel_min: Ints, *, n_kept: int = 0) -> Meetings:
    """Find what cannot be combined: two sessions on one day that overlap, or without time to travel between.

    Parameters
    ----------
    dates : Dates
    travel_min : int64 ndarray of shape (n, n), minutes of travel between the places of two candidates
    n_kept : int
        So many candidates, the first, are joined together whatever clashes.

    Notes
    -----
    Visits give way to sessions, and to visits of a candidate that stands before. Of two candidates whose sessions
    clash now and then, the one with more sessions gives way; when that would be more than `SKIPPED_MOST` of them,
    the two cannot both be joined.
    """
    n = len(travel_min)
    one, other = clashing(dates, travel_min)
    a, b = dates.who[one], dates.who[other]
    visit, by_visit = dates.is_visit[one], dates.is_visit[other]
    sessions = np.bincount(dates.who[~dates.is_visit], minlength=n)
    gives_way = np.where(sessions[a] == sessions[b], b < a, sessions[a] > sessions[b])
    both = ~visit & ~by_visit
    missed = np.zeros((n, n), dtype=np.int64)
    session, by = np.unique(np.stack([one, b], axis=1)[both & gives_way], axis=0).T
    np.add.at(missed, (dates.who[session], by), 1)
    clash = missed > SKIPPED_MOST * sessions[:, None]
    clash |= clash.T
    clash[:n_kept, :n_kept] = False
    blocked = np.where(visit, ~by_visit | (b < a), both & gives_way & ~clash[a, b])
    blockers = np.zeros(len(dates.who), dtype=np.uint64)
    np.bitwise_or.at(blockers, one[blocked], np.uint64(1) << b[blocked].astype(np.uint64))
    return Meetings(clash, blockers)


def clashing(dates: Dates, travel_min: Ints) -> tuple[Ints, Ints]:
    """Return all ordered pairs of sessions of two candidates that cannot both be attended, as their rows."""
    order = np.argsort(dates.day, kind="stable")
    day = dates.day[order]
    first, last = np.searchsorted(day, day, side="left"), np.searchsorted(day, day, side="right")
    count = last - first
    one = np.repeat(np.arange(len(day)), count)
    other = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    one, other = order[one], order[other]
    gap = travel_min[dates.who[one], dates.who[other]]
    meet = dates.who[one] != dates.who[other]
    meet &= dates.start_min[one] < dates.end_min[other] + gap
    meet &= dates.start_min[other] < dates.end_min[one] + gap
    return one[meet], other[meet]


def _groups(dates: Dates, blockers: Bits, n_weeks: int) -> tuple[Ints, Bits, Ints, Ints]:
    """Join the sessions of a candidate from which one stays away because of the same others."""
    rows = np.flatnonzero(blockers)
    keys = np.stack([dates.who[rows].astype(np.uint64), blockers[rows]], axis=1)
    distinct, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.reshape(-1)
    length, visit = dates.length[rows], dates.is_visit[rows]
    minutes = np.zeros((2, len(distinct), n_weeks), dtype=np.int64)
    np.add.at(minutes, ((~visit).astype(np.int64), group, dates.week[rows]), length)
    return distinct[:, 0].astype(np.int64), distinct[:, 1], minutes[0], minutes[1]


def _first_days(dates: Dates) -> Ints:
    """Return the first day of each candidate, days from today."""
    n, n_weeks = dates.agreed_min.shape
    first = np.full(n, 7 * n_weeks, dtype=np.int64)
    np.minimum.at(first, dates.who, dates.day)
    place, week = np.nonzero(dates.agreed_min)
    np.minimum.at(first, place, dates.agreed_first[place, week])
    return first


def usual_visits(dates: Dates, found: Meetings) -> Bools:
    """Keep one visit a week to each candidate, on the same day of the week when that is possible.

    Parameters
    ----------
    dates : Dates
    found : Meetings

    Returns
    -------
    bool ndarray of shape (n_sessions,)
        True for the visits that are kept, and for every session.

    Notes
    -----
    The longest visit is kept; of those that are as long, the one at the hour of the week at which fewest other
    candidates stand in the way, counted over all weeks; then the earliest in the week.
    """
    visits = np.flatnonzero(dates.is_visit)
    weekday = (dates.day[visits] + dates.weekday) % 7
    who, week, length = dates.who[visits], dates.week[visits], dates.length[visits]
    hour = np.stack([who, weekday, dates.start_min[visits]], axis=1)
    _, slot = np.unique(hour, axis=0, return_inverse=True)
    slot = slot.reshape(-1)
    in_the_way = np.bincount(slot, weights=np.bitwise_count(found.blockers[visits]))[slot]
    order = np.lexsort((dates.start_min[visits], weekday, in_the_way, -length, week, who))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (who[order][1:] != who[order][:-1]) | (week[order][1:] != week[order][:-1])
    kept = ~dates.is_visit
    kept[visits[order[is_first]]] = True
    return kept
