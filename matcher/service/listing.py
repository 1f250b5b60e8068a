"""The offer as a list: what is of a kind, on a day, about an interest, all at once or page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ..errors import EARLIEST_YEAR, LATEST_YEAR, must
from ..model import Activity
from ..model.answer import ActivityPage
from ..schedule import DAYS_EN, DAYS_NL
from ..vocabulary import fold, lineage
from .finding import searched_text


def list_activities(
    activities: Sequence[Activity],
    *,
    kind: str | None = None,
    interest: str | None = None,
    municipality: str | None = None,
    day: str | None = None,
    q: str | None = None,
    status: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> ActivityPage:
    """Return a page of the activities that `select_activities` gives.

    Parameters
    ----------
    activities : sequence of Activity
        In the order of their ids, as a `matcher.service.Matcher` has them.
    kind, interest, municipality, day, q, status : str or None
        As `select_activities` takes them.
    limit : int
    cursor : str or None
        The ``next`` of the page before.

    Raises
    ------
    InputError
        If ``day`` is no day.
    """
    found = [
        activity
        for activity in select_activities(
            activities, kind=kind, interest=interest, municipality=municipality, day=day, q=q, status=status
        )
        if cursor is None or activity.id > cursor
    ]
    page = found[:limit]
    more = len(found) > limit
    return {"items": [activity.to_json() for activity in page], "next": page[-1].id if more else None}


def select_activities(
    activities: Sequence[Activity],
    *,
    kind: str | None = None,
    interest: str | None = None,
    municipality: str | None = None,
    day: str | None = None,
    q: str | None = None,
    status: str | None = None,
) -> list[Activity]:
    """Return the activities that are all that is asked for, in their order.

    Parameters
    ----------
    activities : sequence of Activity
    kind, interest, municipality, day, q, status : str or None
        What the activities must be: of a kind, about an interest or one under it, in a municipality, on a day
        of the week (``di``) or a date (``2026-12-01``), with all words of ``q``, with a status.

    Raises
    ------
    InputError
        If ``day`` is no day.
    """
    takes_place = day_filter(day)
    words, where = fold(q or "").split(), fold(municipality or "").strip()
    return [
        activity
        for activity in activities
        if (kind is None or activity.kind == kind)
        and (interest is None or any(interest in lineage(one) for one in activity.interests))
        and (not where or fold(activity.municipality or "").strip() == where)
        and (status is None or (activity.status or "active") == status)
        and all(word in searched_text(activity, whole=True) for word in words)
        and takes_place(activity)
    ]


def day_filter(day: str | None) -> Callable[[Activity], bool]:
    """Return a test whether an activity takes place on a weekday or a date; None is always.

    Raises
    ------
    InputError
        If it is neither.
    """
    if day is None:
        return lambda _: True
    word = day.strip().lower()
    for words in (DAYS_NL, DAYS_EN):
        if word in words:
            weekday = words.index(word)
            return lambda activity: (
                bool(activity.schedule)
                and any(
                    session.day == weekday
                    for session in activity.schedule.timed  # type: ignore[union-attr]
                )
            )
    try:
        on = date.fromisoformat(word)
    except ValueError:
        on = date.min
    is_day = EARLIEST_YEAR <= on.year <= LATEST_YEAR
    must(is_day, "day", "a day of the week like di or tue, or a date like 2026-12-01", day)

    def on_date(activity: Activity) -> bool:
        if activity.schedule is None:
            return False
        start, end = activity.start_date or date.min, activity.end_date or date.max
        return start <= on <= end and bool(
            activity.schedule.occurrences(on, on, start_date=activity.start_date, pauses=activity.pauses)
        )

    return on_date
