"""The offer as a CSV file that reads back to the same offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import InputError, Problem
from ..model import Activity
from .files import BUFFER, replacing

COLUMNS = tuple(Activity.model_fields)
_POSITION = {key: number for number, key in enumerate(COLUMNS)}
MOST_CELL = 200_000
"""The reader takes a longer cell for a quote that was not closed."""
RUNS = tuple("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula."""
_GUARDED = frozenset((*RUNS, "'"))
_SURE = frozenset(
    ("kind", "interaction", "participants", "new_people", "schedule", "start_date", "end_date", "attendance")
    + ("status", "last_verified")
)
"""Texts of which the form is known: they hold nothing that must be guarded or quoted."""


def write_csv(activities: Iterable[Activity], path: Path, *, today: date) -> None:
    """Write the offer: all columns in the order of the contract, comma, ``|``, decimal point, UTF-8.

    Parameters
    ----------
    activities : iterable of Activity
        In the order of the file.
    path : Path
        Replaced when the new file is complete.
    today : date
        The file does not say when it was written; every writer is given the day.

    Raises
    ------
    InputError
        If a list is too long for a cell; nothing is written then.
    """
    write_rows((activity.to_json() for activity in activities), path)


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the offer as `write_csv`, of activities with the keys of the offer file, as ``to_json`` gives them."""
    with replacing(path) as new:
        fill_rows(rows, new)


def fill_rows(rows: Iterable[Mapping[str, Any]], new: Path) -> None:
    """Write the rows into a file that is to replace another."""
    with new.open("w", buffering=BUFFER, encoding="utf-8", newline="\n") as lines:
        lines.write(",".join(COLUMNS) + "\n")
        lines.writelines(map(_line, rows))


def guarded(text: str) -> str:
    """Put a single quote before a text that a spreadsheet would run, or of which a reader would take one off.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'-1"), guarded("'s avonds")
    ("'=1+1", "''-1", "'s avonds")
    """
    return f"'{text}" if text.startswith(RUNS) or seems_guarded(text) else text


def seems_guarded(text: str) -> bool:
    """Tell whether a text begins as one that was guarded."""
    return text.startswith("'") and text[1:].startswith((*RUNS, "'"))


def as_text(value: Any) -> str:
    """Write a value of an activity as its cell holds it, before guarding.

    Examples
    --------
    >>> as_text(None), as_text(2.50), as_text(["cooking", "sewing"]), as_text(False)
    ('', '2.5', 'cooking|sewing', 'no')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Positional, as no reader of the contract takes an exponent, and with every digit that tells it apart.
        digits = repr(value)
        return (format(Decimal(digits), "f") if "e" in digits else digits).removesuffix(".0")
    if isinstance(value, (tuple, list)):
        return "|".join(map(str, value))
    return str(value)


def _line(row: Mapping[str, Any]) -> str:
    cells = [""] * len(COLUMNS)
    for key, value in row.items():
        kind = type(value)
        cell = value if kind is str else "|".join(value) if kind is list else as_text(value)
        if key not in _SURE and (kind is str or kind is list):
            # Whatever is guarded against stands before the letters: most texts need no closer look.
            if cell < "A" and cell[:1] in _GUARDED:
                cell = guarded(cell)
            if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
                cell = '"' + cell.replace('"', '""') + '"'
        cells[_POSITION[key]] = cell
    line = ",".join(cells) + "\n"
    if len(line) > MOST_CELL:
        _refuse_long(row)
    return line


def _refuse_long(row: Mapping[str, Any]) -> None:
    """Refuse a row with a cell that is too long; one that is only long as a whole is left alone."""
    for key in COLUMNS:
        if len(guarded(as_text(row.get(key)))) > MOST_CELL:
            rule = f"must have at most {MOST_CELL} characters in all to stand in one cell"
            raise InputError([Problem(place=row["id"], key=key, rule=rule, code="length")])
