"""The web pages: the desk, the dossiers, the offer and the overview."""

from __future__ import annotations

from flask import Blueprint

from .choice import add_choice
from .desk import add_desk
from .dossier import add_dossiers
from .front import Front, add_frame, guarded
from .offer import add_offer
from .overview import add_overview
from .overview_places import add_places
from .papers import add_papers

__all__ = ["Front", "guarded", "pages"]


def pages(front: Front) -> Blueprint:
    """Make the pages of one office."""
    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets"
    )
    for add in (add_frame, add_desk, add_choice, add_dossiers, add_papers, add_offer, add_overview, add_places):
        add(blueprint, front)
    blueprint.after_request(guarded)
    return blueprint
