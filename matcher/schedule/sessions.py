"""Sessions of a schedule: RFC 5545 rules and dated sessions, with pauses.

Times are minutes of the local day in Europe/Brussels (0 to 1440), weekdays count from Monday = 0.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS_NL = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_ICAL = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
DAY_MIN = 24 * 60
FLEX_HOURS_MIN, FLEX_HOURS_MAX = 0.5, 40.0
DROP_IN_LEAST_MIN = 60
"""A drop-in visit of at least this long, or the whole of a shorter session, counts as attended."""
DROP_IN_MOST_MIN = 180
"""A drop-in visit counts for at most this long: our own setting, no source fixes it."""
HORIZON_DAYS = 365
"""How far ahead sessions are looked at, in days after today."""
MOST_SESSIONS = 400
"""More sessions in one text than days in a year are a mistake."""
FIRST_ANCHOR = date(2024, 1, 1)
"""An every-other-week session without start date counts from its first day on or after this date."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A session every week, or every other week when ``interval`` is 2."""

    day: int
    start_min: int
    end_min: int
    interval: int = 1

    def __str__(self) -> str:
        """Write the Dutch form."""
        every = "2w " if self.interval == 2 else ""
        return f"{every}{DAYS_NL[self.day]} {_times_text(self.start_min, self.end_min)}"

    def rule(self) -> str:
        """Return the RFC 5545 recurrence rule."""
        interval = ";INTERVAL=2" if self.interval == 2 else ""
        return f"FREQ=WEEKLY{interval};BYDAY={DAYS_ICAL[self.day]}"

    def dates(self, first: date, last: date, *, anchor: date | None) -> list[date]:
        """List the days of this session from ``first`` to ``last``, both included.

        ``anchor`` is the start date that fixes the even and odd weeks; None stands for `FIRST_ANCHOR`.
        """
        step = 7 * self.interval
        if self.interval == 1:
            origin = _first_day_on(first, self.day)
        else:
            origin = _first_day_on(anchor or FIRST_ANCHOR, self.day)
        start = origin.toordinal() + -((origin.toordinal() - first.toordinal()) // step) * step
        return [date.fromordinal(n) for n in range(start, last.toordinal() + 1, step)]


@dataclass(frozen=True, slots=True)
class Monthly:
    """A session each month by position: 1 to 5, or -1 for the last such day of the month."""

    position: int
    day: int
    start_min: int
    end_min: int

    def __str__(self) -> str:
        """Write the Dutch form."""
        position = "laatste" if self.position == LAST else f"{self.position}e"
        return f"{position} {DAYS_NL[self.day]} {_times_text(self.start_min, self.end_min)}"

    def rule(self) -> str:
        """Return the RFC 5545 recurrence rule."""
        return f"FREQ=MONTHLY;BYDAY={self.position}{DAYS_ICAL[self.day]}"

    def dates(self, first: date, last: date, *, anchor: date | None) -> list[date]:
        """List the days of this session from ``first`` to ``last``, both included."""
        found = []
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            year, month0 = divmod(month, 12)
            first_weekday, n_days = calendar.monthrange(year, month0 + 1)
            number = 1 + (self.day - first_weekday) % 7
            if self.position == LAST:
                number += (n_days - number) // 7 * 7
            else:
                number += 7 * (self.position - 1)
            if number <= n_days and first <= (day := date(year, month0 + 1, number)) <= last:
                found.append(day)
        return found


@dataclass(frozen=True, slots=True)
class Once:
    """A session on one date."""

    on: date
    start_min: int
    end_min: int

    @property
    def day(self) -> int:
        """Weekday of the date, Monday = 0."""
        return self.on.weekday()

    def __str__(self) -> str:
        """Write the Dutch form."""
        return f"{self.on.isoformat()} {_times_text(self.start_min, self.end_min)}"

    def dates(self, first: date, last: date, *, anchor: date | None) -> list[date]:
        """List the date if it lies from ``first`` to ``last``, both included."""
        return [self.on] if first <= self.on <= last else []


@dataclass(frozen=True, slots=True)
class Flex:
    """Hours by agreement, about so many a week."""

    hours_per_week: float

    def __str__(self) -> str:
        """Write the Dutch form."""
        return f"flex {self.hours_per_week:g}u/week"


Timed = Weekly | Monthly | Once
"""A session with hours of its own."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which repeating sessions do not take place, both ends included.

    ``start`` and ``end`` are (month, day) for a pause of each year, or dates.
    """

    start: date | tuple[int, int]
    end: date | tuple[int, int]

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in the pause."""
        if isinstance(self.start, date) and isinstance(self.end, date):
            return self.start <= day <= self.end
        key = (day.month, day.day)
        if self.start <= self.end:  # type: ignore[operator]
            return self.start <= key <= self.end  # type: ignore[operator]
        return key >= self.start or key <= self.end  # type: ignore[operator]

    def __str__(self) -> str:
        """Write ``MM-DD..MM-DD`` or ``YYYY-MM-DD..YYYY-MM-DD``."""
        return "..".join(
            end.isoformat() if isinstance(end, date) else f"{end[0]:02d}-{end[1]:02d}"
            for end in (self.start, self.end)
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """The sessions of one activity, in the order in which they were written."""

    sessions: tuple[Timed | Flex, ...]

    @property
    def timed(self) -> tuple[Timed, ...]:
        """Sessions with hours of their own."""
        return tuple(session for session in self.sessions if not isinstance(session, Flex))

    @property
    def flex(self) -> Flex | None:
        """The part by agreement, if any."""
        return next((session for session in self.sessions if isinstance(session, Flex)), None)

    @property
    def only_once(self) -> bool:
        """True when every session has a date of its own."""
        return all(isinstance(session, Once) for session in self.sessions)

    @property
    def week_unknown(self) -> bool:
        """True when a start date is needed to know which weeks are meant."""
        return any(isinstance(session, Weekly) and session.interval == 2 for session in self.sessions)

    def __str__(self) -> str:
        """Write the schedule text in its Dutch form."""
        return "; ".join(map(str, self.sessions))

    def occurrences(
        self, first: date, last: date, *, start_date: date | None = None, pauses: Sequence[Pause] = ()
    ) -> list[tuple[date, Timed]]:
        """List the dated sessions from ``first`` to ``last``, both included, in order of time.

        Parameters
        ----------
        first, last : date
            The caller keeps them within the dates of the activity.
        start_date : date or None
            First day of the activity: it fixes which weeks an every-other-week session has.
        pauses : sequence of Pause
            They take away repeating sessions; a session with its own date stands.
        """
        found = [
            (day, session)
            for session in self.timed
            for day in session.dates(first, last, anchor=start_date)
            if isinstance(session, Once) or not any(day in pause for pause in pauses)
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].start_min))

    def overlap(
        self, *, start_date: date | None = None, end_date: date | None = None, pauses: Sequence[Pause] = ()
    ) -> tuple[Timed, Timed] | None:
        """Find two sessions that take place at the same time on some day, or None.

        A session with its own date is held against the rules on that day; two rules against one another in the
        three years from the start, in which every pair of rules that can meet does.
        """
        if len(self.sessions) < 2 or len({one.on for one in self.sessions if isinstance(one, Once)}) == len(
            self.sessions
        ):
            return None
        first = start_date or FIRST_ANCHOR
        last = min(end_date or date.max, _years_later(first, 3))

        def days(session: Timed, other: Timed) -> set[date]:
            if isinstance(session, Once):
                return {session.on}
            if isinstance(other, Once):
                in_run = (start_date or date.min) <= other.on <= (end_date or date.max)
                span = (other.on, other.on) if in_run else (date.max, date.min)
            else:
                span = (first, last)
            found = session.dates(*span, anchor=start_date) if span[0] <= span[1] else []
            return {day for day in found if not any(day in pause for pause in pauses)}

        dated = sorted((one for one in self.sessions if isinstance(one, Once)), key=attrgetter("on", "start_min"))
        for before, after in pairwise(dated):
            if before.on == after.on and after.start_min < before.end_min:
                return before, after
        rules = [one for one in self.sessions if isinstance(one, (Weekly, Monthly))]
        for number, one in enumerate(rules):
            for other in (*rules[number + 1 :], *dated):
                at_once = one.day == other.day and one.start_min < other.end_min and other.start_min < one.end_min
                if at_once and days(one, other) & days(other, one):
                    return one, other
        return None


def rule_of(session: Weekly | Monthly, start_date: date) -> rrule:
    """Return the session as a dateutil recurrence, from ``start_date`` on.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling, section 3.3.10.
    """
    start = _first_day_on(start_date, session.day) if isinstance(session, Weekly) else start_date
    rule = rrulestr(session.rule(), dtstart=datetime(start.year, start.month, start.day))
    assert isinstance(rule, rrule)
    return rule


def local_day(moment: datetime) -> date:
    """Return the day on which a moment falls in Europe/Brussels.

    Examples
    --------
    >>> from datetime import UTC
    >>> local_day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)).isoformat()
    '2026-11-23'
    """
    return moment.astimezone(BRUSSELS).date()


def local_time(day: date, minute: int) -> datetime:
    """Return the moment in Europe/Brussels at so many minutes of clock time after midnight.

    Examples
    --------
    >>> local_time(date(2026, 10, 25), 24 * 60).isoformat()
    '2026-10-26T00:00:00+01:00'
    """
    days, minute = divmod(minute, DAY_MIN)
    day += timedelta(days=days)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=BRUSSELS)


@cache
def clock(minute: int) -> str:
    """Write minutes of the day as ``HH:MM``.

    Examples
    --------
    >>> clock(1440)
    '24:00'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


@lru_cache(maxsize=4096)
def _times_text(start_min: int, end_min: int) -> str:
    return f"{clock(start_min)}-{clock(end_min)}"


def _first_day_on(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _years_later(day: date, years: int) -> date:
    return date(min(day.year + years, date.max.year), day.month, min(day.day, 28))
