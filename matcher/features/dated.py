"""The dated sessions that one person can attend, for some activities of an offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..schedule import DROP_IN_LEAST_MIN, DROP_IN_MOST_MIN, HORIZON_DAYS, Availability
from .calendar import CalendarArrays, attend, window_masks

Ints = NDArray[np.int64]
N_WEEKS = (HORIZON_DAYS + 6) // 7 + 1
"""Weeks from Monday to Sunday that the year from today can touch."""
_WEEKS = np.arange(53, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class DatedSessions:
    """What one person can attend of some activities, dated; days count from today = 0, weeks from that of today.

    who : int64 ndarray of shape (n_sessions,), place of the activity among those that were asked for
    day, start_min, end_min : int64 ndarray of shape (n_sessions,), minutes of the local day
    is_visit : bool ndarray of shape (n_sessions,); True when coming is free each time (drop-in)
    agreed_min : int64 ndarray of shape (n_activities, n_weeks), minutes by agreement in each week
    agreed_first, agreed_last : int64 ndarray of shape (n_activities, n_weeks), first and last day of the week on
        which they can be; -1 where there are none
    """

    who: Ints
    day: Ints
    start_min: Ints
    end_min: Ints
    is_visit: NDArray[np.bool_]
    agreed_min: Ints
    agreed_first: Ints
    agreed_last: Ints


def dated_sessions(
    calendar: CalendarArrays,
    availability: Availability | None,
    columns: Sequence[int],
    *,
    first_day: int,
    last_day: int,
) -> DatedSessions:
    """List the sessions that a person can attend, in the order of the columns, the days and the hours.

    Parameters
    ----------
    calendar : CalendarArrays
    availability : Availability or None
        None when nothing is known about time: then every session can be attended.
    columns : sequence of int
        Activities of the offer.
    first_day, last_day : int
        The person's own window, days from today.

    Notes
    -----
    A drop-in visit is one stretch of time: the longest that is free, from its beginning, for at most
    `DROP_IN_MOST_MIN`. Shorter than `DROP_IN_LEAST_MIN` it counts only when it is the whole session.
    """
    masks = window_masks(max(first_day, 0), min(last_day, HORIZON_DAYS))
    patterns = calendar.pattern[np.asarray(columns, dtype=np.int64)]
    entries = [np.arange(calendar.entry_start[p], calendar.entry_start[p + 1]) for p in patterns]
    entry = np.concatenate([*entries, np.zeros(0, dtype=np.int64)])
    who = np.repeat(np.arange(len(patterns)), [len(one) for one in entries])
    starts, ends = _attended_parts(calendar, availability, calendar.entry_slot[entry])
    bits = calendar.entry_bits[entry] & masks[calendar.entry_offset[entry]]
    bits[ends <= starts] = 0
    row, week = np.nonzero(bits[:, None] >> _WEEKS & np.uint64(1))
    day = week * 7 + calendar.entry_offset[entry][row]
    order = np.lexsort((starts[row], day, who[row]))
    row, day = row[order], day[order]
    return DatedSessions(
        who=who[row],
        day=day,
        start_min=starts[row],
        end_min=ends[row],
        is_visit=calendar.slot_drop_in[calendar.entry_slot[entry]][row],
        **_agreed(calendar, availability, patterns, (first_day, last_day), masks),
    )


def _attended_parts(calendar: CalendarArrays, availability: Availability | None, slots: Ints) -> tuple[Ints, Ints]:
    """Return for each slot from when to when the person is there; an empty stretch when it cannot be."""
    parts = {
        int(slot): attended_part(
            availability,
            int(calendar.slot_day[slot]),
            int(calendar.slot_start[slot]),
            int(calendar.slot_end[slot]),
            drop_in=bool(calendar.slot_drop_in[slot]),
        )
        for slot in np.unique(slots)
    }
    found = np.array([parts[slot] for slot in slots.tolist()], dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def attended_part(
    availability: Availability | None, day: int, start_min: int, end_min: int, *, drop_in: bool
) -> tuple[int, int]:
    """Return from when to when a person is at a session of a weekday; (0, 0) when it cannot be attended.

    Examples
    --------
    >>> attended_part(None, 0, 600, 960, drop_in=True)
    (600, 780)
    """
    if availability is not None:
        parts = [
            (max(start, start_min), min(end, end_min))
            for start, end in availability.stretches[day]
            if min(end, end_min) > max(start, start_min)
        ]
    else:
        parts = [(start_min, end_min)]
    start, end = max(parts, key=lambda part: (part[1] - part[0], -part[0]), default=(0, 0))
    if not drop_in:
        return (start, end) if (start, end) == (start_min, end_min) else (0, 0)
    if end - start < min(end_min - start_min, DROP_IN_LEAST_MIN):
        return 0, 0
    return start, min(end, start + DROP_IN_MOST_MIN)


def _agreed(
    calendar: CalendarArrays,
    availability: Availability | None,
    patterns: Ints,
    window: tuple[int, int],
    masks: NDArray[np.uint64],
) -> dict[str, Ints]:
    """Return the minutes by agreement of each week, rounded so that their sum is that of the whole window."""
    shape = (len(patterns), N_WEEKS)
    minutes = np.zeros(shape, dtype=np.int64)
    first, last = np.full(shape, -1, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    flexible = np.flatnonzero(calendar.flex_hours[patterns])
    if flexible.size:
        weekly_min = attend(calendar, availability, first_day=window[0], last_day=window[1]).flex_week * 60
        for place in flexible:
            bits = calendar.flex_bits[patterns[place]] & masks
            days = np.flatnonzero((bits[:, None] >> _WEEKS & np.uint64(1)).T)
            week = (days + calendar.today.weekday()) // 7
            n_days = np.bincount(week, minlength=N_WEEKS)
            done = np.rint(weekly_min[patterns[place]] * np.cumsum(n_days) / 7).astype(np.int64)
            minutes[place] = np.diff(done, prepend=0)
            last[place, week] = days
            first[place, week[::-1]] = days[::-1]
    return {"agreed_min": minutes, "agreed_first": first, "agreed_last": last}
