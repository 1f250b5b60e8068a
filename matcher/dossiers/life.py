"""The life of a dossier: what was noted, one thing after another, comes to how things stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ..errors import ConflictError, InputError, NotFoundError, Problem
from ..model.activity import read_proposal
from ..model.dossier import JOINED_OUTCOMES, Dossier, Event, Followed, HoursEntry, Named, OwnActivity, Proof
from ..model.steps import PROOF_STATES, CorrectionStep, EndStep, HoursStep, OutcomeStep, ProofStep, Step

_MAY_FOLLOW: Mapping[str | None, frozenset[str]] = MappingProxyType(
    {
        None: frozenset({"proposed", "waiting", "chosen", "visit_planned", "attended", "declined"}),
        "proposed": frozenset({"waiting", "chosen", "visit_planned", "attended", "declined"}),
        "waiting": frozenset({"chosen", "visit_planned", "attended", "declined"}),
        "chosen": frozenset({"waiting", "visit_planned", "attended", "stopped", "declined"}),
        "visit_planned": frozenset({"visit_planned", "waiting", "chosen", "attended", "stopped", "declined"}),
        "attended": frozenset({"attended", "stopped"}),
        "stopped": frozenset({"proposed", "chosen", "visit_planned", "attended"}),
        "declined": frozenset({"proposed", "waiting", "chosen", "visit_planned", "attended"}),
    }
)
"""What may come after each outcome; people do change their minds."""
OWN = "eigen-"
"""How the id of an own proposal starts."""


@dataclass(slots=True)
class _Stand:
    """How things stand while events are read one by one."""

    followed: dict[str, Followed] = field(default_factory=dict)
    hours: dict[int, HoursEntry] = field(default_factory=dict)
    proofs: dict[int, Proof] = field(default_factory=dict)
    own: dict[str, OwnActivity] = field(default_factory=dict)
    ending: str | None = None
    ended_on: date | None = None


def with_events(dossier: Dossier, events: Iterable[Event]) -> Dossier:
    """Return the dossier as it stands after all events.

    Parameters
    ----------
    dossier : Dossier
        As it was opened; what it holds of events is replaced.
    events : iterable of Event
        In the order of their numbers. One that was undone is kept, and counts for nothing.
    """
    events = tuple(events)
    stand = _Stand()
    for event in events:
        if not event.undone and event.kind in _READ:
            _READ[event.kind](stand, event)
    covered = {entry: proof for proof in stand.proofs.values() for entry in proof.entries}
    hours = [
        replace(
            entry,
            proof=covered[number].number if number in covered else None,
            proved=number in covered and covered[number].state == "checked",
        )
        for number, entry in stand.hours.items()
        if entry.hours
    ]
    withdrawn = [entry for entry in stand.hours.values() if not entry.hours]
    counted = {entry.number: entry.hours for entry in hours}
    proofs = [
        replace(proof, hours=round(sum(counted.get(entry, 0.0) for entry in proof.entries), 2))
        for proof in stand.proofs.values()
    ]
    return replace(
        dossier,
        followed=tuple(stand.followed.values()),
        hours=tuple(sorted(hours, key=_day_and_number)),
        withdrawn=tuple(sorted(withdrawn, key=_day_and_number)),
        proofs=tuple(proofs),
        own=tuple(stand.own.values()),
        ending=stand.ending,
        ended_on=stand.ended_on,
        events=events,
    )


def _day_and_number(entry: HoursEntry) -> tuple[date, int]:
    return entry.on, entry.number


def check_step(dossier: Dossier, step: Step, *, today: date) -> None:
    """Raise unless a step fits how the dossier stands.

    Raises
    ------
    ConflictError
        If the dossier has ended, or the outcome cannot follow the last one.
    NotFoundError
        If hours or a proof are named that the dossier does not have.
    InputError
        If a day lies ahead on which something is said to have happened.
    """
    if dossier.ending:
        raise ConflictError(f"The dossier has ended ({dossier.ending}). Undo the end, or reopen it, first.")
    if isinstance(step, OutcomeStep):
        _check_outcome(dossier, step, today)
    elif isinstance(step, HoursStep):
        _not_ahead(step.on, today)
        _must_be_followed(dossier, step.activity_id)
    elif isinstance(step, CorrectionStep):
        _check_correction(dossier, step, today)
    elif isinstance(step, ProofStep):
        _not_ahead(step.on, today)
        _check_proof(dossier, step)
    elif isinstance(step, EndStep):
        _not_ahead(step.on, today)


def _check_outcome(dossier: Dossier, step: OutcomeStep, today: date) -> None:
    last = dossier.follows(step.activity_id)
    if step.outcome not in _MAY_FOLLOW[last.outcome if last else None]:
        stands = last.outcome if last else "not noted yet"
        raise ConflictError(f"The activity {step.activity_id!r} is {stands}: {step.outcome} cannot follow that.")
    own = next((one for one in dossier.own if one.activity_id == step.activity_id), None)
    if own and own.decision != "fits" and step.outcome in JOINED_OUTCOMES:
        raise ConflictError(
            f"Nobody decided yet that the own proposal {step.activity_id!r} fits. Decide together with the person."
        )
    _not_ahead(step.on, today)


def _check_correction(dossier: Dossier, step: CorrectionStep, today: date) -> None:
    entry = next((one for one in dossier.hours if one.number == step.corrects), None)
    if entry is None:
        raise NotFoundError(f"The dossier has no hours with number {step.corrects}. List the hours.")
    if entry.proved:
        raise ConflictError(f"Hours {step.corrects} stand on a proof that was checked. Undo the check first.")
    _not_ahead(step.on, today)


def _check_proof(dossier: Dossier, step: ProofStep) -> None:
    if step.proof is None:
        assert step.activity_id is not None
        if not proof_entries(dossier, step):
            raise ConflictError(
                f"There are no hours of {step.activity_id!r} that no other proof covers. Note the hours first."
            )
        return
    proof = next((one for one in dossier.proofs if one.number == step.proof), None)
    if proof is None:
        raise NotFoundError(f"The dossier has no proof with number {step.proof}. List the proofs.")
    if PROOF_STATES.index(step.state) <= PROOF_STATES.index(proof.state):
        raise ConflictError(f"Proof {proof.number} is {proof.state} already: {step.state} cannot follow that.")


def proof_entries(dossier: Dossier, step: ProofStep) -> tuple[int, ...]:
    """Return the numbers of the hours that a new proof covers.

    Raises
    ------
    ConflictError
        If one of those asked for is of another activity, or stands on another proof.
    """
    free = [
        entry.number
        for entry in dossier.hours
        if entry.activity.activity_id == step.activity_id and entry.proof is None
    ]
    wrong = [number for number in step.entries if number not in free]
    if wrong:
        raise ConflictError(f"Hours {wrong[0]} are of another activity, or stand on another proof.")
    return tuple(number for number in free if not step.entries or number in step.entries)


def _must_be_followed(dossier: Dossier, activity_id: str) -> None:
    if dossier.follows(activity_id) is None:
        raise ConflictError(f"The activity {activity_id!r} is not in this dossier. Note first that it was chosen.")


def _not_ahead(on: date | None, today: date) -> None:
    if on is not None and on > today:
        problem = Problem(key="on", rule="must not be after today", value=on.isoformat())
        raise InputError([problem])


def _outcome(stand: _Stand, event: Event) -> None:
    data = event.data
    known = stand.followed.get(data["activity_id"])
    on = date.fromisoformat(data["on"])
    stand.followed[data["activity_id"]] = Followed(
        activity=_named(data),
        outcome=data["outcome"],
        on=on,
        first_on=known.first_on if known else on,
        event=event.number,
        reason=data.get("reason"),
        visit_on=date.fromisoformat(data["visit_on"]) if data.get("visit_on") else None,
        companion=data.get("companion"),
        arranged_by=data.get("arranged_by"),
    )


def _hours(stand: _Stand, event: Event) -> None:
    stand.hours[event.number] = HoursEntry(
        number=event.number,
        activity=_named(event.data),
        on=date.fromisoformat(event.data["on"]),
        hours=event.data["hours"],
    )


def _correction(stand: _Stand, event: Event) -> None:
    entry = stand.hours.get(event.data["corrects"])
    if entry is not None:
        on = date.fromisoformat(event.data["on"]) if event.data.get("on") else entry.on
        stand.hours[entry.number] = replace(
            entry, hours=event.data["hours"], on=on, before=(*entry.before, (entry.hours, entry.on))
        )


def _proof(stand: _Stand, event: Event) -> None:
    data, on = event.data, date.fromisoformat(event.data["on"])
    if data.get("proof") is None:
        stand.proofs[event.number] = Proof(
            number=event.number,
            activity=_named(data),
            entries=tuple(data["entries"]),
            state="given",
            states={"given": on},
            hours=0.0,
        )
    elif data["proof"] in stand.proofs:
        proof = stand.proofs[data["proof"]]
        states = {**proof.states, data["state"]: on}
        stand.proofs[proof.number] = replace(proof, state=data["state"], states=states)


def _own(stand: _Stand, event: Event) -> None:
    data = event.data
    stand.own[data["activity_id"]] = OwnActivity(
        activity_id=data["activity_id"],
        proposal=read_proposal(data["proposal"]),
        knows_people=data.get("knows_people"),
        decision=None,
        on=date.fromisoformat(data["on"]),
    )


def _decision(stand: _Stand, event: Event) -> None:
    own = stand.own.get(event.data["activity_id"])
    if own is not None:
        stand.own[own.activity_id] = replace(own, decision=event.data["decision"])


def _ended(stand: _Stand, event: Event) -> None:
    stand.ending, stand.ended_on = event.data["ending"], date.fromisoformat(event.data["on"])


def _reopened(stand: _Stand, event: Event) -> None:
    stand.ending = stand.ended_on = None


def _named(data: Mapping[str, Any]) -> Named:
    return Named(
        activity_id=data["activity_id"],
        title=data["title"],
        organiser=data.get("organiser"),
        signatory=data.get("signatory"),
    )


_READ = MappingProxyType(
    {
        "outcome": _outcome,
        "hours": _hours,
        "correction": _correction,
        "proof": _proof,
        "own_activity": _own,
        "decision": _decision,
        "ended": _ended,
        "reopened": _reopened,
    }
)


def is_own(activity_id: str) -> bool:
    """Tell whether an id is that of an own proposal; these are numbered in each dossier anew.

    Examples
    --------
    >>> is_own("eigen-2"), is_own("eigen-kweek")
    (True, False)
    """
    number = activity_id.removeprefix(OWN)
    return number != activity_id and number.isdecimal()


def next_own_id(events: Sequence[Event]) -> str:
    """Return the id of the next own proposal of a dossier, also after one was undone."""
    return f"{OWN}{1 + sum(event.kind == 'own_activity' for event in events)}"
