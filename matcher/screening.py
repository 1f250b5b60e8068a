"""Find the best k activities of many people without scoring every pair exactly.

For tiles of people and activities an upper bound of the total of each pair is worked out in 32 bits; only pairs
whose bound reaches the person's k-th best so far are scored, exactly, by the functions that score one person. The
bound leaves out nothing that adds to a score and allows for every rounding, so the answer is that of scoring all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from . import aspects as parts
from . import limits
from .facets import Facets, Tables, tabulate
from .features.people import PersonArrays
from .features.space import POWER
from .limits import Floats, Ints
from .model.answer import ASPECTS

Singles = NDArray[np.float32]

PEOPLE_TILE, ACTIVITY_TILE = 256, 2048
"""So many people and activities at a time: a tile stays in the cache of a processor."""
FACETS = ("audience", "need", "price", "group", "language", "schedule", "distance")
FEW_COMBINATIONS = 4
"""Facets are joined while so many activities share a combination, on average."""
SCORED_TOGETHER = 2000
"""Pairs whose bound is high enough wait until there are so many."""
MARGIN = 2e-4
"""How far a bound in 32 bits may lie under the exact total: at most 1e-4 by the rounding of the aspects and of the
total (half a unit of 1e-4 each, those of the aspects weighted), and less than 1e-5 by the 32 bits."""
BLOCKED = np.float32(-1e6)
"""In place of a score where a limit is broken: far under every bound, and its fifth power fits in 32 bits."""
NEARLY_ZERO = np.float32(1e-30)
SHORTER = np.float32(1 - 1e-5)
"""Keeps a distance in 32 bits under the exact one."""
SUM_ERROR = 2.0**-22
"""Twice over, the relative error of one product and one addition in 32 bits."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Facets of which each combination that occurs has one row in a table.

    row : int64 ndarray of shape (n_open,), the combination of each open activity
    value : facet -> int64 ndarray of shape (n_combinations,)
    """

    row: Ints
    value: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the bounds need of an offer, without the activities that are closed to everybody.

    columns : int64 ndarray of shape (n_open,), of the offer, spread evenly so that any run is a fair sample
    affinity : float32 ndarray of shape (n_nodes + 1, n_open); the last row is 1
    fixed : float32 ndarray of shape (n_open, 2): contact, and the places and freshness of practical
    joined : list of Joined
    """

    facets: Facets
    columns: Ints
    affinity: Singles
    fixed: Singles
    joined: list[Joined]


def prepare(facets: Facets) -> Screen:
    """Lay out an offer for `best`."""
    is_open = np.flatnonzero(facets.closed == 0)
    golden = (np.sqrt(5) - 1) / 2
    columns = is_open[np.argsort(np.arange(len(is_open)) * golden % 1, kind="stable")]
    affinity = facets.offer.interests.affinity
    singles = np.ones((len(affinity) + 1, len(columns)), dtype=np.float32)
    singles[:-1] = affinity[:, columns]
    practical = parts.PLACES_SHARE * facets.places + parts.VERIFIED_SHARE * facets.fresh
    return Screen(
        facets=facets,
        columns=columns,
        affinity=singles,
        fixed=np.stack([facets.contact, practical], axis=1)[columns].astype(np.float32),
        joined=_joined({facet: facets.row[facet][columns] for facet in FACETS}),
    )


def _joined(row: Mapping[str, Ints]) -> list[Joined]:
    """Join facets as long as there are far fewer combinations than activities: fewer rows to gather."""
    found: list[Joined] = []
    for facet, own in row.items():
        last = found.pop() if found else Joined(np.zeros(len(own), dtype=np.int64), {})
        _, first, both = np.unique(
            last.row * (own.max(initial=0) + 1) + own, return_index=True, return_inverse=True
        )
        if last.value and len(first) * FEW_COMBINATIONS > len(own):
            values, alone = np.unique(own, return_inverse=True)
            found += [last, Joined(alone, {facet: values})]
        else:
            value = {name: values[last.row[first]] for name, values in last.value.items()}
            found.append(Joined(both, {**value, facet: own[first]}))
    return found


