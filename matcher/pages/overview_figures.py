"""Requests, proposals and hours as figures: a sentence that says what a plot shows, the plot, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..explain import MONTH_WORDS
from ..model.gaps import SMALLEST_CELL, Count
from ..plots import Bar, bars, columns
from ..plots.parts import brief, capital
from .words import Words

if TYPE_CHECKING:
    from ..model.overview import Overview, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure; without a plot the title says why there is none.

    head, rows : the table behind it: the first column holds names, the others numbers or words
    activity_ids : of the rows, where these are activities
    """

    id: str
    title: str
    plot: Markup = Markup("")
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    activity_ids: Sequence[str] = ()
    note: str = ""


def count_text(count: Count, t: Words) -> str:
    """Write a number as far as it is told."""
    least, most = count["least"], count["most"]
    if least == most:
        return str(least)
    if most < SMALLEST_CELL:
        return t("overview_few", least=SMALLEST_CELL)
    return t("overview_least", least=least) if is_told(count) else t("overview_hidden")


def month_text(id_: str, t: Words) -> str:
    """Write a month or a quarter with its year."""
    year, _, part = id_.partition("-")
    if part.startswith("Q"):
        return t("overview_quarter", n=part[1:], year=year)
    return f"{MONTH_WORDS[int(part) - 1][t.language == 'en']} {year}"


def _month_short(id_: str, t: Words) -> str:
    year, _, part = id_.partition("-")
    if part.startswith("Q"):
        return f"{'k' if t.language == 'nl' else 'q'}{part[1:]} {year[2:]}"
    month = MONTH_WORDS[int(part) - 1][t.language == "en"]
    return "mrt" if month == "maart" else month[:3]


def is_told(count: Count) -> bool:
    """Tell whether a count is large enough to be drawn."""
    return count["least"] >= SMALLEST_CELL


def counted_bar(name: str, text: str, count: Count) -> Bar:
    """Return a bar as far as it is known; where nothing is, a mark takes its place."""
    value = float(count["least"]) if is_told(count) else None
    return Bar(name, text, value or 0.0, value)


def _most(parts: Sequence[Part]) -> Part | None:
    """Return the part that is certainly the largest, if one is."""
    best = max(parts, key=lambda one: one.count["least"])
    others = [one.count["most"] for one in parts if one is not best]
    return best if is_told(best.count) and best.count["least"] > max(others, default=0) else None


def counted_figure(
    id_: str, title: str, rows: Sequence[tuple[str, Count]], head: Sequence[str], t: Words
) -> Figure:
    """Return a figure with a bar for each count."""
    drawn_rows = [counted_bar(name, count_text(count, t), count) for name, count in rows]
    return Figure(
        id=id_,
        title=title,
        plot=Markup(bars(id_, title, t("overview_about_bars"), drawn_rows)),
        head=head,
        rows=[[name, count_text(count, t)] for name, count in rows],
    )


def months_figure(found: Overview, t: Words) -> Figure:
    """Show requests by month, or by quarter."""
    asked = found.asked
    if not is_told(asked.total):
        return Figure(id="months", title=t("overview_month_few", least=SMALLEST_CELL))
    n, best = count_text(asked.total, t), _most(asked.by_month)
    title = (
        t("overview_month", n=n, month=month_text(best.id, t))
        if best and len(asked.by_month) > 1
        else t("overview_month_plain", n=n)
    )
    rows = [counted_bar(_month_short(one.id, t), brief(one.count), one.count) for one in asked.by_month]
    head = t("overview_quarter_head" if "Q" in asked.by_month[0].id else "overview_month_head")
    return Figure(
        id="months",
        title=title,
        plot=Markup(columns("months", title, t("overview_about_columns"), rows)),
        head=[head, t("overview_requests")],
        rows=[[month_text(one.id, t), count_text(one.count, t)] for one in asked.by_month],
        note=t("overview_nothing", n=count_text(asked.nothing, t)),
    )


