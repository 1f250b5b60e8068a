"""Plans for a dossier: what was chosen stays, what was declined stays away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..model import Activity
from ..model.access import Asker
from ..model.activity import read_activity
from ..model.dossier import Dossier, OwnActivity
from ..model.plans import PlanAnswer, PlannedActivity
from ..model.steps import OutcomeStep
from ..schedule import local_day
from ..store import Work
from . import Matcher
from .dossiers import find_dossier, note_step
from .office import Office
from .planning import MOST_ACTIVITIES, PlanWish, make_plans

TIME_LIMIT_S = 3.0
"""A page waits no longer; then the best so far is shown."""
MORE = 2
"""So many activities at least may come to those that were chosen."""
USUAL_MOST = 4
OWN_ORGANISER = "eigen voorstel"


def plan_dossier(office: Office, dossier: Dossier, *, now: datetime) -> PlanAnswer | None:
    """Make plans around what is in the person's week already.

    Returns
    -------
    PlanAnswer or None
        None when as many activities were chosen as a plan can hold.
    """
    keep = tuple(one.activity.activity_id for one in dossier.joined)
    if len(keep) >= MOST_ACTIVITIES:
        return None
    matcher = office.matcher(dossier.municipality)
    own = [one for one in dossier.own if one.activity_id in keep]
    if own:
        matcher = Matcher([*matcher.given, *map(_as_activity, own)], weights=matcher.weights)
    wish = PlanWish(
        max_activities=min(MOST_ACTIVITIES, max(USUAL_MOST, len(keep) + MORE)),
        time_limit_s=TIME_LIMIT_S,
        keep=keep,
        without=dossier.settled - set(keep),
    )
    today = local_day(now)
    answer = make_plans(matcher, dossier.matching_profile, today=today, now=now, wish=wish)
    first, rest = answer["plans"][:1], answer["plans"][1:]
    # As soon as what was chosen is enough, another plan would only add what nobody needs.
    answer["plans"] = [*first, *(plan for plan in rest if all(_adds(one, keep) for one in plan["activities"]))]
    return answer


def _adds(planned: PlannedActivity, keep: Sequence[str]) -> bool:
    return planned["hours"] > 0 or planned["id"] in keep


def choose_activities(
    work: Work,
    asker: Asker,
    code: str,
    activity_ids: Sequence[str],
    *,
    now: datetime,
    seen: int | None = None,
) -> tuple[Dossier, list[str]]:
    """Note several activities as chosen, in one go; those in the week already stay as they are.

    Returns
    -------
    dossier : Dossier
    titles : list of str
        Of those that were noted.

    Raises
    ------
    ConflictError
        If one cannot be chosen as it stands; then none is.
    """
    dossier = find_dossier(work, asker, code)
    new = [one for one in dict.fromkeys(activity_ids) if not ((known := dossier.follows(one)) and known.is_joined)]
    titles = []
    for number, activity_id in enumerate(new):
        step = OutcomeStep(activity_id=activity_id, outcome="chosen")
        dossier, event = note_step(work, asker, dossier.code, step, now=now, seen=None if number else seen)
        titles.append(event.data["title"])
    return dossier, titles


def _as_activity(own: OwnActivity) -> Activity:
    """Let an own proposal stand beside the offer; that it fits was decided in spite of what is not known."""
    known = own.proposal.to_json()
    required = {"organiser": OWN_ORGANISER, "kind": "informal"}
    return read_activity({**required, **known, "id": own.activity_id})