def best(screen: Screen, people: Sequence[PersonArrays], *, k: int, weights: Mapping[str, float]) -> list[Ints]:
    """Return each person's best k allowed activities.

    Parameters
    ----------
    screen : Screen
    people : sequence of PersonArrays
    k : int, at least 1
    weights : mapping
        Weight of each aspect; only proportions matter.

    Returns
    -------
    list of int64 ndarray of shape (at most k,)
        Columns of the offer, best first; ties go to the lower column.

    Notes
    -----
    Tiles of people are worked on side by side in threads: numpy lets go of the interpreter meanwhile. Memory
    grows with the threads, not with the people.
    """
    n_threads = os.cpu_count() or 1
    # Neighbours together: what depends on the home is then worked out for fewer people at a time.
    order = sorted(range(len(people)), key=lambda number: (people[number].point or (), number))
    size = max(1, min(PEOPLE_TILE, -(-len(people) // n_threads)))
    tiles = [order[start : start + size] for start in range(0, len(order), size)]

    def of_tile(tile: list[int]) -> list[Ints]:
        tables = tabulate(screen.facets, [people[number] for number in tile], weights=weights)
        return _best_of_tile(screen, tables, k)

    chosen: dict[int, Ints] = {}
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(n_threads) as pool:
        for tile, found in zip(tiles, pool.map(of_tile, tiles), strict=True):
            chosen.update(zip(tile, found, strict=True))
    return [chosen[number] for number in range(len(people))]


def _best_of_tile(screen: Screen, tables: Tables, k: int) -> list[Ints]:
    bounds = _Bounds(screen, tables)
    nothing = np.zeros((len(tables.weights), k))
    # The k-th best of a sample is a first threshold; what is in the sample is found again below.
    people, _, total = _reached(screen, tables, [bounds.likely(k)], nothing[:, 0])
    least = _merged(nothing, people, total)[:, 0]
    running = nothing
    kept, waiting = [], []
    for start in range(0, len(screen.columns), ACTIVITY_TILE):
        waiting.append(bounds.reaching(start, np.maximum(least, running[:, 0])))
        # Most tiles give few pairs: they are scored together.
        is_last = start + ACTIVITY_TILE >= len(screen.columns)
        if is_last or sum(len(rows) for rows, _ in waiting) >= SCORED_TOGETHER:
            kept.append(_reached(screen, tables, waiting, np.maximum(least, running[:, 0])))
            running = _merged(running, kept[-1][0], kept[-1][2])
            waiting = []
    return _ranked(kept, running)


def _reached(
    screen: Screen, tables: Tables, found: list[tuple[Ints, Ints]], least: Floats
) -> tuple[Ints, Ints, Floats]:
    """Score pairs of rows and people exactly; return people, columns, totals of those that reach ``least``."""
    rows, people = (np.concatenate(values) for values in zip(*found, strict=True))
    columns = screen.columns[rows]
    pairs = tables.pairs(columns, people)
    total = parts.total_score(pairs.aspects, tables.weights[people])
    reaches = np.flatnonzero((pairs.broken == 0) & (total >= least[people]))
    return people[reaches], columns[reaches], total[reaches]


def _merged(running: Floats, people: Ints, total: Floats) -> Floats:
    """Return the k best totals of each person so far, in ascending order; 0 where there are fewer."""
    k = running.shape[1]
    order = np.lexsort((-total, people))
    people, total = people[order], total[order]
    place = np.arange(len(people)) - np.searchsorted(people, people)
    among = place < k
    both = np.concatenate([running, np.zeros((len(running), int(place[among].max(initial=-1)) + 1))], axis=1)
    both[people[among], k + place[among]] = total[among]
    return np.sort(both, axis=1)[:, -k:]


def _ranked(kept: list[tuple[Ints, Ints, Floats]], running: Floats) -> list[Ints]:
    """Return the columns of each person's best, best first."""
    n_people, k = running.shape
    if not kept:
        return [np.zeros(0, dtype=np.int64) for _ in range(n_people)]
    people, columns, total = (np.concatenate(values) for values in zip(*kept, strict=True))
    reaches = total >= running[people, 0]
    people, columns, total = people[reaches], columns[reaches], total[reaches]
    order = np.lexsort((columns, -total, people))
    start = np.searchsorted(people[order], np.arange(n_people + 1))
    return [columns[order[low:high]][:k] for low, high in zip(start[:-1], start[1:], strict=True)]


class _Bounds:
    """Upper bounds of the totals of a tile of people, in units of each person's weight of interests."""

    def __init__(self, screen: Screen, tables: Tables) -> None:
        self.screen = screen
        weight = dict(zip(ASPECTS, tables.weights.T, strict=True))
        self.unit = np.where(weight["interests"] > 0, weight["interests"], 1.0)
        practical = weight["practical"] / tables.share / self.unit
        scores = {aspect: table * (weight[aspect] / self.unit) for aspect, table in tables.aspect.items()}
        scores["price"] = tables.ease["price"] * (parts.PRICE_SHARE * practical)
        # What is left for unknown ages or without a car is at most 1, and is left out of the bound.
        scores |= {facet: tables.ease[facet] * practical for facet in ("need", "audience")}
        for facet, codes in tables.broken.items():
            scores[facet][codes != 0] = BLOCKED
        most = {facet: table.astype(np.float32) for facet, table in scores.items()}
        most["schedule"] = _schedule_most(tables, weight["schedule"] / self.unit)
        most["distance"] = _distance_most(tables, weight["distance"] / self.unit)
        self.tables = [_added(most, joined.value) for joined in screen.joined]
        self.fixed = np.stack([weight["contact"] / self.unit, practical]).astype(np.float32)
        self.wish = self._wishes(tables, weight["interests"] > 0)
        n_people = len(self.unit)
        self.buffers = np.empty((3, ACTIVITY_TILE, n_people), dtype=np.float32)
        self.mask = np.empty((ACTIVITY_TILE, n_people), dtype=bool)

    def _wishes(self, tables: Tables, counts: NDArray[np.bool_]) -> Singles:
        """Return the wishes, and last what a sum with negative wishes can lose; shape (n_nodes + 1, n_people)."""
        wish = np.zeros((len(self.screen.affinity), len(counts)))
        people = np.arange(len(counts))
        for number in range(tables.node.shape[1]):
            wish[tables.node[:, number], people] += tables.wish[:, number] * counts
        wish[-1] = SUM_ERROR * len(wish) * np.maximum(-wish, 0.0).sum(axis=0)
        return wish.astype(np.float32)

    def likely(self, k: int) -> tuple[Ints, Ints]:
        """Return the pairs of the first tile with the k highest bounds of each person: rows and people."""
        other, root, match = self._tile(0)
        np.log(np.maximum(match, NEARLY_ZERO, out=root), out=root)
        np.multiply(root, 1 / POWER, out=root)
        np.add(other, np.exp(root, out=root), out=other)
        most = other.T.copy()
        k = min(k, most.shape[1])
        rows = np.argpartition(-most, k - 1, axis=1)[:, :k] if k else np.zeros((len(most), 0), dtype=np.int64)
        people, place = np.nonzero(np.take_along_axis(most, rows, axis=1) >= 0)
        return rows[people, place], people

    def reaching(self, start: int, least: Floats) -> tuple[Ints, Ints]:
        """Return the pairs of a tile whose total may reach ``least``: rows and people.

        Parameters
        ----------
        start : int, the first row of the tile
        least : float64 ndarray of shape (n_people,), 0 to 1

        Notes
        -----
        The interests are a p-th root. Instead of drawing it, what the other aspects leave to reach is raised to
        the p-th power; where nothing is left, any power sum reaches it. p is 4: two squarings.
        """
        other, part, match = self._tile(start)
        np.subtract(((least - MARGIN) / self.unit).astype(np.float32), other, out=other)
        np.maximum(other, 0.0, out=other)
        np.multiply(other, other, out=part)
        np.multiply(part, part, out=part)
        mask = np.greater_equal(match, part, out=self.mask[: len(match)])
        rows, people = np.divmod(np.flatnonzero(mask), mask.shape[1])
        return rows + start, people

    def _tile(self, start: int) -> Singles:
        """Return the bound without interests, room to work in, and the power sum of the interests."""
        screen, stop = self.screen, min(start + ACTIVITY_TILE, len(self.screen.columns))
        buffers = self.buffers[:, : stop - start]
        other, part, match = buffers
        np.matmul(screen.fixed[start:stop], self.fixed, out=other)
        for joined, table in zip(screen.joined, self.tables, strict=True):
            np.take(table, joined.row[start:stop], axis=0, out=part, mode="clip")
            np.add(other, part, out=other)
        np.matmul(screen.affinity[:, start:stop].T, self.wish, out=match)
        np.maximum(match, 0.0, out=match)
        return buffers


def _added(most: Mapping[str, Singles], value: Mapping[str, Ints]) -> Singles:
    """Return the sum of the tables of joined facets; shape (n_combinations, n_people)."""
    tables = [most[facet].take(row, axis=0) for facet, row in value.items()]
    total = tables[0]
    for table in tables[1:]:
        total += table
    return total


def _schedule_most(tables: Tables, weight: Floats) -> Singles:
    """Return an upper bound of the schedule's part of each pattern, times its weight; (n_patterns, n_people)."""
    coming, known = tables.attendance, tables.facets.offer.calendar.known
    hours = coming.hours.astype(np.float32)
    share = np.divide(coming.attended, np.maximum(coming.sessions, 1), dtype=np.float32)
    np.copyto(share, hours > 0, where=coming.sessions == 0)
    # Nothing to go: any hour is enough.
    some = np.where(tables.hours_to_go > 0, tables.hours_to_go, 1e-30)
    np.multiply(hours, (1.0 / some).astype(np.float32), out=hours)
    np.minimum(hours, 1.0, out=hours)
    share *= (parts.SESSIONS_SHARE * weight).astype(np.float32)
    hours *= (parts.HOURS_SHARE * weight).astype(np.float32)
    share += hours
    share[~known] = (parts.UNKNOWN_SCHEDULE * weight).astype(np.float32)
    no_time = limits.schedule_broken(coming.empty, known[:, None], coming.attended, coming.flex_fits)
    np.copyto(share, BLOCKED, where=no_time)
    return share


def _distance_most(tables: Tables, weight: Floats) -> Singles:
    """Return an upper bound of the distance's part of each place, times its weight; (n_places + 2, n_people).

    Notes
    -----
    The straight line through the earth is never longer than the way over it, and takes no inverse sine.
    """
    homes, home_of = np.unique(tables.home, axis=0, return_inverse=True)
    lat, lon = np.radians(tables.facets.points).T[:, :, None]
    home_lat, home_lon = np.radians(homes).T
    half_lat, half_lon = (
        np.sin(((one - home) / 2).astype(np.float32)) for one, home in ((lat, home_lat), (lon, home_lon))
    )
    both_cos = (np.cos(lat) * np.cos(home_lat)).astype(np.float32)
    line_km = 2 * limits.EARTH_RADIUS_KM * np.sqrt(half_lat * half_lat + both_cos * (half_lon * half_lon))
    line_km = (line_km * SHORTER).take(home_of.reshape(-1), axis=1)
    line_km[-1] = 0.0
    wait_min, speed_kmh = tables.pace.T
    halvings = 60.0 * parts.DETOUR / (speed_kmh * parts.HALF_AS_GOOD_MIN)
    waiting = wait_min / parts.HALF_AS_GOOD_MIN
    most: Singles = np.exp2(-(line_km * halvings.astype(np.float32)) - waiting.astype(np.float32))
    most[-1] = 1.0
    np.copyto(most, np.float32(parts.UNKNOWN_DISTANCE), where=np.isnan(most))
    most *= weight.astype(np.float32)
    np.copyto(most, BLOCKED, where=line_km > tables.max_distance_km.astype(np.float32))
    return most
