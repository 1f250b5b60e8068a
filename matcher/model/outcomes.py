"""Outcomes: what came of a proposal, as a caseworker noted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

OUTCOMES = ("proposed", "waiting", "chosen", "visit_planned", "attended", "stopped", "declined")
WITH_REASON = ("stopped", "declined")
REASONS = ("not_my_thing", "too_hard", "too_far", "times", "full", "no_answer")
LIKING: Mapping[tuple[str, str | None], float] = MappingProxyType(
    {
        ("attended", None): 3.0,
        ("chosen", None): 2.0,
        ("stopped", None): 1.0,
        ("stopped", "too_hard"): 1.0,
        ("stopped", "too_far"): 1.0,
        ("stopped", "times"): 1.0,
        ("stopped", "not_my_thing"): 0.0,
        ("declined", "not_my_thing"): 0.0,
        ("declined", "too_hard"): 0.0,
        ("declined", "too_far"): 0.0,
    }
)
"""How much an outcome says that the proposal suited, like a grade from 0 to 3.

What is not here says nothing of it: a group that was full, a telephone that nobody answered.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that came of one proposal.

    profile_id, activity_id : whom and what
    outcome : one of `OUTCOMES`
    reason : one of `REASONS`, or None
    on : the day
    """

    profile_id: str
    activity_id: str
    outcome: str
    reason: str | None = None
    on: date

    @property
    def liking(self) -> float | None:
        """From 0 to 3, or None when it says nothing of how the proposal suited."""
        return LIKING.get((self.outcome, self.reason))
