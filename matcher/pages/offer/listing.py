"""The list of the offer, and one record with all that is known of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from ... import vocabulary
from ...errors import InputError
from ...explain import KEY_WORDS, KIND_WORDS
from ...model.access import Asker
from ...model.offer import LocalFacts
from ...schedule import DAYS_NL
from ...service.offers import (
    OWNERS,
    QUESTIONS,
    STALE_DAYS,
    STATES,
    OfferQuery,
    OfferRecord,
    OfferRow,
    list_offer,
    show_record,
)
from ..form import FieldError
from ..front import Front
from ..words import Words
from .showing import (
    completeness,
    counted_words,
    missing_words,
    offer_sections,
    record_groups,
    row_words,
    value_words,
    when_words,
    where_words,
)

PAGE_ROWS = 25
FILTERS = ("q", "kind", "day", "interest", "state", "missing", "owner")
"""Names of the filters in the address; each is optional."""
FACT_CHOICES = ("taalicoon", "interaction", "participants")
_FILTER_MOST = 200


def add_listing(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /aanbod`` and ``GET /aanbod/<id>``."""

    @blueprint.get("/aanbod")
    def offer() -> Response:
        words = front.words()
        filled = filters()
        rows, errors = filtered(front, filled, words)
        n_pages = max(1, -(-len(rows) // PAGE_ROWS))
        number = min(_page_number(request.args.get("pagina", "")), n_pages)
        shown = rows[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        return front.page(
            "offer_list.html",
            status=422 if errors else 200,
            errors=errors,
            error_at={error.field: error.text for error in errors},
            filled=filled,
            kept={name: value for name, value in filled.items() if value},
            choices=filter_choices(words),
            n=len(rows),
            number=number,
            n_pages=n_pages,
            rows=[row_words(row, words, today=front.today()) for row in shown],
            offer_sections=offer_sections(front.asker()),
        )

    @blueprint.get("/aanbod/<activity_id>")
    def offer_record(activity_id: str) -> Response:
        with front.office.store.reading() as work:
            record = show_record(front.office, work, front.asker(), activity_id, now=front.now())
        return record_page(front, record)


def record_page(
    front: Front,
    record: OfferRecord,
    *,
    facts: dict[str, Any] | None = None,
    errors: list[FieldError] | None = None,
    status: int = 200,
) -> Response:
    """Show a record; ``facts`` is what somebody filled in, where it could not be kept."""
    words, asker, today = front.words(), front.asker(), front.today()
    activity = record.activity
    age_days = (today - activity.last_verified).days if activity.last_verified else None
    return front.page(
        "offer_record.html",
        status=status,
        record=record,
        here=url_for("pages.offer_record", activity_id=activity.id),
        activity=activity,
        errors=errors or [],
        error_at={error.field: error.text for error in errors or []},
        kind=words.of(KIND_WORDS, activity.kind),
        where=where_words(activity, words),
        when=when_words(activity, words),
        groups=record_groups(activity, _own(record.own_facts), words),
        complete=completeness(record.missing, words),
        ask=missing_words(record.missing, words),
        age_days=age_days,
        is_old=age_days is not None and age_days > STALE_DAYS,
        counted=counted_words(record.counted, words),
        facts=facts if facts is not None else facts_filled(record.own_facts),
        fact_choices={key: _fact_choices(key, record, words) for key in FACT_CHOICES},
        needs=vocabulary.NEEDS,
        fact_records={need: _facility_kept(need, record, words) for need in vocabulary.NEEDS},
        may_edit=asker.may("offer"),
        offer_sections=offer_sections(asker),
    )


def facts_filled(facts: LocalFacts) -> dict[str, Any]:
    """Return local facts as they stand in their form."""
    found: dict[str, Any] = {key: str(getattr(facts, key) or "") for key in FACT_CHOICES}
    found["places_left"] = "" if facts.places_left is None else str(facts.places_left)
    for need in vocabulary.NEEDS:
        found[need] = "yes" if need in facts.facilities else "no" if f"-{need}" in facts.facilities else ""
    return found


def _own(facts: LocalFacts) -> dict[str, Any]:
    return facts.model_dump(exclude_defaults=True)


def _fact_choices(key: str, record: OfferRecord, words: Words) -> list[tuple[str, str]]:
    kept = record.kept.to_json().get(key)
    first = words("offer_facts_as_record_is", value=value_words(key, kept, words))
    values = {
        "taalicoon": ("1", "2", "3", "4"),
        "interaction": vocabulary.INTERACTIONS,
        "participants": vocabulary.PARTICIPANTS,
    }[key]
    return [("", first), *((value, words(f"offer_{key}_{value}")) for value in values)]


def _facility_kept(need: str, record: OfferRecord, words: Words) -> str:
    """Say what the record itself tells of a facility, for who leaves it so."""
    there = record.kept.facilities
    name = "offer_facts_there" if need in there else "offer_facts_not_there" if f"-{need}" in there else ""
    return words("offer_facts_as_record_is", value=words(name or "offer_value_none"))


def filters() -> dict[str, str]:
    """Return the filters of this address."""
    return {name: request.args.get(name, "").strip()[:_FILTER_MOST] for name in FILTERS}


def filtered(front: Front, filled: dict[str, str], words: Words) -> tuple[list[OfferRow], list[FieldError]]:
    """Return the records that fit the filters, or what is wrong with a filter."""
    asker: Asker = front.asker()
    query = OfferQuery(**{name: value or None for name, value in filled.items()})
    try:
        with front.office.store.reading() as work:
            return list_offer(front.office, work, asker, query, today=front.today()), []
    except InputError as error:
        names = [problem.key for problem in error.problems]
        texts = {"day": words("offer_filter_error_day")}
        return [], [FieldError(name, texts.get(name, words("offer_filter_error"))) for name in names]


def filter_choices(words: Words) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter can be, with its words."""
    everything = ("", words("offer_filter_all"))
    label = f"label_{words.language}"
    return {
        "kind": [everything, *((kind, words.of(KIND_WORDS, kind)) for kind in vocabulary.KINDS)],
        "day": [everything, *((day, words.weekday(day)) for day in DAYS_NL)],
        "interest": [everything, *((one.id, getattr(one, label)) for one in vocabulary.interests().values())],
        "state": [everything, *((state, words(f"offer_state_{state}")) for state in STATES)],
        "missing": [everything, *((key, words.of(KEY_WORDS, key)) for key in QUESTIONS)],
        "owner": [everything, *((owner, words(f"offer_owner_{owner}")) for owner in OWNERS)],
    }


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
