"""Places for many: what is asked of an allocation, and the shape of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from .answer import Caution

OBJECTIVES = ("fit", "worst-off")
RULES = ("force", "forbid")
MOST_CANDIDATES = 1000
Outcome = Literal["placed", "no_place", "no_candidates", "done"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair that was settled by hand: this person must, or may not, go to this activity.

    rule : {'force', 'forbid'}
    place, key : str
        Where it stands: a line of a file, or a path in a request that ends in a point.
    """

    profile_id: str
    activity_id: str
    rule: str
    place: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an allocation must keep to.

    Parameters
    ----------
    objective : {'fit', 'worst-off'}
    max_per_organiser, max_per_group : int or None
        How many of these people one organiser, and one group, takes.
    candidates : int
        How many activities of each person are looked at: the best allowed ones. Who would stay without a place is
        looked at with the best `MOST_CANDIDATES`.
    unknown_places : int
        So many places count where their number is not known.
    level : float or None
        Scores that differ by less are one level to ``worst-off``; None chooses by the number of people.
    """

    objective: str = "fit"
    max_per_organiser: int | None = None
    max_per_group: int | None = None
    candidates: int = 30
    unknown_places: int = 3
    level: float | None = None


class AllocationSettings(TypedDict):
    """With what the allocation was made."""

    candidates: int
    unknown_places: int
    max_per_organiser: int | None
    max_per_group: int | None
    level: float | None


class AllocationTotals(TypedDict):
    """The whole in numbers."""

    people: int
    placed: int
    no_place: int
    no_candidates: int
    done: int
    score: float
    mean_score: float | None
    lowest_score: float | None
    first_choice: int


class PersonPlace(TypedDict):
    """What one person got; ``rank`` 1 is the activity that suits best."""

    profile_id: str
    waiting_since: str | None
    outcome: Outcome
    activity_id: str | None
    title: str | None
    organiser: str | None
    score: float | None
    rank: int | None
    reason: Caution


class GroupPlaces(TypedDict):
    """What became of the places of one activity."""

    activity_id: str
    title: str
    organiser: str
    places: int
    places_known: bool
    minimum: int | None
    people: list[str]
    left: int


class Envy(TypedDict):
    """A place that a person would rather have had, and why it went otherwise.

    ``change`` is what an exchange with one other person does to the total, ``loss`` what the total loses at least
    if the person gets this place and all others move as well as they can.
    """

    profile_id: str
    activity_id: str
    title: str
    score: float
    own_activity_id: str | None
    own_score: float | None
    code: str
    exchange_with: str | None
    change: float | None
    loss: float | None
    sentence_nl: str
    sentence_en: str


class AllocationAnswer(TypedDict):
    """Who goes where, and why."""

    generated_at: str
    today: str
    offer_version: str
    model_version: str
    objective: Literal["fit", "worst-off"]
    settings: AllocationSettings
    optimal: bool
    gap: float | None
    totals: AllocationTotals
    people: list[PersonPlace]
    activities: list[GroupPlaces]
    envy: list[Envy]
    notes: list[Caution]
