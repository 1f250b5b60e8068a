"""Requests, proposals and hours of a period, counted so that they tell of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..dossiers import NOT_SAID, Course, Way, Worked
from ..gaps import Shown, told, told_cover, told_shares, told_within
from ..model.dossier import ASKED_BY
from ..model.gaps import SMALLEST_CELL
from ..model.offer import DeskRequest
from ..model.outcomes import REASONS
from ..model.overview import Asked, HoursDone, Part, Period, Proposed
from .gap_tables import counted

Ways = Sequence[Way]
MONTHS_SHOWN = 13
"""A period of more months is shown by quarter."""


def steps_of(period: Period) -> dict[str, str]:
    """Return for each month of a period the step that it is shown in: itself, or in a long period its quarter.

    Examples
    --------
    >>> from datetime import date
    >>> list(steps_of(Period(since=date(2026, 11, 1), until=date(2027, 1, 5))))
    ['2026-11', '2026-12', '2027-01']
    """
    first, last = (12 * day.year + day.month - 1 for day in (period.since, period.until))
    by_month = last - first < MONTHS_SHOWN
    return {
        f"{month // 12}-{month % 12 + 1:02d}": (
            f"{month // 12}-{month % 12 + 1:02d}" if by_month else f"{month // 12}-Q{month % 12 // 3 + 1}"
        )
        for month in range(first, last + 1)
    }


def asked_in(requests: Sequence[DeskRequest], period: Period) -> Asked:
    """Count requests by month and by who asked."""
    step_of = steps_of(period)
    total = told(len(requests))
    nothing = sum(one.n_allowed == 0 for one in requests)
    return Asked(
        total=counted(total),
        by_month=_shares(
            tuple(dict.fromkeys(step_of.values())), [step_of[f"{one.on:%Y-%m}"] for one in requests], total
        ),
        by_asker=_shares(ASKED_BY, [one.asked_by for one in requests], total),
        nothing=counted(told_within(nothing, total)),
    )


def _shares(ids: Sequence[str], found: Sequence[str], total: Shown) -> tuple[Part, ...]:
    shown = told_shares([found.count(id_) for id_ in ids], total)
    return tuple(Part(id=id_, count=counted(one)) for id_, one in zip(ids, shown, strict=True))


def ways_in(course: Course, period: Period) -> Ways:
    """Return the activities that first came into a dossier in a period."""
    return [way for way in course.ways.values() if period.since <= way.first_on <= period.until]


def proposed_in(courses: Iterable[Course], period: Period) -> Proposed:
    """Count people by how far they got with what came into their dossier in a period."""
    cohort = [(course, ways) for course in courses if (ways := ways_in(course, period))]
    stages = [
        len(cohort),
        sum(any(way.was_chosen for way in ways) for _, ways in cohort),
        sum(any(way.was_attended for way in ways) for _, ways in cohort),
        sum(_goes_on(course, ways) for course, ways in cohort),
    ]
    shown: list[Shown] = []
    for count in stages:
        shown.append(told_within(count, *shown))
    declined = [_declined(ways) for _, ways in cohort]
    stopped = [_stopped(course, ways) for course, ways in cohort]
    all_declined = told_within(sum(map(bool, declined)), shown[0])
    all_stopped = told_within(sum(map(bool, stopped)), *shown[:2])
    names = ("proposed", "chosen", "attended", "going")
    return Proposed(
        **{name: counted(one) for name, one in zip(names, shown, strict=True)},
        declined=counted(all_declined),
        declined_by=_by_reason(declined, all_declined),
        stopped=counted(all_stopped),
        stopped_by=_by_reason(stopped, all_stopped),
    )


def _goes_on(course: Course, ways: Ways) -> bool:
    """Tell whether somebody still goes to something; who finished did not drop out."""
    return course.ending in (None, "finished") and any(way.goes_on for way in ways)


def _declined(ways: Ways) -> set[str]:
    """Return why somebody said no to what was proposed."""
    return {way.reason or NOT_SAID for way in ways if way.last == "declined" and not way.was_chosen}


def _stopped(course: Course, ways: Ways) -> set[str]:
    """Return why somebody gave up what was chosen, or the track as a whole."""
    found = {way.reason or NOT_SAID for way in ways if way.was_stopped}
    if course.ending == "stopped" and any(way.was_chosen for way in ways):
        found.add(NOT_SAID)
    return found


def _by_reason(found: Sequence[set[str]], whole: Shown) -> tuple[Part, ...]:
    ids = (*REASONS, NOT_SAID)
    shown = told_cover([sum(id_ in one for one in found) for id_ in ids], whole)
    return tuple(Part(id=id_, count=counted(one)) for id_, one in zip(ids, shown, strict=True))


def hours_in(courses: Sequence[Course], period: Period) -> HoursDone:
    """Add up hours of a period, and count who reached 40 in it."""
    worked = [
        own
        for course in courses
        if (own := [one for one in course.worked if period.since <= one.on <= period.until])
    ]
    reported = sum(one.hours for own in worked for one in own)
    proved = sum(one.hours for own in worked for one in own if one.proved)
    reached = [
        course for course in courses if course.reached_on and period.since <= course.reached_on <= period.until
    ]
    # Whoever reached 40 hours worked in the period too.
    people = told(len(worked))
    all_reached = told_within(len(reached), people)
    n_proved = sum(course.proved_all for course in reached)
    return HoursDone(
        people=counted(people),
        reported_h=round(reported, 2) if len(worked) >= SMALLEST_CELL else None,
        proved_h=round(proved, 2) if _may_split(worked) else None,
        reached=counted(all_reached),
        proved=counted(told_within(n_proved, people, all_reached)),
        weeks=_weeks(reached),
    )


def _may_split(worked: Sequence[Sequence[Worked]]) -> bool:
    """Tell whether proved hours, and those that are not, are each of enough people to be told."""
    each = [sum(any(one.proved is proved for one in own) for own in worked) for proved in (True, False)]
    return min(each) >= SMALLEST_CELL


def _weeks(reached: Sequence[Course]) -> float | None:
    if len(reached) < SMALLEST_CELL:
        return None
    days = [max(0, (course.reached_on - course.opened_on).days) for course in reached if course.reached_on]
    return round(sum(days) / len(days) / 7.0, 1)
