"""Schedule text, RFC 5545 rules and dated sessions; the weekly availability of a person.

Times are minutes of the local day in Europe/Brussels (0 to 1440), weekdays count from Monday = 0.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from .errors import InputError, Problem, shown

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
MOST_SESSIONS = 400
"""More sessions in one text than days in a year are a mistake."""
"""How far ahead sessions are looked at, in days after today."""
FIRST_ANCHOR = date(2024, 1, 1)
"""An every-other-week session without start date counts from its first day on or after this date."""

_DAY = {word: number for words in (DAYS_NL, DAYS_EN) for number, word in enumerate(words)}
_POSITION = {
    **{f"{n}e": n for n in range(1, 6)},
    **dict(zip(("1st", "2nd", "3rd", "4th", "5th"), range(1, 6), strict=True)),
    "laatste": LAST,
    "last": LAST,
}
_TIMES = r"(\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})"
_DAY_PATTERN = "|".join(_DAY)
_WEEKLY = re.compile(rf"(2w )?({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_MONTHLY = re.compile(rf"({'|'.join(_POSITION)}) ({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_ONCE = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) {_TIMES}", re.ASCII)
_FLEX = re.compile(r"flex (\d{1,3}(?:[.,]\d{1,4})?) ?[uh] ?/ ?week", re.ASCII)
_FREE = re.compile(rf"({_DAY_PATTERN}) {_TIMES}", re.ASCII)
_EXPECTED = (
    "must be sessions separated by ';', each like 'di 19:00-21:00', '2w di 19:00-21:00', "
    "'1e do 09:30-12:00', 'laatste vr 14:00-16:00', '2026-12-05 14:00-17:00' or 'flex 2u/week'"
)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A session every week, or every other week when ``interval`` is 2."""

    day: int
    start_min: int
    end_min: int
    interval: int = 1

    def __str__(self) -> str:
        """Write the Dutch form."""
        return f"{'2w ' if self.interval == 2 else ''}{DAYS_NL[self.day]} {_times_text(self)}"

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
        return f"{position} {DAYS_NL[self.day]} {_times_text(self)}"

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
        return f"{self.on.isoformat()} {_times_text(self)}"

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

        for one, other in combinations(self.timed, 2):
            at_once = one.day == other.day and one.start_min < other.end_min and other.start_min < one.end_min
            if at_once and days(one, other) & days(other, one):
                return one, other
        return None


def read_schedule(
    text: str,
    *,
    start_date: date | None = None,
    end_date: date | None = None,
    pauses: Sequence[Pause] = (),
) -> Schedule:
    """Read a schedule text, with the dates and pauses between which it runs.

    Raises
    ------
    InputError
        If a session is unreadable, ends before it starts, or overlaps another one.

    Examples
    --------
    >>> str(read_schedule("TUE 9:00 - 11:00; last fri 14:00-16:00"))
    'di 09:00-11:00; laatste vr 14:00-16:00'
    >>> read_schedule("1st thu 09:30-12:00").timed[0].rule()
    'FREQ=MONTHLY;BYDAY=1TH'
    """
    schedule = parse_schedule(text)
    check_overlap(schedule, start_date=start_date, end_date=end_date, pauses=pauses)
    return schedule


def check_overlap(
    schedule: Schedule, *, start_date: date | None, end_date: date | None, pauses: Sequence[Pause]
) -> None:
    """Raise `InputError` when two sessions of the schedule overlap."""
    clash = schedule.overlap(start_date=start_date, end_date=end_date, pauses=pauses)
    if clash:
        raise _bad(
            f"'{clash[0]}' and '{clash[1]}'",
            "must be sessions that do not overlap",
            "Write parallel groups as separate activities.",
        )


@lru_cache(maxsize=65536)
def parse_schedule(text: str) -> Schedule:
    """Read the grammar of a schedule text; overlaps are looked at by `check_overlap`.

    Raises
    ------
    InputError
        If a session is unreadable or ends before it starts, or when there is none.
    """
    pieces = [" ".join(piece.split()).lower() for piece in text.split(";", MOST_SESSIONS + 1)]
    if len(pieces) > MOST_SESSIONS:
        raise _bad(text, f"must have at most {MOST_SESSIONS} sessions", "Write what repeats as a rule.")
    sessions = tuple(_session(piece, text) for piece in pieces if piece)
    if not sessions:
        raise _bad(text, _EXPECTED)
    if sum(isinstance(session, Flex) for session in sessions) > 1:
        raise _bad(text, "must have at most one 'flex'", "Add the hours together.")
    return Schedule(sessions)


@lru_cache(maxsize=4096)
def parse_pause(text: str) -> Pause:
    """Read ``MM-DD..MM-DD`` or ``YYYY-MM-DD..YYYY-MM-DD``.

    Raises
    ------
    InputError
        If an end is not a day of the calendar, or a dated pause ends before it starts.

    Examples
    --------
    >>> date(2027, 1, 2) in parse_pause("12-21..01-03")
    True
    """
    rule = "must be 'MM-DD..MM-DD' or 'YYYY-MM-DD..YYYY-MM-DD'"
    start_text, dots, end_text = (part.strip() for part in text.strip().partition(".."))
    if not dots:
        raise _bad(text, rule)
    start, end = _pause_end(start_text, text, rule), _pause_end(end_text, text, rule)
    if isinstance(start, date) != isinstance(end, date):
        raise _bad(text, rule, "Write both ends with a year, or both without.")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise _bad(text, "must end on or after its start", "Turn the two dates round.")
    return Pause(start, end)


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


