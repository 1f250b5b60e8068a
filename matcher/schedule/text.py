"""Schedule text, pauses and hours as people write them, read into sessions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ..errors import InputError, Problem, shown
from .sessions import (
    DAY_MIN,
    DAYS_EN,
    DAYS_NL,
    FLEX_HOURS_MAX,
    FLEX_HOURS_MIN,
    LAST,
    MOST_SESSIONS,
    Flex,
    Monthly,
    Once,
    Pause,
    Schedule,
    Timed,
    Weekly,
)

_DAY = {word: number for words in (DAYS_NL, DAYS_EN) for number, word in enumerate(words)}
_POSITION = {
    **{f"{n}e": n for n in range(1, 6)},
    **dict(zip(("1st", "2nd", "3rd", "4th", "5th"), range(1, 6), strict=True)),
    "laatste": LAST,
    "last": LAST,
}
_TIMES = r"(\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})"
_DAY_PATTERN = "|".join(_DAY)
_WEEKLY = re.compile(rf"(2w )?({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_MONTHLY = re.compile(rf"({'|'.join(_POSITION)}) ({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_ONCE = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) {_TIMES}", re.ASCII)
_FLEX = re.compile(r"flex (\d{1,3}(?:[.,]\d{1,4})?) ?[uh] ?/ ?week", re.ASCII)
_FREE = re.compile(rf"({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_EXPECTED = (
    "must be sessions separated by ';', each like 'di 19:00-21:00', '2w di 19:00-21:00', "
    "'1e do 09:30-12:00', 'laatste vr 14:00-16:00', '2026-12-05 14:00-17:00' or 'flex 2u/week'"
)


def read_schedule(
    text: str,
    *,
    start_date: date | None = None,
    end_date: date | None = None,
    pauses: Sequence[Pause] = (),
) -> Schedule:
    """Read a schedule text, with the dates and pauses between which it runs.

    Raises
    ------
    InputError
        If a session is unreadable, ends before it starts, or overlaps another one.

    Examples
    --------
    >>> str(read_schedule("TUE 9:00 - 11:00; last fri 14:00-16:00"))
    'di 09:00-11:00; laatste vr 14:00-16:00'
    >>> read_schedule("1st thu 09:30-12:00").timed[0].rule()
    'FREQ=MONTHLY;BYDAY=1TH'
    """
    schedule = parse_schedule(text)
    check_overlap(schedule, start_date=start_date, end_date=end_date, pauses=pauses)
    return schedule


def check_overlap(
    schedule: Schedule, *, start_date: date | None, end_date: date | None, pauses: Sequence[Pause]
) -> None:
    """Raise `InputError` when two sessions of the schedule overlap."""
    clash = schedule.overlap(start_date=start_date, end_date=end_date, pauses=pauses)
    if clash:
        raise _bad(
            f"'{clash[0]}' and '{clash[1]}'",
            "must be sessions that do not overlap",
            "Write parallel groups as separate activities.",
        )


@lru_cache(maxsize=65536)
def parse_schedule(text: str) -> Schedule:
    """Read the grammar of a schedule text; overlaps are looked at by `check_overlap`.

    Raises
    ------
    InputError
        If a session is unreadable or ends before it starts, or when there is none.
    """
    pieces = [" ".join(piece.split()).lower() for piece in text.split(";", MOST_SESSIONS + 1)]
    if len(pieces) > MOST_SESSIONS:
        raise _bad(text, f"must have at most {MOST_SESSIONS} sessions", "Write what repeats as a rule.")
    sessions = tuple(_session(piece, text) for piece in pieces if piece)
    if not sessions:
        raise _bad(text, _EXPECTED)
    if sum(isinstance(session, Flex) for session in sessions) > 1:
        raise _bad(text, "must have at most one 'flex'", "Add the hours together.")
    return Schedule(sessions)


@lru_cache(maxsize=4096)
def parse_pause(text: str) -> Pause:
    """Read ``MM-DD..MM-DD`` or ``YYYY-MM-DD..YYYY-MM-DD``.

    Raises
    ------
    InputError
        If an end is not a day of the calendar, or a dated pause ends before it starts.

    Examples
    --------
    >>> date(2027, 1, 2) in parse_pause("12-21..01-03")
    True
    """
    rule = "must be 'MM-DD..MM-DD' or 'YYYY-MM-DD..YYYY-MM-DD'"
    start_text, dots, end_text = (part.strip() for part in text.strip().partition(".."))
    if not dots:
        raise _bad(text, rule)
    start, end = _pause_end(start_text, text, rule), _pause_end(end_text, text, rule)
    if isinstance(start, date) != isinstance(end, date):
        raise _bad(text, rule, "Write both ends with a year, or both without.")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise _bad(text, "must end on or after its start", "Turn the two dates round.")
    return Pause(start, end)


def read_hours(text: str) -> tuple[int, int, int]:
    """Read ``<day> HH:MM-HH:MM`` into a weekday and the minutes of its start and end.

    Raises
    ------
    InputError
        If it is unreadable, or ends before it starts.
    """
    match = _FREE.fullmatch(" ".join(text.split()).lower())
    if not match:
        raise _bad(text, "must be a day and hours, like 'ma 09:00-12:00'")
    return _DAY[match[1]], *_times(match.groups()[1:], text)


def _session(piece: str, text: str) -> Timed | Flex:
    if match := _WEEKLY.fullmatch(piece):
        every, day, *times = match.groups()
        return Weekly(_DAY[day], *_times(times, text), interval=2 if every else 1)
    if match := _MONTHLY.fullmatch(piece):
        position, day, *times = match.groups()
        return Monthly(_POSITION[position], _DAY[day], *_times(times, text))
    if match := _ONCE.fullmatch(piece):
        day_text, *times = match.groups()
        try:
            day_date = date.fromisoformat(day_text)
        except ValueError:
            raise _bad(text, "must have dates of the calendar", f"Look at {day_text}.") from None
        return Once(day_date, *_times(times, text))
    if match := _FLEX.fullmatch(piece):
        hours = float(match[1].replace(",", "."))
        if not FLEX_HOURS_MIN <= hours <= FLEX_HOURS_MAX:
            raise _bad(text, f"must have {FLEX_HOURS_MIN:g} to {FLEX_HOURS_MAX:g} hours after 'flex'")
        return Flex(hours)
    raise _bad(text, _EXPECTED, f"Look at '{shown(piece)}'.")


def _times(parts: Sequence[str | None], text: str) -> tuple[int, int]:
    start_hour, start_minute, end_hour, end_minute = (int(part or 0) for part in parts)
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start_minute > 59 or end_minute > 59 or start >= DAY_MIN or end > DAY_MIN:
        raise _bad(text, "must have times from 00:00 to 24:00, and 24:00 as an end only")
    if end <= start:
        raise _bad(
            text,
            "must have an end after its start",
            "Write what passes midnight as two: 'vr 22:00-24:00; za 00:00-02:00'.",
        )
    return start, end


def _pause_end(part: str, text: str, rule: str) -> date | tuple[int, int]:
    try:
        if re.fullmatch(r"\d{2}-\d{2}", part, re.ASCII):
            day = date.fromisoformat(f"2024-{part}")  # a leap year: 02-29 may be an end
            return day.month, day.day
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part, re.ASCII):
            return date.fromisoformat(part)
    except ValueError:
        pass
    raise _bad(text, rule, f"'{shown(part)}' is not a day of the calendar.")


def _bad(text: str, rule: str, remedy: str = "") -> InputError:
    return InputError([Problem(rule=rule, value=text, remedy=remedy)])
