"""When an event takes place: its calendar type, dates, opening hours, what is cancelled or full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...schedule import DAY_MIN, Schedule, Timed
from .event import Event, Values, objects, type_of, whole_of
from .hours import read_hours
from .moments import LAST_MIN, Moment, read_moment
from .series import Hours, folded, over_midnight, overlap, within_cap

TYPES = ("single", "multiple", "periodic", "permanent")
CANCELLED, POSTPONED, FULL = "Unavailable", "TemporarilyUnavailable", "Unavailable"
NIGHT_END_MIN, NIGHT_MOST_MIN = 12 * 60, 16 * 60
"""What ends after noon of the next day, or lasts longer, is no evening that passes midnight but several days."""
MOST_PLACES = 1_000_000


@dataclass(slots=True)
class When:
    """What the calendar says.

    Parameters
    ----------
    values : dict
        Keys of an activity.
    once : bool
        One session, and no more: a price can only be for that.
    """

    values: Values = field(default_factory=dict)
    once: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One dated part of an event; without ``hours`` only its days are known."""

    first: date
    last: date
    hours: tuple[Hours, ...] | None
    fields: Mapping[str, Any]


def read_when(event: Event, *, whole: bool, postponed: bool) -> When:
    """Read when an event takes place.

    Parameters
    ----------
    whole : bool
        Its type says that one comes to the whole: opening hours are then no invitation to drop in.
    postponed : bool
        The title says so; the status may too.
    """
    calendar, pointer = _calendar(event)
    kind = calendar.get("calendarType") or (calendar.get("type") if pointer else None)
    if kind is None:
        event.notes.note(f"{pointer}/calendarType", "is not there: read from the dates", code="calendar_type")
        kind = "permanent" if calendar.get("openingHours") and not calendar.get("startDate") else "single"
    if kind not in TYPES:
        shown = kind if isinstance(kind, str) else None
        rule = f"must be one of {', '.join(TYPES)}"
        event.notes.error(f"{pointer}/calendarType", rule, value=shown, code="calendar_type")
        return When()
    if kind in ("single", "multiple"):
        when = _read_dated(event, calendar, pointer, apart=kind == "multiple")
    else:
        when = When(_read_open(event, calendar, pointer, is_period=kind == "periodic"))
    _read_state(event, when, postponed=postponed)
    if kind in ("periodic", "permanent") and "schedule" in when.values and not whole:
        when.values |= {"attendance": "drop_in", "assumed": ["attendance"]}
    return when


def _calendar(event: Event) -> tuple[dict[str, Any], str]:
    """Return the fields that hold the calendar, and the pointer to them: old records keep it apart."""
    old = event.fields.get("calendar")
    return (old, "/calendar") if old and "calendarType" not in event.fields else (event.fields, "")


def _read_state(event: Event, when: When, *, postponed: bool) -> None:
    status = type_of(event.fields.get("status"))
    values = when.values
    if status == CANCELLED:
        values["status"] = "cancelled"
    elif status == POSTPONED or postponed:
        event.notes.warning(
            "/status", "is postponed", remedy="Ask for the new date; until then it is unknown.", code="postponed"
        )
        last = values.get("end_date")
        values.pop("schedule", None)
        # What was to be over is over; what was still to come has no date now.
        if last is None or last >= event.today:
            for key in ("start_date", "end_date", "pauses"):
                values.pop(key, None)
    booking = event.fields.get("bookingAvailability")
    if isinstance(booking, dict):
        values |= _places(booking)


def _places(booking: Mapping[str, Any]) -> Values:
    capacity = whole_of(booking.get("capacity"), most=MOST_PLACES)
    left = whole_of(booking.get("remainingCapacity"), most=MOST_PLACES)
    left = 0 if booking.get("type") == FULL else left
    return {key: value for key, value in (("capacity", capacity), ("places_left", left)) if value is not None}


def _read_dated(event: Event, calendar: dict[str, Any], pointer: str, *, apart: bool) -> When:
    """Read one or more dated parts; ``apart`` when the days between the first and the last need not be meant."""
    rows, pointer = _rows(calendar, pointer, apart=apart)
    notes = event.notes
    parts = [part for at, row in rows if (part := _part(event, row, f"{pointer}/{at}" if at >= 0 else pointer))]
    if not parts:
        if not notes.refused:
            notes.error(pointer or "/startDate", "must hold a date that can be read", code="missing_date")
        return When()
    when = When(once=len(rows) == 1 and (parts[0].hours is not None or parts[0].first == parts[0].last))
    if type_of(event.fields.get("status")) != CANCELLED:
        parts = _still_held(event, parts, when, pointer)
    values = when.values
    values["start_date"] = min(part.first for part in parts)
    values["end_date"] = max(part.last for part in parts)
    if any(part.fields.get("childcare") for part in parts):
        values["facilities"] = ["childcare"]
    if len(parts) == 1:
        values |= _places(_booking(parts[0]))
    hours = sorted({one for part in parts for one in part.hours or ()})
    if any(part.hours is None for part in parts):
        what = "has days without hours: only the first and the last day are taken"
        notes.note(pointer or "/startDate", what, code="hours_unknown")
    elif overlap(hours):
        remedy = "Parallel groups are separate activities; the hours are left out."
        notes.warning(pointer, "must be sessions that do not overlap", remedy=remedy, code="overlap")
    else:
        sessions, pauses = folded(hours)
        _write_sessions(event, values, sessions, pointer)
        values |= {"pauses": pauses} if pauses else {}
    return when


