"""From arrays to a ranked list: limits, aspects, total, the best k of each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import aspects as parts
from . import screening
from .facets import facets_of, tabulate
from .features.calendar import Attendance
from .features.offer import OfferArrays
from .features.people import PersonArrays

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


VARIED_FIT = 0.7
"""Share of the fit in a varied list; the rest goes to being unlike what was chosen before."""
VARIED_POOL = 100
FEW_PEOPLE = 8
"""So few people are ranked one by one."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the ranking knows of one person and a whole offer.

    aspects : float64 ndarray of shape (n_activities, n_aspects), 0 to 1
    weights : float64 ndarray of shape (n_aspects,), sum 1
    total : float64 ndarray of shape (n_activities,), 0 to 1, higher is better
    broken : int64 ndarray of shape (n_activities,), a bit for each broken limit, 0 is allowed
    order : int64 ndarray, all activities, best first, whether allowed or not
    distance_km : float64 ndarray of shape (n_activities,), NaN unknown
    attendance : Attendance
    derived_avoided : bool ndarray of shape (n_activities,)
    """

    aspects: Floats
    weights: Floats
    total: Floats
    broken: Ints
    order: Ints
    distance_km: Floats
    attendance: Attendance
    derived_avoided: NDArray[np.bool_]


class ActivityRanker:
    """Rank activities for people by seven aspects, after the hard limits.

    Parameters
    ----------
    weights : mapping
        Weight of each aspect; only proportions matter.

    Attributes
    ----------
    offer_ : OfferArrays
        The offer that was fitted.
    facets_ : Facets
        What its activities share.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def fit(self, offer: OfferArrays, y: None = None) -> ActivityRanker:
        """Prepare what depends on the offer alone."""
        self.offer_ = offer
        self.facets_ = facets_of(offer)
        self._screen: screening.Screen | None = None
        return self

    def rank(self, people: Sequence[PersonArrays], *, k: int) -> list[Ints]:
        """Return each person's best k allowed activities.

        Parameters
        ----------
        people : sequence of PersonArrays
        k : int, at least 1

        Returns
        -------
        list of int64 ndarray of shape (at most k,)
            Columns of the offer, best first; ties go to the lower column, which is the lower id.
        """
        if len(people) <= FEW_PEOPLE or k > self.offer_.n_activities // 8:
            return [self.best(self.score(person), k=k) for person in people]
        if self._screen is None:
            # Only now: who asks for one person at a time needs no second copy of the offer.
            self._screen = screening.prepare(self.facets_)
        return screening.best(self._screen, people, k=k, weights=self.weights)

    def best(self, scores: Scores, *, k: int) -> Ints:
        """Return the best k allowed activities of one person who was scored."""
        allowed: Ints = scores.order[scores.broken[scores.order] == 0]
        return allowed[:k]

    def varied(self, scores: Scores, allowed: Ints, *, k: int, fit: float = VARIED_FIT) -> Ints:
        """Choose k activities that are good and differ from one another.

        Parameters
        ----------
        scores : Scores
        allowed : int64 ndarray
            Columns to choose from, best first.
        k : int
        fit : float, 0 to 1
            Share of the score; the rest goes to being unlike what was chosen before.

        Returns
        -------
        int64 ndarray of shape (at most k,), in the order in which they were chosen

        References
        ----------
        Carbonell and Goldstein (1998), The use of MMR, diversity-based reranking, SIGIR,
        doi:10.1145/290941.291025.
        """
        pool = list(allowed[: max(VARIED_POOL, 3 * k)])
        about = self.offer_.interests.affinity[:, pool].astype(np.float64)
        about = about / np.maximum(np.linalg.norm(about, axis=0), 1e-12)
        alike = np.zeros(len(pool))
        chosen: list[int] = []
        while pool and len(chosen) < k:
            worth = fit * scores.total[pool] - (1 - fit) * alike
            worth[chosen] = -np.inf
            if len(chosen) == len(pool):
                break
            best = int(np.argmax(worth.round(9)))
            chosen.append(best)
            alike = np.maximum(alike, about[:, best] @ about)
        return np.array([pool[number] for number in chosen], dtype=np.int64)

    def score(self, person: PersonArrays) -> Scores:
        """Score the whole offer for one person."""
        tables = tabulate(self.facets_, [person], weights=self.weights)
        pairs = tables.pairs(slice(None), 0)
        total = parts.total_score(pairs.aspects, tables.weights[0])
        # In whole steps: numbers of 16 bits are sorted by counting, without comparing them.
        steps = np.rint((1.0 - total) * 10**parts.DECIMALS).astype(np.uint16)
        return Scores(
            aspects=pairs.aspects,
            weights=tables.weights[0],
            total=total,
            broken=pairs.broken,
            order=np.argsort(steps, kind="stable"),
            distance_km=pairs.distance_km,
            attendance=tables.attendance.of(0),
            derived_avoided=pairs.derived_avoided,
        )
