"""Documents of UiTdatabank as activities, and what is not taken as problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
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
    references, first_reference = 0, ""
    for found in read_documents(path):
        if not isinstance(found, tuple):
            yield replace(found, source=str(path))
            continue
        place, document = found
        if isinstance(document, dict) and document and document.keys() <= REFERENCE:
            first_reference = first_reference or place
            references += 1
            continue
        notes = Notes(str(path), place)
        proposal = _read(document, notes, today)
        yield from notes.problems
        if proposal:
            yield proposal
    if references:
        notes = Notes(str(path), first_reference)
        rule = "must be a document; it holds an address only, like others in this file"
        remedy = "Ask the Search API with embed=true."
        notes.error("", rule, value=str(references), remedy=remedy, code="not_embedded")
        yield from notes.problems


def _read(document: Any, notes: Notes, today: date) -> Proposal | None:
    if not isinstance(document, dict):
        notes.error("", "must be a document, an object of JSON", code="not_an_object")
        return None
    if kind := _other_kind(document):
        notes.warning("/@type", "is no event: left out", value=kind, code="not_an_event")
        return None
    event = event_of(document, notes, today)
    values = _identity(event)
    if not notes.refused:
        values |= _values(event)
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


def _values(event: Event) -> Values:
    """Return the keys of the activity, of all parts of the document."""
    title = read_title(event)
    subject = read_subject(event)
    whole = subject.price == "series"
    when = read_when(event, whole=whole, postponed=title.postponed)
    values: Values = {
        "title": title.text,
        "description": paragraphs(event.fields.get("description"), event.language, most=MOST_DESCRIPTION),
        "kind": subject.kind,
        "interests": subject.interests,
        "facilities": subject.facilities,
    }
    for part in (
        title.values,
        when.values,
        read_place(event),
        read_prices(event, once=when.once, price_for=subject.price),
        read_people(event, first=when.values.get("start_date")),
        read_labels(event),
        read_contacts(event),
    ):
        add(values, part)
    return values


def _identity(event: Event) -> Values:
    fields, notes = event.fields, event.notes
    address = fields.get("@id") or fields.get("id")
    identifier = address.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    if not identifier:
        notes.error(
            "/@id", "must be there", remedy="A document without it cannot be told from others.", code="missing_id"
        )
    if localized(fields.get("name"), event.language) is None:
        notes.error("/name", "must be there, as a text", code="missing_name")
    verified = read_day(fields.get("modified")) or read_day(fields.get("created"))
    return {
        "id": made_id("uit", identifier.lower()),
        "source": SOURCE,
        "source_url": address if isinstance(address, str) and address.startswith("http") else None,
        "last_verified": verified,
    }
