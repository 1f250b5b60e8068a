"""The ledger beside an offer: what each source last told of each activity, and what persons wrote themselves.

JSON Lines, sorted by id, one activity a line, and a last line with the digest of the offer as it was written. So
the next import knows which cells a person changed, and can do without the sources that are not imported again.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from ..errors import InputError, Problem

Fields = dict[str, Any]
"""The fields of a record as plain JSON values; what is unknown is left out."""

LOCAL_FACTS = (
    *("taalicoon", "interaction", "participants", "new_people", "group_min", "group_max", "facilities"),
    *("places_left", "signatory"),
)
"""What people on the spot know better than any source: kept without a word when the source says otherwise."""
_LISTS_ABOUT_FIELDS = ("assumed", "derived")


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity as it was last written.

    Parameters
    ----------
    id : str
    records : list of dict
        What the sources told: ``source``, ``file``, ``fields`` (with the record's own id), and ``gone`` when the
        source has it no longer.
    imported : dict
        The fields as they came out of the sources, before what persons changed.
    local : dict
        What persons changed: the value, or None where they made a cell empty.
    origin : dict
        Position of the record that a field came from, where it is not the first.
    """

    id: str
    records: list[dict[str, Any]]
    imported: Fields
    local: Fields = field(default_factory=dict)
    origin: dict[str, int] = field(default_factory=dict)

    @property
    def written(self) -> Fields:
        """The fields as they stood in the offer."""
        return with_local(self.imported, self.local)

    @classmethod
    def of_line(cls, line: bytes) -> Entry:
        """Read an entry; what follows from its one record is not written twice."""
        plain = orjson.loads(line)
        imported = plain["imported"] if "imported" in plain else _alone(plain["records"])
        return cls(plain["id"], plain["records"], imported, plain.get("local", {}), plain.get("origin", {}))


def _alone(records: list[dict[str, Any]]) -> Fields:
    return {key: value for key, value in records[0]["fields"].items() if key != "id"}


def with_local(imported: Mapping[str, Any], local: Mapping[str, Any]) -> Fields:
    """Return the fields with what persons changed; what they filled in is neither assumed nor derived any more.

    Examples
    --------
    >>> with_local({"title": "Koor", "taalicoon": 2, "assumed": ["taalicoon"]}, {"taalicoon": 1, "place": None})
    {'title': 'Koor', 'taalicoon': 1}
    """
    if not local:
        return dict(imported)
    fields = {key: value for key, value in {**imported, **local}.items() if value is not None}
    for key in _LISTS_ABOUT_FIELDS:
        if key in fields and key not in local:
            kept = [entry for entry in fields[key] if entry.partition("=")[0] not in local]
            fields = {**fields, key: kept} if kept else {one: fields[one] for one in fields if one != key}
    if "last_verified" in local and local["last_verified"] is not None:
        fields["last_verified"] = max(local["last_verified"], imported.get("last_verified", ""))
    return fields


def changed_by_hand(entry: Entry, row: Mapping[str, Any]) -> Fields:
    """Return what persons changed, now that the row of the offer is this: earlier changes and new ones."""
    expected = entry.written
    local = dict(entry.local)
    for key in {*expected, *row} - {"id"}:
        if row.get(key) != expected.get(key):
            local[key] = row.get(key)
    return {key: local[key] for key in sorted(local) if local[key] != entry.imported.get(key)}


def adopted(imported: Mapping[str, Any], row: Mapping[str, Any]) -> Fields:
    """Return what to keep of a row of which it is not known what a source told before: local facts only."""
    return {key: row[key] for key in LOCAL_FACTS if key in row and row[key] != imported.get(key)}


