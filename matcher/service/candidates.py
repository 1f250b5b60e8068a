"""The best allowed activities of many people, each with its exact score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..aspects import total_score
from ..facets import tabulate
from ..features.people import PersonArrays
from ..model.answer import LIMIT_CODES
from ..ranking import ActivityRanker, Floats, Ints, Scores

TILE_PEOPLE, TILE_PAIRS = 512, 250_000
"""So many people, and so many pairs, are scored at a time."""
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best allowed activities of one person, best first.

    columns : int64 ndarray of shape (at most k,), of the offer
    scores : float64 ndarray of the same shape, 0 to 1
    """

    columns: Ints
    scores: Floats


class Scorer:
    """Scores of people whose numbers are their places in a list.

    Parameters
    ----------
    ranker : ActivityRanker
    people : sequence of PersonArrays
    told : callable
        Called with ``score``, for how many people it is done, and how many there are.
    """

    def __init__(self, ranker: ActivityRanker, people: Sequence[PersonArrays], told: Told) -> None:
        self.ranker, self.people, self.told = ranker, people, told
        self._scored: dict[int, Scores] = {}

    def best(self, numbers: Sequence[int], k: int) -> dict[int, Candidates]:
        """Return the best ``k`` allowed activities of some people."""
        n_activities = self.ranker.offer_.n_activities
        is_few = k <= n_activities // 8
        size = TILE_PEOPLE if is_few else max(1, TILE_PAIRS // max(1, n_activities))
        found: dict[int, Candidates] = {}
        for start in range(0, len(numbers), size):
            self.told("score", start, len(numbers))
            tile = numbers[start : start + size]
            people = [self.people[number] for number in tile]
            chosen = self.ranker.rank(people, k=k) if is_few else [np.arange(n_activities)] * len(tile)
            found.update(zip(tile, self._scores(people, chosen, k), strict=True))
        self.told("score", len(numbers), len(numbers))
        return found

    def _scores(self, people: Sequence[PersonArrays], chosen: Sequence[Ints], k: int) -> list[Candidates]:
        """Score the chosen activities of each person, leave out what is not allowed, and keep the best."""
        columns = np.concatenate(chosen).astype(np.int64)
        if not columns.size:
            return [Candidates(columns, np.zeros(0))] * len(people)
        row = np.repeat(np.arange(len(people)), [len(one) for one in chosen])
        tables = tabulate(self.ranker.facets_, people, weights=self.ranker.weights)
        pairs = tables.pairs(columns, row)
        total = total_score(pairs.aspects, tables.weights[row])
        allowed = np.flatnonzero(pairs.broken == 0)
        allowed = allowed[np.lexsort((columns[allowed], -total[allowed], row[allowed]))]
        bounds = np.searchsorted(row[allowed], np.arange(len(people) + 1))
        own = [allowed[low:high][:k] for low, high in zip(bounds[:-1], bounds[1:], strict=True)]
        return [Candidates(columns[one], total[one]) for one in own]

    def broken(self, number: int) -> Ints:
        """Return a bit for each limit that a person's activities break."""
        return self._all(number).broken

    def score(self, number: int, column: int) -> float:
        """Return a person's score of one activity."""
        return float(self._all(number).total[column])

    def by_reason(self, number: int) -> dict[str, int]:
        """Count a person's activities under each limit that they break."""
        broken = self.broken(number)
        counts = {code: int((broken >> bit & 1).sum()) for bit, code in enumerate(LIMIT_CODES)}
        return {code: count for code, count in counts.items() if count}

    def _all(self, number: int) -> Scores:
        if number not in self._scored:
            self._scored[number] = self.ranker.score(self.people[number])
        return self._scored[number]
