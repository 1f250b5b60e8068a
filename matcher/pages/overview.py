"""The overview, for who steers: figures of a period, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from markupsafe import Markup

from ..errors import InputError
from ..gap_report import about, write_sections
from ..model.gaps import SMALLEST_CELL
from ..service.gaps import find_gaps
from ..service.overview import MONTHS_MOST, PRESETS, open_profiles, preset, view_overview, whole_months
from .form import FieldError
from .front import Front
from .overview_figures import month_text
from .overview_offer import Chapter, chapters
from .sheet import csv_response
from .words import Words

if TYPE_CHECKING:
    from ..model.overview import Overview, Period

USUAL = "year"
GAPS_LIMIT_S = 20.0
"""A report on gaps holds what was found within this time, and says so."""
FIELDS = {"from": "van", "to": "tot"}
"""The field of each key of a period."""


def add_overview(blueprint: Blueprint, front: Front) -> None:
    """Add ``GET /overzicht``, its figures as a file, and the report on gaps."""

    @blueprint.get("/overzicht")
    def overview() -> Response:
        front.asker().must_have("overview")
        words, today = front.words(), front.today()
        try:
            period = _period(today)
        except InputError as problem:
            errors = _errors(problem, words)
            return _page(front, None, preset(USUAL, today=today), errors=errors, status=422)
        return _page(front, _found(front, period), period)

    @blueprint.get("/overzicht/cijfers.csv")
    def overview_figures() -> Response:
        front.asker().must_have("overview")
        period, words = _period(front.today()), front.words()
        name = f"overzicht-{period.since:%Y-%m}-{period.until:%Y-%m}.csv"
        return csv_response(name, _lines(chapters(_found(front, period), words), words))

    @blueprint.get("/overzicht/hiaten")
    def overview_gaps() -> Response:
        asker, words, now = front.asker(), front.words(), front.now()
        with front.office.store.reading() as work:
            profiles = open_profiles(work, asker)
        is_enough = len(profiles) >= SMALLEST_CELL
        if not is_enough or "maak" not in request.args:
            return front.page("overview_gaps.html", report=None, is_enough=is_enough, **_limits())
        engine = front.office.matcher(asker.municipality)
        try:
            found = find_gaps(engine, profiles, today=now.date(), now=now, time_limit_s=GAPS_LIMIT_S)
        except InputError:
            return front.page("overview_gaps.html", report=None, is_enough=True, is_late=True, **_limits())
        return front.page(
            "overview_gaps.html",
            report=Markup(write_sections(found, lang=words.language)),
            about=about(found, lang=words.language),
            is_enough=True,
            address={"maak": "ja"},
            **_limits(),
        )


def _limits() -> dict[str, int]:
    return {"least": SMALLEST_CELL, "seconds": int(GAPS_LIMIT_S)}


def _found(front: Front, period: Period) -> Overview:
    asker = front.asker()
    engine = front.office.matcher(asker.municipality)
    with front.office.store.reading() as work:
        return view_overview(engine, work, asker, period=period, today=front.today())


def _period(today: date) -> Period:
    """Return the period that the address asks for."""
    asked = request.args
    if "van" in asked or "tot" in asked:
        this_month = f"{today:%Y-%m}"
        return whole_months(asked.get("van") or this_month, asked.get("tot") or this_month, today=today)
    name = asked.get("periode", USUAL)
    return preset(name if name in PRESETS else USUAL, today=today)


def _errors(problem: InputError, words: Words) -> list[FieldError]:
    """Return the problems of a period at their fields."""
    found = []
    for one in problem.problems:
        is_order = one.key == "to" and not one.rule.startswith("must be a month")
        text = words("overview_error_order", months=MONTHS_MOST) if is_order else words("overview_error_month")
        found.append(FieldError(FIELDS.get(one.key, "van"), text))
    return found


def _page(
    front: Front,
    found: Overview | None,
    period: Period,
    *,
    errors: list[FieldError] | None = None,
    status: int = 200,
) -> Response:
    words, today = front.words(), front.today()
    first, last = (f"{day:%Y-%m}" for day in (period.since, period.until))
    listed = [f"{today.year - n // 12}-{12 - n % 12:02d}" for n in range(MONTHS_MOST + 12)]
    months = sorted({*(one for one in listed if one <= f"{today:%Y-%m}"), first, last}, reverse=True)
    return front.page(
        "overview_figures.html",
        status=status,
        chapters=chapters(found, words) if found else (),
        period=period,
        months=[(one, month_text(one, words)) for one in months],
        first=first,
        last=last,
        presets=PRESETS,
        least=SMALLEST_CELL,
        errors=errors or [],
        error_at={error.field: error.text for error in errors or []},
        address={"van": first, "tot": last},
    )


def _lines(found: tuple[Chapter, ...], words: Words) -> Iterator[list[str]]:
    """Return each cell of each table on a line of its own."""
    yield [words(f"overview_csv_{name}") for name in ("part", "row", "column", "value")]
    for chapter in found:
        for figure in chapter.figures:
            for name, *values in figure.rows:
                for head, value in zip(figure.head[1:], values, strict=True):
                    yield [figure.title, name, head, value]
