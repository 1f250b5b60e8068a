"""Days and times of a document, in the clock time of Europe/Brussels."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from ...errors import EARLIEST_YEAR, LATEST_YEAR
from ...schedule import BRUSSELS, DAY_MIN

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?", re.ASCII)
LAST_MIN = DAY_MIN - 1
"""23:59, as the end of a day is often written."""


class Moment(NamedTuple):
    """A day and the minute of it; the last second of a day is its end."""

    day: date
    minute: int


def read_moment(value: Any) -> Moment | None:
    """Read an ISO 8601 moment, without offset in Brussels; None when it is none, or lies centuries away.

    Examples
    --------
    >>> read_moment("2026-01-21T23:00:00+00:00")
    Moment(day=datetime.date(2026, 1, 22), minute=0)
    >>> read_moment("2026-01-22T23:59:59+01:00").minute, read_moment("22/04/2017")
    (1440, None)
    """
    return _moment(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _moment(text: str) -> Moment | None:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            at = at.astimezone(BRUSSELS)
    except (ValueError, OverflowError):
        return None
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        return None
    minute = at.hour * 60 + at.minute
    return Moment(at.date(), DAY_MIN if minute == LAST_MIN and at.second == 59 else minute)


def read_day(value: Any) -> date | None:
    """Read the day of a date or a moment."""
    moment = read_moment(value)
    return moment.day if moment else None


@lru_cache(maxsize=1024)
def read_clock(text: str) -> int | None:
    """Read a time of the day as minutes.

    Examples
    --------
    >>> read_clock("9:00"), read_clock("24:00"), read_clock("9u"), read_clock("12:75")
    (540, 1440, None, None)
    """
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= DAY_MIN else None
