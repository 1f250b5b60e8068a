"""The offer as a calendar: the sessions of the coming year as events, with a rule for what repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Event, vRecur

from .. import vocabulary as words
from ..errors import Problem
from ..model import Activity
from ..schedule import HORIZON_DAYS, Once, Timed, local_time
from .files import replacing

HEADER = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//participatie-matcher//NL\nCALSCALE:GREGORIAN\nX-WR-CALNAME:Aanbod\n"
)
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
COUNTRY = "België"


def write_ical(activities: Sequence[Activity], path: Path, *, today: date) -> list[Problem]:
    """Write the sessions from today to a year ahead as an iCalendar file.

    Parameters
    ----------
    activities : sequence of Activity
    path : Path
        Replaced in one step when all is written.
    today : date

    Returns
    -------
    list of Problem
        A note for each activity that is not in the calendar: what has disappeared, and what has no dated session
        in the coming year (hours by agreement or unknown too).

    Notes
    -----
    One event for each session of the schedule text. The second and later ones of an activity say by ``RELATED-TO``
    that they belong to the first. The same offer and day give the same bytes.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification.
    """
    left_out: list[Problem] = []
    with replacing(path) as new, new.open("wb") as file:
        file.write((HEADER + ZONE).replace("\n", "\r\n").encode())
        for activity in activities:
            events = list(_events(activity, today)) if activity.status != "gone" else []
            file.writelines(event.to_ical(sorted=False) for event in events)
            if not events:
                gone = activity.status == "gone"
                rule = "has disappeared at its source" if gone else "has no dated session in the coming year"
                rule += " and is not in the calendar"
                left_out.append(
                    Problem(source=str(path), key=activity.id, rule=rule, severity="note", code="left_out")
                )
        file.write(b"END:VCALENDAR\r\n")
    return left_out


def _events(activity: Activity, today: date) -> Iterator[Event]:
    first = max(today, activity.start_date or today)
    last = min(today + timedelta(days=HORIZON_DAYS), activity.end_date or date.max)
    sessions = activity.schedule.timed if activity.schedule and first <= last else ()
    number = 0
    for session in sessions:
        days = session.dates(first, last, anchor=activity.start_date)
        kept = [
            day for day in days if isinstance(session, Once) or not any(day in pause for pause in activity.pauses)
        ]
        if kept:
            number += 1
            yield _event(
                activity, session, [day for day in days if kept[0] <= day <= kept[-1]], kept, number, today
            )


def _event(
    activity: Activity, session: Timed, days: list[date], kept: list[date], number: int, today: date
) -> Event:
    event = Event()
    event.add("uid", _uid(activity, number))
    if number > 1:
        event.add("related-to", _uid(activity, 1))
    event.add("dtstamp", _midnight(today))
    event.add("dtstart", local_time(kept[0], session.start_min))
    event.add("dtend", local_time(kept[0], session.end_min))
    if not isinstance(session, Once) and len(kept) > 1:
        until = f"{local_time(kept[-1], session.start_min).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        event.add("rrule", vRecur.from_ical(f"{session.rule()};UNTIL={until}"))
        if out := [local_time(day, session.start_min) for day in days if day not in set(kept)]:
            event.add("exdate", out)
    event.add("summary", activity.title)
    for name, value in _texts(activity).items():
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if activity.status == "cancelled" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if activity.last_verified:
        event.add("last-modified", _midnight(activity.last_verified))
    return event


def _texts(activity: Activity) -> dict[str, object]:
    contact = (activity.organiser, activity.phone, activity.email)
    interests = words.interests()
    return {
        "description": activity.description,
        "location": _location(activity),
        "geo": (activity.lat, activity.lon) if activity.lat is not None else None,
        # Two addresses in one cell stand on a line each; the library refuses to write that.
        "url": " ".join(activity.url.split()) if activity.url else None,
        # Who organises is no person with an address of his own, as ORGANIZER asks for.
        "contact": ", ".join(filter(None, contact)),
        "categories": [interests[one].label_nl for one in activity.given_interests],
    }


def _location(activity: Activity) -> str:
    """Write place, address and municipality on a line each, closed by the country: so they can be told apart."""
    if activity.place == words.ONLINE:
        return words.ONLINE
    municipality = " ".join(filter(None, (activity.postal_code, activity.municipality)))
    lines = [activity.place or "", *filter(None, (activity.address, municipality))]
    return "\n".join([*lines, COUNTRY]) if any(lines) else ""


def _uid(activity: Activity, number: int) -> str:
    return f"{activity.id}{f'/{number}' if number > 1 else ''}@participatie-matcher"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
