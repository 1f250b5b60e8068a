"""The offer from calendars: one activity for each series of events of an iCalendar file."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ...errors import InputError, Problem
from ...privacy import looks_personal
from ...schedule import Run, Series, run_of_series
from ...vocabulary import fold
from ..found import Found, made_id
from ..marks import said_by_marks
from ..markup import one_line
from ..record import record
from .components import MOST_BYTES, Calendar, Component, components, decoded
from .events import Entry, read_entry

_NO_NAMES = frozenset(
    {"aanbod", "agenda", "calendar", "kalender", "calendrier", "events", "evenementen", "activiteiten"}
)
"""Names of a calendar that tell of no organiser."""
_SKIPPED = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})


@dataclass(slots=True)
class _Group:
    """Entries of one activity: the events themselves, and what came instead of some of their sessions."""

    number: int
    identifier: str
    masters: list[Entry] = field(default_factory=list)
    instead: list[Entry] = field(default_factory=list)

    @property
    def first(self) -> Entry:
        return (self.masters or self.instead)[0]


def read_ical(path: Path, *, today: date) -> Found:
    """Read the activities of an iCalendar file.

    Parameters
    ----------
    path : Path
        UTF-8, at most 64 MiB, any number of calendars.
    today : date
        What was over before it is left out and counted; rules are looked at from here.

    Yields
    ------
    Proposal or Problem
        The place of a problem is the number of the event and the line on which it begins.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification; RFC 7986 for the name of a calendar.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    source = str(path)
    try:
        if len(content) > MOST_BYTES:
            rule, remedy = f"must be at most {MOST_BYTES // 2**20} MiB", "Export a shorter period."
            raise InputError([Problem(rule=rule, remedy=remedy, code="too_large")])
        text = decoded(content)
        _check_calendar(text)
    except InputError as error:
        yield from (replace(problem, source=source) for problem in error.problems)
        return
    entries: list[tuple[int, Entry]] = []
    number = 0
    # All of them first: a zone may be described after the events that use it.
    for found in list(components(text)):
        if isinstance(found, Problem):
            yield replace(found, source=source)
        elif found.name == "VEVENT":
            number += 1
            entries += yield from _entry(found, number, source)
    organisers = {entry.calendar: _organiser(entry.calendar) for _, entry in entries}
    for calendar_name in dict.fromkeys(filter(None, organisers.values())):
        yield Problem(
            source=source,
            key="organiser",
            rule="is taken to be who the calendar is named after",
            value=calendar_name,
            remedy="Fill in who organises, if it is somebody else.",
            severity="note",
            code="organiser_assumed",
        )
    n_over = 0
    for group in _groups(entries):
        run, problems = _run(group, today)
        if run.end_date is not None and run.end_date < today:
            n_over += 1
            continue
        place = f"VEVENT {group.number} (line {group.first.line})"
        yield from (replace(problem, source=source, place=place) for problem in problems)
        yield from record(_data(group, run, organisers[group.first.calendar], today), place=place, source=source)
    if n_over:
        rule = f"holds activities that were over before {today}: {n_over} left out"
        yield Problem(source=source, rule=rule, severity="note", code="over")
    if not number:
        yield Problem(source=source, rule="must hold an event", severity="warning", code="empty")


def _check_calendar(text: str) -> None:
    if "BEGIN:VCALENDAR" not in text.upper():
        page = text.lstrip()[:1] == "<"
        remedy = "This is a web page: look for the address of the calendar itself." if page else ""
        raise InputError([Problem(rule="must be an iCalendar file", remedy=remedy, code="ical")])


def _entry(component: Component, number: int, source: str) -> Generator[Problem, None, list[tuple[int, Entry]]]:
    """Give the problems of an event and return it, if it can be read and is meant for others."""
    place = f"VEVENT {number} (line {component.line})"
    try:
        entry = read_entry(component)
    except InputError as error:
        yield from (replace(problem, source=source, place=place) for problem in error.problems)
        return []
    yield from (replace(problem, source=source, place=place) for problem in entry.problems)
    if entry.private:
        rule = "is marked as private and left out"
        yield Problem(source=source, place=place, key="CLASS", rule=rule, severity="note", code="private")
        return []
    return [(number, entry)]


