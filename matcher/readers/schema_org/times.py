"""When an event takes place: its own start and end, those of its sub-events, and its schedules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ...errors import EARLIEST_YEAR, LATEST_YEAR, InputError, Problem, shown
from ...schedule import BRUSSELS, Run, Series, read_recurrence, run_of_series
from .things import Thing, word

CALLED_OFF = frozenset({"EventCancelled", "EventPostponed"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.A)
_CLOCK = re.compile(r"T?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.A)
_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}(?:\.\d+)?S)?)?", re.I | re.A
)
_EVERY = re.compile(r"P(\d{1,3})([DWMY])", re.I | re.A)
_NIGHT_STARTS, _NIGHT_ENDS = time(18), time(6)
"""Between these hours what ends before it starts ends on the next day."""
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_EVERY_WORDS = {
    "daily": ("D", 1),
    "weekly": ("W", 1),
    "biweekly": ("W", 2),
    "monthly": ("M", 1),
    "yearly": ("Y", 1),
}
_DAYS = {
    name: day
    for day, names in (
        ("MO", "monday mon mo"),
        ("TU", "tuesday tue tu"),
        ("WE", "wednesday wed we"),
        ("TH", "thursday thu th"),
        ("FR", "friday fri fr"),
        ("SA", "saturday sat sa"),
        ("SU", "sunday sun su"),
    )
    for name in names.split()
}


def schedules(event: Thing) -> list[Thing]:
    """Return the rhythms of an event, or of a run of a course."""
    return event.things("eventSchedule") or event.things("courseSchedule")


def run_of_event(event: Thing, sessions: Sequence[Thing], *, today: date) -> tuple[Run, list[Problem]]:
    """Return when an event and its sessions take place, as far as that is known.

    Raises
    ------
    InputError
        If a date of the event itself cannot be meant.
    """
    problems: list[Problem] = []
    own = list(_series(event))
    rules: list[Series] = []
    start_known = True
    for schedule in schedules(event):
        try:
            rule = _series_of_schedule(schedule, event, own, today)
        except InputError as error:
            problems += [_less(problem, schedule.place) for problem in error.problems]
        else:
            rules.append(rule)
            start_known = start_known and bool(_day(schedule, "startDate") or own)
    repeats = rules or sessions or problems
    dated, called_off = _sessions(sessions, problems)
    if _called_off(event):
        called_off, dated = [], dated or [one for session in sessions for one in _series(session)]
    rules = [replace(rule, without=rule.without | {one.start for one in called_off}) for rule in rules]
    series = [*rules, *dated] if repeats else own
    if not series:
        # The schedule was not understood: no more is known than from when until when.
        run, _ = run_of_series([replace(one, length=None) for one in own], today=today) if own else (Run(), [])
        return replace(run, schedule=None, pauses=(), end_date=_last_day(own)), problems
    run, more = run_of_series(series, today=today)
    if not start_known:
        run = replace(run, start_date=None)
    return run, problems + more


def _sessions(sessions: Sequence[Thing], problems: list[Problem]) -> tuple[list[Series], list[Series]]:
    """Return the sessions that take place, and those that do not."""
    dated: list[Series] = []
    called_off: list[Series] = []
    for session in sessions:
        try:
            (called_off if _called_off(session) else dated).extend(_series(session))
        except InputError as error:
            problems += [_less(problem, session.place) for problem in error.problems]
    return dated, called_off


def _called_off(event: Thing) -> bool:
    return bool(CALLED_OFF.intersection(word(str(one)) for one in event.all("eventStatus", own=True)))


def _less(problem: Problem, place: str) -> Problem:
    return replace(problem, severity="warning", place=f"{place}/{problem.key}" if problem.key else place)


def _series(event: Thing) -> Iterator[Series]:
    """Give what the event says of its own start and end."""
    starts, ends = event.all("startDate", own=True), event.all("endDate", own=True)
    for number, value in enumerate(starts):
        start = _moment(value, "startDate")
        end = _moment(ends[number], "endDate") if len(ends) == len(starts) else None
        yield Series(start=_whole_day(start, end), length=_length(start, end, event))


def _whole_day(start: date, end: date | None) -> date:
    """Return a date alone where a program writes a day without hours as from midnight to midnight."""
    if (
        isinstance(start, datetime)
        and isinstance(end, datetime)
        and start.time() == time()
        and end.time() >= time(23, 59)
    ):
        return start.date()
    return start


def _length(start: date, end: date | None, event: Thing) -> timedelta | None:
    if end is None:
        return _duration(event)
    if isinstance(start, datetime) and isinstance(end, datetime):
        length = _local(end) - _local(start)
        if length < timedelta(0):
            raise _bad("endDate", "must come after startDate", "end_before_start", str(end))
        if _whole_day(start, end) is not start:
            return timedelta(days=(end.date() - start.date()).days + 1)
        return length or None
    first, last = _local(start).date(), _local(end).date()
    if last < first:
        raise _bad("endDate", "must come after startDate", "end_before_start", str(end))
    # An end without an hour says no more than the day; a session of one day may then last any time.
    if isinstance(start, datetime) and first == last:
        return None
    return datetime.combine(last, time()) + timedelta(days=1) - _local(start)


def _local(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(BRUSSELS).replace(tzinfo=None) if moment.tzinfo else moment


def _last_day(own: Sequence[Series]) -> date | None:
    if not own or any(one.length is None for one in own):
        return None
    return max(_local(one.start) + one.length - timedelta(microseconds=1) for one in own if one.length).date()


def _series_of_schedule(schedule: Thing, event: Thing, own: Sequence[Series], today: date) -> Series:
    """Turn a schedule into a rule.

    Raises
    ------
    InputError
        If a part of it is not understood: a rule without that part would be another rule.
    """
    start = _day(schedule, "startDate") or (_local(own[0].start).date() if own else None)
    rule = read_recurrence(_rule(schedule, _until(schedule, own)))
    if start is None and (
        rule.interval > 1 or rule.count is not None or not (rule.days or rule.frequency == "DAILY")
    ):
        raise _bad("startDate", "is needed to know which days are meant", "start_needed")
    begins = _clock(schedule, "startTime")
    zone = _zone(schedule.text("scheduleTimezone") or event.text("scheduleTimezone"))
    day = start or today - timedelta(days=today.weekday())
    first = day if begins is None else datetime.combine(day, begins, None if zone is BRUSSELS else zone)
    # A schedule starts on or before its first session; a series starts with it.
    low = datetime.combine(day, begins or time())
    sessions = rule.starts(low, low=low, high=low + timedelta(days=750))
    earliest = next(sessions, low)
    first = first + (earliest.date() - day)
    return Series(
        start=first,
        length=_lasting(begins, _clock(schedule, "endTime"), _duration(schedule)),
        rule=rule,
        without=frozenset(_moment(one, "exceptDate") for one in schedule.all("exceptDate")),
    )


def _until(schedule: Thing, own: Sequence[Series]) -> date | None:
    """Return the last day of a schedule, which may stand with the event; a year like 9999 is none."""
    end = schedule.one("endDate", own=True)
    if isinstance(end, str) and end.strip()[:4].isdecimal() and int(end.strip()[:4]) > LATEST_YEAR:
        return None
    day = _day(schedule, "endDate")
    if day is None and not schedule.text("repeatCount") and len(own) == 1:
        last = _last_day(own)
        return last if last and last > _local(own[0].start).date() else None
    return day


def _rule(schedule: Thing, until: date | None) -> str:
    every = schedule.text("repeatFrequency")
    match = _EVERY.fullmatch(every)
    unit, n = (match[2].upper(), int(match[1])) if match else _EVERY_WORDS.get(word(every).lower(), ("", 0))
    if unit == "D" and n and n % 7 == 0:
        unit, n = "W", n // 7
    if not unit or not n:
        raise _bad("repeatFrequency", "must be like P1W, P2W or P1M", "repeat", shown(every))
    days = [_weekday(one) for one in schedule.words("byDay")]
    weeks = [str(one) for one in schedule.all("byMonthWeek")]
    if weeks:
        if unit != "M" or not days or any(day[:-2] for day in days):
            raise _bad("byMonthWeek", "must come with byDay, in a monthly schedule", "repeat")
        days = [f"{week}{day}" for week in weeks for day in days]
    count = schedule.text("repeatCount")
    parts = {
        "FREQ": _FREQUENCIES[unit],
        "INTERVAL": str(n),
        "BYDAY": ",".join(days),
        "BYMONTHDAY": ",".join(str(one) for one in schedule.all("byMonthDay")),
        "BYMONTH": ",".join(str(one) for one in schedule.all("byMonth")),
        "COUNT": count,
        "UNTIL": f"{until:%Y%m%d}" if until else "",
    }
    return ";".join(f"{key}={value}" for key, value in parts.items() if value)


def _weekday(name: str) -> str:
    if re.fullmatch(r"[+-]?\d[A-Z]{2}", name):
        return name
    if name.lower() not in _DAYS:
        raise _bad("byDay", "must be a day like https://schema.org/Tuesday", "repeat", shown(name))
    return _DAYS[name.lower()]


def _lasting(begins: time | None, ends: time | None, duration: timedelta | None) -> timedelta | None:
    if begins is None or ends is None:
        return duration
    length = datetime.combine(date.min, ends) - datetime.combine(date.min, begins)
    if length <= timedelta(0):
        if begins < _NIGHT_STARTS or ends > _NIGHT_ENDS:
            raise _bad("endTime", "must come after startTime, or at night", "end_before_start", f"{ends:%H:%M}")
        length += timedelta(days=1)
    if duration is not None and duration != length:
        raise _bad("duration", "must agree with startTime and endTime", "duration", str(duration))
    return length


def _clock(schedule: Thing, key: str) -> time | None:
    text = schedule.text(key)
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 0)
    if (hour, minute) == (24, 0):
        return time()
    if hour > 23 or minute > 59:
        raise _bad(key, "must be a time like 19:00, without a zone", "time", shown(text))
    return time(hour, minute)


def _duration(thing: Thing) -> timedelta | None:
    # That of a series of OpenActive is the length of one session, that of any other event is its whole.
    of_series = thing.above is not None and "SessionSeries" in thing.above.types
    text = thing.text("duration", own=not of_series)
    if not text:
        return None
    match = _DURATION.fullmatch(text)
    if not match:
        raise _bad("duration", "must be like PT2H", "duration", shown(text))
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes) or None


def _zone(name: str) -> Any:
    if not name:
        return BRUSSELS
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise _bad("scheduleTimezone", "must be a zone like Europe/Brussels", "zone", shown(name)) from None


def _day(schedule: Thing, key: str) -> date | None:
    value = schedule.one(key, own=True)
    return _local(_moment(value, key)).date() if value is not None and value != "" else None


def _moment(value: Any, key: str) -> date:
    text = value.strip() if isinstance(value, str) else ""
    try:
        moment = date.fromisoformat(text) if _DATE.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError:
        raise _bad(key, "must be a date or a moment like 2026-12-01T19:00", "date", shown(value)) from None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise _bad(key, f"must lie between {EARLIEST_YEAR} and {LATEST_YEAR}", "date", text[:10])
    return moment


def _bad(key: str, rule: str, code: str, value: str | None = None) -> InputError:
    return InputError([Problem(key=key, rule=rule, value=value, code=code)])
