"""Opening hours as weekly sessions, with the days on which they are otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...schedule import DAY_MIN, Once, Pause, Timed, Weekly
from .event import Event, objects, texts
from .moments import LAST_MIN, read_clock, read_day
from .remembered import by_content

WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
MOST_ADJUSTED_DAYS = 400
"""Other hours for more days than a year are no exception."""
MOST_RANGES = 200
DAY = timedelta(days=1)

Stretch = tuple[int, int]
"""Minutes of a day from 0; what passes midnight goes on over 1440."""
Week = list[list[Stretch]]
"""The stretches that begin on each day of the week."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Sessions of every week, pauses, and the sessions of days that are otherwise."""

    sessions: list[Timed]
    pauses: list[Pause]
    childcare: bool


class Regular(NamedTuple):
    """The hours of a week, as they are and as sessions; not to be changed.

    ``unread`` are the numbers of the rows that cannot be read; with ``childcare`` children are looked after.
    """

    week: Week
    sessions: list[Timed]
    unread: list[int]
    childcare: bool


@dataclass(slots=True)
class Opening:
    """When it is open, day by day."""

    week: Week
    start: date | None
    end: date | None
    closed: list[tuple[date, date]] = field(default_factory=list)
    adjusted: dict[date, list[Stretch]] = field(default_factory=dict)

    def begun_on(self, day: date) -> list[Stretch]:
        """Return the stretches that begin on a day."""
        if not (self.start or date.min) <= day <= (self.end or date.max):
            return []
        if any(first <= day <= last for first, last in self.closed):
            return []
        return self.adjusted.get(day, self.week[day.weekday()])

    def on(self, day: date) -> list[Stretch]:
        """Return the stretches of a day itself, what is left of the night before included."""
        return _joined([*_own(self.begun_on(day)), *_night(self.begun_on(day - DAY))])

    def regular(self, weekday: int) -> list[Stretch]:
        """Return the stretches of a day of the week when nothing is otherwise."""
        return _regular(self.week, weekday)


def read_hours(
    event: Event, calendar: dict[str, Any], pointer: str, *, start: date | None, end: date | None
) -> OpeningHours:
    """Read opening hours, the closed days and the adjusted days; closed wins from adjusted."""
    regular = _week(event, calendar.get("openingHours"), f"{pointer}/openingHours")
    opening = Opening(regular.week, start, end)
    ranges = []
    for first, last, _ in _ranges(event, calendar, "openingHoursClosedDays", pointer):
        opening.closed.append((first, last))
        ranges.append((first, last))
    for first, last, row in _ranges(event, calendar, "openingHoursAdjustedDays", pointer):
        if (last - first).days >= MOST_ADJUSTED_DAYS:
            where = f"{pointer}/openingHoursAdjustedDays"
            event.notes.warning(where, f"must be for fewer than {MOST_ADJUSTED_DAYS} days", code="adjusted_days")
            continue
        other = _week(event, row.get("openingHours"), f"{pointer}/openingHoursAdjustedDays").week
        days = [first + number * DAY for number in range((last - first).days + 1)]
        opening.adjusted |= {day: other[day.weekday()] for day in days}
        ranges.append((first, last))
    pauses, dated = _exceptions(opening, ranges)
    return OpeningHours([*regular.sessions, *dated], pauses, regular.childcare)


def _exceptions(opening: Opening, ranges: list[tuple[date, date]]) -> tuple[list[Pause], list[Timed]]:
    """Pause the days that are otherwise, and list what is open on them all the same."""
    touched = set(opening.adjusted)
    if any(closes > DAY_MIN for begun in (*opening.week, *opening.adjusted.values()) for _, closes in begun):
        # A night goes on into the day after its own: the edges of each range are otherwise too.
        touched |= {first for first, _ in ranges} | {last + DAY for _, last in ranges}
        touched |= {opening.start} if opening.start else set()
    within = [day for day in sorted(touched) if (opening.start or day) <= day <= (opening.end or day)]
    otherwise = [day for day in within if opening.on(day) != opening.regular(day.weekday())]
    pauses = [*opening.closed, *((day, day) for day in otherwise)]
    shut = [day for day in within if any(first <= day <= last for first, last in pauses)]
    dated: list[Timed] = [Once(day, *one) for day in shut for one in opening.on(day)]
    return [Pause(first, last) for first, last in _merged(pauses)], dated


def _merged(ranges: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _ranges(
    event: Event, calendar: dict[str, Any], key: str, pointer: str
) -> Iterator[tuple[date, date, dict[str, Any]]]:
    rows = objects(calendar.get(key))
    if len(rows) > MOST_RANGES:
        event.notes.error(f"{pointer}/{key}", f"must have at most {MOST_RANGES} entries", code="too_many")
        return
    for index, row in rows:
        first, last = read_day(row.get("startDate")), read_day(row.get("endDate") or row.get("startDate"))
        if first and last and first <= last:
            yield first, last, row
        else:
            rule = "must have a start and an end that can be read, the end not before the start"
            event.notes.warning(f"{pointer}/{key}/{index}", rule, code="date")


def _week(event: Event, rows: Any, pointer: str) -> Regular:
    """Read the hours of a week, and note the rows that cannot be read."""
    found = _read_week(rows)
    for index in found.unread:
        rule = "must have days, an opening time and another closing time"
        event.notes.warning(f"{pointer}/{index}", rule, code="opening_hours")
    return found


@by_content
def _read_week(rows: Any) -> Regular:
    """Read the hours of a week, once for all events of a place."""
    week: Week = [[] for _ in WEEKDAYS]
    unread = []
    for index, row in objects(rows):
        opens, closes = (read_clock(str(row.get(key))) for key in ("opens", "closes"))
        days = [WEEKDAYS[name.lower()] for name in texts(row.get("dayOfWeek")) if name.lower() in WEEKDAYS]
        if opens is None or closes is None or not days or opens in (closes, DAY_MIN):
            unread.append(index)
            continue
        closes = DAY_MIN if closes == LAST_MIN else closes
        for day in days:
            week[day].append((opens, closes if closes > opens else closes + DAY_MIN))
    sessions: list[Timed] = [Weekly(day, *one) for day in range(len(WEEKDAYS)) for one in _regular(week, day)]
    return Regular(week, sessions, unread, any(row.get("childcare") for _, row in objects(rows)))


def _regular(week: Week, weekday: int) -> list[Stretch]:
    return _joined([*_own(week[weekday]), *_night(week[weekday - 1])])


def _own(begun: list[Stretch]) -> list[Stretch]:
    return [(opens, min(closes, DAY_MIN)) for opens, closes in begun]


def _night(begun: list[Stretch]) -> list[Stretch]:
    return [(0, closes - DAY_MIN) for _, closes in begun if closes > DAY_MIN]


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Join what overlaps, in order."""
    joined: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if joined and opens < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined
