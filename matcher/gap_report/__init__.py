"""The report on gaps as one page that holds all it needs: for whoever decides on the offer of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

from ..explain import DAY_WORDS, Sentence, day_text, number
from ..explain.gaps import PART_WORDS, count_words, half_day_words, nothing_new, people_words
from ..model.gaps import Demand, GapsAnswer, PeopleGroup
from ..plots import Bar, Box, bars, week
from ..plots.parts import Cell, brief, capital, drawn, paragraph, section, table
from ..schedule import DAYS_EN
from ..vocabulary import interests
from .parts import plot_section
from .words import Texts

CELLS_SHOWN = 20
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@cache
def _style() -> str:
    folder = Path(__file__).parent.parent / "pages" / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("page.css", "report.css"))


def write_report(found: GapsAnswer, *, lang: str) -> str:
    """Return the report as one page of HTML, without a script and without anything from elsewhere.

    Parameters
    ----------
    found : GapsAnswer
    lang : {'nl', 'en'}
    """
    t = Texts(lang)
    demonstration = (
        f'<p class="demonstration"><strong>{escape(t("demonstration"))}</strong></p>'
        if found["demonstration"]
        else ""
    )
    return "".join(
        (
            f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n',
            '<meta name="color-scheme" content="light">\n',
            f"<title>{escape(t('title'))} · {escape(t('product'))}</title>\n",
            f'<link rel="icon" href="data:,">\n<style>\n{_style()}</style>\n</head>\n<body>\n',
            f'<a class="skip" href="#inhoud">{escape(t("skip"))}</a>\n<header class="top">{demonstration}',
            f'<div class="wide"><span class="brand">{_MARK}{escape(t("product"))}</span></div></header>\n',
            f'<main id="inhoud" class="wide report"><div class="intro"><h1>{escape(t("title"))}</h1>',
            f"{paragraph(about(found, lang=lang))}</div>\n{write_sections(found, lang=lang)}",
            f'</main>\n<footer class="foot"><div class="wide">{paragraph(t("how_4"))}',
            paragraph(t("foot", offer=found["offer_version"], model=found["model_version"]), "small"),
            "</div></footer>\n</body>\n</html>\n",
        )
    )


def about(found: GapsAnswer, *, lang: str) -> str:
    """Return the sentence on whom and what a report is about."""
    t = Texts(lang)
    day = t.of(day_text(date.fromisoformat(found["today"])))
    return t("about", day=day, people=found["people"], activities=found["activities"])


def write_sections(found: GapsAnswer, *, lang: str) -> str:
    """Return what a report holds, for a page that has a frame already; its style is ``report.css``."""
    t = Texts(lang)
    sections: Sequence[Callable[[GapsAnswer, Texts], str]] = (
        _reach,
        _new,
        _interests,
        _half_days,
        _levels,
        _areas,
        _barriers,
        _cells,
        _how,
    )
    notes = []
    if found["planned"] < found["people"]:
        notes.append(t("not_planned", planned=found["planned"], people=found["people"]))
    if not found["complete"]:
        gap = found["gap_hours"]
        notes.append(t("not_complete") + (f" {t('gap', hours=gap)}" if gap else ""))
    said = "".join(f'<p class="note">{escape(note)}</p>\n' for note in notes)
    return said + "".join(write(found, t) for write in sections)


_MARK = (
    '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">'
    '<circle cx="12" cy="16" r="9"/><circle cx="20" cy="16" r="9"/></svg>'
)


def _reach(found: GapsAnswer, t: Texts) -> str:
    rows = [("reached", found["reached"]), ("short", found["short"])]
    rows_drawn = [Bar(t(key), t.of(count_words(count)), found["planned"], drawn(count)) for key, count in rows]
    sentence = found["sentence_nl"] if t.lang == "nl" else found["sentence_en"]
    return plot_section(
        t,
        "reach",
        t("reach"),
        lead=[sentence],
        plot=bars("reach", t("reach"), t("chart_amount"), rows_drawn),
        head=[t("group"), t("people")],
        rows=[[t(key), t.of(count_words(count))] for key, count in rows],
    )


def _new(found: GapsAnswer, t: Texts) -> str:
    made = found["new_activities"]
    if not made:
        return section("new", t("new"), paragraph(t.of(nothing_new(candidates=found["candidates"]))))
    start = t.of(day_text(date.fromisoformat(made[0]["start_date"])))
    items = []
    for one in made:
        label, when, sentence = (one[f"{key}_{t.lang}"] for key in ("label", "when", "sentence"))  # type: ignore[literal-required]
        place = f"{one['postal_code']} {one['place']}" if one["place"] else t("place_open")
        level = t("taalicoon", n=one["taalicoon"])
        items.append(
            f'<li><h3>{one["rank"]}. {escape(label)}</h3><p class="where">{escape(when)} · {escape(place)} · '
            f"{escape(level)}</p><p>{escape(sentence)}</p></li>"
        )
    lead = paragraph(t("new_lead", start=start)) + paragraph(t("taalicoon_note"), "hint")
    told_ones = [one for one in made if one["hours"] is not None]
    body = f'{lead}<ol class="new">{"".join(items)}</ol>'
    if told_ones:
        names = [f"{one['rank']}. {t.of(half_day_words(one['half_day']))}" for one in told_ones]
        plot = bars(
            "new-hours",
            t("new_chart"),
            t("chart_amount"),
            [
                Bar(name, t("in_hours", hours=round(one["hours"] or 0)), one["hours"] or 0, one["hours"])
                for name, one in zip(names, told_ones, strict=True)
            ],
        )
        amounts = table(
            t("table_of", title=t("new_chart")),
            [t("what"), t("nearer"), t("hours")],
            [
                [
                    f"{name}, {one['place'] or t('place_open')}",
                    t.of(count_words(one["people"])),
                    round(one["hours"] or 0),
                ]
                for name, one in zip(names, told_ones, strict=True)
            ],
        )
        body += f'<div class="plot">{plot}{amounts}</div>'
    return section("new", t("new"), body)


def _interests(found: GapsAnswer, t: Texts) -> str:
    rows = sorted(found["by_interest"], key=lambda one: -one["people"]["least"])
    unknown = t("interests_unknown", count=capital(t.of(people_words(found["unknown"]["interests"]))))
    worst = max(rows, key=lambda one: one["without"]["least"])
    title = t("message", what=_label(worst, t).lower()) if worst["without"]["least"] else t("interests")
    return plot_section(
        t,
        "interests",
        t("interests"),
        lead=[t("interests_lead"), unknown],
        plot=bars(
            "interests",
            title,
            t("chart_people", part=t("part_without")),
            [
                Bar(
                    _label(one, t),
                    t("of_people", short=brief(one["without"]), people=brief(one["people"])),
                    one["people"]["least"],
                    drawn(one["without"]),
                )
                for one in rows
                if one["people"]["least"]
            ],
        ),
        message=title,
        head=[t("subject"), t("wish"), t("without"), t("supply")],
        rows=[_demand_row(one, t) for one in rows],
    )


def _half_days(found: GapsAnswer, t: Texts) -> str:
    rows = {one["id"]: one for one in found["by_half_day"]}
    unknown = t("half_days_unknown", count=capital(t.of(people_words(found["unknown"]["availability"]))))
    worst = max(rows.values(), key=lambda one: one["without"]["least"])
    title = t("message", what=_label(worst, t)) if worst["without"]["least"] else t("half_days")
    days = [
        (
            t.of(DAY_WORDS[place]),
            [
                Box(brief(one["without"]), drawn(one["without"]) or 0.0)
                for part in PART_WORDS
                for one in (rows[f"{day}-{part}"],)
            ],
        )
        for place, day in enumerate(DAYS_EN)
    ]
    return plot_section(
        t,
        "half-days",
        t("half_days"),
        lead=[t("half_days_lead"), unknown],
        plot=week(
            "half-days", title, t("chart_week"), parts=[t.of(word) for word in PART_WORDS.values()], days=days
        ),
        message=title,
        head=[t("moment"), t("free"), t("without"), t("supply")],
        rows=[_demand_row(one, t) for one in rows.values()],
    )


def _levels(found: GapsAnswer, t: Texts) -> str:
    return _groups("levels", found["by_level"], t("level"), t)


def _areas(found: GapsAnswer, t: Texts) -> str:
    return _groups("areas", found["by_area"], t("area"), t)


def _groups(id_: str, groups: Sequence[PeopleGroup], head: str, t: Texts) -> str:
    labels = [one["label_nl"] if t.lang == "nl" else one["label_en"] for one in groups]
    shorts = [t.of(count_words(one["short"])) for one in groups]
    return plot_section(
        t,
        id_,
        t(id_),
        lead=[],
        plot=bars(
            id_,
            t(id_),
            t("chart_people", part=t("part_short")),
            [
                Bar(
                    label,
                    t("of_people", short=brief(one["short"]), people=one["people"]),
                    one["people"],
                    drawn(one["short"]),
                )
                for label, one in zip(labels, groups, strict=True)
            ],
        ),
        head=[head, t("people"), t("short"), t("supply")],
        rows=[
            [label, one["people"], short, one["activities"]]
            for label, short, one in zip(labels, shorts, groups, strict=True)
        ],
    )


def _barriers(found: GapsAnswer, t: Texts) -> str:
    if not found["barriers"]:
        return ""
    rows = [
        (
            capital(one["label_nl"] if t.lang == "nl" else one["label_en"]),
            one["activities"],
            t.of(number(one["activities"])),
        )
        for one in found["barriers"]
    ]
    return plot_section(
        t,
        "barriers",
        t("barriers"),
        lead=[t("barriers_lead")],
        plot=bars("barriers", t("barriers"), t("chart_amount"), [Bar(name, text, n, n) for name, n, text in rows]),
        head=[t("reason"), t("supply")],
        rows=[[name, text] for name, _, text in rows],
    )


def _cells(found: GapsAnswer, t: Texts) -> str:
    cells = found["by_interest_and_half_day"][:CELLS_SHOWN]
    if not cells:
        return section("cells", t("cells"), paragraph(t("cells_none")))
    listed = table(
        t("cells_lead", n=len(cells)),
        [t("subject"), t("moment"), t("people"), t("without"), t("supply")],
        [
            [
                _interest(one["interest"], t),
                t.of(half_day_words(one["half_day"])),
                t.of(count_words(one["people"])),
                t.of(count_words(one["without"])),
                one["activities"],
            ]
            for one in cells
        ],
        n_words=2,
    )
    levels = {one["id"]: one["label_nl"] if t.lang == "nl" else one["label_en"] for one in found["by_level"]}
    areas = {one["id"]: one["label_nl"] if t.lang == "nl" else one["label_en"] for one in found["by_area"]}
    small: list[list[Cell]] = [
        [
            _interest(one["interest"], t),
            t.of(half_day_words(one["half_day"])),
            levels[one["level"]],
            areas[one["area"]],
            one["people"],
            t.of(count_words(one["without"])),
        ]
        for one in found["cells"][:CELLS_SHOWN]
    ]
    if small:
        head = [t("subject"), t("moment"), t("level"), t("area"), t("people"), t("without")]
        more = table(t("small_cells"), head, small, n_words=4)
        listed += f"<details><summary>{escape(t('small_cells'))}</summary>{more}</details>"
    return section("cells", t("cells"), listed)


def _how(found: GapsAnswer, t: Texts) -> str:
    until = t.of(day_text(date.fromisoformat(found["until"])))
    texts = (t("how_1", until=until), t("how_2"), t("how_3"))
    return section(
        "how", t("how"), f'<ul class="how">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'
    )


def _demand_row(one: Demand, t: Texts) -> list[Cell]:
    return [
        capital(_label(one, t)),
        t.of(count_words(one["people"])),
        t.of(count_words(one["without"])),
        one["activities"],
    ]


def _label(one: Demand, t: Texts) -> str:
    return one["label_nl"] if t.lang == "nl" else one["label_en"]


def _interest(id_: str, t: Texts) -> str:
    return t.of(Sentence(interests()[id_].label_nl, interests()[id_].label_en))
