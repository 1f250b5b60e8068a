"""The offer as an Excel workbook, which is also the sheet that a clerk fills in."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Sequence
from copy import copy
from datetime import date, datetime, time
from os import PathLike
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.writer.excel import ExcelWriter

from ..errors import InputError, Problem
from ..model import Activity, read_activity
from ..vocabulary import EXAMPLE_TITLE, sheet_words
from .csv_offer import RUNS, as_text, seems_guarded
from .files import replacing
from .layout import (
    PLACE,
    SEVERAL,
    add_explanation,
    add_words,
    alignment,
    columns,
    fit_height,
    font,
    headings,
    lay_out,
    number_format,
)

SHEET = "Aanbod"
MOST_ROWS = 100_000
MOST_CELL = 32_767
"""Characters that a cell of a workbook holds; those outside the first plane of Unicode count double."""
ROOM_ROWS = 500
"""Rows under the offer that have drop-down lists, for what a clerk adds."""
_PRICE_DECIMALS, _PLACE_DECIMALS = 2, 6
"""A number with more decimals than is usual is written as text, that none is lost."""
_YEAR_OF_TIMES = 1904
"""Real dates up to this year are read as times, or as numbers by mistake."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\ufffe\uffff]")
_MADE_ON = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip archive can name: the same offer gives the same bytes."""
_EXAMPLE = {
    "id": "voorbeeld",
    "title": f"{EXAMPLE_TITLE}: praatgroep in de bib",
    "organiser": "Bibliotheek Herent (voorbeeld)",
    "kind": "conversation_group",
    "description": "Samen Nederlands spreken bij een kop koffie. Inwoners en nieuwkomers zitten samen aan tafel.",
    "interests": ["dutch_practice", "coffee_chat"],
    "schedule": "di 19:00-21:00",
    "start_date": "2026-09-01",
    "end_date": "2027-06-30",
    "pauses": ["2026-12-21..2027-01-03"],
    "attendance": "whole",
    "place": "Bibliotheek Herent",
    "address": "Wilselsesteenweg 15",
    "postal_code": "3020",
    "municipality": "Herent",
    "price_eur": 0,
    "language": "nl",
    "taalicoon": 1,
    "participants": "mixed",
    "interaction": "high",
    "new_people": True,
    "group_min": 6,
    "group_max": 12,
    "age_min": 18,
    "audience": ["everyone"],
    "facilities": ["wheelchair", "child_welcome"],
    "registration": "gewoon binnenkomen",
    "phone": "016 00 00 00",
    "email": "bib@example.org",
    "url": "https://www.example.org/praatgroep",
    "capacity": 12,
    "places_left": 5,
    "signatory": "medewerker van de bib",
    "status": "active",
    "last_verified": "2026-11-03",
    "source": "example",
}


def write_xlsx(activities: Sequence[Activity], path: Path, *, today: date) -> None:
    """Write the offer as a workbook in which a clerk can go on.

    Parameters
    ----------
    activities : sequence of Activity
        In the order of the rows.
    path : Path
        Replaced when the new file is complete.
    today : date
        The day that the workbook says it was made.

    Raises
    ------
    InputError
        If there are more activities than rows, or a text is too long for a cell; nothing is written then.

    Notes
    -----
    Words of vocabularies are written in Dutch, days as dates. A text that begins like a formula is a cell of text,
    marked as such: no spreadsheet runs it, and none shows a quote before it.
    """
    if len(activities) > MOST_ROWS:
        rule = f"must be at most {MOST_ROWS} activities to stand in one sheet"
        remedy = "Write a file that ends in .csv."
        raise InputError([Problem(rule=rule, value=str(len(activities)), remedy=remedy, code="too_large")])
    _write(activities, path, today=today)


def write_template(path: Path, *, today: date) -> None:
    """Write the sheet that a clerk fills in: an example to take away, and room for 500 activities."""
    _write([read_activity(_EXAMPLE)], path, today=today, looks=font(italic=True, color="6B7280"))


def _write(activities: Sequence[Activity], path: Path, *, today: date, looks: Font | None = None) -> None:
    for activity in activities:
        _check_lengths(activity)
    with replacing(path) as new, _Archive(new, "w", zipfile.ZIP_DEFLATED) as archive:
        workbook = Workbook(write_only=True)
        sheet: Any = workbook.create_sheet(SHEET)
        lay_out(sheet, last_row=1 + len(activities) + ROOM_ROWS)
        sheet.append(list(headings(sheet)))
        styles = _styles(sheet, looks or font())
        for row, activity in enumerate(activities, start=2):
            values = {column.key: _value(column.key, getattr(activity, column.key)) for column in columns()}
            fit_height(sheet, row, {key: value for key, value in values.items() if isinstance(value, str)})
            sheet.append([_cell(sheet, value, styles[key]) for key, value in values.items()])
        add_explanation(workbook)
        add_words(workbook)
        workbook.properties.creator = "matcher"
        workbook.properties.created = workbook.properties.modified = datetime.combine(today, time.min)
        ExcelWriter(workbook, archive).write_data()


class _Archive(zipfile.ZipFile):
    """An archive whose members do not tell when they were written."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        super().writestr(self._entry(name), data)

    def write(self, file: str | PathLike[str], name: Any = None, *_: Any) -> None:
        with open(file, "rb") as source, self.open(self._entry(name), "w") as member:
            shutil.copyfileobj(source, member)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, _MADE_ON)
        entry.compress_type = self.compression
        return entry


