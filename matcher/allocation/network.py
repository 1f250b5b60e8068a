"""People and places as a network: every person sends one unit to an activity or to nowhere, and on to the root."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOWHERE = -1
"""The activity, and the score, of who has no place."""
MOST_COST = 2**60
"""The solver multiplies costs by the number of nodes: above about 2 ** 63 it refuses them."""


class InfeasibleError(Exception):
    """No allocation keeps all that is asked: more people are tied to a place than there are places."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who could go where.

    person, activity : int64 ndarray of shape (n_pairs,); no pair twice
    score : int64 ndarray of shape (n_pairs,), at least 0, higher is better
    forced : bool ndarray of shape (n_pairs,); True where the person must get this place
    """

    person: Ints
    activity: Ints
    score: Ints
    forced: Bools


@dataclass(frozen=True, slots=True)
class Places:
    """What there is to give out.

    capacity : int64 ndarray of shape (n_activities,), at least 0
    minimum : int64 ndarray of shape (n_activities,); fewer people than this, but some, may not be; 0 is none
    organiser : int64 ndarray of shape (n_activities,)
    most_per_organiser : int or None
    """

    capacity: Ints
    minimum: Ints
    organiser: Ints
    most_per_organiser: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Edges from people to nodes, and arcs from activities over organisers to the root.

    edge : int64 ndarray of shape (n_edges,), the number in the network of which this is a part
    person, node, score : int64 ndarray of shape (n_edges,), in order of the person; the root stands for no place
    tail, head, low, high : int64 ndarray of shape (n_arcs,), first an arc of each activity, then of each organiser
    """

    n_people: int
    n_nodes: int
    root: int
    edge: Ints
    person: Ints
    node: Ints
    score: Ints
    tail: Ints
    head: Ints
    low: Ints
    high: Ints

    @property
    def worth(self) -> Ints:
        """Return what an edge adds to the total: a place is always worth more than none."""
        return np.where(self.node == self.root, 0, np.maximum(self.score, 1))

    def loose(self) -> Bools:
        """Mask the edges of people who have more than one."""
        return np.asarray(np.bincount(self.person, minlength=self.n_people)[self.person] > 1)

    def counts(self, chosen: Ints) -> Ints:
        """Return how many people come to each activity, given the edge of each person."""
        return np.bincount(self.node[chosen], minlength=self.n_nodes)[: self.root]

    def flow(self, chosen: Ints) -> Ints:
        """Return the people on each arc."""
        counts = self.counts(chosen)
        up = np.bincount(self.head[: self.root], weights=counts, minlength=self.n_nodes)
        return np.concatenate([counts, up[self.tail[self.root :]].astype(np.int64)])


def make_network(pairs: Pairs, places: Places, n_people: int) -> Network:
    """Lay out who could go where; who is forced has that edge alone."""
    root = len(places.capacity)
    tied = np.zeros(n_people, dtype=bool)
    tied[pairs.person[pairs.forced]] = True
    kept = np.flatnonzero(pairs.forced | ~tied[pairs.person])
    free = np.flatnonzero(~tied)
    person = np.concatenate([pairs.person[kept], free])
    node = np.concatenate([pairs.activity[kept], np.full(len(free), root)])
    score = np.concatenate([pairs.score[kept], np.full(len(free), NOWHERE)])
    order = np.lexsort((node, person))
    tail, head = np.arange(root), np.full(root, root)
    high = places.capacity
    if places.most_per_organiser is not None:
        hosts, host = np.unique(places.organiser, return_inverse=True)
        hosts = root + 1 + np.arange(len(hosts))
        tail, head = np.concatenate([tail, hosts]), np.concatenate([root + 1 + host, np.full(len(hosts), root)])
        high = np.concatenate([high, np.full(len(hosts), places.most_per_organiser)])
    return Network(
        n_people=n_people,
        n_nodes=1 + len(tail),
        root=root,
        edge=np.arange(len(order)),
        person=person[order],
        node=node[order],
        score=score[order],
        tail=tail,
        head=head,
        low=np.zeros(len(tail), dtype=np.int64),
        high=np.minimum(high, n_people),
    )


def cheapest(network: Network, cost: Ints) -> Ints:
    """Return the edge of each person such that the sum of costs is as low as can be.

    Parameters
    ----------
    network : Network
    cost : int64 ndarray of shape (n_edges,)
        The greatest, times the number of nodes, at most `MOST_COST`.

    Raises
    ------
    InfeasibleError
        If the bounds of the arcs cannot be kept.

    References
    ----------
    Goldberg (1997), An efficient implementation of a scaling minimum-cost flow algorithm, Journal of Algorithms
    22(1), doi:10.1006/jagm.1995.0805.
    """
    loose = network.loose()
    chosen = np.full(network.n_people, -1, dtype=np.int64)
    chosen[network.person[~loose]] = np.flatnonzero(~loose)
    if not network.root:
        return chosen
    free = np.flatnonzero(loose)
    people, row = np.unique(network.person[free], return_inverse=True)
    n = len(people)
    # Who has one edge is there already; what an arc must carry is taken from its tail and given to its head.
    supply = np.bincount(network.node[~loose], minlength=network.n_nodes)
    np.subtract.at(supply, network.tail, network.low)
    np.add.at(supply, network.head, network.low)
    supply[network.root] -= network.n_people
    flow = SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([row, n + network.tail]).astype(np.int32),
        np.concatenate([n + network.node[free], n + network.head]).astype(np.int32),
        np.concatenate([np.ones(len(free), dtype=np.int64), network.high - network.low]),
        np.concatenate([cost[free] - cost.min(initial=0), np.zeros(len(network.tail), dtype=np.int64)]),
    )
    flow.set_nodes_supplies(
        np.arange(n + network.n_nodes, dtype=np.int32), np.concatenate([np.ones(n, dtype=np.int64), supply])
    )
    status = flow.solve()
    if status != SimpleMinCostFlow.Status.OPTIMAL:
        # Costs and capacities are bounded beforehand: what remains is that the bounds contradict one another.
        raise InfeasibleError(status.name)
    taken = free[flow.flows(edges)[: len(free)] == 1]
    chosen[network.person[taken]] = taken
    return chosen