class Ledger:
    """The entries of a ledger file, read one at a time: it is as large as the offer.

    Parameters
    ----------
    path : Path or None
        None, or a file that is not there, is an empty ledger.

    Attributes
    ----------
    digest : str
        Of the offer as it was written.
    records : dict
        For each record, by its source and its id there, the id of its entry.
    local : dict
        For each entry that has them what persons changed.

    Raises
    ------
    InputError
        If the file was cut or changed.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.digest = ""
        self.records: dict[tuple[str, str], str] = {}
        self.local: dict[str, Fields] = {}
        self._starts: dict[str, int] = {}
        if path is None or not path.exists():
            return
        start = 0
        with path.open("rb") as lines:
            for line in lines:
                try:
                    entry = orjson.loads(line)
                    if "sha256" in entry:
                        self.digest = str(entry["sha256"])
                    else:
                        self._add(entry, start)
                except (orjson.JSONDecodeError, KeyError, TypeError):
                    break
                start += len(line)
        if not self.digest or start != path.stat().st_size:
            raise InputError(
                [
                    Problem(
                        rule="must be as the last import wrote it",
                        remedy="Put back a copy, or delete it: then the whole offer counts as written by persons.",
                        source=str(path),
                        code="ledger",
                    )
                ]
            )

    def _add(self, entry: dict[str, Any], start: int) -> None:
        identifier = entry["id"]
        self._starts[identifier] = start
        for told in entry["records"]:
            own = told["fields"]["id"]
            # Most have one id; one text of it takes less room than two.
            self.records[sys.intern(told["source"]), identifier if own == identifier else own] = identifier
        if "local" in entry:
            self.local[identifier] = entry["local"]

    def __len__(self) -> int:
        return len(self._starts)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._starts

    @property
    def ids(self) -> Set[str]:
        """The ids of the entries."""
        return self._starts.keys()

    def entries(self, identifiers: Iterable[str]) -> Iterator[Entry]:
        """Give the entries that there are; sorted by id is quickest."""
        yield from (Entry.of_line(line) for line in self.lines(identifiers) if line)

    def entry(self, identifier: str) -> Entry | None:
        """Return one entry, or None where there is none."""
        return next(self.entries([identifier]), None)

    def lines(self, identifiers: Iterable[str]) -> Iterator[bytes]:
        """Give the line of each id, empty where there is none; sorted by id is quickest."""
        with ExitStack() as opened:
            file = opened.enter_context(self._path.open("rb")) if self._path and self._starts else None
            for identifier in identifiers:
                if file is None or identifier not in self._starts:
                    yield b""
                else:
                    file.seek(self._starts[identifier])
                    yield file.readline()


def ledger_of(offer: Path) -> Path:
    """Return where the ledger of an offer stands.

    Examples
    --------
    >>> ledger_of(Path("offer.csv")).name
    'offer.provenance.jsonl'
    """
    return offer.with_name(f"{offer.stem}.provenance.jsonl")


def pending_of(offer: Path) -> Path:
    """Return where a new ledger stands from the moment that it is complete until its offer is in place.

    Two files cannot be replaced in one step: should the program be killed between them, the digest in this one
    tells the next import whether it belongs to the offer that is there.
    """
    return offer.with_name(f"{offer.stem}.provenance.next.jsonl")


def settle(offer: Path) -> None:
    """Put a new ledger in the place of the old one if its offer is in place; else take it away."""
    pending, ledger = pending_of(offer), ledger_of(offer)
    if not pending.exists():
        return
    is_of_offer = offer.exists() and _digest_in(pending) == digest_of(offer)
    if not is_of_offer or (ledger.exists() and filecmp.cmp(pending, ledger, shallow=False)):
        pending.unlink()
    else:
        os.replace(pending, ledger)


def _digest_in(ledger: Path) -> str | None:
    with ledger.open("rb") as lines:
        last = deque(lines, maxlen=1)
    try:
        return str(orjson.loads(last[0])["sha256"])
    except (IndexError, KeyError, TypeError, orjson.JSONDecodeError):
        return None


def last_line(offer: Path, *, name: str) -> bytes:
    """Return the last line of a ledger: the name of the offer and the digest of what it will be."""
    return orjson.dumps({"offer": name, "sha256": digest_of(offer)}) + b"\n"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
