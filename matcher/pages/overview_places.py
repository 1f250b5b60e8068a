"""Places shared out over the dossiers that wait, and proposed where a person ticks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..model.places import OBJECTIVES, Terms
from ..roster import workbook_bytes
from ..service.dossiers import DAYS_HELD
from ..service.placing import MOST_WAITING, Pick, Shared, propose_places, share_places, waiting_dossiers
from .form import FieldError
from .front import Front
from .sheet import csv_response, file_response
from .words import Words

if TYPE_CHECKING:
    from ..model.places import AllocationAnswer

PLACES_LIMIT_S = 10.0
MOST_PLACES = 999
MOST_PICKS = 1000
CAPS = {"groep": "max_per_group", "organisator": "max_per_organiser"}
"""The field of each cap."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PICK = re.compile(r"([A-Za-z0-9._-]{1,64})~([0-9]{1,9})~([a-z0-9-]{1,80})", re.ASCII)


def add_places(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET`` and ``POST /overzicht/plaatsen``, and the places as files."""

    @blueprint.get("/overzicht/plaatsen")
    def overview_places() -> Response:
        front.asker().must_have("share")
        terms, errors = _terms(front.words())
        shared = _share(front, terms) if "verdeel" in request.args and not errors else None
        return _page(front, shared, errors=errors)

    @blueprint.post("/overzicht/plaatsen")
    def propose_shared() -> AnyResponse:
        asker, words = front.asker(), front.words()
        asker.must_have("share")
        ticked = [_PICK.fullmatch(one) for one in request.form.getlist("voorstel")[:MOST_PICKS]]
        picks = [Pick(found[1], found[3], int(found[2])) for found in ticked if found]
        if len(picks) < max(1, len(ticked)):
            terms, errors = _terms(words)
            key = "overview_error_pick" if ticked else "overview_error_tick"
            errors = [*errors, FieldError("voorstel", words(key))]
            return _page(front, _share(front, terms), errors=errors)
        with front.office.store.writing() as work:
            n = propose_places(work, asker, picks, now=front.now())
        text = words("overview_proposed_one") if n == 1 else words("overview_proposed", n=n)
        return front.go("pages.overview_places", text)

    @blueprint.get("/overzicht/plaatsen.csv")
    def overview_places_csv() -> Response:
        shared = _asked_share(front)
        return csv_response("plaatsen.csv", _lines(shared.found, front.words()))

    @blueprint.get("/overzicht/plaatsen.xlsx")
    def overview_places_xlsx() -> Response:
        shared = _asked_share(front)
        if shared.found is None:
            raise InputError("places must be those of somebody who waits.")
        content = workbook_bytes(shared.found, lang=front.words().language)
        return file_response("plaatsen.xlsx", content, _XLSX)


def _asked_share(front: Front) -> Shared:
    """Share out for a file.

    Raises
    ------
    InputError
        If the address asks for something that is not there.
    """
    front.asker().must_have("share")
    terms, errors = _terms(front.words())
    if errors:
        raise InputError(errors[0].text)
    return _share(front, terms)


def _share(front: Front, terms: Terms) -> Shared:
    return share_places(front.office, front.asker(), terms=terms, now=front.now(), time_limit_s=PLACES_LIMIT_S)


def _asked() -> dict[str, str]:
    """Return what was asked of the places, in an address or in a form."""
    asked = {name: request.values.get(name, "").strip() for name in ("doel", *CAPS)}
    return {name: value for name, value in asked.items() if value}


def _terms(words: Words) -> tuple[Terms, list[FieldError]]:
    """Return what places must keep to; where a field cannot be read, its error."""
    asked, caps, errors = _asked(), {}, []
    for name, key in CAPS.items():
        text = asked.get(name, "")
        is_number = text.isascii() and text.isdecimal() and len(text) < 4 and int(text) > 0
        if is_number:
            caps[key] = int(text)
        elif text:
            errors.append(FieldError(name, words("overview_error_cap", most=MOST_PLACES)))
    objective = asked.get("doel", "")
    return Terms(objective=objective if objective in OBJECTIVES else OBJECTIVES[0], **caps), errors


def _page(front: Front, shared: Shared | None, *, errors: list[FieldError]) -> Response:
    asked, words = _asked(), front.words()
    if shared is None:
        with front.office.store.reading() as work:
            n = len(waiting_dossiers(work, front.asker(), today=front.today()))
    else:
        n = shared.waiting
    key = {0: "overview_waiting_none", 1: "overview_waiting_one"}.get(n, "overview_waiting")
    return front.page(
        "overview_places.html",
        status=422 if errors else 200,
        n_waiting=n,
        waiting=words(key, n=n, days=DAYS_HELD),
        most=MOST_WAITING,
        asked=asked,
        address={**asked, "verdeel": "ja"} if shared else asked,
        objectives=[(one, words(f"overview_objective_{one}")) for one in OBJECTIVES],
        shared=shared,
        found=shared.found if shared else None,
        ticked=request.form.getlist("voorstel"),
        day=date.fromisoformat,
        errors=errors,
        error_at={error.field: error.text for error in errors},
    )


def _lines(found: AllocationAnswer | None, words: Words) -> Iterator[list[str]]:
    heads = ("code", "since_head", "place", "activity_head", "organiser_head", "why")
    yield [words(f"overview_{name}") for name in heads]
    for one in found["people"] if found else ():
        yield [
            one["profile_id"],
            one["waiting_since"] or "",
            one["title"] or words("overview_no_place"),
            one["activity_id"] or "",
            one["organiser"] or "",
            one["reason"]["sentence_nl" if words.language == "nl" else "sentence_en"],
        ]
