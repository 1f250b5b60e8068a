"""The overview of a municipality: what was asked, proposed and done, for who steers."""

from __future__ import annotations

from datetime import date, timedelta

from ..dossiers import course_of
from ..errors import must
from ..model import Profile
from ..model.access import Asker
from ..model.overview import Overview, Period
from ..store import Work
from . import Matcher
from .overview_offer import offer_use
from .overview_people import asked_in, hours_in, proposed_in

MONTHS_MOST = 36
SCHOOL_YEAR_STARTS = 9
PRESETS = ("quarter", "school_year", "year")


def whole_months(first: str, last: str, *, today: date) -> Period:
    """Return the period from one month to another, as far as today.

    Parameters
    ----------
    first, last : str
        Such as ``2026-09``.

    Raises
    ------
    InputError
        If one is no month, they stand the wrong way round, lie ahead, or are too many.

    Notes
    -----
    Periods of whole months lie far enough apart that what differs between two of them is seldom one person.

    Examples
    --------
    >>> whole_months("2026-09", "2026-10", today=date(2026, 11, 23)).until
    datetime.date(2026, 10, 31)
    """
    since, start = _first_day("from", first), _first_day("to", last)
    must(since <= today, "from", "this month or before", first)
    must(since <= start, "to", "the month of the start, or after it", last)
    n_months = 12 * (start.year - since.year) + start.month - since.month + 1
    must(n_months <= MONTHS_MOST, "to", f"at most {MONTHS_MOST} months after the start", last)
    return Period(since=since, until=min(today, _next_month(start) - timedelta(days=1)))


def preset(name: str, *, today: date) -> Period:
    """Return one of the periods in `PRESETS`: this quarter, this school year, or twelve months up to this one.

    Examples
    --------
    >>> preset("school_year", today=date(2026, 3, 5)).since
    datetime.date(2025, 9, 1)
    """
    if name == "quarter":
        since = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    elif name == "school_year":
        since = date(today.year - (today.month < SCHOOL_YEAR_STARTS), SCHOOL_YEAR_STARTS, 1)
    else:
        since = _next_month(date(today.year - 1, today.month, 1))
    return Period(since=since, until=today)


def view_overview(engine: Matcher, work: Work, asker: Asker, *, period: Period, today: date) -> Overview:
    """Count what was asked, proposed and done in the municipality that is worked for.

    Parameters
    ----------
    engine : Matcher
        Holds the offer as the municipality sees it.
    period : Period

    Raises
    ------
    ForbiddenError
        If who asks may not see an overview.

    Notes
    -----
    No count under ten is told, and none can be worked out from what is told for the same period.
    """
    asker.must_have("overview")
    tracks = work.tracks(asker.municipality)
    requests = work.requests([asker.municipality], since=period.since, until=period.until)
    courses = [course_of(track) for track in tracks]
    return Overview(
        municipality=asker.municipality,
        period=period,
        today=today,
        asked=asked_in(requests, period),
        proposed=proposed_in(courses, period),
        hours=hours_in(courses, period),
        offer=offer_use(
            engine,
            courses,
            requests,
            [track.profile for track in tracks if track.is_open],
            period=period,
            today=today,
        ),
    )


def open_profiles(work: Work, asker: Asker) -> list[Profile]:
    """Return the wishes of all whose dossier is open in the municipality that is worked for, hours done counted.

    They are for a report on many people: who may see an overview may not see one of them.
    """
    asker.must_have("overview")
    return [
        track.profile.model_copy(update={"hours_done": course_of(track).hours_done})
        for track in work.tracks(asker.municipality)
        if track.is_open
    ]


def _first_day(key: str, month: str) -> date:
    year, _, number = month.partition("-")
    is_month = len(month) == 7 and year.isdecimal() and number.isdecimal() and month.isascii()
    must(is_month and 1 <= int(number) <= 12 and 1900 <= int(year) <= 2200, key, "a month like 2026-09", month)
    return date(int(year), int(number), 1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
