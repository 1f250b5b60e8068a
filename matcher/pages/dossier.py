"""The dossiers: their list, and the page of one with all that was noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError, NotFoundError
from ..model.profile import HOURS_OF_TRACK
from ..service import dossiers as service
from ..service.reminders import CODES, Reminder, last_noted, reminders
from ..service.weeks import coming_weeks
from .dossier_frame import dossier_page, find_dossier
from .dossier_own import add_own_proposals
from .dossier_plan import add_plan
from .dossier_profile import add_profile
from .dossier_shortlist import add_shortlist
from .dossier_steps import add_steps
from .dossier_week import add_week
from .dossier_words import (
    HERE,
    NEXT_STEPS,
    TURN_OF,
    arranger_choices,
    ending_choices,
    event_line,
    event_text,
    reason_choices,
    reminder_line,
    stand,
)
from .form import FieldError
from .front import Front
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, Followed

N_LISTED = 50
SHOWN = {"open": False, "ended": True}
"""Which dossiers are listed, and whether those have ended."""


def add_dossiers(blueprint: Blueprint, front: Front) -> None:
    """Add the list of dossiers, the page of one, and the pages that belong to it."""

    @blueprint.get("/dossiers")
    def dossiers() -> AnyResponse:
        typed = request.args.get("code", "").strip()
        errors: list[FieldError] = []
        with front.office.store.reading() as work:
            if typed:
                try:
                    found = service.find_dossier(work, front.asker(), typed)
                    return front.go("pages.dossier", code=found.code)
                except (InputError, NotFoundError) as problem:
                    name = "dossier_error_code" if isinstance(problem, InputError) else "dossier_error_no_such"
                    errors = [FieldError("code", front.words()(name))]
            shown = request.args.get("toon", "")
            shown = shown if shown in SHOWN else "open"
            listed = service.list_dossiers(work, front.asker(), ended=SHOWN[shown])
        return _list_page(front, listed, shown=shown, typed=typed, errors=errors)

    @blueprint.get("/dossiers/<code>")
    def dossier(code: str) -> Response:
        with front.office.store.reading() as work:
            found = find_dossier(front, work, code)
        return show_dossier(front, found)

    add_steps(blueprint, front, show_dossier)
    for add in (add_shortlist, add_week, add_plan, add_own_proposals, add_profile):
        add(blueprint, front)


def _list_page(
    front: Front, listed: Sequence[Dossier], *, shown: str, typed: str, errors: list[FieldError]
) -> Response:
    words, today = front.words(), front.today()
    rows = sorted(((one, reminders(one, today)) for one in listed), key=lambda row: _urgency(*row))
    text = request.args.get("p", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    n_pages = max(1, -(-len(rows) // N_LISTED))
    number = min(max(number, 1), n_pages)
    return front.page(
        "dossier_list.html",
        status=422 if errors else 200,
        rows=[_row(one, found, words, today) for one, found in rows[(number - 1) * N_LISTED : number * N_LISTED]],
        n=len(rows),
        n_asking=sum(bool(found) for _, found in rows),
        shown=shown,
        typed=typed,
        errors=errors,
        error_at={error.field: error.text for error in errors},
        number=number,
        n_pages=n_pages,
        track_hours=HOURS_OF_TRACK,
    )


def _urgency(dossier: Dossier, found: Sequence[Reminder]) -> tuple[int, date, str]:
    if not found:
        return len(CODES), date.max, dossier.code
    return CODES.index(found[0].code), found[0].since, dossier.code


def _row(dossier: Dossier, found: Sequence[Reminder], words: Words, today: date) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "todo": [reminder_line(one, words, today) for one in found],
        "noted": words.day(last_noted(dossier), today=today, weekday=False),
        "joined": [one.activity.title for one in dossier.joined],
    }


def show_dossier(
    front: Front,
    dossier: Dossier,
    *,
    errors: list[FieldError] | None = None,
    filled: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Render the page of a dossier; a step that was wrong stands open, with what was filled in."""
    words, today = front.words(), front.today()
    coming = coming_weeks(front.office, dossier, today=today)
    last = dossier.undoable
    return dossier_page(
        front,
        "dossier_page.html",
        dossier,
        errors=errors,
        status=status,
        filled=filled or {},
        track=service.dossier_track(dossier),
        todo=[
            {
                "text": reminder_line(one, words, today),
                "code": one.code,
                "title": one.activity.title if one.activity else "",
                "url": _turn(one, dossier),
            }
            for one in reminders(dossier, today)
        ],
        groups=[
            (name, [_followed(one, dossier, words, today) for one in dossier.followed if _group(one) == name])
            for name in ("open", "past")
        ],
        hours_url=_hours_url(front, dossier),
        undecided=[one for one in dossier.own if dossier.follows(one.activity_id) is None],
        reached_on=coming.reached_on,
        history=[event_line(one, dossier, words, today) for one in reversed(dossier.events)],
        undoable=event_text(last, dossier, words, today) if last and service.may_undo(front.asker(), last) else "",
        reasons=reason_choices(words),
        arrangers=arranger_choices(words),
        endings=ending_choices(words),
        track_hours=HOURS_OF_TRACK,
    )


def _hours_url(front: Front, dossier: Dossier) -> str:
    known = "pages.dossier_hours" in current_app.view_functions
    return url_for("pages.dossier_hours", code=dossier.code) if known and front.asker().may("hours") else ""


def _turn(reminder: Reminder, dossier: Dossier) -> str:
    """Return the address at which a reminder is dealt with, empty when there is none."""
    if reminder.code in HERE:
        return HERE[reminder.code].format(id=reminder.activity.activity_id if reminder.activity else "")
    endpoint = TURN_OF.get(reminder.code, "")
    return url_for(endpoint, code=dossier.code) if endpoint in current_app.view_functions else ""


def _group(followed: Followed) -> str:
    return "open" if followed.is_open else "past"


def _followed(followed: Followed, dossier: Dossier, words: Words, today: date) -> dict[str, Any]:
    """Return what the page shows of one activity in a dossier."""
    activity_id = followed.activity.activity_id
    entries = [one for one in dossier.hours if one.activity.activity_id == activity_id]
    own = next((one for one in dossier.own if one.activity_id == activity_id), None)
    fits = own is None or own.decision == "fits"
    steps = [one for one in NEXT_STEPS[followed.outcome] if fits or one in ("proposed", "waiting", "declined")]
    return {
        "it": followed,
        "id": activity_id,
        "title": followed.activity.title,
        "organiser": followed.activity.organiser,
        "stand": stand(followed, words, today),
        "hours": sum(one.hours for one in entries),
        "proved": sum(one.hours for one in entries if one.proved),
        "steps": steps if not dossier.ending else [],
    }
