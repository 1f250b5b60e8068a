"""One cell of the ranking table, in a fresh process: so many activities, so many profiles, every way.

``python -m benchmarks.cell FOLDER N_ACTIVITIES N_PROFILES time MOST_SECONDS`` prints JSON: for each way the median
seconds and on how many profiles they were measured. ``... memory WAY MOST_SECONDS`` prints the most memory.
"""

from __future__ import annotations

import json
import pickle
import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.features.people import PersonArrays
from matcher.ranking import ActivityRanker

from .timing import timed

K = 10
ALONE = 16
"""One profile is measured as the mean of so many different ones, each by itself."""
SAMPLE_SHARE = 1 / 3
"""What would take more than the most seconds is done on a sample that takes about this part of them."""

People = Sequence[PersonArrays]
Way = Callable[[People], Any]


def ours(ranker: ActivityRanker) -> Way:
    """Rank as the product does."""
    return lambda people: ranker.rank(people, k=K)


def bare(ranker: ActivityRanker) -> Way:
    """Multiply wishes and affinities in 32 bits, into memory that is there already."""
    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity, dtype=np.float32)
    made: dict[int, Any] = {}

    def way(people: People) -> None:
        if len(people) not in made:
            made[len(people)] = np.empty((len(people), affinity.shape[1]), dtype=np.float32)
        np.matmul(_wishes(people), affinity, out=made[len(people)])

    return way


def with_pandas(ranker: ActivityRanker) -> Way:
    """Rank as a user would write it."""
    from .pandas_way import PandasWay

    own = PandasWay(ranker)
    return lambda people: own.rank(people, k=K)


def with_faiss(ranker: ActivityRanker) -> Way:
    """Search the largest products, without limits and other aspects."""
    import faiss

    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity.T, dtype=np.float32)
    index = faiss.IndexFlatIP(affinity.shape[1])
    index.add(affinity)
    return lambda people: index.search(_wishes(people), K)


def with_neighbours(ranker: ActivityRanker) -> Way:
    """Search the largest cosines, without limits and other aspects."""
    from sklearn.neighbors import NearestNeighbors

    affinity = np.ascontiguousarray(ranker.offer_.interests.affinity.T, dtype=np.float32)
    near = NearestNeighbors(n_neighbors=K, metric="cosine", algorithm="brute").fit(affinity)
    return lambda people: near.kneighbors(_wishes(people))


WAYS = {
    "bare": bare,
    "ours": ours,
    "pandas": with_pandas,
    "faiss": with_faiss,
    "neighbours": with_neighbours,
}


def time_cell(ranker: ActivityRanker, people: People, n_profiles: int, most_s: float) -> dict[str, Any]:
    """Return the median seconds of each way for all profiles, and how many were measured."""
    ways = {name: make(ranker) for name, make in WAYS.items()}
    counts = {name: sample_size(way, people, n_profiles, most_s) for name, way in ways.items()}
    first = {name: timed(_call(way, people, counts[name])) for name, way in ways.items()}
    rounds = 3 if sum(first.values()) > 4 else 5 if sum(first.values()) > 1 else 15
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(timed(_call(way, people, counts[name])))
    return {
        name: {
            "seconds": statistics.median(seconds[name]) * n_profiles / (counts[name] if n_profiles > 1 else ALONE),
            "least": min(seconds[name]) * n_profiles / (counts[name] if n_profiles > 1 else ALONE),
            "profiles": min(counts[name], n_profiles),
        }
        for name in ways
    }


def sample_size(way: Way, people: People, n_profiles: int, most_s: float) -> int:
    """Return how many profiles to measure: all of them when that takes at most ``most_s`` seconds."""
    count = min(8, n_profiles)
    while True:
        seconds = timed(_call(way, people, count))
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
    prepared = WAYS[way](ranker)
    count = n_profiles if way != "pandas" else sample_size(prepared, people, n_profiles, most_s)
    prepared(people[:count])
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


def _call(way: Way, people: People, count: int) -> Callable[[], object]:
    if count > 1:
        return lambda: way(people[:count])
    return lambda: [way(people[number : number + 1]) for number in range(ALONE)]


def _wishes(people: People) -> Any:
    return np.stack([person.wish for person in people]).astype(np.float32)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path, n_activities: int, n_profiles: int, task: str, *rest: str) -> None:
    """Measure and print."""
    offer, weights = pickle.loads((folder / f"{n_activities}.arrays").read_bytes())
    people = pickle.loads((folder / "people.pickle").read_bytes())
    people = people[: max(n_profiles, ALONE)]
    ranker = ActivityRanker(weights).fit(offer)
    if task == "time":
        check(ranker, people[:ALONE])
        found = time_cell(ranker, people, n_profiles, float(rest[0]))
    else:
        found = memory_cell(rest[0], ranker, people, n_profiles, float(rest[1]))
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
