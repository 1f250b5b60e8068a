"""A cohort over limited places: who goes where such that the whole is best, exactly, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from .exchange import Refusal, refusals
from .face import optimal_face, settle_ties
from .network import (
    MOST_COST,
    NOWHERE,
    InfeasibleError,
    Ints,
    Network,
    Pairs,
    Places,
    cheapest,
    make_network,
)
from .running import choose_running, close_in_turn

__all__ = [
    "NOWHERE",
    "Allocation",
    "InfeasibleError",
    "Objective",
    "Pairs",
    "Places",
    "Refusal",
    "allocate",
    "refusals",
]

Objective = Literal["fit", "worst-off"]
MILP_MOST_WEIGHT = 10**6
"""Levels that are settled in one round are digits of one number; HiGHS works with floats, so it is kept small."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who goes where.

    activity : int64 ndarray of shape (n_people,), `NOWHERE` for who has no place
    score : int64 ndarray of shape (n_people,), `NOWHERE` for who has no place
    optimal : bool
        No other allocation is better in the objective.
    gap : float or None
        By which share the total could still be better at most; None when that is not known.
    with_minima : bool
        A least number of people mattered, so that HiGHS decided which groups run.
    """

    activity: Ints
    score: Ints
    optimal: bool
    gap: float | None
    with_minima: bool


@dataclass(frozen=True, slots=True)
class _Task:
    objective: Objective
    level_step: int
    time_left: Callable[[], float]
    told: Callable[[int, int], None]


def allocate(
    pairs: Pairs,
    places: Places,
    *,
    n_people: int,
    objective: Objective = "fit",
    level_step: int = 1,
    time_left: Callable[[], float] = lambda: inf,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Allocation:
    """Give out places such that the whole is best.

    Parameters
    ----------
    pairs : Pairs
    places : Places
    n_people : int
        People are numbered in the order in which ties prefer them.
    objective : {'fit', 'worst-off'}
        The highest total of scores; or the lowest level as high as can be, held by as few as can be, then the
        next level, and so on (leximin), and last the highest total.
    level_step : int, at least 1
        Scores within one step are one level to `worst-off`.
    time_left : callable
        Returns the seconds that are left.
    told : callable
        Called with how many people are settled, and how many there are.

    Raises
    ------
    InfeasibleError
        If who must go where cannot all be kept.

    Notes
    -----
    Without least numbers this is a minimum cost flow. `worst-off` is a row of flows, each over all the best
    allocations of those before. Where a group would get some people but fewer than it needs, HiGHS decides which
    groups run; what follows is a flow again. Among equally good allocations (with the same groups running, where
    that was decided) the first person has the best that any gives, then the second, and so on.

    References
    ----------
    Ogryczak (2007), Multicriteria models for fair resource allocation, Control and Cybernetics 36(2), on leximin.

    Examples
    --------
    >>> ids = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> pairs = Pairs(*ids, score=np.array([90, 80, 90, 10]), forced=np.zeros(4, dtype=bool))
    >>> places = Places(capacity=np.array([1, 1]), minimum=np.zeros(2, dtype=int), organiser=np.array([0, 1]))
    >>> allocate(pairs, places, n_people=2).activity
    array([1, 0])
    """
    task = _Task(objective, level_step, time_left, told)
    never = places.minimum > np.minimum(places.capacity, n_people)
    network = make_network(pairs, replace(places, capacity=np.where(never, 0, places.capacity)), n_people)
    minimum = np.where(never | (places.minimum <= 1), 0, places.minimum)
    chosen, is_optimal = _best(network, task)
    bound, with_minima = float(network.worth[chosen].sum()), False
    if _short(network, minimum, chosen).size:
        chosen, is_optimal, bound = _with_minima(network, minimum, task, chosen)
        with_minima = True
    total = float(network.worth[chosen].sum())
    gap = max(0.0, bound - total) / max(bound, 1.0) if objective == "fit" else None
    return Allocation(
        activity=np.where(network.node[chosen] == network.root, NOWHERE, network.node[chosen]),
        score=network.score[chosen],
        optimal=is_optimal,
        gap=0.0 if is_optimal else gap,
        with_minima=with_minima,
    )


def _short(network: Network, minimum: Ints, chosen: Ints) -> Ints:
    """Return the activities that would get some people, but fewer than they need."""
    counts = network.counts(chosen)
    return np.flatnonzero((counts > 0) & (counts < minimum))


def _best(network: Network, task: _Task) -> tuple[Ints, bool]:
    """Return the edges of the best allocation within the bounds, and whether all levels were settled."""
    part, is_optimal = network, True
    if task.objective == "worst-off":
        part, is_optimal = _level_by_level(network, task)
    cost = -part.worth
    chosen = cheapest(part, cost)
    kept = part.edge[chosen]
    part = optimal_face(part, chosen, cost)
    chosen = settle_ties(part, np.searchsorted(part.edge, kept))
    task.told(network.n_people, network.n_people)
    return part.edge[chosen], is_optimal


def _level_by_level(network: Network, task: _Task) -> tuple[Network, bool]:
    """Return the network of all leximin allocations, and whether time was enough for it."""
    settled = NOWHERE - 1
    while True:
        loose = network.loose()
        n_loose = len(np.unique(network.person[loose]))
        task.told(network.n_people - n_loose, network.n_people)
        levels = np.unique(network.score[loose] // task.level_step)
        # Nobody is above the highest level: how many are at most there is known.
        levels = levels[levels > settled][:-1]
        if not levels.size or task.time_left() <= 0:
            return network, not levels.size
        most = MOST_COST // (network.n_nodes + network.n_people)
        cost, settled = _level_cost(network, levels, task.level_step, n_loose=n_loose, most=most)
        chosen = cheapest(network, cost)
        network = optimal_face(network, chosen, cost)


def _level_cost(network: Network, levels: Ints, level_step: int, *, n_loose: int, most: int) -> tuple[Ints, int]:
    """Return costs that count the people at or below each of the first levels, and the last level counted.

    The counts are digits of one number: fewer at a lower level outweighs any number at the levels above it.
    """
    base, weight, digits = n_loose + 1, 1, 1
    while digits < len(levels) and weight * base**2 <= most:
        weight *= base
        digits += 1
    cost = np.zeros(len(network.person), dtype=np.int64)
    for level in levels[:digits]:
        cost += np.where(network.score // level_step <= level, weight, 0)
        weight //= base
    return cost, int(levels[digits - 1])


def _with_minima(network: Network, minimum: Ints, task: _Task, chosen: Ints) -> tuple[Ints, bool, float]:
    """Return the best edges when least numbers count, whether that is certain, and the highest total possible.

    Only groups that came out short are doubtful: what the others need is kept when it turns out that it matters.
    """
    bound = float(network.worth[chosen].sum())
    doubtful = _short(network, minimum, chosen)
    while True:
        found = choose_running(network, minimum, doubtful, _milp_costs(network, task), task.time_left)
        if found is None:
            runs, is_optimal = close_in_turn(network, minimum, doubtful, -network.worth), False
        else:
            runs, is_optimal = found.groups, found.optimal
        if task.objective == "fit" and found and found.bound is not None:
            bound = min(bound, -found.bound)
        bounded = _bounded(network, minimum, doubtful[runs], doubtful[~runs])
        chosen, is_finished = _best(bounded, task)
        short = _short(network, minimum, chosen)
        if not short.size:
            break
        doubtful = np.union1d(doubtful, short)
    # Ties must not empty a group that runs, nor half fill one that does not.
    counts = network.counts(chosen)
    needed = minimum > 1
    bounded = _bounded(
        network, minimum, np.flatnonzero(needed & (counts > 0)), np.flatnonzero(needed & (counts == 0))
    )
    chosen, is_finished = _best(bounded, task)
    return chosen, is_optimal and is_finished, bound


def _bounded(network: Network, minimum: Ints, run: Ints, closed: Ints) -> Network:
    low, high = network.low.copy(), network.high.copy()
    low[run] = minimum[run]
    high[closed] = 0
    return replace(network, low=low, high=high)


def _milp_costs(network: Network, task: _Task) -> Iterator[Ints]:
    """Give the objectives one after the other, the first the most important."""
    if task.objective == "worst-off":
        levels = np.unique(network.score // task.level_step)[:-1]
        while levels.size:
            cost, settled = _level_cost(
                network, levels, task.level_step, n_loose=network.n_people, most=MILP_MOST_WEIGHT
            )
            yield cost
            levels = levels[levels > settled]
    yield -network.worth
