"""The offer on a map that is drawn here, with the same in a list beside it."""

from __future__ import annotations

from flask import Blueprint, Response

from ...service.offers import OfferRow, draw_offer
from ..front import Front
from .listing import filter_choices, filtered, filters
from .showing import offer_sections, when_words

SPOTS_MOST, ROWS_MOST = 40, 15
"""So many places of a dot, and activities of a place, are named; the list of the offer has the others."""


def add_map(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /aanbod/kaart``."""

    @blueprint.get("/aanbod/kaart")
    def offer_map() -> Response:
        words, filled = front.words(), filters()
        rows, errors = filtered(front, filled, words)

        def when(row: OfferRow) -> str:
            return when_words(row.activity, words)

        return front.page(
            "offer_map.html",
            status=422 if errors else 200,
            errors=errors,
            error_at={error.field: error.text for error in errors},
            filled=filled,
            choices=filter_choices(words),
            n=len(rows),
            map=draw_offer(rows),
            spots_most=SPOTS_MOST,
            rows_most=ROWS_MOST,
            when=when,
            offer_sections=offer_sections(front.asker()),
        )