def askers_figure(found: Overview, t: Words) -> Figure:
    """Show who asks."""
    asked, best = found.asked, _most(found.asked.by_asker)
    if not any(is_told(one.count) for one in asked.by_asker):
        return Figure(id="askers", title="")
    title = t("overview_asker_plain")
    if best:
        who, n = t(f"overview_asker_{best.id}"), count_text(best.count, t)
        title = t("overview_asker", who=who, n=n, total=count_text(asked.total, t))
    rows = [(capital(t(f"overview_asker_{one.id}")), one.count) for one in asked.by_asker]
    return counted_figure("askers", title, rows, [t("overview_asker_head"), t("overview_requests")], t)


def funnel_figure(found: Overview, t: Words) -> Figure:
    """Show how far people got with a proposal."""
    of = found.proposed
    if not is_told(of.proposed):
        return Figure(id="funnel", title=t("overview_funnel_few", least=SMALLEST_CELL))
    proposed = count_text(of.proposed, t)
    title = (
        t("overview_funnel", proposed=proposed, going=count_text(of.going, t))
        if is_told(of.going)
        else t("overview_funnel_plain", proposed=proposed)
    )
    stages = {
        "proposed": of.proposed,
        "chosen": of.chosen,
        "attended": of.attended,
        "going": of.going,
    }
    rows = [(t(f"overview_stage_{name}"), count) for name, count in stages.items()]
    return counted_figure("funnel", title, rows, [t("overview_funnel_head"), t("overview_people")], t)


def reasons_figure(name: str, whole: Count, parts: Sequence[Part], t: Words) -> Figure:
    """Show why people said no, or dropped out."""
    if not is_told(whole):
        return Figure(id=name, title=t(f"overview_{name}_few", least=SMALLEST_CELL))
    if not any(is_told(one.count) for one in parts):
        n = count_text(whole, t)
        return Figure(id=name, title=t(f"overview_{name}_each", n=n, least=SMALLEST_CELL))
    best = _most(parts)
    title = t(f"overview_{name}", reason=t(f"overview_reason_{best.id}")) if best else t(f"overview_{name}_plain")
    ordered = sorted(parts, key=lambda one: -one.count["least"])
    rows = [(capital(t(f"overview_reason_{one.id}")), one.count) for one in ordered]
    figure = counted_figure(name, title, rows, [t("overview_reason_head"), t("overview_people")], t)
    rest = [t("overview_reason_all"), count_text(whole, t)]
    return replace(figure, rows=[*figure.rows, rest], note=t("overview_reason_note"))


def hours_figure(found: Overview, t: Words) -> Figure:
    """Show hours reported and proved."""
    hours = found.hours
    if hours.reported_h is None:
        return Figure(id="hours", title=t("overview_hours_few", least=SMALLEST_CELL))
    reported = t.number(hours.reported_h, most_decimals=0)
    proved = None if hours.proved_h is None else t.number(hours.proved_h, most_decimals=0)
    title = (
        t("overview_hours_plain", reported=reported)
        if proved is None
        else t("overview_hours_said", reported=reported, proved=proved)
    )
    shown = [
        (t("overview_hours_reported"), reported, hours.reported_h),
        (t("overview_hours_proved"), proved or t("overview_hidden"), hours.proved_h),
    ]
    rows = [Bar(name, text, value or 0.0, value) for name, text, value in shown]
    return Figure(
        id="hours",
        title=title,
        plot=Markup(bars("hours", title, t("overview_about_bars"), rows)),
        head=[t("overview_hours_head"), t("overview_hours")],
        rows=[[name, text] for name, text, _ in shown],
    )


def reached_figure(found: Overview, t: Words) -> Figure:
    """Show who reached 40 hours."""
    hours = found.hours
    if not is_told(hours.reached):
        title = t("overview_reached_few", least=SMALLEST_CELL)
        return Figure(id="reached", title=title if is_told(hours.people) else "")
    n = count_text(hours.reached, t)
    title = (
        t("overview_reached_plain", n=n)
        if hours.weeks is None
        else t("overview_reached", n=n, weeks=t.number(hours.weeks, most_decimals=0))
    )
    counts = (("worked", hours.people), ("reached", hours.reached), ("proved", hours.proved))
    rows = [(t(f"overview_reached_{name}"), count) for name, count in counts]
    figure = counted_figure("reached", title, rows, [t("overview_reached_head"), t("overview_people")], t)
    return replace(figure, note=t("overview_reached_note"))
