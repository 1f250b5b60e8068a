"""Columns that say together when something takes place: day, frequency, hours, from, until, how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from .cells import Cell, is_day

_DAY_S = 24 * 60 * 60
_CLOCK = re.compile(r"(\d{1,2})(?: ?[:.uh] ?(\d{2})?)?(?: ?uur| ?u)?(?::00)?", re.ASCII)
_LASTS = re.compile(
    r"(?:(?P<h>\d{1,2})(?:[.,](?P<part>\d{1,2}))? ?(?:uren|uur|u|hours?|h)\.?|(?P<whole>\d{1,2}):(?=\d\d))? ?"
    r"(?:(?P<min>\d{1,3})(?: ?(?:minuten|min|m)\b\.?)?)?(?::00)?",
    re.ASCII,
)
_MOST_MIN = 12 * 60
_NIGHT_MOST = timedelta(hours=16)
"""What lasts longer than this is a period, not one evening."""
_BOUNDS = (("from", "start_date"), ("to", "end_date"))
_PARTS = ("frequency", "day", "schedule", "hours", "from", "to")

Cells = Mapping[str, tuple[int, Cell]]
"""By column: where in the row the cell stands, and the cell."""


def with_one_moment(cells: Cells) -> dict[str, tuple[int, Cell]]:
    """Return the cells of a row with those about the moment joined into one under ``schedule``.

    Dates in columns 'van' and 'tot' are the start and the end of the whole.

    Examples
    --------
    >>> with_one_moment({"day": (1, "dinsdag"), "from": (2, time(19)), "to": (3, "21u")})
    {'schedule': (1, 'dinsdag 19:00 - 21u')}
    """
    found = dict(cells)
    for column, key in _BOUNDS:
        if column in found and key not in found and is_day(found[column][1]):
            found[key] = found.pop(column)
    found |= _hours_of_bounds(found)
    lasts = found.pop("duration", None)
    parts = {column: found.pop(column) for column in _PARTS if column in found}
    begins = next((column for column in ("from", "hours") if column in parts), None)
    if lasts and begins and "to" not in parts and _starts(parts[begins][1]):
        index, start = parts.pop(begins)
        parts["from"] = index, _with_end(start, lasts[1])
    if set(parts) <= {"schedule"}:
        return {**found, **parts}
    if "hours" in parts and "to" in parts and "from" not in parts:
        parts["from"] = parts.pop("hours")
    texts = [_text(column, parts[column][1]) for column in _PARTS[:-2] if column in parts]
    texts.append(" - ".join(_text(column, parts[column][1]) for column in ("from", "to") if column in parts))
    return {**found, "schedule": (min(index for index, _ in parts.values()), " ".join(filter(None, texts)))}


def _hours_of_bounds(cells: Cells) -> dict[str, tuple[int, Cell]]:
    """Return the hours that stand in the cells of the first and the last day, where no others stand.

    The day is that of the start, unless another column tells the days or the two lie further apart than a night.
    """
    bounds = {column: _moment(cells[key][1]) for column, key in _BOUNDS if key in cells}
    moments = [moment for moment in bounds.values() if moment]
    if not moments or not cells.keys().isdisjoint(("schedule", "hours", "from", "to")):
        return {}
    found: dict[str, tuple[int, Cell]] = {
        column: (cells[key][0], moment.time()) for column, key in _BOUNDS if (moment := bounds.get(column))
    }
    if "day" not in cells and timedelta() <= moments[-1] - moments[0] <= _NIGHT_MOST:
        index, _ = next(iter(found.values()))
        found["day"] = index, moments[0].date()
    return found


def _moment(cell: Cell) -> datetime | None:
    """Return a day with an hour; a day alone has none."""
    return cell if isinstance(cell, datetime) and is_day(cell) and cell.time() != time() else None


def _starts(start: Cell) -> re.Match[str] | None:
    """Match a cell that holds one time of the day, and no end of its own."""
    return _CLOCK.fullmatch(_text("from", start).lower())


def _with_end(start: Cell, lasts: Cell) -> str:
    """Return the hours of a start and how long it lasts; the start alone when that is not understood."""
    clock, minutes = _starts(start), _minutes(lasts)
    if not clock or minutes is None:
        return _text("from", start)
    first = int(clock[1]) * 60 + int(clock[2] or 0)
    return f"{_clock(first * 60)} - {_clock((first + minutes) % (24 * 60) * 60)}"


def _minutes(lasts: Cell) -> int | None:
    """Return how many minutes a cell says, or None."""
    if isinstance(lasts, time):
        found = lasts.hour * 60 + lasts.minute
    elif isinstance(lasts, timedelta):
        found = round(lasts.total_seconds() / 60)
    elif isinstance(lasts, str):
        match = _LASTS.fullmatch(lasts.strip().lower())
        if not match or not any(match.groups()) or (match["min"] and not match["h"] and lasts.strip().isdecimal()):
            return None
        part = float(f"0.{match['part'] or 0}")
        found = round((int(match["h"] or match["whole"] or 0) + part) * 60) + int(match["min"] or 0)
    else:
        return None
    return found if 0 < found <= _MOST_MIN else None


def _text(column: str, cell: Cell) -> str:
    """Return a cell about a moment as a clerk would write it."""
    if isinstance(cell, date) and column in ("from", "to", "hours") and not (type(cell) is date and is_day(cell)):
        # 24:00 comes as the first day of 1900, at midnight.
        return f"{cell:%H:%M}"
    if isinstance(cell, date):
        clock = f" {cell:%H:%M}" if isinstance(cell, datetime) and cell.time() != time() else ""
        return f"{cell.day}/{cell.month}/{cell.year}{clock}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return _clock(round(cell.total_seconds()))
    if isinstance(cell, float) and 0 < cell < 1:
        return _clock(round(cell * _DAY_S))
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell // 1:
        return f"{int(cell)}u"
    return str(cell).strip()


def _clock(seconds: int) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
