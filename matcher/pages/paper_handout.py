"""The handout: one page without scores for the inburgeraar, with fixed sentences in a second language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from ..errors import NotFoundError
from ..explain import TRANSPORT_WORDS
from ..model import Proposal
from ..schedule import local_day
from ..service import next_sessions
from ..service.sessions import known_activity
from .dossier_frame import dossier_page, find_dossier
from .facts import join_lines, place_line, price_line, shortened, when_lines
from .front import Front
from .paper_proofs import PAPER
from .words.handout import RIGHT_TO_LEFT, SENTENCES, TONGUES

if TYPE_CHECKING:
    from ..model.dossier import Dossier, Followed

N_MOST = 3
"""More does not fit on one page in large type."""
LONGEST = 90
"""A longer line is cut: the page must hold all of them."""
ROWS = ("when", "where", "travel", "join", "price", "first")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a handout tells of an activity.

    lines : in Dutch
    fixed : the name of a fixed sentence that comes after them, or empty
    """

    lines: tuple[str, ...]
    fixed: str = ""


def add_handout(blueprint: Blueprint, front: Front) -> None:
    """Add ``/dossiers/<code>/handout``."""

    @blueprint.get("/dossiers/<code>/handout")
    def dossier_handout(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        choice = _choice(front, dossier)
        chosen = _chosen(dossier, choice)
        tongue = request.args.get("taal", "")
        tongue = tongue if tongue in TONGUES else ""
        return dossier_page(
            front,
            "paper_handout.html",
            dossier,
            choice=choice,
            chosen=chosen,
            tongue=tongue,
            tongues=TONGUES,
            right_to_left=RIGHT_TO_LEFT,
            fixed=SENTENCES,
            phone_title=choice[chosen[0]] if len(chosen) == 1 else "",
            paper=PAPER,
            rows=ROWS,
            columns=[(shortened(choice[one], LONGEST), _column(front, dossier, one)) for one in chosen],
            n_most=N_MOST,
        )


def _choice(front: Front, dossier: Dossier) -> dict[str, str]:
    """Return the titles of the activities that a handout may be of: the dossier's, and those asked for."""
    titles = {
        one.activity.activity_id: one.activity.title
        for one in sorted(dossier.followed, key=lambda one: (not one.is_joined, one.outcome != "visit_planned"))
        if one.is_open
    }
    for activity_id in request.args.getlist("activiteit"):
        known = known_activity(front.office, dossier, activity_id)
        if known is not None:
            titles.setdefault(activity_id, known.title)
    return titles


def _chosen(dossier: Dossier, choice: dict[str, str]) -> list[str]:
    asked = [one for one in dict.fromkeys(request.args.getlist("activiteit")) if one in choice]
    joined = [one for one in choice if (followed := dossier.follows(one)) and followed.is_joined]
    return (asked or joined or list(choice))[:N_MOST]


def _column(front: Front, dossier: Dossier, activity_id: str) -> dict[str, Told]:
    known = known_activity(front.office, dossier, activity_id)
    followed = dossier.follows(activity_id)
    if known is None:
        return {
            "when": Told((), "ask_when"),
            "where": Told((), "ask_where"),
            "travel": Told(()),
            "join": Told((), "ask_join"),
            "price": Told((), "ask_price"),
            "first": _first(followed, None, front.today()),
        }
    when, where = _when(known, dossier, front.now()), shortened(place_line(known, PAPER), LONGEST)
    join, price = [shortened(line, LONGEST) for line in join_lines(known, PAPER)], price_line(known, PAPER)
    return {
        "when": Told(tuple(when), "" if when else "ask_when"),
        "where": Told((where,) if where else (), "" if where else "ask_where"),
        "travel": Told(tuple(_travel(front, dossier, activity_id))),
        "join": Told(tuple(join), "" if join else "ask_join"),
        "price": Told((price,) if price else (), "" if price else "ask_price"),
        "first": _first(followed, known, front.today()),
    }


def _when(known: Proposal, dossier: Dossier, now: datetime) -> list[str]:
    profile, today = dossier.profile, local_day(now)
    anybody = profile.model_copy(update={"availability": None})
    sessions = next_sessions(known, profile, today=today, now=now)
    sessions = sessions or next_sessions(known, anybody, today=today, now=now)
    return when_lines(known, sessions, PAPER, today=today)


def _travel(front: Front, dossier: Dossier, activity_id: str) -> list[str]:
    """Say how far it is; two centres of one postal code say nothing of the way between two doors."""
    matcher, profile = front.office.matcher(dossier.municipality), dossier.profile
    try:
        detail = matcher.details(profile, [activity_id], today=front.today())[0]
    except NotFoundError:
        return []
    activity, distance_km, minutes = detail["activity"], detail["distance_km"], detail["travel_min"]
    same_code = profile.home.lat is None and profile.home.postal_code == activity.postal_code
    if activity.is_online or distance_km is None:
        return []
    if activity.lat is None and same_code:
        return [PAPER("paper_handout_same_code")]
    km = PAPER.number(distance_km)
    if minutes is None or not profile.transport:
        return [PAPER("paper_handout_km", km=km)]
    how = PAPER.of(TRANSPORT_WORDS, profile.transport)
    return [PAPER("paper_handout_minutes", km=km, n=minutes, how=how)]


def _first(followed: Followed | None, known: Proposal | None, today: date) -> Told:
    if followed and followed.outcome == "attended":
        return Told((PAPER("paper_handout_been"),))
    lines = []
    if followed and followed.visit_on and followed.visit_on >= today:
        lines.append(PAPER("paper_handout_visit", day=PAPER.day(followed.visit_on, today=today)))
    if followed and followed.companion == "alone":
        return Told(tuple(lines), "first_alone")
    if followed and followed.companion == "companion":
        return Told(tuple(lines), f"first_{followed.arranged_by or 'companion'}")
    possible = known is not None and "companion" in known.facilities
    return Told(tuple(lines), "first_possible" if possible else "first_unknown")
