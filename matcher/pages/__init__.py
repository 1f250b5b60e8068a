"""The web pages: the desk, the dossiers, the offer and the overview."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from .choice import add_choice
from .desk import add_desk
from .dossier import add_dossiers
from .front import Front, add_frame
from .offer import add_offer
from .overview import add_overview
from .overview_places import add_places
from .papers import add_papers

if TYPE_CHECKING:
    from ..service.office import Office

__all__ = ["pages"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def pages(office: Office, *, clock: Callable[[], datetime], rng: random.Random) -> Blueprint:
    """Make the pages of one office.

    Parameters
    ----------
    office : Office
        Holds the offer and the dossiers.
    clock : callable
        Returns now, with its zone, in Europe/Brussels.
    rng : random.Random
        Draws the codes of dossiers.
    """
    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets"
    )
    front = Front(office, clock=clock, rng=rng)
    for add in (add_frame, add_desk, add_choice, add_dossiers, add_papers, add_offer, add_overview, add_places):
        add(blueprint, front)

    @blueprint.after_request
    def guard(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return blueprint
