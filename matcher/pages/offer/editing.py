"""A new activity in five fields, a record changed by its owner, and what a municipality knows of it itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ... import vocabulary
from ...errors import InputError, LateError, Problem
from ...explain import KIND_WORDS
from ...model import Activity
from ...service.offers import (
    EDITABLE,
    FIVE,
    add_activity,
    edit_facts,
    edit_record,
    kept_activity,
    own_record,
    report_full,
    show_record,
    shown,
    verify_record,
)
from ..form import FieldError
from ..front import Front
from ..words import Words
from .listing import FACT_CHOICES, record_page
from .showing import GROUPS, offer_sections, understood_words

CHOICES = {
    "kind": vocabulary.KINDS,
    "attendance": vocabulary.ATTENDANCES,
    "taalicoon": ("1", "2", "3", "4"),
    "participants": vocabulary.PARTICIPANTS,
    "interaction": vocabulary.INTERACTIONS,
    "new_people": ("yes", "no"),
    "status": vocabulary.STATUSES,
}
"""Fields of the full form with a list to choose from."""
SEVERAL = ("interests", "audience", "facilities")
LONG = ("description", "price_note", "registration", "pauses")
_DATES = ("start_date", "end_date")
_MONEY = ("price_eur", "reduced_price_eur", "fee_eur")
_NUMBERS = ("group_min", "group_max", "age_min", "age_max", "capacity", "places_left")
_LONGEST, _SHORT, _SEVERAL_MOST = 20_000, 2_000, 200


def add_editing(blueprint: Blueprint, front: Front) -> None:
    """Add the forms of a new activity, of a record and of local facts, and the two buttons of a call."""

    @blueprint.get("/aanbod/nieuw")
    def new_activity() -> Response:
        front.asker().must_have("offer")
        return _new_page(front, {})

    @blueprint.post("/aanbod/nieuw")
    def add_new_activity() -> AnyResponse:
        words = front.words()
        filled = {name: request.form.get(name, "").strip()[:_SHORT] for name in FIVE}
        try:
            with front.office.store.writing() as work:
                saved = add_activity(work, front.asker(), filled, now=front.now())
        except InputError as error:
            return _new_page(front, filled, error.problems)
        said = understood_words(saved.understood, saved.activity, words)
        message = f"{words('offer_new_done')} {said}".strip()
        return front.go("pages.offer_record", message, activity_id=saved.activity.id)

    @blueprint.get("/aanbod/<activity_id>/wijzig")
    def change_record(activity_id: str) -> Response:
        front.asker().must_have("offer")
        with front.office.store.reading() as work:
            record = own_record(work, front.asker(), activity_id)
        kept = kept_activity(record)
        return _edit_page(front, kept, {key: shown(kept, key) for key in EDITABLE}, seen=record.since)

    @blueprint.post("/aanbod/<activity_id>/wijzig")
    def save_record(activity_id: str) -> AnyResponse:
        words = front.words()
        filled, seen = _written(), whole(request.form.get("version", ""))
        asked_today = bool(request.form.get("today"))
        try:
            with front.office.store.writing() as work:
                saved = edit_record(
                    work, front.asker(), activity_id, filled, seen=seen, now=front.now(), asked_today=asked_today
                )
        except (InputError, LateError) as error:
            problems = error.problems if isinstance(error, InputError) else ()
            with front.office.store.reading() as work:
                kept = kept_activity(own_record(work, front.asker(), activity_id))
            return _edit_page(front, kept, filled, problems, seen=seen, is_late=isinstance(error, LateError))
        said = understood_words(saved.understood, saved.activity, words)
        return front.go(
            "pages.offer_record", f"{words('offer_edit_saved')} {said}".strip(), activity_id=activity_id
        )

    @blueprint.post("/aanbod/<activity_id>/feiten")
    def save_facts(activity_id: str) -> AnyResponse:
        words = front.words()
        filled = {key: request.form.get(key, "").strip()[:_SHORT] for key in _FACT_FIELDS}
        try:
            with front.office.store.writing() as work:
                edit_facts(
                    work,
                    front.asker(),
                    activity_id,
                    _facts(filled, today=front.today().isoformat() if request.form.get("today") else ""),
                    seen=whole(request.form.get("version", "")),
                    now=front.now(),
                )
        except InputError as error:
            with front.office.store.reading() as work:
                record = show_record(front.office, work, front.asker(), activity_id, now=front.now())
            errors = _errors(error.problems, words)
            return record_page(front, record, facts=filled, errors=errors, status=422)
        return front.go("pages.offer_record", words("offer_facts_saved"), activity_id=activity_id)

    @blueprint.post("/aanbod/<activity_id>/nagevraagd")
    def still_so(activity_id: str) -> AnyResponse:
        with front.office.store.writing() as work:
            was_full = verify_record(work, front.asker(), activity_id, now=front.now())
        return _after_call(front, activity_id, "room" if was_full else "still")

    @blueprint.post("/aanbod/<activity_id>/vol")
    def is_full(activity_id: str) -> AnyResponse:
        with front.office.store.writing() as work:
            report_full(work, front.asker(), activity_id, now=front.now())
        return _after_call(front, activity_id, "full")


_FACT_FIELDS = (*FACT_CHOICES, *vocabulary.NEEDS, "places_left")


def _after_call(front: Front, activity_id: str, done: str) -> AnyResponse:
    """Go back to where the button stood: to the record, or to the same place in the call list."""
    if request.form.get("from") != "calls":
        return front.go("pages.offer_record", front.words()(f"offer_done_{done}"), activity_id=activity_id)
    others = "ja" if request.form.get("others") else None
    after = request.form.get("after", "")[:80] or None
    everything = "ja" if request.form.get("everything") else None
    return front.go(
        "pages.calls", andere=others, alle=everything, gedaan=done, fiche=activity_id, na=after, _anchor="gedaan"
    )


def _new_page(front: Front, filled: dict[str, str], problems: Sequence[Problem] = ()) -> Response:
    words = front.words()
    errors = [_new_error(problem, words) for problem in problems]
    there = next((problem.value for problem in problems if problem.code == "duplicate_id"), None)
    kinds = [(kind, words.of(KIND_WORDS, kind)) for kind in vocabulary.KINDS]
    matcher = front.matcher()
    return front.page(
        "offer_new.html",
        status=422 if errors else 200,
        filled=filled,
        errors=errors,
        error_at={error.field: error.text for error in reversed(errors)},
        kinds=[("", words("offer_new_kind_open")), *kinds],
        organisers=sorted({activity.organiser for activity in matcher.activities}),
        there=there,
        offer_sections=offer_sections(front.asker()),
    )


def _new_error(problem: Problem, words: Words) -> FieldError:
    if problem.code == "register_number":
        return FieldError(problem.key, words("error_register_number"))
    if problem.code == "duplicate_id":
        return FieldError(problem.key, words("offer_error_double"))
    name = "schedule" if problem.key == "when" else problem.key
    known = problem.code == "missing" or problem.key in ("when", "where", "kind")
    return FieldError(problem.key, words(f"offer_error_{name}" if known else "offer_error_text"))


def _edit_page(
    front: Front,
    kept: Activity,
    filled: dict[str, str],
    problems: Sequence[Problem] = (),
    *,
    seen: int,
    is_late: bool = False,
) -> Response:
    words = front.words()
    errors = _errors(problems, words)
    if is_late:
        errors = [FieldError("version", words("offer_edit_late"))]
    return front.page(
        "offer_edit.html",
        status=412 if is_late else 422 if errors else 200,
        activity=kept,
        filled=filled,
        errors=errors,
        error_at={error.field: error.text for error in reversed(errors)},
        groups=_groups(),
        choices={key: _choices(key, words) for key in CHOICES},
        several={key: _several(key, words) for key in SEVERAL},
        long_fields=LONG,
        seen=seen,
        is_late=is_late,
        offer_sections=offer_sections(front.asker()),
    )


def _groups() -> list[tuple[str, list[str]]]:
    groups = [(name, [key for key in keys if key in EDITABLE]) for name, keys in GROUPS.items()]
    groups[0][1][:0] = ["title", "organiser"]
    next(keys for name, keys in groups if name == "where").extend(["lat", "lon"])
    return groups


def _choices(key: str, words: Words) -> list[tuple[str, str]]:
    unknown = ("", words("offer_edit_unknown"))
    if key == "kind":
        return [(kind, words.of(KIND_WORDS, kind)) for kind in CHOICES["kind"]]
    if key == "new_people":
        return [unknown, *((value, words(value)) for value in CHOICES[key])]
    return [unknown, *((value, words(f"offer_{key}_{value}")) for value in CHOICES[key])]


def _several(key: str, words: Words) -> list[tuple[str, str]]:
    if key == "interests":
        label = f"label_{words.language}"
        return [(one.id, getattr(one, label)) for one in vocabulary.interests().values()]
    if key == "audience":
        return [
            (one, words("offer_audience_everyone" if one == "everyone" else f"audience_{one}"))
            for one in vocabulary.AUDIENCES
        ]
    there = [(need, words(f"offer_facility_{need}")) for need in vocabulary.NEEDS]
    return there + [(f"-{need}", words("offer_facility_not", what=said)) for need, said in there]


def _written() -> dict[str, str]:
    """Return the fields of the full form as texts; of what can be ticked, the values with ``|`` between them."""
    found = {}
    for key in EDITABLE:
        if key in SEVERAL:
            found[key] = "|".join(request.form.getlist(key)[:_SEVERAL_MOST])
        elif key in request.form:
            most = _LONGEST if key == "description" else _SHORT
            text = request.form[key].replace("\r\n", "\n").replace("\r", "\n")
            found[key] = "".join(one for one in text if one.isprintable() or one == "\n").strip()[: most + 1]
    return found


def _facts(filled: dict[str, str], *, today: str) -> dict[str, Any]:
    """Return the form of local facts as the object that the service reads; what is empty is left out."""
    data: dict[str, Any] = {key: filled[key] for key in FACT_CHOICES if filled[key]}
    for key in ("taalicoon", "places_left"):
        text = filled[key]
        if text:
            data[key] = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text
    said = {"yes": "", "no": "-"}
    data["facilities"] = [f"{said.get(filled[need], '?')}{need}" for need in vocabulary.NEEDS if filled[need]]
    return data | ({"last_verified": today} if today else {})


def _errors(problems: Sequence[Problem], words: Words) -> list[FieldError]:
    found = [_error(problem, words) for problem in problems]
    order = [key for _, keys in _groups() for key in keys]
    found.sort(key=lambda error: order.index(error.field) if error.field in order else -1)
    return list(dict.fromkeys(found))


def _error(problem: Problem, words: Words) -> FieldError:
    key = problem.key.partition("[")[0].partition(".")[0]
    if problem.code == "register_number":
        return FieldError(key, words("error_register_number"))
    if problem.rule.startswith("must not be below"):
        return FieldError(key, words("offer_error_range"))
    if key in CHOICES or key in (*SEVERAL, "language") and key != "facilities":
        return FieldError(key, words("error_choice"))
    kinds = {
        **dict.fromkeys(_DATES, "date"),
        **dict.fromkeys(_MONEY, "price"),
        **dict.fromkeys(_NUMBERS, "number"),
        **dict.fromkeys(("lat", "lon"), "point"),
        **{name: name for name in ("title", "organiser", "schedule", "pauses", "facilities", "last_verified")},
    }
    return FieldError(key, words(f"offer_error_{kinds.get(key, 'text')}"))


def whole(text: str) -> int:
    """Return a version that a form carries; what is none is as old as can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
