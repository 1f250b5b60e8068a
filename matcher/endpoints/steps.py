"""Calls on the life of a dossier: what was noted, and noting more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any

from flask import Blueprint, Response

from ..model.dossier import Dossier
from ..model.fields import Frozen, one_of
from ..model.steps import (
    DECISIONS,
    CorrectionStep,
    DecisionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    OwnActivityStep,
    ProofStep,
    Step,
    read_step,
)
from ..service.dossiers import note_step, read_dossier, reopen_dossier, undo_last
from ..store import Work
from .dossiers import NoQuery
from .means import Answer, Means
from .reading import body, query, read, seen
from .shapes import LISTS, noted


class Decision(Frozen):
    """Body of a decision about the own proposal that the address names."""

    decision: Annotated[str, one_of(DECISIONS)]


def _read_hours(data: Any) -> Step:
    corrects = isinstance(data, dict) and data.get("corrects") is not None
    return read_step(CorrectionStep if corrects else HoursStep, data)


READ: Mapping[str, Callable[[Any], Step]] = MappingProxyType(
    {
        "outcomes": lambda data: read_step(OutcomeStep, data),
        "hours": _read_hours,
        "proofs": lambda data: read_step(ProofStep, data),
        "own-activities": lambda data: read_step(OwnActivityStep, data),
        "end": lambda data: read_step(EndStep, data),
    }
)
"""How the body of each call is read, by the last part of the address."""


def add_steps(blueprint: Blueprint, means: Means) -> None:
    """Add the calls on the life of a dossier."""
    for name in LISTS:
        blueprint.add_url_rule(f"/profiles/<code>/{name}", f"list_{name}", _lists(means, name), methods=["GET"])
    for name in READ:
        blueprint.add_url_rule(f"/profiles/<code>/{name}", f"note_{name}", _notes(means, name), methods=["POST"])

    @blueprint.post("/profiles/<code>/own-activities/<activity_id>/decision")
    def decide(code: str, activity_id: str) -> Response:
        decision = read(Decision, body()).decision
        return _note(means, code, read_step(DecisionStep, {"activity_id": activity_id, "decision": decision}))

    @blueprint.post("/profiles/<code>/undo")
    def undo(code: str) -> Response:
        def act(work: Work, now: datetime, version: int | None) -> Answer:
            dossier = undo_last(work, means.asker(), code, now=now, seen=version)
            taken = next(one for one in dossier.events if one.number == dossier.events[-1].data["event"])
            return _answer(dossier, {"undone": taken.number, "kind": taken.kind}, status=200)

        return _write(means, act)

    @blueprint.post("/profiles/<code>/reopen")
    def reopen(code: str) -> Response:
        def act(work: Work, now: datetime, version: int | None) -> Answer:
            dossier = reopen_dossier(work, means.asker(), code, now=now, seen=version)
            return _answer(dossier, noted(dossier.events[-1]))

        return _write(means, act)


def _lists(means: Means, name: str) -> Callable[[str], Response]:
    def view(code: str) -> Response:
        query(NoQuery)
        with means.office.store.reading() as work:
            dossier = read_dossier(work, means.asker(), code)
        content = LISTS[name](dossier, means.today(means.clock()))
        return Answer(content=content, version=dossier.version).response()

    return view


def _notes(means: Means, name: str) -> Callable[[str], Response]:
    return lambda code: _note(means, code, READ[name](body()))


def _note(means: Means, code: str, step: Step) -> Response:
    def act(work: Work, now: datetime, version: int | None) -> Answer:
        dossier, event = note_step(work, means.asker(), code, step, now=now, seen=version)
        return _answer(dossier, noted(event))

    return _write(means, act)


def _write(means: Means, act: Callable[[Work, datetime, int | None], Answer]) -> Response:
    query(NoQuery)
    version = seen()
    return means.write(means.asker(), lambda work, now: act(work, now, version))


def _answer(dossier: Dossier, content: Mapping[str, Any], *, status: int = 201) -> Answer:
    return Answer(status=status, content=content, code=dossier.code, version=dossier.version)
