"""The shape of what is told of a dossier: plain dictionaries, as `matcher.model.answer` has them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from .answer import CriteriaCheck


class ProfilePage(TypedDict):
    """A page of dossiers; ``next`` is the cursor of the following page."""

    items: list[dict[str, Any]]
    next: str | None


class Noted(TypedDict):
    """Something that was noted: its number in the dossier, when, and by which role."""

    number: int
    at: str
    role: str


class NotedOutcome(Noted):
    """What came of a proposal; the names are those of the file that `matcher tune` reads."""

    activity_id: str
    outcome: str
    on: str
    reason: NotRequired[str]
    visit_on: NotRequired[str]
    companion: NotRequired[str]
    arranged_by: NotRequired[str]
    title: str
    organiser: NotRequired[str]
    signatory: NotRequired[str]


class NotedHours(Noted):
    """Hours, or a correction of hours that ``corrects`` names."""

    on: NotRequired[str]
    hours: float
    activity_id: NotRequired[str]
    title: NotRequired[str]
    organiser: NotRequired[str]
    signatory: NotRequired[str]
    corrects: NotRequired[int]


class NotedProof(Noted):
    """A new bewijs van deelname, or the next state of the one that ``proof`` names."""

    state: str
    on: str
    activity_id: NotRequired[str]
    entries: NotRequired[list[int]]
    title: NotRequired[str]
    organiser: NotRequired[str]
    signatory: NotRequired[str]
    proof: NotRequired[int]


class NotedOwnActivity(Noted):
    """An own proposal, with the id that it was given."""

    activity_id: str
    proposal: dict[str, Any]
    knows_people: NotRequired[bool]
    on: str


class NotedDecision(Noted):
    """What was decided about an own proposal."""

    activity_id: str
    decision: str
    on: str


class NotedEnd(Noted):
    """The end of a dossier, or that it was opened again: then without ``ending``."""

    ending: NotRequired[str]
    on: str


class Undone(TypedDict):
    """What was taken back."""

    undone: int
    kind: str


class OutcomePage(TypedDict):
    """What came of each proposal, in the order in which it was noted; what was undone is left out."""

    items: list[NotedOutcome]
    next: None


class Before(TypedDict):
    """What stood there before a correction."""

    hours: float
    on: str


class Hours(TypedDict):
    """Hours of one day, as they count now; ``number`` is what a correction or a proof names.

    ``proof`` is the number of the bewijs that covers them; ``proved`` is true when that was checked.
    """

    number: int
    activity_id: str
    title: str
    organiser: str | None
    on: str
    hours: float
    proof: int | None
    proved: bool
    before: list[Before]


class HoursTotals(TypedDict):
    """Hours of the track: those before the dossier and all that were reported; those on a checked bewijs."""

    hours_before: float
    hours_reported: float
    hours_proved: float
    hours_to_go: float


class HoursPage(HoursTotals):
    """The hours of a dossier, by day."""

    items: list[Hours]
    next: None


class ProofStates(TypedDict, total=False):
    """The day on which each state was reached."""

    given: str
    signed: str
    back: str
    checked: str


class ProofOfHours(TypedDict):
    """A bewijs van deelname."""

    number: int
    activity_id: str
    title: str
    organiser: str | None
    signatory: str | None
    entries: list[int]
    hours: float
    state: str
    states: ProofStates


class ProofPage(TypedDict):
    """The bewijzen van deelname of a dossier."""

    items: list[ProofOfHours]
    next: None


class OwnActivityChecked(TypedDict):
    """An own proposal with the advice on it, and what was decided."""

    activity_id: str
    on: str
    proposal: dict[str, Any]
    knows_people: bool | None
    decision: str | None
    criteria: CriteriaCheck


class OwnActivityPage(TypedDict):
    """The own proposals of a dossier."""

    items: list[OwnActivityChecked]
    next: None


class FollowedActivity(TypedDict):
    """An activity in a dossier, with the last that came of it."""

    activity_id: str
    title: str
    organiser: str | None
    outcome: str
    on: str
    first_on: str
    reason: str | None
    visit_on: str | None
    companion: str | None
    arranged_by: str | None


class LastNoted(TypedDict):
    """The last thing that was noted and can be taken back."""

    number: int
    kind: str


class DossierState(HoursTotals):
    """How a dossier stands."""

    id: str
    municipality: str
    asked_by: Literal["inburgeraar", "caseworker", "other"]
    version: int
    opened_on: str
    ending: str | None
    ended_on: str | None
    followed: list[FollowedActivity]
    undoable: LastNoted | None
