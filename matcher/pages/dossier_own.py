"""An own proposal of the person: held against the criteria, kept, and decided about together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from .. import vocabulary
from ..errors import InputError, LateError, Problem
from ..explain import KIND_WORDS
from ..model.activity import read_proposal
from ..model.dossier import OwnActivity
from ..model.steps import DECISIONS, DecisionStep, OwnActivityStep, read_step
from ..service import dossiers as service
from .dossier_frame import dossier_page, find_dossier, seen_version
from .form import FieldError, iso_date
from .front import Front, limit_body
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier

TEXT_FIELDS = (
    *("title", "organiser", "kind", "schedule", "start_date", "end_date", "place", "postal_code"),
    *("language", "participants", "interaction", "signatory"),
)
GROUPS: Mapping[str, Mapping[str, int]] = {
    "alone": {"group_max": 1},
    "duo": {"group_min": 2, "group_max": 2},
    "small": {"group_min": 3, "group_max": 8},
    "large": {"group_min": 9},
}
"""What each choice of a group says."""
LANGUAGES = ("nl", "nl+", "other")
FIELDS = (*TEXT_FIELDS, "group", "knows_people")
_OTHER_LANGUAGE = "und"
_KNOWS = {"yes": True, "no": False}
_MOST = 300


def add_own_proposals(blueprint: Blueprint, front: Front) -> None:
    """Add the page on which an own proposal is checked, kept and decided about."""

    @blueprint.get("/dossiers/<code>/eigen-voorstel")
    def dossier_own(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return _page(front, dossier, {})

    @blueprint.post("/dossiers/<code>/eigen-voorstel")
    def dossier_own_noted(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        filled = {name: request.form.get(name, "").strip()[:_MOST] for name in FIELDS}
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        try:
            knows = _KNOWS.get(filled["knows_people"])
            step = read_step(OwnActivityStep, {"proposal": _proposal_data(filled), "knows_people": knows})
            proposal = read_proposal(step.proposal)
            if request.form.get("do") == "check":
                draft = OwnActivity(
                    activity_id="", proposal=proposal, knows_people=knows, decision=None, on=front.today()
                )
                return _page(front, dossier, filled, draft=draft)
            with front.office.store.writing() as work:
                _, event = service.note_step(
                    work, front.asker(), dossier.code, step, now=front.now(), seen=seen_version()
                )
        except InputError as problem:
            return _page(front, dossier, filled, errors=_errors(problem.problems, words), status=422)
        except LateError:
            errors = [FieldError("title", words("dossier_error_late"))]
            return _page(front, dossier, filled, errors=errors, status=412)
        message = words("dossier_own_kept", title=proposal.title)
        return front.go("pages.dossier_own", message, code=dossier.code, _anchor=event.data["activity_id"])

    @blueprint.post("/dossiers/<code>/eigen-voorstel/beslissing")
    def dossier_own_decided(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        given = {name: request.form.get(name, "")[:100] for name in ("activity_id", "decision")}
        try:
            step = read_step(DecisionStep, given)
        except InputError:
            with front.office.store.reading() as work:
                dossier = find_dossier(front, work, code)
            errors = [FieldError(f"decision-{given['activity_id']}", words("dossier_error_decision"))]
            return _page(front, dossier, {}, errors=errors, status=422)
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            service.note_step(work, front.asker(), dossier.code, step, now=front.now(), seen=seen_version())
        message = words(f"dossier_decided_{step.decision}")
        return front.go("pages.dossier_own", message, code=dossier.code, _anchor=step.activity_id)

    @blueprint.get("/dossiers/<code>/eigen-voorstel/beslissing")
    def dossier_own_back(code: str) -> AnyResponse:
        return front.go("pages.dossier_own", code=code)


def _proposal_data(filled: Mapping[str, str]) -> dict[str, Any]:
    """Turn what was filled in into a proposal as JSON gives it; what is empty is unknown."""
    data: dict[str, Any] = {name: filled[name] for name in TEXT_FIELDS if filled[name]}
    for name in ("start_date", "end_date"):
        if name in data:
            data[name] = iso_date(data[name])
    if data.get("language") == "other":
        data["language"] = _OTHER_LANGUAGE
    return data | dict(GROUPS.get(filled["group"], {}))


def _page(
    front: Front,
    dossier: Dossier,
    filled: Mapping[str, str],
    *,
    draft: OwnActivity | None = None,
    errors: list[FieldError] | None = None,
    status: int = 200,
) -> Response:
    words, today = front.words(), front.today()

    def checked(own: OwnActivity) -> dict[str, Any]:
        check = service.check_own(own, today=today)
        return {
            "it": own,
            "check": check,
            "verdict": f"verdict_{check['discuss_because'] or check['verdict']}",
            "followed": dossier.follows(own.activity_id),
        }

    choices = {
        "kind": [("", words("unknown")), *((one, words.of(KIND_WORDS, one)) for one in vocabulary.KINDS)],
        "group": [*((one, words(f"dossier_own_group_{one}")) for one in GROUPS), ("", words("unknown"))],
        "language": [*((one, words(f"dossier_own_language_{one}")) for one in LANGUAGES), ("", words("unknown"))],
        "interaction": _with_unknown("dossier_own_interaction_", vocabulary.INTERACTIONS, words),
        "participants": _with_unknown("dossier_own_participants_", vocabulary.PARTICIPANTS, words),
        "knows_people": [("no", words("no")), ("yes", words("yes")), ("", words("dossier_own_not_asked"))],
        "decision": [(one, words(f"dossier_decision_{one}")) for one in DECISIONS],
    }
    return dossier_page(
        front,
        "dossier_own.html",
        dossier,
        errors=errors,
        status=status,
        filled=filled,
        choices=choices,
        draft=checked(draft) if draft else None,
        kept=[checked(one) for one in reversed(dossier.own)],
    )


def _with_unknown(prefix: str, values: Sequence[str], words: Words) -> list[tuple[str, str]]:
    return [*((one, words(f"{prefix}{one}")) for one in values), ("", words("unknown"))]


def _errors(problems: Sequence[Problem], words: Words) -> list[FieldError]:
    """Turn problems of a proposal into sentences at the fields they came from."""
    found = []
    for one in problems:
        key = one.key.lstrip(".").split(".")[-1]
        if one.code == "register_number":
            found.append(FieldError(key if key in FIELDS else "title", words("error_register_number")))
        else:
            name = f"dossier_own_error_{key}"
            known = key in FIELDS and words.has(name)
            found.append(FieldError(key if known else "title", words(name if known else "dossier_error_step")))
    return list(dict.fromkeys(found))
