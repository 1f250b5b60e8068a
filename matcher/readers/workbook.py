"""A workbook's sheets as rows of cells, nothing in it being trusted: formulas, sizes, numbers of rows."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from .archive import damaged, open_archive, too_large
from .cells import Cell

# openpyxl knows how numbers stand for dates. Its own way of opening a workbook is not taken: it builds all that is
# in the styles, the names and the texts, and fails on parts that no row needs.

MOST_ROW_ELEMENTS = 100_000
"""Elements of one row: 16,384 columns of a few elements each."""
MOST_SHEET_ROWS = 2**20
MOST_TEXTS = 4_000_000
MOST_PART_ELEMENTS = 500_000
MOST_CELL = 200_000
MOST_WHOLE = 2**53
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Unread(Enum):
    """Why a cell has no value that can be taken."""

    FORMULA = "must be a value, not a formula"
    ERROR = "must be a value, not an error of the spreadsheet"
    DATE = "must be a date that exists"
    LONG = f"must have at most {MOST_CELL} characters"
    DAMAGED = "must be a cell that can be read"


class Sheet(NamedTuple):
    """One sheet as the workbook lists it."""

    name: str
    hidden: bool
    member: str


class Workbook:
    """The sheets of an .xlsx file.

    Parameters
    ----------
    path : Path

    Attributes
    ----------
    sheets : list of Sheet
        In the order of their tabs; charts are left out.

    Raises
    ------
    InputError
        If the file is no workbook, or not one that may be opened; see `open_archive`.
    """

    def __init__(self, path: Path) -> None:
        self._archive = open_archive(path)
        try:
            main = next(
                (target for kind, target in self._links("").values() if kind == "officeDocument"),
                "xl/workbook.xml",
            )
            links = self._links(main)
            parts = dict(links.values())
            self.sheets: list[Sheet] = []
            self._epoch = WINDOWS_EPOCH
            for element in self._elements(main):
                if _tag(element) == "workbookPr" and element.get("date1904") in ("1", "true", "on"):
                    self._epoch = MAC_EPOCH
                elif _tag(element) == "sheet":
                    identifier = next(value for key, value in element.items() if key.endswith("}id"))
                    kind, member = links[identifier]
                    if kind == "worksheet":
                        hidden = element.get("state", "visible") != "visible"
                        self.sheets.append(Sheet(element.get("name", ""), hidden, member))
            self._formats = self._read_formats(parts.get("styles"))
            self._texts = self._read_texts(parts.get("sharedStrings"))
        except (KeyError, ValueError, TypeError, StopIteration, IndexError) as error:
            raise damaged() from error

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, Cell | Unread]]]]:
        """Give the number of each row and its cells, each with its column from 0; what is empty is left out.

        Raises
        ------
        InputError
            If a row, or the sheet, is longer than any sheet may be.
        """
        if sheet.member not in self._archive.namelist():
            raise damaged()
        number = n_rows = n_elements = 0
        data: Element | None = None
        with self._archive.open(sheet.member) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if event == "start":
                    n_elements += 1
                    if n_elements > MOST_ROW_ELEMENTS:
                        raise too_large("must have rows of at most 16384 columns")
                    if _tag(element) == "sheetData":
                        data = element
                elif _tag(element) == "sheetData":
                    return
                elif _tag(element) == "row" and data is not None:
                    n_rows += 1
                    if n_rows > MOST_SHEET_ROWS:
                        raise too_large(f"must have at most {MOST_SHEET_ROWS} rows")
                    said = element.get("r", "")
                    number = int(said) if said.isdecimal() and len(said) < 10 else number + 1
                    yield number, self._cells(element)
                    data.clear()
                    n_elements = 0

    def _cells(self, row: Element) -> list[tuple[int, Cell | Unread]]:
        found: list[tuple[int, Cell | Unread]] = []
        column = 0
        for element in row:
            if _tag(element) != "c":
                continue
            try:
                reference = element.get("r")
                column = coordinate_to_tuple(reference)[1] if reference else column + 1
                value = self._value(element)
            except (ValueError, TypeError, IndexError, OverflowError):
                column = max(column, 1)
                value = Unread.DAMAGED
            if value is not None and value != "":
                found.append((column - 1, value))
        return found

    def _value(self, cell: Element) -> Cell | Unread:
        parts = {_tag(child): child for child in cell}
        kind = cell.get("t", "n")
        if "f" in parts:
            return Unread.FORMULA
        if kind == "inlineStr":
            text = _text(parts["is"]) if "is" in parts else None
        else:
            text = parts["v"].text if "v" in parts else None
        if not text:
            return None
        if kind == "s":
            text, kind = self._texts[_index(text)], "str"
        if len(text) > MOST_CELL:
            return Unread.LONG
        if kind in ("str", "inlineStr"):
            return _ESCAPED.sub(_unescaped, text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return _day_or_moment(from_ISO8601(text))  # type: ignore[no-untyped-call]
        return self._number(text, _index(cell.get("s", "0"))) if kind == "n" else Unread.ERROR

    def _number(self, text: str, style: int) -> Cell | Unread:
        value = float(text)
        if not math.isfinite(value):
            return Unread.ERROR
        form = self._formats[style] if style < len(self._formats) else ""
        if form in ("date", "length"):
            try:
                return _day_or_moment(from_excel(value, self._epoch, timedelta=form == "length"))
            except (OverflowError, ValueError):
                return Unread.DATE
        if form == "percent":
            # Otherwise 20% in a column of prices would be twenty cents.
            return f"{value * 100:g}%"
        return int(value) if value.is_integer() and abs(value) < MOST_WHOLE else value

    def _read_formats(self, member: str | None) -> list[str]:
        """Return for each style of a cell whether it shows a number as a date, a length or a percentage."""
        codes: dict[int, str] = dict(BUILTIN_FORMATS)
        for element in self._elements(member):
            if _tag(element) == "numFmt":
                codes[int(element.get("numFmtId", ""))] = element.get("formatCode", "")
            elif _tag(element) == "cellXfs":
                return [_form(codes.get(int(style.get("numFmtId", "0")), "")) for style in element]
        return []

    def _read_texts(self, member: str | None) -> list[str]:
        """Return the texts that cells refer to by number."""
        texts: list[str] = []
        if member is None:
            return texts
        root: Element | None = None
        n_elements = 0
        with self._archive.open(member) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if event == "start":
                    root = element if root is None else root
                    n_elements += 1
                    if n_elements > MOST_ROW_ELEMENTS or len(texts) > MOST_TEXTS:
                        raise too_large(f"must have at most {MOST_TEXTS} texts")
                elif _tag(element) == "si" and root is not None:
                    texts.append(_text(element))
                    root.clear()
                    n_elements = 0
        return texts

    def _links(self, member: str) -> dict[str, tuple[str, str]]:
        """Return what a member refers to by id: the last word of its type, and the member that is meant."""
        folder, name = posixpath.split(member)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return {
            link.get("Id", ""): (
                posixpath.basename(link.get("Type", "")),
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
            )
            for link in self._elements(rels)
            if _tag(link) == "Relationship" and link.get("TargetMode") != "External"
        }

    def _elements(self, member: str | None) -> Iterator[Element]:
        """Give the elements of a small member as they end, with all that is in them."""
        if member is None:
            return
        n_elements = 0
        with self._archive.open(member) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if event == "end":
                    yield element
                    continue
                n_elements += 1
                if n_elements > MOST_PART_ELEMENTS:
                    raise too_large(f"must have at most {MOST_PART_ELEMENTS} elements in {member}")


def _tag(element: Element) -> str:
    """Return the name without its namespace: there are two, of the same meaning."""
    return element.tag.rpartition("}")[2]


def _text(element: Element) -> str:
    """Return the text of a cell without its layout, and without the reading aids of East Asian scripts."""
    runs = [child for child in element if _tag(child) == "r"]
    return "".join(part.text or "" for run in (element, *runs) for part in run if _tag(part) == "t")


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return match[0] if "\ud800" <= letter <= "\udfff" else letter


def _index(text: str) -> int:
    index = int(text)
    if index < 0:
        raise ValueError(text)
    return index


def _form(code: str) -> str:
    if is_date_format(code):
        return "length" if is_timedelta_format(code) else "date"
    return "percent" if "%" in _LITERAL.sub("", code) else ""


def _day_or_moment(value: datetime | date | time | timedelta | None) -> Cell:
    """Return a day for a moment at midnight: in a workbook a day is nothing else."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value
