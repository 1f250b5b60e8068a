"""All the best allocations at once: which edges any of them uses, and the one that ties prefer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from .network import Ints, Network


def optimal_face(network: Network, chosen: Ints, cost: Ints) -> Network:
    """Return the network of which every allocation costs as little as an optimal one.

    Parameters
    ----------
    network : Network
    chosen : int64 ndarray of shape (n_people,)
        The edges of an optimal allocation.
    cost : int64 ndarray of shape (n_edges,)

    Notes
    -----
    Two optimal allocations differ by cycles of cost 0 along which people move on. With the distances of the nodes
    as potentials no move has a negative reduced cost, so that such a cycle holds moves of reduced cost 0 only; a
    move lies on one exactly when both its ends are in the same strongly connected component of those. The face of
    a flow polytope is one itself: the next objective is again a flow.

    References
    ----------
    Ahuja, Magnanti, Orlin (1993), Network flows, sections 9.2 and 9.4.
    """
    moves, tail, head, length = _moves(network, chosen, cost)
    potential = _distances(tail, head, length, network.n_nodes)
    tight = length + potential[tail] == potential[head]
    arcs = csr_array((np.ones(tight.sum()), (tail[tight], head[tight])), shape=(network.n_nodes,) * 2)
    _, part = connected_components(arcs, directed=True, connection="strong")
    is_kept = np.zeros(len(network.person), dtype=bool)
    is_kept[chosen] = True
    is_kept[moves] = (tight & (part[tail] == part[head]))[: len(moves)]
    flow = network.flow(chosen)
    ends = network.tail, network.head
    settled = (part[ends[0]] != part[ends[1]]) | (potential[ends[0]] != potential[ends[1]])
    return replace(
        network,
        edge=network.edge[is_kept],
        person=network.person[is_kept],
        node=network.node[is_kept],
        score=network.score[is_kept],
        low=np.where(settled, flow, network.low),
        high=np.where(settled, flow, network.high),
    )


def losses(network: Network, chosen: Ints, cost: Ints, nodes: Ints) -> NDArray[np.float64]:
    """Return what it costs at least to make room at some nodes by taking somebody away elsewhere.

    Parameters
    ----------
    network, chosen, cost : as for `optimal_face`
    nodes : int64 ndarray of shape (n,)

    Returns
    -------
    float64 ndarray of shape (n, n_nodes)
        From the node where room is made to the one from which somebody goes; infinite when that cannot be.
    """
    _, tail, head, length = _moves(network, chosen, cost)
    potential = _distances(tail, head, length, network.n_nodes)
    reduced = length + potential[tail] - potential[head]
    # scipy takes arcs of length 0 for no arcs: so many tiny lengths as a way can have stay under one half.
    tiny = 1 / (4 * network.n_nodes)
    order = np.lexsort((reduced, head, tail))
    first = order[np.diff(tail[order] * network.n_nodes + head[order], prepend=-1) != 0]
    arcs = csr_array((reduced[first] + tiny, (tail[first], head[first])), shape=(network.n_nodes,) * 2)
    away = dijkstra(arcs, indices=nodes)
    return np.floor(away - potential[nodes][:, None] + potential + 0.25)


def _moves(network: Network, chosen: Ints, cost: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the edges to which people could move, and tail, head and length of all arcs along which one can."""
    here = network.node[chosen]
    is_chosen = np.zeros(len(network.person), dtype=bool)
    is_chosen[chosen] = True
    moves = np.flatnonzero(~is_chosen)
    flow = network.flow(chosen)
    up, down = flow < network.high, flow > network.low
    tail = np.concatenate([here[network.person[moves]], network.tail[up], network.head[down]])
    head = np.concatenate([network.node[moves], network.head[up], network.tail[down]])
    length = np.zeros(len(tail), dtype=np.int64)
    length[: len(moves)] = cost[moves] - cost[chosen[network.person[moves]]]
    return moves, tail, head, length


def _distances(tail: Ints, head: Ints, length: Ints, n_nodes: int) -> Ints:
    """Return the shortest way to each node from anywhere, at most 0 (Bellman-Ford over all arcs at once)."""
    distance = np.zeros(n_nodes, dtype=np.int64)
    if not len(tail):
        return distance
    both = head * n_nodes + tail
    order = np.lexsort((length, both))
    order = order[np.diff(both[order], prepend=-1) != 0]
    tail, head, length = tail[order], head[order], length[order]
    heads, first = np.unique(head, return_index=True)
    for _ in range(n_nodes + 1):
        nearest = np.minimum.reduceat(distance[tail] + length, first)
        if (nearest >= distance[heads]).all():
            return distance
        distance[heads] = np.minimum(distance[heads], nearest)
    raise AssertionError("The allocation was not optimal.")


