"""The offer as it stands before an import: what the last import wrote, and what persons changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..errors import InputError, Problem
from ..merging import OFFER
from ..model import Activity, Proposal
from ..readers.csv_offer import read_offer
from ..readers.source import read_source
from .ledger import Fields, Ledger, changed_by_hand, digest_of, ledger_of
from .sources import Record, made_record

KEPT = (".csv", ".xlsx")
"""Kinds of offer that hold every field; calendars and web pages are exports, made anew each time."""


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
        return Present(ledger, {entry.id: entry.local for entry in ledger if entry.local})
    present = Present(ledger)
    for activity in _activities(offer, today=today):
        row = activity.to_json()
        identifier = str(row.pop("id"))
        present.rows[identifier] = row
        if identifier not in ledger:
            present.own[identifier] = made_record(activity, source=OFFER, file=offer.name)
    removed = set()
    for entry in ledger:
        if entry.id not in present.rows:
            removed.add(entry.id)
            continue
        local = changed_by_hand(entry, present.rows[entry.id])
        if local:
            present.local[entry.id] = local
        if present.rows[entry.id] == entry.written:
            del present.rows[entry.id]
    return replace(present, removed=frozenset(removed))


def _activities(offer: Path, *, today: date) -> Iterator[Proposal]:
    activities: list[Activity]
    if offer.suffix.lower() == ".csv":
        activities, problems = read_offer(offer)
        _refuse(problems)
        yield from activities
        return
    for found in read_source(offer, today=today, format="xlsx"):
        if isinstance(found, Problem):
            _refuse([found])
        else:
            yield found


def _refuse(problems: list[Problem]) -> None:
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        remedy = "The offer was not written anew: this row would be lost. Mend it first."
        raise InputError([replace(problem, remedy=f"{problem.remedy} {remedy}".strip()) for problem in wrong])