def _styles(sheet: Any, looks: Font) -> dict[str, tuple[Any, Any]]:
    """Return for each column the style of its cells, and of those with a text that begins like a formula."""
    styles = {}
    for column in columns():
        cell: Any = WriteOnlyCell(sheet)
        cell.number_format = number_format(column.key)
        cell.alignment = alignment()
        cell.font = looks
        usual = copy(cell._style)
        cell.quotePrefix = True
        styles[column.key] = (usual, copy(cell._style))
    return styles


def _check_lengths(activity: Activity) -> None:
    for key in type(activity).model_fields:
        text = _value(key, getattr(activity, key))
        if isinstance(text, str) and len(text.encode("utf-16-le")) > 2 * MOST_CELL:
            rule = f"must have at most {MOST_CELL} characters in all to stand in one cell"
            remedy = "Write a file that ends in .csv."
            raise InputError([Problem(place=activity.id, key=key, rule=rule, remedy=remedy, code="length")])


def _cell(sheet: Any, value: Any, styles: tuple[Any, Any]) -> Any:
    if value is None:
        return None
    cell: Any = WriteOnlyCell(sheet)
    cell._style = styles[isinstance(value, str) and value.startswith(RUNS)]
    if isinstance(value, str):
        # Not by its setter, which makes formulas and errors of texts.
        cell._value, cell.data_type = _text(value), "s"
    else:
        cell.value = value
    return cell


def _value(key: str, value: Any) -> str | int | float | date | None:
    """Return what a cell holds: Dutch words for those of a vocabulary."""
    if value is None or value == ():
        return None
    if key in sheet_words() and key != "taalicoon":
        known = sheet_words()[key]
        said = [known.get(one, one) for one in value] if key in SEVERAL else [known.get(as_text(value), value)]
        return " | ".join(said)
    if isinstance(value, float):
        usual = round(value, _PLACE_DECIMALS if key in PLACE else _PRICE_DECIMALS)
        return value if value == usual and "e" not in repr(value) else as_text(value)
    if isinstance(value, date):
        return value if value.year > _YEAR_OF_TIMES else as_text(value)
    return value if isinstance(value, int) else as_text(value)


def _text(text: str) -> str:
    """Return a text as a workbook writes it, with a mark before what would be read as a mark."""
    escaped = _ESCAPE.sub("_x005F_", f"'{text}" if seems_guarded(text) else text)
    return _NO_XML.sub(lambda letter: f"_x{ord(letter[0]):04X}_", escaped)
