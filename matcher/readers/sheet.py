"""Rows of cells, of a CSV file or a workbook, read into records and problems."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InputError, Problem, Severity
from ..model import Proposal, read_proposal
from ..model.activity import ACTIVITY_ID
from ..vocabulary import EXAMPLE_TITLE
from .cells import Cell, read_cell, refers_above, shown_cell
from .csv_offer import warnings_of
from .found import Found, made_id
from .headers import LEFT_OUT, bare, column_of, named_columns, near_column
from .moments import with_one_moment

Row = tuple[int, Sequence[Cell]]
"""The number of a row as the person sees it, from 1, and its cells."""
Place = Callable[[int, int | None], str]
"""Write where a row, or the cell in a column counted from 0, stands: ``12`` or ``Blad1!C12``."""

_HEADER_WITHIN = 20
"""The header is among so many rows that are not blank."""
_FEWEST_HEADINGS = 2
_GUARDED = tuple("=+-@\t\r'")
_DITTO = Problem(
    rule="must be written out, not refer to the cell above",
    remedy="Copy what is meant into the cell: rows may be sorted.",
    code="ditto",
)
_DISAGREE = "invalid"
"""Code of a problem of keys that contradict one another: there the record is refused, not one cell."""


def read_rows(rows: Iterable[Row], *, today: date, source: str, name: str, place: Place) -> Found:
    """Read the rows of one sheet.

    Parameters
    ----------
    rows : iterable of Row
        Blank rows and title rows may be among them; a row may be shorter or longer than the header.
    today : date
        The day from which pauses like "not in the school holidays" are dated.
    source : str
        File or feed, for the problems; its last part is the ``source`` of records of a sheet without that column.
    name : str
        Prefix of the ids that are made for rows without one, of a-z, 0-9 and -.
    place : callable
        ``place(row, column)`` writes a place; the column counts from 0 and is None for the whole row.

    Yields
    ------
    Proposal or Problem
        The problems of a row stand before its record.

    Notes
    -----
    A single quote that guards a cell against being run as a formula is taken off here.
    """
    for found in _Sheet(today=today, source=source, name=name, place=place).read(rows):
        yield replace(found, source=source) if isinstance(found, Problem) else found


class _Sheet:
    """One sheet while it is read: its header, and the ids that it has given out."""

    def __init__(self, *, today: date, source: str, name: str, place: Place) -> None:
        self.today = today
        self.source = source
        self.name = name
        self.place = place
        self.headings: list[str] = []
        self.columns: list[str | None] = []
        self.places_of_ids: dict[str, str] = {}

    def read(self, rows: Iterable[Row]) -> Found:
        """Find the header and read what stands under it."""
        filled = ((number, texts) for number, cells in rows if any(texts := [_unguarded(cell) for cell in cells]))
        first = list(itertools.islice(filled, _HEADER_WITHIN))
        at = _header_among(first)
        if at is None:
            yield self._no_header(first)
            return
        for number, _ in first[:at]:
            rule = "was read as a title above the table"
            yield Problem(rule=rule, place=self.place(number, None), severity="note", code="title_row")
        yield from self._header(*first[at])
        n_records = 0
        for number, cells in itertools.chain(first[at + 1 :], filled):
            if any(text.startswith(EXAMPLE_TITLE) for text in _texts(cells)):
                yield _example(self.place(number, None))
                continue
            n_records += 1
            yield from self._row(number, cells)
        if not n_records:
            rule = "must have a row under its header"
            yield Problem(
                rule=rule,
                place=self.place(first[at][0], None),
                remedy="It is empty.",
                severity="warning",
                code="empty",
            )

    def _no_header(self, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Problem:
        if not rows:
            return Problem(
                rule="must have a header", place=self.place(1, None), remedy="It is empty.", code="empty"
            )
        return Problem(
            rule="must have a row of headings, with a column for the title and one more",
            place=self.place(rows[0][0], None),
            remedy="Take the headings of the template, or like 'titel', 'organisatie', 'dag en uur'.",
            code="no_header",
        )

    def _header(self, number: int, cells: Sequence[Cell]) -> Iterator[Problem]:
        """Take the headings; a column that is not known or stands twice is named and left out."""
        self.headings = _texts(cells)
        self.columns = []
        for index, heading in enumerate(self.headings):
            column = column_of(heading) if heading else LEFT_OUT
            place = self.place(number, index)
            if column is None and (column := near_column(heading)) and column not in self.columns:
                rule = f"was read as {column or 'a column that is left out'}"
                yield Problem(key=heading, rule=rule, place=place, severity="note", code="near_column")
            if column is None:
                remedy = "Its cells were left out. Give it a heading of the template, or take it away."
                rule = "is not a known column"
                yield Problem(
                    key=heading, rule=rule, place=place, remedy=remedy, severity="warning", code="unknown_column"
                )
            elif column == LEFT_OUT and heading:
                rule = "is left out: names of persons, numbers and internal remarks are not taken over"
                yield Problem(key=heading, rule=rule, place=place, severity="note", code="column_left_out")
            elif column and column in self.columns:
                rule = "must be a column that stands once"
                remedy = f"It means the same as the column before it, {column}: its cells were left out."
                yield Problem(key=heading, rule=rule, place=place, remedy=remedy, code="duplicate_column")
                column = None
            self.columns.append(column or None)

    def _row(self, number: int, cells: Sequence[Cell]) -> Found:
        by_column = {
            column: (index, cell)
            for index, (column, cell) in enumerate(zip(self.columns, cells, strict=False))
            if column and cell not in (None, "")
        }
        skipped = self._not_a_record(cells, by_column)
        if skipped:
            yield replace(skipped, place=self.place(number, None))
            return
        yield from self._beyond_the_header(number, cells)
        problems, data = self._values(number, by_column)
        yield from problems
        if any(problem.severity == "error" for problem in problems):
            return
        yield from self._record(number, data)

    def _not_a_record(self, cells: Sequence[Cell], by_column: Mapping[str, object]) -> Problem | None:
        texts = _texts(cells)
        n_filled = sum(map(bool, texts))
        repeated = [
            bare(text) == bare(heading) for text, heading in zip(texts, self.headings, strict=False) if text
        ]
        if n_filled >= _FEWEST_HEADINGS and repeated and all(repeated):
            return Problem(rule="repeats the header and was skipped", severity="note", code="repeated_header")
        if n_filled == 1 and sum(map(bool, self.columns)) > 2:
            rule = "was read as a heading between the rows: one cell alone is no activity"
            remedy = "Fill in at least the organiser if it is one."
            return Problem(rule=rule, remedy=remedy, severity="warning", code="section_title")
        if not by_column:
            rule = "has nothing in the columns that are known"
            return Problem(rule=rule, severity="warning", code="nothing_known")
        return None

    def _beyond_the_header(self, number: int, cells: Sequence[Cell]) -> Iterator[Problem]:
        for index in range(len(self.columns), len(cells)):
            if cells[index] not in (None, ""):
                yield Problem(
                    rule="has a cell beside the last heading, which was left out",
                    place=self.place(number, index),
                    remedy="Give its column a heading; in a CSV file, put a cell that holds the delimiter "
                    "in quotes.",
                    severity="warning",
                    code="cells",
                )
                return

    def _values(
        self, number: int, by_column: Mapping[str, tuple[int, Cell]]
    ) -> tuple[list[Problem], dict[str, Any]]:
        """Read the cells of a row; a cell that cannot be read is left unknown, with a warning."""
        problems: list[Problem] = []
        data: dict[str, Any] = {}
        said_in: dict[str, str] = {}
        # A row with an id was written by a program, which writes out what it means.
        by_program = "id" in by_column
        for column, (index, cell) in with_one_moment(by_column).items():
            place = self.place(number, index)
            if not by_program and refers_above(column, cell):
                problems.append(_left_out(_DITTO, place, "warning", key=column))
                continue
            try:
                reading = read_cell(column, cell, today=self.today, by_program=by_program)
            except InputError as error:
                severity: Severity = "error" if column == "title" else "warning"
                problems += [_left_out(problem, place, severity) for problem in error.problems]
                continue
            if reading.note:
                shown = shown_cell(column, cell)
                problems.append(
                    Problem(
                        key=column, rule=reading.note, value=shown, place=place, severity="note", code="understood"
                    )
                )
            for key, value in reading.values.items():
                if key in data and (disagreement := _join(data, key, value, (said_in[key], column))):
                    problems.append(replace(disagreement, place=place))
                elif key not in data:
                    data[key] = value
                    said_in[key] = column
        return problems, data

    def _record(self, number: int, data: dict[str, Any]) -> Found:
        place = self.place(number, None)
        if not data.get("title"):
            yield Problem(
                key="title", rule="is required", place=place, remedy="The row was left out.", code="missing"
            )
            return
        if "source" not in self.columns:
            data["source"] = Path(self.source).name
        identifier, problem = self._id(data, place)
        if problem:
            yield replace(problem, place=place)
        if identifier is None:
            return
        yield from self._proposal({**data, "id": identifier}, place)

    def _proposal(self, data: dict[str, Any], place: str) -> Iterator[Proposal | Problem]:
        """Make the record; a value that the model refuses by itself is left unknown, with a warning."""
        if ("lat" in data) != ("lon" in data):
            key = "lat" if "lat" in data else "lon"
            del data[key]
            rule = "must come together with the other coordinate"
            yield _left_out(Problem(key=key, rule=rule, code="coordinates"), place, "warning")
        while True:
            try:
                found = read_proposal(data)
            except InputError as error:
                alone = [
                    problem for problem in error.problems if problem.code != _DISAGREE and _key(problem) != "title"
                ]
                if len(alone) < len(error.problems) or not {_key(problem) for problem in alone} <= set(data):
                    yield from (replace(problem, place=place) for problem in error.problems)
                    return
                for problem in alone:
                    yield _left_out(problem, place, "warning")
                data = {key: value for key, value in data.items() if key not in {_key(one) for one in alone}}
            else:
                self.places_of_ids[data["id"]] = place
                yield from (replace(one, place=place) for one in warnings_of(found))
                yield found
                return

    def _id(self, data: Mapping[str, Any], place: str) -> tuple[str | None, Problem | None]:
        """Return the id of a row and a note when it was made; None with an error when it is a double."""
        given = data.get("id")
        if given and re.fullmatch(ACTIVITY_ID, given, re.ASCII):
            if given in self.places_of_ids:
                return None, self._double("id", given)
            return given, None
        titled = f"{data['title']} | {data.get('organiser', '')}"
        longer = " | ".join([titled, *(str(data.get(key, "")) for key in ("place", "schedule", "start_date"))])
        for identifier in [given] if given else [titled, longer]:
            made = made_id(self.name, identifier)
            if made not in self.places_of_ids:
                note = "was made from the title and the organiser"
                if given:
                    note = "was made of what stands there: an id has 1 to 80 of a-z, 0-9 and -"
                return made, Problem(key="id", rule=note, value=made, severity="note", code="made_id")
        return None, self._double("id" if given else "title", made)

    def _double(self, key: str, identifier: str) -> Problem:
        rule = (
            "must be unique in the offer"
            if key == "id"
            else "stands twice, with the same organiser, place and time"
        )
        remedy = f"It stands in {self.places_of_ids[identifier]} too."
        return Problem(key=key, rule=rule, value=identifier, remedy=remedy, code="duplicate_id")


def _header_among(rows: Sequence[tuple[int, Sequence[Cell]]]) -> int | None:
    """Return which row is the header: the first that names the title and one more column."""
    for near in (False, True):
        for index, (_, cells) in enumerate(rows):
            columns = named_columns(_texts(cells), near=near)
            if "title" in columns and len(columns) >= _FEWEST_HEADINGS:
                return index
    return None


def _unguarded(cell: Cell) -> Cell:
    """Return a cell without outer blanks, and without the quote that keeps a spreadsheet from running it."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith("'") and cell[1:].startswith(_GUARDED):
        cell = cell[1:]
    return cell.strip()


