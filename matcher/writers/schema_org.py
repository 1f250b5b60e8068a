"""The offer as schema.org events: rules as schedules, and the dated sessions of the coming year."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from .. import vocabulary as words
from ..errors import Problem
from ..model import Activity
from ..schedule import BRUSSELS, DAY_MIN, HORIZON_DAYS, Once, Timed, Weekly, clock, local_time
from .files import replacing

SCHEMA = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_ICAL = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
GENDERS = {"women": "Female", "men": "Male"}
_MARKUP = re.compile(r"[<>]|&[#\w]{2,10};")


def write_schema_org(activities: Sequence[Activity], path: Path, *, today: date) -> list[Problem]:
    """Write the offer as JSON-LD, with the sessions from today to a year ahead.

    Parameters
    ----------
    activities : sequence of Activity
    path : Path
        Replaced in one step when all is written.
    today : date

    Returns
    -------
    list of Problem
        A note for each activity that is left out as it has disappeared, or that stands there without its times.

    Notes
    -----
    The text may stand inside a page: ``<``, ``>`` and ``&`` are written as escapes of JSON. The same offer and day
    give the same bytes.

    References
    ----------
    https://schema.org/Event, https://schema.org/Schedule.
    """
    notes: list[Problem] = []
    with replacing(path) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"@context": "https://schema.org", "@graph": [')
        separator = "\n"
        for activity in activities:
            rule = ""
            if activity.status == "gone":
                rule = "has disappeared at its source and is not written"
            else:
                event = _event(activity, today)
                file.write(separator + _safe(event))
                separator = ",\n"
                if "subEvent" not in event:
                    rule = "has no dated session in the coming year and is written without times"
            if rule:
                notes.append(
                    Problem(source=str(path), key=activity.id, rule=rule, severity="note", code="left_out")
                )
        file.write("\n]}\n")
    return notes


def _safe(event: dict[str, Any]) -> str:
    text = json.dumps(event, ensure_ascii=False, separators=(", ", ": "))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _event(activity: Activity, today: date) -> dict[str, Any]:
    interests = words.interests()
    event = {
        "@type": "CourseInstance" if activity.kind == "course" else "Event",
        "@id": f"urn:participatie-matcher:{activity.id}",
        "identifier": activity.id,
        "name": _as_text(activity.title),
        "description": _as_text(activity.description),
        "url": activity.url,
        "organizer": {
            "@type": "Organization",
            "name": _as_text(activity.organiser),
            "telephone": activity.phone,
            "email": activity.email,
        },
        **_where(activity),
        "keywords": [interests[one].label_nl for one in activity.given_interests],
        "inLanguage": _languages(activity.language),
        "typicalAgeRange": _ages(activity),
        "audience": [_audience(one) for one in activity.audience],
        "maximumAttendeeCapacity": activity.capacity,
        "remainingAttendeeCapacity": activity.places_left,
        "offers": list(_offers(activity)),
        "eventStatus": f"{SCHEMA}/EventCancelled"
        if activity.status == "cancelled"
        else f"{SCHEMA}/EventScheduled",
        "dateModified": activity.last_verified and activity.last_verified.isoformat(),
        **_when(activity, today),
    }
    known: dict[str, Any] = _known(event)
    return known


def _known(value: Any) -> Any:
    """Leave out what is unknown: a key without a value would say that it is known to be nothing."""
    if isinstance(value, dict):
        return {key: _known(one) for key, one in value.items() if one is not None and one != [] and one != {}}
    return [_known(one) for one in value] if isinstance(value, list) else value


def _as_text(text: str | None) -> str | None:
    """Escape what would be read as mark-up, and only that: most names hold none."""
    return html.escape(text, quote=False) if text and _MARKUP.search(text) else text


def _where(activity: Activity) -> dict[str, Any]:
    if activity.place == words.ONLINE:
        mode = f"{SCHEMA}/OnlineEventAttendanceMode"
        return {"eventAttendanceMode": mode, "location": {"@type": "VirtualLocation", "url": activity.url}}
    address = {
        "streetAddress": _as_text(activity.address),
        "postalCode": activity.postal_code,
        "addressLocality": _as_text(activity.municipality),
    }
    place = {
        "name": _as_text(activity.place),
        "address": {"@type": "PostalAddress", **address, "addressCountry": "BE"}
        if any(address.values())
        else None,
        "geo": {"@type": "GeoCoordinates", "latitude": activity.lat, "longitude": activity.lon}
        if activity.lat is not None
        else None,
    }
    return {"location": {"@type": "Place", **place}} if any(place.values()) else {}


def _languages(language: str | None) -> str | list[str] | None:
    if language and language.endswith("+"):
        # That others are spoken is known, which ones is not: und and mul say that in BCP 47.
        return [language[:-1], "mul"]
    return language


def _ages(activity: Activity) -> str | None:
    if activity.age_max is not None:
        return f"{activity.age_min or 0}-{activity.age_max}"
    return f"{activity.age_min}+" if activity.age_min is not None else None


def _audience(name: str) -> dict[str, Any]:
    gender = GENDERS.get(name)
    return {
        "@type": "PeopleAudience" if gender else "Audience",
        "audienceType": name,
        "suggestedGender": f"{SCHEMA}/{gender}" if gender else None,
    }


def _offers(activity: Activity) -> Iterator[dict[str, Any]]:
    for name, price, unit in (
        ("Basistarief", activity.price_eur, "per sessie"),
        ("Kansentarief", activity.reduced_price_eur, "per sessie"),
        ("Lidgeld", activity.fee_eur, "per seizoen"),
    ):
        if price is not None:
            amount = {"@type": "UnitPriceSpecification", "price": price, "priceCurrency": "EUR", "unitText": unit}
            sold_out = f"{SCHEMA}/SoldOut" if activity.places_left == 0 else None
            yield {"@type": "Offer", "name": name, "priceSpecification": amount, "availability": sold_out}


def _when(activity: Activity, today: date) -> dict[str, Any]:
    """Return schedules for what repeats, and every session of the coming year as an event of its own."""
    first = max(today, activity.start_date or today)
    last = min(today + timedelta(days=HORIZON_DAYS), activity.end_date or date.max)
    if activity.schedule is None or first > last:
        return _dates(activity)
    dated = activity.schedule.occurrences(first, last, start_date=activity.start_date, pauses=activity.pauses)
    schedules = []
    for session in activity.schedule.timed:
        kept = [day for day, one in dated if one is session]
        if kept and not isinstance(session, Once):
            days = session.dates(kept[0], kept[-1], anchor=activity.start_date)
            schedules.append(_schedule(session, kept, [day for day in days if day not in set(kept)]))
    if not dated:
        return _dates(activity)
    return {
        "eventSchedule": schedules,
        "subEvent": [
            {
                "@type": "Event",
                "startDate": _moment(day, session.start_min),
                "endDate": _moment(day, session.end_min),
            }
            for day, session in dated
        ],
    }


def _moment(day: date, minute: int) -> str:
    moment = local_time(day, minute)
    # A clock time that summer time skips has no place in any zone: it is written as on the wall.
    exists = moment.astimezone(UTC).astimezone(BRUSSELS).time() == moment.time()
    return (moment if exists else moment.replace(tzinfo=None)).isoformat()


def _dates(activity: Activity) -> dict[str, Any]:
    days = {"startDate": activity.start_date, "endDate": activity.end_date}
    return {key: day.isoformat() for key, day in days.items() if day is not None}


def _schedule(session: Timed, kept: list[date], left_out: list[date]) -> dict[str, Any]:
    if isinstance(session, Weekly):
        rhythm: dict[str, Any] = {
            "repeatFrequency": "P2W" if session.interval == 2 else "P1W",
            "byDay": f"{SCHEMA}/{DAYS[session.day]}",
        }
    else:
        assert not isinstance(session, Once)
        # In the way of iCalendar, which schema.org allows: only that can say the last of a month.
        rhythm = {"repeatFrequency": "P1M", "byDay": f"{session.position}{DAYS_ICAL[session.day]}"}
    return {
        "@type": "Schedule",
        "startDate": kept[0].isoformat(),
        "endDate": kept[-1].isoformat(),
        **rhythm,
        "startTime": f"{clock(session.start_min)}:00",
        "endTime": f"{clock(session.end_min % DAY_MIN)}:00",
        "exceptDate": [day.isoformat() for day in left_out],
        "scheduleTimezone": "Europe/Brussels",
    }
