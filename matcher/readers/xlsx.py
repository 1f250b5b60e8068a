"""The offer as an Excel workbook: the sheet that a clerk fills in, or one that he had already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl.utils.cell import get_column_letter

from ..errors import InputError, Problem, shown
from ..vocabulary import EXPLANATION_SHEET, WORDS_SHEET, fold
from .cells import Cell
from .found import Found
from .sheet import Place, Row, read_rows
from .workbook import Sheet, Unread, Workbook

MOST_ROWS = 101_000
"""As many activities as a workbook is written of, and what stands above them."""
MOST_COLUMNS = 200
MOST_UNREAD = 20
"""More cells of a sheet that could not be read are counted, not listed."""
HEADLESS = ("no_header", "empty")
"""Codes of the problem that a sheet as a whole has no table of activities."""
_LONGEST_NAME = 30
_REMEDIES = {
    Unread.FORMULA: "Copy the cell and paste it as a value ('Plakken speciaal: waarden'); it is taken as unknown.",
    Unread.ERROR: "Write the value, or leave the cell empty; it is taken as unknown.",
    Unread.DATE: "Write it as 2026-12-01; it is taken as unknown.",
    Unread.LONG: "Shorten it; it is taken as unknown.",
    Unread.DAMAGED: "Write it anew; it is taken as unknown.",
}


def read_xlsx(path: Path, *, today: date) -> Found:
    """Read the sheets of a workbook that have a header which is known.

    Parameters
    ----------
    path : Path
    today : date
        The day from which pauses like "not in the school holidays" are dated.

    Yields
    ------
    Proposal or Problem
        Sheet by sheet. The place of a problem is ``Blad1!C4``.

    Raises
    ------
    OSError
        If the file cannot be read.

    Notes
    -----
    Hidden sheets are left out with a note. The value that a formula had when the workbook was saved is not looked
    at: the cell is unknown, with a warning.
    """
    source = str(path)
    try:
        workbook = Workbook(path)
        yield from _read_sheets(workbook, today=today, source=source)
    except InputError as error:
        yield from (replace(problem, source=source) for problem in error.problems)


def _read_sheets(workbook: Workbook, *, today: date, source: str) -> Found:
    headless: list[Problem] = []
    some_read = False
    for sheet in workbook.sheets:
        if sheet.name in (EXPLANATION_SHEET, WORDS_SHEET):
            continue
        if sheet.hidden:
            remedy = "Make the sheet visible if it holds activities."
            yield Problem(
                rule="is a hidden sheet and was left out",
                place=shown(sheet.name),
                remedy=remedy,
                source=source,
                severity="note",
                code="hidden_sheet",
            )
            continue
        is_read = True
        for found in _read_sheet(workbook, sheet, today=today, source=source):
            if isinstance(found, Problem) and found.code in HEADLESS and found.severity == "error":
                is_read = False
                headless.append(found)
            else:
                yield found
        some_read = some_read or is_read
    if some_read:
        # Remarks beside the offer are no mistake, and an empty sheet is not worth a word.
        headless = [replace(problem, severity="note") for problem in headless if problem.code != "empty"]
    yield from headless


def _read_sheet(workbook: Workbook, sheet: Sheet, *, today: date, source: str) -> Found:
    aside: list[Problem] = []

    def place(row: int, column: int | None) -> str:
        return f"{shown(sheet.name)}!{get_column_letter(column + 1) if column is not None else ''}{row}"

    rows = _rows(workbook, sheet, aside=aside, place=place)
    name = re.sub(r"[^a-z0-9]+", "-", fold(Path(source).stem))[:_LONGEST_NAME].strip("-") or "xlsx"
    for found in read_rows(rows, today=today, source=source, name=name, place=place):
        yield from (replace(problem, source=source) for problem in aside)
        aside.clear()
        yield found
    yield from (replace(problem, source=source) for problem in aside)


def _rows(workbook: Workbook, sheet: Sheet, *, aside: list[Problem], place: Place) -> Iterator[Row]:
    """Give the rows that are not blank; what was not read is put aside as problems."""
    n_rows = n_unread = 0
    is_too_wide = False
    for number, cells in workbook.rows(sheet):
        values: list[Cell] = []
        for column, value in cells:
            if isinstance(value, str) and not value.strip():
                # Spaces that nobody sees: neither filled in nor too far to the right.
                continue
            if column >= MOST_COLUMNS:
                if not is_too_wide:
                    rule = f"must have at most {MOST_COLUMNS} columns: what stands further on was left out"
                    aside.append(
                        Problem(rule=rule, place=place(number, column), severity="warning", code="too_large")
                    )
                is_too_wide = True
                continue
            values += [None] * (column + 1 - len(values))
            if isinstance(value, Unread):
                n_unread += 1
                if n_unread <= MOST_UNREAD:
                    aside.append(_unread(value, place(number, column)))
            else:
                values[column] = value
        if values.count(None) == len(values):
            continue
        n_rows += 1
        if n_rows > MOST_ROWS:
            rule = f"must have at most {MOST_ROWS} rows that are filled in: what follows was left out"
            aside.append(Problem(rule=rule, place=place(number, None), code="too_large"))
            return
        yield number, values
    if n_unread > MOST_UNREAD:
        rule = f"has {n_unread - MOST_UNREAD} more cells that were taken as unknown"
        aside.append(Problem(rule=rule, place=shown(sheet.name), severity="warning", code="unread_cells"))


def _unread(value: Unread, place: str) -> Problem:
    return Problem(
        rule=value.value,
        place=place,
        remedy=_REMEDIES[value],
        severity="warning",
        code=f"cell_{value.name.lower()}",
    )
