"""The plan of one person: the hours of the track from several activities, with a calendar and its reasons."""

from __future__ import annotations

import time
from datetime import date, datetime

from ..explain.plan_summary import plan_summary
from ..model import Profile
from ..model.plans import PlanAnswer, PlanChange
from ..planning import MOST_ACTIVITIES
from ..schedule import BRUSSELS
from . import Matcher
from .plan_attempts import HOURS_LEAST, HOURS_MOST, Attempt, Candidate, PlanWish
from .plan_changes import helpful_changes
from .plan_choices import not_planned
from .plan_writing import PlanWriter

N_PLANS = 3


def make_plans(engine: Matcher, profile: Profile, *, today: date, now: datetime, wish: PlanWish) -> PlanAnswer:
    """Make at most three clearly different plans for one person.

    Parameters
    ----------
    engine : Matcher
        Holds the offer.
    profile : Profile
    today : date
        The day from which sessions count.
    now : datetime
        Written as the moment of the answer, nothing else depends on it.
    wish : PlanWish

    Raises
    ------
    InputError
        If the wish cannot be asked.
    """
    wish.check(today)
    deadline = time.monotonic() + wish.time_limit_s
    asked = Attempt(engine, profile, wish, today=today, stop=lambda: time.monotonic() > deadline)
    found = _different_plans(asked) if asked.to_go_min else []
    writer = PlanWriter(engine, asked)
    plans = [writer.plan(one) for one in found if one.found.chosen]
    changes: list[PlanChange] = []
    complete = all(plan["optimal"] for plan in plans)
    if asked.to_go_min and not (plans and plans[0]["feasible"]):
        changes, all_tried = helpful_changes(engine, asked, found[0])
        complete = complete and all_tried
    sentence = plan_summary(
        target=wish.hours,
        to_go=asked.hours_to_go,
        reached_on=_day(plans[0]["reached_on"]) if plans else None,
        possible=plans[0]["hours_possible"] if plans else 0.0,
        by=wish.by,
        until=asked.until,
    )
    return {
        "profile_id": profile.id,
        "generated_at": now.astimezone(BRUSSELS).isoformat(timespec="seconds"),
        "today": today.isoformat(),
        "offer_version": engine.offer_version,
        "model_version": engine.model_version,
        "hours": wish.hours,
        "hours_done": round(profile.hours_done or 0.0, 2),
        "hours_to_go": round(asked.hours_to_go, 2),
        "by": wish.by.isoformat() if wish.by else None,
        "until": asked.until.isoformat(),
        "max_activities": wish.max_activities,
        "candidates": len(asked.planning.columns),
        "sentence_nl": sentence.nl,
        "sentence_en": sentence.en,
        "plans": plans,
        "changes": changes,
        "complete": complete,
        "not_planned": not_planned(asked.planning, engine.activities, asked.scores) if asked.to_go_min else [],
        "not_planned_total": len(asked.planning.left_out) if asked.to_go_min else 0,
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _different_plans(asked: Attempt) -> list[Candidate]:
    """Return the best plan, and the best that share at most half with each one before; the first may be empty."""
    found = [asked.best()]
    while found[-1].found.chosen and len(found) < N_PLANS:
        found.append(asked.best([one.found.chosen for one in found]))
    return found


__all__ = ["HOURS_LEAST", "HOURS_MOST", "MOST_ACTIVITIES", "PlanWish", "make_plans"]
