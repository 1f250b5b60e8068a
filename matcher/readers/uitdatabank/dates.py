"""Dated parts of an event: their hours, and which of them are cancelled, postponed or full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

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


class Part(NamedTuple):
    """One dated part of an event; without ``hours`` only its days are known."""

    first: date
    last: date
    hours: tuple[Hours, ...] | None
    state: str | None
    booking: Any
    childcare: Any


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
    parts = [part for at, row in rows if (part := _part(event, row, pointer, at))]
    if not parts:
        if not event.notes.refused:
            event.notes.error(pointer, "must hold a date that can be read", code="missing_date")
        return Dates()
    dates = Dates(once=len(rows) == 1 and (parts[0].hours is not None or parts[0].first == parts[0].last))
    if type_of(event.fields.get("status")) != CANCELLED:
        parts = _still_held(event, parts, dates, pointer)
    values = dates.values
    values["start_date"] = min([part.first for part in parts])
    values["end_date"] = max([part.last for part in parts])
    if any(part.childcare for part in parts):
        values["facilities"] = ["childcare"]
    if len(parts) == 1:
        values |= places(parts[0].booking)
    values |= _sessions(event, parts, pointer or "/startDate")
    return dates


def _sessions(event: Event, parts: Sequence[Part], pointer: str) -> Values:
    """Write the hours of the parts as a schedule, unless that would say what is not so."""
    if None in [part.hours for part in parts]:
        rule = "has days without hours: only the first and the last day are taken"
        event.notes.note(pointer, rule, code="hours_unknown")
        return {}
    hours = sorted({one for part in parts for one in part.hours or ()}) if len(parts) > 1 else parts[0].hours or ()
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
    values: Values = {}
    if (capacity := whole_of(booking.get("capacity"), most=MOST_PLACES)) is not None:
        values["capacity"] = capacity
    left = whole_of(booking.get("remainingCapacity"), most=MOST_PLACES)
    left = 0 if booking.get("type") == FULL else left
    if left is not None:
        values["places_left"] = left
    return values


def _rows(calendar: dict[str, Any], pointer: str, *, apart: bool) -> tuple[list[tuple[int, dict[str, Any]]], str]:
    """Return the dated parts with their numbers; without any, the event itself is its only part."""
    for key in ("subEvent", "timeSpans", "timestamps"):
        rows = objects(calendar.get(key))
        if rows:
            return rows, f"{pointer}/{key}"
    itself = {"startDate": calendar.get("startDate"), "endDate": calendar.get("endDate"), "overnight": apart}
    return [(-1, itself)], pointer


def _part(event: Event, row: dict[str, Any], pointer: str, at: int) -> Part | None:
    keys = ("start", "end") if "start" in row and "startDate" not in row else ("startDate", "endDate")
    start, end = read_moment(row.get(keys[0])), read_moment(row.get(keys[1]))
    if start is None or (end is None and row.get(keys[1])) or (end is not None and end < start):
        _complain(
            event, dict(zip(keys, ((start, row.get(keys[0])), (end, row.get(keys[1]))), strict=True)), pointer, at
        )
        return None
    stays = row.get("overnight") or row.get("hasOvernightStay")
    hours = None if stays or end is None else _hours(start, end)
    last = hours[-1][0] if hours else end.day if end else start.day
    state = type_of(row.get("status"))
    return Part(start.day, last, hours, state, row.get("bookingAvailability"), row.get("childcare"))


def _complain(event: Event, found: Mapping[str, tuple[Moment | None, Any]], pointer: str, at: int) -> None:
    """Say what is wrong with a part: an error when it is the event itself, else the others are taken."""
    complain, pointer = (event.notes.error, pointer) if at < 0 else (event.notes.warning, f"{pointer}/{at}")
    for key, (moment, value) in found.items():
        if moment is None and value:
            rule = "must be a date and time from 1900 to 2200, like 2026-12-05T14:00:00+01:00"
            shown = value if isinstance(value, str) else None
            return complain(f"{pointer}/{key}", rule, value=shown, code="date")
    (start_key, (start, _)), (end_key, (_, end_value)) = found.items()
    if start is None:
        remedy = "The event has no start."
        return complain(f"{pointer}/{start_key}", "must be there", remedy=remedy, code="missing_date")
    return complain(
        f"{pointer}/{end_key}", "must not be before the start", value=str(end_value), code="end_before_start"
    )


def _hours(start: Moment, end: Moment) -> tuple[Hours, ...] | None:
    """Return the hours on their day, over midnight as two, or None when no hours are meant."""
    if end.day == start.day and start.minute:
        return ((start.day, start.minute, end.minute),) if end.minute > start.minute else None
    days = (end.day - start.day).days
    end_min = days * DAY_MIN + end.minute
    if end_min <= start.minute or days > 1 or (start.minute == 0 and end_min >= LAST_MIN):
        return None
    if end_min > DAY_MIN and (end.minute > NIGHT_END_MIN or end_min - start.minute > NIGHT_MOST_MIN):
        return None
    return tuple(over_midnight(start.day, start.minute, end_min))


def _still_held(event: Event, parts: list[Part], dates: Dates, pointer: str) -> list[Part]:
    """Leave out the parts that are cancelled, postponed or full; when none is left, the event is that."""
    held = [part for part in parts if part.state not in (CANCELLED, POSTPONED)]
    if not held:
        dates.postponed = any(part.state == POSTPONED for part in parts)
        dates.values |= {} if dates.postponed else {"status": "cancelled"}
        return parts
    free = [part for part in held if type_of(part.booking) != FULL]
    if not free:
        dates.values["places_left"] = 0
        free = held
    if gone := len(parts) - len(free):
        rule = "holds dates that are cancelled, postponed or full: left out"
        event.notes.note(pointer, rule, value=f"{gone} of {len(parts)}", code="dates_left_out")
    return free
