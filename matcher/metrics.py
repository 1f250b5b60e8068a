"""How good a ranking is: lists and judgements to one number a person, then the mean with its interval.

Every measure takes the ids of one person's list, best first, and the relevance of the judged activities; what was
not judged has relevance 0. A person for whom a measure says nothing gets NaN, and is left out of the mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import must

Floats = NDArray[np.float64]

RESAMPLES = 2000
LEVEL = 0.95


class Interval(NamedTuple):
    """A mean over people, and where it lies if other people had been asked."""

    mean: float
    low: float
    high: float


def ndcg(ranked: Sequence[str], relevance: Mapping[str, float], *, k: int) -> float:
    """Return the normalised discounted cumulative gain at k, with linear gain and discount log2(rank + 1).

    Parameters
    ----------
    ranked : sequence of str
        Ids, best first, each once.
    relevance : mapping of str to float, 0 or more
    k : int, at least 1

    Returns
    -------
    float
        0 to 1, higher is better; NaN when nothing is relevant.

    Raises
    ------
    InputError
        If k is below 1, or an id stands twice among the first k.

    References
    ----------
    Järvelin and Kekäläinen (2002), Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4),
    doi:10.1145/582415.582418.

    Examples
    --------
    >>> ndcg(["a", "b", "c"], {"a": 3, "c": 1}, k=2)
    0.8262346571285599
    """
    twice = len(ranked[:k]) - len(set(ranked[:k]))
    must(not twice, "ranked", "ids that stand once", f"{twice} that stand again")
    ideal = _discounted(sorted(relevance.values(), reverse=True), k)
    return _discounted([relevance.get(one, 0.0) for one in ranked], k) / ideal if ideal > 0 else float("nan")


def _discounted(gains: Sequence[float], k: int) -> float:
    must(k >= 1, "k", "at least 1", k)
    return float(sum(gain / np.log2(rank + 1) for rank, gain in enumerate(gains[:k], start=1)))


def recall(ranked: Sequence[str], relevance: Mapping[str, float], *, k: int, least: float) -> float:
    """Return the share of the relevant activities that is among the first k; NaN when there are none.

    Parameters
    ----------
    least : float
        Relevance from which an activity counts as relevant.
    """
    must(k >= 1, "k", "at least 1", k)
    relevant = _relevant(relevance, least)
    return len(relevant & set(ranked[:k])) / len(relevant) if relevant else float("nan")


def reciprocal_rank(ranked: Sequence[str], relevance: Mapping[str, float], *, least: float) -> float:
    """Return 1 / rank of the first relevant activity, 0 when it is not listed; NaN when there are none.

    Parameters
    ----------
    least : float
        Relevance from which an activity counts as relevant.
    """
    relevant = _relevant(relevance, least)
    ranks = (rank for rank, one in enumerate(ranked, start=1) if one in relevant)
    return 1 / next(ranks, np.inf) if relevant else float("nan")


def _relevant(relevance: Mapping[str, float], least: float) -> set[str]:
    return {one for one, grade in relevance.items() if grade >= least}


def coverage(lists: Iterable[Sequence[str]], within: Collection[str], *, k: int) -> float:
    """Return the share of activities that stand in the first k of anybody; NaN when there are none.

    Parameters
    ----------
    lists : iterable of sequence of str
        A list for each person.
    within : collection of str
        The activities that could stand there.
    """
    must(k >= 1, "k", "at least 1", k)
    shown = {one for ranked in lists for one in ranked[:k]}
    return len(shown & set(within)) / len(set(within)) if within else float("nan")


def intra_list_diversity(vectors: Floats) -> float:
    """Return how unlike the activities of one list are: 1 minus the mean cosine of every two.

    Parameters
    ----------
    vectors : float64 ndarray of shape (n_listed, n_features), at least 0
        What each activity is about. Two of which nothing is known count as unlike.

    Returns
    -------
    float
        0 when all are the same to 1 when no two share a thing; NaN for fewer than two.

    References
    ----------
    Ziegler and others (2005), Improving recommendation lists through topic diversification, WWW,
    doi:10.1145/1060745.1060754.
    """
    n_listed = len(vectors)
    if n_listed < 2:
        return float("nan")
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    alike = unit @ unit.T
    return float(1.0 - (alike.sum() - np.trace(alike)) / (n_listed * (n_listed - 1)))


def broken_share(ranked: Sequence[str], allowed: Collection[str], *, k: int) -> float:
    """Return the share of the first k that breaks a hard limit: it must be 0; NaN for an empty list."""
    must(k >= 1, "k", "at least 1", k)
    listed = ranked[:k]
    return sum(one not in allowed for one in listed) / len(listed) if listed else float("nan")


def bootstrap_interval(
    values: Sequence[float] | Floats, *, rng: np.random.Generator, n_resamples: int = RESAMPLES
) -> Interval:
    """Return the mean over people and its 95% percentile bootstrap interval.

    Parameters
    ----------
    values : float64 ndarray of shape (n_people,)
        One number a person; NaN is left out. Differences of two rankers give the paired interval of the gain.
    rng : numpy.random.Generator
    n_resamples : int

    Notes
    -----
    People are drawn, not pairs: the activities of one person are no independent observations.

    References
    ----------
    Sakai (2006), Evaluating evaluation metrics based on the bootstrap, SIGIR, doi:10.1145/1148170.1148261.
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if known.size == 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    drawn = known[rng.integers(0, known.size, (n_resamples, known.size))].mean(axis=1)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(known.mean()), float(low), float(high))
