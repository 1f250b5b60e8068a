"""RFC 5545 recurrence rules as other programs write them: read, expanded within bounds, written as sessions."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from ..errors import EARLIEST_YEAR, LATEST_YEAR, InputError, Problem
from .sessions import DAYS_ICAL, LAST, Monthly, Weekly

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_INTERVAL = 1_000
MOST_COUNT = 20_000
"""A rule that counts further than this is taken as one without an end."""
MOST_RULE_LENGTH = 2_000
_BY = MappingProxyType(
    {
        "BYMONTH": (1, 12),
        "BYMONTHDAY": (-31, 31),
        "BYYEARDAY": (-366, 366),
        "BYSETPOS": (-366, 366),
        "BYHOUR": (0, 23),
        "BYMINUTE": (0, 59),
        "BYSECOND": (0, 0),
    }
)
"""Keys with whole numbers, and their bounds; 0 is a number of hours and minutes only."""
_DAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(DAYS_ICAL)})", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A recurrence rule with what it needs to be expanded, but for its first session."""

    text: str
    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    """A date, a moment in the zone of the series, or a moment in UTC."""
    days: tuple[tuple[int | None, int], ...] = ()
    """Position (in the month or year) or None, and weekday."""
    by: dict[str, list[int]] = field(default_factory=dict)
    week_start: int = 0

    def starts(self, first: datetime, *, low: datetime, high: datetime) -> Iterator[datetime]:
        """Give the moments from ``low`` to ``high`` in order, all without a zone.

        Parameters
        ----------
        first : datetime
            First session of the series, in the clock time of its own zone, as are the bounds.
        low, high : datetime
            What lies outside is not given; a rule without an end stops at ``high``.

        Notes
        -----
        Walks the days from ``low`` (from ``first`` when the rule counts) to ``high`` and no further, also for a
        rule that never gives a session.
        """
        n_given = 0
        day = first.date() if self.count is not None else max(first, low).date()
        while day <= high.date():
            begin, end = self._period(day)
            day = end
            if (self._period_number(begin) - self._period_number(self._period(first.date())[0])) % self.interval:
                continue
            for moment in self._moments(begin, end, first):
                if moment < first:
                    continue
                if moment > high or n_given == self.count:
                    return
                n_given += 1
                if moment >= low:
                    yield moment

    def _period(self, day: date) -> tuple[date, date]:
        """Return the first day of the day, week, month or year, and that of the next."""
        if self.frequency == "DAILY":
            return day, day + timedelta(days=1)
        if self.frequency == "WEEKLY":
            begin = day - timedelta(days=(day.weekday() - self.week_start) % 7)
            return begin, begin + timedelta(days=7)
        if self.frequency == "MONTHLY":
            begin = day.replace(day=1)
            return begin, (begin + timedelta(days=31)).replace(day=1)
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)

    def _period_number(self, begin: date) -> int:
        if self.frequency in ("DAILY", "WEEKLY"):
            return begin.toordinal() // (7 if self.frequency == "WEEKLY" else 1)
        return begin.year * 12 + begin.month if self.frequency == "MONTHLY" else begin.year

    def _moments(self, begin: date, end: date, first: datetime) -> list[datetime]:
        """List the moments of one period, before or after the first session alike."""
        days = [date.fromordinal(number) for number in self._numbers(begin, end, first)]
        clocks = [
            first.time().replace(hour=hour, minute=minute)
            for hour in self.by.get("BYHOUR", [first.hour])
            for minute in self.by.get("BYMINUTE", [first.minute])
        ]
        found = [datetime.combine(day, clock) for day in days if self._holds(day, first) for clock in clocks]
        positions = self.by.get("BYSETPOS")
        if positions is None:
            return found
        n = len(found)
        return [found[at] for at in sorted({p - 1 if p > 0 else n + p for p in positions}) if 0 <= at < n]

    def _numbers(self, begin: date, end: date, first: datetime) -> Sequence[int]:
        """Return the ordinals of the days of a period that are worth a look."""
        numbers = range(begin.toordinal(), end.toordinal())
        if self.frequency != "WEEKLY":
            return numbers
        # By far the most rules are weekly, on one or two days.
        wanted = {weekday for _, weekday in self.days} or {first.weekday()}
        return sorted(numbers[(weekday - self.week_start) % 7] for weekday in wanted)

    def _holds(self, day: date, first: datetime) -> bool:
        """Tell whether the rule names a day; what it does not name it takes from the first session."""
        by = self.by
        if "BYMONTH" in by and day.month not in by["BYMONTH"]:
            return False
        if self.days and not any(
            day.weekday() == weekday and (position is None or position in self._positions(day))
            for position, weekday in self.days
        ):
            return False
        if "BYMONTHDAY" in by and not {day.day, day.day - _month_length(day) - 1} & set(by["BYMONTHDAY"]):
            return False
        if "BYYEARDAY" in by and not set(_in_year(day)) & set(by["BYYEARDAY"]):
            return False
        if self.days or "BYMONTHDAY" in by or "BYYEARDAY" in by or self.frequency == "DAILY":
            return True
        if self.frequency == "WEEKLY":
            return day.weekday() == first.weekday()
        return day.day == first.day and (
            self.frequency == "MONTHLY" or "BYMONTH" in by or day.month == first.month
        )

    def _positions(self, day: date) -> tuple[int, int]:
        """Return the how-manieth such weekday of its month or year a day is, from the front and from the back."""
        if self.frequency == "MONTHLY" or "BYMONTH" in self.by:
            front, back = day.day, _month_length(day) - day.day
        else:
            front, back = _in_year(day)[0], -_in_year(day)[1] - 1
        return 1 + (front - 1) // 7, -1 - back // 7

    def sessions(self, day: int, start_min: int, end_min: int) -> tuple[Weekly | Monthly, ...]:
        """Return the sessions of the schedule text that mean the same; empty when there are none.

        Parameters
        ----------
        day : int
            Weekday of the first session, for a rule that names no days.
        start_min, end_min : int
            Minutes of the day.
        """
        positions = self.by.get("BYSETPOS", [])
        if set(self.by) - {"BYSETPOS"}:
            return ()
        if self.frequency == "MONTHLY" and self.interval == 1:
            found = self.days
            if positions and len(found) == 1 and found[0][0] is None:
                found = tuple((position, found[0][1]) for position in positions)
            elif positions:
                return ()
            if not found or any(position not in (LAST, 1, 2, 3, 4, 5) for position, _ in found):
                return ()
            return tuple(Monthly(position, weekday, start_min, end_min) for position, weekday in found if position)
        if positions or any(position for position, _ in self.days):
            return ()
        if self.frequency == "WEEKLY" and self.interval in (1, 2):
            weekdays = [weekday for _, weekday in self.days] or [day]
        elif self.frequency == "DAILY" and self.interval == 1:
            weekdays = [weekday for _, weekday in self.days] or list(range(7))
        else:
            return ()
        return tuple(Weekly(weekday, start_min, end_min, self.interval) for weekday in sorted(set(weekdays)))


