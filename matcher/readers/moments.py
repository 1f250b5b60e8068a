"""Columns that say together when something takes place: day, frequency, hours, from, until."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from .cells import Cell, is_day

_DAY_S = 24 * 60 * 60
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
    for column, key in (("from", "start_date"), ("to", "end_date")):
        if column in found and key not in found and is_day(found[column][1]):
            found[key] = found.pop(column)
    parts = {column: found.pop(column) for column in _PARTS if column in found}
    if set(parts) <= {"schedule"}:
        return {**found, **parts}
    if "hours" in parts and "to" in parts and "from" not in parts:
        parts["from"] = parts.pop("hours")
    texts = [_text(column, parts[column][1]) for column in _PARTS[:-2] if column in parts]
    texts.append(" - ".join(_text(column, parts[column][1]) for column in ("from", "to") if column in parts))
    return {**found, "schedule": (min(index for index, _ in parts.values()), " ".join(filter(None, texts)))}


def _text(column: str, cell: Cell) -> str:
    """Return a cell about a moment as a clerk would write it."""
    if isinstance(cell, datetime) and column in ("from", "to", "hours"):
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