def settle_ties(network: Network, chosen: Ints) -> Ints:
    """Return the allocation in which the first person has the best that any gives, then the second, and so on.

    Parameters
    ----------
    network : Network
        Every allocation in it counts as equally good.
    chosen : int64 ndarray of shape (n_people,)
        Edges of one of them.

    Returns
    -------
    int64 ndarray of shape (n_people,)
        Edges. For a person a higher score is better, then the lower activity.
    """
    moves = _Moves(network, chosen)
    for person in moves.undecided:
        edges = moves.edges[person]
        own = moves.chosen[person]
        moves.leave(person)
        better = edges[: edges.index(own)]
        if better:
            reached = moves.towards(int(network.node[own]))
            edge = next((edge for edge in better if int(network.node[edge]) in reached), None)
            if edge is not None:
                moves.along(int(network.node[edge]), int(network.node[own]), reached)
                moves.chosen[person] = edge
    result = chosen.copy()
    result[list(moves.chosen)] = list(moves.chosen.values())
    return result


class _Moves:
    """Who can still move from where to where without making anything worse.

    Ways are kept backwards as bits: ``into[y]`` has bit x when somebody, or a free place, leads from x to y.
    """

    def __init__(self, network: Network, chosen: Ints) -> None:
        self.network = network
        loose = np.flatnonzero(network.loose())
        order = loose[np.lexsort((network.node[loose], -network.score[loose], network.person[loose]))]
        self.edges: dict[int, list[int]] = defaultdict(list)
        for person, edge in zip(network.person[order].tolist(), order.tolist(), strict=True):
            self.edges[person].append(edge)
        self.undecided = list(self.edges)
        self.chosen = {person: int(chosen[person]) for person in self.undecided}
        self.node: list[int] = network.node.tolist()
        self.movers: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.into = [0] * network.n_nodes
        self.flow: list[int] = network.flow(chosen).tolist()
        self.low, self.high = network.low.tolist(), network.high.tolist()
        self.arc: dict[tuple[int, int], tuple[int, int]] = {}
        for number, (tail, head) in enumerate(zip(network.tail.tolist(), network.head.tolist(), strict=True)):
            self.arc[tail, head], self.arc[head, tail] = (number, 1), (number, -1)
            self._mark(tail, head)
            self._mark(head, tail)
        for person in self.undecided:
            self._place(person)

    def _mark(self, tail: int, head: int) -> None:
        """Write down whether a way from ``tail`` to ``head`` is there."""
        is_open = bool(self.movers.get((tail, head)))
        if not is_open and (tail, head) in self.arc:
            number, step = self.arc[tail, head]
            is_open = self.flow[number] < self.high[number] if step > 0 else self.flow[number] > self.low[number]
        if is_open:
            self.into[head] |= 1 << tail
        else:
            self.into[head] &= ~(1 << tail)

    def _place(self, person: int) -> None:
        here = self.node[self.chosen[person]]
        for edge in self.edges[person]:
            there = self.node[edge]
            if there != here:
                self.movers[here, there].add(person)
                self.into[there] |= 1 << here

    def leave(self, person: int) -> None:
        """Take out the moves of a person."""
        here = self.node[self.chosen[person]]
        for edge in self.edges[person]:
            there = self.node[edge]
            if there != here:
                self.movers[here, there].discard(person)
                self._mark(here, there)

    def towards(self, goal: int) -> dict[int, int]:
        """Return the nodes from which ways lead to ``goal``, each with the next node of the shortest one."""
        following = {goal: goal}
        seen, waiting = 1 << goal, [goal]
        for node in waiting:
            new = self.into[node] & ~seen
            seen |= new
            while new:
                lowest = new & -new
                before = lowest.bit_length() - 1
                following[before] = node
                waiting.append(before)
                new ^= lowest
        return following

    def along(self, start: int, goal: int, following: dict[int, int]) -> None:
        """Move somebody on over each step of a way, so that there is room at its start."""
        node = start
        while node != goal:
            there = following[node]
            if self.movers.get((node, there)):
                person = min(self.movers[node, there])
                self.leave(person)
                self.chosen[person] = next(edge for edge in self.edges[person] if self.node[edge] == there)
                self._place(person)
            else:
                number, step = self.arc[node, there]
                self.flow[number] += step
                self._mark(node, there)
                self._mark(there, node)
            node = there