def read_recurrence(text: str) -> Recurrence:
    """Read the value of an ``RRULE``.

    Raises
    ------
    InputError
        If it is unreadable, repeats quicker than daily, or holds a number that cannot be meant.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling, section 3.3.10.

    Examples
    --------
    >>> rule = read_recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630")
    >>> [str(session) for session in rule.sessions(1, 19 * 60, 21 * 60)], rule.until
    (['2w di 19:00-21:00'], datetime.date(2027, 6, 30))
    """
    if len(text) > MOST_RULE_LENGTH:
        raise _bad(text, f"must have at most {MOST_RULE_LENGTH} characters")
    parts: dict[str, str] = {}
    for piece in filter(None, text.strip().upper().split(";")):
        key, sign, value = (part.strip() for part in piece.partition("="))
        if not sign or not value or key in parts:
            raise _bad(text, "must be a rule like FREQ=WEEKLY;BYDAY=TU")
        parts[key] = value
    frequency = parts.pop("FREQ", "")
    if frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise _bad(text, "must not repeat more often than daily", "Write the sessions of a day one by one.")
    if frequency not in FREQUENCIES:
        raise _bad(text, f"must have a FREQ of {', '.join(FREQUENCIES)}")
    found = Recurrence(
        text=text,
        frequency=frequency,
        interval=_number(text, parts.pop("INTERVAL", "1"), 1, MOST_INTERVAL),
        count=_count(text, parts.pop("COUNT", "")),
        until=_until(text, parts.pop("UNTIL", "")),
        days=tuple(_weekday(text, value) for value in parts.pop("BYDAY", "").split(",") if value),
        by={key: _numbers(text, key, parts.pop(key)) for key in _BY if key in parts},
        week_start=_weekday(text, parts.pop("WKST", "MO"))[1],
    )
    if parts:
        raise _bad(text, "must have known keys only", f"Look at {next(iter(parts))[:20]}.")
    if frequency in ("DAILY", "WEEKLY") and any(position for position, _ in found.days):
        raise _bad(text, "must have days without a position in a weekly rule")
    return found


def _count(text: str, value: str) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdecimal() or not value.strip("0"):
        raise _bad(text, "must have a COUNT of at least 1")
    return int(value) if len(value) <= 6 and int(value) <= MOST_COUNT else None


def _until(text: str, value: str) -> date | None:
    if not value:
        return None
    match = _UNTIL.fullmatch(value)
    try:
        if match:
            day = datetime.strptime(match[1], "%Y%m%d").date()
            if day.year < EARLIEST_YEAR:
                raise ValueError
            if day.year > LATEST_YEAR:
                # Programs write the year 9999 where there is no end.
                return None
            if not match[2]:
                return day
            # A leap second is no time of a clock.
            clock = datetime.strptime(match[2][:4], "%H%M").time()
            return datetime.combine(
                day, time(clock.hour, clock.minute, 59 if match[2][4:] > "00" else 0), UTC if match[3] else None
            )
    except ValueError:
        pass
    raise _bad(text, "must have an UNTIL that is a date", f"Look at {value[:20]}.")


def _weekday(text: str, value: str) -> tuple[int | None, int]:
    match = _DAY.fullmatch(value.strip())
    position = int(match[1]) if match and match[1] else None
    if not match or position == 0 or abs(position or 1) > 53:
        raise _bad(text, "must have days like TU or 1TH", f"Look at {value[:20]}.")
    return position, DAYS_ICAL.index(match[2])


def _numbers(text: str, key: str, value: str) -> list[int]:
    least, most = _BY[key]
    found = sorted({_number(text, part.strip(), least, most) for part in value.split(",")})
    if least < 0 and 0 in found:
        raise _bad(text, f"must not have 0 in {key}")
    return found


def _number(text: str, value: str, least: int, most: int) -> int:
    if re.fullmatch(r"[+-]?\d{1,6}", value, re.ASCII) and least <= int(value) <= most:
        return int(value)
    raise _bad(text, f"must have a number from {least} to {most} where it has {value[:20]}")


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _in_year(day: date) -> tuple[int, int]:
    """Return the number of a day in its year from the front and from the back, as 1 and -365."""
    number = day.timetuple().tm_yday
    return number, number - 366 - calendar.isleap(day.year)


def _bad(text: str, rule: str, remedy: str = "") -> InputError:
    return InputError([Problem(key="RRULE", rule=rule, value=text, remedy=remedy, code="recurrence")])
