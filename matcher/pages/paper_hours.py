"""The hours of a dossier: past sessions to tick, a line to write, corrections, and how far it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..model.profile import HOURS_OF_TRACK
from ..model.steps import CorrectionStep, HoursStep, read_step
from ..service.hours import VISIT_MOST_HOURS, HoursDoubt, HoursLine, is_long_visit, log_hours
from ..service.sessions import SessionDay, days_to_log
from .dossier_frame import dossier_page, find_dossier, seen_version
from .form import FieldError
from .front import Front, limit_body
from .typed import typed_day, typed_hours
from .words import Words

if TYPE_CHECKING:
    from ..model.dossier import Dossier, HoursEntry

Posted = MultiDict[str, str]


def add_hours(blueprint: Blueprint, front: Front) -> None:
    """Add ``/dossiers/<code>/uren``."""

    @blueprint.get("/dossiers/<code>/uren")
    def dossier_hours(code: str) -> Response:
        with front.office.store.reading() as work:
            dossier = find_dossier(front, work, code)
        return _page(front, dossier, MultiDict())

    @blueprint.post("/dossiers/<code>/uren")
    def log_dossier_hours(code: str) -> AnyResponse:
        limit_body()
        words, posted = front.words(), request.form
        with front.office.store.writing() as work:
            dossier = find_dossier(front, work, code)
            try:
                steps = _steps(front, dossier, posted, words)
                dossier, doubts = log_hours(
                    front.office,
                    work,
                    front.asker(),
                    dossier.code,
                    steps,
                    now=front.now(),
                    seen=seen_version(),
                    confirmed=bool(posted.get("bevestigd")),
                )
            except InputError as problem:
                return _page(front, dossier, posted, errors=_errors(problem, posted, words))
        if doubts and not posted.get("bevestigd"):
            return _page(front, dossier, posted, doubts=doubts)
        return front.go("pages.dossier_hours", _done(steps, words), code=dossier.code)


class _TypedError(InputError):
    """What was typed cannot be read: the fields, and what to say there."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("The fields must be readable.")
        self.errors = errors


def _steps(front: Front, dossier: Dossier, posted: Posted, words: Words) -> list[HoursStep | CorrectionStep]:
    action = posted.get("doe", "")
    if action in ("verbeter", "trek_in"):
        return [_correction(posted, words, withdraw=action == "trek_in")]
    if action == "schrijf":
        return [_written(posted, words)]
    ready = {_key(day): day for day in days_to_log(front.office, dossier, now=front.now())}
    ticked = [ready[key] for key in dict.fromkeys(posted.getlist("dag")) if key in ready]
    if not ticked:
        raise _TypedError([FieldError("dag", words("paper_hours_error_none"))])
    return [HoursStep(activity_id=day.activity.activity_id, on=day.on, hours=day.hours) for day in ticked]


def _written(posted: Posted, words: Words) -> HoursStep:
    errors: list[FieldError] = []
    on, hours = _day(posted, "datum", errors, words), _hours(posted, "uren", errors, words)
    activity_id = posted.get("activiteit", "")
    if not activity_id:
        errors.insert(0, FieldError("activiteit", words("paper_hours_error_activity")))
    if errors:
        raise _TypedError(errors)
    return read_step(HoursStep, {"activity_id": activity_id, "on": on, "hours": hours})


def _correction(posted: Posted, words: Words, *, withdraw: bool) -> CorrectionStep:
    number = posted.get("nummer", "")
    corrects = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
    if withdraw:
        return read_step(CorrectionStep, {"corrects": corrects, "hours": 0})
    errors: list[FieldError] = []
    on = _day(posted, f"datum-{corrects}", errors, words)
    hours = _hours(posted, f"uren-{corrects}", errors, words)
    if errors:
        raise _TypedError(errors)
    return read_step(CorrectionStep, {"corrects": corrects, "hours": hours, "on": on})


def _day(posted: Posted, field: str, errors: list[FieldError], words: Words) -> date | None:
    try:
        return typed_day(posted.get(field, ""))
    except ValueError:
        errors.append(FieldError(field, words("paper_hours_error_day")))
        return None


