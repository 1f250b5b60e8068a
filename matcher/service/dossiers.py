"""Dossiers: opened, followed, ended; every function is told who asks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from ..criteria import check_criteria, follow_track
from ..dossiers import check_step, is_own, make_code, next_own_id, proof_entries, read_code
from ..errors import ConflictError, InputError, LateError, NotFoundError, Problem, shown
from ..model import Activity, Profile
from ..model.access import Asker
from ..model.activity import read_proposal
from ..model.answer import CriteriaCheck, Suggestion, Track
from ..model.dossier import ASKED_BY, Dossier, Event, Named, OwnActivity
from ..model.profile import PROFILE_ID
from ..model.steps import (
    CorrectionStep,
    DecisionStep,
    EndStep,
    HoursStep,
    OutcomeStep,
    OwnActivityStep,
    ProofStep,
    Step,
)
from ..schedule import local_day
from ..store import Work
from .fullness import mark_full, unmark_full
from .office import Office

DAYS_HELD = 14
"""A proposal counts for so long as one that may take the last place."""
_CODES_TRIED = 20
KINDS: Mapping[type[Step], tuple[str, str]] = {
    OutcomeStep: ("outcome", "outcome"),
    HoursStep: ("hours", "hours"),
    CorrectionStep: ("correction", "hours"),
    ProofStep: ("proof", "proof"),
    OwnActivityStep: ("own_activity", "outcome"),
    DecisionStep: ("decision", "decide"),
    EndStep: ("ended", "end"),
}
"""Under which name each step is kept, and the right that it takes."""


def open_dossier(
    work: Work,
    asker: Asker,
    profile: Profile,
    *,
    now: datetime,
    rng: random.Random,
    asked_by: str = "other",
    code: str | None = None,
) -> Dossier:
    """Open a dossier in the municipality that is worked for.

    Parameters
    ----------
    profile : Profile
        Its id becomes the code.
    rng : random.Random
        Draws the code.
    asked_by : one of `matcher.model.dossier.ASKED_BY`
    code : str or None
        None lets the product give one.

    Raises
    ------
    ConflictError
        If the code is taken.
    """
    asker.must_have("open")
    if asked_by not in ASKED_BY:
        raise InputError([Problem(key="asked_by", rule=f"must be one of {', '.join(ASKED_BY)}", value=asked_by)])
    for _ in range(_CODES_TRIED):
        chosen = code or make_code(rng)
        dossier = Dossier(
            code=chosen,
            municipality=asker.municipality,
            profile=profile.model_copy(update={"id": chosen}),
            version=0,
            opened_on=local_day(now),
            asked_by=asked_by,
        )
        try:
            return work.dossiers.add(dossier, at=now, role=asker.role)
        except ConflictError:
            if code:
                raise
    raise ConflictError("No free code was found. Try again.")


def read_dossier(work: Work, asker: Asker, code: str, *, lock: bool = False) -> Dossier:
    """Return a dossier of one of the municipalities that are served.

    Raises
    ------
    NotFoundError
        If there is none, or it is of another municipality.
    """
    asker.must_have("read")
    dossier = work.dossiers.get(code, lock=lock)
    asker.must_serve(dossier.municipality, code)
    return dossier


def find_dossier(work: Work, asker: Asker, text: str) -> Dossier:
    """Return the dossier of a code as people type it.

    Raises
    ------
    NotFoundError
        If there is none, or it is of a municipality that is not served.
    InputError
        If it is no code, or has a wrong sign.
    """
    asker.must_have("read")
    typed = text.strip()
    if re.fullmatch(PROFILE_ID, typed):
        try:
            return read_dossier(work, asker, typed)
        except NotFoundError:
            pass
    return read_dossier(work, asker, read_code(typed))


def list_dossiers(
    work: Work, asker: Asker, *, after: str = "", limit: int | None = None, ended: bool | None = None
) -> list[Dossier]:
    """Return the dossiers of the municipality that is worked for, in the order of their codes."""
    asker.must_have("read")
    return work.dossiers.of([asker.municipality], after=after, limit=limit, ended=ended)


def put_profile(
    work: Work,
    asker: Asker,
    code: str,
    profile: Profile,
    *,
    now: datetime,
    rng: random.Random,
    seen: int | None = None,
    known: bool = False,
) -> Dossier:
    """Write the profile of a code: of the dossier that is there, or of a new one.

    Parameters
    ----------
    seen : int or None
        Version that the change was made on; None does not look.
    known : bool
        Whether who asks knows of a dossier with this code. One that is there is not overwritten unseen, one that
        is no longer there not made again.

    Raises
    ------
    LateError
        If the dossier is no longer at the version that was seen, is there unexpectedly, or is not there.
    ConflictError
        If the code is taken elsewhere.
    """
    asker.must_have("open")
    try:
        read_dossier(work, asker, code, lock=True)
    except NotFoundError:
        if known:
            raise LateError(f"There is no dossier {shown(code)!r} any more, or it never was.") from None
        return open_dossier(work, asker, profile, now=now, rng=rng, code=code)
    if not known:
        raise LateError(f"There is a dossier {shown(code)!r} already. Fetch it, and say which version you saw.")
    return change_profile(work, asker, code, profile, now=now, seen=seen)


def change_profile(
    work: Work, asker: Asker, code: str, profile: Profile, *, now: datetime, seen: int | None = None
) -> Dossier:
    """Write another profile.

    Parameters
    ----------
    seen : int or None
        Version that the change was made on; None does not look.

    Raises
    ------
    LateError
        If the dossier is no longer at the version that was seen.
    """
    asker.must_have("open")
    dossier = _to_change(work, asker, code, seen)
    profile = profile.model_copy(update={"id": code})
    return work.dossiers.change_profile(dossier, profile, at=now, role=asker.role)


def delete_dossier(work: Work, asker: Asker, code: str, *, seen: int | None = None) -> None:
    """Delete a dossier, all that was noted in it, and what answers to callers told of it."""
    asker.must_have("delete")
    work.dossiers.delete(_to_change(work, asker, code, seen))
    work.forget_answers(code)


def note_step(
    work: Work, asker: Asker, code: str, step: Step, *, now: datetime, seen: int | None = None
) -> tuple[Dossier, Event]:
    """Note something in a dossier: an outcome, hours, a proof, an own proposal, an end.

    Raises
    ------
    ConflictError
        If it does not fit how the dossier stands.
    LateError
        If the dossier is no longer at the version that was seen.
    InputError
        If the activity is in no offer and not in the dossier.
    """
    kind, right = KINDS[type(step)]
    asker.must_have(right)
    dossier = _to_change(work, asker, code, seen)
    today = local_day(now)
    check_step(dossier, step, today=today)
    data = step_data(dossier, step, today=today, find=work.offers.activity)
    dossier, event = work.dossiers.append(dossier, kind, data, at=now, role=asker.role)
    if isinstance(step, OutcomeStep) and step.reason == "full":
        mark_full(work, asker, event, now=now)
    return dossier, event


def step_data(dossier: Dossier, step: Step, *, today: date, find: Callable[[str], Activity]) -> dict[str, Any]:
    """Return what is kept of a step: what was said, and what the dossier and the offer add to it now.

    Parameters
    ----------
    dossier : Dossier
        As it stands before the step.
    step : Step
    today : date
        The day of what has no day of its own.
    find : callable
        Returns an activity of the offer by its id, or raises `NotFoundError`.

    Raises
    ------
    InputError
        If the activity is in no offer and not in the dossier.
    """
    data = {"on": today.isoformat(), **step.model_dump(mode="json", exclude_none=True)}
    if isinstance(step, CorrectionStep) and step.on is None:
        del data["on"]
    if isinstance(step, OwnActivityStep):
        data |= {"proposal": read_proposal(step.proposal).to_json(), "activity_id": next_own_id(dossier.events)}
    elif isinstance(step, ProofStep) and step.proof is None:
        data["entries"] = list(proof_entries(dossier, step))
    elif isinstance(step, DecisionStep):
        own_activity(dossier, step.activity_id)
    activity_id = data.get("activity_id")
    if activity_id and isinstance(step, OutcomeStep | HoursStep | ProofStep):
        data |= _names(dossier, activity_id, find)
    return data


def undo_last(work: Work, asker: Asker, code: str, *, now: datetime, seen: int | None = None) -> Dossier:
    """Take back the last thing that was noted; it stays in the history.

    Raises
    ------
    ConflictError
        If there is nothing to take back.
    """
    asker.must_have("outcome")
    dossier = _to_change(work, asker, code, seen)
    last = dossier.undoable
    if last is None:
        raise ConflictError("There is nothing to take back in this dossier.")
    asker.must_have(_right_to_undo(last))
    undone = work.dossiers.undo(dossier, last, at=now, role=asker.role)
    if last.kind == "outcome" and last.data.get("reason") == "full":
        unmark_full(work, asker, last, now=now)
    return undone


def may_undo(asker: Asker, event: Event) -> bool:
    """Tell whether somebody may take back what was noted: what that role may note itself."""
    return asker.may("outcome") and asker.may(_right_to_undo(event))


def _right_to_undo(event: Event) -> str:
    return dict(KINDS.values()).get(event.kind, "end")


def reopen_dossier(work: Work, asker: Asker, code: str, *, now: datetime, seen: int | None = None) -> Dossier:
    """Open a dossier that had ended."""
    asker.must_have("end")
    dossier = _to_change(work, asker, code, seen)
    if dossier.ending is None:
        raise ConflictError("The dossier has not ended.")
    data = {"on": local_day(now).isoformat()}
    return work.dossiers.append(dossier, "reopened", data, at=now, role=asker.role)[0]


def own_activity(dossier: Dossier, activity_id: str) -> OwnActivity:
    """Return an own proposal of a dossier.

    Raises
    ------
    NotFoundError
        If the dossier has none with this id.
    """
    for own in dossier.own:
        if own.activity_id == activity_id:
            return own
    raise NotFoundError(f"The dossier has no own proposal {activity_id!r}.")


def check_own(own: OwnActivity, *, today: date) -> CriteriaCheck:
    """Hold an own proposal against the criteria, with what is known about who the person knows there."""
    proposal = own.proposal
    if own.knows_people is not None:
        proposal = proposal.model_copy(update={"new_people": not own.knows_people})
    return check_criteria(proposal, today=today)


def dossier_track(dossier: Dossier) -> Track:
    """Return whether the track must be followed, and how many hours are left of it."""
    return follow_track(dossier.matching_profile)


def rank_shortlist(
    office: Office,
    dossier: Dossier,
    *,
    now: datetime,
    today: date | None = None,
    k: int = 10,
    varied: bool = False,
) -> Suggestion:
    """Rank the offer for a dossier; what was said no to, or is in the week already, does not come back."""
    matcher = office.matcher(dossier.municipality)
    profile, day = dossier.matching_profile, today or local_day(now)
    return matcher.suggest(profile, today=day, now=now, k=k, varied=varied, without=dossier.settled)


def held_places(work: Work, dossier: Dossier | None, *, today: date) -> dict[str, int]:
    """Return for each activity to how many other people it was proposed lately, and nothing ended that.

    Parameters
    ----------
    dossier : Dossier or None
        Whose own proposals do not count.
    """
    since = today - timedelta(days=DAYS_HELD)
    last: dict[tuple[str, str], Event] = {}
    for noted in work.dossiers.noted(kinds=["outcome"], since=since, ended=False):
        if (dossier is None or noted.code != dossier.code) and not is_own(str(noted.event.activity_id)):
            last[noted.code, str(noted.event.activity_id)] = noted.event
    held: dict[str, int] = {}
    for (_, activity_id), event in last.items():
        if event.data["outcome"] in ("proposed", "chosen", "visit_planned"):
            held[activity_id] = held.get(activity_id, 0) + 1
    return held


def _to_change(work: Work, asker: Asker, code: str, seen: int | None) -> Dossier:
    dossier = work.dossiers.get(code, lock=True)
    asker.must_serve(dossier.municipality, code)
    if seen is not None and dossier.version != seen:
        raise LateError(f"Somebody changed the dossier {code!r} in the meantime. Fetch it again.")
    return dossier


def _names(dossier: Dossier, activity_id: str, find: Callable[[str], Activity]) -> dict[str, Any]:
    """Return what an activity is called now; what has left the offer keeps the name under which it was noted."""
    named = _named(dossier, activity_id, find)
    return {
        key: value for key in ("title", "organiser", "signatory") if (value := getattr(named, key)) is not None
    }


def _named(dossier: Dossier, activity_id: str, find: Callable[[str], Activity]) -> Named:
    for own in dossier.own:
        if own.activity_id == activity_id:
            what = own.proposal
            return Named(
                activity_id=activity_id, title=what.title, organiser=what.organiser, signatory=what.signatory
            )
    known = dossier.follows(activity_id)
    try:
        activity = find(activity_id)
    except NotFoundError:
        if known:
            return known.activity
        rule, remedy = "must be the id of an activity of the offer", "List the offer for its ids."
        raise InputError([Problem(key="activity_id", rule=rule, value=activity_id, remedy=remedy)]) from None
    return Named(
        activity_id=activity_id,
        title=activity.title,
        organiser=activity.organiser,
        signatory=activity.signatory,
    )
