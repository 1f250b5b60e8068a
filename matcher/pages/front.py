"""The front: who asks, in which language, and the frame around every page."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from ..errors import BusyError, ConflictError, ForbiddenError, InputError, LateError, MatcherError, NotFoundError
from ..model.access import DEMONSTRATION_ACCOUNTS, Asker
from ..schedule import BRUSSELS
from .words import LANGUAGES, Language, Words, sentence

if TYPE_CHECKING:
    from ..service import Matcher
    from ..service.office import Office

SECTIONS = (
    ("desk", "request", "pages.start"),
    ("dossiers", "read", "pages.dossiers"),
    ("places", "share", "pages.overview_places"),
    ("offer", "request", "pages.offer"),
    ("overview", "overview", "pages.overview"),
)
"""The parts of the navigation: name, the right that it takes, and where it starts."""
ERRORS: tuple[tuple[type[MatcherError], int, str], ...] = (
    (LateError, 412, "late"),
    (ConflictError, 409, "conflict"),
    (NotFoundError, 404, "not_found"),
    (ForbiddenError, 403, "forbidden"),
    (InputError, 422, "input"),
)
REFUSED = {404: "not_found", 405: "not_found", 413: "too_large"}
"""What is said of a request that no page took; of another: that it is not understood."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
MOST_BYTES = 300_000
"""A longer body is refused: a full form has some 30,000."""
AGAIN_S = 5
"""After so long it is worth trying again when the database did not answer."""


class Front:
    """What every page needs.

    Parameters
    ----------
    office : Office
    clock : callable
        Returns now, with its zone.
    rng : random.Random
        Draws codes and keys.
    """

    def __init__(self, office: Office, *, clock: Callable[[], datetime], rng: random.Random) -> None:
        self.office = office
        self.rng = rng
        self._clock = clock

    def now(self) -> datetime:
        """Return this moment in Brussels."""
        return self._clock().astimezone(BRUSSELS)

    def today(self) -> date:
        """Return the day in Brussels."""
        return self.now().date()

    def asker(self) -> Asker:
        """Return who asks: the role and the municipality that were chosen, the desk as long as none was."""
        account = DEMONSTRATION_ACCOUNTS.get(session.get("role", ""), DEMONSTRATION_ACCOUNTS["desk"])
        return account.working_for(session.get("municipality", ""))

    def words(self) -> Words:
        """Return the texts in the language of this request: of its form, its address, or the one before."""
        known: dict[str, Language] = {one: one for one in LANGUAGES}
        asked = _posted_language() or request.args.get("lang", "") or session.get("lang", "")
        return Words(known.get(asked, "nl"))

    def matcher(self) -> Matcher:
        """Return the offer as the municipality that is worked for sees it."""
        return self.office.matcher(self.asker().municipality)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Render a page in the frame.

        Parameters
        ----------
        template : str
        status : int
        values
            For the template, beside ``t``, ``lang``, ``asker``, ``today``, ``now``, ``engine``, ``sentence``
            and ``sections``.
        """
        words, asker, now = self.words(), self.asker(), self.now()
        if session.get("lang", "nl") != words.language:
            session["lang"] = words.language
        sections = [one for one in SECTIONS if asker.may(one[1])]
        frame = {
            "t": words,
            "lang": words.language,
            "asker": asker,
            "accounts": DEMONSTRATION_ACCOUNTS,
            "now": now,
            "today": now.date(),
            "engine": self.office.matcher(asker.municipality),
            "sentence": sentence,
            "sections": [one for one in sections if one[2] in current_app.view_functions],
            "language_url": _language_url,
            "errors": [],
            "error_at": {},
        }
        response = make_response(render_template(template, **{**frame, **values}), status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def refusal(self, error: HTTPException) -> AnyResponse:
        """Return the page of a request that no page took, such as for an address that does not exist."""
        if isinstance(error, SecurityError):
            return error.get_response()  # called by another name: no address can be made from it
        status = error.code or 500
        try:
            response = self.page("error.html", status=status, name=REFUSED.get(status, "input"))
        except BusyError as busy:
            return guarded(self.busy(busy))
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return guarded(response)

    def busy(self, error: BusyError) -> Response:
        """Return the page of when the database does not answer."""
        # The frame shows what the database tells: this page stands alone.
        current_app.logger.warning("The database does not answer.", exc_info=error)
        response = self.alone("busy", 503)
        response.headers["Retry-After"] = str(AGAIN_S)
        return response

    def alone(self, name: str, status: int) -> Response:
        """Return a page of an error that asks nothing of the database."""
        words = self.words()
        return make_response(render_template("alone.html", t=words, lang=words.language, name=name), status)

    def go(self, endpoint: str, message: str = "", **values: Any) -> AnyResponse:
        """Go on to another page, which shows a message: what a form wrote is not sent twice.

        Parameters
        ----------
        endpoint : str
            Such as ``pages.dossiers``.
        message : str
            A sentence in the language of the page.
        values
            Parts of the address.
        """
        if message:
            flash(message)
        return redirect(url_for(endpoint, **values), 303)


def guarded(response: Response) -> Response:
    """Say with a page what it may load and where it may be shown."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _language_url(language: str, here: str = "") -> str:
    """Return the address of this page in a language; of what was only posted: ``here``, or the first page."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or "GET" not in adapter.allowed_methods():
        return f"{here or url_for('pages.start')}?{urlencode({'lang': language})}"
    asked = {**request.args.to_dict(flat=False), "lang": [language]}
    return f"{request.path}?{urlencode(asked, doseq=True)}"


def limit_body() -> None:
    """Refuse a body that no form of a person has."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES


def _posted_language() -> str:
    try:
        return request.form.get("lang") or request.form.get("shown_lang", "")
    except (HTTPException, ValueError):
        return ""


def add_frame(blueprint: Blueprint, front: Front) -> None:
    """Add ``POST /wie``, by which a role is chosen, and the page of what cannot be done."""

    @blueprint.post("/wie")
    def choose_role() -> AnyResponse:
        role = request.form.get("role", "")
        if role in DEMONSTRATION_ACCOUNTS:
            session["role"] = role
        account = front.asker()
        municipality = request.form.get("municipality", "")
        session["municipality"] = account.working_for(municipality).municipality
        section = request.form.get("section", "")
        endpoints = {name: endpoint for name, right, endpoint in SECTIONS if account.may(right)}
        return front.go(endpoints.get(section, "pages.start"))

    @blueprint.errorhandler(BusyError)
    def busy(error: BusyError) -> Response:
        return front.busy(error)

    @blueprint.errorhandler(MatcherError)
    def cannot(error: MatcherError) -> Response:
        status, name = next(
            ((status, name) for kind, status, name in ERRORS if isinstance(error, kind)), (500, "other")
        )
        return front.page("error.html", status=status, name=name)
