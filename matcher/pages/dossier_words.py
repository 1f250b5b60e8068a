"""Sentences about a dossier: how an activity stands, what was noted, what asks for attention."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..model.outcomes import REASONS
from ..model.steps import ARRANGERS, ENDINGS
from ..schedule import BRUSSELS
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, Event, Followed
    from ..service.reminders import Reminder

NEXT_STEPS: dict[str, tuple[str, ...]] = {
    "proposed": ("chosen", "waiting", "visit_planned", "declined"),
    "waiting": ("chosen", "visit_planned", "declined"),
    "chosen": ("attended", "waiting", "visit_planned", "stopped"),
    "visit_planned": ("attended", "waiting", "visit_planned", "stopped"),
    "attended": ("stopped",),
    "stopped": ("proposed", "chosen"),
    "declined": ("proposed", "chosen"),
}
"""What sensibly comes after each outcome: buttons first, then small forms."""
TURN_OF = {
    "start": "pages.dossier_shortlist",
    "availability": "pages.dossier_profile",
    "distance": "pages.dossier_profile",
    "proof_check": "pages.dossier_hours",
    "proof_out": "pages.dossier_hours",
    "nearly": "pages.dossier_hours",
    "done": "pages.dossier_hours",
}
"""Where a reminder is dealt with, when that is not on the page of the dossier."""
HERE = {"check_in": "#activiteit-{id}", "waiting": "#activiteit-{id}", "undecided": "#open-titel"}
"""Where on the page of the dossier a reminder is dealt with."""


def stand(followed: Followed, words: Words, today: date) -> str:
    """Say how an activity stands.

    Examples
    --------
    >>> from ..model.dossier import Followed, Named
    >>> day = date(2026, 11, 20)
    >>> koor = Followed(activity=Named(activity_id="koor", title="Koor"), outcome="declined", reason="times",
    ...                 on=day, first_on=day, event=2)
    >>> stand(koor, Words("nl"), date(2026, 11, 23))
    'Zei nee op 20 november: de uren passen niet.'
    """
    day = words.day(followed.on, today=today, weekday=False)
    if followed.outcome == "visit_planned" and followed.visit_on:
        when = words.day(followed.visit_on, today=today)
        past = "past_" if followed.visit_on < today else ""
        return f"{words(f'dossier_stand_{past}visit', day=when)} {_company(followed, words)}".strip()
    text = words(f"dossier_stand_{followed.outcome}", day=day)
    return f"{text}: {words(f'dossier_reason_{followed.reason}')}." if followed.reason else f"{text}."


def _company(followed: Followed, words: Words) -> str:
    if followed.companion == "companion":
        role = words(f"dossier_arranger_{followed.arranged_by}") if followed.arranged_by else ""
        return words("dossier_with_companion_by", role=role) if role else words("dossier_with_companion")
    return words("dossier_goes_alone") if followed.companion == "alone" else ""


def reminder_line(reminder: Reminder, words: Words, today: date) -> str:
    """Say what to do, in one sentence."""
    return words(
        f"dossier_todo_{reminder.code}",
        title=reminder.activity.title if reminder.activity else "",
        day=words.day(reminder.since, today=today, weekday=False),
        n=words.number(reminder.hours or 0.0, most_decimals=2),
        weeks=(today - reminder.since).days // 7,
    )


def event_line(event: Event, dossier: Dossier, words: Words, today: date) -> dict[str, Any]:
    """Return one line of the history: when, who, what, and whether it was taken back."""
    at = event.at.astimezone(BRUSSELS)
    return {
        "at": f"{words.day(at.date(), today=today)}, {words.clock(at)}",
        "role": words(f"role_{event.role}"),
        "what": event_text(event, dossier, words, today),
        "undone": event.undone,
    }


def event_text(event: Event, dossier: Dossier, words: Words, today: date) -> str:
    """Say what was noted, in a few words."""
    data = event.data
    title = _title(event, dossier)
    kind = event.kind
    if kind == "outcome":
        text = words("dossier_event_outcome", outcome=words(f"dossier_outcome_{data['outcome']}"), title=title)
        if data.get("visit_on"):
            text += f", {words.day(date.fromisoformat(data['visit_on']), today=today)}"
        return f"{text} ({words('dossier_reason_' + data['reason'])})" if data.get("reason") else text
    values = {"title": title, "day": _day(data.get("on"), words, today)}
    if "hours" in data:
        values["n"] = words.number(data["hours"], most_decimals=2)
    if kind == "proof":
        values["state"] = words(f"dossier_proof_{data.get('state', 'given')}")
    if kind == "decision":
        values["decision"] = words(f"dossier_decision_{data['decision']}").lower()
    if kind == "ended":
        values["ending"] = words(f"dossier_ending_{data['ending']}")
    if kind == "undone":
        values["what"] = _undone(event, dossier, words, today)
    return words(f"dossier_event_{kind}", **values)


def _undone(event: Event, dossier: Dossier, words: Words, today: date) -> str:
    found = next((one for one in dossier.events if one.number == event.data["event"]), None)
    return event_text(found, dossier, words, today) if found else ""


def _title(event: Event, dossier: Dossier) -> str:
    """Return what an event is about: named in itself, or in the one that it goes back to."""
    data = event.data
    named = data.get("title") or data.get("proposal", {}).get("title")
    if named:
        return str(named)
    before = data.get("proof") or data.get("corrects")
    for one in dossier.events:
        is_it = one.number == before if before else event.activity_id and one.activity_id == event.activity_id
        if is_it and one.number != event.number:
            return _title(one, dossier)
    return event.activity_id or ""


def _day(text: str | None, words: Words, today: date) -> str:
    return words.day(date.fromisoformat(text), today=today, weekday=False) if text else ""


def reason_choices(words: Words) -> list[tuple[str, str]]:
    """Return the reasons to choose from; none is a choice too."""
    return [*((one, words(f"dossier_reason_choice_{one}")) for one in REASONS), ("", words("dossier_reason_none"))]


def arranger_choices(words: Words) -> list[tuple[str, str]]:
    """Return who may arrange a companion."""
    roles = [(one, words(f"dossier_arranger_{one}")) for one in ARRANGERS]
    return [("", words("dossier_arranger_unknown")), *roles]


def ending_choices(words: Words) -> list[tuple[str, str]]:
    """Return how a dossier may end."""
    return [(one, words(f"dossier_ending_choice_{one}")) for one in ENDINGS]
