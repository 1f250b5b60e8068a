"""Calls that plan and store nothing: plans, places for a cohort, gaps of the offer."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, Response
from pydantic import BeforeValidator

from ..model import read_profile
from ..model.fields import Day, Frozen, as_tuple, number, one_of, whole
from ..model.places import MOST_CANDIDATES, OBJECTIVES, RULES, Terms, Tie
from ..model.profile import HOURS_OF_TRACK
from ..service.allocating import allocate_places
from ..service.gaps import find_gaps
from ..service.planning import HOURS_LEAST, HOURS_MOST, MOST_ACTIVITIES, PlanWish, make_plans
from .means import Means, as_json
from .reading import body, cohort, read

ALLOCATION_LIMIT_S = 10.0
PLAN_LIMIT_S = 3.0
"""A request for plans gets the best that was found within this time, and the gap that is left."""
GAPS_LIMIT_S = 20.0
"""The same for a request for gaps."""
MOST_PLACES = 1_000_000
TERMS = {"objective", "max_per_organiser", "max_per_group", "candidates", "unknown_places", "level"}


class AskedPair(Frozen):
    """A pair that was settled by hand."""

    profile_id: str
    activity_id: str
    rule: Annotated[str, one_of(RULES)]


class AllocationRequest(Frozen):
    """Body of a request for places; the profiles are read by themselves."""

    profiles: Any
    today: Day | None = None
    objective: Annotated[str, one_of(OBJECTIVES)] = "fit"
    pairs: Annotated[tuple[AskedPair, ...], BeforeValidator(as_tuple)] = ()
    max_per_organiser: Annotated[int, whole(1, MOST_PLACES)] | None = None
    max_per_group: Annotated[int, whole(1, MOST_PLACES)] | None = None
    candidates: Annotated[int, whole(1, MOST_CANDIDATES)] = 30
    unknown_places: Annotated[int, whole(0, MOST_PLACES)] = 3
    level: Annotated[float, number(0.0001, 1)] | None = None


class PlanRequest(Frozen):
    """Body of a request for plans; the profile is read by itself."""

    profile: Any
    today: Day | None = None
    hours: Annotated[float, number(HOURS_LEAST, HOURS_MOST)] = HOURS_OF_TRACK
    by: Day | None = None
    max_activities: Annotated[int, whole(1, MOST_ACTIVITIES)] = 4


class GapsRequest(Frozen):
    """Body of a request for gaps; the profiles are read by themselves."""

    profiles: list[Any]
    today: Day | None = None
    by: Day | None = None


def add_planning(blueprint: Blueprint, means: Means) -> None:
    """Add the calls that plan."""

    @blueprint.post("/plans")
    def plans() -> Response:
        now = means.clock()
        asked = read(PlanRequest, body())
        profile = read_profile(asked.profile)
        wish = PlanWish(
            hours=asked.hours, by=asked.by, max_activities=asked.max_activities, time_limit_s=PLAN_LIMIT_S
        )
        today = asked.today or means.today(now)
        return as_json(make_plans(means.office.matcher(), profile, today=today, now=now, wish=wish))

    @blueprint.post("/gaps")
    def gaps() -> Response:
        now = means.clock()
        asked = read(GapsRequest, body())
        profiles = cohort(asked.profiles)
        today, matcher = asked.today or means.today(now), means.office.matcher()
        return as_json(find_gaps(matcher, profiles, today=today, now=now, by=asked.by, time_limit_s=GAPS_LIMIT_S))

    @blueprint.post("/allocations")
    def allocations() -> Response:
        now = means.clock()
        asked = read(AllocationRequest, body())
        return as_json(
            allocate_places(
                means.office.matcher(),
                cohort(asked.profiles),
                today=asked.today or means.today(now),
                now=now,
                terms=Terms(**asked.model_dump(include=TERMS)),
                ties=[
                    Tie(one.profile_id, one.activity_id, one.rule, key=f"pairs[{place}].")
                    for place, one in enumerate(asked.pairs)
                ],
                time_limit_s=ALLOCATION_LIMIT_S,
            )
        )