def _hours(posted: Posted, field: str, errors: list[FieldError], words: Words) -> float:
    try:
        hours = typed_hours(posted.get(field, ""))
    except ValueError:
        hours = 0.0
    if not 0.25 <= hours <= 24:
        errors.append(FieldError(field, words("paper_hours_error_hours")))
    return hours


def _errors(problem: InputError, posted: Posted, words: Words) -> list[FieldError]:
    if isinstance(problem, _TypedError):
        return problem.errors
    number = posted.get("nummer", "")
    behind = f"-{number}" if posted.get("doe") == "verbeter" else ""
    fields = {"on": f"datum{behind}", "hours": f"uren{behind}", "activity_id": "activiteit"}
    texts = {"on": "paper_hours_error_ahead", "hours": "paper_hours_error_hours"}
    return [
        FieldError(fields.get(one.key, "dag"), words(texts.get(one.key, "paper_hours_error_other")))
        for one in problem.problems
    ]


def _page(
    front: Front,
    dossier: Dossier,
    posted: Posted,
    *,
    errors: list[FieldError] | None = None,
    doubts: list[HoursDoubt] | None = None,
) -> Response:
    words, today = front.words(), front.today()
    may = front.asker().may("hours") and not dossier.ending
    ready = days_to_log(front.office, dossier, now=front.now()) if may else []
    return dossier_page(
        front,
        "paper_hours.html",
        dossier,
        errors=errors,
        status=422 if errors or doubts else 200,
        may=may,
        posted=posted,
        ready=_ready(ready, words, today),
        entries=[_entry(front, dossier, entry, words) for entry in reversed(dossier.hours)],
        withdrawn=[_entry(front, dossier, entry, words) for entry in reversed(dossier.withdrawn)],
        activities=[(one.activity.activity_id, one.activity.title) for one in dossier.followed if one.is_joined]
        + [(one.activity.activity_id, one.activity.title) for one in dossier.followed if one.outcome == "stopped"],
        doubts=[_doubt(doubt, words, today) for doubt in doubts or []],
        kept=[(key, value) for key, values in posted.lists() for value in values if key not in _NOT_KEPT],
        visit_most=words.number(VISIT_MOST_HOURS, most_decimals=2),
        track_hours=HOURS_OF_TRACK,
    )


_NOT_KEPT = ("bevestigd", "version")


def _key(day: SessionDay) -> str:
    return f"{day.activity.activity_id}@{day.on.isoformat()}"


def _ready(days: list[SessionDay], words: Words, today: date) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the days that wait by activity, the last one first: what to send, what to say, the hours."""
    grouped: dict[str, tuple[str, list[tuple[str, str, str]]]] = {}
    for day in reversed(days):
        times = words.listed([words.times(start, end) for start, end in day.times])
        text = f"{words.day(day.on, today=today)}, {times}"
        group = grouped.setdefault(day.activity.activity_id, (day.activity.title, []))
        group[1].append((_key(day), text, words.number(day.hours, most_decimals=2)))
    return list(grouped.values())


def _entry(front: Front, dossier: Dossier, entry: HoursEntry, words: Words) -> dict[str, Any]:
    today = front.today()
    line = HoursLine(entry.activity, entry.on, entry.hours)
    return {
        "entry": entry,
        "day": words.day(entry.on, today=today),
        "hours": words.number(entry.hours, most_decimals=2),
        "before": [
            words(
                "paper_hours_was_hours" if on == entry.on else "paper_hours_was",
                n=words.number(hours, most_decimals=2),
                day=words.day(on, today=today),
            )
            for hours, on in entry.before
        ],
        "long_visit": is_long_visit(front.office, dossier, line),
    }


def _doubt(doubt: HoursDoubt, words: Words, today: date) -> str:
    return words(
        f"paper_doubt_{doubt.kind}",
        title=doubt.activity.title,
        day=words.day(doubt.on, today=today),
        n=words.number(doubt.hours, most_decimals=2),
        most=words.number(VISIT_MOST_HOURS, most_decimals=2),
    )


def _done(steps: list[HoursStep | CorrectionStep], words: Words) -> str:
    total = words.number(sum(step.hours for step in steps), most_decimals=2)
    if isinstance(steps[0], CorrectionStep):
        return words("paper_hours_corrected" if steps[0].hours else "paper_hours_withdrawn")
    return words("paper_hours_logged", n=total)
