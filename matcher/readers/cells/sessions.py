"""Days, hours and parts of the day as they stand in a cell, put together into sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from ...errors import InputError
from ...schedule import DAY_MIN, DAYS_NL, Flex, Monthly, Once, Timed, Weekly
from ...schedule.sessions import FLEX_HOURS_MAX, FLEX_HOURS_MIN
from .reading import refused
from .tokens import NOON, PARTS, Clock

_EARLIEST_UNMARKED = 6 * 60
"""'2-4' without 'namiddag' or a zero in front is hardly the night: we ask."""
_NIGHT_START, _NIGHT_END = 18 * 60, 6 * 60


class Days(NamedTuple):
    """Weekdays or dates on which something takes place, with the positions in the month."""

    days: tuple[int, ...] | tuple[date, ...]
    positions: tuple[int, ...] = ()


class Hours(NamedTuple):
    """From when until when, as written."""

    start: Clock
    end: Clock


class Part(NamedTuple):
    """A part of the day, and whether an 'en' before it parts it from the hours that stand there."""

    name: str
    after_and: bool


Element = Days | Hours | Part
Group = tuple[list[Days], list[tuple[int, int]]]
"""Days, and the hours that hold for each of them."""


class Said(Protocol):
    """What a cell says about when."""

    elements: list[Element]
    flex_hours: float | None
    times_a_week: int | None
    seen: set[str]
    closed: dict[int, str]


def asks(rule: str, remedy: str) -> InputError:
    """Return the refusal of a cell about times, with what to ask the clerk."""
    return refused(rule, None, remedy, code="schedule")


def sessions_of(said: Said) -> list[Timed | Flex]:
    """Return the sessions that a cell comes to.

    Raises
    ------
    InputError
        If a day has no hours, hours have no day, or it is not clear which are meant.
    """
    groups = _open_days(_groups(said.elements), said.closed)
    if said.flex_hours is not None:
        if groups:
            raise asks("must have hours a week, or sessions of its own", "Write 'flex 2u/week' or the sessions.")
        if not FLEX_HOURS_MIN <= said.flex_hours <= FLEX_HOURS_MAX:
            raise asks(f"must have {FLEX_HOURS_MIN:g} to {FLEX_HOURS_MAX:g} hours a week", "Look at the number.")
        return [Flex(said.flex_hours)]
    if "flex" in said.seen:
        raise asks("must say how many hours a week by agreement", "Ask it, and write it like 'flex 2u/week'.")
    if "fortnight" in said.seen and ("weekly" in said.seen or len(groups) != 1):
        raise asks("must say which sessions are every other week", "Write '2w' before each: '2w wo 14:00-16:00'.")
    if not groups and said.seen & {"fortnight", "weekly", "monthly"}:
        raise asks("must have days and hours", "Write it like 'di 19:00-21:00'.")
    if "once" in said.seen and not all(isinstance(days.days[0], date) for group, _ in groups for days in group):
        raise asks("must have a date for what takes place once", "Write it like '5/12/2026 14:00-17:00'.")
    every = 2 if "fortnight" in said.seen else 1
    monthly = {bool(days.positions) for group, _ in groups for days in group}
    if ("monthly" in said.seen and True not in monthly) or (
        True in monthly and (every == 2 or "weekly" in said.seen)
    ):
        raise asks(
            "must say which week of the month", "Write it like '1e do 09:30-12:00' or 'laatste vr 14:00-16:00'."
        )
    if "every_nth" in said.seen and "monthly" not in said.seen:
        _must_be_of_the_month(groups)
    dates = [day for group, _ in groups for days in group for day in days.days if isinstance(day, date)]
    if len(dates) == 1 and said.seen & {"weekly", "fortnight"}:
        raise asks("must have a weekday for what repeats", "Write 'za 09:00-12:00', and its start in start_date.")
    sessions: list[Timed | Flex] = [session for group in groups for session in _of_group(*group, every=every)]
    if said.times_a_week not in (None, len(sessions)):
        raise asks(
            "must have as many days as it says times a week", "Write each day, like 'di en do 19:00-21:00'."
        )
    return sessions


def _groups(elements: Sequence[Element]) -> list[Group]:
    """Put the hours with their days: each run of days with the hours behind it, or each with those before."""
    timed = _with_parts(elements)
    if not timed:
        return []
    runs: list[tuple[bool, list[Any]]] = []
    for element in timed:
        are_days = isinstance(element, Days)
        if not runs or runs[-1][0] != are_days:
            runs.append((are_days, []))
        runs[-1][1].append(element)
    if len(runs) % 2:
        missing = "hours for each day" if runs[-1][0] else "a day for its hours"
        raise asks(f"must have {missing}", "Write it like 'di 19:00-21:00'.")
    pairs = list(zip(runs[::2], runs[1::2], strict=True))
    return [(days[1], hours[1]) if days[0] else (hours[1], days[1]) for days, hours in pairs]


def _open_days(groups: list[Group], closed: Mapping[int, str]) -> list[Group]:
    """Return the groups without the weekdays on which it is said not to take place."""
    for day, said in closed.items():
        times = [len(hours) for days, hours in groups for one in days if not one.positions and day in one.days]
        monthly = any(one.positions and day in one.days for days, _ in groups for one in days)
        # Of several hours, those just before 'behalve wo' may be the only ones that are meant.
        if monthly or (said != "closed" and not times) or (said == "not_after_hours" and sum(times) > 1):
            raise asks("must say on which days it does take place", "Write each day with its hours.")
    left = [([_left_open(one, closed) for one in group], hours) for group, hours in groups]
    if closed and not (left and all(one.days for group, _ in left for one in group)):
        raise asks("must have days and hours", "Write it like 'di 19:00-21:00'.")
    return left


def _left_open(days: Days, closed: Mapping[int, str]) -> Days:
    weekly = tuple(day for day in days.days if not isinstance(day, date) and day not in closed)
    return days if isinstance(days.days[0], date) else days._replace(days=weekly)


def _must_be_of_the_month(groups: list[Group]) -> None:
    for group, _ in groups:
        for days in group:
            if len(days.positions) == 1 and days.positions[0] > 1:
                raise asks(
                    "must say whether the month is meant, or every so many weeks",
                    "Write '2e di van de maand', or 'om de 2 weken op di'.",
                )


def _with_parts(elements: Sequence[Element]) -> list[Days | tuple[int, int]]:
    """Return days and hours in minutes; a part of the day counts for the hours behind it, else before it."""
    found: list[Days | tuple[int, int]] = []
    parts: dict[int, str] = {}
    for index, element in enumerate(elements):
        if not isinstance(element, Part):
            continue
        near = _hours_of_part(elements, index)
        if near is None or parts.setdefault(near, element.name) != element.name:
            raise asks("must have hours for each part of the day", "Write it like 'di 19:00-21:00'.")
    for index, element in enumerate(elements):
        if isinstance(element, Hours):
            found.append(_minutes(element, parts.get(index)))
        elif isinstance(element, Days):
            found.append(element)
    return found


def _hours_of_part(elements: Sequence[Element], index: int) -> int | None:
    """Return where the hours stand that a part of the day speaks of."""
    part = elements[index]
    assert isinstance(part, Part)
    behind = index + 1
    # Over other days with the same part of the day: 'maandag- en woensdagavond'.
    while behind < len(elements) and _goes_on(elements[behind], part):
        behind += 1
    follows = behind < len(elements) and isinstance(elements[behind], Hours)
    precedes = index > 0 and isinstance(elements[index - 1], Hours) and not part.after_and
    if precedes and not (follows and behind == index + 1):
        return index - 1
    return behind if follows else None


def _goes_on(element: Element, part: Part) -> bool:
    return isinstance(element, Days) or (isinstance(element, Part) and element.name == part.name)


def _minutes(hours: Hours, part: str | None) -> tuple[int, int]:
    start, end = hours.start.minute, hours.end.minute
    spoken = "spoken" in (hours.start.half, hours.end.half)
    if hours.end.half in ("am", "pm") and not hours.start.half and not hours.start.sure:
        start = start + NOON if hours.end.half == "pm" and start + NOON < end else start
    elif part:
        start, end = _in_part(start, end, part)
    elif spoken or (start < _EARLIEST_UNMARKED and not hours.start.sure):
        raise asks("must say whether morning or afternoon is meant", "Write 14:00-16:00 for the afternoon.")
    if start >= DAY_MIN:
        raise asks("must have times from 00:00 to 24:00", "Write the day after as a session of its own.")
    if end <= start and not (start >= _NIGHT_START and end <= _NIGHT_END):
        raise asks("must have an end after its start", "Write the hours like 14:00-16:00.")
    return start, end


def _in_part(start: int, end: int, part: str) -> tuple[int, int]:
    """Return the hours in the part of the day in which they are said to be, moved by twelve hours where needed."""
    first, last = PARTS[part]
    for move_start, move_end in ((0, 0), (0, NOON), (NOON, NOON)):
        if first <= start + move_start <= last and start + move_start < end + move_end <= DAY_MIN:
            return start + move_start, end + move_end
    if part == "evening" and start >= _NIGHT_START and end <= _NIGHT_END:
        return start, end
    raise asks("must have hours in the part of the day that it names", "Write the hours like 14:00-16:00.")


def _of_group(days: list[Days], hours: list[tuple[int, int]], *, every: int) -> Iterable[Timed]:
    kinds = {(bool(one.positions), isinstance(one.days[0], date)) for one in days}
    if len(kinds) > 1:
        raise asks("must have hours for each sort of day", "Separate the sessions with ';'.")
    for one in dict.fromkeys(days):
        for start, end in dict.fromkeys(hours):
            for day in one.days:
                yield from _session(day, one.positions, (start, end), every=every)


def _session(
    day: int | date, positions: tuple[int, ...], hours: tuple[int, int], *, every: int
) -> Iterable[Timed]:
    start, end = hours
    if end <= start and end != 0 and (positions or every == 2):
        raise asks("must end on the day itself", "Write what passes midnight as two sessions.")
    until = end if end > start else DAY_MIN
    if isinstance(day, date):
        yield Once(day, start, until)
        if 0 < end <= start:
            yield Once(day + timedelta(days=1), 0, end)
    elif positions:
        yield from (Monthly(position, day, start, until) for position in positions)
    else:
        yield Weekly(day, start, until, every)
        if 0 < end <= start:
            yield Weekly((day + 1) % len(DAYS_NL), 0, end)
