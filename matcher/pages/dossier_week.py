"""The week of a person: sessions of what was chosen, what cannot be combined, when the hours are reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from ..model.profile import HOURS_OF_TRACK
from ..schedule import DAYS_NL, local_time
from ..service.weeks import N_WEEKS, coming_weeks
from .dossier_frame import dossier_page, find_dossier
from .dossier_words import stand
from .front import Front
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Followed
    from ..service.weeks import Coming, WeekSession

NOON_MIN, EVENING_MIN = 12 * 60, 17 * 60 + 30
PARTS = ("morning", "afternoon", "evening")


def add_week(blueprint: Blueprint, front: Front) -> None:
    """Add the week of a person and the sessions that come."""

    @blueprint.get("/dossiers/<code>/week")
    def dossier_week(code: str) -> Response:
        words, today = front.words(), front.today()
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        coming = coming_weeks(front.office, dossier, today=today)
        mondays = [week.monday for week in coming.weeks]
        number = mondays.index(_asked()) if _asked() in mondays else _first(coming, today)
        week = coming.weeks[number]
        listed = coming.weeks[:N_WEEKS]
        return dossier_page(
            front,
            "dossier_week.html",
            dossier,
            week=week,
            week_name=words.day(week.monday, today=today, weekday=False),
            before=mondays[number - 1] if number else None,
            after=mondays[number + 1] if number + 1 < len(mondays) else None,
            days=_days(week.monday, week.sessions, coming.visits, words, today),
            parts=PARTS,
            listed=[
                {
                    "week": one,
                    "name": words.day(one.monday, today=today, weekday=False),
                    "sessions": [_session(it, words, today) for it in one.sessions if _is_listed(it, today)],
                }
                for one in listed
            ],
            visits=[
                (one.activity.title, stand(one, words, today))
                for one in coming.visits
                if one.visit_on and one.visit_on >= today
            ],
            outside=sorted({one.activity.title for week in listed for one in week.sessions if one.outside}),
            clashes=len({one.on for week in listed for one in week.sessions if one.clash and one.on >= today}),
            coming=coming,
            track_hours=HOURS_OF_TRACK,
        )


def _asked() -> date:
    """Return the Monday of the week that the address names, or the first day there is."""
    try:
        day = date.fromisoformat(request.args.get("van", ""))
        return day - timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        return date.min


def _first(coming: Coming, today: date) -> int:
    """Return the first week in which something still happens."""
    ahead = (n for n, week in enumerate(coming.weeks) if any(one.on >= today for one in week.sessions))
    return next(ahead, 0)


def _is_listed(session: WeekSession, today: date) -> bool:
    return session.on >= today and not session.outside and not session.optional


def _days(
    monday: date, sessions: Sequence[WeekSession], visits: Sequence[Followed], words: Words, today: date
) -> list[dict[str, Any]]:
    """Return the rows of the week: each day with what happens in the morning, the afternoon, the evening."""
    days = []
    for number, name in enumerate(DAYS_NL):
        on = monday + timedelta(days=number)
        shown = [_session(one, words, today) for one in sessions if one.on == on]
        days.append(
            {
                "name": words.weekday(name),
                "on": words.day(on, today=today, weekday=False),
                "past": on < today,
                "today": on == today,
                "cells": [[one for one in shown if one["part"] == part] for part in PARTS],
                "visits": [one.activity.title for one in visits if one.visit_on == on],
                "empty": not shown and not any(one.visit_on == on for one in visits),
            }
        )
    return days


def _session(one: WeekSession, words: Words, today: date) -> dict[str, Any]:
    start, end = local_time(one.on, one.start_min), local_time(one.on, one.end_min)
    notes = []
    if one.clash:
        other = one.clash
        values = {
            "title": other.activity.title,
            "hours": words.times(local_time(one.on, other.start_min), local_time(one.on, other.end_min)),
        }
        if other.travel_min is None:
            notes.append(words("dossier_clash_overlap", **values))
        else:
            notes.append(words("dossier_clash_travel", n=other.travel_min, **values))
    for name in ("first_visit", "optional", "outside"):
        if getattr(one, name):
            notes.append(words(f"dossier_session_{name}"))
    part = PARTS[(one.start_min >= NOON_MIN) + (one.start_min >= EVENING_MIN)]
    return {
        "it": one,
        "part": part,
        "day": words.day(one.on, today=today),
        "times": words.times(start, end),
        "title": one.activity.title,
        "place": one.place or "",
        "notes": notes,
        "faint": one.optional or one.outside,
    }
