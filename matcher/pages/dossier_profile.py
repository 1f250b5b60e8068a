"""The profile of a dossier: wishes and possibilities, changed in the form of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from .. import vocabulary
from ..errors import InputError, LateError
from ..model import read_profile
from ..schedule import DAYS_NL
from ..service import dossiers as service
from . import form as forms
from .desk import branches
from .dossier_frame import dossier_page, find_dossier, limit_body, seen_version
from .form import FieldError, Filled
from .front import Front

if TYPE_CHECKING:
    from ..model.dossier import Dossier


def add_profile(blueprint: Blueprint, front: Front) -> None:
    """Add the page on which wishes and possibilities are changed."""

    @blueprint.get("/dossiers/<code>/profiel")
    def dossier_profile(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return _page(front, dossier, forms.fill_form(dossier.profile))

    @blueprint.post("/dossiers/<code>/profiel")
    def dossier_profile_changed(code: str) -> AnyResponse:
        limit_body()
        filled, words = forms.read_form(request.form), front.words()
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        preset = request.form.get("preset", "")
        if preset:
            return _page(front, dossier, forms.apply_preset(filled, preset))
        errors = forms.check_form(filled, words)
        try:
            profile = read_profile(forms.changed_data(dossier.profile, filled))
        except InputError as problem:
            errors = forms.field_errors(problem.problems, filled, words) + errors
        if errors:
            order = (*forms.ONE, *forms.MANY)
            known = sorted(errors, key=lambda one: order.index(one.field) if one.field in order else -1)
            return _page(front, dossier, filled, errors=known, status=422)
        try:
            with front.office.store.writing() as work:
                service.change_profile(
                    work, front.asker(), dossier.code, profile, now=front.now(), seen=seen_version()
                )
        except LateError:
            errors = [FieldError("vraag", words("dossier_error_late"))]
            return _page(front, dossier, filled, errors=errors, status=412)
        return front.go("pages.dossier", words("dossier_profile_saved"), code=dossier.code)


def _page(
    front: Front,
    dossier: Dossier,
    filled: Filled,
    *,
    errors: list[FieldError] | None = None,
    status: int = 200,
) -> Response:
    words = front.words()
    code = forms.postal_code(filled)
    return dossier_page(
        front,
        "dossier_profile.html",
        dossier,
        errors=errors,
        status=status,
        filled=filled,
        form_action=url_for("pages.dossier_profile_changed", code=dossier.code),
        branches=branches(words),
        vocabulary=vocabulary,
        days=DAYS_NL,
        workdays=forms.WORKDAYS,
        parts=forms.PARTS,
        presets=[(name, boxes, forms.preset_lines(name)) for name, boxes in forms.PRESETS.items()],
        place=vocabulary.places().get(code, ("", 0, 0))[0],
        place_unknown=bool(code) and code not in vocabulary.places(),
    )
