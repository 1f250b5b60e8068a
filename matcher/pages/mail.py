"""The text of a mail with proposals: for whoever asked, without scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..explain import KIND_WORDS
from .facts import join_lines, place_line, price_line, when_lines
from .words import Words

if TYPE_CHECKING:
    from ..service import Detail


def mail_text(details: Sequence[Detail], words: Words) -> str:
    """Write proposals as the plain text of a mail.

    Parameters
    ----------
    details : sequence of Detail
        In the order in which they are to stand.
    words : Words

    Returns
    -------
    str
        Lines of any length, as mail programs want them; it holds nothing about the person.
    """
    parts = [words("paper_mail_hello"), words("paper_mail_start")]
    if any(detail["activity"].is_demonstration for detail in details):
        parts.insert(0, words("demonstration"))
    parts += [_proposal(number, detail, words) for number, detail in enumerate(details, start=1)]
    parts += [words("paper_mail_ask"), words("paper_mail_end")]
    return "\n\n".join(parts) + "\n"


def _proposal(number: int, detail: Detail, words: Words) -> str:
    activity = detail["activity"]
    where = place_line(activity, words)
    if where and detail["distance_km"] and activity.lat is not None:
        where = words("paper_mail_distance", where=where, km=words.number(detail["distance_km"]))
    when = when_lines(activity, detail["next_sessions"], words, today=date.min)
    lines = {
        "organiser": f"{activity.organiser} ({words.of(KIND_WORDS, activity.kind)})",
        "when": " ".join(when),
        "where": where,
        "price": price_line(activity, words),
        "join": " · ".join(join_lines(activity, words)),
    }
    told = [
        words("paper_mail_line", what=words("paper_cost" if name == "price" else f"paper_{name}"), text=text)
        for name, text in lines.items()
        if text
    ]
    asked = [words(f"paper_ask_{name}") for name in ("when", "where", "price") if not lines[name]]
    if asked:
        told.append(words("paper_mail_line", what=words("paper_ask"), text=words.listed(asked)))
    return "\n".join([f"{number}. {activity.title}", *told])
