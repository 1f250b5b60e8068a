"""The offer as a CSV file: the good rows as activities, and a problem for each thing that is wrong."""

from __future__ import annotations

import csv
import difflib
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError, Problem
from ..model import Activity, Proposal, read_activity
from .found import unguarded

COLUMNS = tuple(Activity.model_fields)
REQUIRED = ("id", "title", "organiser", "kind")
LISTS = frozenset({"interests", "pauses", "audience", "facilities", "assumed", "derived"})
WHOLE = frozenset({"group_min", "group_max", "capacity", "places_left", "age_min", "age_max"})
DECIMAL = frozenset({"lat", "lon", "price_eur", "reduced_price_eur", "fee_eur"})
SHORT_CELL = 100
MOST_CELL = 200_000
"""A longer cell is a broken file, not a description."""
_WHOLE = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,12}(\.\d{1,400})?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,12},\d{1,12}", re.ASCII)


def read_offer(path: Path) -> tuple[list[Activity], list[Problem]]:
    """Read an offer from a CSV file.

    Parameters
    ----------
    path : Path
        UTF-8, comma or semicolon, a header with the keys of an activity.

    Returns
    -------
    activities : list of Activity
        In the order of the file; a bad row is left out.
    problems : list of Problem
        Errors, each of which keeps a row out, and warnings; the line is where the row starts, the header is 1.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    activities, problems = parse_offer(path.read_bytes())
    return activities, [replace(problem, source=str(path)) for problem in problems]


def parse_offer(content: bytes) -> tuple[list[Activity], list[Problem]]:
    """Read an offer from the bytes of a CSV file; see `read_offer`."""
    if content.startswith(b"PK\x03\x04"):
        remedy = "Have it read with matcher import FILE -o offer.csv, which says what is wrong in it."
        return [], [Problem(rule="must be CSV, not a workbook", place="1", remedy=remedy, code="format")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "Save the file as 'CSV UTF-8'."
        return [], [Problem(rule="must be UTF-8", place=str(line), remedy=remedy, code="encoding")]
    header_line = text.partition("\n")[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    rows, problems = _rows(text, delimiter)
    if not rows:
        empty = Problem(rule="must have a header", place="1", remedy="The file is empty.", code="empty")
        return [], problems or [empty]
    (_, header), *records = rows
    in_header = _header_problems(header)
    if in_header:
        return [], in_header
    if not records and not problems:
        problems.append(
            Problem(
                rule="must have a row under its header",
                place="1",
                remedy="The offer is empty.",
                severity="warning",
                code="empty",
            )
        )
    return _activities(header, records, delimiter, problems)


def _rows(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the rows that are not blank, each with its first line, and a problem for each that is no CSV."""
    limit = csv.field_size_limit(len(text) + 1)
    rows: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        while True:
            start = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return rows, problems
            except csv.Error as error:
                remedy = "Look for a quote that is not closed, or that stands in the middle of a cell."
                problems.append(Problem(rule=f"must be CSV: {error}", place=str(start), remedy=remedy, code="csv"))
            else:
                cells = [_shared(unguarded(cell.strip())) for cell in row]
                if any(cells):
                    rows.append((start, cells))
    finally:
        csv.field_size_limit(limit)


def _shared(cell: str) -> str:
    """Let equal short cells share one text: many rows hold the same words."""
    return sys.intern(cell) if len(cell) < SHORT_CELL else cell


def _header_problems(header: list[str]) -> list[Problem]:
    problems = []
    for number, name in enumerate(header):
        if name not in COLUMNS:
            near = difflib.get_close_matches(name.lower()[:80], COLUMNS, n=1)
            remedy = f"Did you mean {near[0]}?" if near else "Leave the column out."
            problems.append(
                Problem(
                    key=name or f"column {number + 1}",
                    rule="is not a known column",
                    place="1",
                    remedy=remedy,
                    code="unknown_column",
                )
            )
        elif name in header[:number]:
            problems.append(
                Problem(key=name, rule="must be a column that stands once", place="1", code="duplicate_column")
            )
    for name in REQUIRED:
        if name not in header:
            problems.append(
                Problem(key=name, rule="is a required column", place="1", remedy="Add it.", code="missing_column")
            )
    return problems


