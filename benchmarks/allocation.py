"""Places for a cohort, beside what else one could do; ``python -m benchmarks.allocation`` measures one cell.

``python -m benchmarks.allocation FOLDER N_PEOPLE N_ACTIVITIES times ROUNDS`` prints JSON: seconds, total, people
placed and lowest score of each way. ``... memory WAY`` prints the most memory of a fresh process, in MB.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.allocation import NOWHERE, Pairs, Places, allocate
from matcher.ranking import ActivityRanker
from matcher.service.candidates import Scorer

from . import children
from .timing import interleaved, medians, ms, table, timed, times

CELLS = [(2_000, 200), (10_000, 1_000)]
QUICK_CELLS = [(2_000, 200)]
N_CANDIDATES = 30
PLACES_SHARE = 0.8
"""So many places there are, as a share of the people: a cohort for which the places do not suffice."""
MOST_PER_ORGANISER = 40
SEED = 20261123
LEVEL_STEP = 500
ROUNDS, QUICK_ROUNDS = 5, 3
WAYS = {
    "ours": "matcher, fit",
    "capped": f"matcher, fit, at most {MOST_PER_ORGANISER} for an organiser",
    "worst_off": "matcher, worst-off in steps of 0.05",
    "greedy": "greedy, best pair first",
    "served": "first come, first served",
    "dense": "linear_sum_assignment, copied places",
}
Way = Callable[[], Any]


def report(folder: Path, *, quick: bool) -> str:
    """Measure the cells and return the tables."""
    cells, rounds = (QUICK_CELLS, QUICK_ROUNDS) if quick else (CELLS, ROUNDS)
    rows, notes = [], []
    for n_people, n_activities in cells:
        size = (folder, n_people, n_activities)
        found = children.measured("allocation", *size, "times", rounds)
        memory = {name: children.measured("allocation", *size, "memory", name) for name in WAYS}
        rows += [_row(name, f"{n_people:,} x {n_activities:,}", found["ways"], memory) for name in WAYS]
        notes.append(
            f"{n_people:,} x {n_activities:,}: {found['pairs']:,} pairs, {found['places']:,} places; finding and "
            f"scoring the candidates took {found['scoring_s']:.1f} s before that."
        )
    header = ["way", "people x activities", "ms", "ratio", "fit", "placed", "lowest score", "most MB"]
    about = (
        f"Medians of {rounds} interleaved rounds, building the graph included (`linear_sum_assignment`: one "
        "round). Fit is the total score as a share of the best; the lowest score is of who has a place."
    )
    return "\n\n".join([about, table(header, rows, left=2), "\n".join(notes)])


def _row(name: str, size: str, found: dict[str, Any], memory: dict[str, float]) -> list[str]:
    one, own = found[name], found["ours"]
    return [
        WAYS[name],
        size,
        ms(one["seconds"]),
        times(one["seconds"] / own["seconds"]),
        f"{one['total'] / own['total']:.1%}",
        f"{one['placed']:,}",
        f"{one['lowest']:.2f}",
        f"{memory[name]:,.0f}",
    ]


def world(folder: Path, n_people: int, n_activities: int) -> tuple[Pairs, Places, float]:
    """Return who could go where by the real ranking, made-up places, and the seconds that ranking took."""
    with (folder / f"{n_activities}.arrays").open("rb") as file:
        offer, weights = pickle.load(file)
    with (folder / "people.pickle").open("rb") as file:
        people = [pickle.load(file) for _ in range(n_people)]
    scorer = Scorer(ActivityRanker(weights).fit(offer), people, lambda *_: None)
    found: dict[int, Any] = {}
    seconds = timed(lambda: found.update(scorer.best(range(n_people), N_CANDIDATES)))
    rng = np.random.default_rng(SEED)
    n_places = round(PLACES_SHARE * n_people) - n_activities
    capacity = 1 + rng.multinomial(n_places, rng.dirichlet(np.ones(n_activities)))
    score = np.rint(np.concatenate([one.scores for one in found.values()]) * 10_000).astype(np.int64)
    pairs = Pairs(
        person=np.repeat(np.arange(n_people), [len(one.columns) for one in found.values()]),
        activity=np.concatenate([one.columns for one in found.values()]),
        score=score,
        forced=np.zeros(len(score), dtype=bool),
    )
    nothing = np.zeros(n_activities, dtype=np.int64)
    return pairs, Places(capacity, nothing, rng.integers(0, n_activities // 5, n_activities)), seconds


def ways(pairs: Pairs, places: Places, n_people: int) -> dict[str, Way]:
    """Return each way as a call that gives the score of each person, -1 for none."""
    capped = Places(places.capacity, places.minimum, places.organiser, MOST_PER_ORGANISER)
    coarse: dict[str, Any] = {"objective": "worst-off", "level_step": LEVEL_STEP}
    return {
        "ours": lambda: allocate(pairs, places, n_people=n_people).score,
        "capped": lambda: allocate(pairs, capped, n_people=n_people).score,
        "worst_off": lambda: allocate(pairs, places, n_people=n_people, **coarse).score,
        "greedy": lambda: in_turn(pairs, places, n_people, np.argsort(-pairs.score, kind="stable")),
        "served": lambda: in_turn(pairs, places, n_people, np.lexsort((-pairs.score, pairs.person))),
        "dense": lambda: dense(pairs, places, n_people),
    }


def in_turn(pairs: Pairs, places: Places, n_people: int, order: Any) -> Any:
    """Give out pair after pair while there is room."""
    scores, left = np.full(n_people, NOWHERE), places.capacity.tolist()
    has_place = [False] * n_people
    columns = (values[order].tolist() for values in (pairs.person, pairs.activity, pairs.score))
    for person, activity, score in zip(*columns, strict=True):
        if not has_place[person] and left[activity]:
            has_place[person] = True
            left[activity] -= 1
            scores[person] = score
    return scores


def dense(pairs: Pairs, places: Places, n_people: int) -> Any:
    """Solve the assignment of people to copies of each place, in a full matrix."""
    worth = np.zeros((n_people, len(places.capacity)), dtype=np.float32)
    worth[pairs.person, pairs.activity] = np.maximum(pairs.score, 1)
    copies = np.repeat(np.arange(len(places.capacity)), places.capacity)
    rows, columns = linear_sum_assignment(worth[:, copies], maximize=True)
    own = worth[rows, copies[columns]]
    scores = np.full(n_people, NOWHERE)
    scores[rows] = np.where(own > 0, own, NOWHERE)
    return scores


def measure(folder: Path, n_people: int, n_activities: int, rounds: int) -> dict[str, Any]:
    """Return seconds and results of every way."""
    pairs, places, scoring_s = world(folder, n_people, n_activities)
    results: dict[str, Any] = {}
    calls = {name: _keeping(results, name, call) for name, call in ways(pairs, places, n_people).items()}
    slow = calls.pop("dense")
    seconds = {**medians(interleaved(calls, rounds=rounds)), "dense": timed(slow)}
    return {
        "pairs": len(pairs.person),
        "places": int(places.capacity.sum()),
        "scoring_s": scoring_s,
        "ways": {
            name: {
                "seconds": seconds[name],
                "total": int(np.maximum(scores, 0).sum()),
                "placed": int((scores >= 0).sum()),
                "lowest": float(scores[scores >= 0].min()) / 10_000,
            }
            for name, scores in results.items()
        },
    }


def _keeping(results: dict[str, Any], name: str, call: Way) -> Way:
    def way() -> None:
        results[name] = call()

    return way


if __name__ == "__main__":
    where, size = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))
    if sys.argv[4] == "times":
        print(json.dumps(measure(where, *size, int(sys.argv[5]))))
    else:
        some_pairs, some_places, _ = world(where, *size)
        ways(some_pairs, some_places, size[0])[sys.argv[5]]()
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
