"""The HTTP interface: read what is asked, one call of the service, write the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

import orjson
from flask import Flask, Response, render_template, request
from pydantic import BeforeValidator, ValidationError
from werkzeug.exceptions import HTTPException

from matcher.errors import InputError, NotFoundError, Problem
from matcher.model import Profile, read_profile, read_proposal
from matcher.model.fields import MAX_PROBLEMS, Day, Frozen, as_tuple, number, one_of, problems_of, whole
from matcher.model.places import MOST_CANDIDATES, OBJECTIVES, RULES, Terms, Tie
from matcher.model.profile import HOURS_OF_TRACK
from matcher.openapi import ERROR_TEXTS, JSON, PROBLEM, describe
from matcher.pages import pages
from matcher.readers.jsontext import load_json
from matcher.schedule import BRUSSELS
from matcher.service import K_MOST, check_activity
from matcher.service.allocating import allocate_places
from matcher.service.gaps import find_gaps
from matcher.service.office import Office
from matcher.service.planning import HOURS_LEAST, HOURS_MOST, MOST_ACTIVITIES, PlanWish, make_plans
from matcher.vocabulary import KINDS, STATUSES, interests

BODY_MOST_BYTES = 1024 * 1024
COHORT_MOST, ALLOCATION_LIMIT_S = 1000, 10.0
MOST_PLACES = 1_000_000
TERMS = {"objective", "max_per_organiser", "max_per_group", "candidates", "unknown_places", "level"}
PAGE_MOST, PAGE_USUAL = 200, 50
PLAN_LIMIT_S = 3.0
"""A request for plans gets the best that was found within this time, and the gap that is left."""
GAPS_LIMIT_S = 20.0
"""The same for a request for gaps."""
_PLAIN_PATHS = ("/api", "/healthz", "/readyz")


class SuggestionRequest(Frozen):
    """Body of a request for suggestions; the profile is read by itself."""

    profile: Any
    k: Annotated[int, whole(1, K_MOST)] = 10
    today: Day | None = None
    varied: bool = False


class AskedPair(Frozen):
    """A pair that was settled by hand."""

    profile_id: str
    activity_id: str
    rule: Annotated[str, one_of(RULES)]


class AllocationRequest(Frozen):
    """Body of a request for places; the profiles are read by themselves."""

    profiles: Any
    today: Day | None = None
    objective: Annotated[str, one_of(OBJECTIVES)] = "fit"
    pairs: Annotated[tuple[AskedPair, ...], BeforeValidator(as_tuple)] = ()
    max_per_organiser: Annotated[int, whole(1, MOST_PLACES)] | None = None
    max_per_group: Annotated[int, whole(1, MOST_PLACES)] | None = None
    candidates: Annotated[int, whole(1, MOST_CANDIDATES)] = 30
    unknown_places: Annotated[int, whole(0, MOST_PLACES)] = 3
    level: Annotated[float, number(0.0001, 1)] | None = None


class PlanRequest(Frozen):
    """Body of a request for plans; the profile is read by itself."""

    profile: Any
    today: Day | None = None
    hours: Annotated[float, number(HOURS_LEAST, HOURS_MOST)] = HOURS_OF_TRACK
    by: Day | None = None
    max_activities: Annotated[int, whole(1, MOST_ACTIVITIES)] = 4


class GapsRequest(Frozen):
    """Body of a request for gaps; the profiles are read by themselves."""

    profiles: list[Any]
    today: Day | None = None
    by: Day | None = None


def _digits(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII) else value


class ActivityQuery(Frozen):
    """Parameters of the list of activities."""

    kind: Annotated[str, one_of(KINDS)] | None = None
    interest: Annotated[str, one_of(interests())] | None = None
    municipality: str | None = None
    day: str | None = None
    q: str | None = None
    status: Annotated[str, one_of(STATUSES)] | None = None
    limit: Annotated[Annotated[int, whole(1, PAGE_MOST)], BeforeValidator(_digits)] = PAGE_USUAL
    cursor: str | None = None


def brussels_now() -> datetime:
    """Return now in Europe/Brussels."""
    return datetime.now(BRUSSELS)


def create_app(
    office: Office, *, clock: Callable[[], datetime] = brussels_now, hosts: list[str] | None = None
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
    """
    app = Flask("matcher", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MOST_BYTES
    app.config["TRUSTED_HOSTS"] = hosts
    app.secret_key = office.secret
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="matcher")
    app.register_blueprint(pages(office, clock=clock, rng=random.SystemRandom()))

    @app.before_request
    def one_kind_of_answer() -> None:
        asks_page = not request.path.startswith(_PLAIN_PATHS) or request.path == "/api/docs"
        if not asks_page and request.accept_mimetypes and not request.accept_mimetypes[JSON]:
            raise _Refusal(406)

    @app.get("/healthz")
    @app.get("/readyz")
    def alive() -> Response:
        return _json({"status": "ok"})

    @app.get("/api/v1/openapi.json")
    def description() -> Response:
        return _json(describe(version("participatie-matcher")))

    @app.get("/api/docs")
    def docs() -> str:
        return render_template("docs.html", api=describe(version("participatie-matcher")))

    @app.post("/api/v1/suggestions")
    def suggestions() -> Response:
        now = clock()
        asked = _read(SuggestionRequest, _body())
        profile = read_profile(asked.profile)
        today = asked.today or now.astimezone(BRUSSELS).date()
        return _json(office.matcher().suggest(profile, today=today, now=now, k=asked.k, varied=asked.varied))

    @app.post("/api/v1/criteria-check")
    def criteria_check() -> Response:
        return _json(check_activity(read_proposal(_body()), today=clock().astimezone(BRUSSELS).date()))

    @app.get("/api/v1/activities")
    def activities() -> Response:
        twice = [key for key, values in request.args.lists() if len(values) > 1]
        if twice:
            raise InputError([Problem(key=twice[0], rule="must stand once")])
        query = _read(ActivityQuery, request.args.to_dict())
        return _json(office.matcher().list_activities(**query.model_dump()))

    @app.get("/api/v1/activities/<activity_id>")
    def activity(activity_id: str) -> Response:
        return _json(office.matcher().activity(activity_id).to_json())

    _answer_plans(app, office, clock)
    _answer_allocations(app, office, clock)
    _answer_errors(app)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'"
        )
        return response

    return app


