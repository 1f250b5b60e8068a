"""The shape of a plan: how one person reaches the hours of the track with several activities."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from .answer import Caution


class PlannedActivity(TypedDict):
    """One activity of a plan; ``hours`` is what the plan counts of it."""

    id: str
    title: str
    organiser: str
    kind: str
    where: str | None
    score: float
    hours: float
    when_nl: str
    when_en: str
    reason_nl: str
    reason_en: str
    unknown: list[str]
    warnings: list[Caution]


class PlannedSession(TypedDict):
    """One dated session or visit."""

    activity_id: str
    start: str
    end: str
    hours: float


class AgreedHours(TypedDict):
    """Hours by agreement in the week from a Monday on."""

    activity_id: str
    week: str
    hours: float


class PlannedWeek(TypedDict):
    """Hours of the week from a Monday on, and all up to its end, with what was done before."""

    week: str
    hours: float
    total: float


class Plan(TypedDict):
    """A set of activities with its calendar, until the day on which the hours are reached."""

    activities: list[PlannedActivity]
    sessions: list[PlannedSession]
    by_agreement: list[AgreedHours]
    weeks: list[PlannedWeek]
    hours_total: float
    hours_possible: float
    first_day: str
    reached_on: str | None
    feasible: bool
    optimal: bool
    gap: float
    reasons: list[Caution]


class PlanChange(TypedDict):
    """One change, and how far the best plan gets with it."""

    key: str
    add: NotRequired[str]
    set: NotRequired[Any]
    activity_id: NotRequired[str]
    feasible: bool
    reached_on: str | None
    hours_possible: float
    sentence_nl: str
    sentence_en: str


class NotPlanned(TypedDict):
    """An activity that suits the person, but cannot be put into a plan."""

    activity_id: str
    title: str
    score: float
    code: str
    sentence_nl: str
    sentence_en: str


class PlanAnswer(TypedDict):
    """At most three clearly different plans of one person, the best first."""

    profile_id: str
    generated_at: str
    today: str
    offer_version: str
    model_version: str
    hours: float
    hours_done: float
    hours_to_go: float
    by: str | None
    until: str
    max_activities: int
    candidates: int
    sentence_nl: str
    sentence_en: str
    plans: list[Plan]
    changes: list[PlanChange]
    complete: bool
    not_planned: list[NotPlanned]
    not_planned_total: int
