"""Which groups run when a group needs a least number of people: a mixed integer programme, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from .network import Bools, InfeasibleError, Ints, Network, cheapest

INFEASIBLE = 2
LEAST_S = 0.05
MOST_EDGES = 40_000
"""With more than this HiGHS takes minutes and does not keep its time limit."""


@dataclass(frozen=True, slots=True)
class Running:
    """Which groups run.

    groups : bool ndarray of shape (n_doubtful,)
    optimal : bool
    bound : float or None
        The last objective cannot cost less than this.
    """

    groups: Bools
    optimal: bool
    bound: float | None


def choose_running(
    network: Network,
    minimum: Ints,
    doubtful: Ints,
    costs: Iterable[Ints],
    time_left: Callable[[], float],
) -> Running | None:
    """Decide which doubtful groups run, such that the first cost is as low as can be, then the second, and so on.

    Parameters
    ----------
    network : Network
    minimum : int64 ndarray of shape (n_activities,)
    doubtful : int64 ndarray
        The activities of which the minimum is kept; that of others is left aside.
    costs : iterable of int64 ndarray of shape (n_edges,)
    time_left : callable
        Returns seconds.

    Returns
    -------
    Running or None
        None when time was up before any allocation was found, or when there are too many edges.

    Raises
    ------
    InfeasibleError
        If no choice keeps all that is asked.

    Notes
    -----
    Whether a group runs would do as whole numbers, as the rest is then a flow; but with edges that need not be
    whole HiGHS repairs solutions and says so on standard output. ``edge <= runs`` for each edge, though implied,
    brings the linear bound far closer.
    """
    n_edges, n_groups = len(network.person), len(doubtful)
    if n_edges > MOST_EDGES:
        return None
    rows = _rows(network, minimum, doubtful)

    best: Running | None = None
    for cost in costs:
        left_s = time_left()
        if left_s < LEAST_S:
            return best and replace(best, optimal=False, bound=None)
        padded = np.concatenate([cost, np.zeros(n_groups, dtype=np.int64)])
        found = milp(
            padded,
            integrality=np.ones(n_edges + n_groups, dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=rows,
            options={"mip_rel_gap": 0.0, **({} if np.isinf(left_s) else {"time_limit": left_s})},
        )
        if found.status == INFEASIBLE:
            raise InfeasibleError("minimum")
        if found.x is None:
            return best and replace(best, optimal=False, bound=None)
        best = Running(found.x[n_edges:] > 0.5, found.status == 0, found.mip_dual_bound)
        if not best.optimal:
            return best
        # Costs are whole numbers: what is worse is worse by 1.
        rows.append(LinearConstraint(csr_array(padded[None]), -np.inf, np.rint(found.fun) + 0.5))
    return best


def _rows(network: Network, minimum: Ints, doubtful: Ints) -> list[LinearConstraint]:
    n_edges, n_groups = len(network.person), len(doubtful)
    edges = np.arange(n_edges)

    def ones(row: Ints, column: Ints, n_rows: int, n_columns: int = n_edges) -> csr_array:
        return csr_array((np.ones(len(row)), (row, column)), shape=(n_rows, n_columns))

    nothing = csr_array((1, n_groups))
    each = ones(network.person, edges, network.n_people)
    each = hstack([each, csr_array((network.n_people, n_groups))])
    at = np.flatnonzero(network.node < network.root)
    coming = ones(network.node[at], edges[at], network.root)
    room = hstack([coming, csr_array((network.root, n_groups))])
    rows = [LinearConstraint(each, 1, 1), LinearConstraint(room, -np.inf, network.high[: network.root])]
    if len(network.tail) > network.root:
        hosts = ones(
            network.head[: network.root] - network.root - 1,
            np.arange(network.root),
            len(network.tail) - network.root,
            network.root,
        )
        host_rows = hstack([hosts @ coming, vstack([nothing] * hosts.shape[0])])
        rows.append(LinearConstraint(host_rows, -np.inf, network.high[network.root :]))
    group = np.full(network.root + 1, -1)
    group[doubtful] = np.arange(n_groups)
    own = np.flatnonzero(group[network.node] >= 0)
    needs = csr_array((-minimum[doubtful].astype(float), (np.arange(n_groups),) * 2), shape=(n_groups, n_groups))
    of_groups = ones(group[network.node[own]], own, n_groups)
    rows.append(LinearConstraint(hstack([of_groups, needs]), 0, np.inf))
    runs = csr_array(
        (-np.ones(len(own)), (np.arange(len(own)), group[network.node[own]])), shape=(len(own), n_groups)
    )
    rows.append(LinearConstraint(hstack([ones(np.arange(len(own)), own, len(own)), runs]), -np.inf, 0))
    return rows


def close_in_turn(network: Network, minimum: Ints, doubtful: Ints, cost: Ints) -> Bools:
    """Return which doubtful groups run when those that lack most people are given up, one half after the other.

    Raises
    ------
    InfeasibleError
        If somebody is tied to a group that does not get its least number in this way.
    """
    runs = np.ones(len(doubtful), dtype=bool)
    while True:
        counts = network.counts(cheapest(network, cost))[doubtful]
        short = np.flatnonzero(runs & (counts < minimum[doubtful]) & (counts > 0))
        if not len(short):
            return runs & (counts > 0)
        lack = (minimum[doubtful] - counts)[short]
        given_up = short[np.argsort(-lack, kind="stable")[: -(-len(short) // 2)]]
        runs[given_up] = False
        high = network.high.copy()
        high[doubtful[given_up]] = 0
        network = replace(network, high=high)
