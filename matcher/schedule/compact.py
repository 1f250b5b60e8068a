"""Dated sessions turned back into a schedule: rules with pauses where they say exactly the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .sessions import LAST, Monthly, Once, Pause, Schedule, Weekly

LEAST_REPEATS = 4
"""Fewer sessions of one weekday and hour are written with their dates."""
MOST_RULES_TRIED = 12
_TWO_WEEKS = 14
"""Days in which every day of an every-other-week rhythm comes by."""

Rule = Weekly | Monthly


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A schedule with the dates and pauses between which it runs; None where that is not known."""

    schedule: Schedule | None = None
    start_date: date | None = None
    end_date: date | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def n_parts(self) -> int:
        """How much there is to read: sessions and pauses."""
        return len(self.pauses) + (len(self.schedule.sessions) if self.schedule else 0)


def run_of_dates(sessions: Iterable[Once]) -> Run:
    """Write dated sessions as the shortest run that has exactly these sessions.

    Parameters
    ----------
    sessions : iterable of Once
        In any order; the same one twice counts once.

    Returns
    -------
    Run
        With rules where four or more sessions share a weekday and hours and it becomes shorter. The first and
        the last session are its start and end.

    Examples
    --------
    >>> from matcher.schedule import parse_schedule
    >>> dates = [Once(date(2026, 11, 3) + timedelta(days=7 * week), 1140, 1260) for week in range(10) if week != 7]
    >>> run = run_of_dates(dates)
    >>> str(run.schedule), str(run.start_date), str(run.end_date), list(map(str, run.pauses))
    ('di 19:00-21:00', '2026-11-03', '2027-01-05', ['2026-12-22..2026-12-22'])
    """
    given = sorted(set(sessions), key=lambda one: (one.on, one.start_min, one.end_min))
    if not given:
        return Run()
    best = Run(schedule=Schedule(tuple(given)), start_date=given[0].on, end_date=given[-1].on)
    groups: dict[tuple[int, int, int], list[date]] = defaultdict(list)
    for one in given:
        groups[one.day, one.start_min, one.end_min].append(one.on)
    rules: tuple[Rule, ...] = ()
    for hours, dates in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_RULES_TRIED]:
        if len(dates) < LEAST_REPEATS:
            break
        tried = {
            more: run_of_rules((*rules, *more), given, start_date=given[0].on, end_date=given[-1].on)
            for more in _rhythms(dates, *hours)
        }
        shortest = min(tried, key=lambda more: tried[more].n_parts)
        if tried[shortest].n_parts < best.n_parts:
            best, rules = tried[shortest], (*rules, *shortest)
    return best


def _rhythms(dates: Sequence[date], day: int, start_min: int, end_min: int) -> list[tuple[Rule, ...]]:
    """List the rules that may give these dates, the plainest first."""
    positions = sorted({1 + (one.day - 1) // 7 for one in dates})
    found: list[tuple[Rule, ...]] = [
        (Weekly(day, start_min, end_min),),
        (Weekly(day, start_min, end_min, 2),),
    ]
    if len(positions) <= 2:
        found.append(tuple(Monthly(position, day, start_min, end_min) for position in positions))
    if all((one + timedelta(days=7)).month != one.month for one in dates):
        found.append((Monthly(LAST, day, start_min, end_min),))
    return found


def run_of_rules(
    rules: tuple[Rule, ...],
    sessions: Collection[Once],
    *,
    start_date: date,
    end_date: date | None,
    looked_at: tuple[date, date] | None = None,
) -> Run:
    """Write sessions as rules with their exceptions.

    Parameters
    ----------
    rules : tuple of Weekly or Monthly
    sessions : collection of Once
        What takes place. A day on which the rules say otherwise becomes a pause, and what does take place then
        gets a date of its own.
    start_date : date
        Not after the first session. The run may start up to 13 days earlier, with a pause, where the rhythm of
        every-other-week rules can be said in no other way.
    end_date : date or None
        Not before the last session; None when the rules go on.
    looked_at : tuple of two dates or None
        All sessions lie between these days, and exceptions outside are not looked for; None for the whole run.
    """
    low, high = looked_at or (start_date, end_date or start_date)
    taking_place: dict[date, list[Once]] = defaultdict(list)
    for one in sessions:
        taking_place[one.on].append(one)
    start = start_date - timedelta(days=_days_earlier(rules, taking_place, start_date))
    expected: dict[date, set[tuple[int, int]]] = defaultdict(set)
    for rule in rules:
        for day in rule.dates(low if low > start_date else start, min(high, end_date or high), anchor=start):
            expected[day].add((rule.start_min, rule.end_min))
    own, pauses = _exceptions(expected, taking_place)
    return Run(schedule=Schedule((*rules, *own)), start_date=start, end_date=end_date, pauses=tuple(pauses))


def _days_earlier(rules: tuple[Rule, ...], taking_place: Mapping[date, list[Once]], start_date: date) -> int:
    """Return how much earlier a run must start for its every-other-week rules to count the right weeks."""
    phases = {}
    for rule in rules:
        if isinstance(rule, Weekly) and rule.interval == 2:
            hours = (rule.day, rule.start_min, rule.end_min)
            weeks = Counter(
                day.toordinal() // 7 % 2
                for day, sessions in taking_place.items()
                for one in sessions
                if (one.day, one.start_min, one.end_min) == hours
            )
            if weeks:
                phases[rule.day] = max(sorted(weeks), key=weeks.__getitem__)
    for earlier in range(_TWO_WEEKS if phases else 0):
        start = start_date.toordinal() - earlier
        if all((start + (day + 1 - start) % 7) // 7 % 2 == phase for day, phase in phases.items()):
            return earlier
    return 0


def _exceptions(
    expected: Mapping[date, set[tuple[int, int]]], taking_place: Mapping[date, list[Once]]
) -> tuple[list[Once], list[Pause]]:
    """Return the sessions that need a date of their own, and the pauses."""
    paused = {
        day
        for day, hours in expected.items()
        if not hours <= {(one.start_min, one.end_min) for one in taking_place.get(day, ())}
    }
    own = [
        one
        for day, sessions in sorted(taking_place.items())
        for one in sessions
        if day in paused or (one.start_min, one.end_min) not in expected.get(day, ())
    ]
    pauses: list[Pause] = []
    before = None
    for day in sorted(expected):
        if day in paused and before in paused:
            # Between two days that fall out one after the other nothing takes place: one pause says it.
            pauses[-1] = Pause(pauses[-1].start, day)
        elif day in paused:
            pauses.append(Pause(day, day))
        before = day
    return own, pauses
