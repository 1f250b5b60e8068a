"""Rows of cells, of a CSV file or a workbook, read into records and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ..errors import InputError, Problem
from ..model import read_proposal
from .found import Found, made_id

Cell = str | int | float | bool | datetime | date | time | timedelta | None
Row = tuple[int, Sequence[Cell]]
"""The number of a row as the person sees it, from 1, and its cells."""
Place = Callable[[int, int | None], str]
"""Write where a row, or the cell in a column counted from 0, stands: ``12`` or ``Blad1!C12``."""


def read_rows(rows: Iterable[Row], *, today: date, source: str, name: str, place: Place) -> Found:
    """Read the rows of one sheet.

    Parameters
    ----------
    rows : iterable of Row
        Blank rows and title rows may be among them; a row may be shorter or longer than the header.
    today : date
        The day from which pauses like "not in the school holidays" are dated.
    source : str
        File or feed, for the problems.
    name : str
        Prefix of the ids that are made for rows without one, of a-z, 0-9 and -.
    place : callable
        ``place(row, column)`` writes a place; the column counts from 0 and is None for the whole row.

    Notes
    -----
    A single quote that guards a cell against being run as a formula is taken off here.
    """
    header: list[str] = []
    for number, cells in rows:
        texts = ["" if cell is None else str(cell).strip() for cell in cells]
        if not any(texts):
            continue
        if not header:
            header = texts
            continue
        data = {key: text for key, text in zip(header, texts, strict=False) if text}
        try:
            yield read_proposal({"id": made_id(name, data.get("title", "")), **data})
        except InputError as error:
            for problem in error.problems:
                column = header.index(problem.key) if problem.key in header else None
                yield replace(problem, source=source, place=place(number, column))
