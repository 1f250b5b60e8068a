"""A CSV file as a clerk's program saves it: any of the usual encodings and delimiters."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from ..errors import Problem
from ..vocabulary import fold
from .found import Found
from .headers import named_columns
from .sheet import Row, read_rows

MOST_BYTES = 200 * 1024**2
"""A larger file is no list of activities."""
MOST_CELL = 200_000
"""A longer cell is a broken file, not a description."""
MOST_COLUMNS = 1_000
_BLOCK = 1024**2
_DELIMITERS = ";,\t|"
_LOOKED_AT_ROWS = 20
_LONGEST_NAME = 30
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv_sheet(path: Path, *, today: date) -> Found:
    """Read a sheet that was saved as CSV.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 with a byte order mark, else Windows-1252, with a note; separated by semicolons, commas, tabs
        or bars, whichever gives the headings that are known.
    today : date
        The day from which pauses like "not in the school holidays" are dated.

    Yields
    ------
    Proposal or Problem
        The place of a problem is the line where its row starts.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    source = str(path)
    encoding, problem = _encoding(path)
    if problem:
        yield problem
    if encoding is None:
        return
    with path.open(encoding=encoding, newline="") as lines:
        delimiter = _delimiter(list(islice(lines, _LOOKED_AT_ROWS)))
        lines.seek(0)
        rows = _Rows(lines, delimiter, source)
        name = re.sub(r"[^a-z0-9]+", "-", fold(path.stem))[:_LONGEST_NAME].strip("-") or "csv"
        for found in read_rows(rows, today=today, source=source, name=name, place=lambda row, _: str(row)):
            yield from rows.take_problems()
            yield found
        yield from rows.take_problems()


class _Rows:
    """The rows of a CSV file; what is no CSV is left out, and kept as a problem until it is asked for."""

    def __init__(self, lines: Iterable[str], delimiter: str, source: str) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self._source = source
        self._problems: list[Problem] = []

    def __iter__(self) -> Iterator[Row]:
        """Give each row with the line on which it starts."""
        while True:
            start = self._reader.line_num + 1
            try:
                row = self._next()
            except StopIteration:
                return
            except csv.Error as error:
                self._refuse(start, f"must be CSV: {error}", "Look for a quote that is not closed.")
                continue
            if len(row) > MOST_COLUMNS:
                self._refuse(start, f"must have at most {MOST_COLUMNS} cells", "Look at the delimiters.")
                continue
            yield start, row

    def take_problems(self) -> list[Problem]:
        """Return the problems since the last time."""
        problems, self._problems = self._problems, []
        return problems

    def _next(self) -> list[str]:
        # The limit holds for the whole process: it is put back at once.
        before = csv.field_size_limit(MOST_CELL)
        try:
            return next(self._reader)
        finally:
            csv.field_size_limit(before)

    def _refuse(self, line: int, rule: str, remedy: str) -> None:
        self._problems.append(
            Problem(rule=rule, place=str(line), remedy=remedy, source=self._source, code="csv"),
        )


def _encoding(path: Path) -> tuple[str | None, Problem | None]:
    """Return the encoding of a file, None when it cannot be read, and what is to be said of it."""
    source = str(path)
    if path.stat().st_size > MOST_BYTES:
        rule = f"must be a file of at most {MOST_BYTES // 1024**2} MiB"
        return None, Problem(rule=rule, source=source, remedy="Split it.", code="size")
    with path.open("rb") as opened:
        start = opened.read(4)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    no_text = Problem(
        rule="must be text", source=source, remedy="Save it from the spreadsheet as 'CSV UTF-8'.", code="encoding"
    )
    if marked:
        return (marked, None) if _decodes(path, marked) else (None, no_text)
    if _decodes(path, "utf-8"):
        return "utf-8", None
    if _decodes(path, "cp1252"):
        rule = "was read as Windows-1252, as it is not UTF-8"
        remedy = "Look at the accents; saving as 'CSV UTF-8' is surer."
        return "cp1252", Problem(rule=rule, source=source, remedy=remedy, severity="note", code="encoding")
    return None, no_text


def _decodes(path: Path, encoding: str) -> bool:
    """Tell whether a whole file is text in an encoding, without NUL characters."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as opened:
        try:
            while block := opened.read(_BLOCK):
                if "\0" in decoder.decode(block):
                    return False
            return "\0" not in decoder.decode(b"", final=True)
        except UnicodeError:
            return False


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that gives most of the headings that are known."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return max((len(named_columns(row)) for row in rows), default=0), sum(
            line.count(delimiter) for line in lines
        )

    return max(_DELIMITERS, key=score)
