"""What all pages of one dossier share: how it is found, its frame, and which version somebody saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request

from ..errors import InputError, NotFoundError, shown
from ..service import dossiers as service
from .form import FieldError
from .front import Front

if TYPE_CHECKING:
    from ..model.dossier import Dossier
    from ..service.office import Work

TABS = (
    ("dossier", "pages.dossier"),
    ("shortlist", "pages.dossier_shortlist"),
    ("week", "pages.dossier_week"),
    ("plan", "pages.dossier_plan"),
    ("own", "pages.dossier_own"),
    ("profile", "pages.dossier_profile"),
    ("hours", "pages.dossier_hours"),
    ("handout", "pages.dossier_handout"),
    ("feed", "pages.dossier_feed"),
    ("register", "pages.dossier_register"),
)
"""Pages of a dossier: name and endpoint, in the order in which they are used."""


def find_dossier(front: Front, work: Work, code: str) -> Dossier:
    """Return the dossier of a code, however it was typed.

    Raises
    ------
    NotFoundError
        If there is none, or it is of a municipality that is not served.
    """
    try:
        return service.find_dossier(work, front.asker(), code)
    except InputError:
        raise NotFoundError(f"There is no dossier {shown(code)!r}.") from None


def seen_version() -> int:
    """Return the version of the dossier that a form was made from; what carries none comes too late.

    Every form has it: what arrives without was cut off or made up, and would overwrite what it never saw.
    """
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def dossier_page(
    front: Front,
    template: str,
    dossier: Dossier,
    *,
    errors: list[FieldError] | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """Render a page of one dossier, with the way to its other pages."""
    errors = errors or []
    return front.page(
        template,
        status=status,
        dossier=dossier,
        tabs=[(name, endpoint) for name, endpoint in TABS if endpoint in current_app.view_functions],
        errors=errors,
        error_at={error.field: error.text for error in reversed(errors)},
        **values,
    )
