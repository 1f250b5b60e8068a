"""The web application: the calls and the pages of one office, and what holds for every request and answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from matcher.endpoints import endpoints
from matcher.endpoints.means import as_json
from matcher.endpoints.reading import Refusal
from matcher.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InputError,
    LateError,
    MatcherError,
    NotFoundError,
    Problem,
)
from matcher.openapi import ERROR_TEXTS, JSON, PROBLEM, TITLES, describe
from matcher.pages import Front, guarded, pages
from matcher.privacy import looks_personal
from matcher.schedule import BRUSSELS
from matcher.service.office import Office

BODY_MOST_BYTES = 1024 * 1024
_PLAIN_PATHS = ("/api", "/healthz", "/readyz")
_HARMLESS = ("GET", "HEAD", "OPTIONS")


def brussels_now() -> datetime:
    """Return now in Europe/Brussels."""
    return datetime.now(BRUSSELS)


def create_app(
    office: Office,
    *,
    clock: Callable[[], datetime] = brussels_now,
    hosts: list[str] | None = None,
    rng: random.Random | None = None,
) -> Flask:
    """Make the web application.

    Parameters
    ----------
    office : Office
        Holds the offer and the dossiers.
    clock : callable
        Returns now, with its zone; its date in Brussels is what ``today`` is when a request does not say.
    hosts : list of str or None
        Names by which the service may be called; None takes any. On one's own machine this keeps pages of
        elsewhere from reading the answers.
    rng : random.Random or None
        Draws the codes of dossiers; None draws what nobody can guess.
    """
    rng = rng or random.SystemRandom()
    app = Flask("matcher", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MOST_BYTES
    app.config["TRUSTED_HOSTS"] = hosts
    app.secret_key = office.secret
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="matcher")
    front = Front(office, clock=clock, rng=rng)
    app.register_blueprint(pages(front))
    app.register_blueprint(endpoints(office, clock=clock, rng=rng))
    _look_at_requests(app)
    _answer_errors(app, front)

    @app.get("/healthz")
    def alive() -> Response:
        return as_json({"status": "ok"})

    @app.get("/readyz")
    def ready() -> Response:
        office.matcher()
        return as_json({"status": "ok"})

    @app.get("/api/v1/openapi.json")
    def description() -> Response:
        return as_json(describe(version("participatie-matcher")))

    @app.get("/api/docs")
    def docs() -> str:
        return render_template("docs.html", api=describe(version("participatie-matcher")))

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'"
        )
        return response

    return app


def _look_at_requests(app: Flask) -> None:
    """Refuse what no caller of ours sends."""

    @app.before_request
    def one_kind_of_answer() -> None:
        asks_page = not request.path.startswith(_PLAIN_PATHS) or request.path == "/api/docs"
        if not asks_page and request.accept_mimetypes and not request.accept_mimetypes[JSON]:
            raise Refusal(406)

    @app.before_request
    def nobody_elses_page() -> None:
        if request.method not in _HARMLESS and _comes_from_elsewhere():
            raise ForbiddenError("A page of another site may not write here.")


def _comes_from_elsewhere() -> bool:
    """Tell whether a browser sends this for a page of another site; what is no browser says nothing of it."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in ("same-origin", "none"):
        return True
    if origin is None:
        return False
    # Browsers write null for a page of this site itself too, which sends no referrer.
    return site is None if origin == "null" else _host_of(origin) != request.host.lower()


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _answer_errors(app: Flask, front: Front) -> None:
    """Give each error its status and one shape."""

    @app.errorhandler(InputError)
    def refused(error: InputError) -> Response:
        status = 400 if all(problem.code in ("json", "encoding") for problem in error.problems) else 422
        return _problem(status, errors=[_field_error(problem) for problem in error.problems])

    @app.errorhandler(MatcherError)
    def cannot(error: MatcherError) -> Response:
        status = next(status for kind, status in STATUSES if isinstance(error, kind))
        response = _problem(status, _told(error, status))
        if status == 503:
            app.logger.warning("The database does not answer.", exc_info=error)
            response.headers["Retry-After"] = str(AGAIN_S)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> AnyResponse:
        if not request.path.startswith(_PLAIN_PATHS):
            return front.refusal(error)
        response = _problem(error.code or 500)
        response.headers.extend(
            (name, value) for name, value in error.get_headers() if name.lower() in ("allow", "location")
        )
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        app.logger.exception("A request failed.")
        return _problem(500) if request.path.startswith(_PLAIN_PATHS) else guarded(front.alone("other", 500))


AGAIN_S = 5
"""After so long it is worth trying again when the database did not answer."""
STATUSES: tuple[tuple[type[MatcherError], int], ...] = (
    (LateError, 412),
    (ConflictError, 409),
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (BusyError, 503),
    (MatcherError, 500),
)
"""The status of each error that is not about a value; the first that fits."""


def _told(error: MatcherError, status: int) -> str:
    """Return what an error says for the caller; nothing when it repeats what must not be."""
    text = str(error)
    if status in (404, 500) or looks_personal(text):
        return ""
    return f"{text} The ETag of the answer goes in If-Match." if status == 412 else text


def _field_error(problem: Problem) -> dict[str, str]:
    found = {"path": problem.key}
    if problem.value is not None:
        found["value"] = problem.value
    return {
        **found,
        "expected": f"{problem.rule}. {problem.remedy}".strip() if problem.remedy else problem.rule,
    }


def _problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None) -> Response:
    """Return an error as RFC 9457 has it; it says nothing of what went wrong inside."""
    answer: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(str(status), "Error"),
        "status": status,
        "detail": detail or ERROR_TEXTS.get(str(status), "The request cannot be answered."),
    }
    if errors:
        answer["errors"] = errors
    return Response(orjson.dumps(answer), status=status, content_type=PROBLEM)
