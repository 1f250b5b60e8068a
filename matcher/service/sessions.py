"""Dated sessions of what a person follows: those behind, to log hours of, and those ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..errors import NotFoundError
from ..model import Proposal
from ..model.dossier import JOINED_OUTCOMES, Dossier, Followed, Named
from ..schedule import DROP_IN_MOST_MIN, HORIZON_DAYS, Timed, local_day, local_time
from .office import Office

DAYS_BACK = 366
"""Sessions longer ago are not offered to be logged any more; they can still be written by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDay:
    """What an activity held on one day.

    times : start and end of each session, in Brussels
    hours : that it counts for; a drop-in visit no more than `matcher.schedule.DROP_IN_MOST_MIN`
    """

    activity: Named
    on: date
    times: tuple[tuple[datetime, datetime], ...]
    hours: float


def known_activity(office: Office, dossier: Dossier, activity_id: str) -> Proposal | None:
    """Return what is known of an activity of a dossier; None when it has left the offer."""
    for own in dossier.own:
        if own.activity_id == activity_id:
            return own.proposal
    try:
        return office.matcher(dossier.municipality).activity(activity_id)
    except NotFoundError:
        return None


def joined_activities(office: Office, dossier: Dossier) -> dict[str, Proposal]:
    """Return what is known of the activities in a person's week, by id; what is no longer offered is not there."""
    found = {}
    for followed in dossier.joined:
        activity = known_activity(office, dossier, followed.activity.activity_id)
        if activity is not None and activity.status not in ("cancelled", "gone"):
            found[followed.activity.activity_id] = activity
    return found


def days_to_log(office: Office, dossier: Dossier, *, now: datetime) -> list[SessionDay]:
    """Return the days of chosen and attended activities that lie behind and have no hours yet.

    Parameters
    ----------
    now : datetime
        A session counts as behind once it has ended.

    Returns
    -------
    list of SessionDay
        By day, then by the id of the activity. Days from the one on which the activity was chosen, or of the
        first visit, until the one on which it was stopped.
    """
    logged = {(entry.activity.activity_id, entry.on) for entry in dossier.hours}
    found = []
    for followed in dossier.followed:
        activity = known_activity(office, dossier, followed.activity.activity_id)
        span = _followed_from_to(dossier, followed, local_day(now))
        if activity is None or span is None:
            continue
        found += [
            day
            for day in _days(followed.activity, activity, *span)
            if (followed.activity.activity_id, day.on) not in logged and day.times[-1][1] <= now
        ]
    return sorted(found, key=lambda day: (day.on, day.activity.activity_id))


def coming_days(office: Office, dossier: Dossier, *, today: date) -> list[tuple[SessionDay, Proposal]]:
    """Return the days ahead of the activities in a person's week, each with what is known of the activity.

    Notes
    -----
    Hours at which the person is not free are left out, unless that would leave nothing: who chose an activity
    found the time for it. A first visit that is planned comes before anything else of its activity.
    """
    if dossier.ending:
        return []
    known = joined_activities(office, dossier)
    found = []
    for followed in dossier.joined:
        activity = known.get(followed.activity.activity_id)
        if activity is not None:
            first = max(today, followed.visit_on or today)
            days = _days(followed.activity, activity, first, today + timedelta(days=HORIZON_DAYS))
            free = [day for day in days if _is_free(dossier, activity, day)]
            found += [(day, activity) for day in free or days]
    return sorted(found, key=lambda pair: (pair[0].times[0], pair[0].activity.activity_id))


def hours_of(sessions: Sequence[Timed], *, drop_in: bool) -> float:
    """Return what sessions count for.

    Examples
    --------
    >>> from matcher.schedule import Weekly
    >>> hours_of([Weekly(1, 9 * 60, 14 * 60)], drop_in=True), hours_of([Weekly(1, 9 * 60, 14 * 60)], drop_in=False)
    (3.0, 5.0)
    """
    lengths = [session.end_min - session.start_min for session in sessions]
    return round(sum(min(length, DROP_IN_MOST_MIN) if drop_in else length for length in lengths) / 60, 2)


def sessions_on(activity: Proposal, on: date) -> list[Timed]:
    """Return the sessions of an activity on one day."""
    return [one for day in _occurrences(activity, on, on) for one in day[1]]


def _days(named: Named, activity: Proposal, first: date, last: date) -> list[SessionDay]:
    return [
        SessionDay(
            activity=named,
            on=on,
            times=tuple((local_time(on, one.start_min), local_time(on, one.end_min)) for one in sessions),
            hours=hours_of(sessions, drop_in=activity.drop_in),
        )
        for on, sessions in _occurrences(activity, first, last)
    ]


def _occurrences(activity: Proposal, first: date, last: date) -> list[tuple[date, list[Timed]]]:
    """Return the days of an activity with the sessions of each."""
    first, last = max(first, activity.start_date or first), min(last, activity.end_date or last)
    if activity.schedule is None or first > last:
        return []
    by_day: dict[date, list[Timed]] = {}
    for on, session in activity.schedule.occurrences(
        first, last, start_date=activity.start_date, pauses=activity.pauses
    ):
        by_day.setdefault(on, []).append(session)
    return list(by_day.items())


def _followed_from_to(dossier: Dossier, followed: Followed, today: date) -> tuple[date, date] | None:
    """Return the first and the last day on which a person may have been there, or None."""
    if not (followed.is_joined or followed.outcome == "stopped"):
        return None
    firsts = [
        date.fromisoformat(event.data.get("visit_on") or event.data["on"])
        for event in dossier.events
        if event.kind == "outcome"
        and not event.undone
        and event.activity_id == followed.activity.activity_id
        and event.data["outcome"] in JOINED_OUTCOMES
    ]
    if not firsts:
        return None
    last = followed.on if followed.outcome == "stopped" else today
    return max(min(firsts), today - timedelta(days=DAYS_BACK)), min(last, today)


def _is_free(dossier: Dossier, activity: Proposal, day: SessionDay) -> bool:
    week = dossier.profile.availability
    if week is None:
        return True
    minutes = [
        (start.hour * 60 + start.minute, end.hour * 60 + end.minute + (end.date() > start.date()) * 1440)
        for start, end in day.times
    ]
    return any(week.attended_min(day.on.weekday(), start, end, drop_in=activity.drop_in) for start, end in minutes)
