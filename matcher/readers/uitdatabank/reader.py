"""Documents of UiTdatabank as activities, and what is not taken as problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model import Proposal, read_proposal
from ..found import Found, made_id
from .calendar import read_when
from .contacts import read_contacts
from .documents import read_documents
from .event import Event, Values, add, event_of
from .moments import read_day
from .notes import Notes
from .people import read_labels, read_people
from .places import read_place
from .prices import read_prices
from .terms import read_subject
from .texts import localized, paragraphs
from .titles import read_title

SOURCE = "uitdatabank"
MOST_DESCRIPTION = 20_000
PART = 16
"""So many documents are read together."""
NOT_PUBLISHED = frozenset({"REJECTED", "DELETED"})
REFERENCE = frozenset({"@id", "@type", "@context"})


def read_uitdatabank(path: Path, *, today: date) -> Found:
    """Read events of UiTdatabank from a file of JSON, one at a time.

    Parameters
    ----------
    path : Path
        One document, a list of documents, a page of Search API 3 with ``embed=true``, or a document or page a
        line; told apart by what stands there.
    today : date

    Yields
    ------
    Proposal or Problem
        What a document does not say is unknown. The place of a problem is a JSON pointer, after the number of the
        line in JSON Lines: ``/member/3/startDate``, ``12:/startDate``.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    source = str(path)
    references, first_reference = 0, ""
    documents = read_documents(path)
    while part := list(islice(documents, PART)):
        told = [found for found in part if isinstance(found, tuple) and not _is_reference(found[1])]
        read = _read_each(told, source, today)
        for found in part:
            if not isinstance(found, tuple):
                yield replace(found, source=source)
            elif _is_reference(found[1]):
                first_reference = first_reference or found[0]
                references += 1
            else:
                notes, proposal = next(read)
                yield from notes.problems
                if proposal:
                    yield proposal
    if references:
        notes = Notes(source, first_reference)
        rule = "must be a document; it holds an address only, like others in this file"
        remedy = "Ask the Search API with embed=true."
        notes.error("", rule, value=str(references), remedy=remedy, code="not_embedded")
        yield from notes.problems


def _is_reference(document: Any) -> bool:
    return isinstance(document, dict) and bool(document) and document.keys() <= REFERENCE


def _read_each(
    documents: Sequence[tuple[str, Any]], source: str, today: date
) -> Iterator[tuple[Notes, Proposal | None]]:
    """Read some documents step by step, each step for all of them: in what it goes through it finds its way."""
    notes = [Notes(source, place) for place, _ in documents]
    events = [_event(document, one, today) for (_, document), one in zip(documents, notes, strict=True)]
    values = iter(_values([event for event in events if event]))
    for event, one in zip(events, notes, strict=True):
        yield one, _proposal(event, one, next(values)) if event else None


def _event(document: Any, notes: Notes, today: date) -> Event | None:
    if not isinstance(document, dict):
        notes.error("", "must be a document, an object of JSON", code="not_an_object")
        return None
    if kind := _other_kind(document):
        notes.warning("/@type", "is no event: left out", value=kind, code="not_an_event")
        return None
    event = event_of(document, notes, today)
    if not _identifier(event):
        remedy = "A document without it cannot be told from others."
        notes.error("/@id", "must be there", remedy=remedy, code="missing_id")
    if localized(event.fields.get("name"), event.language) is None:
        notes.error("/name", "must be there, as a text", code="missing_name")
    return None if notes.refused else event


def _proposal(event: Event, notes: Notes, values: Values) -> Proposal | None:
    if notes.refused:
        notes.problems = [problem for problem in notes.problems if problem.severity != "note"]
        return None
    if (reason := _left_out(event)) is not None:
        notes.problems.clear()
        notes.warning(*reason, code="left_out")
        return None
    if event.fields.get("workflowStatus") == "DRAFT":
        remedy = "Ask the organiser before you propose it."
        notes.warning("/workflowStatus", "says DRAFT, not published yet", remedy=remedy, code="draft")
    try:
        return read_proposal(values)
    except InputError as error:
        for problem in error.problems:
            notes.error("", f"gives no activity: {problem.key} {problem.rule}", value=problem.value)
        return None


def _other_kind(document: dict[str, Any]) -> str | None:
    """Return what a document is when it is no event: a place or an organiser may stand on a page too."""
    kind = document.get("@type")
    if isinstance(kind, str) and kind != "Event":
        return kind
    for words in (document.get("@id"), document.get("@context")):
        for name, path in (("Place", "/place"), ("Organizer", "/organizer")):
            if isinstance(words, str) and path in words:
                return name
    return None


def _left_out(event: Event) -> tuple[str, str] | None:
    """Say where and why an event is not taken: not for publication, or not for a person who comes alone."""
    if event.fields.get("workflowStatus") in NOT_PUBLISHED:
        return "/workflowStatus", f"says {event.fields['workflowStatus']}, not published: left out"
    audience = event.fields.get("audience")
    if isinstance(audience, dict) and audience.get("audienceType") == "education":
        return "/audience/audienceType", "is for schools: left out"
    return None


def _values(events: Sequence[Event]) -> list[Values]:
    """Return the keys of each activity, of all parts of its document."""
    titles = [read_title(event) for event in events]
    subjects = [read_subject(event) for event in events]
    whens = [
        read_when(event, whole=subject.price == "series", postponed=title.postponed)
        for event, title, subject in zip(events, titles, subjects, strict=True)
    ]
    values: list[Values] = [
        {
            **_identity(event),
            "title": title.text,
            "description": paragraphs(event.fields.get("description"), event.language, most=MOST_DESCRIPTION),
            "kind": subject.kind,
            "interests": subject.interests,
            "facilities": subject.facilities,
        }
        for event, title, subject in zip(events, titles, subjects, strict=True)
    ]
    parts = (
        [title.values for title in titles],
        [when.values for when in whens],
        [read_place(event) for event in events],
        [
            read_prices(event, once=when.once, price_for=subject.price)
            for event, when, subject in zip(events, whens, subjects, strict=True)
        ],
        [
            read_people(event, first=when.values.get("start_date"))
            for event, when in zip(events, whens, strict=True)
        ],
        [read_labels(event) for event in events],
        [read_contacts(event) for event in events],
    )
    for part in parts:
        for known, more in zip(values, part, strict=True):
            add(known, more)
    return values


def _identity(event: Event) -> Values:
    fields = event.fields
    address = _address(event)
    return {
        "id": made_id("uit", _identifier(event).lower()),
        "source": SOURCE,
        "source_url": address if address.startswith("http") else None,
        "last_verified": read_day(fields.get("modified")) or read_day(fields.get("created")),
    }


def _identifier(event: Event) -> str:
    return _address(event).rstrip("/").rpartition("/")[2]


def _address(event: Event) -> str:
    return str(event.fields.get("@id") or event.fields.get("id") or "").strip()
