"""Sessions of a whole offer as arrays, from one day on: what a window of days and a week's hours leave of them.

Activities with the same schedule, dates, pauses and attendance share one *pattern*. The sessions of a pattern on
one weekday at one hour are an *entry*: a 64-bit word with a bit for each of the 53 weeks from today. Counting the
sessions of a window is then counting bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..model import Activity
from ..schedule import DAY_MIN, DROP_IN_LEAST_MIN, DROP_IN_MOST_MIN, HORIZON_DAYS, Availability

N_DAYS = HORIZON_DAYS + 1
FLEX_LEAST_MIN = 60
"""Who has no free stretch of an hour in the week cannot agree on hours either."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CalendarArrays:
    """The sessions of an offer in the year from ``today``; days count from today = 0.

    pattern : int64 ndarray of shape (n_activities,), the pattern of each activity
    known : bool ndarray of shape (n_patterns,); False where the schedule is not known
    first_day, last_day : int64 ndarray of shape (n_patterns,); first > last when no day is left
    entry_bits : uint64 ndarray of shape (n_entries,), a bit for each week
    entry_pattern, entry_slot, entry_offset : int64 ndarray of shape (n_entries,); the offset is the day of the
        first week, 0 to 6. Entries stand in the order of their pattern.
    entry_start : int64 ndarray of shape (n_patterns + 1,), where the entries of each pattern start
    slot_day, slot_start, slot_end : int64 ndarray of shape (n_slots,), weekday and minutes
    slot_drop_in : bool ndarray of shape (n_slots,)
    flex_hours : float64 ndarray of shape (n_patterns,), a week; 0 without hours by agreement
    flex_bits : uint64 ndarray of shape (n_patterns, 7), days outside pauses, by day of the first week
    """

    today: date
    pattern: Ints
    known: NDArray[np.bool_]
    first_day: Ints
    last_day: Ints
    entry_bits: NDArray[np.uint64]
    entry_pattern: Ints
    entry_slot: Ints
    entry_offset: Ints
    entry_start: Ints
    slot_day: Ints
    slot_start: Ints
    slot_end: Ints
    slot_drop_in: NDArray[np.bool_]
    flex_hours: Floats
    flex_bits: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one person can attend of each pattern.

    empty : bool ndarray of shape (n_patterns,); True when no day is left in the window
    sessions, attended : int64 ndarray of shape (n_patterns,), dated sessions in the window, and those attended
    hours : float64 ndarray of shape (n_patterns,), what can be attended, hours by agreement included
    flex_fits : bool ndarray of shape (n_patterns,); True when hours by agreement are possible
    slot_min : int64 ndarray of shape (n_slots,), minutes that count of one session in each slot
    flex_week : float64 ndarray of shape (n_patterns,), hours by agreement in a week that has no pause
    """

    empty: NDArray[np.bool_]
    sessions: Ints
    attended: Ints
    hours: Floats
    flex_fits: NDArray[np.bool_]
    slot_min: Ints
    flex_week: Floats


def encode_calendar(activities: Sequence[Activity], *, today: date) -> CalendarArrays:
    """Lay out the sessions of the activities in the year from ``today``."""
    patterns: dict[tuple[object, ...], int] = {}
    examples: list[Activity] = []
    pattern = np.zeros(len(activities), dtype=np.int64)
    for row, activity in enumerate(activities):
        key = (activity.schedule, activity.start_date, activity.end_date, activity.pauses, activity.drop_in)
        if key not in patterns:
            patterns[key] = len(examples)
            examples.append(activity)
        pattern[row] = patterns[key]

    slots: dict[tuple[int, int, int, bool], int] = {}
    entries: list[tuple[int, int, int, int]] = []  # pattern, slot, offset, bits
    n = len(examples)
    first_day, last_day = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    flex_hours, flex_bits = np.zeros(n), np.zeros((n, 7), dtype=np.uint64)
    for number, activity in enumerate(examples):
        first_day[number], last_day[number] = _days(activity, today)
        found: dict[tuple[int, int], int] = {}
        for day, slot in _sessions(activity, today, int(first_day[number]), int(last_day[number])):
            where = (slots.setdefault(slot, len(slots)), day % 7)
            found[where] = found.get(where, 0) | 1 << day // 7
        entries += [(number, slot, offset, bits) for (slot, offset), bits in found.items()]
        if activity.schedule and activity.schedule.flex:
            flex_hours[number] = activity.schedule.flex.hours_per_week
            flex_bits[number] = _flex_bits(activity, today, int(first_day[number]), int(last_day[number]))
    columns = np.array([entry[:3] for entry in entries], dtype=np.int64).reshape(-1, 3)
    slot_table = np.array([slot[:3] for slot in slots], dtype=np.int64).reshape(-1, 3)
    return CalendarArrays(
        today=today,
        pattern=pattern,
        known=np.array([activity.schedule is not None for activity in examples], dtype=bool),
        first_day=first_day,
        last_day=last_day,
        entry_bits=np.array([entry[3] for entry in entries], dtype=np.uint64),
        entry_pattern=columns[:, 0],
        entry_slot=columns[:, 1],
        entry_offset=columns[:, 2],
        entry_start=np.searchsorted(columns[:, 0], np.arange(n + 1)),
        slot_day=slot_table[:, 0],
        slot_start=slot_table[:, 1],
        slot_end=slot_table[:, 2],
        slot_drop_in=np.array([slot[3] for slot in slots], dtype=bool),
        flex_hours=flex_hours,
        flex_bits=flex_bits,
    )


def _days(activity: Activity, today: date) -> tuple[int, int]:
    """Return the first and the last day of an activity within the year, counted from today."""
    first = max(0, (activity.start_date - today).days) if activity.start_date else 0
    last = min(HORIZON_DAYS, (activity.end_date - today).days) if activity.end_date else HORIZON_DAYS
    return min(first, N_DAYS), max(last, -1)


def _sessions(
    activity: Activity, today: date, first: int, last: int
) -> list[tuple[int, tuple[int, int, int, bool]]]:
    if activity.schedule is None or first > last:
        return []
    found = activity.schedule.occurrences(
        today + timedelta(days=first),
        today + timedelta(days=last),
        start_date=activity.start_date,
        pauses=activity.pauses,
    )
    return [
        ((day - today).days, (session.day, session.start_min, session.end_min, activity.drop_in))
        for day, session in found
    ]


def _flex_bits(activity: Activity, today: date, first: int, last: int) -> NDArray[np.uint64]:
    bits = [0] * 7
    for day in range(first, last + 1):
        if not any(today + timedelta(days=day) in pause for pause in activity.pauses):
            bits[day % 7] |= 1 << day // 7
    return np.array(bits, dtype=np.uint64)


def window_masks(first_day: int, last_day: int) -> NDArray[np.uint64]:
    """Return for each day of the first week the weeks in which that day lies in the window; shape (7,)."""
    masks = []
    for offset in range(7):
        low = max(0, -((offset - first_day) // 7))
        high = (last_day - offset) // 7
        masks.append((1 << high + 1) - (1 << low) if high >= low else 0)
    return np.array(masks, dtype=np.uint64)


def attended_min(calendar: CalendarArrays, availability: Availability | None) -> Ints:
    """Return the minutes that count of one session in each slot, 0 when it cannot be attended.

    Returns
    -------
    int64 ndarray of shape (n_slots,), minutes
    """
    length = calendar.slot_end - calendar.slot_start
    if availability is None:
        free = length
    else:
        # Free minutes before each minute of the day: what a slot covers is a difference of two of them.
        before = np.zeros((7, DAY_MIN + 1), dtype=np.int64)
        for day, stretches in enumerate(availability.stretches):
            for start, end in stretches:
                before[day, start + 1 : end + 1] = 1
        before = np.cumsum(before, axis=1)
        free = before[calendar.slot_day, calendar.slot_end] - before[calendar.slot_day, calendar.slot_start]
    whole = np.where(free == length, length, 0)
    part = np.where(free >= np.minimum(length, DROP_IN_LEAST_MIN), np.minimum(free, DROP_IN_MOST_MIN), 0)
    return np.where(calendar.slot_drop_in, part, whole)


def attend(
    calendar: CalendarArrays, availability: Availability | None, *, first_day: int, last_day: int
) -> Attendance:
    """Count what one person can attend of each pattern.

    Parameters
    ----------
    calendar : CalendarArrays
    availability : Availability or None
        None when nothing is known about time: then every session can be attended.
    first_day, last_day : int
        The person's own window, days from today.
    """
    masks = window_masks(max(first_day, 0), min(last_day, HORIZON_DAYS))
    slot_min = attended_min(calendar, availability)
    entry_count = np.bitwise_count(calendar.entry_bits & masks[calendar.entry_offset]).astype(np.int64)
    entry_min = slot_min[calendar.entry_slot]
    sessions = _per_pattern(entry_count, calendar)
    attended = _per_pattern(np.where(entry_min > 0, entry_count, 0), calendar)
    hours = _per_pattern(entry_count * entry_min, calendar) / 60.0
    free_hours = np.inf if availability is None else availability.free_min / 60.0
    flex_possible = availability is None or availability.longest_min >= FLEX_LEAST_MIN
    flex_week = np.minimum(calendar.flex_hours, free_hours) if flex_possible else np.zeros(len(calendar.known))
    flex_days = np.bitwise_count(calendar.flex_bits & masks[None, :]).sum(axis=1, dtype=np.int64)
    empty = np.maximum(calendar.first_day, first_day) > np.minimum(calendar.last_day, last_day)
    return Attendance(
        empty=empty,
        sessions=sessions,
        attended=attended,
        hours=hours + flex_week * flex_days / 7.0,
        flex_fits=(calendar.flex_hours > 0) & flex_possible & (flex_days > 0),
        slot_min=slot_min,
        flex_week=flex_week,
    )


def _per_pattern(values: Ints, calendar: CalendarArrays) -> Ints:
    total = np.concatenate([[0], np.cumsum(values)])
    return np.asarray(total[calendar.entry_start[1:]] - total[calendar.entry_start[:-1]])


def reached_on(
    calendar: CalendarArrays,
    attendance: Attendance,
    pattern: int,
    *,
    first_day: int,
    last_day: int,
    hours: float,
) -> int | None:
    """Return the day on which attending everything of a pattern reaches so many hours, or None.

    Parameters
    ----------
    pattern : int
    first_day, last_day : int
        The person's own window, days from today.
    hours : float
        Hours to go; 0 is reached today.

    Returns
    -------
    int or None
        Days from today.
    """
    if hours <= 0:
        return 0
    day_min = np.zeros(7 * 53)
    chosen = slice(calendar.entry_start[pattern], calendar.entry_start[pattern + 1])
    for bits, offset, slot in zip(
        calendar.entry_bits[chosen], calendar.entry_offset[chosen], calendar.entry_slot[chosen], strict=True
    ):
        day_min[offset::7] += _weeks(bits) * attendance.slot_min[slot]
    for offset in range(7):
        day_min[offset::7] += _weeks(calendar.flex_bits[pattern, offset]) * (
            attendance.flex_week[pattern] * 60 / 7
        )
    first, last = max(0, first_day), min(last_day, HORIZON_DAYS)
    done = np.cumsum(day_min[first : last + 1])
    # Hours by agreement come in sevenths of a week: a rounding error must not cost a day.
    reached = np.flatnonzero(done >= hours * 60 - 1e-6)
    return int(first + reached[0]) if reached.size else None


_WEEKS = np.arange(53, dtype=np.uint64)


def _weeks(bits: np.uint64) -> NDArray[np.uint64]:
    return bits >> _WEEKS & np.uint64(1)
