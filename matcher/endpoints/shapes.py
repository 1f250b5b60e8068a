"""Dossiers as plain values, one function for each shape that is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from ..model.dossier import Dossier, Event, Followed, HoursEntry, Proof
from ..model.records import (
    DossierState,
    FollowedActivity,
    Hours,
    HoursPage,
    HoursTotals,
    OwnActivityChecked,
    OwnActivityPage,
    ProofOfHours,
    ProofPage,
)
from ..schedule import BRUSSELS
from ..service.dossiers import check_own


def noted(event: Event) -> dict[str, Any]:
    """Return something that was noted."""
    at = event.at.astimezone(BRUSSELS).isoformat(timespec="seconds")
    return {"number": event.number, "at": at, "role": event.role, **event.data}


def outcomes(dossier: Dossier, today: date) -> dict[str, Any]:
    """Return what came of each proposal."""
    found = [noted(event) for event in dossier.events if event.kind == "outcome" and not event.undone]
    return {"items": found, "next": None}


def hours(dossier: Dossier, today: date) -> HoursPage:
    """Return the hours, with what stood there before each correction."""
    return {**_totals(dossier), "items": [_hours(entry) for entry in dossier.hours], "next": None}


def proofs(dossier: Dossier, today: date) -> ProofPage:
    """Return the bewijzen van deelname."""
    return {"items": [_proof(proof) for proof in dossier.proofs], "next": None}


def own_activities(dossier: Dossier, today: date) -> OwnActivityPage:
    """Return the own proposals, each with the advice on it."""
    items: list[OwnActivityChecked] = [
        {
            "activity_id": own.activity_id,
            "on": own.on.isoformat(),
            "proposal": own.proposal.to_json(),
            "knows_people": own.knows_people,
            "decision": own.decision,
            "criteria": check_own(own, today=today),
        }
        for own in dossier.own
    ]
    return {"items": items, "next": None}


def state(dossier: Dossier, today: date) -> DossierState:
    """Return how a dossier stands."""
    last = dossier.undoable
    return {
        "id": dossier.code,
        "municipality": dossier.municipality,
        "asked_by": dossier.asked_by,  # type: ignore[typeddict-item]
        "version": dossier.version,
        "opened_on": dossier.opened_on.isoformat(),
        "ending": dossier.ending,
        "ended_on": dossier.ended_on.isoformat() if dossier.ended_on else None,
        **_totals(dossier),
        "followed": [_followed(one) for one in dossier.followed],
        "undoable": {"number": last.number, "kind": last.kind} if last else None,
    }


LISTS: Mapping[str, Callable[[Dossier, date], Any]] = MappingProxyType(
    {"outcomes": outcomes, "hours": hours, "proofs": proofs, "own-activities": own_activities, "state": state}
)
"""What can be asked of a dossier, by the last part of the address."""


def _totals(dossier: Dossier) -> HoursTotals:
    return {
        "hours_before": dossier.hours_before,
        "hours_reported": dossier.hours_reported,
        "hours_proved": dossier.hours_proved,
        "hours_to_go": dossier.hours_to_go,
    }


def _hours(entry: HoursEntry) -> Hours:
    return {
        "number": entry.number,
        "activity_id": entry.activity.activity_id,
        "title": entry.activity.title,
        "organiser": entry.activity.organiser,
        "on": entry.on.isoformat(),
        "hours": entry.hours,
        "proof": entry.proof,
        "proved": entry.proved,
        "before": [{"hours": stood, "on": on.isoformat()} for stood, on in entry.before],
    }


def _proof(proof: Proof) -> ProofOfHours:
    return {
        "number": proof.number,
        "activity_id": proof.activity.activity_id,
        "title": proof.activity.title,
        "organiser": proof.activity.organiser,
        "signatory": proof.activity.signatory,
        "entries": list(proof.entries),
        "hours": proof.hours,
        "state": proof.state,
        "states": {state: on.isoformat() for state, on in proof.states.items()},  # type: ignore[typeddict-item]
    }


def _followed(one: Followed) -> FollowedActivity:
    return {
        "activity_id": one.activity.activity_id,
        "title": one.activity.title,
        "organiser": one.activity.organiser,
        "outcome": one.outcome,
        "on": one.on.isoformat(),
        "first_on": one.first_on.isoformat(),
        "reason": one.reason,
        "visit_on": one.visit_on.isoformat() if one.visit_on else None,
        "companion": one.companion,
        "arranged_by": one.arranged_by,
    }
