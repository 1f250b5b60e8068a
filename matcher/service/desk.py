"""The desk: a request is counted once, and becomes a dossier when somebody wants to keep it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import InputError, Problem
from ..model import Profile
from ..model.access import Asker
from ..model.dossier import ASKED_BY
from ..model.offer import DeskRequest
from ..model.steps import OutcomeStep
from ..schedule import DAYS_NL, Availability, local_day
from ..store import Work
from .dossiers import held_places, note_step, open_dossier
from .office import Office

HALF_DAYS: Mapping[str, tuple[int, int]] = {
    "morning": (8 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60 + 30),
    "evening": (17 * 60 + 30, 22 * 60 + 30),
}
"""Parts of a day, in minutes: they touch, so that two beside one another are one stretch."""
HALF_DAY_LEAST_MIN = 60
"""So long must somebody be free in a part of a day to make it count."""
FEW_PLACES = 3
"""From so many places left on, a proposal to somebody else is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A dossier that was made of a request.

    code : of the dossier
    is_new : False when the same request was saved before: nothing was written then
    """

    code: str
    is_new: bool


def count_request(
    work: Work, asker: Asker, profile: Profile, *, asked_by: str, n_allowed: int, key: str, now: datetime
) -> bool:
    """Count a request for the overview, unless it was counted before; nothing of the person is kept.

    Parameters
    ----------
    asked_by : one of `matcher.model.dossier.ASKED_BY`
    n_allowed : int
        Activities that fitted.
    key : str
        Of the form; the same one counts once. Empty always counts.

    Returns
    -------
    bool
        True when it was counted.
    """
    asker.must_have("request")
    _must_ask(asked_by)
    if key:
        name = f"request {key}"
        if work.answered(asker.account, name, "", at=now) is not None:
            return False
        work.keep_answer(asker.account, name, {})
    work.add_request(
        DeskRequest(
            municipality=asker.municipality,
            on=local_day(now),
            asked_by=asked_by,
            interests=profile.interests,
            half_days=half_days(profile.availability),
            n_allowed=n_allowed,
        )
    )
    return True


def half_days(week: Availability | None) -> tuple[str, ...]:
    """Return the parts of the week with an hour free or more, such as ``di-evening``; none when it is unknown.

    Examples
    --------
    >>> from matcher.schedule import read_availability
    >>> half_days(read_availability(["ma 11:00-14:00", "zo 22:00-24:00"]))
    ('ma-morning', 'ma-afternoon')
    """
    if week is None:
        return ()
    return tuple(
        f"{name}-{part}"
        for name, stretches in zip(DAYS_NL, week.stretches, strict=True)
        for part, (first, last) in HALF_DAYS.items()
        if sum(max(0, min(end, last) - max(start, first)) for start, end in stretches) >= HALF_DAY_LEAST_MIN
    )


def save_request(
    work: Work,
    asker: Asker,
    profile: Profile,
    *,
    asked_by: str,
    proposed: Sequence[str],
    key: str,
    now: datetime,
    rng: random.Random,
) -> Saved:
    """Open a dossier with the proposals that were chosen, all in one unit of work.

    Parameters
    ----------
    proposed : sequence of str
        Ids of activities, in the order in which they are noted.
    key : str
        Of the answer from which is saved: the second time it gives the dossier of the first. Empty always saves.

    Raises
    ------
    InputError
        If an activity is not in the offer.
    """
    asker.must_have("open")
    _must_ask(asked_by)
    name = f"save {key}"
    before = work.answered(asker.account, name, "", at=now) if key else None
    if before is not None:
        return Saved(code=before["code"], is_new=False)
    code = open_dossier(work, asker, profile, now=now, rng=rng, asked_by=asked_by).code
    for activity_id in dict.fromkeys(proposed):
        step = OutcomeStep(activity_id=activity_id, outcome="proposed")
        note_step(work, asker, code, step, now=now)
    if key:
        work.keep_answer(asker.account, name, {"code": code})
    return Saved(code=code, is_new=True)


def scarce_places(office: Office, work: Work, asker: Asker, *, today: date) -> dict[str, int]:
    """Return how many places are left of activities with few, of which one was proposed to somebody lately."""
    asker.must_have("request")
    matcher = office.matcher(asker.municipality)
    held = held_places(work, None, today=today)
    return {
        one.id: one.places_left
        for one in matcher.activities
        if one.id in held and one.places_left is not None and 0 < one.places_left <= FEW_PLACES
    }


def _must_ask(asked_by: str) -> None:
    if asked_by not in ASKED_BY:
        raise InputError([Problem(key="asked_by", rule=f"must be one of {', '.join(ASKED_BY)}", value=asked_by)])