def _answer_plans(app: Flask, office: Office, clock: Callable[[], datetime]) -> None:
    """Answer the calls that plan."""

    @app.post("/api/v1/plans")
    def plans() -> Response:
        now = clock()
        asked = _read(PlanRequest, _body())
        profile = read_profile(asked.profile)
        wish = PlanWish(
            hours=asked.hours, by=asked.by, max_activities=asked.max_activities, time_limit_s=PLAN_LIMIT_S
        )
        today = asked.today or now.astimezone(BRUSSELS).date()
        return _json(make_plans(office.matcher(), profile, today=today, now=now, wish=wish))

    @app.post("/api/v1/gaps")
    def gaps() -> Response:
        now = clock()
        asked = _read(GapsRequest, _body())
        profiles = _profiles(asked.profiles)
        today = asked.today or now.astimezone(BRUSSELS).date()
        return _json(
            find_gaps(office.matcher(), profiles, today=today, now=now, by=asked.by, time_limit_s=GAPS_LIMIT_S)
        )


def _answer_allocations(app: Flask, office: Office, clock: Callable[[], datetime]) -> None:
    """Answer the calls that give out places."""

    @app.post("/api/v1/allocations")
    def allocations() -> Response:
        now = clock()
        asked = _read(AllocationRequest, _body())
        return _json(
            allocate_places(
                office.matcher(),
                _profiles(asked.profiles),
                today=asked.today or now.astimezone(BRUSSELS).date(),
                now=now,
                terms=Terms(**asked.model_dump(include=TERMS)),
                ties=[
                    Tie(one.profile_id, one.activity_id, one.rule, key=f"pairs[{place}].")
                    for place, one in enumerate(asked.pairs)
                ],
                time_limit_s=ALLOCATION_LIMIT_S,
            )
        )


def _answer_errors(app: Flask) -> None:
    """Give each error its status and one shape."""

    @app.errorhandler(InputError)
    def refused(error: InputError) -> Response:
        status = 400 if all(problem.code in ("json", "encoding") for problem in error.problems) else 422
        return _problem(status, errors=[_field_error(problem) for problem in error.problems])

    @app.errorhandler(NotFoundError)
    def not_found(error: NotFoundError) -> Response:
        return _problem(404)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response | HTTPException:
        if not request.path.startswith(_PLAIN_PATHS):
            return error
        response = _problem(error.code or 500)
        response.headers.extend(
            (name, value) for name, value in error.get_headers() if name.lower() in ("allow", "location")
        )
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        app.logger.exception("A request failed.")
        return _problem(500)


def _body() -> Any:
    """Return the JSON body of the request."""
    if request.mimetype != JSON:
        raise _Refusal(415)
    return load_json(request.get_data())


def _profiles(data: Any) -> list[Profile]:
    """Read the profiles of a cohort; every one must be good, or the answer would tell another story."""
    rule = f"must be a list of 1 to {COHORT_MOST} profiles"
    if not isinstance(data, list) or not 1 <= len(data) <= COHORT_MOST:
        raise InputError([Problem(key="profiles", rule=rule, remedy="For more, use the commands.")])
    profiles: list[Profile] = []
    problems: list[Problem] = []
    for place, one in enumerate(data):
        try:
            profiles.append(read_profile(one, prefix=f"profiles[{place}]"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return profiles


class _Refusal(HTTPException):
    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


_Model = TypeVar("_Model", bound=Frozen)


def _read(model: type[_Model], data: object) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, known=model.model_fields)) from None


def _json(answer: object) -> Response:
    return Response(orjson.dumps(answer), mimetype=JSON)


def _field_error(problem: Problem) -> dict[str, str]:
    found = {"path": problem.key}
    if problem.value is not None:
        found["value"] = problem.value
    return {
        **found,
        "expected": f"{problem.rule}. {problem.remedy}".strip() if problem.remedy else problem.rule,
    }


def _problem(status: int, errors: list[dict[str, str]] | None = None) -> Response:
    """Return an error as RFC 9457 has it; it says nothing of what went wrong inside."""
    titles = {404: "Not found", 405: "Method not allowed", 406: "Not acceptable", 413: "Too large"}
    titles |= {400: "Unreadable", 415: "Unsupported media type", 422: "Not allowed", 500: "Internal error"}
    answer: dict[str, Any] = {
        "type": "about:blank",
        "title": titles.get(status, "Error"),
        "status": status,
        "detail": ERROR_TEXTS.get(str(status), "The request cannot be answered."),
    }
    if errors:
        answer["errors"] = errors
    return Response(orjson.dumps(answer), status=status, content_type=PROBLEM)
