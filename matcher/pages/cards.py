"""Cards: one proposal, with all that a conversation about it needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..explain import KEY_WORDS, KIND_WORDS, TRANSPORT_WORDS
from ..model import Profile
from ..plots.parts import capital
from ..schedule import HORIZON_DAYS
from .words import Words, sentence

if TYPE_CHECKING:
    from ..model import Activity
    from ..model.answer import Hours, SuggestedActivity, Suggestion
    from ..service import Detail, Matcher

N_REASONS = 3
REASON_SCORE_LEAST = 0.5
"""An aspect with a lower score is no reason to propose something."""


def make_cards(found: Suggestion, matcher: Matcher, profile: Profile, words: Words) -> list[dict[str, Any]]:
    """Return what ``card.html`` shows of each proposal.

    Parameters
    ----------
    found : Suggestion
    matcher : Matcher
        That made the proposals.
    profile : Profile
        For which they were made.
    words : Words
    """
    today, now = date.fromisoformat(found["today"]), datetime.fromisoformat(found["generated_at"])
    ids = [one["activity_id"] for one in found["suggestions"]]
    details = matcher.details(profile, ids, today=today, now=now)
    return [
        _card(proposal, detail, profile, found, words)
        for proposal, detail in zip(found["suggestions"], details, strict=True)
    ]


def _card(
    proposal: SuggestedActivity, detail: Detail, profile: Profile, found: Suggestion, words: Words
) -> dict[str, Any]:
    today = date.fromisoformat(found["today"])
    cautions = _cautions(proposal, words)
    activity = detail["activity"]
    end = min(filter(None, (activity.end_date, profile.available_until)), default=None)
    until = end if end and end < today + timedelta(days=HORIZON_DAYS) else None
    return {
        "proposal": proposal,
        "activity": activity,
        "kind": words.of(KIND_WORDS, proposal["kind"]),
        "fit": words.fit(proposal["score"]),
        "place": _place(detail, profile, words),
        "distance_km": detail["distance_km"],
        "when": detail[f"session_texts_{words.language}"],  # type: ignore[literal-required]
        "next": _next(detail["next_sessions"], today, words),
        "hours": _hours(proposal["hours"], found["track"]["hours_to_go"], until, today, words),
        "reasons": _reasons(proposal, activity, words),
        "caution": "".join(cautions[:1]),
        "also": cautions[1:],
        "ask": _asked(proposal, words),
        "verdict": _verdict(proposal),
    }


def _place(detail: Detail, profile: Profile, words: Words) -> list[str]:
    activity = detail["activity"]
    if activity.is_online:
        return [words("online")]
    where = [part for part in (activity.place, activity.municipality) if part]
    parts = [where[0] if len(where) == 2 and where[1] in where[0] else ", ".join(where)] if where else []
    home = profile.home
    if activity.lat is None and home.lat is None and home.postal_code and home.postal_code == activity.postal_code:
        # Both stand for the centre of the same code: 0 km and 0 minutes would be no more than that.
        return [*parts, words("same_postal_code")]
    if detail["distance_km"] is not None:
        parts.append(words("km", n=words.number(detail["distance_km"])))
    if detail["travel_min"] is not None and profile.transport:
        parts.append(words("travel", n=detail["travel_min"], how=words.of(TRANSPORT_WORDS, profile.transport)))
    return parts


def _next(sessions: list[tuple[datetime, datetime]], today: date, words: Words) -> str:
    if not sessions:
        return ""
    days = [words.day(start.date(), today=today) for start, _ in sessions]
    times = [words.times(start, end) for start, end in sessions]
    if len(set(times)) == 1 and len(times) > 1:
        return words("next_same", days=words.listed(days), hours=times[0])
    return words("next", list="; ".join(f"{day}, {hours}" for day, hours in zip(days, times, strict=True)))


def _hours(hours: Hours, to_go: float, until: date | None, today: date, words: Words) -> str:
    total = hours["attendable"]
    if total is None:
        return words("hours_unknown")
    by_agreement = hours["sessions_attendable"] is None
    n = words("hours_about", n=round(total)) if by_agreement else words.number(total)
    if until:
        start = words("hours_until", n=n, day=words.day(until, today=today, weekday=False))
    else:
        start = words("hours_year", n=n)
    start = capital(start)
    if not to_go:
        return start + words("hours_done")
    if hours["covers_to_go"]:
        return start + words("hours_enough", n=words.number(to_go))
    return start + words("hours_short", n=words.number(max(0.0, to_go - total)))


def _reasons(proposal: SuggestedActivity, activity: Activity, words: Words) -> list[str]:
    """Return the sentences of the aspects that carry the most weight and rest on something known.

    Hours and distance stand on lines of their own.
    """
    aspects = proposal["aspects"]
    open_needs = any(one["code"].startswith("unknown_facilities") for one in proposal["warnings"])
    known = {
        "interests": True,
        "language": activity.taalicoon is not None,
        "group": activity.group_max is not None,
        "contact": activity.schedule is not None and activity.interaction is not None,
        "practical": activity.price_eur is not None and not open_needs,
    }
    good = [
        name
        for name, aspect in aspects.items()
        if aspect["weight"] and aspect["score"] >= REASON_SCORE_LEAST and known.get(name)
    ]
    heaviest = sorted(good, key=lambda name: -aspects[name]["weight"] * aspects[name]["score"])[:N_REASONS]
    return [sentence(aspects[name][f"reason_{words.language}"]) for name in heaviest]  # type: ignore[literal-required]


def _cautions(proposal: SuggestedActivity, words: Words) -> list[str]:
    """Return what to know before one calls; what is only missing stands with the questions."""
    questions = proposal["criteria"]["discuss_because"] == "missing"
    return [
        sentence(one[f"sentence_{words.language}"])  # type: ignore[literal-required]
        for one in proposal["warnings"]
        if not one["code"].startswith("unknown_")
        and one["code"] != "demonstration"
        and not (questions and one["code"] == "discuss")
    ]


def _asked(proposal: SuggestedActivity, words: Words) -> list[str]:
    """Return what to ask by telephone, in a few words each."""
    keys = {f"unknown_{key.replace('.', '_')}": key for key in KEY_WORDS}
    asked = [words.of(KEY_WORDS, keys[one["code"]]) for one in proposal["warnings"] if one["code"] in keys]
    missing = [words.of(KEY_WORDS, key) for key in proposal["criteria"]["missing"]]
    return list(dict.fromkeys(filter(None, asked + missing)))


def _verdict(proposal: SuggestedActivity) -> str:
    criteria = proposal["criteria"]
    return f"verdict_{criteria['discuss_because'] or criteria['verdict']}"