def _texts(cells: Sequence[Cell]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells]


def _example(place: str) -> Problem:
    return Problem(
        rule="is the example of the template and was left out",
        place=place,
        remedy="Take the row away, or write your own title if the activity is yours.",
        severity="note",
        code="example",
    )


def _left_out(problem: Problem, place: str, severity: Severity, *, key: str = "") -> Problem:
    remedy = f"{problem.remedy} It was left out.".strip()
    return replace(problem, key=key or problem.key, place=place, severity=severity, remedy=remedy)


def _key(problem: Problem) -> str:
    return re.split(r"[.[]", problem.key)[0]


def _join(data: dict[str, Any], key: str, value: Any, columns: tuple[str, str]) -> Problem | None:
    """Join what a second cell says of a key; a problem when the two contradict one another.

    ``columns`` are the one that spoke first and the one that speaks now. A column of its own says it best.
    """
    before, now = columns
    if value == data[key]:
        return None
    if isinstance(value, list):
        data[key] = [*data[key], *(one for one in value if one not in data[key])]
    elif key == "price_note":
        data[key] = f"{data[key]}; {value}"
    elif key == "municipality":
        data[key] = value if now == key else data[key]
    else:
        rule = f"must not say something else of {key} than the column {before}"
        remedy = "Take the wrong one away. The row was left out."
        return Problem(key=now, rule=rule, remedy=remedy, code="contradiction")
    return None
