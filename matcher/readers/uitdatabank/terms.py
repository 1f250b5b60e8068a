"""Terms of UiTdatabank, by id as their labels drift: what kind of activity, about what, with what."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from ...vocabulary import data_folder, lineage
from .event import Event, objects

EVENT_TYPE = "eventtype"
DOMAINS = (EVENT_TYPE, "theme", "facility")
"""Others, of old records, tell of regions, target groups and buildings."""
SEEN_FROM_A_CHAIR = frozenset({"culture", "performing"})
"""The branches that a theme tells of where one looks on: at an exhibition of paintings nobody paints."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of ``data/uitdatabank_terms.csv``."""

    domain: str
    kind: str
    interests: tuple[str, ...]
    facilities: tuple[str, ...]
    price: str
    watched: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What the terms of an event say together.

    Parameters
    ----------
    price : str
        ``session`` when a price is for one session, ``series`` when it is for all, empty when that is not said.
    unknown : tuple of str
        Ids that are not in our table.
    """

    kind: str | None
    interests: tuple[str, ...]
    facilities: tuple[str, ...]
    price: str
    unknown: tuple[str, ...]


@cache
def terms() -> Mapping[str, Term]:
    """Return the terms by id."""
    with (data_folder() / "uitdatabank_terms.csv").open(encoding="utf-8", newline="") as lines:
        return MappingProxyType(
            {
                row["id"]: Term(
                    domain=row["domain"],
                    kind=row["kind"],
                    interests=tuple(filter(None, row["interests"].split(";"))),
                    facilities=tuple(filter(None, row["facilities"].split(";"))),
                    price=row["price"],
                    watched=row["watched"] == "yes",
                )
                for row in csv.DictReader(lines)
            }
        )


def read_subject(event: Event) -> Subject:
    """Read the terms of an event, also in the form of old records, and note those that are not known."""
    fields = event.fields
    rows: list[Any] = [*fields.get("terms", ()), fields.get("type"), fields.get("theme")]
    ids = tuple(
        [
            row["id"]
            for _, row in objects(rows)
            if isinstance(row.get("id"), str) and row.get("domain", EVENT_TYPE) in DOMAINS
        ]
    )
    subject = _subject(ids)
    for one in subject.unknown:
        event.notes.note("/terms", "holds a term that is not in our table", value=one, code="unknown_term")
    return subject


@lru_cache(maxsize=4096)
def _subject(ids: tuple[str, ...]) -> Subject:
    table = terms()
    known = [table[one] for one in ids if one in table]
    kinds = [term for term in known if term.domain == EVENT_TYPE]
    watched = any(term.watched for term in kinds)
    interests: dict[str, None] = {}
    for term in known:
        for interest in term.interests:
            if not watched or term.domain == EVENT_TYPE or lineage(interest)[-1] in SEEN_FROM_A_CHAIR:
                interests[interest] = None
    above = {node for interest in interests for node in lineage(interest)[1:]} if len(interests) > 1 else ()
    return Subject(
        kind=next((term.kind for term in kinds if term.kind), None),
        interests=tuple([interest for interest in interests if interest not in above]),
        facilities=tuple(dict.fromkeys([facility for term in known for facility in term.facilities])),
        price=next((term.price for term in kinds if term.price), ""),
        unknown=tuple(dict.fromkeys([one for one in ids if one not in table])),
    )
