"""From clusters of records to activities: the id, the fields out of the sources, and what persons filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from ..errors import InputError, Problem
from ..merging import OFFER, Joined, join
from ..model import read_activity
from ..readers.found import made_id
from ..vocabulary import ONLINE
from .ledger import LOCAL_FACTS, Fields, adopted, with_local
from .present import Present
from .remembering import Known
from .sources import Record, Tell, packed

_NOTHING: Mapping[str, Any] = MappingProxyType({})


FILLED_IN = ("csv:", "xlsx:", OFFER)
"""Sources that a person fills in, and can fill in further."""
STAND_INS = {"kind": "association", "organiser": "onbekend"}
"""What an activity must have, and calendars and web pages often do not tell: better assumed, marked and asked
after than lost. The kind in the middle of all others neither helps nor harms it much."""


class Item(NamedTuple):
    """One activity of the new offer.

    Parameters
    ----------
    id : str
    members : tuple of int
        Positions of its records, the one that knows best first.
    imported : bytes or None
        The fields out of the sources as JSON; None when they are those of its one record.
    local : dict
        What persons changed.
    origin : dict
        Position among the members of the record that a field came from, where it is not the first.
    """

    id: str
    members: tuple[int, ...]
    imported: bytes | None = None
    local: Mapping[str, Any] = _NOTHING
    origin: Mapping[str, int] = _NOTHING

    def fields(self, records: Sequence[Record]) -> Fields:
        """Return the fields out of the sources, with the id in the offer."""
        if self.imported is not None:
            return {"id": self.id, **orjson.loads(self.imported)}
        fields = records[self.members[0]].fields
        fields["id"] = self.id
        return fields

    def row(self, records: Sequence[Record]) -> Fields:
        """Return the fields as they stand in the offer."""
        fields = self.fields(records)
        return with_local(fields, self.local) if self.local else fields

    def line(self, records: Sequence[Record]) -> bytes:
        """Write the activity as a line of the ledger."""
        if self.imported is None and not self.local and len(self.members) == 1:
            record = records[self.members[0]]
            if not record.gone:
                start = b'{"id":', orjson.dumps(self.id), b',"records":[', _opening(record.source, record.file)
                return b"".join((*start, record.data, b"}]}\n"))
        told = []
        for member in self.members:
            record = records[member]
            plain: dict[str, Any] = {"source": record.source, "file": record.file}
            if record.gone:
                plain["gone"] = True
            plain["fields"] = orjson.Fragment(record.data)
            told.append(plain)
        entry: dict[str, Any] = {"id": self.id, "records": told}
        if self.imported is not None:
            entry["imported"] = orjson.Fragment(self.imported)
        if self.origin:
            entry["origin"] = self.origin
        if self.local:
            entry["local"] = self.local
        return orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE)


@lru_cache
def _opening(source: str, file: str) -> bytes:
    """Write a record of the ledger up to its fields."""
    return orjson.dumps({"source": source, "file": file})[:-1] + b',"fields":'


def assemble(known: Known, clusters: Sequence[tuple[int, ...]], present: Present, *, tell: Tell) -> list[Item]:
    """Make the activities, sorted by id; what cannot be one is told and left out."""
    named = _named(known, clusters)
    records, touched = known.records, present.local.keys() | present.rows.keys()
    items = []
    for identifier in sorted(named):
        members = named[identifier]
        # One record is the whole story, as nearly always in a large offer.
        if len(members) == 1 and records[members[0]].is_enough and identifier not in touched:
            items.append(Item(identifier, members))
        elif item := _Assembly(identifier, members, known, present).item(tell):
            items.append(item)
    return items


def _named(known: Known, clusters: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Give each cluster an id: the one it had, else that of the record that knows best."""

    def rank(member: int) -> tuple[int, int, str, str]:
        return known.records[member].rank

    inside = [tuple(sorted(cluster, key=rank)) if len(cluster) > 1 else cluster for cluster in clusters]
    wishes = {_wish(known, members): members for members in inside}
    # Nearly always no two clusters wish for the same id, and then their order does not matter.
    return wishes if len(wishes) == len(inside) else _named_in_turn(known, inside)


def _wish(known: Known, members: Sequence[int]) -> str:
    had = next(_earlier(known, members), None) if known.earlier else None
    return had or known.records[members[0]].id