def clock(minute: int) -> str:
    """Write minutes of the day as ``HH:MM``.

    Examples
    --------
    >>> clock(1440)
    '24:00'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Availability:
    """When a person is free in an ordinary week: per weekday the stretches in minutes, in order, apart."""

    stretches: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def free_min(self) -> int:
        """Free minutes in a week."""
        return sum(end - start for day in self.stretches for start, end in day)

    @property
    def longest_min(self) -> int:
        """Length of the longest stretch, in minutes."""
        return max((end - start for day in self.stretches for start, end in day), default=0)

    def texts(self) -> list[str]:
        """Write one ``<day> HH:MM-HH:MM`` a stretch."""
        return [
            f"{DAYS_NL[day]} {clock(start)}-{clock(end)}"
            for day, stretches in enumerate(self.stretches)
            for start, end in stretches
        ]

    def attended_min(self, day: int, start_min: int, end_min: int, *, drop_in: bool) -> int:
        """Return the minutes of a session that count, 0 when it cannot be attended.

        A session that must be attended whole lies within one stretch. A drop-in session counts as soon as an
        hour of it, or all of a shorter one, is free, and for at most `DROP_IN_MOST_MIN`.
        """
        length = end_min - start_min
        covered = [max(0, min(end, end_min) - max(start, start_min)) for start, end in self.stretches[day]]
        if not drop_in:
            return length if length in covered else 0
        free = sum(covered)
        return min(free, DROP_IN_MOST_MIN) if free >= min(length, DROP_IN_LEAST_MIN) else 0


def read_availability(entries: Iterable[str]) -> Availability:
    """Read a list of ``<day> HH:MM-HH:MM``; entries of one day that touch or overlap become one stretch.

    Raises
    ------
    InputError
        One problem for each unreadable entry, with ``[index]`` as its key.

    Examples
    --------
    >>> read_availability(["ma 9:00-11:00", "mon 11:00-12:30"]).texts()
    ['ma 09:00-12:30']
    """
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS_NL]
    problems = []
    for index, entry in enumerate(entries):
        text = " ".join(entry.split()).lower()
        match = _FREE.fullmatch(text)
        try:
            if not match:
                raise _bad(entry, "must be a day and hours, like 'ma 09:00-12:00'")
            days[_DAY[match[1]]].append(_times(match.groups()[1:], entry))
        except InputError as error:
            problem = error.problems[0]
            problems.append(
                Problem(key=f"[{index}]", rule=problem.rule, value=problem.value, remedy=problem.remedy)
            )
    if problems:
        raise InputError(problems)
    return Availability(tuple(tuple(_joined(stretches)) for stretches in days))


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _session(piece: str, text: str) -> Timed | Flex:
    if match := _WEEKLY.fullmatch(piece):
        every, day, *times = match.groups()
        return Weekly(_DAY[day], *_times(times, text), interval=2 if every else 1)
    if match := _MONTHLY.fullmatch(piece):
        position, day, *times = match.groups()
        return Monthly(_POSITION[position], _DAY[day], *_times(times, text))
    if match := _ONCE.fullmatch(piece):
        day_text, *times = match.groups()
        try:
            day_date = date.fromisoformat(day_text)
        except ValueError:
            raise _bad(text, "must have dates of the calendar", f"Look at {day_text}.") from None
        return Once(day_date, *_times(times, text))
    if match := _FLEX.fullmatch(piece):
        hours = float(match[1].replace(",", "."))
        if not FLEX_HOURS_MIN <= hours <= FLEX_HOURS_MAX:
            raise _bad(text, f"must have {FLEX_HOURS_MIN:g} to {FLEX_HOURS_MAX:g} hours after 'flex'")
        return Flex(hours)
    raise _bad(text, _EXPECTED, f"Look at '{shown(piece)}'.")


def _times(parts: Sequence[str | None], text: str) -> tuple[int, int]:
    start_hour, start_minute, end_hour, end_minute = (int(part or 0) for part in parts)
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start_minute > 59 or end_minute > 59 or start >= DAY_MIN or end > DAY_MIN:
        raise _bad(text, "must have times from 00:00 to 24:00, and 24:00 as an end only")
    if end <= start:
        raise _bad(
            text,
            "must have an end after its start",
            "Write what passes midnight as two: 'vr 22:00-24:00; za 00:00-02:00'.",
        )
    return start, end


def _times_text(session: Timed) -> str:
    return f"{clock(session.start_min)}-{clock(session.end_min)}"


def _pause_end(part: str, text: str, rule: str) -> date | tuple[int, int]:
    try:
        if re.fullmatch(r"\d{2}-\d{2}", part, re.ASCII):
            day = date.fromisoformat(f"2024-{part}")  # a leap year: 02-29 may be an end
            return day.month, day.day
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part, re.ASCII):
            return date.fromisoformat(part)
    except ValueError:
        pass
    raise _bad(text, rule, f"'{shown(part)}' is not a day of the calendar.")


def _bad(text: str, rule: str, remedy: str = "") -> InputError:
    return InputError([Problem(rule=rule, value=text, remedy=remedy)])


def _first_day_on(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _years_later(day: date, years: int) -> date:
    return date(min(day.year + years, date.max.year), day.month, min(day.day, 28))
