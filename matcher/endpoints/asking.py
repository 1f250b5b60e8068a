"""Calls that ask and store nothing: suggestions, the criteria check, the offer."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, Response

from ..model import read_profile, read_proposal
from ..model.fields import Day, Frozen, one_of, whole
from ..service import K_MOST, check_activity
from ..service.listing import list_activities
from ..vocabulary import KINDS, STATUSES, interests
from .means import Means, as_json
from .reading import PAGE_USUAL, PageSize, body, query, read


class SuggestionRequest(Frozen):
    """Body of a request for suggestions; the profile is read by itself."""

    profile: Any
    k: Annotated[int, whole(1, K_MOST)] = 10
    today: Day | None = None
    varied: bool = False


class ActivityQuery(Frozen):
    """Parameters of the list of activities."""

    kind: Annotated[str, one_of(KINDS)] | None = None
    interest: Annotated[str, one_of(interests())] | None = None
    municipality: str | None = None
    day: str | None = None
    q: str | None = None
    status: Annotated[str, one_of(STATUSES)] | None = None
    limit: PageSize = PAGE_USUAL
    cursor: str | None = None


def add_asking(blueprint: Blueprint, means: Means) -> None:
    """Add the calls that ask."""

    @blueprint.post("/suggestions")
    def suggestions() -> Response:
        now = means.clock()
        asked = read(SuggestionRequest, body())
        profile = read_profile(asked.profile)
        today = asked.today or means.today(now)
        return as_json(
            means.office.matcher().suggest(profile, today=today, now=now, k=asked.k, varied=asked.varied)
        )

    @blueprint.post("/criteria-check")
    def criteria_check() -> Response:
        return as_json(check_activity(read_proposal(body()), today=means.today(means.clock())))

    @blueprint.get("/activities")
    def activities() -> Response:
        return as_json(list_activities(means.office.matcher().activities, **query(ActivityQuery).model_dump()))

    @blueprint.get("/activities/<activity_id>")
    def activity(activity_id: str) -> Response:
        return as_json(means.office.matcher().activity(activity_id).to_json())
