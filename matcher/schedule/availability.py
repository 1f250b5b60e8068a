"""When a person is free in an ordinary week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import InputError, Problem
from .sessions import DAYS_NL, DROP_IN_LEAST_MIN, DROP_IN_MOST_MIN, clock
from .text import read_hours


@dataclass(frozen=True, slots=True)
class Availability:
    """When a person is free in an ordinary week: per weekday the stretches in minutes, in order, apart."""

    stretches: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def free_min(self) -> int:
        """Free minutes in a week."""
        return sum(end - start for day in self.stretches for start, end in day)

    @property
    def longest_min(self) -> int:
        """Length of the longest stretch, in minutes."""
        return max((end - start for day in self.stretches for start, end in day), default=0)

    def texts(self) -> list[str]:
        """Write one ``<day> HH:MM-HH:MM`` a stretch."""
        return [
            f"{DAYS_NL[day]} {clock(start)}-{clock(end)}"
            for day, stretches in enumerate(self.stretches)
            for start, end in stretches
        ]

    def attended_min(self, day: int, start_min: int, end_min: int, *, drop_in: bool) -> int:
        """Return the minutes of a session that count, 0 when it cannot be attended.

        A session that must be attended whole lies within one stretch. A drop-in session counts as soon as an
        hour of it, or all of a shorter one, is free, and for at most `DROP_IN_MOST_MIN`.
        """
        length = end_min - start_min
        covered = [max(0, min(end, end_min) - max(start, start_min)) for start, end in self.stretches[day]]
        if not drop_in:
            return length if length in covered else 0
        free = sum(covered)
        return min(free, DROP_IN_MOST_MIN) if free >= min(length, DROP_IN_LEAST_MIN) else 0


def read_availability(entries: Iterable[str]) -> Availability:
    """Read a list of ``<day> HH:MM-HH:MM``; entries of one day that touch or overlap become one stretch.

    Raises
    ------
    InputError
        One problem for each unreadable entry, with ``[index]`` as its key.

    Examples
    --------
    >>> read_availability(["ma 9:00-11:00", "mon 11:00-12:30"]).texts()
    ['ma 09:00-12:30']
    """
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS_NL]
    problems = []
    for index, entry in enumerate(entries):
        try:
            day, start, end = read_hours(entry)
            days[day].append((start, end))
        except InputError as error:
            problem = error.problems[0]
            problems.append(
                Problem(key=f"[{index}]", rule=problem.rule, value=problem.value, remedy=problem.remedy)
            )
    if problems:
        raise InputError(problems)
    return Availability(tuple(tuple(_joined(stretches)) for stretches in days))


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
