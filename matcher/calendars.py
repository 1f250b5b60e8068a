"""iCalendar files of a plan and of a dossier.

In a plan what repeats is a rule, and what is by agreement a note on the Monday of its week. In the calendar of a
dossier each session stands by itself, so that it keeps its name while days go by.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, Timezone

from .explain import number
from .model.plans import Plan, PlannedActivity
from .schedule import BRUSSELS

LEAST_SERIES = 3
"""Fewer sessions at the same hour are separate events."""
MISSING_MOST = 0.5
"""A rule with more days left out than this, as a share of its sessions, is no rule."""

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""Written out, so that the same plan gives the same bytes whatever the machine knows of time zones."""


REFRESH_HOURS = 12
"""How often a calendar program is asked to look at the calendar of a dossier again."""


class FeedSession(NamedTuple):
    """One session ahead, as it stands in the calendar of a dossier: nothing of it is about the person."""

    activity_id: str
    title: str
    start: datetime
    end: datetime
    where: str
    how: str


class _Series(NamedTuple):
    """Days with so many weeks between them, and the days among these on which there is nothing."""

    first: date
    weeks: int
    times: int
    missing: list[date]


def plan_calendar(plan: Plan, *, profile_id: str, today: date, lang: str = "nl") -> bytes:
    """Write the calendar of a plan; the same plan gives the same bytes on the same day.

    Parameters
    ----------
    plan : Plan
    profile_id : str
        Part of the name of each event.
    today : date
        Written as the moment at which each event was made.
    lang : {'nl', 'en'}

    Returns
    -------
    bytes
        RFC 5545, with the rules of Europe/Brussels.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//participatie-matcher//plan//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Plan {profile_id}")
    calendar.add_component(Timezone.from_ical(ZONE))
    stamp = datetime.combine(today, time(), tzinfo=UTC)
    for activity in plan["activities"]:
        for event in [*_sessions(plan, activity), *_agreed(plan, activity, lang)]:
            start = event.start.strftime("%Y%m%dT%H%M")
            event.add("uid", f"{profile_id}-{activity['id']}-{start}@participatie-matcher")
            event.add("dtstamp", stamp)
            event.add("status", "TENTATIVE")
            event.add("description", _description(activity, lang))
            if activity["where"]:
                event.add("location", activity["where"])
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed_calendar(sessions: Sequence[FeedSession], *, name: str, now: datetime) -> tuple[bytes, str]:
    """Write the coming sessions of a dossier for calendar programs that fetch them again and again.

    Parameters
    ----------
    sessions : sequence of FeedSession
    name : str
        Of the calendar, as programs show it.
    now : datetime
        Written as the moment at which each event was made.

    Returns
    -------
    content : bytes
        RFC 5545, with the rules of Europe/Brussels. The name of an event follows from the activity and its start.
    mark : str
        Differs when anything but that moment differs.

    References
    ----------
    Refresh interval: RFC 7986, New Properties for iCalendar, section 5.7.
    """
    calendar, mark = Calendar(), hashlib.sha256(name.encode())
    calendar.add("prodid", "-//participatie-matcher//agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=REFRESH_HOURS), {"value": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH_HOURS}H")
    calendar.add_component(Timezone.from_ical(ZONE))
    for session in sessions:
        event = Event()
        event.add("uid", f"{session.activity_id}-{session.start:%Y%m%dT%H%M}@participatie-matcher")
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("summary", session.title)
        event.add("dtstart", session.start)
        event.add("dtend", session.end)
        for key, value in (("location", session.where), ("description", session.how)):
            if value:
                event.add(key, value)
        calendar.add_component(event)
        mark.update(repr(session).encode())
    return bytes(calendar.to_ical()), mark.hexdigest()[:32]


def _sessions(plan: Plan, activity: PlannedActivity) -> list[Event]:
    hours: dict[tuple[int, time, time], list[date]] = {}
    for session in plan["sessions"]:
        if session["activity_id"] == activity["id"]:
            start, end = (datetime.fromisoformat(text) for text in (session["start"], session["end"]))
            hours.setdefault((start.weekday(), start.time(), end.time()), []).append(start.date())
    events = []
    for (_, start_time, end_time), days in sorted(hours.items()):
        for series in _series(days):
            event = Event()
            event.add("summary", activity["title"])
            start = _local(series.first, start_time)
            event.add("dtstart", start)
            # What ends at midnight ends on the next day.
            last_day = series.first + timedelta(days=int(end_time == time()))
            event.add("dtend", _local(last_day, end_time))
            _repeat(event, series, [_local(day, start_time) for day in series.missing])
            events.append(event)
    return events


def _agreed(plan: Plan, activity: PlannedActivity, lang: str) -> list[Event]:
    hours: dict[float, list[date]] = {}
    for one in plan["by_agreement"]:
        if one["activity_id"] == activity["id"]:
            day = max(date.fromisoformat(one["week"]), date.fromisoformat(plan["first_day"]))
            hours.setdefault(one["hours"], []).append(day)
    events = []
    for length, days in sorted(hours.items()):
        amount = number(length, 2)
        text = f"{activity['title']}: {amount.nl} uur in overleg deze week"
        if lang == "en":
            text = f"{activity['title']}: {amount.en} hours by agreement this week"
        for series in _series(days):
            event = Event()
            event.add("summary", text)
            event.add("dtstart", series.first)
            event.add("dtend", series.first + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            _repeat(event, series, series.missing)
            events.append(event)
    return events


def _series(days: Sequence[date]) -> list[_Series]:
    """Return one rule for days of one day of the week if there is a good one, else each by itself."""
    days = sorted(days)
    gaps = [(later - day).days for day, later in zip(days, days[1:], strict=False)]
    step = math.gcd(*gaps) if gaps else 0
    if len(days) >= LEAST_SERIES and step % 7 == 0:
        count = (days[-1] - days[0]).days // step + 1
        expected = [days[0] + timedelta(days=step * number) for number in range(count)]
        missing = sorted(set(expected) - set(days))
        if len(missing) <= MISSING_MOST * len(days):
            return [_Series(days[0], step // 7, count, missing)]
    return [_Series(day, 1, 1, []) for day in days]


def _repeat(event: Event, series: _Series, missing: Sequence[date]) -> None:
    if series.times > 1:
        event.add("rrule", {"freq": "weekly", "interval": series.weeks, "count": series.times})
        for day in missing:
            event.add("exdate", day)


def _local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=BRUSSELS)


def _description(activity: PlannedActivity, lang: str) -> str:
    cautions = [one["sentence_nl" if lang == "nl" else "sentence_en"] for one in activity["warnings"]]
    proposal = "Voorstel: nog af te spreken." if lang == "nl" else "A proposal: still to be arranged."
    return "\n".join([proposal, activity["organiser"], *cautions])
