"""The plan of a dossier: up to three ways to the 40 hours, side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..explain import KIND_WORDS
from ..model.steps import OutcomeStep, read_step
from ..service.dossier_plans import choose_activities, plan_dossier
from .dossier_frame import dossier_page, find_dossier, seen_version
from .form import FieldError
from .front import Front, limit_body
from .words import Words, sentence

if TYPE_CHECKING:
    from ..model.dossier import Dossier
    from ..model.plans import Plan

MOST_CHOSEN = 8
_SAID = ("reached", "not_reached")
"""Reasons that the heading of a plan says already."""


def add_plan(blueprint: Blueprint, front: Front) -> None:
    """Add the page with the plans, and the button that chooses one."""

    @blueprint.get("/dossiers/<code>/plan")
    def dossier_plan(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return _page(front, dossier)

    @blueprint.post("/dossiers/<code>/plan")
    def dossier_plan_chosen(code: str) -> AnyResponse:
        limit_body()
        words = front.words()
        wanted = [one[:100] for one in request.form.getlist("activity_id")[:MOST_CHOSEN]]
        try:
            for one in wanted:
                read_step(OutcomeStep, {"activity_id": one, "outcome": "chosen"})
            with front.office.store.writing() as work:
                code = find_dossier(front, work, code).code
                _, titles = choose_activities(
                    work, front.asker(), code, wanted, now=front.now(), seen=seen_version()
                )
        except InputError:
            with front.office.store.reading() as work:
                dossier = find_dossier(front, work, code)
            return _page(front, dossier, errors=[FieldError("inhoud", words("dossier_error_step"))], status=422)
        message = words("dossier_plan_chosen", list=words.listed(titles)) if titles else ""
        return front.go("pages.dossier_week", message, code=code)


def _page(
    front: Front, dossier: Dossier, *, errors: list[FieldError] | None = None, status: int = 200
) -> Response:
    words, today = front.words(), front.today()
    answer = plan_dossier(front.office, dossier, now=front.now()) if dossier.hours_to_go else None
    kept = {one.activity.activity_id for one in dossier.joined}
    plans = answer["plans"] if answer else []
    counted = {one["id"] for plan in plans for one in plan["activities"]}
    return dossier_page(
        front,
        "dossier_plan.html",
        dossier,
        errors=errors,
        status=status,
        answer=answer,
        plans=[_plan(one, kept, words, today) for one in plans],
        changes=[sentence(one[f"sentence_{words.language}"]) for one in answer["changes"]] if answer else [],  # type: ignore[literal-required]
        not_in=[one.activity.title for one in dossier.joined if one.activity.activity_id not in counted],
    )


def _plan(plan: Plan, kept: set[str], words: Words, today: date) -> dict[str, Any]:
    """Return what the page shows of one plan."""
    column = words.language
    longest = max((week["hours"] for week in plan["weeks"]), default=0.0)
    return {
        "it": plan,
        "activities": [
            {
                "title": one["title"],
                "organiser": one["organiser"],
                "kind": words.of(KIND_WORDS, one["kind"]),
                "where": one["where"],
                "when": sentence(one[f"when_{column}"].strip(" .")) if one["hours"] else "",  # type: ignore[literal-required]
                "hours": one["hours"],
                "kept": one["id"] in kept,
            }
            for one in plan["activities"]
        ],
        "new": [one["id"] for one in plan["activities"] if one["id"] not in kept],
        "reached": words.day(date.fromisoformat(plan["reached_on"]), today=today) if plan["reached_on"] else "",
        "reasons": [sentence(one[f"sentence_{column}"]) for one in plan["reasons"] if one["code"] not in _SAID],  # type: ignore[literal-required]
        "weeks": [
            {**week, "day": words.day(date.fromisoformat(week["week"]), today=today, weekday=False)}
            for week in plan["weeks"]
        ],
        "longest": longest,
    }
