"""One cell of the ranking table, in a fresh process: so many activities, so many profiles, every way.

``python -m benchmarks.cell FOLDER N_ACTIVITIES N_PROFILES time MOST_SECONDS`` prints JSON: for each way the median
seconds and on how many profiles they were measured. ``... memory WAY MOST_SECONDS`` prints the most memory.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from matcher.features.people import PersonArrays
from matcher.ranking import ActivityRanker

from .timing import medians, timed

K = 10
ALONE = 16
"""One profile is measured as the mean of so many different ones, each by itself."""
SAMPLE_SHARE = 1 / 3
"""What would take more than the most seconds is done on a sample that takes about this part of them."""

LEAST_S = 0.2
"""What takes less is called again and again for so long in each round, and the best of the round counts."""

People = Sequence[PersonArrays]
Way = Callable[[slice], Any]
"""Ranks a stretch of the people."""


def ours(ranker: ActivityRanker, people: People) -> Way:
    """Rank as the product does."""
    return lambda some: ranker.rank(people[some], k=K)


def bare(ranker: ActivityRanker, people: People) -> Way:
    """Multiply wishes and affinities in 32 bits, into memory that is there already."""
    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity, dtype=np.float32)
    wishes = _wishes(people)
    made: dict[int, Any] = {}

    def way(some: slice) -> None:
        wished = wishes[some]
        if len(wished) not in made:
            made[len(wished)] = np.empty((len(wished), affinity.shape[1]), dtype=np.float32)
        np.matmul(wished, affinity, out=made[len(wished)])

    return way


def bare_alone(ranker: ActivityRanker, people: People) -> Way:
    """Multiply in one thread: on a busy machine two that wait for one another lose."""
    product, threads = bare(ranker, people), ThreadpoolController()

    def way(some: slice) -> None:
        with threads.limit(limits=1, user_api="blas"):
            product(some)

    return way


def with_pandas(ranker: ActivityRanker, people: People) -> Way:
    """Rank as a user would write it."""
    from .pandas_way import PandasWay

    own = PandasWay(ranker)
    return lambda some: own.rank(people[some], k=K)


def with_faiss(ranker: ActivityRanker, people: People) -> Way:
    """Search the largest products, without limits and other aspects."""
    import faiss

    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity.T, dtype=np.float32)
    wishes = _wishes(people)
    index = faiss.IndexFlatIP(affinity.shape[1])
    index.add(affinity)
    return lambda some: index.search(wishes[some], K)


def with_neighbours(ranker: ActivityRanker, people: People) -> Way:
    """Search the largest cosines, without limits and other aspects."""
    from sklearn.neighbors import NearestNeighbors

    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity.T, dtype=np.float32)
    wishes = _wishes(people)
    near = NearestNeighbors(n_neighbors=K, metric="cosine", algorithm="brute").fit(affinity)
    return lambda some: near.kneighbors(wishes[some])


WAYS = {
    "bare": bare,
    "bare_alone": bare_alone,
    "ours": ours,
    "pandas": with_pandas,
    "faiss": with_faiss,
    "neighbours": with_neighbours,
}


def time_cell(ranker: ActivityRanker, people: People, n_profiles: int, most_s: float) -> dict[str, Any]:
    """Return the median seconds of each way for all profiles, and how many were measured."""
    ways = {name: make(ranker, people) for name, make in WAYS.items()}
    counts = {name: sample_size(way, n_profiles, most_s) for name, way in ways.items()}
    first_s = {name: timed(_call(way, counts[name])) for name, way in ways.items()}
    # Threads that wake up, or wait for a core, must not be all that is measured of what is short.
    repeats = {name: max(1, round(LEAST_S / seconds)) for name, seconds in first_s.items()}
    a_round_s = sum(max(LEAST_S, seconds) for seconds in first_s.values())
    rounds = 3 if a_round_s > most_s else 5 if a_round_s > most_s / 3 else 15
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            call = _call(way, counts[name])
            found[name].append(min(timed(call) for _ in range(repeats[name])))
    return {
        name: {
            "seconds": seconds * n_profiles / (counts[name] if n_profiles > 1 else ALONE),
            "profiles": counts[name],
        }
        for name, seconds in medians(found).items()
    }


def sample_size(way: Way, n_profiles: int, most_s: float) -> int:
    """Return how many profiles to measure: all of them when that takes at most ``most_s`` seconds."""
    count = min(8, n_profiles)
    while True:
        seconds = timed(_call(way, count))
        if count >= n_profiles or seconds / count * n_profiles <= most_s:
            return n_profiles
        if seconds >= most_s * SAMPLE_SHARE / 4:
            return max(8, min(n_profiles, round(count * most_s * SAMPLE_SHARE / seconds)))
        count = min(n_profiles, count * 4)


def memory_cell(
    way: str, ranker: ActivityRanker, people: People, n_profiles: int, most_s: float
) -> dict[str, float]:
    """Return the most memory in MB: with the arrays loaded, and after one call."""
    loaded = _peak_mb()
    prepared = WAYS[way](ranker, people)
    count = n_profiles if way != "pandas" else sample_size(prepared, n_profiles, most_s)
    prepared(slice(count))
    return {"loaded": loaded, "peak": _peak_mb()}


def check(ranker: ActivityRanker, people: People) -> None:
    """Stop when the pandas way does not keep the same limits: then the comparison is worth nothing."""
    from .pandas_way import PandasWay

    own = PandasWay(ranker)
    for person in people:
        allowed = own.scored(person, np.zeros(ranker.offer_.n_activities))["allowed"].to_numpy()
        if not np.array_equal(allowed, ranker.score(person).broken == 0):
            raise SystemExit(
                "The pandas way lets in other activities than the ranking: mend benchmarks/pandas_way.py."
            )


def _call(way: Way, count: int) -> Callable[[], object]:
    if count > 1:
        return lambda: way(slice(count))
    return lambda: [way(slice(number, number + 1)) for number in range(ALONE)]


def _wishes(people: People) -> Any:
    return np.stack([person.wish for person in people]).astype(np.float32)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path, n_activities: int, n_profiles: int, task: str, *rest: str) -> None:
    """Measure and print."""
    with (folder / f"{n_activities}.arrays").open("rb") as file:
        offer, weights = pickle.load(file)
    with (folder / "people.pickle").open("rb") as file:
        people = [pickle.load(file) for _ in range(max(n_profiles, ALONE))]
    ranker = ActivityRanker(weights).fit(offer)
    if task == "time":
        check(ranker, people[:ALONE])
        found = time_cell(ranker, people, n_profiles, float(rest[0]))
    else:
        found = memory_cell(rest[0], ranker, people, n_profiles, float(rest[1]))
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
