"""Hours and days as people type them."""

from __future__ import annotations

import re
from datetime import date

from ..model.fields import read_day

_DECIMAL = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))? ?(?:u|uur|uren|h|hours?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}) ?(?:u|uur|h|:) ?(\d{1,2}) ?(?:m|min|minuten|minutes)?", re.ASCII)
_MINUTES = re.compile(r"(\d{1,4}) ?(?:m|min|minuten|minutes)", re.ASCII)
_BELGIAN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def typed_hours(text: str) -> float:
    """Read a number of hours, in hours or in hours and minutes.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> typed_hours("1,5"), typed_hours("1u30"), typed_hours("2 uur"), typed_hours("1:15"), typed_hours("90 min")
    (1.5, 1.5, 2.0, 1.25, 1.5)
    """
    plain = " ".join(text.lower().split())
    if found := _DECIMAL.fullmatch(plain):
        return float(f"{found[1]}.{found[2] or 0}")
    if (found := _CLOCK.fullmatch(plain)) and int(found[2]) < 60:
        return round(int(found[1]) + int(found[2]) / 60, 2)
    if found := _MINUTES.fullmatch(plain):
        return round(int(found[1]) / 60, 2)
    raise ValueError(f"{text!r} is no number of hours")


def typed_day(text: str) -> date:
    """Read a day as a date field sends it, or as it is written here.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> typed_day("3/11/2026"), typed_day("2026-11-03")
    (datetime.date(2026, 11, 3), datetime.date(2026, 11, 3))
    """
    plain = text.strip()
    if found := _BELGIAN_DAY.fullmatch(plain):
        plain = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return read_day(plain)
