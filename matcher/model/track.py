"""A track for counting: what was noted in one dossier, as little of it as sums need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from .profile import Profile

COUNTED = ("outcome", "hours", "correction", "proof", "ended", "reopened")
"""Kinds of events that count."""


class Noting(NamedTuple):
    """One event that was not taken back; ``on`` is the day of what it tells, where it tells one."""

    number: int
    kind: str
    activity_id: str | None
    on: date | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A dossier without its code.

    profile : as it is now; its id stands for the code, and is not read
    is_open : True unless it has ended
    notings : in the order of writing, of the kinds in `COUNTED`
    """

    opened_on: date
    asked_by: str
    is_open: bool
    profile: Profile
    notings: tuple[Noting, ...] = ()
