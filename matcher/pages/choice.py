"""What is done with proposals that were chosen: compare them, keep them in a dossier, put them in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from ..errors import NotFoundError
from ..service.desk import save_request
from . import form as forms
from .cards import make_cards
from .comparison import compare_cards
from .desk import Asked, new_key, read_request, show_answer
from .form import FieldError
from .front import Front
from .mail import mail_text

FEWEST_COMPARED, MOST_COMPARED, MOST_KEPT = 2, 3, 20
"""A table of more columns cannot be taken in; nobody is proposed more at once."""


def add_choice(blueprint: Blueprint, front: Front) -> None:
    """Add ``POST /vergelijk``, ``POST /bewaren`` and ``POST /mailtekst``: what was asked goes along with each."""

    @blueprint.post("/vergelijk")
    def compare() -> Response:
        asked = read_request(front)
        if isinstance(asked, Response):
            return asked
        chosen = _in_offer(front, asked.chosen)
        if asked.errors or asked.profile is None or not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
            return show_answer(front, asked, wrong=_wrong(front, "desk_error_compare"))
        found = front.matcher().compare(asked.profile, chosen, today=front.today(), now=front.now())
        cards = make_cards(found, front.matcher(), asked.profile, front.words())
        explained = front.matcher().explain(asked.profile, chosen, today=front.today())
        return _go_on(
            front,
            asked,
            "compare.html",
            chosen,
            columns=cards,
            rows=compare_cards(cards, explained, front.words()),
        )

    @blueprint.post("/mailtekst")
    def write_mail() -> Response:
        asked = read_request(front)
        if isinstance(asked, Response):
            return asked
        chosen = _in_offer(front, asked.chosen)
        if asked.errors or asked.profile is None or not 1 <= len(chosen) <= MOST_KEPT:
            return show_answer(front, asked, wrong=_wrong(front, "desk_error_mail"))
        details = front.matcher().details(asked.profile, chosen, today=front.today(), now=front.now())
        return _go_on(front, asked, "mail.html", chosen, mail=mail_text(details, front.words()))

    @blueprint.post("/bewaren")
    def save() -> AnyResponse:
        asked = read_request(front)
        if isinstance(asked, Response):
            return asked
        chosen = _in_offer(front, (*asked.chosen, *request.form.getlist("ook")))
        if asked.errors or asked.profile is None or len(chosen) > MOST_KEPT:
            return show_answer(front, asked, wrong=_wrong(front, "desk_error_save"))
        with front.office.store.writing() as work:
            saved = save_request(
                work,
                front.asker(),
                asked.profile,
                asked_by=forms.asked_by(asked.filled),
                proposed=chosen,
                key=request.form.get("bewaar", "")[: forms.KEY_MOST],
                now=front.now(),
                rng=front.rng,
            )
        text = front.words()("desk_saved" if saved.is_new else "desk_saved_before", code="{}")
        message = Markup(text).format(Markup('<strong class="code">{}</strong>').format(saved.code))
        return front.go("pages.dossier", message, code=saved.code)


def _go_on(front: Front, asked: Asked, template: str, chosen: Sequence[str], **values: Any) -> Response:
    """Show a page that carries the whole request along, so that one can go back or on without losing anything."""
    return front.page(
        template,
        filled=asked.filled,
        one=[name for name in forms.ONE if asked.filled.value(name)],
        many=[name for name in forms.MANY if name != "gekozen"],
        chosen=chosen,
        key=new_key(front),
        **values,
    )


def _wrong(front: Front, name: str) -> list[FieldError]:
    return [FieldError("gekozen", front.words()(name))]


def _in_offer(front: Front, ids: Sequence[str]) -> list[str]:
    """Return the ids that the offer has, each once: it may have changed since they were ticked."""
    matcher = front.matcher()
    known = []
    for activity_id in dict.fromkeys(ids):
        try:
            known.append(matcher.activity(activity_id).id)
        except NotFoundError:
            continue
    return known
