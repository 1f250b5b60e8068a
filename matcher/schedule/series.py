"""Sessions as calendars and web pages tell them: a start, a rule, exceptions; they become one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from ..errors import InputError, Problem
from .compact import Rule, Run, run_of_dates, run_of_rules
from .recurrence import Recurrence
from .sessions import BRUSSELS, DAY_MIN, HORIZON_DAYS, MOST_SESSIONS, Once, Schedule, Weekly
from .text import check_overlap

BEHIND_DAYS, AHEAD_DAYS = 365, 730
"""Exceptions of a rule without an end are looked for from so long ago to so far ahead."""
MOST_EXPANDED = 5_000
MOST_PAUSES = 1_000
_DAY = timedelta(days=1)

Moment = tuple[datetime, timedelta | None]
"""When a session starts, and how long it lasts if that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One session, or sessions that repeat by one rule.

    Parameters
    ----------
    start : date or datetime
        With a zone, or without one in Europe/Brussels. A date alone: the hours are not known.
    length : timedelta or None
        In clock time; None is unknown.
    rule : Recurrence or None
    also : tuple of Moment
        Sessions beside the rule.
    without : frozenset of date or datetime
        Starts that fall out, or whole days.
    moved : mapping
        What came instead of the session that would start at a moment; None when it was cancelled.
    """

    start: date
    length: timedelta | None = None
    rule: Recurrence | None = None
    also: tuple[Moment, ...] = ()
    without: frozenset[date] = frozenset()
    moved: Mapping[datetime, Moment | None] = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """Zone in which the rule keeps its clock time."""
        return (self.start.tzinfo if isinstance(self.start, datetime) else None) or BRUSSELS

    @property
    def first(self) -> datetime:
        """First start in the clock time of the series."""
        return self.own(self.start)

    @property
    def hours_known(self) -> bool:
        """True when it is known from when until when a session lasts."""
        return isinstance(self.start, datetime) and _is_session(self.length)

    def own(self, moment: date) -> datetime:
        """Return a moment in the clock time of the series."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time())
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment

    def local(self, moment: datetime) -> datetime:
        """Return the clock time in Brussels of a moment of the series."""
        if self.zone is BRUSSELS:
            return moment
        return moment.replace(tzinfo=self.zone).astimezone(BRUSSELS).replace(tzinfo=None)

    def days(self) -> Iterator[date]:
        """Give the days that are named as such: of the first session, and of those beside the rule or moved."""
        yield self.local(self.first).date()
        for moment, _ in [*self.also, *filter(None, self.moved.values())]:
            yield self.local(self.own(moment)).date()

    def by_rule(self, low: date, high: date) -> list[datetime]:
        """List the starts that the rule gives, the first session included."""
        if self.rule is None:
            return [self.first]
        until = datetime.combine(high, time.max)
        if self.rule.until is not None:
            last = self.rule.until
            until = min(until, self.own(last) if isinstance(last, datetime) else datetime.combine(last, time.max))
        starts = self.rule.starts(self.first, low=datetime.combine(low, time()), high=until)
        found = list(islice(starts, MOST_EXPANDED + 1))
        # RFC 5545 counts the first session in, also when the rule by itself would not give it.
        return found if self.first in found or self.first.date() < low else [self.first, *found]

    def last_day(self, high: date) -> date | None:
        """Return the last day on which the rule can give a session; None when it goes on beyond ``high``."""
        if self.rule is None:
            return self.local(self.first).date()
        if self.rule.until is not None:
            last = self.rule.until
            return self.local(self.own(last)).date() if isinstance(last, datetime) else last
        if self.rule.count is not None:
            starts = self.by_rule(self.first.date(), high)
            if self.rule.count <= len(starts) <= MOST_EXPANDED:
                return self.local(starts[-1]).date()
        return None


def run_of_series(series: Sequence[Series], *, today: date) -> tuple[Run, list[Problem]]:
    """Write series as one run that has exactly their sessions.

    Parameters
    ----------
    series : sequence of Series, not empty
        All belong to one activity.
    today : date
        Around which exceptions of rules without an end are looked for; what cannot be written as a rule is
        written with its dates for a year from here.

    Returns
    -------
    run : Run
        With no schedule where hours are not known, sessions overlap, or there are too many.
    problems : list of Problem
        Warnings and notes without a place.
    """
    timed = [one for one in series if one.hours_known]
    high = max([today, *(one.first.date() for one in series)]) + timedelta(days=AHEAD_DAYS)
    if not timed:
        return _days_only(series, high), [_hours_unknown()]
    problems = [] if len(timed) == len(series) else [_hours_unknown()]
    run, more = _timed_run(timed, high, today)
    if run.schedule is not None:
        try:
            check_overlap(run.schedule, start_date=run.start_date, end_date=run.end_date, pauses=run.pauses)
        except InputError as error:
            more = [_warning(error.problems[0].rule, "parallel", error.problems[0].value, "Ask which hours hold.")]
            run = Run(start_date=run.start_date, end_date=run.end_date)
    return run, problems + more


def _timed_run(series: Sequence[Series], high: date, today: date) -> tuple[Run, list[Problem]]:
    first = min(day for one in series for day in one.days())
    ends = [one.last_day(high) for one in series]
    end = None if None in ends else max(day for day in ends if day is not None)
    finite = end is not None and end <= high
    whole = finite and (high - first).days < MOST_EXPANDED
    low = first if whole else max(first, today - timedelta(days=BEHIND_DAYS))
    by_rule, found = _sessions(series, low, high)
    if len(found) > MOST_EXPANDED:
        return Run(start_date=first, end_date=end), [_too_many()]
    if whole:
        run = run_of_dates(found)
        if _fits(run):
            return run, []
    rules = _rules(series)
    if rules:
        plain = run_of_rules(rules, by_rule, start_date=first, end_date=end, looked_at=(low, high))
        if _keeps_to_rules(plain, high - timedelta(days=HORIZON_DAYS)):
            last = None if end is None else max([end, *(one.on for one in found)])
            run = run_of_rules(rules, found, start_date=first, end_date=last, looked_at=(low, high))
            if _fits(run):
                return run, []
    return _coming_year(series, found, first, end, today)


