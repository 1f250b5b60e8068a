"""Files to import: sent, looked at, taken over or dropped."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from ...errors import InputError, Problem
from ...service.offers import (
    MOST_BYTES,
    decide_pairs,
    drop_files,
    look_at,
    problems_csv,
    send_files,
    source_names,
    take_over,
)
from ..form import FieldError
from ..front import Front
from ..words import Words
from .changes import difference_words
from .showing import offer_sections, value_words

PROBLEMS_SHOWN, PAIRS_SHOWN = 50, 50
_ROOM_FOR_FORM = 1024 * 1024
_TOKEN_BYTES = 24
_PARTS_MOST = 1000
_READ_AS, _READINGS = "was read as ", ("understood", "near_column")
"""What begins so, with one of these codes, goes on with values or with the key of a column."""
_LISTS = ("interests", "facilities", "audience", "pauses")


def add_importing(blueprint: Blueprint, front: Front) -> None:
    """Add everything under ``/aanbod/invoeren``."""

    @blueprint.get("/aanbod/invoeren")
    def send_offer() -> Response:
        front.asker().must_have("import")
        return _send_page(front)

    @blueprint.post("/aanbod/invoeren")
    def receive_offer() -> AnyResponse:
        front.asker().must_have("import")
        request.max_content_length = MOST_BYTES + _ROOM_FOR_FORM
        try:
            files = [(one.filename or "", one.stream) for one in request.files.getlist("files") if one.filename]
        except (HTTPException, ValueError) as problem:
            too_large = getattr(problem, "code", 400) == 413
            return _send_page(front, "too_large" if too_large else "unreadable", status=413 if too_large else 400)
        try:
            upload = send_files(
                front.office, front.asker(), files, token=secrets.token_urlsafe(_TOKEN_BYTES), now=front.now()
            )
        except InputError as error:
            return _send_page(front, error.problems[0].code)
        return front.go("pages.preview_offer", token=upload.token)

    @blueprint.get("/aanbod/invoeren/<token>")
    def preview_offer(token: str) -> Response:
        words = front.words()
        upload, outcome, is_current = look_at(front.office, front.asker(), token)
        counts = Counter(problem.severity for problem in outcome.problems)
        return front.page(
            "offer_preview.html",
            token=token,
            files=source_names(upload),
            outcome=outcome,
            is_current=is_current,
            change=difference_words(outcome.differences, words),
            pairs=list(enumerate(outcome.pairs))[:PAIRS_SHOWN],
            n_open=sum(not pair.decision for pair in outcome.pairs),
            counts=counts,
            problems=[_problem(problem, words) for problem in outcome.problems[:PROBLEMS_SHOWN]],
            n_shown=PROBLEMS_SHOWN,
            why=lambda text: _why(text, words),
            offer_sections=offer_sections(front.asker()),
        )

    @blueprint.post("/aanbod/invoeren/<token>/paren")
    def decide_offer_pairs(token: str) -> AnyResponse:
        chosen = {
            number: request.form.get(f"pair-{number}", "")
            for number in range(PAIRS_SHOWN)
            if f"pair-{number}" in request.form
        }
        decide_pairs(front.office, front.asker(), token, chosen, now=front.now())
        return front.go("pages.preview_offer", front.words()("offer_pairs_saved"), token=token)

    @blueprint.post("/aanbod/invoeren/<token>/overnemen")
    def take_offer(token: str) -> AnyResponse:
        words = front.words()
        version = take_over(front.office, front.asker(), token, now=front.now())
        if version is None:
            return front.go("pages.send_offer", words("offer_preview_same"))
        return front.go("pages.versions", words("offer_preview_taken", n=version.number))

    @blueprint.post("/aanbod/invoeren/<token>/weg")
    def drop_offer(token: str) -> AnyResponse:
        drop_files(front.office, front.asker(), token)
        return front.go("pages.send_offer", front.words()("offer_preview_dropped"))

    @blueprint.get("/aanbod/invoeren/<token>/problemen.csv")
    def offer_problems(token: str) -> Response:
        _, outcome, _ = look_at(front.office, front.asker(), token)
        response = make_response(problems_csv(outcome.problems))
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.headers["Content-Disposition"] = 'attachment; filename="problemen.csv"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _send_page(front: Front, wrong: str = "", *, status: int = 0) -> Response:
    words = front.words()
    errors = []
    if wrong:
        name = f"offer_import_error_{wrong}"
        errors = [FieldError("files", words(name if words.has(name) else "offer_import_error_unreadable"))]
    return front.page(
        "offer_import.html",
        status=status or (422 if errors else 200),
        language="" if wrong else None,
        errors=errors,
        error_at={error.field: error.text for error in errors},
        offer_sections=offer_sections(front.asker()),
    )


def _why(text: str, words: Words) -> str:
    """Say why two records may be one; what has no words of its own stands as it is."""
    parts = []
    for part in text.split("; "):
        name = f"offer_why_{part.replace(' ', '_')}"
        parts.append(words(name) if words.has(name) else part)
    return ", ".join(parts)


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    """Return a problem in the language of the page, beside the exact words of the report."""
    key = problem.key.partition("[")[0]
    code = f"offer_problem_{problem.code}"
    what = words(code if words.has(code) else "offer_problem_other")
    is_reading = problem.code in _READINGS and problem.rule.startswith(_READ_AS)
    if is_reading:
        value = problem.rule.removeprefix(_READ_AS)
        said = _key_words(value, words) if problem.code == "near_column" else _reading_words(key, value, words)
        what = words("offer_problem_read_as", value=said)
    line = words("offer_problem_line", n=problem.place) if problem.place.isdecimal() else problem.place
    return {
        "severity": problem.severity,
        "where": ", ".join(part for part in (problem.source, line) if part),
        "key": _key_words(key, words),
        "value": problem.value,
        "what": what,
        "is_reading": is_reading,
        "exact": f"{problem.rule}. {problem.remedy}".strip(),
    }


def _reading_words(key: str, said: str, words: Words) -> str:
    """Say how a cell was read: values of the key of its column, or each behind its own key.

    Examples
    --------
    >>> nl = Words("nl")
    >>> _reading_words("schedule", "'di 19:00-21:00'", nl), _reading_words("price_eur", "1.5", nl)
    ('elke dinsdag van 19.00 tot 21.00 uur', '€ 1,50')
    >>> _reading_words("price_eur", "fee_eur 30, price_note", nl)
    'Lidgeld € 30, Over de prijs'
    >>> _reading_words("schedule", "schedule 'di 19:00-21:00', pauses 9 values", nl)
    'Dag en uur elke dinsdag van 19.00 tot 21.00 uur, Niet op 9 periodes'
    """
    parts = []
    for part in [said] if said.startswith("'") else said.split(", "):
        own, _, value = part.partition(" ")
        if not words.has(f"offer_key_{own}"):
            parts.append(_value_words(key, part, words))
        else:
            parts.append(f"{_key_words(own, words)} {_value_words(own, value, words)}".strip())
    return ", ".join(parts)


def _value_words(key: str, said: str, words: Words) -> str:
    """Say a value as the report writes it: text in quotes, a list with bars, a number bare."""
    text = said.strip("'")
    if not said:
        return said
    if said.endswith(" values"):
        n = said.removesuffix(" values")
        return words("offer_problem_pauses", n=n) if key == "pauses" else words("offer_problem_values", n=n)
    if key in _LISTS:
        return value_words(key, text.split("|"), words)
    if text == said and text.replace(".", "", 1).isdecimal():
        number = float(text)
        return value_words(key, int(number) if number.is_integer() else number, words)
    return value_words(key, text, words)


def _key_words(key: str, words: Words) -> str:
    name = f"offer_key_{key}"
    return words(name) if words.has(name) else key
