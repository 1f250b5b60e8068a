"""Terms of UiTdatabank, by id as their labels drift: what kind of activity, about what, with what."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ...vocabulary import data_folder, lineage
from .event import Event

EVENT_TYPE = "eventtype"
FACILITY = "facility"
DOMAINS = (EVENT_TYPE, "theme", FACILITY)
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


class Subject(NamedTuple):
    """What the terms of an event say together.

    Parameters
    ----------
    price : str
        ``session`` when a price is for one session, ``series`` when it is for all, empty when that is not said.
    """

    kind: str | None
    interests: tuple[str, ...]
    facilities: list[str]
    price: str


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
    ids = [
        row["id"]
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("id"), str) and row.get("domain", EVENT_TYPE) in DOMAINS
    ]
    table = terms()
    unknown = [one for one in ids if one not in table]
    for one in dict.fromkeys(unknown):
        event.notes.note("/terms", "holds a term that is not in our table", value=one, code="unknown_term")
    known = [one for one in ids if one in table] if unknown else ids
    # Facilities go together in any way and say nothing else; what the others say comes back.
    kind, interests, price = _subject(tuple([one for one in known if table[one].domain != FACILITY]))
    return Subject(kind, interests, [facility for one in known for facility in table[one].facilities], price)


@lru_cache(maxsize=4096)
def _subject(ids: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], str]:
    """Return kind, interests and what a price is for."""
    known = [terms()[one] for one in ids]
    kinds = [term for term in known if term.domain == EVENT_TYPE]
    watched = any(term.watched for term in kinds)
    interests: dict[str, None] = {}
    for term in known:
        for interest in term.interests:
            if not watched or term.domain == EVENT_TYPE or lineage(interest)[-1] in SEEN_FROM_A_CHAIR:
                interests[interest] = None
    above = {node for interest in interests for node in lineage(interest)[1:]} if len(interests) > 1 else ()
    return (
        next((term.kind for term in kinds if term.kind), None),
        tuple([interest for interest in interests if interest not in above]),
        next((term.price for term in kinds if term.price), ""),
    )
