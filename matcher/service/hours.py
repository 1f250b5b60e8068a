"""Hours and their proofs: noted, corrected, and looked at twice where somebody may have slipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ..dossiers import check_step
from ..errors import ConflictError, LateError, NotFoundError
from ..model.access import Asker
from ..model.dossier import Dossier, Event, HoursEntry, Named, Proof
from ..model.steps import HOURS_MOST, CorrectionStep, HoursStep
from ..schedule import DROP_IN_MOST_MIN, local_day
from ..store import Work
from .dossiers import note_step, read_dossier
from .office import Office
from .sessions import known_activity, sessions_on

VISIT_MOST_HOURS = DROP_IN_MOST_MIN / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursDoubt:
    """What to look at again before hours are noted: a person decides.

    kind : ``doubled`` the activity has hours on that day already, ``long_day`` the day comes to over 24 hours,
        ``long_visit`` a drop-in visit comes to more than the hours that one counts for
    hours : of the activity on that day, or of the whole day
    """

    kind: Literal["doubled", "long_day", "long_visit"]
    activity: Named
    on: date
    hours: float


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Hours as they would stand; ``is_new`` is what somebody wants to write now."""

    activity: Named
    on: date
    hours: float
    is_new: bool = False


def log_hours(
    office: Office,
    work: Work,
    asker: Asker,
    code: str,
    steps: Sequence[HoursStep | CorrectionStep],
    *,
    now: datetime,
    seen: int | None = None,
    confirmed: bool = False,
) -> tuple[Dossier, list[HoursDoubt]]:
    """Note hours or corrections, all of them or none.

    Parameters
    ----------
    confirmed : bool
        Somebody looked at the doubts and wants it written all the same.

    Returns
    -------
    dossier : Dossier
        As it stands; unchanged when there are doubts that nobody confirmed.
    doubts : list of HoursDoubt

    Raises
    ------
    ConflictError, NotFoundError, InputError, LateError
        As `matcher.service.dossiers.note_step`.
    """
    asker.must_have("hours")
    dossier = read_dossier(work, asker, code, lock=True)
    if seen is not None and dossier.version != seen:
        raise LateError(f"Somebody changed the dossier {code!r} in the meantime. Fetch it again.")
    for step in steps:
        check_step(dossier, step, today=local_day(now))
    doubts = hours_doubts(office, dossier, steps)
    if not doubts or confirmed:
        for step in steps:
            dossier, _ = note_step(work, asker, code, step, now=now)
    return dossier, doubts


def hours_doubts(
    office: Office, dossier: Dossier, steps: Sequence[HoursStep | CorrectionStep]
) -> list[HoursDoubt]:
    """Say what to look at again, on the days that the steps touch."""
    corrected = {step.corrects: step for step in steps if isinstance(step, CorrectionStep)}
    lines = [
        HoursLine(entry.activity, entry.on, entry.hours)
        for entry in dossier.hours
        if entry.number not in corrected
    ]
    for entry in dossier.hours:
        if entry.number in corrected:
            step = corrected[entry.number]
            lines.append(HoursLine(entry.activity, step.on or entry.on, step.hours, True))
    for new in steps:
        followed = dossier.follows(new.activity_id) if isinstance(new, HoursStep) else None
        if isinstance(new, HoursStep) and followed:
            lines.append(HoursLine(followed.activity, new.on, new.hours, True))
    return _doubled(lines) + _long_days(lines) + _long_visits(office, dossier, lines)


def _doubled(lines: list[HoursLine]) -> list[HoursDoubt]:
    return [
        HoursDoubt(kind="doubled", activity=group[0].activity, on=group[0].on, hours=_total(group))
        for group in _grouped(lines, lambda line: (line.on, line.activity.activity_id))
        if len(group) > 1
    ]


def _long_days(lines: list[HoursLine]) -> list[HoursDoubt]:
    return [
        HoursDoubt(kind="long_day", activity=group[0].activity, on=group[0].on, hours=_total(group))
        for group in _grouped(lines, lambda line: (line.on, ""))
        if _total(group) > HOURS_MOST
    ]


def _long_visits(office: Office, dossier: Dossier, lines: list[HoursLine]) -> list[HoursDoubt]:
    return [
        HoursDoubt(kind="long_visit", activity=line.activity, on=line.on, hours=line.hours)
        for line in lines
        if line.is_new and is_long_visit(office, dossier, line)
    ]


def is_long_visit(office: Office, dossier: Dossier, line: HoursLine) -> bool:
    """Tell whether hours are more than drop-in visits count for; our own setting, no source fixes it.

    A day may hold more than one such session, and so more than one visit.
    """
    activity = (
        known_activity(office, dossier, line.activity.activity_id) if line.hours > VISIT_MOST_HOURS else None
    )
    if activity is None or not activity.drop_in:
        return False
    return line.hours > VISIT_MOST_HOURS * max(1, len(sessions_on(activity, line.on)))


def _grouped(lines: Iterable[HoursLine], key: Callable[[HoursLine], tuple[date, str]]) -> list[list[HoursLine]]:
    """Return the lines that belong together, where at least one of them is new."""
    groups: dict[tuple[date, str], list[HoursLine]] = {}
    for line in lines:
        if line.hours:
            groups.setdefault(key(line), []).append(line)
    return [group for _, group in sorted(groups.items()) if any(line.is_new for line in group)]


def _total(lines: Iterable[HoursLine]) -> float:
    return round(sum(line.hours for line in lines), 2)


def find_proof(dossier: Dossier, number: int) -> Proof:
    """Return a proof of a dossier.

    Raises
    ------
    NotFoundError
        If the dossier has none with this number.
    """
    for proof in dossier.proofs:
        if proof.number == number:
            return proof
    raise NotFoundError(f"The dossier has no proof with number {number}. List the proofs.")


def proof_hours(dossier: Dossier, proof: Proof) -> list[HoursEntry]:
    """Return the hours that a proof covers, by day."""
    return [entry for entry in dossier.hours if entry.number in proof.entries]


def changed_since(dossier: Dossier, proof: Proof) -> bool:
    """Tell whether hours were corrected after a proof was made: what is on paper is no longer right."""
    return any(
        event.kind == "correction"
        and not event.undone
        and event.number > proof.number
        and event.data["corrects"] in proof.entries
        for event in dossier.events
    )


def take_back_proof(
    work: Work, asker: Asker, code: str, number: int, *, now: datetime, seen: int | None = None
) -> Dossier:
    """Take back the last state of a proof, or the proof itself when it was only given; it stays in the history.

    Raises
    ------
    NotFoundError
        If the dossier has no such proof.
    ConflictError
        If the dossier has ended.
    LateError
        If the dossier is no longer at the version that was seen.
    """
    asker.must_have("proof")
    dossier = read_dossier(work, asker, code, lock=True)
    if seen is not None and dossier.version != seen:
        raise LateError(f"Somebody changed the dossier {code!r} in the meantime. Fetch it again.")
    if dossier.ending:
        raise ConflictError(f"The dossier has ended ({dossier.ending}). Undo the end, or reopen it, first.")
    proof = find_proof(dossier, number)
    return work.dossiers.undo(dossier, _last_of(dossier, proof), at=now, role=asker.role)


def _last_of(dossier: Dossier, proof: Proof) -> Event:
    return [
        event
        for event in dossier.events
        if event.kind == "proof" and not event.undone and proof.number in (event.number, event.data.get("proof"))
    ][-1]
