"""The profile of a dossier: wishes and possibilities, changed in the form of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError, LateError
from ..model import read_profile
from ..service import dossiers as service
from . import form as forms
from .dossier_frame import dossier_page, find_dossier, seen_version
from .form import FieldError, Filled
from .form_choices import form_choices
from .front import Front, limit_body

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
            return _page(front, dossier, filled, errors=forms.in_page_order(errors), status=422)
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
    return dossier_page(
        front,
        "dossier_profile.html",
        dossier,
        errors=errors,
        status=status,
        filled=filled,
        form_action=url_for("pages.dossier_profile_changed", code=dossier.code),
        **form_choices(filled),
    )
