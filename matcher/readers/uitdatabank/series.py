"""Dated hours written as sessions: what comes back every week as a rule, when that says exactly the same."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from ...schedule import DAY_MIN, Once, Pause, Schedule, Timed, Weekly
from ...schedule.sessions import MOST_SESSIONS
from .event import Event

Hours = tuple[date, int, int]
"""A day, and the minutes of its start and end."""

LEAST_REPEATED = 4
"""Fewer sessions are listed by their dates."""
MOST_RUN_DAYS = 3660


def over_midnight(day: date, start_min: int, end_min: int) -> list[Hours]:
    """Split hours that end on the next day, ``end_min`` counted on from their own day."""
    if end_min <= DAY_MIN:
        return [(day, start_min, end_min)]
    return [(day, start_min, DAY_MIN), (day + timedelta(days=1), 0, end_min - DAY_MIN)]


def overlap(hours: Sequence[Hours]) -> bool:
    """Tell whether some of the hours, in their order, overlap."""
    return any(one[0] == other[0] and other[1] < one[2] for one, other in pairwise(hours))


def folded(hours: Sequence[Hours]) -> tuple[list[Timed], list[Pause]]:
    """Write hours as weekly rules between the first and the last day, with pauses, or else one by one.

    Parameters
    ----------
    hours : sequence of Hours
        In order, apart, none twice.

    Returns
    -------
    sessions, pauses : list of Timed, list of Pause
        With the first and last day as start and end date they are exactly these hours.

    Examples
    --------
    >>> days = [date(2026, 9, 1) + timedelta(weeks=week) for week in range(8) if week != 3]
    >>> sessions, pauses = folded([(day, 1140, 1260) for day in days])
    >>> [str(session) for session in sessions], [str(pause) for pause in pauses]
    (['di 19:00-21:00'], ['2026-09-22..2026-09-22'])
    """
    repeated = _repeated(hours)
    return repeated if repeated else ([_once(*one) for one in hours], [])


_once = lru_cache(maxsize=8192)(Once)
"""Sessions of one date: many begin and end at the same hours."""


def _repeated(hours: Sequence[Hours]) -> tuple[list[Timed], list[Pause]] | None:
    if len(hours) < LEAST_REPEATED:
        return None
    # Days by their number: to count them takes less than to hold dates against one another.
    held = [day.toordinal() for day, _, _ in hours]
    first, last = held[0], held[-1]
    if last - first > MOST_RUN_DAYS:
        return None
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for day, (_, start_min, end_min) in zip(held, hours, strict=True):
        groups[(day - 1) % 7, start_min, end_min].append(day)
    if len(groups) * 2 > len(hours):
        return None
    rules: list[Timed] = []
    left_out: set[int] = set()
    for (weekday, start_min, end_min), days in groups.items():
        interval = _interval(days, first)
        rules.append(Weekly(weekday, start_min, end_min, interval))
        in_run = range(first + (days[0] - first) % 7, last + 1, 7 * interval)
        if len(in_run) > len(days):
            left_out.update(set(in_run).difference(days))
    # A day on which one of two rules is left out cannot be a pause: that would take the other away too.
    if not left_out.isdisjoint(held):
        return None
    pauses = _pauses(sorted(left_out), held)
    if 2 * (len(rules) + len(pauses)) > len(hours):
        return None
    return sorted(rules, key=lambda rule: (rule.day, rule.start_min)), pauses


def _interval(days: Sequence[int], first: int) -> int:
    """Return 2 for every other week, counted from the first such day of the run."""
    return 2 if len(days) > 1 and days[0] - first < 7 and len({day % 14 for day in days}) == 1 else 1


def _pauses(left_out: Iterable[int], held: Sequence[int]) -> list[Pause]:
    """Join days without a session in between to one pause."""
    spans: list[tuple[int, int, int]] = []
    for day in left_out:
        number = bisect(held, day)
        if spans and spans[-1][2] == number:
            spans[-1] = (spans[-1][0], day, number)
        else:
            spans.append((day, day, number))
    return [Pause(date.fromordinal(start), date.fromordinal(end)) for start, end, _ in spans]


def schedule_of(event: Event, sessions: Sequence[Timed], pointer: str) -> Schedule | None:
    """Make a schedule, of rules and the dates to come when there are more sessions than it holds."""
    if len(sessions) > MOST_SESSIONS:
        rule = "holds more sessions than a schedule: only the coming ones are taken"
        event.notes.note(pointer, rule, value=str(len(sessions)), code="many_sessions")
        rules = [session for session in sessions if not isinstance(session, Once)]
        coming = [session for session in sessions if isinstance(session, Once) and session.on >= event.today]
        sessions = [*rules, *coming][:MOST_SESSIONS]
    return Schedule(tuple(sessions)) if sessions else None
