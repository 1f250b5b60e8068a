"""Dated parts of an event: their hours, and which of them are cancelled, postponed or full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...schedule import DAY_MIN
from .event import Event, Values, objects, type_of, whole_of
from .moments import LAST_MIN, Moment, read_moment
from .series import Hours, folded, over_midnight, overlap, schedule_of

CANCELLED, POSTPONED, FULL = "Unavailable", "TemporarilyUnavailable", "Unavailable"
NIGHT_END_MIN, NIGHT_MOST_MIN = 12 * 60, 16 * 60
"""What ends after noon of the next day, or lasts longer, is no evening that passes midnight but several days."""
MOST_PLACES = 1_000_000


@dataclass(slots=True)
class Dates:
    """What the dates of an event say.

    Parameters
    ----------
    values : dict
        Keys of an activity.
    once : bool
        There is one session, and no more: a price can only be for that.
    postponed : bool
        No date is left, and one may come.
    """

    values: Values = field(default_factory=dict)
    once: bool = False
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One dated part of an event; without ``hours`` only its days are known."""

    first: date
    last: date
    hours: tuple[Hours, ...] | None
    fields: Mapping[str, Any]


def read_dates(event: Event, calendar: dict[str, Any], pointer: str, *, apart: bool) -> Dates:
    """Read the dated parts of an event.

    Parameters
    ----------
    calendar : dict
        The fields that hold the dates.
    pointer : str
        Where they stand.
    apart : bool
        The days between the first and the last need not be meant.
    """
    rows, pointer = _rows(calendar, pointer, apart=apart)
    parts = [part for at, row in rows if (part := _part(event, row, f"{pointer}/{at}" if at >= 0 else pointer))]
    if not parts:
        if not event.notes.refused:
            event.notes.error(pointer, "must hold a date that can be read", code="missing_date")
        return Dates()
    dates = Dates(once=len(rows) == 1 and (parts[0].hours is not None or parts[0].first == parts[0].last))
    if type_of(event.fields.get("status")) != CANCELLED:
        parts = _still_held(event, parts, dates, pointer)
    values = dates.values
    values["start_date"] = min(part.first for part in parts)
    values["end_date"] = max(part.last for part in parts)
    if any(part.fields.get("childcare") for part in parts):
        values["facilities"] = ["childcare"]
    if len(parts) == 1:
        values |= places(_booking(parts[0]))
    values |= _sessions(event, parts, pointer or "/startDate")
    return dates


def _sessions(event: Event, parts: Sequence[Part], pointer: str) -> Values:
    """Write the hours of the parts as a schedule, unless that would say what is not so."""
    if any(part.hours is None for part in parts):
        rule = "has days without hours: only the first and the last day are taken"
        event.notes.note(pointer, rule, code="hours_unknown")
        return {}
    hours = sorted({one for part in parts for one in part.hours or ()})
    if overlap(hours):
        remedy = "Parallel groups are separate activities; the hours are left out."
        event.notes.warning(pointer, "must be sessions that do not overlap", remedy=remedy, code="overlap")
        return {}
    sessions, pauses = folded(hours)
    return {"schedule": schedule_of(event, sessions, pointer), "pauses": pauses}


def places(booking: Any) -> Values:
    """Read how many places there are, and are left."""
    if not isinstance(booking, dict):
        return {}
    capacity = whole_of(booking.get("capacity"), most=MOST_PLACES)
    left = whole_of(booking.get("remainingCapacity"), most=MOST_PLACES)
    left = 0 if booking.get("type") == FULL else left
    return {key: value for key, value in (("capacity", capacity), ("places_left", left)) if value is not None}


def _rows(calendar: dict[str, Any], pointer: str, *, apart: bool) -> tuple[list[tuple[int, dict[str, Any]]], str]:
    """Return the dated parts with their numbers; without any, the event itself is its only part."""
    for key in ("subEvent", "timeSpans", "timestamps"):
        rows = objects(calendar.get(key))
        if rows:
            return rows, f"{pointer}/{key}"
    itself = {"startDate": calendar.get("startDate"), "endDate": calendar.get("endDate"), "overnight": apart}
    return [(-1, itself)], pointer


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


def _still_held(event: Event, parts: list[Part], dates: Dates, pointer: str) -> list[Part]:
    """Leave out the parts that are cancelled, postponed or full; when none is left, the event is that."""
    states = [type_of(part.fields.get("status")) for part in parts]
    held = [part for part, state in zip(parts, states, strict=True) if state not in (CANCELLED, POSTPONED)]
    if not held:
        dates.postponed = POSTPONED in states
        dates.values |= {} if dates.postponed else {"status": "cancelled"}
        return parts
    free = [part for part in held if _booking(part).get("type") != FULL]
    if not free:
        dates.values["places_left"] = 0
        free = held
    if gone := len(parts) - len(free):
        rule = "holds dates that are cancelled, postponed or full: left out"
        event.notes.note(pointer, rule, value=f"{gone} of {len(parts)}", code="dates_left_out")
    return free
