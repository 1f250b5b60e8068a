"""The web page: what a person wants on the left, the proposals on the right. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from .. import vocabulary
from ..errors import InputError
from ..explain import CODE_WORDS, KEY_WORDS, KIND_WORDS, TRANSPORT_WORDS
from ..model import Profile, read_profile
from ..schedule import DAYS_NL, HORIZON_DAYS
from . import form as forms
from .form import EMPTY, FieldError, Filled
from .words import LANGUAGES, Language, Words, sentence

if TYPE_CHECKING:
    from ..model import Activity
    from ..model.answer import Hours, SuggestedActivity, Suggestion
    from ..service import Detail, Matcher
    from ..service.office import Office

__all__ = ["pages"]

N_PROPOSALS, N_SEARCHED, N_NEAREST, N_REASONS = 10, 8, 5, 3
MOST_BYTES = 300_000
"""A longer body is refused: a full form has some 30,000."""
REASON_SCORE_LEAST = 0.5
"""An aspect with a lower score is no reason to propose something."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def pages(office: Office, *, clock: Callable[[], datetime]) -> Blueprint:
    """Make the pages of one office.

    Parameters
    ----------
    office : Office
        Holds the offer and the dossiers.
    clock : callable
        Returns now, with its zone, in Europe/Brussels.

    Returns
    -------
    Blueprint
        ``GET /`` shows the form, ``POST /voorstellen`` the form and the answer.
    """
    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets"
    )

    @blueprint.get("/")
    def start() -> Response:
        return _page(office.matcher(), EMPTY, _words(request.args.get("lang", "")), clock())

    @blueprint.get("/voorstellen")
    def without_a_question() -> AnyResponse:
        lang = request.args.get("lang", "")
        return redirect(url_for("pages.start", lang=lang if lang in LANGUAGES else None))

    @blueprint.post("/voorstellen")
    def propose() -> Response:
        request.max_content_length = request.max_form_memory_size = MOST_BYTES
        try:
            posted = request.form
        except (HTTPException, ValueError) as problem:
            words = _words(request.args.get("lang", ""))
            too_much = isinstance(problem, RequestEntityTooLarge)
            text = words("error_too_much" if too_much else "error_profile")
            return _page(
                office.matcher(),
                EMPTY,
                words,
                clock(),
                errors=[FieldError("request", text)],
                status=413 if too_much else 400,
            )
        words = _words(posted.get("lang") or posted.get("shown_lang", ""))
        filled = forms.read_form(posted)
        preset = posted.get("preset", "")
        if preset:
            filled = forms.apply_preset(filled, preset)
        only_form = bool(preset or posted.get("lang")) and not posted.get("answered")
        if only_form:
            return _page(office.matcher(), filled, words, clock())
        return _answer(office.matcher(), filled, words, clock())

    @blueprint.after_request
    def guard(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    return blueprint


def _words(language: str) -> Words:
    known: dict[str, Language] = {one: one for one in LANGUAGES}
    return Words(known.get(language, "nl"))


def _answer(engine: Matcher, filled: Filled, words: Words, now: datetime) -> Response:
    errors = forms.check_form(filled, words)
    try:
        profile = read_profile(forms.profile_data(filled))
    except InputError as problem:
        errors = forms.field_errors(problem.problems, filled, words) + errors
    if errors:
        order = (*forms.ONE, *forms.MANY)
        known = sorted(errors, key=lambda error: order.index(error.field) if error.field in order else -1)
        return _page(engine, filled, words, now, errors=known, status=422)
    today = now.date()
    found = engine.suggest(profile, today=today, now=now, k=N_PROPOSALS)
    answer = {
        "found": found,
        "top": _top_sentence(found, words),
        "track": _track(found, words),
        "cards": [
            _card(proposal, detail, profile, found, words)
            for proposal, detail in zip(
                found["suggestions"],
                engine.details(profile, [one["activity_id"] for one in found["suggestions"]], today=today),
                strict=True,
            )
        ],
        "reasons": [
            (n, words.of(CODE_WORDS, code))
            for code, n in sorted(found["excluded"]["by_reason"].items(), key=lambda item: (-item[1], item[0]))
        ],
        "nearest": found["excluded"]["nearest"][:N_NEAREST],
        "cost": _cost(found, profile, words),
        "searched": _searched(engine, filled.value("zoek"), profile, today),
    }
    return _page(engine, filled, words, now, answer=answer)


def _page(
    engine: Matcher,
    filled: Filled,
    words: Words,
    now: datetime,
    *,
    errors: list[FieldError] | None = None,
    answer: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    code = forms.postal_code(filled)
    page = render_template(
        "page.html",
        t=words,
        lang=words.language,
        filled=filled,
        errors=errors or [],
        error_at={error.field: error.text for error in reversed(errors or [])},
        answer=answer,
        branches=_branches(words),
        vocabulary=vocabulary,
        days=DAYS_NL,
        workdays=forms.WORKDAYS,
        parts=forms.PARTS,
        presets=[(name, boxes, forms.preset_lines(name)) for name, boxes in forms.PRESETS.items()],
        place=vocabulary.places().get(code, ("", 0, 0))[0],
        place_unknown=bool(code) and code not in vocabulary.places(),
        summary=forms.summary(filled, words),
        sentence=sentence,
        engine=engine,
        now=now,
        today=now.date(),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _branches(words: Words) -> list[tuple[vocabulary.Interest, list[tuple[vocabulary.Interest, int]]]]:
    """Return each top of the tree of interests with what lies under it, and how deep."""
    branches: dict[str, tuple[vocabulary.Interest, list[tuple[vocabulary.Interest, int]]]] = {}
    for interest in vocabulary.interests().values():
        if not interest.parent:
            branches[interest.id] = (interest, [])
        else:
            line = vocabulary.lineage(interest.id)
            branches[line[-1]][1].append((interest, len(line) - 1))
    return list(branches.values())


def _top_sentence(found: Suggestion, words: Words) -> str:
    n, k = found["allowed"], len(found["suggestions"])
    if n < 2:
        return words("allowed_one" if n else "allowed_none")
    return words("allowed_many" if k < n else "allowed_all", n=n, k=k)


def _track(found: Suggestion, words: Words) -> str:
    track = found["track"]
    hours = (
        words("track_to_go", n=words.number(track["hours_to_go"])) if track["hours_to_go"] else words("track_done")
    )
    return f"{hours} · {words('track_' + track['obligation'])}"


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
    start = start[0].upper() + start[1:]
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


def _cost(found: Suggestion, profile: Profile, words: Words) -> str:
    """Say which wish keeps out the most on its own; it is a wish only when the person may change it."""
    excluded = found["excluded"]
    wishes = {code: n for code, n in excluded["only_reason"].items() if n and words.has(f"cost_{code}")}
    if wishes:
        code, n = min(wishes.items(), key=lambda item: (-item[1], item[0]))
        values = {"distance": profile.max_distance_km, "price": profile.max_price_eur}
        value = values.get(code)
        shown = (
            "" if value is None else words.euro(value) if code == "price" else words.number(value, most_decimals=3)
        )
        return words("cost", wish=words(f"cost_{code}", value=shown), n=n)
    if found["allowed"] or not excluded["by_reason"]:
        return ""
    code = min(excluded["by_reason"].items(), key=lambda item: (-item[1], item[0]))[0]
    return words("cost_joint", reason=words.of(CODE_WORDS, code))


def _searched(engine: Matcher, text: str, profile: Profile, today: date) -> list[dict[str, Any]]:
    if not text:
        return []
    found = engine.search(text, limit=N_SEARCHED)
    explained = engine.explain(profile, [activity.id for activity in found], today=today)
    return [{"activity": activity, **one} for activity, one in zip(found, explained, strict=True)]
