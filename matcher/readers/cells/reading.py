"""What a cell was understood as, and the plain text that the rules look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import InputError, Problem
from ...vocabulary import fold

_PLAIN = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("‘’´`ʼ", "'"), "\u00b0": "e"})
_PHONE = re.compile(r"(?<![\d/.-])(?!\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d))(?:\+\d|0\d)(?:[ ./-]{0,2}\d){6,}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says.

    Parameters
    ----------
    values : mapping
        Keys of an activity with values as JSON has them; one cell may say several things, or nothing.
    note : str or None
        How the cell was understood; None when it stood in the form of the contract.
    """

    values: Mapping[str, Any]
    note: str | None = None


def plain(text: str) -> str:
    """Return the text folded, with one kind of dash, quote and blank.

    Examples
    --------
    >>> plain(" ’s Maandags  9u – 12u ")
    "'s maandags 9u - 12u"
    """
    return " ".join(fold(text.translate(_PLAIN)).split())


def masked(text: str, known: Collection[str]) -> str:
    """Return the text with every word that is not a known one hidden, and telephone numbers too.

    Examples
    --------
    >>> masked("di 14u bij Jan, 0475 12 34 56", {"di", "u", "bij"})
    'di 14u bij …, …'
    """
    hidden = _PHONE.sub("…", text)
    return _WORD.sub(lambda match: match[0] if fold(match[0]) in known else "…", hidden)


def refused(rule: str, value: str | None, remedy: str, *, code: str = "cell") -> InputError:
    """Return the refusal of a cell; whoever knows the column fills it in."""
    return InputError([Problem(rule=rule, value=value, remedy=remedy, code=code)])
