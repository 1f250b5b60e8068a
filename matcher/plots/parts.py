"""What stands around a plot: sections, tables, and counts as far as they are told."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..model.gaps import SMALLEST_CELL, Count

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
