"""The offer as it stands before an import: what the last import wrote, and what persons changed since."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from ..errors import InputError, Problem
from ..merging import OFFER
from ..model import Activity, Proposal
from ..readers.csv_offer import parse_offer, read_offer
from ..readers.source import read_source
from .ledger import Fields, Ledger, changed_by_hand, digest_of, ledger_of
from .sources import Record, made_record

KEPT = (".csv", ".xlsx")
"""Kinds of offer that hold every field; calendars and web pages are exports, made anew each time."""
PART = 5_000
_DATES = ("start_date", "end_date", "last_verified")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*")


@dataclass(frozen=True, slots=True)
class Present:
    """The offer before the import.

    Parameters
    ----------
    ledger : Ledger
        What the last import wrote.
    local : dict
        For each id what persons changed, now and earlier.
    rows : dict
        Rows as persons left them, of which the ledger does not tell the same.
    own : dict
        Rows that no import wrote, as records of the offer itself.
    removed : set of str
        Ids that persons took out.
    """

    ledger: Ledger
    local: dict[str, Fields] = field(default_factory=dict)
    rows: dict[str, Fields] = field(default_factory=dict)
    own: dict[str, Record] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()


def read_present(offer: Path, *, today: date) -> Present:
    """Read the offer that is to be replaced.

    Raises
    ------
    InputError
        If a row of it cannot be read: writing the offer anew would lose it.
    """
    if offer.suffix.lower() not in KEPT or not offer.exists():
        return Present(Ledger(None))
    ledger = Ledger(ledger_of(offer))
    if ledger.digest and ledger.digest == digest_of(offer):
        return Present(ledger, ledger.local)
    present = Present(ledger)
    seen = set()
    for activity in _activities(offer, today=today):
        row = activity.to_json()
        identifier = str(row.pop("id"))
        seen.add(identifier)
        entry = ledger.entry(identifier)
        if entry is None:
            present.rows[identifier] = row
            present.own[identifier] = made_record(activity, source=OFFER, file=offer.name)
            continue
        if row != entry.written:
            present.rows[identifier] = row
        local = changed_by_hand(entry, row)
        if local:
            present.local[identifier] = local
    return replace(present, removed=frozenset(ledger.ids - seen))


def _activities(offer: Path, *, today: date) -> Iterator[Proposal]:
    if offer.suffix.lower() == ".csv":
        yield from _of_csv(offer)
        return
    for found in read_source(offer, today=today, format="xlsx"):
        if isinstance(found, Problem):
            _refuse([found])
        else:
            yield found


def _of_csv(offer: Path) -> Iterator[Activity]:
    """Give the activities of a CSV a part at a time: all of a large offer at once take a gigabyte."""
    seen: set[str] = set()
    try:
        with offer.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            delimiter = ";" if first.count(";") > first.count(",") else ","
            lines.seek(0)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            header = next(reader)
            dates = [number for number, key in enumerate(header) if key.strip().lower() in _DATES]
            while rows := list(islice(reader, PART)):
                part = io.StringIO(newline="")
                csv.writer(part, delimiter=delimiter).writerows([header, *_with_iso_dates(rows, dates)])
                activities, problems = parse_offer(part.getvalue().encode())
                ids = {activity.id for activity in activities}
                if any(problem.severity == "error" for problem in problems) or ids & seen:
                    raise csv.Error
                seen |= ids
                yield from activities
    except (UnicodeDecodeError, csv.Error, StopIteration):
        # The whole file at once tells what is wrong with its place.
        activities, problems = read_offer(offer)
        _refuse(problems)
        yield from (activity for activity in activities if activity.id not in seen)


def _with_iso_dates(rows: Iterable[list[str]], dates: Sequence[int]) -> Iterator[list[str]]:
    """Give rows in which dates are as the import wrote them: a spreadsheet writes 1/09/2026 for 2026-09-01."""
    for row in rows:
        for number in dates:
            match = _DAY_FIRST.fullmatch(row[number]) if number < len(row) else None
            if match:
                row[number] = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
        yield row


def _refuse(problems: list[Problem]) -> None:
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        remedy = "The offer was not written anew: this row would be lost. Mend it first."
        raise InputError([replace(problem, remedy=f"{problem.remedy} {remedy}".strip()) for problem in wrong])
