"""What asks for attention in a dossier today: told by what was noted, without a clock or a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..model.dossier import Dossier, Followed, Named
from ..model.steps import PROOF_STATES
from ..schedule import local_day

DAYS_QUIET = 42
DAYS_UNDECIDED = 7
DAYS_WAITING = 28
DAYS_PROOF_OUT = 14
NEARLY_HOURS = 6.0
"""With so many hours to go, the papers can be made ready."""
CODES = (
    "check_in",
    "proof_check",
    "done",
    "start",
    "undecided",
    "availability",
    "distance",
    "waiting",
    "proof_out",
    "nearly",
    "quiet",
)
"""All reminders, the most pressing first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to do today.

    code : one of `CODES`
    activity : that it is about, if it is about one
    since : the day from which it counts
    hours : to go, where that is the point
    """

    code: str
    activity: Named | None = None
    since: date
    hours: float | None = None


def reminders(dossier: Dossier, today: date) -> list[Reminder]:
    """Return what asks for attention, the most pressing first; nothing once a dossier has ended.

    Examples
    --------
    >>> from matcher.model import read_profile
    >>> new = Dossier(code="x", municipality="herent", profile=read_profile({"id": "x"}), version=1,
    ...               opened_on=date(2026, 11, 23), asked_by="other")
    >>> [one.code for one in reminders(new, date(2026, 11, 23))]
    ['start']
    """
    if dossier.ending:
        return []
    found = [*_of_activities(dossier, today), *_of_proofs(dossier, today), *_of_dossier(dossier, today)]
    return sorted(found, key=lambda one: (CODES.index(one.code), one.since))


def last_noted(dossier: Dossier) -> date:
    """Return the day on which something was noted last."""
    return max((local_day(event.at) for event in dossier.events), default=dossier.opened_on)


def _of_activities(dossier: Dossier, today: date) -> Iterator[Reminder]:
    for one in dossier.followed:
        if one.outcome == "visit_planned" and one.visit_on and one.visit_on < today:
            yield Reminder(code="check_in", activity=one.activity, since=one.visit_on)
        elif one.outcome == "waiting" and (today - one.on).days >= DAYS_WAITING:
            yield Reminder(code="waiting", activity=one.activity, since=one.on)
    asked = {"times": "availability", "too_far": "distance"}
    for reason, code in asked.items():
        declined = [one for one in dossier.followed if one.reason == reason and _is_unanswered(dossier, one)]
        if declined:
            last = max(declined, key=lambda one: one.event)
            yield Reminder(code=code, activity=last.activity, since=last.on)


def _is_unanswered(dossier: Dossier, followed: Followed) -> bool:
    """Tell whether the profile was not looked at since an outcome."""
    return not any(event.kind == "profile" and event.number > followed.event for event in dossier.events)


def _of_proofs(dossier: Dossier, today: date) -> Iterator[Reminder]:
    given, signed, back, _ = PROOF_STATES
    for proof in dossier.proofs:
        since = proof.states[proof.state]
        if proof.state == back:
            yield Reminder(code="proof_check", activity=proof.activity, since=since)
        elif proof.state in (given, signed) and (today - since).days >= DAYS_PROOF_OUT:
            yield Reminder(code="proof_out", activity=proof.activity, since=since)


def _of_dossier(dossier: Dossier, today: date) -> Iterator[Reminder]:
    proposed = [one for one in dossier.followed if one.outcome == "proposed"]
    if not any(one.is_open for one in dossier.followed) and dossier.hours_to_go:
        yield Reminder(code="start", since=dossier.opened_on)
    elif proposed and not any(one.is_open and one.outcome != "proposed" for one in dossier.followed):
        first = min(proposed, key=lambda one: (one.on, one.event))
        if (today - first.on).days >= DAYS_UNDECIDED:
            yield Reminder(code="undecided", since=first.on)
    if not dossier.hours_to_go:
        yield Reminder(code="done", since=today, hours=0.0)
    elif dossier.hours_to_go <= NEARLY_HOURS:
        yield Reminder(code="nearly", since=today, hours=dossier.hours_to_go)
    last = last_noted(dossier)
    if (today - last).days >= DAYS_QUIET:
        yield Reminder(code="quiet", since=last)
