"""What can go wrong, in one form: what, the rule, the value that was found, and the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .privacy import looks_personal

Severity = Literal["error", "warning", "note"]

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
"""Dates outside these years are mistakes."""
MASK = "…"
SHOWN_LENGTH = 80
"""Values in messages are cut at this many characters."""


class MatcherError(Exception):
    """Anything this program refuses to do, with a message for the person who asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about input, precise enough to mend it.

    Parameters
    ----------
    rule : str
        What the place must hold.
    place : str
        Where inside the source: ``12`` (line), ``Blad1!C4``, ``/member/3`` or empty for the whole source.
    key : str
        Column or key, such as ``price_eur`` or ``availability[2]``; empty when the record itself is meant.
    value : str or None
        What was found, cut at 80 characters; None when it must not be shown.
    remedy : str
        What to do about it.
    source : str
        File or feed.
    severity : {'error', 'warning', 'note'}
        An error keeps the record out; a warning does not; a note says how something unclear was understood.
    code : str
        A word that programs can rely on.
    """

    rule: str
    place: str = ""
    key: str = ""
    value: str | None = None
    remedy: str = ""
    source: str = ""
    severity: Severity = "error"
    code: str = "invalid"

    def __post_init__(self) -> None:
        """Cut what is long, and take out what must never be repeated, whoever made the problem."""
        if self.value is not None:
            value = shown(self.value)
            object.__setattr__(self, "value", None if value == MASK else value)
        if self.key:
            object.__setattr__(self, "key", shown(self.key))
        if self.remedy and looks_personal(self.remedy):
            object.__setattr__(self, "remedy", "")

    def __str__(self) -> str:
        """Write the problem on one line, as ``file:line: key must be …; got …. remedy``."""
        where = ":".join(part for part in (self.source, self.place) if part)
        got = f"; got {self.value!r}" if self.value is not None else ""
        subject = f"{self.key} " if self.key else ""
        text = f"{subject}{self.rule}{got}. {self.remedy}".rstrip()
        # Input decides parts of this line: nothing in it may start a second line or move the cursor.
        if not text.isprintable():
            text = "".join(letter if letter.isprintable() else " " for letter in text)
        return f"{where}: {text}" if where else text


class InputError(MatcherError):
    """Input that cannot be used; ``problems`` holds every finding.

    Parameters
    ----------
    problems : str or sequence of Problem
        A text stands for one problem without a place.
    """

    def __init__(self, problems: str | Sequence[Problem]) -> None:
        if isinstance(problems, str):
            problems = (Problem(rule=problems),)
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFoundError(MatcherError):
    """Something that was asked for by its id does not exist, or not for who asks."""


class ForbiddenError(MatcherError):
    """Who asks has a role that may not do this."""


class ConflictError(MatcherError):
    """What was asked does not fit how things stand now."""


class LateError(ConflictError):
    """Somebody else changed it in the meantime; nothing was written."""


class BusyError(MatcherError):
    """The database does not answer now, or others keep it too long; the same may go well a moment later."""


def shown(value: object) -> str:
    """Return a value as it may stand in a message: at most 80 characters, nothing personal.

    Examples
    --------
    >>> shown("x" * 90).endswith("xx…"), shown("jan@example.org")
    (True, '…')
    """
    text = value if isinstance(value, str) else repr(value)
    text = text[: 4 * SHOWN_LENGTH]
    if not text.isascii():
        text = text.encode(errors="replace").decode()
    if looks_personal(text):
        return MASK
    return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"


def must(ok: bool, what: str, rule: str, got: object, remedy: str = "") -> None:
    """Raise `InputError` in the one house form unless ``ok``.

    Raises
    ------
    InputError
        ``<what> must be <rule>; got <value>. <remedy>``

    Examples
    --------
    >>> must(False, "k", "at least 1", 0)
    Traceback (most recent call last):
        ...
    matcher.errors.InputError: k must be at least 1; got '0'.
    """
    if not ok:
        raise InputError([Problem(key=what, rule=f"must be {rule}", value=shown(got), remedy=remedy)])
