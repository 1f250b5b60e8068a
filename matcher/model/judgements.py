"""Judgements: what careful readers would propose to whom, and how gladly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .profile import Profile

GRADE_MOST = 3
RELEVANT = 2.0
"""From this mean grade on an activity is a good proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """Grades that two readers gave to activities for each of some people.

    profiles : the people, in the order of their file
    grades : profile id -> activity id -> the grades of both readers, 0 to 3
    today : the day for which they were graded, None when nobody noted it
    """

    profiles: tuple[Profile, ...]
    grades: Mapping[str, Mapping[str, tuple[float, float]]]
    today: date | None = None

    def relevance(self, profile_id: str) -> dict[str, float]:
        """Return the mean grade of each judged activity for one person."""
        return {one: (a + b) / 2 for one, (a, b) in self.grades.get(profile_id, {}).items()}
