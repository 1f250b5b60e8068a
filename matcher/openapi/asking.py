"""The calls that ask and plan, and store nothing."""

from __future__ import annotations

from ..vocabulary import KINDS, STATUSES, interests
from .parts import Json, call, parameter, ref


def paths() -> Json:
    """Return the calls that ask and plan."""
    plain = {"type": "object"}
    return {
        "/healthz": {"get": call("health", "Tell whether the service is alive.", plain)},
        "/readyz": {"get": call("ready", "Tell whether the service can answer.", plain)},
        "/api/v1/openapi.json": {"get": call("description", "Give this description.", plain)},
        "/api/v1/suggestions": {
            "post": call(
                "suggest",
                "Rank the offer for a profile. Nothing is stored.",
                ref("Suggestion"),
                body="SuggestionRequest",
            )
        },
        "/api/v1/allocations": {
            "post": call(
                "allocate",
                "Give each person of a cohort at most one place, and say why. Nothing is stored.",
                ref("AllocationAnswer"),
                body="AllocationRequest",
            )
        },
        "/api/v1/plans": {
            "post": call(
                "plan",
                "Plan the hours of the track from several activities. Nothing is stored; after some seconds the "
                "best so far is given, with the gap that is left.",
                ref("PlanAnswer"),
                body="PlanRequest",
            )
        },
        "/api/v1/gaps": {
            "post": call(
                "gaps",
                "Hold what many people wish against the offer, and rank made-up activities by the hours that each "
                "would bring. Nothing is stored; counts under 10 are not told; after some seconds the best so far "
                "is given, with the gap that is left.",
                ref("GapsAnswer"),
                body="GapsRequest",
            )
        },
        "/api/v1/criteria-check": {
            "post": call(
                "checkCriteria",
                "Hold an activity or an own proposal against the criteria; only `title` is required.",
                ref("CriteriaCheck"),
                body="Proposal",
            )
        },
        "/api/v1/activities": {
            "get": call("activities", "List the offer, in the order of the ids.", ref("ActivityPage"), FILTERS)
        },
        "/api/v1/activities/{id}": {
            "get": call("activity", "Give one activity.", ref("Activity"), [parameter("id", "path")])
        },
    }


FILTERS = [
    parameter("kind", enum=list(KINDS)),
    parameter("interest", text="An interest, or one under it in the tree.", enum=list(interests())),
    parameter("municipality", text="In any case, with or without accents."),
    parameter("day", text="A day of the week (di, tue) or a date (2026-12-01) on which it takes place."),
    parameter("q", text="Words of the title, the description, the organiser or the place."),
    parameter("status", enum=list(STATUSES)),
    parameter("limit", type="integer", minimum=1, maximum=200, default=50),
    parameter("cursor", text="The `next` of the page before."),
]
