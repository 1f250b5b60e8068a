"""When an event takes place: its calendar type, dates or opening hours, and whether it goes on."""

from __future__ import annotations

from datetime import date
from typing import Any

from .dates import CANCELLED, POSTPONED, Dates, places, read_dates
from .event import Event, Values, type_of
from .hours import read_hours
from .moments import read_moment
from .series import schedule_of

DATED, OPEN = ("single", "multiple"), ("periodic", "permanent")


def read_when(event: Event, *, whole: bool, postponed: bool) -> Dates:
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
    if kind not in (*DATED, *OPEN):
        shown = kind if isinstance(kind, str) else None
        rule = f"must be one of {', '.join((*DATED, *OPEN))}"
        event.notes.error(f"{pointer}/calendarType", rule, value=shown, code="calendar_type")
        return Dates()
    if kind in DATED:
        when = read_dates(event, calendar, pointer, apart=kind == "multiple")
    else:
        when = Dates(_read_open(event, calendar, pointer, is_period=kind == "periodic"))
    _read_state(event, when, postponed=postponed or when.postponed)
    if kind in OPEN and "schedule" in when.values and not whole:
        when.values |= {"attendance": "drop_in", "assumed": ["attendance"]}
    return when


def _calendar(event: Event) -> tuple[dict[str, Any], str]:
    """Return the fields that hold the calendar, and the pointer to them: old records keep it apart."""
    old = event.fields.get("calendar")
    return (old, "/calendar") if old and "calendarType" not in event.fields else (event.fields, "")


def _read_state(event: Event, when: Dates, *, postponed: bool) -> None:
    """Read whether it goes on, and whether there are places."""
    status = type_of(event.fields.get("status"))
    values = when.values
    if status == CANCELLED:
        values["status"] = "cancelled"
    elif status == POSTPONED or postponed:
        remedy = "Ask for the new date; until then it is unknown."
        event.notes.warning("/status", "is postponed", remedy=remedy, code="postponed")
        # What was to be over is over; what was still to come has no date now.
        is_over = values.get("end_date", date.max) < event.today
        for key in ("schedule", "pauses", *(() if is_over else ("start_date", "end_date"))):
            values.pop(key, None)
    values |= places(event.fields.get("bookingAvailability"))


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
        if schedule := schedule_of(event, hours.sessions, f"{pointer}/openingHours"):
            values |= {"schedule": schedule, "pauses": hours.pauses}
        if hours.childcare:
            values["facilities"] = ["childcare"]
    return values
