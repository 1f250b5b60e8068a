"""What was found about one document: problems, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...errors import Problem, Severity


class Notes:
    """The problems of one document.

    Parameters
    ----------
    source : str
        The file.
    place : str
        The document in the file; a pointer inside the document is written behind it.
    """

    __slots__ = ("_place", "_source", "problems")

    def __init__(self, source: str = "", place: str = "") -> None:
        self._source, self._place = source, place
        self.problems: list[Problem] = []

    @property
    def refused(self) -> bool:
        """True when one of the problems keeps the document out."""
        return bool(self.problems) and any(problem.severity == "error" for problem in self.problems)

    def error(self, pointer: str, rule: str, **more: str | None) -> None:
        """Note what keeps the document out; ``more`` holds value, remedy and code."""
        self._add("error", pointer, rule, more)

    def warning(self, pointer: str, rule: str, **more: str | None) -> None:
        """Note what is wrong, or must be known, about a document that is taken without it."""
        self._add("warning", pointer, rule, more)

    def note(self, pointer: str, rule: str, **more: str | None) -> None:
        """Note how something was understood."""
        self._add("note", pointer, rule, more)

    def take(self, problems: Sequence[Problem]) -> None:
        """Note what was found in a part of the document that was read apart, without source and place."""
        for one in problems:
            self.problems.append(replace(one, source=self._source, place=self._place + one.place))

    def _add(self, severity: Severity, pointer: str, rule: str, more: dict[str, str | None]) -> None:
        key = next((part for part in reversed(pointer.split("/")) if part and not part.isdecimal()), "")
        value, remedy, code = more.get("value"), more.get("remedy") or "", more.get("code") or "invalid"
        self.problems.append(
            Problem(
                source=self._source,
                place=self._place + pointer,
                key=key,
                rule=rule,
                value=value,
                remedy=remedy,
                severity=severity,
                code=code,
            )
        )
