"""The records of all sources of one import, small enough to hold two hundred thousand of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import orjson

from ..errors import InputError, Problem
from ..merging import Told, Traits, precedence, traits_from, twin_sum
from ..merging import packed as packed_schedule
from ..model import Proposal
from ..readers.found import Found
from ..readers.source import guess_format
from .ledger import Fields

Key = tuple[str, str]
"""A record: its source and its id there."""
Read = Callable[..., Found]
Complete = Callable[[Sequence[Proposal]], Sequence[Proposal]]
Tell = Callable[[Problem], None]
Progress = Callable[[str, int, int | None], None]
"""Is told the stage, how far it is, and of how many if that is known."""
PART = 256
"""So many are read, then all of them completed, then kept: a step is quicker while its tables are at hand."""
ONE_SOURCE = frozenset({"uitdatabank"})
"""Formats whose ids hold in every file: a record may stand in another file the next time."""


class Record(NamedTuple):
    """One record of one source, with its fields kept as JSON: objects take five times the room.

    Parameters
    ----------
    source, id, file : str
    data : bytes
        The fields.
    when : bytes
        The schedule, packed.
    twin : int
        Only records of which this is the same can be one activity told twice by the source.
    verified : str
        ISO date, or empty when unknown.
    is_enough : bool
        True when it is an activity by itself.
    gone : bool
        True when the source has it no longer.
    """

    source: str
    id: str
    file: str
    data: bytes
    when: bytes
    twin: int
    verified: str
    is_enough: bool
    gone: bool = False

    @property
    def fields(self) -> Fields:
        """The fields that the source told, with the record's own id."""
        fields: Fields = orjson.loads(self.data)
        return fields

    @property
    def told(self) -> Told:
        """The record as merging takes it."""
        return Told(self.source, self.fields)

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """What to sort by, the record that knows best first."""
        return precedence(self.source, self.id, self.verified)

    @property
    def traits(self) -> Traits:
        """What the record is recognised by, made when it is asked for: few records of one source need it."""
        # With its own id: one text of it takes less room than two.
        return traits_from({**self.fields, "id": self.id}, source=self.source, when=self.when)

    @property
    def key(self) -> Key:
        """What the record is known by."""
        return self[:2]


@dataclass(slots=True)
class FileOutcome:
    """How the reading of one file went; something may be missing as soon as there was an error."""

    n_records: int = 0
    n_errors: int = 0

    @property
    def is_complete(self) -> bool:
        """True when what is not there is really not there."""
        return self.n_records > 0 and not self.n_errors


@dataclass(slots=True)
class Gathered:
    """All records of this import by their key, and how each file went by its format and name."""

    records: dict[Key, Record] = field(default_factory=dict)
    files: dict[tuple[str, str], FileOutcome] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """True when nothing at all could be taken."""
        return not self.records and any(outcome.n_errors for outcome in self.files.values())


def source_key(format: str, file: str) -> str:
    """Return what a source is known by from one import to the next.

    Examples
    --------
    >>> source_key("csv", "club.csv"), source_key("uitdatabank", "page-1.json")
    ('csv:club.csv', 'uitdatabank')
    """
    return format if format in ONE_SOURCE else f"{format}:{file}"


def gather(
    paths: Sequence[Path],
    *,
    read: Read,
    complete: Complete,
    today: date,
    format: str | None,
    tell: Tell,
    progress: Progress,
) -> Gathered:
    """Read all sources; problems are told as they come."""
    gathered = Gathered()
    for path in paths:
        chosen = format or _format(path)
        outcome = gathered.files.setdefault((chosen, path.name), FileOutcome())
        source = source_key(chosen, path.name)
        stage = f"reading {path.name}"
        progress(stage, 0, None)
        found = _found(path, read=read, today=today, format=format)
        while part := list(islice(found, PART)):
            proposals = []
            for one in part:
                if isinstance(one, Problem):
                    outcome.n_errors += one.severity == "error"
                    tell(one)
                else:
                    proposals.append(one)
            for proposal in complete(proposals):
                problem = _add(gathered, made_record(proposal, source=source, file=path.name), path)
                if problem:
                    outcome.n_errors += 1
                    tell(problem)
            outcome.n_records += len(proposals)
            progress(stage, outcome.n_records, None)
        progress(stage, outcome.n_records, outcome.n_records)
    return gathered


def made_record(proposal: Proposal, *, source: str, file: str, gone: bool = False) -> Record:
    """Make the small form of what a reader found."""
    fields = proposal.known()
    when = packed_schedule(proposal.schedule)
    return Record(
        source,
        fields["id"],
        sys.intern(file),
        packed(fields),
        when,
        twin_sum(fields, when),
        proposal.last_verified.isoformat() if proposal.last_verified else "",
        not gone and "kind" in fields and "organiser" in fields,
        gone,
    )


def packed(fields: Fields) -> bytes:
    """Return fields as JSON that takes no more room than it must, be they plain or as a proposal holds them."""
    # A copy, as orjson leaves its answer in a buffer several times as large.
    return bytes(memoryview(orjson.dumps(fields, default=str, option=orjson.OPT_PASSTHROUGH_DATACLASS)))


def _format(path: Path) -> str:
    try:
        guessed = guess_format(path)
    except OSError:
        return ""
    return guessed if isinstance(guessed, str) else ""


def _found(path: Path, *, read: Read, today: date, format: str | None) -> Iterator[Proposal | Problem]:
    """Give what the reader finds; a file that cannot be opened is a problem as any other."""
    try:
        yield from read(path, today=today, format=format)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Problem(rule="must be a file that can be read", remedy=f"{reason}.", source=str(path), code="file")
    except InputError as error:
        yield from error.problems


def _add(gathered: Gathered, record: Record, path: Path) -> Problem | None:
    """Keep a record; the same one in two pages is one, the freshest of them whatever the order."""
    key = record.key
    other = gathered.records.setdefault(key, record)
    if other is record:
        return None
    if record.source in ONE_SOURCE:
        gathered.records[key] = max(record, other, key=_freshness)
    elif record.data != other.data:
        return Problem(
            key="id",
            rule="must be unique in its source",
            value=record.id,
            remedy="The first record with it was taken.",
            source=str(path),
            code="duplicate_id",
        )
    return None


def _freshness(record: Record) -> tuple[str, bytes, str]:
    return record.verified, record.data, record.file
