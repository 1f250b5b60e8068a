"""The desk: what a person wants on the left, the proposals on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..explain import CODE_WORDS
from ..model import Profile, read_profile
from ..model.dossier import ASKED_BY
from ..service.desk import count_request, scarce_places
from . import form as forms
from .cards import make_cards
from .form import EMPTY, FieldError, Filled
from .form_choices import form_choices
from .front import Front, limit_body
from .words import LANGUAGES, Words

if TYPE_CHECKING:
    from ..model.answer import Suggestion

N_PROPOSALS, N_SEARCHED, N_NEAREST = 10, 20, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was sent: what was filled in, the profile when it is one, and what is wrong."""

    filled: Filled
    profile: Profile | None
    errors: list[FieldError]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the proposals that were ticked."""
        return self.filled.ticked("gekozen")


def add_desk(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /``, the form, and ``POST /voorstellen``, the form with the answer."""

    @blueprint.get("/")
    def start() -> Response:
        return show_form(front, EMPTY)

    @blueprint.get("/voorstellen")
    @blueprint.get("/vergelijk", endpoint="compare_without_a_question")
    @blueprint.get("/mailtekst", endpoint="mail_without_a_question")
    @blueprint.get("/bewaren", endpoint="save_without_a_question")
    def without_a_question() -> AnyResponse:
        lang = request.args.get("lang", "")
        return redirect(url_for("pages.start", lang=lang if lang in LANGUAGES else None))

    @blueprint.post("/voorstellen")
    def propose() -> Response:
        asked = read_request(front)
        if isinstance(asked, Response):
            return asked
        posted = request.form
        preset = posted.get("preset", "")
        if preset:
            return show_form(front, forms.apply_preset(asked.filled, preset))
        if posted.get("lang") and not posted.get("answered"):
            return show_form(front, asked.filled)
        return show_answer(front, asked, count=not posted.get("answered"))


def read_request(front: Front) -> Asked | Response:
    """Read the request that was sent, or return the page that says why it cannot be read."""
    limit_body()
    try:
        posted = request.form
    except (HTTPException, ValueError) as problem:
        too_much = isinstance(problem, RequestEntityTooLarge)
        text = front.words()("error_too_much" if too_much else "error_profile")
        return show_form(front, EMPTY, errors=[FieldError("request", text)], status=413 if too_much else 400)
    words = front.words()
    filled = forms.read_form(posted)
    errors = forms.check_form(filled, words)
    profile = None
    try:
        profile = read_profile(forms.profile_data(filled))
    except InputError as problem:
        errors = forms.field_errors(problem.problems, filled, words) + errors
    return Asked(filled, profile, forms.in_page_order(errors))


def show_answer(
    front: Front, asked: Asked, *, count: bool = False, wrong: list[FieldError] | None = None
) -> Response:
    """Show the form with the proposals; with errors the form alone.

    Parameters
    ----------
    count : bool
        Count the request, as it is the first answer to it.
    wrong : list of FieldError or None
        What is wrong with what was chosen among the proposals.
    """
    if asked.errors or asked.profile is None:
        return show_form(front, asked.filled, errors=asked.errors, status=422)
    words, now, profile = front.words(), front.now(), asked.profile
    matcher, today = front.matcher(), front.today()
    found = matcher.suggest(profile, today=today, now=now, k=N_PROPOSALS)
    with front.office.store.reading() as work:
        held = scarce_places(front.office, work, front.asker(), today=today)
    if count:
        _count(front, asked, found["allowed"])
    cards = make_cards(found, matcher, profile, words)
    for card in cards:
        card["held"] = held.get(card["activity"].id)
    hits, n_hits = matcher.search(asked.filled.value("zoek"), profile, today=today, limit=N_SEARCHED)
    shown = {card["activity"].id for card in cards} | {one["activity_id"] for one in hits}
    answer = {
        "found": found,
        "top": _top_sentence(found, words),
        "track": _track(found, words),
        "cards": cards,
        "reasons": [
            (n, words.of(CODE_WORDS, code))
            for code, n in sorted(found["excluded"]["by_reason"].items(), key=lambda item: (-item[1], item[0]))
        ],
        "nearest": found["excluded"]["nearest"][:N_NEAREST],
        "cost": _cost(found, profile, words),
        "searched": [{"activity": matcher.activity(one["activity_id"]), **one} for one in hits],
        "n_searched": n_hits,
        "others": [one for one in matcher.activities if one.id in set(asked.chosen) - shown],
        "key": new_key(front),
    }
    return show_form(front, asked.filled, errors=wrong, answer=answer, status=422 if wrong else 200)


def new_key(front: Front) -> str:
    """Return a key that nobody used before, by which what is sent twice is known again."""
    return f"{front.rng.getrandbits(80):020x}"


def _count(front: Front, asked: Asked, n_allowed: int) -> None:
    assert asked.profile is not None
    with front.office.store.writing() as work:
        count_request(
            work,
            front.asker(),
            asked.profile,
            asked_by=forms.asked_by(asked.filled),
            n_allowed=n_allowed,
            key=asked.filled.value("vraag"),
            now=front.now(),
        )


def show_form(
    front: Front,
    filled: Filled,
    *,
    errors: list[FieldError] | None = None,
    answer: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """Show the form, and what there is of an answer."""
    words = front.words()
    return front.page(
        "page.html",
        status=status,
        filled=filled,
        errors=errors or [],
        error_at={error.field: error.text for error in reversed(errors or [])},
        answer=answer,
        **form_choices(filled),
        summary=forms.summary(filled, words),
        asked_by=ASKED_BY,
        key=filled.value("vraag") or new_key(front),
        card_actions="card_actions.html",
    )


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
