"""One ``VEVENT``: its texts, and its times as a series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event

from ...errors import EARLIEST_YEAR, LATEST_YEAR, InputError, Problem
from ...schedule import BRUSSELS, Moment, Recurrence, Series, read_recurrence
from ..locations import place_of
from ..marks import without_marks
from ..markup import plain_text, tidy
from ..record import interest_called
from .components import MOST_COMPONENT_LENGTH, Calendar, Component

TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_ZONE = re.compile(rf"^((?:{'|'.join(TIMES)})(?:;[A-Z-]+=(?:\"[^\"\r\n]*\"|[^\";:\r\n]*))*?);TZID=", re.I | re.M)
_EMPTY = re.compile(r"^(?:RRULE|RDATE|EXDATE)(?:;[^:\r\n]*)?:[ \t]*(?=\r?$)", re.I | re.M)
"""A line without a value, as some programs write it, says nothing."""
_URL = re.compile(r"https?://\S+|[^\s:]+(?::\d+)?(?:/\S*)?", re.I)
"""Any other scheme is no address of a page: mailto, tel, urn, javascript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ``VEVENT`` that could be read."""

    event: Event
    calendar: Calendar
    line: int
    uid: str
    title: str
    marks: Mapping[str, str]
    """Words that stood beside the title, by the key they say something of: ``status=GEANNULEERD``."""
    instead_of: datetime | None
    """The session that it takes the place of."""
    and_after: bool
    start: date
    length: timedelta | None
    problems: tuple[Problem, ...]

    @property
    def cancelled(self) -> bool:
        """True when it does not take place."""
        return (
            self._word("STATUS") == "CANCELLED"
            or self.calendar.properties.get("METHOD", "").upper() == "CANCEL"
            or "status" in self.marks
        )

    @property
    def private(self) -> bool:
        """True when it is not meant for others."""
        return self._word("CLASS") in ("PRIVATE", "CONFIDENTIAL")

    @property
    def parent(self) -> str:
        """``UID`` of the event that this one belongs to, or empty."""
        related = _one(self.event.get("RELATED-TO"))
        kind = str(getattr(related, "params", {}).get("RELTYPE", "PARENT")).upper()
        return str(related or "").strip() if kind == "PARENT" else ""

    @property
    def moment(self) -> Moment | None:
        """When it takes place; None when its hours are not known, or it is put off."""
        known = isinstance(self.start, datetime) and "schedule" not in self.marks
        return (self.start, self.length) if known else None  # type: ignore[return-value]

    def _word(self, key: str) -> str:
        return str(_one(self.event.get(key)) or "").strip().upper()

    @property
    def sequence(self) -> int:
        """How often it was changed."""
        digits = self._word("SEQUENCE")
        return int(digits) if re.fullmatch(r"\d{1,9}", digits, re.ASCII) else 0

    def series(self, instead: Iterable[Entry]) -> list[Series]:
        """Return the times of the event: a series for each of its rules.

        Parameters
        ----------
        instead : iterable of Entry
            What came instead of some of its sessions.

        Raises
        ------
        InputError
            If a rule or a date is not understood.
        """
        also: list[Moment] = []
        for moment, until in _moments(self.event, "RDATE", self.calendar):
            if isinstance(moment, datetime) and (until is None or isinstance(until, (datetime, timedelta))):
                also.append((moment, _length(moment, until) if until is not None else self.length))
        without = frozenset(moment for moment, _ in _moments(self.event, "EXDATE", self.calendar))
        if self.event.get("EXRULE") is not None:
            rule, remedy = "takes away sessions by a rule, as calendars no longer do", "Ask which days fall out."
            raise InputError([Problem(key="EXRULE", rule=rule, remedy=remedy, code="recurrence")])
        moved = {
            other.instead_of: None if other.cancelled else other.moment
            for other in sorted(instead, key=lambda other: other.sequence)
            if other.instead_of
        }
        rules: list[Recurrence | None] = [
            read_recurrence(rule.to_ical().decode()) for rule in _all(self.event.get("RRULE"))
        ]
        return [
            Series(start=self.start, length=self.length, rule=rule, also=tuple(also), without=without, moved=moved)
            for rule in rules or [None]
        ]

    def texts(self, today: date) -> dict[str, object]:
        """Return what it says besides its times, with the keys of an activity."""
        url = str(_one(self.event.get("URL")) or "").strip()
        url = url if _URL.fullmatch(url) else ""
        changed = getattr(_one(self.event.get("LAST-MODIFIED")), "dt", None)
        changed = changed.date() if isinstance(changed, datetime) else changed
        return {
            "title": self.title,
            "description": plain_text(_text(self.event, "DESCRIPTION")) or None,
            "url": url or None,
            "source_url": url or None,
            "interests": list(_interests(self.event)),
            "last_verified": changed if isinstance(changed, date) and changed <= today else None,
            **place_of(_text(self.event, "LOCATION")),
            **_point(self.event),
        }


def read_entry(component: Component) -> Entry:
    """Read one ``VEVENT``.

    Raises
    ------
    InputError
        If its lines, its title or its times cannot be read.
    """
    if len(component.text) > MOST_COMPONENT_LENGTH:
        raise _bad("", f"must have at most {MOST_COMPONENT_LENGTH} characters", "length")
    try:
        # The zones are looked up here: the library warns of some, and keeps those of one file for the next.
        event = Event.from_ical(_ZONE.sub(r"\1;X-ZONE=", _EMPTY.sub("X-EMPTY:", component.text)))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
        raise _bad("", "must be an event of RFC 5545", "ical") from None
    assert isinstance(event, Event)
    broken = [str(name or "") for name, _ in event.errors]
    if wrong := [name for name in broken if name.upper() in TIMES]:
        raise _bad(wrong[0].upper(), "must be a time of RFC 5545", "time")
    for name in broken:
        event.pop(name, None)
    title, marks = without_marks(tidy(_text(event, "SUMMARY")).replace("\n", " "))
    if not title:
        raise _bad("SUMMARY", "is required", "missing")
    start = _time(event, "DTSTART", component.calendar)
    if _text(event, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE" and isinstance(start, datetime):
        start = start.date()
    if start is None:
        raise _bad("DTSTART", "is required", "missing")
    uid = _text(event, "UID").strip()
    problems = [_unread(name) for name in dict.fromkeys(broken)]
    if not uid:
        rule, remedy = "is required", "Without it a changed title or hour makes a new activity."
        problems.append(Problem(key="UID", rule=rule, remedy=remedy, severity="warning", code="missing"))
    problems += [_mark(word) for word in marks.values()]
    problems += [_unknown_zone(name) for name in _zone_names(event) if component.calendar.zone(name) is None]
    recurrence = _time(event, "RECURRENCE-ID", component.calendar)
    instead_of = None
    if recurrence is not None:
        instead_of = (
            recurrence if isinstance(recurrence, datetime) else datetime.combine(recurrence, datetime.min.time())
        )
    ends = _time(event, "DTEND", component.calendar)
    lasts = getattr(_one(event.get("DURATION")), "dt", None)
    return Entry(
        event=event,
        calendar=component.calendar,
        line=component.line,
        uid=uid or f"{title} {start}",
        title=title,
        marks=marks,
        instead_of=instead_of,
        and_after=_one(event.get("RECURRENCE-ID")) is not None
        and str(_one(event.get("RECURRENCE-ID")).params.get("RANGE", "")).upper() == "THISANDFUTURE",
        start=start,
        length=_length(start, ends if ends is not None else lasts),
        problems=tuple(problems),
    )


def _point(event: Event) -> dict[str, object]:
    point = _one(event.get("GEO"))
    lat, lon = getattr(point, "latitude", 0.0), getattr(point, "longitude", 0.0)
    # Programs write 0;0 for a place that they do not know.
    return {"lat": float(lat), "lon": float(lon)} if (lat, lon) != (0, 0) else {}


def _interests(event: Event) -> Iterator[str]:
    """Give the interests that a category names by their own name; any other word is left."""
    for categories in _all(event.get("CATEGORIES")):
        for category in getattr(categories, "cats", []):
            if found := interest_called(str(category)):
                yield found


def _moments(event: Event, key: str, calendar: Calendar) -> Iterator[tuple[date, date | timedelta | None]]:
    """Give the moments of a list of dates; of a period its end too."""
    for dates in _all(event.get(key)):
        for one in getattr(dates, "dts", []):
            start, end = one.dt if isinstance(one.dt, tuple) else (one.dt, None)
            zone = str(dates.params.get("X-ZONE", ""))
            yield (
                _in_zone(start, zone, calendar, key),
                end if end is None or isinstance(end, timedelta) else _in_zone(end, zone, calendar, key),
            )


def _time(event: Event, key: str, calendar: Calendar) -> date | None:
    value = _one(event.get(key))
    moment = getattr(value, "dt", None)
    if not isinstance(moment, date):
        return None
    return _in_zone(moment, str(value.params.get("X-ZONE", "")), calendar, key)


def _in_zone(moment: date, name: str, calendar: Calendar, key: str) -> date:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise _bad(key, f"must lie between {EARLIEST_YEAR} and {LATEST_YEAR}", "date", str(moment)[:10])
    if not isinstance(moment, datetime) or moment.tzinfo or not name:
        return moment
    zone = calendar.zone(name)
    # In a zone that nothing is known of the day may be right, the hours are not.
    return moment.replace(tzinfo=zone) if zone else moment.date()


def _length(start: date, end: date | timedelta | None) -> timedelta | None:
    """Return the length in clock time of the zone of the start; None is unknown."""
    if isinstance(end, timedelta):
        length = end
    elif isinstance(start, datetime) and isinstance(end, datetime):
        if end.tzinfo:
            end = end.astimezone(start.tzinfo or BRUSSELS)
        length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    elif end is None or isinstance(start, datetime) or isinstance(end, datetime):
        return None
    else:
        length = end - start
    if length < timedelta(0):
        raise _bad("DTEND", "must come after DTSTART", "end_before_start", str(end))
    if length.days > (LATEST_YEAR - start.year) * 365:
        raise _bad("DURATION", f"must end between {EARLIEST_YEAR} and {LATEST_YEAR}", "date", str(end))
    return length or None


def _text(event: Event, key: str) -> str:
    return str(_one(event.get(key)) or "")


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(value: Any) -> Any:
    """Return the only value of a property, or the first when it stands there more than once."""
    found = _all(value)
    return found[0] if found else None


def _zone_names(event: Event) -> list[str]:
    values = [value for key in TIMES for value in _all(event.get(key))]
    return sorted({str(value.params["X-ZONE"]) for value in values if "X-ZONE" in value.params})


def _unknown_zone(name: str) -> Problem:
    rule, remedy = "must be a zone that is known or described in the file", "Ask from when until when it lasts."
    return Problem(key="TZID", rule=rule, value=name, remedy=remedy, severity="warning", code="zone")


def _mark(word: str) -> Problem:
    rule = f"says {word}: taken out of the title"
    return Problem(key="SUMMARY", rule=rule, severity="note", code="title_mark")


def _unread(name: str) -> Problem:
    rule, remedy = "must be a line of RFC 5545", "It is left unknown."
    return Problem(key=name, rule=rule, remedy=remedy, severity="warning", code="ical")


def _bad(key: str, rule: str, code: str, value: str | None = None) -> InputError:
    return InputError([Problem(key=key, rule=rule, value=value, code=code)])
