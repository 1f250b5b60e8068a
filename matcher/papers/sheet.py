"""A bewijs van deelname as it stands on paper, word by word: the page and the PDF say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSheet:
    """Every word of a bewijs van deelname.

    language : of the words, such as ``nl``
    facts : label and value; an empty value is a line to write on by hand
    head, rows : the table of days: number, day, hours
    total : label and value under the table
    statement : what somebody signs
    by_hand : labels of lines, each with what is known already
    boxes : labels of the places for a signature and a stamp
    notes : what else must be known of this paper
    again : stands above what flows on to a next page
    page_of : such as ``blad {page} van {pages}``
    """

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    head: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    total: tuple[str, str]
    statement: str
    by_hand: tuple[tuple[str, str], ...]
    boxes: tuple[str, str]
    notes: tuple[str, ...]
    again: str
    page_of: str
