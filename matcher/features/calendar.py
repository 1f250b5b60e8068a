"""Sessions of a whole offer as arrays, from one day on: what a window of days and a week's hours leave of them.

Activities with the same schedule, dates, pauses and attendance share one *pattern*. The sessions of a pattern on
one weekday at one hour are an *entry*: a 64-bit word with a bit for each of the 53 weeks from today. Counting the
sessions of a window is then counting bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..model import Proposal
from ..schedule import DAY_MIN, DROP_IN_LEAST_MIN, DROP_IN_MOST_MIN, HORIZON_DAYS, Availability

N_DAYS = HORIZON_DAYS + 1
_T = TypeVar("_T")
FLEX_LEAST_MIN = 60
"""Who has no free stretch of an hour in the week cannot agree on hours either."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = NDArray[np.int32]


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
    sums : int32 sparse array of shape (n_patterns, n_entries), adds up the entries of each pattern
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
    sums: csr_array[np.int32]


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one person can attend of each pattern; of many people, with a second axis of people.

    empty : bool ndarray of shape (n_patterns,); True when no day is left in the window
    sessions, attended : int32 ndarray of shape (n_patterns,), dated sessions in the window, and those attended
    hours : float64 ndarray of shape (n_patterns,), what can be attended, hours by agreement included
    flex_fits : bool ndarray of shape (n_patterns,); True when hours by agreement are possible
    slot_min : int32 ndarray of shape (n_slots,), minutes that count of one session in each slot
    flex_week : float64 ndarray of shape (n_patterns,), hours by agreement in a week that has no pause
    """

    empty: NDArray[np.bool_]
    sessions: Counts
    attended: Counts
    hours: Floats
    flex_fits: NDArray[np.bool_]
    slot_min: Counts
    flex_week: Floats

    def of(self, person: int) -> Attendance:
        """Return what one of many people can attend."""
        return Attendance(*(np.ascontiguousarray(getattr(self, field)[:, person]) for field in self.__slots__))


def encode_calendar(activities: Sequence[Proposal], *, today: date) -> CalendarArrays:
    """Lay out the sessions of the activities in the year from ``today``."""
    patterns: dict[tuple[object, ...], int] = {}
    examples: list[Proposal] = []
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
    entry_start = np.searchsorted(columns[:, 0], np.arange(n + 1))
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
        entry_start=entry_start,
        slot_day=slot_table[:, 0],
        slot_start=slot_table[:, 1],
        slot_end=slot_table[:, 2],
        slot_drop_in=np.array([slot[3] for slot in slots], dtype=bool),
        flex_hours=flex_hours,
        flex_bits=flex_bits,
        sums=_sums(entry_start, len(entries)),
    )


def _days(activity: Proposal, today: date) -> tuple[int, int]:
    """Return the first and the last day of an activity within the year, counted from today."""
    first = max(0, (activity.start_date - today).days) if activity.start_date else 0
    last = min(HORIZON_DAYS, (activity.end_date - today).days) if activity.end_date else HORIZON_DAYS
    return min(first, N_DAYS), max(last, -1)


def _sessions(
    activity: Proposal, today: date, first: int, last: int
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


def _flex_bits(activity: Proposal, today: date, first: int, last: int) -> NDArray[np.uint64]:
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


def attended_min(calendar: CalendarArrays, availabilities: Sequence[Availability | None]) -> Counts:
    """Return the minutes that count of one session in each slot, 0 when it cannot be attended.

    Parameters
    ----------
    calendar : CalendarArrays
    availabilities : sequence of Availability or None
        None when nothing is known about time: then every session can be attended.

    Returns
    -------
    int32 ndarray of shape (n_slots, n_availabilities), minutes
    """
    length = (calendar.slot_end - calendar.slot_start).astype(np.int32)[:, None]
    used = np.zeros(DAY_MIN + 1, dtype=bool)
    used[calendar.slot_start] = used[calendar.slot_end] = True
    clock, place = np.flatnonzero(used), np.cumsum(used) - 1
    before = _free_before(clock, availabilities).reshape(7 * len(clock), len(availabilities))
    day = calendar.slot_day * len(clock)
    free = before.take(day + place[calendar.slot_end], axis=0)
    free -= before.take(day + place[calendar.slot_start], axis=0)
    whole = np.where(free == length, length, np.int32(0))
    # Only some sessions may be joined halfway.
    part = np.flatnonzero(calendar.slot_drop_in)
    enough = free[part] >= np.minimum(length[part], DROP_IN_LEAST_MIN)
    whole[part] = np.where(enough, np.minimum(free[part], DROP_IN_MOST_MIN), 0)
    return whole


def _free_before(clock: Ints, availabilities: Sequence[Availability | None]) -> Counts:
    """Return the free minutes of each weekday before each time; shape (7, n_times, n_availabilities)."""
    n_stretches = max((len(day) for one in availabilities if one is not None for day in one.stretches), default=0)
    # The difference of what comes before two times is what lies between them: stretches do not overlap.
    stretches = np.zeros((2, max(n_stretches, 1), 7, len(availabilities)), dtype=np.int32)
    for column, one in enumerate(availabilities):
        for day, found in enumerate(one.stretches if one is not None else [((0, DAY_MIN),)] * 7):
            for number, stretch in enumerate(found):
                stretches[:, number, day, column] = stretch
    before = np.zeros((7, len(clock), len(availabilities)), dtype=np.int32)
    for start, end in zip(*stretches, strict=True):
        before += np.clip(clock.astype(np.int32)[:, None] - start[:, None, :], 0, (end - start)[:, None, :])
    return before


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
    return attend_all(calendar, [availability], windows=[(first_day, last_day)]).of(0)


def attend_all(
    calendar: CalendarArrays,
    availabilities: Sequence[Availability | None],
    *,
    windows: Sequence[tuple[int, int]],
) -> Attendance:
    """Count what each of many people can attend of each pattern.

    Parameters
    ----------
    calendar : CalendarArrays
    availabilities : sequence of Availability or None, one a person
        None when nothing is known about time: then every session can be attended.
    windows : sequence of (first day, last day), one a person
        Each person's own window, days from today.

    Returns
    -------
    Attendance
        Its arrays have shape (n_patterns, n_people) or (n_slots, n_people).

    Notes
    -----
    What depends on the window or on the week's hours alone is counted once for each distinct one. Sums are of
    whole numbers: the same person gets the same bits alone and among others.
    """
    week, week_of = _distinct(availabilities)
    window, window_of = _distinct(windows)
    masks = np.stack([window_masks(max(first, 0), min(last, HORIZON_DAYS)) for first, last in window], axis=1)
    slot_min = attended_min(calendar, week).take(week_of, axis=1)
    count = np.bitwise_count(calendar.entry_bits[:, None] & masks[calendar.entry_offset]).astype(np.int32)
    entry_count, entry_min = count.take(window_of, axis=1), slot_min.take(calendar.entry_slot, axis=0)
    of_pattern = calendar.sums
    minutes, attended = of_pattern @ (entry_count * entry_min), of_pattern @ (entry_count * (entry_min > 0))

    free_hours = np.array([np.inf if one is None else one.free_min / 60.0 for one in week])[week_of]
    flex_possible = np.array([one is None or one.longest_min >= FLEX_LEAST_MIN for one in week])[week_of]
    flexible = np.flatnonzero(calendar.flex_hours)
    flex_week = np.zeros((len(calendar.known), len(windows)))
    flex_week[flexible] = np.where(flex_possible, np.minimum(calendar.flex_hours[flexible, None], free_hours), 0.0)
    flex_days = _flex_days(calendar.flex_bits[flexible], masks)[:, window_of]
    flex_fits = np.zeros(flex_week.shape, dtype=bool)
    flex_fits[flexible] = flex_possible & (flex_days > 0)
    hours = minutes / 60.0
    hours[flexible] += flex_week[flexible] * flex_days / 7.0
    first_day, last_day = np.array(window, dtype=np.int64).T
    empty = np.maximum(calendar.first_day[:, None], first_day) > np.minimum(calendar.last_day[:, None], last_day)
    return Attendance(
        empty=empty.take(window_of, axis=1),
        sessions=(of_pattern @ count).take(window_of, axis=1),
        attended=attended,
        hours=hours,
        flex_fits=flex_fits,
        slot_min=slot_min,
        flex_week=flex_week,
    )


def _distinct(values: Sequence[_T]) -> tuple[list[_T], Ints]:
    """Return the distinct values, and for each value the place of its own among them."""
    places: dict[_T, int] = {}
    place = [places.setdefault(value, len(places)) for value in values]
    return list(places), np.array(place, dtype=np.int64)


def _flex_days(flex_bits: NDArray[np.uint64], masks: NDArray[np.uint64]) -> Ints:
    """Count the days by agreement in each window; shape (n_patterns, n_windows)."""
    return np.asarray(np.bitwise_count(flex_bits[:, :, None] & masks[None]).sum(axis=1, dtype=np.int64))


def _sums(entry_start: Ints, n_entries: int) -> csr_array[np.int32]:
    """Return the matrix that adds up the entries of each pattern; shape (n_patterns, n_entries)."""
    ones, entries = np.ones(n_entries, dtype=np.int32), np.arange(n_entries)
    return csr_array((ones, entries, entry_start), shape=(len(entry_start) - 1, n_entries))


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
    # Hours by agreement come in sevenths of a week: a rounding error must not cost a day, nor give one.
    if attendance.hours[pattern] + 1e-6 < hours:
        return None
    week_min = np.zeros((53, 7))
    chosen = slice(calendar.entry_start[pattern], calendar.entry_start[pattern + 1])
    minutes = attendance.slot_min[calendar.entry_slot[chosen]]
    for offset, weeks in zip(
        calendar.entry_offset[chosen].tolist(), _weeks(calendar.entry_bits[chosen]) * minutes[:, None], strict=True
    ):
        week_min[:, offset] += weeks
    if attendance.flex_week[pattern]:
        week_min += _weeks(calendar.flex_bits[pattern]).T * (attendance.flex_week[pattern] * 60 / 7)
    first, last = max(0, first_day), min(last_day, HORIZON_DAYS)
    done = np.cumsum(week_min.ravel()[first : last + 1])
    reached = np.flatnonzero(done >= hours * 60 - 1e-6)
    return int(first + reached[0]) if reached.size else None


_WEEKS = np.arange(53, dtype=np.uint64)


def _weeks(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the bits of each word as a row of zeros and ones; shape (n_words, 53)."""
    return np.asarray(bits[:, None] >> _WEEKS & np.uint64(1))
