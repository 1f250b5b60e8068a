"""A dossier as it stands: what was noted about one person without a name, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .activity import Proposal
from .profile import HOURS_OF_TRACK, Profile

OPEN_OUTCOMES = ("proposed", "waiting", "chosen", "visit_planned", "attended")
"""Outcomes of which something may still come."""
_NOT_UNDOABLE = ("opened", "profile", "undone")
JOINED_OUTCOMES = ("chosen", "visit_planned", "attended")
"""Outcomes with which an activity stands in the person's week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that was noted: it is never changed, at most undone.

    number : from 1, in the order of writing, with gaps
    at : the moment, with its zone
    role : of who noted it
    kind : one of `matcher.model.steps.STEPS`, or ``opened``, ``profile``, ``reopened``, ``undone``
    data : what was noted, as JSON gives it
    undone : True when it was taken back
    """

    number: int
    at: datetime
    role: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    undone: bool = False

    @property
    def activity_id(self) -> str | None:
        """The activity it is about, if any."""
        return self.data.get("activity_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an activity was called when it was noted: the offer may change, a proof may not."""

    activity_id: str
    title: str
    organiser: str | None = None
    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One activity in a dossier, and what came of it last.

    first_on : the day on which it first came in
    on : the day of the last outcome
    event : the number of that outcome
    """

    activity: Named
    outcome: str
    on: date
    first_on: date
    event: int
    reason: str | None = None
    visit_on: date | None = None
    companion: str | None = None
    arranged_by: str | None = None

    @property
    def is_open(self) -> bool:
        """True as long as something may still come of it."""
        return self.outcome in OPEN_OUTCOMES

    @property
    def is_joined(self) -> bool:
        """True when it stands in the person's week."""
        return self.outcome in JOINED_OUTCOMES


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry:
    """Hours of one day.

    number : by which a correction or a proof names it
    hours : as they count now, more than 0
    before : what stood there earlier, the oldest first: the hours and the day
    proof : the number of the proof that covers it, or None
    proved : True when that proof was checked
    """

    number: int
    activity: Named
    on: date
    hours: float
    before: tuple[tuple[float, date], ...] = ()
    proof: int | None = None
    proved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A bewijs van deelname: which hours it covers, and how far it is.

    state : one of `matcher.model.steps.PROOF_STATES`
    states : the day on which each state was reached
    """

    number: int
    activity: Named
    entries: tuple[int, ...]
    state: str
    states: Mapping[str, date]
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnActivity:
    """An own proposal: what is known of it, and what was decided about it."""

    activity_id: str
    proposal: Proposal
    knows_people: bool | None
    decision: str | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One person's track, without a name.

    code : by which everybody names the dossier
    municipality : that it belongs to
    profile : wishes and possibilities; its ``hours_done`` is what was done before the dossier
    version : grows with each change
    hours, withdrawn : what counts, and what was taken away again by a correction
    asked_by : who asked for it: one of `ASKED_BY`
    """

    code: str
    municipality: str
    profile: Profile
    version: int
    opened_on: date
    asked_by: str
    ending: str | None = None
    ended_on: date | None = None
    followed: tuple[Followed, ...] = ()
    hours: tuple[HoursEntry, ...] = ()
    withdrawn: tuple[HoursEntry, ...] = ()
    proofs: tuple[Proof, ...] = ()
    own: tuple[OwnActivity, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def hours_before(self) -> float:
        """Hours that were done before the dossier, as somebody said."""
        return self.profile.hours_done or 0.0

    @property
    def hours_reported(self) -> float:
        """All hours: those before, and those noted since."""
        return round(self.hours_before + sum(entry.hours for entry in self.hours), 2)

    @property
    def hours_proved(self) -> float:
        """Hours on a proof that was checked; only these go to the register."""
        return round(sum((entry.hours for entry in self.hours if entry.proved), 0.0), 2)

    @property
    def hours_to_go(self) -> float:
        """Hours that are left of the track, at least 0."""
        return round(max(0.0, HOURS_OF_TRACK - self.hours_reported), 2)

    @property
    def matching_profile(self) -> Profile:
        """The profile with the hours that were done by now, for whoever proposes or plans."""
        if not self.hours:
            return self.profile
        return self.profile.model_copy(update={"hours_done": self.hours_reported})

    @property
    def joined(self) -> tuple[Followed, ...]:
        """Activities that stand in the person's week."""
        return tuple(one for one in self.followed if one.is_joined)

    @property
    def settled(self) -> frozenset[str]:
        """Ids that need no proposal any more: in the week, on a waiting list, or said no to."""
        return frozenset(one.activity.activity_id for one in self.followed if one.outcome != "proposed")

    @property
    def undoable(self) -> Event | None:
        """The last thing that was noted and can still be taken back."""
        left = [event for event in self.events if not event.undone and event.kind not in _NOT_UNDOABLE]
        return left[-1] if left else None

    def follows(self, activity_id: str) -> Followed | None:
        """Return what came of one activity, or None when it was never noted."""
        return next((one for one in self.followed if one.activity.activity_id == activity_id), None)


ASKED_BY = ("inburgeraar", "caseworker", "other")
"""Who may ask for proposals."""
