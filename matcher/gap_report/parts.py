"""The pieces of the page: sections, tables, and counts as far as they are told."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..model.gaps import SMALLEST_CELL, Count
from .words import Texts

Cell = str | int


def drawn(count: Count) -> float | None:
    """Return how far a bar is drawn: up to what is known; None when nothing is."""
    return None if count["least"] == 0 < count["most"] else float(count["least"])


def brief(count: Count) -> str:
    """Write a count where there is little room."""
    least, most = count["least"], count["most"]
    if least == most:
        return str(least)
    return f"{least}+" if least else f"< {most + 1}" if most < SMALLEST_CELL else "?"


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def plot_section(
    t: Texts,
    id_: str,
    heading: str,
    *,
    lead: Sequence[str],
    plot: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    message: str = "",
) -> str:
    """Return a section with a plot and the table of it; the message of the plot stands above it."""
    said = f"<h3>{escape(message)}</h3>" if message and message != heading else ""
    found = table(t("table_of", title=message or heading), head, rows)
    return section(
        id_, heading, "".join(map(paragraph, lead)) + f'<div class="plot"><div>{said}{plot}</div>{found}</div>'
    )


def section(id_: str, heading: str, body: str) -> str:
    """Return a section under a heading."""
    return f'<section aria-labelledby="{id_}-h"><h2 id="{id_}-h">{escape(heading)}</h2>{body}</section>\n'


def paragraph(text: str, style: str = "") -> str:
    """Return a text as a paragraph."""
    named = f' class="{style}"' if style else ""
    return f"<p{named}>{escape(text)}</p>"


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, n_words: int = 1) -> str:
    """Return a table of which the first columns hold words and the others numbers."""

    def style(place: int) -> str:
        return ' class="number"' if place >= n_words else ""

    heads = "".join(f'<th scope="col"{style(place)}>{escape(one)}</th>' for place, one in enumerate(head))
    lines = "".join(
        f'<tr><th scope="row">{escape(str(row[0]))}</th>'
        + "".join(f"<td{style(place)}>{escape(str(one))}</td>" for place, one in enumerate(row[1:], start=1))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="sideways" role="region" tabindex="0" aria-label="{escape(caption)}"><table><caption>'
        f"{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