def _organiser(calendar: Calendar) -> str | None:
    """Return the name of a calendar, if it may be that of an organisation. Who made an event is never taken."""
    name = one_line(calendar.properties.get("X-WR-CALNAME") or calendar.properties.get("NAME") or "")
    return None if not name or fold(name) in _NO_NAMES or looks_personal(name) else name


def _groups(entries: Iterable[tuple[int, Entry]]) -> list[_Group]:
    """Put together what is of one activity: by ``UID`` and title, or by the event that another belongs to."""
    masters = [(number, entry) for number, entry in entries if entry.instead_of is None]
    newest: dict[str, int] = {}
    for _, entry in masters:
        newest[entry.uid] = max(newest.get(entry.uid, 0), entry.sequence)
    groups: dict[tuple[str, str], _Group] = {}
    by_uid: dict[str, _Group] = {}
    # An event that belongs to another may stand before it.
    for number, entry in sorted(masters, key=lambda pair: bool(pair[1].parent)):
        if entry.sequence < newest[entry.uid]:
            continue
        group = groups.get((entry.parent, entry.title)) or groups.get((entry.uid, entry.title))
        if group is None:
            identifier = f"{entry.uid} {entry.title}" if entry.uid in by_uid else entry.uid
            group = groups[entry.uid, entry.title] = _Group(number, identifier)
        by_uid.setdefault(entry.uid, group).number = min(group.number, number)
        group.masters.append(entry)
    for number, entry in entries:
        if entry.instead_of is not None:
            if entry.uid not in by_uid:
                by_uid[entry.uid] = groups[entry.uid, entry.title] = _Group(number, entry.uid)
            by_uid[entry.uid].instead.append(entry)
    return sorted(groups.values(), key=lambda group: group.number)


def _run(group: _Group, today: date) -> tuple[Run, list[Problem]]:
    masters = [entry for entry in group.masters if not entry.cancelled] or group.masters
    instead = [entry for entry in group.instead if not entry.cancelled] or ([] if masters else group.instead)
    try:
        series: list[Series] = []
        for entry in masters:
            series += entry.series([other for other in group.instead if other.uid == entry.uid])
        if not masters:
            series = [Series(start=entry.start, length=entry.length) for entry in instead]
        if any(entry.and_after for entry in group.instead):
            rule, remedy = "changes all sessions after one of them", "Ask for the hours of now."
            raise InputError([Problem(key="RECURRENCE-ID", rule=rule, remedy=remedy, code="recurrence")])
    except InputError as error:
        days = (entry.start for entry in [*masters, *instead])
        start_date = min(day.date() if isinstance(day, datetime) else day for day in days)
        return Run(start_date=start_date), [replace(problem, severity="warning") for problem in error.problems]
    return run_of_series(series, today=today)


def _data(group: _Group, run: Run, organiser: str | None, today: date) -> dict[str, object]:
    first = group.first
    cancelled = all(entry.cancelled for entry in [*group.masters, *([] if group.masters else group.instead)])
    if "schedule" in first.marks:
        # It is put off: nobody knows until when.
        run = Run()
    return {
        "id": made_id("ical", group.identifier),
        **first.texts(today),
        **said_by_marks({key: word for key, word in first.marks.items() if key != "status" or cancelled}),
        "status": "cancelled" if cancelled else None,
        "organiser": organiser,
        "assumed": ["organiser"] if organiser else [],
        "schedule": str(run.schedule) if run.schedule else None,
        "start_date": run.start_date,
        "end_date": run.end_date,
        "pauses": [str(pause) for pause in run.pauses],
        "source": "ical",
    }
