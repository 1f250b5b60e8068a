"""Scarce places over the dossiers that wait: shared out, and proposed where a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..model import Profile
from ..model.access import Asker
from ..model.dossier import Dossier
from ..model.places import AllocationAnswer, Terms, Tie
from ..model.steps import OutcomeStep
from ..schedule import local_day
from ..store import Work
from .allocating import allocate_places
from .dossiers import DAYS_HELD, held_places, note_step
from .office import Office

MOST_WAITING = 1000
"""So many dossiers get a place at once; those that wait longest come first."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A place that a person ticked, and the version of the dossier that was seen."""

    code: str
    activity_id: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Places shared out, and what stands behind it.

    waiting : dossiers that wait
    found : None when nobody waits
    versions : of the dossiers, by code
    """

    waiting: int
    found: AllocationAnswer | None
    versions: dict[str, int]


def waiting_dossiers(work: Work, asker: Asker, *, today: date) -> list[Dossier]:
    """Return the open dossiers without activity and without a fresh proposal, those that wait longest first.

    Raises
    ------
    ForbiddenError
        If who asks may not share out places.
    """
    asker.must_have("share")
    lately = today - timedelta(days=DAYS_HELD)
    found = [
        dossier
        for dossier in work.dossiers.of([asker.municipality], ended=False)
        if dossier.hours_to_go and not any(_is_busy(one.outcome, one.on, lately) for one in dossier.followed)
    ]
    return sorted(found, key=lambda one: (_since(one), one.code))


def _is_busy(outcome: str, on: date, lately: date) -> bool:
    return outcome in ("chosen", "visit_planned", "attended") or (outcome == "proposed" and on > lately)


def _since(dossier: Dossier) -> date:
    return dossier.profile.waiting_since or dossier.opened_on


def share_places(office: Office, asker: Asker, *, terms: Terms, now: datetime, time_limit_s: float) -> Shared:
    """Give each dossier that waits at most one place, such that the whole is best; nothing is noted.

    Nobody gets what came into the dossier before, and places that are proposed to others stay free.
    """
    today = local_day(now)
    with office.store.reading() as work:
        waiting = waiting_dossiers(work, asker, today=today)
        held = held_places(work, None, today=today)
    chosen = waiting[:MOST_WAITING]
    if not chosen:
        return Shared(waiting=0, found=None, versions={})
    engine = office.matcher(asker.municipality)
    known = {activity.id for activity in engine.activities}
    ties = [
        Tie(dossier.code, one.activity.activity_id, "forbid")
        for dossier in chosen
        for one in dossier.followed
        if one.activity.activity_id in known
    ]
    found = allocate_places(
        engine,
        [_waiting_profile(dossier) for dossier in chosen],
        today=today,
        now=now,
        terms=terms,
        ties=ties,
        held=held,
        time_limit_s=time_limit_s,
    )
    versions = {dossier.code: dossier.version for dossier in chosen}
    return Shared(waiting=len(waiting), found=found, versions=versions)


def _waiting_profile(dossier: Dossier) -> Profile:
    return dossier.matching_profile.model_copy(update={"waiting_since": _since(dossier)})


def propose_places(work: Work, asker: Asker, picks: Sequence[Pick], *, now: datetime) -> int:
    """Note ticked places as proposed: all of them, or none; return how many.

    Raises
    ------
    LateError
        If one of the dossiers was changed since it was seen.
    """
    asker.must_have("share")
    for pick in sorted(picks, key=lambda one: (one.code, one.activity_id)):
        step = OutcomeStep(activity_id=pick.activity_id, outcome="proposed")
        note_step(work, asker, pick.code, step, now=now, seen=pick.seen)
    return len(picks)