def _coming_year(
    series: Sequence[Series], found: list[Once], first: date, end: date | None, today: date
) -> tuple[Run, list[Problem]]:
    last = max(first, today) + timedelta(days=HORIZON_DAYS)
    coming = [one for one in found if today <= one.on <= last]
    run = Run(start_date=first, end_date=end)
    if not coming:
        return run, [_warning("has no session in the coming year", "no_session")]
    if len(coming) > MOST_SESSIONS:
        return run, [_too_many()]
    note = Problem(
        key="schedule",
        rule=f"is written with its dates up to {last}, as no schedule text says this rhythm",
        value=next((one.rule.text for one in series if one.rule), None),
        remedy="Import again in time.",
        severity="note",
        code="expanded",
    )
    return Run(schedule=Schedule(tuple(coming)), start_date=first, end_date=end), [note]


def _sessions(series: Sequence[Series], low: date, high: date) -> tuple[list[Once], list[Once]]:
    """List what the rules give, and what takes place after all exceptions; both in order of time."""
    by_rule: set[Once] = set()
    found: set[Once] = set()
    for one in series:
        starts = one.by_rule(low - _DAY, high + _DAY)
        days = {day for day in one.without if not isinstance(day, datetime)}
        moved = {one.own(moment): instead for moment, instead in one.moved.items()}
        left_out = {one.own(moment) for moment in one.without if isinstance(moment, datetime)} | set(moved)
        if one.first.time() != time():
            # Programs name a session by its day alone, or by midnight of that day.
            days |= {moment.date() for moment in left_out if moment.time() == time()}
        for start in starts:
            pieces = list(_pieces(one.local(start), one.length))
            if one.rule:
                by_rule.update(pieces)
            if start not in left_out and start.date() not in days:
                found.update(pieces)
        beside = [(one.own(start), length) for start, length in one.also]
        beside = [
            (start, length) for start, length in beside if start not in left_out and start.date() not in days
        ]
        for start, length in [
            *beside,
            *((one.own(start), length) for start, length in filter(None, moved.values())),
        ]:
            found.update(_pieces(one.local(start), length or one.length))
    return tuple(
        sorted(
            (session for session in sessions if low <= session.on <= high),
            key=lambda session: (session.on, session.start_min, session.end_min),
        )
        for sessions in (by_rule, found)
    )  # type: ignore[return-value]


def _pieces(start: datetime, length: timedelta | None) -> Iterator[Once]:
    """Give a session as the parts that lie in one day each."""
    if not _is_session(length):
        return
    start_min = start.hour * 60 + start.minute
    end_min = start_min + length // timedelta(minutes=1)  # type: ignore[operator]
    yield Once(start.date(), start_min, min(end_min, DAY_MIN))
    if end_min > DAY_MIN:
        yield Once(start.date() + _DAY, 0, end_min - DAY_MIN)


def _is_session(length: timedelta | None) -> bool:
    return length is not None and timedelta(minutes=1) <= length <= _DAY


def _rules(series: Sequence[Series]) -> tuple[Rule, ...]:
    """Return the sessions of the schedule text for all rules; empty when one of them has none."""
    found: dict[Rule, None] = {}
    for one in series:
        if one.rule is None:
            continue
        start = one.local(one.first)
        for piece in _pieces(start, one.length):
            shifted = piece.on != start.date()
            rules = one.rule.sessions(start.weekday(), piece.start_min, piece.end_min)
            if not rules or shifted and not all(isinstance(rule, Weekly) for rule in rules):
                return ()
            found.update(dict.fromkeys(replace(rule, day=(rule.day + shifted) % 7) for rule in rules))
    return tuple(found)


def _keeps_to_rules(run: Run, day: date) -> bool:
    """Tell whether rules need no exception after a day: a rhythm that drifts away from them needs ever more."""
    own = [one.on for one in run.schedule.sessions if isinstance(one, Once)] if run.schedule else []
    return all(on < day for on in own) and all(pause.end < day for pause in run.pauses)  # type: ignore[operator]


def _days_only(series: Sequence[Series], high: date) -> Run:
    starts = [one.local(one.first) for one in series]
    ends = [one.last_day(high) for one in series]
    last = [
        (datetime.combine(day, start.time()) + one.length - timedelta(microseconds=1)).date()
        if one.length
        else day
        for day, start, one in zip(ends, starts, series, strict=True)
        if day
    ]
    return Run(start_date=min(starts).date(), end_date=max(last) if len(last) == len(ends) else None)


def _fits(run: Run) -> bool:
    return (
        run.schedule is not None and len(run.schedule.sessions) <= MOST_SESSIONS and len(run.pauses) <= MOST_PAUSES
    )


def _hours_unknown() -> Problem:
    rule = "has days but no hours"
    return _warning(rule, "hours_unknown", None, "Ask from when until when a session lasts.")


def _too_many() -> Problem:
    rule = f"must have at most {MOST_SESSIONS} sessions in the coming year"
    return _warning(rule, "too_many_sessions", None, "Ask for the hours of an ordinary week.")


def _warning(rule: str, code: str, value: str | None = None, remedy: str = "") -> Problem:
    return Problem(key="schedule", rule=rule, value=value, remedy=remedy, severity="warning", code=code)
