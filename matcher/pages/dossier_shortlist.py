"""The ranked shortlist of a dossier: propose, choose or decline on the card itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from ..service import dossiers as service
from .cards import make_cards
from .dossier_frame import dossier_page, find_dossier
from .dossier_words import arranger_choices, reason_choices, stand
from .front import Front
from .words import Words

if TYPE_CHECKING:
    from ..model.answer import SuggestedActivity
    from ..model.dossier import Dossier
    from ..service import Matcher

N_PROPOSALS, N_MOST = 10, 100
CARD_STEPS = {None: ("proposed", "chosen", "declined"), "proposed": ("chosen", "visit_planned", "declined")}
"""What can be noted on a card: of what is new, and of what was proposed already."""


def add_shortlist(blueprint: Blueprint, front: Front) -> None:
    """Add the page with the proposals for a dossier."""

    @blueprint.get("/dossiers/<code>/voorstellen")
    def dossier_shortlist(code: str) -> Response:
        words, today = front.words(), front.today()
        text = request.args.get("n", "")
        k = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else N_PROPOSALS
        k = min(max(k, 1), N_MOST)
        varied = request.args.get("gevarieerd") == "1"
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
            held = service.held_places(work, dossier, today=today)
        matcher = front.office.matcher(dossier.municipality)
        found = service.rank_shortlist(front.office, dossier, now=front.now(), k=k, varied=varied)
        cards = make_cards(found, matcher, dossier.matching_profile, words)
        for card, proposal in zip(cards, found["suggestions"], strict=True):
            card |= _noted(proposal, matcher, dossier, held, front)
        return dossier_page(
            front,
            "dossier_shortlist.html",
            dossier,
            found=found,
            cards=cards,
            card_steps="dossier_card_steps.html",
            top=_top(found["allowed"], len(cards), words),
            settled=[
                {"title": one.activity.title, "id": one.activity.activity_id, "stand": stand(one, words, today)}
                for one in dossier.followed
                if one.outcome in ("declined", "stopped")
            ],
            varied=varied,
            k=k,
            more=min(k + N_PROPOSALS, N_MOST) if found["allowed"] > len(cards) and k < N_MOST else 0,
            reasons=reason_choices(words),
            arrangers=arranger_choices(words),
            filled={},
        )


def _top(allowed: int, shown: int, words: Words) -> str:
    if allowed < 2:
        return words("allowed_one" if allowed else "allowed_none")
    return words("allowed_many" if shown < allowed else "allowed_all", n=allowed, k=shown)


def _noted(
    proposal: SuggestedActivity, matcher: Matcher, dossier: Dossier, held: dict[str, int], front: Front
) -> dict[str, Any]:
    """Return what a card says beside the proposal: whether it was proposed here, or a last place elsewhere."""
    words, today = front.words(), front.today()
    activity_id = proposal["activity_id"]
    followed = dossier.follows(activity_id)
    left, elsewhere = matcher.activity(activity_id).places_left, held.get(activity_id, 0)
    scarce = left is not None and left <= elsewhere
    return {
        "stand": stand(followed, words, today) if followed else "",
        "held": (words("dossier_held_one") if left == 1 else words("dossier_held", n=left)) if scarce else "",
        "steps": CARD_STEPS["proposed" if followed else None] if not dossier.ending else (),
    }