def _named_in_turn(known: Known, inside: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Give ids to clusters of which some wish for the same, the one that knows best first."""
    named: dict[str, tuple[int, ...]] = {}
    fresh = []
    for members in sorted(inside, key=lambda members: known.records[members[0]].rank):
        free = [identifier for identifier in _earlier(known, members) if identifier not in named]
        if free:
            named[free[0]] = members
        else:
            fresh.append(members)
    for members in fresh:
        lead = known.records[members[0]]
        identifier = lead.id
        named[made_id(identifier[:40], lead.source) if identifier in named else identifier] = members
    return named


def _earlier(known: Known, members: Sequence[int]) -> Iterator[str]:
    keys = [known.records[member].key for member in members]
    # What persons wrote into the offer itself keeps its name before all others.
    for key in sorted(keys, key=lambda key: key[0] != OFFER):
        if key in known.earlier:
            yield known.earlier[key]


@dataclass(frozen=True, slots=True)
class _Assembly:
    """One activity in the making."""

    id: str
    members: tuple[int, ...]
    known: Known
    present: Present

    def item(self, tell: Tell) -> Item | None:
        records = [self.known.records[member] for member in self.members]
        living = [number for number, record in enumerate(records) if not record.gone] or list(range(len(records)))
        joined = join([records[number].told for number in living])
        fields = _with_organiser(joined.fields)
        if all(record.gone for record in records):
            fields = {**fields, "status": "gone"}
        is_web = not any(record.source.startswith(FILLED_IN) for record in records)
        missing = [key for key in STAND_INS if key not in fields]
        for key in missing if is_web else ():
            fields = _assumed(fields, key, STAND_INS[key])
        local = self._local(fields)
        unknown = [key for key in missing if key not in local]
        for key in unknown:
            tell(self._stand_in(key, records[0]) if is_web else self._missing(key, records[0]))
        if unknown and not is_web:
            return None
        if len(records) == 1 and not local:
            is_plain = fields is joined.fields and not records[0].gone
            return Item(self.id, self.members, None if is_plain else packed(fields))
        for problem in (*self._clashes(joined, records, living), *self._overruled(fields, local)):
            tell(problem)
        origin = {key: living[number] for key, number in joined.origin.items() if living[number]}
        return self._that_agrees(Item(self.id, self.members, packed(fields), local, origin), tell)

    def _local(self, fields: Fields) -> Fields:
        """Return what persons changed in this activity and in those that became part of it."""
        if not (self.present.local or self.present.rows):
            return {}
        local: Fields = {}
        for identifier in (*_earlier(self.known, self.members), self.id):
            local |= self.present.local.get(identifier, {})
        row = self.present.rows.get(self.id)
        if row is not None and self.id not in self.present.ledger:
            local |= adopted(fields, row) if self.known.records[self.members[0]].source != OFFER else {}
        return {key: local[key] for key in sorted(local) if local[key] != fields.get(key)}

    def _overruled(self, fields: Fields, local: Fields) -> Iterator[Problem]:
        """Tell where a source changed what a person changed too; about local facts no source is asked."""
        asked = [key for key in local if key not in (*LOCAL_FACTS, "assumed", "derived", "last_verified")]
        before = self.present.ledger.entry(self.id) if asked else None
        for key in asked:
            if before and fields.get(key) != before.imported.get(key):
                rule = "was filled in by a person and changed at its source; the person is followed"
                yield self._warning(key, rule)

    def _clashes(self, joined: Joined, records: list[Record], living: list[int]) -> Iterator[Problem]:
        for clash in joined.clashes:
            followed, other = (records[living[number]] for number in (clash.followed, clash.other))
            rule = f"is not the same in {followed.source} and {other.source}; the first is followed"
            values = " / ".join(str(record.fields[clash.key]) for record in (followed, other))
            yield self._warning(clash.key, rule, value=values, code="sources_differ")

    def _that_agrees(self, item: Item, tell: Tell) -> Item:
        """Return the item if its fields go together, else what is known to."""
        try:
            read_activity(item.row(self.known.records))
        except InputError as error:
            problem = error.problems[0]
            before = self.present.ledger.entry(self.id)
            row = self.present.rows.get(self.id) or (before and before.written)
            rule = f"does not go together with what else is known of the activity: {problem.rule}"
            if item.local and row:
                tell(self._warning(problem.key, f"{rule}; the activity stays as it was"))
                fields = item.fields(self.known.records)
                keys = sorted(key for key in {*row, *fields} - {"id"} if row.get(key) != fields.get(key))
                return item._replace(local={key: row.get(key) for key in keys})
            tell(self._warning(problem.key, f"{rule}; one source is followed"))
            return self._of_one_source(item)
        return item

    def _of_one_source(self, item: Item) -> Item:
        for member in self.members:
            fields = _with_organiser(join([self.known.records[member].told]).fields)
            if STAND_INS.keys() <= fields.keys():
                number = self.members.index(member)
                return item._replace(imported=packed(fields), origin=dict.fromkeys(fields, number), local={})
        return item

    def _stand_in(self, key: str, record: Record) -> Problem:
        return Problem(
            key=key,
            rule=f"is not told, and was taken to be {STAND_INS[key]!r}, marked as assumed",
            value=self.id,
            remedy="Fill it in where it is wrong: what you fill in stays.",
            source=record.file,
            severity="warning",
            code="assumed",
        )

    def _missing(self, key: str, record: Record) -> Problem:
        remedies = {
            "kind": "Nothing in its text tells the kind: give it in the source, or in a sheet beside it.",
            "organiser": "Give it in the source, or in a sheet beside it.",
        }
        return Problem(
            key=key,
            rule="is required, and unknown",
            place=record.id,
            remedy=remedies[key],
            source=record.file,
            code="missing",
        )

    def _warning(self, key: str, rule: str, *, value: str | None = None, code: str = "local") -> Problem:
        return Problem(key=key, rule=rule, value=value, place=self.id, severity="warning", code=code)


def _with_organiser(fields: Fields) -> Fields:
    """Let the place stand in for an unknown organiser, marked as assumed: there one can ask."""
    place = fields.get("place", ONLINE)
    if "organiser" in fields or place.lower() == ONLINE:
        return fields
    return _assumed(fields, "organiser", place)


def _assumed(fields: Fields, key: str, value: str) -> Fields:
    """Return the fields with a value that no source told."""
    marks = fields.get("assumed", [])
    return {**fields, key: value, "assumed": marks if "all" in marks else [*marks, key]}
