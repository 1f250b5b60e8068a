"""Dated parts of an event: their hours, and which of them are cancelled, postponed or full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
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


class Span(NamedTuple):
    """What a start and an end say; without ``hours`` only the days are known."""

    first: date
    last: date
    hours: tuple[Hours, ...] | None


Part = tuple[Span, dict[str, Any]]
"""One dated part of an event: when, and its fields."""


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
    span = parts[0][0]
    dates = Dates(once=len(rows) == 1 and (span.hours is not None or span.first == span.last))
    if type_of(event.fields.get("status")) != CANCELLED:
        parts = _still_held(event, parts, dates, pointer)
    values = dates.values
    spans = [span for span, _ in parts]
    values["start_date"] = min([span.first for span in spans])
    values["end_date"] = max([span.last for span in spans])
    if [True for _, row in parts if row.get("childcare")]:
        values["facilities"] = ["childcare"]
    if len(parts) == 1:
        values |= places(parts[0][1].get("bookingAvailability"))
    values |= _sessions(event, spans, pointer or "/startDate")
    return dates


def _sessions(event: Event, spans: Sequence[Span], pointer: str) -> Values:
    """Write the hours of the parts as a schedule, unless that would say what is not so."""
    all_hours = [span.hours for span in spans]
    if None in all_hours:
        rule = "has days without hours: only the first and the last day are taken"
        event.notes.note(pointer, rule, code="hours_unknown")
        return {}
    hours = sorted({one for of_part in all_hours for one in of_part or ()})
    if len(spans) > 1 and overlap(hours):
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


def _is_full(booking: Any) -> bool:
    return isinstance(booking, dict) and (booking.get("type") == FULL or booking.get("remainingCapacity") == 0)


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
    start, end = row.get(keys[0]), row.get(keys[1])
    span = None
    if isinstance(start, str) and (isinstance(end, str) or not end):
        span = _span(start, end or "", bool(row.get("overnight") or row.get("hasOvernightStay")))
    if span is None:
        _complain(event, {keys[0]: start, keys[1]: end}, pointer, at)
        return None
    return span, row


@lru_cache(maxsize=8192)
def _span(start_text: str, end_text: str, stays: bool) -> Span | None:
    start, end = read_moment(start_text), read_moment(end_text)
    if start is None or (end is None and end_text) or (end is not None and end < start):
        return None
    hours = None if stays or end is None else _hours(start, end)
    return Span(start.day, hours[-1][0] if hours else end.day if end else start.day, hours)


def _complain(event: Event, found: Mapping[str, Any], pointer: str, at: int) -> None:
    """Say what is wrong with a part: an error when it is the event itself, else the others are taken."""
    complain, pointer = (event.notes.error, pointer) if at < 0 else (event.notes.warning, f"{pointer}/{at}")
    for key, value in found.items():
        if value and read_moment(value) is None:
            rule = "must be a date and time from 1900 to 2200, like 2026-12-05T14:00:00+01:00"
            shown = value if isinstance(value, str) else None
            return complain(f"{pointer}/{key}", rule, value=shown, code="date")
    (start_key, start), (end_key, end) = found.items()
    if not start:
        remedy = "The event has no start."
        return complain(f"{pointer}/{start_key}", "must be there", remedy=remedy, code="missing_date")
    return complain(
        f"{pointer}/{end_key}", "must not be before the start", value=str(end), code="end_before_start"
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
    states = [type_of(row.get("status")) for _, row in parts]
    held = [part for part, state in zip(parts, states, strict=True) if state not in (CANCELLED, POSTPONED)]
    if not held:
        dates.postponed = POSTPONED in states
        dates.values |= {} if dates.postponed else {"status": "cancelled"}
        return parts
    free = [part for part in held if not _is_full(part[1].get("bookingAvailability"))]
    if not free:
        dates.values["places_left"] = 0
        free = held
    if gone := len(parts) - len(free):
        rule = "holds dates that are cancelled, postponed or full: left out"
        event.notes.note(pointer, rule, value=f"{gone} of {len(parts)}", code="dates_left_out")
    return free
