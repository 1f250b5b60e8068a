"""The desk: what a person wants on the left, the proposals on the right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from .. import vocabulary
from ..errors import InputError
from ..explain import CODE_WORDS
from ..model import Profile, read_profile
from ..schedule import DAYS_NL
from . import form as forms
from .cards import make_cards
from .form import EMPTY, FieldError, Filled
from .front import Front
from .words import LANGUAGES, Words

if TYPE_CHECKING:
    from ..model.answer import Suggestion
    from ..service import Matcher

N_PROPOSALS, N_SEARCHED, N_NEAREST = 10, 8, 5
MOST_BYTES = 300_000
"""A longer body is refused: a full form has some 30,000."""


def add_desk(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /``, the form, and ``POST /voorstellen``, the form with the answer."""

    @blueprint.get("/")
    def start() -> Response:
        return _page(front, EMPTY)

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
            too_much = isinstance(problem, RequestEntityTooLarge)
            text = front.words()("error_too_much" if too_much else "error_profile")
            errors = [FieldError("request", text)]
            return _page(front, EMPTY, errors=errors, status=413 if too_much else 400)
        filled = forms.read_form(posted)
        preset = posted.get("preset", "")
        if preset:
            filled = forms.apply_preset(filled, preset)
        only_form = bool(preset or posted.get("lang")) and not posted.get("answered")
        return _page(front, filled) if only_form else _answer(front, filled)


def _answer(front: Front, filled: Filled) -> Response:
    words, now = front.words(), front.now()
    matcher = front.matcher()
    errors = forms.check_form(filled, words)
    try:
        profile = read_profile(forms.profile_data(filled))
    except InputError as problem:
        errors = forms.field_errors(problem.problems, filled, words) + errors
    if errors:
        order = (*forms.ONE, *forms.MANY)
        known = sorted(errors, key=lambda error: order.index(error.field) if error.field in order else -1)
        return _page(front, filled, errors=known, status=422)
    today = now.date()
    found = matcher.suggest(profile, today=today, now=now, k=N_PROPOSALS)
    answer = {
        "found": found,
        "top": _top_sentence(found, words),
        "track": _track(found, words),
        "cards": make_cards(found, matcher, profile, words),
        "reasons": [
            (n, words.of(CODE_WORDS, code))
            for code, n in sorted(found["excluded"]["by_reason"].items(), key=lambda item: (-item[1], item[0]))
        ],
        "nearest": found["excluded"]["nearest"][:N_NEAREST],
        "cost": _cost(found, profile, words),
        "searched": _searched(matcher, filled.value("zoek"), profile, today),
    }
    return _page(front, filled, answer=answer)


def _page(
    front: Front,
    filled: Filled,
    *,
    errors: list[FieldError] | None = None,
    answer: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    words = front.words()
    code = forms.postal_code(filled)
    return front.page(
        "page.html",
        status=status,
        filled=filled,
        errors=errors or [],
        error_at={error.field: error.text for error in reversed(errors or [])},
        answer=answer,
        branches=branches(words),
        vocabulary=vocabulary,
        days=DAYS_NL,
        workdays=forms.WORKDAYS,
        parts=forms.PARTS,
        presets=[(name, boxes, forms.preset_lines(name)) for name, boxes in forms.PRESETS.items()],
        place=vocabulary.places().get(code, ("", 0, 0))[0],
        place_unknown=bool(code) and code not in vocabulary.places(),
        summary=forms.summary(filled, words),
    )


def branches(words: Words) -> list[tuple[vocabulary.Interest, list[tuple[vocabulary.Interest, int]]]]:
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


def _searched(matcher: Matcher, text: str, profile: Profile, today: date) -> list[dict[str, Any]]:
    if not text:
        return []
    found = matcher.search(text, limit=N_SEARCHED)
    explained = matcher.explain(profile, [activity.id for activity in found], today=today)
    return [{"activity": activity, **one} for activity, one in zip(found, explained, strict=True)]
