"""The shape of what is answered: plain dictionaries, so that one request costs little and JSON needs no step."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

Answer = Literal["yes", "no", "unknown"]
Verdict = Literal["fits", "discuss", "does_not_fit"]

ASPECTS = ("interests", "language", "group", "schedule", "distance", "contact", "practical")
"""The aspects of a score, in the order in which they are shown."""
LIMIT_CODES = (
    "criteria",
    "avoid",
    "distance",
    "price",
    "age",
    "audience",
    "need",
    "schedule",
    "full",
    "over",
)
"""The codes of the hard limits, in the order in which they are named."""


class CriteriaPoint(TypedDict):
    """One of the six points of the criteria check."""

    id: str
    answer: Answer
    sentence_nl: str
    sentence_en: str


class CriteriaCheck(TypedDict):
    """The advice on an activity: the trajectbegeleider decides together with the person."""

    verdict: Verdict
    discuss_because: Literal["doubt", "missing"] | None
    missing: list[str]
    points: list[CriteriaPoint]


class Track(TypedDict):
    """Who must follow, and the hours that are left."""

    obligation: Literal["mandatory", "optional", "unknown"]
    missing: list[str]
    sentence_nl: str
    sentence_en: str
    hours_done: float
    hours_to_go: float


class Aspect(TypedDict):
    """One aspect of a score: 0 to 1, higher is better, with its share of the whole."""

    score: float
    weight: float
    reason_nl: str
    reason_en: str


class Hours(TypedDict):
    """What the person could attend, never what will be granted."""

    per_session: float | None
    sessions_attendable: int | None
    attendable: float | None
    covers_to_go: bool | None
    reached_on: str | None


class Caution(TypedDict):
    """Something to know or to ask after."""

    code: str
    sentence_nl: str
    sentence_en: str


class SuggestedActivity(TypedDict):
    """One proposal of the ranked list."""

    rank: int
    activity_id: str
    title: str
    organiser: str
    kind: str
    score: float
    aspects: dict[str, Aspect]
    criteria: CriteriaCheck
    hours: Hours
    unknown: list[str]
    warnings: list[Caution]


class Change(TypedDict):
    """The smallest change of the profile that lets an activity in: one of ``add``, ``remove``, ``set``."""

    key: str
    add: NotRequired[str]
    remove: NotRequired[str]
    set: NotRequired[Any]


class NearestExcluded(TypedDict):
    """An activity that one limit keeps out."""

    activity_id: str
    title: str
    score_if_allowed: float
    code: str
    sentence_nl: str
    sentence_en: str
    change: Change | None


class Excluded(TypedDict):
    """What is not proposed, and why."""

    total: int
    by_reason: dict[str, int]
    only_reason: dict[str, int]
    nearest: list[NearestExcluded]


class Suggestion(TypedDict):
    """The ranked shortlist of one profile."""

    profile_id: str
    generated_at: str
    today: str
    offer_version: str
    model_version: str
    varied: NotRequired[bool]
    track: Track
    suggestions: list[SuggestedActivity]
    allowed: int
    excluded: Excluded


class ActivityPage(TypedDict):
    """A page of the offer; ``next`` is the cursor of the following page."""

    items: list[dict[str, Any]]
    next: str | None
