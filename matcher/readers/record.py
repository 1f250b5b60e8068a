"""A record of a foreign source taken as far as it holds: what a key cannot hold is left unknown, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..errors import InputError, Problem
from ..model import Proposal, read_proposal
from ..vocabulary import fold, interests

MOST_LENGTHS = {"title": 300, "description": 20_000, "organiser": 300, "place": 300, "address": 300}
_ROOT = re.compile(r"[^.\[]*")


def record(data: dict[str, object], *, place: str, source: str) -> Iterator[Proposal | Problem]:
    """Give what can be taken of a record, and a problem for each thing that cannot.

    Parameters
    ----------
    data : dict
        Keys of an activity; None and an empty list are unknown.
    place, source : str
        Where the record stands, for the problems.

    Notes
    -----
    Without a usable title the record is left out. Any other key that is wrong is left out with a warning.
    """
    data = dict(data)
    problems: list[Problem] = []
    for key, most in MOST_LENGTHS.items():
        value = data.get(key)
        if isinstance(value, str) and len(value) > most:
            data[key] = value[: most - 1].rstrip() + "…"
            problems.append(Problem(key=key, rule=f"is cut after {most} characters", severity="note", code="cut"))
    try:
        yield _taken(data, problems)
    except InputError as error:
        problems += error.problems
    yield from (replace(problem, place=place, source=source) for problem in problems)


def _taken(data: dict[str, object], problems: list[Problem]) -> Proposal:
    while True:
        try:
            return read_proposal(data)
        except InputError as error:
            wrong = {match[0] for problem in error.problems if (match := _ROOT.match(problem.key))}
            if wrong & {"", "title", "id"} or not wrong & set(data):
                raise
            # Half a point on the map is none.
            for key in wrong | ({"lat", "lon"} if wrong & {"lat", "lon"} else set()):
                data.pop(key, None)
            remedy = "It is left unknown."
            problems += [replace(problem, severity="warning", remedy=remedy) for problem in error.problems]


def interest_called(name: str) -> str | None:
    """Return the interest that is called exactly so, in Dutch or English or by its id.

    Examples
    --------
    >>> interest_called("Wandelen"), interest_called("wandelen met de hond")
    ('walking', None)
    """
    return _interests_by_name().get(fold(name.strip()[:200]))


@cache
def _interests_by_name() -> dict[str, str]:
    return {fold(name): one.id for one in interests().values() for name in (one.id, one.label_nl, one.label_en)}
