"""All records there are: those of this import, and those of sources that are not imported again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..errors import InputError, Problem
from ..model import read_proposal
from .present import Present
from .sources import ONE_SOURCE, Gathered, Key, Record, Tell, made_record


@dataclass(frozen=True, slots=True)
class Known:
    """Every record, sorted by its key, and the id under which it stood in the offer before."""

    records: list[Record]
    earlier: dict[Key, str]


def remember(present: Present, gathered: Gathered, *, tell: Tell) -> Known:
    """Add to the records of this import what earlier ones told.

    Notes
    -----
    A record is gone when its file was imported again without an error, held others, and not this one. Where a
    record could not be read, nobody knows which one it was: nothing of that file is called gone, and a warning
    says so.
    """
    records = dict(gathered.records)
    earlier = {key: identifier for key, identifier in present.ledger.records.items() if key in records}
    elsewhere = sorted({identifier for key, identifier in present.ledger.records.items() if key not in records})
    unseen: Counter[str] = Counter()
    renamed = _Renamed(present, gathered)
    for entry in present.ledger.entries(elsewhere):
        for told in entry.records:
            key = (told["source"], told["fields"]["id"])
            if key not in records and entry.id not in present.removed:
                gone, not_seen = _is_gone(told["source"], told["file"], gathered, before=told.get("gone", False))
                unseen[told["file"]] += not_seen
                renamed.note(key, told)
                try:
                    proposal = read_proposal(told["fields"])
                except InputError as error:
                    for problem in error.problems:
                        tell(replace(problem, source="", place=key[1]))
                    continue
                records[key] = made_record(proposal, source=key[0], file=told["file"], gone=gone)
                earlier[key] = entry.id
    for file, n in unseen.items():
        if n:
            tell(_not_gone(file, n))
    for problem in renamed.problems():
        tell(problem)
    own_ids = {record.id: key for key, record in gathered.records.items()} if present.own else {}
    for identifier, record in present.own.items():
        if identifier in own_ids:
            # The offer was made from this source before, and its ledger is lost.
            earlier[own_ids[identifier]] = identifier
        else:
            records[record.key] = record
            earlier[record.key] = identifier
    return Known([records[key] for key in sorted(records)], earlier)


class _Renamed:
    """Sources that seem to have another name than the last time: what left them would never be gone."""

    def __init__(self, present: Present, gathered: Gathered) -> None:
        known = {source for source, _ in present.ledger.records}
        self._new: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        self._n_records: Counter[str] = Counter()
        for (source, _), record in gathered.records.items() if known else ():
            if source not in known and source not in ONE_SOURCE:
                self._new[_called(record.fields)].append(source)
                self._n_records[source] += 1
        self._imported = {source for source, _ in gathered.records}
        self._n_same: Counter[tuple[str, str]] = Counter()

    def note(self, key: Key, told: Mapping[str, Any]) -> None:
        """Take notice of a record of an earlier import that was not read now."""
        source, _ = key
        if source not in self._imported:
            for new in self._new.get(_called(told["fields"]), ()):
                self._n_same[new, source] += 1

    def problems(self) -> Iterator[Problem]:
        for (new, old), n_same in self._n_same.items():
            if 2 * n_same > self._n_records[new]:
                yield Problem(
                    rule=f"seems to be {old} by another name: {n_same} of its titles and organisers are the same",
                    remedy="Call it as before and import it again: else what disappears from it stays, and what "
                    "was mended in it need not be followed.",
                    source=new.partition(":")[2],
                    severity="warning",
                    code="renamed",
                )


def _called(fields: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return by what a record is known in any file: where a sheet has no ids, they are made with its name."""
    return fields["title"], fields.get("organiser")


def _is_gone(source: str, file: str, gathered: Gathered, *, before: bool) -> tuple[bool, bool]:
    """Tell whether a record that was not read is gone, and whether its file was read in vain for it."""
    outcome = gathered.files.get((source.partition(":")[0], file))
    if before or outcome is None:
        return before, False
    return outcome.is_complete, not outcome.is_complete


def _not_gone(file: str, n: int) -> Problem:
    return Problem(
        rule=f"lacks {n} of its earlier records, but is empty or was not read without errors",
        remedy="They stay as they were; mend the errors and import again to see which are gone.",
        source=file,
        severity="warning",
        code="not_gone",
    )