def _activities(
    header: list[str], records: list[tuple[int, list[str]]], delimiter: str, problems: list[Problem]
) -> tuple[list[Activity], list[Problem]]:
    activities: list[Activity] = []
    seen: dict[str, int] = {}
    for line, row in records:
        try:
            activity = _activity(header, row, delimiter)
            if activity.id in seen:
                rule = "must be unique in the offer"
                remedy = f"It stands in line {seen[activity.id]} too."
                raise InputError(
                    [Problem(key="id", rule=rule, value=activity.id, remedy=remedy, code="duplicate_id")]
                )
        except InputError as error:
            problems += [replace(problem, place=str(line)) for problem in error.problems]
            continue
        seen[activity.id] = line
        activities.append(activity)
        problems += [replace(problem, place=str(line)) for problem in warnings_of(activity)]
    return activities, problems


def _activity(header: list[str], cells: list[str], delimiter: str) -> Activity:
    if len(cells) > len(header) and not any(cells[len(header) :]):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        remedy = "Put a cell that holds the delimiter between quotes."
        rule = f"must have {len(header)} cells, like the header"
        raise InputError([Problem(rule=rule, value=str(len(cells)), remedy=remedy, code="cells")])
    data: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, cell in zip(header, cells, strict=True):
        if not cell:
            continue
        try:
            data[key] = _value(key, cell, delimiter)
        except InputError as error:
            problems += error.problems
    try:
        activity = read_activity({**_placeholders(problems), **data})
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return activity


def _placeholders(problems: list[Problem]) -> dict[str, str]:
    """Stand in for required cells that were already refused, so that they are not called missing as well."""
    return {problem.key: "x" for problem in problems if problem.key in REQUIRED}


def _value(key: str, cell: str, delimiter: str) -> Any:
    if len(cell) > MOST_CELL:
        rule = f"must have at most {MOST_CELL} characters"
        raise InputError(
            [Problem(key=key, rule=rule, remedy="Look for a quote that is not closed.", code="length")]
        )
    if key in LISTS:
        return [_shared(part.strip()) for part in re.split(r"[|;]", cell) if part.strip()]
    if key in WHOLE:
        return _number(key, cell, _WHOLE, int, "a whole number")
    if key in DECIMAL:
        if delimiter == "," and _DECIMAL_COMMA.fullmatch(cell):
            raise InputError(
                [
                    Problem(
                        key=key,
                        rule="must have a decimal point in a file with commas",
                        value=cell,
                        remedy=f"Write {cell.replace(',', '.')}, or separate the columns with ';'.",
                        code="decimal_comma",
                    )
                ]
            )
        return _number(key, cell, _DECIMAL, float, "a number")
    return cell


def _number(key: str, cell: str, pattern: re.Pattern[str], make: Callable[[str], float], rule: str) -> float:
    digits = cell.replace(",", ".", 1) if pattern is _DECIMAL else cell
    if not pattern.fullmatch(digits):
        raise InputError([Problem(key=key, rule=f"must be {rule}", value=cell, code="number")])
    return make(digits)


def warnings_of(activity: Proposal) -> Iterator[Problem]:
    """Give what is doubtful in a record that can be taken, without its place."""
    if activity.schedule and activity.schedule.week_unknown and activity.start_date is None:
        yield Problem(
            key="schedule",
            rule="counts its weeks from 2024-01-01 as there is no start_date",
            value=str(activity.schedule),
            remedy="Ask which week, and fill in start_date.",
            severity="warning",
            code="which_week",
        )
    if None not in (activity.places_left, activity.capacity) and activity.places_left > activity.capacity:  # type: ignore[operator]
        yield Problem(
            key="places_left",
            rule=f"is more than the capacity of {activity.capacity}",
            value=str(activity.places_left),
            remedy="Check both.",
            severity="warning",
            code="places",
        )