def _rows(calendar: dict[str, Any], pointer: str, *, apart: bool) -> tuple[list[tuple[int, dict[str, Any]]], str]:
    """Return the dated parts with their numbers; without any, the event itself is its only part."""
    for key in ("subEvent", "timeSpans", "timestamps"):
        rows = objects(calendar.get(key))
        if rows:
            return rows, f"{pointer}/{key}"
    return [(-1, {**calendar, "overnight": apart})], pointer


def _part(event: Event, row: dict[str, Any], pointer: str) -> Part | None:
    notes = event.notes
    complain = notes.warning if pointer.count("/") > 1 else notes.error
    old = "start" in row and "startDate" not in row
    start_key, end_key = ("start", "end") if old else ("startDate", "endDate")
    moments: list[Moment | None] = []
    for key in (start_key, end_key):
        value = row.get(key)
        moments.append(read_moment(value))
        if value and moments[-1] is None:
            shown = value if isinstance(value, str) else None
            rule = "must be a date and time from 1900 to 2200, like 2026-12-05T14:00:00+01:00"
            complain(f"{pointer}/{key}", rule, value=shown, code="date")
            return None
    start, end = moments
    if start is None:
        complain(f"{pointer}/{start_key}", "must be there", remedy="The event has no start.", code="missing_date")
        return None
    if end is not None and end < start:
        rule = "must not be before the start"
        complain(f"{pointer}/{end_key}", rule, value=str(row[end_key]), code="end_before_start")
        return None
    stays = bool(row.get("overnight") or row.get("hasOvernightStay"))
    hours = None if stays or end is None else _hours(start, end)
    return Part(start.day, hours[-1][0] if hours else end.day if end else start.day, hours, row)


def _hours(start: Moment, end: Moment) -> tuple[Hours, ...] | None:
    """Return the hours on their day, over midnight as two, or None when no hours are meant."""
    days = (end.day - start.day).days
    end_min = days * DAY_MIN + end.minute
    length_min = end_min - start.minute
    whole_day = start.minute == 0 and end_min >= LAST_MIN
    if length_min <= 0 or whole_day or days > 1:
        return None
    if end_min > DAY_MIN and (end.minute > NIGHT_END_MIN or length_min > NIGHT_MOST_MIN):
        return None
    return tuple(over_midnight(start.day, start.minute, end_min))


def _booking(part: Part) -> Mapping[str, Any]:
    booking = part.fields.get("bookingAvailability")
    return booking if isinstance(booking, dict) else {}


def _still_held(event: Event, parts: list[Part], when: When, pointer: str) -> list[Part]:
    """Leave out the parts that are cancelled, postponed or full; when none is left, the event is that."""
    state = [type_of(part.fields.get("status")) for part in parts]
    held = [part for part, one in zip(parts, state, strict=True) if one not in (CANCELLED, POSTPONED)]
    if not held:
        when.values["status"] = "cancelled"
        if POSTPONED in state:
            remedy = "Ask whether there will be a new date."
            event.notes.warning(
                pointer, "holds only dates that are cancelled or postponed", remedy=remedy, code="postponed"
            )
        return parts
    free = [part for part in held if _booking(part).get("type") != FULL]
    if not free:
        when.values["places_left"] = 0
        free = held
    if gone := len(parts) - len(free):
        event.notes.note(
            pointer,
            "holds dates that are cancelled, postponed or full: left out",
            value=str(gone),
            code="dates_left_out",
        )
    return free


def _read_open(event: Event, calendar: dict[str, Any], pointer: str, *, is_period: bool) -> Values:
    """Read a period or what is always open, with or without opening hours."""
    values: Values = {}
    for key, name in (("startDate", "start_date"), ("endDate", "end_date")) if is_period else ():
        moment = read_moment(calendar.get(key))
        if moment is None:
            there = calendar.get(key)
            rule = "must be a date from 1900 to 2200" if there else "must be there"
            shown = there if isinstance(there, str) else None
            event.notes.error(f"{pointer}/{key}", rule, value=shown, code="date" if there else "missing_date")
            continue
        values[name] = moment.day
    if values.get("start_date", date.min) > values.get("end_date", date.max):
        shown = str(calendar.get("endDate"))
        event.notes.error(
            f"{pointer}/endDate", "must not be before the start", value=shown, code="end_before_start"
        )
    if calendar.get("openingHours") and not event.notes.refused:
        hours = read_hours(event, calendar, pointer, start=values.get("start_date"), end=values.get("end_date"))
        _write_sessions(event, values, hours.sessions, f"{pointer}/openingHours")
        values |= {"pauses": hours.pauses} if hours.pauses else {}
        values |= {"facilities": ["childcare"]} if hours.childcare else {}
    return values


def _write_sessions(event: Event, values: Values, sessions: list[Timed], pointer: str) -> None:
    kept = within_cap(sessions, event.today)
    if len(kept) < len(sessions):
        rule = "holds more sessions than a schedule: only the coming ones are taken"
        event.notes.note(pointer, rule, value=str(len(sessions)), code="many_sessions")
    if kept:
        values["schedule"] = Schedule(tuple(kept))
