"""Full: whoever hears that a group has no place left marks it for everybody, until somebody asks again."""

from __future__ import annotations

from datetime import date, datetime

from ..dossiers import is_own
from ..model.access import Asker
from ..model.dossier import Event
from ..store import Work
from ..store.offers import SHARED


def mark_full(work: Work, asker: Asker, event: Event, *, now: datetime) -> None:
    """Let everybody see that a group is full, as an outcome said.

    Notes
    -----
    The last day on which somebody heard it stands. An own proposal is nobody else's.
    """
    activity_id, on = str(event.activity_id), _day(event)
    if is_own(activity_id):
        return
    work.offers.lock()
    marked = work.offers.own_facts(SHARED, activity_id).reported_full
    if marked is None or marked < on:
        _write(work, asker, activity_id, on, now)


def unmark_full(work: Work, asker: Asker, undone: Event, *, now: datetime) -> None:
    """Put the mark back to what everybody else said, now that an outcome was taken back.

    Notes
    -----
    What counts is what was said since somebody last asked: other outcomes that stand, and reports that came from
    no outcome at all.
    """
    activity_id = str(undone.activity_id)
    if is_own(activity_id):
        return
    work.offers.lock()
    reports = work.offers.reports_of_full(activity_id)
    if not reports or undone.at < reports[-1][1]:
        return
    since = reports[-1][1]
    said = [
        noted.event
        for noted in work.dossiers.noted(kinds=["outcome"], activity_ids=[activity_id], undone=None)
        if noted.event.data.get("reason") == "full"
    ]
    by_outcomes = {(_day(event), event.at) for event in said}
    # A mark that went back to an earlier day was no report: something was taken back then, as now.
    older = [*(day for day, _ in reports[1:]), date.min]
    others = [report for report, before in zip(reports, older, strict=True) if report[0] > before]
    days = [day for day, at in others if (day, at) not in by_outcomes]
    days += [_day(event) for event in said if not event.undone and event.at >= since]
    stands = max(days, default=None)
    if stands != reports[0][0]:
        _write(work, asker, activity_id, stands, now)


def _write(work: Work, asker: Asker, activity_id: str, day: date | None, now: datetime) -> None:
    facts = work.offers.own_facts(SHARED, activity_id).model_copy(update={"reported_full": day})
    work.offers.change_facts(activity_id, facts, municipality=SHARED, note=activity_id, at=now, role=asker.role)


def _day(event: Event) -> date:
    return date.fromisoformat(event.data["on"])
