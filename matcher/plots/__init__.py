"""Plots as SVG that keep the size of their letters at any width, readable in grey and without a script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

ROW_PX, BAR_PX = 50, 16
COLUMN_PX, COLUMN_TOP_PX, HIDDEN_PX = 150, 26, 6
COLUMNS_LEAST = 6
"""Fewer columns are no wider than of so many."""
CELL_PX, HEAD_PX = 36, 24
DAY_PERCENT = 31.0
"""The width of the names of the days."""
DARK_LEAST = 0.55
"""From this share of the largest on the letters in a box are white."""


class Bar(NamedTuple):
    """One bar: its name, what is written behind it, its whole and its dark part; None is not told."""

    name: str
    text: str
    whole: float
    part: float | None


class Box(NamedTuple):
    """One box of a week: what is written in it, and how full it is."""

    text: str
    value: float


def bars(id_: str, title: str, about: str, rows: Sequence[Bar]) -> str:
    """Draw horizontal bars from zero on, each under its name; a part that is not told is hatched at its start."""
    most = max((row.whole for row in rows), default=0.0) or 1.0
    drawn = []
    for number, row in enumerate(rows):
        top = number * ROW_PX
        y = top + 24
        part = 0.0 if row.part is None else row.part
        drawn.append(
            f'<text class="bar-name" x="0" y="{top + 16}">{escape(row.name)}</text>'
            f'<text class="bar-text" x="100%" y="{top + 16}" text-anchor="end">{escape(row.text)}</text>'
            f'<rect class="bar-whole" x="0" y="{y}" width="{_percent(row.whole / most)}" height="{BAR_PX}"/>'
        )
        if row.part is None:
            drawn.append(f'<rect class="bar-hidden" x="0" y="{y}" width="6" height="{BAR_PX}"/>')
        elif part:
            drawn.append(
                f'<rect class="bar-part" x="0" y="{y}" width="{_percent(part / most)}" height="{BAR_PX}"/>'
            )
    return _svg(id_, title, about, "".join(drawn), len(rows) * ROW_PX)


def columns(id_: str, title: str, about: str, rows: Sequence[Bar]) -> str:
    """Draw columns from zero on beside one another, each with its number above and its name below."""
    most = max((row.whole for row in rows), default=0.0) or 1.0
    width = 100.0 / max(len(rows), COLUMNS_LEAST)
    drawn = []
    for place, row in enumerate(rows):
        x, height = place * width, round(COLUMN_PX * row.whole / most)
        if row.part is None:
            height, kind = HIDDEN_PX, "bar-hidden"
        else:
            kind = "bar-part"
        top = COLUMN_TOP_PX + COLUMN_PX - height
        middle = f'x="{x + width / 2:.2f}%" text-anchor="middle"'
        drawn.append(
            f'<text class="column-text" {middle} y="{top - 6}">{escape(row.text)}</text>'
            f'<rect class="{kind}" x="{x + width * 0.12:.2f}%" y="{top}" width="{width * 0.76:.2f}%" '
            f'height="{height}"/>'
            f'<text class="column-name" {middle} y="{COLUMN_TOP_PX + COLUMN_PX + 20}">{escape(row.name)}</text>'
        )
    base = COLUMN_TOP_PX + COLUMN_PX
    drawn.append(f'<line class="base" x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    return _svg(id_, title, about, "".join(drawn), COLUMN_TOP_PX + COLUMN_PX + 28)


def week(id_: str, title: str, about: str, *, parts: Sequence[str], days: Sequence[tuple[str, list[Box]]]) -> str:
    """Draw a box for each day and part of the day, darker where the value is higher."""
    most = max((box.value for _, boxes in days for box in boxes), default=0.0) or 1.0
    width = (100.0 - DAY_PERCENT) / len(parts)
    drawn = [
        f'<text class="bar-text week-part" x="{DAY_PERCENT + (place + 0.5) * width:.2f}%" y="16" '
        f'text-anchor="middle">{escape(part)}</text>'
        for place, part in enumerate(parts)
    ]
    for number, (day, boxes) in enumerate(days):
        top = HEAD_PX + number * CELL_PX
        middle = top + CELL_PX // 2 + 5
        drawn.append(f'<text class="bar-name" x="0" y="{middle}">{escape(day)}</text>')
        for place, box in enumerate(boxes):
            share = box.value / most
            x = DAY_PERCENT + place * width
            dark = " dark" if share >= DARK_LEAST else ""
            drawn.append(
                f'<rect class="box" x="{x:.2f}%" y="{top + 2}" width="{width - 1:.2f}%" height="{CELL_PX - 4}"/>'
                f'<rect class="box-fill" x="{x:.2f}%" y="{top + 2}" width="{width - 1:.2f}%" '
                f'height="{CELL_PX - 4}" fill-opacity="{share:.2f}"/>'
                f'<text class="box-text{dark}" x="{x + (width - 1) / 2:.2f}%" y="{middle}" text-anchor="middle">'
                f"{escape(box.text)}</text>"
            )
    return _svg(id_, title, about, "".join(drawn), HEAD_PX + len(days) * CELL_PX)


def _svg(id_: str, title: str, about: str, drawn: str, height: int) -> str:
    return (
        f'<svg role="img" aria-labelledby="{id_}-t {id_}-d" width="100%" height="{height}" focusable="false">'
        f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(about)}</desc>{drawn}</svg>'
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
