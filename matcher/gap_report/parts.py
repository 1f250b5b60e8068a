"""A part of the report: a plot, and the table of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..plots.parts import Cell, paragraph, section, table
from .words import Texts


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
