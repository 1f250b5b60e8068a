"""What is noted in a dossier by a button or a small form: outcomes, undo, the end, deleting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..model.steps import EndStep, OutcomeStep, read_step
from ..service import dossiers as service
from .dossier_frame import dossier_page, find_dossier, seen_version
from .dossier_words import event_text
from .form import FieldError, iso_date
from .front import Front, limit_body
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, Event

STEP_KEYS = ("outcome", "reason", "visit_on", "companion", "arranged_by")
BACK = {"": "pages.dossier", "voorstellen": "pages.dossier_shortlist", "eigen-voorstel": "pages.dossier_own"}
"""Where a form may go back to, by the word that it sends."""


def add_steps(blueprint: Blueprint, front: Front, show: Callable[..., Response]) -> None:
    """Add what the buttons and forms in a dossier write."""

    @blueprint.get("/dossiers/<code>/stap", defaults={"page": "stap"})
    @blueprint.get("/dossiers/<code>/ongedaan", defaults={"page": "ongedaan"})
    @blueprint.get("/dossiers/<code>/einde", defaults={"page": "einde"})
    @blueprint.get("/dossiers/<code>/heropen", defaults={"page": "heropen"})
    def dossier_back(code: str, page: str) -> AnyResponse:
        return front.go("pages.dossier", code=code)

    @blueprint.post("/dossiers/<code>/stap")
    def dossier_step(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        filled = {key: request.form.get(key, "").strip()[:100] for key in ("activity_id", *STEP_KEYS)}
        try:
            dossier, event = _note_outcome(front, code, filled)
        except InputError as problem:
            with front.office.store.reading() as work:
                dossier = find_dossier(front, work, code)
            return show(front, dossier, errors=_step_errors(problem, filled, words), filled=filled, status=422)
        text = event_text(event, dossier, words, front.today())
        advice = f"dossier_after_{filled['reason']}"
        message = words("dossier_noted", what=text) + (f" {words(advice)}" if words.has(advice) else "")
        return front.go(BACK.get(request.form.get("back", ""), BACK[""]), message, code=dossier.code)

    @blueprint.post("/dossiers/<code>/ongedaan")
    def dossier_undo(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        with front.office.store.writing() as work:
            before = find_dossier(front, work, code)
            last = before.undoable
            service.undo_last(work, front.asker(), before.code, now=front.now(), seen=seen_version())
        text = event_text(last, before, words, front.today()) if last else ""
        return front.go("pages.dossier", words("dossier_undone", what=text), code=before.code)

    @blueprint.post("/dossiers/<code>/einde")
    def dossier_end(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        try:
            step = read_step(EndStep, {"ending": request.form.get("ending", "")[:100]})
        except InputError:
            with front.office.store.reading() as work:
                dossier = find_dossier(front, work, code)
            errors = [FieldError("ending", words("dossier_error_ending"))]
            return show(front, dossier, errors=errors, status=422)
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            service.note_step(work, front.asker(), dossier.code, step, now=front.now(), seen=seen_version())
        return front.go("pages.dossier", words("dossier_ended_message"), code=dossier.code)

    @blueprint.post("/dossiers/<code>/heropen")
    def dossier_reopen(code: str) -> AnyResponse:
        limit_body()
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            service.reopen_dossier(work, front.asker(), dossier.code, now=front.now(), seen=seen_version())
        return front.go("pages.dossier", front.words()("dossier_reopened_message"), code=dossier.code)

    @blueprint.get("/dossiers/<code>/verwijder")
    def dossier_delete(code: str) -> Response:
        front.asker().must_have("delete")
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return dossier_page(front, "dossier_delete.html", dossier)

    @blueprint.post("/dossiers/<code>/verwijder")
    def dossier_deleted(code: str) -> AnyResponse:
        limit_body()
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            service.delete_dossier(work, front.asker(), dossier.code, seen=seen_version())
        return front.go("pages.dossiers", front.words()("dossier_deleted_message", code=dossier.code))


def _note_outcome(front: Front, code: str, filled: dict[str, str]) -> tuple[Dossier, Event]:
    data = {key: value for key, value in filled.items() if value}
    if "visit_on" in data:
        data["visit_on"] = iso_date(data["visit_on"])
    step = read_step(OutcomeStep, data)
    with front.office.store.writing() as work:
        dossier = find_dossier(front, work, code)
        return service.note_step(work, front.asker(), dossier.code, step, now=front.now(), seen=seen_version())


def _step_errors(problem: InputError, filled: dict[str, str], words: Words) -> list[FieldError]:
    """Turn problems of a step into sentences, each at its field of the activity that it is about."""
    found = []
    for one in problem.problems:
        key = one.key.lstrip(".")
        where = f"{key}-{filled['activity_id']}" if key in STEP_KEYS[1:] else "inhoud"
        name = f"dossier_error_{key}" if words.has(f"dossier_error_{key}") else "dossier_error_step"
        found.append(FieldError(where, words(name)))
    return list(dict.fromkeys(found))
