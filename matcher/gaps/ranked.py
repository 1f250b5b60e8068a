"""The best of many candidates that are costly to work out: only those that can still win are."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order, the best first.

    chosen : list of int
    value : list of float, what each is worth, worked out
    is_complete : bool, True when nothing that was not worked out could stand in the list
    gap : float, how much more than the first one that was not worked out could be worth at most
    """

    chosen: list[int]
    value: list[float]
    is_complete: bool
    gap: float


def rank_different(
    bound: Floats,
    tie: Floats,
    traits: Ints,
    work_out: Callable[[int], float | None],
    *,
    most: int,
    differ_least: int,
) -> Ranked:
    """Choose the best candidates that differ from one another, one after the other.

    Parameters
    ----------
    bound : float64 ndarray of shape (n_candidates,)
        What each is worth at most; 0 is left out.
    tie : float64 ndarray of shape (n_candidates,)
        Higher is better among those that are worth the same; then the lower number is.
    traits : int64 ndarray of shape (n_candidates, n_traits)
    work_out : callable
        What a candidate is really worth, at most its bound; None when the time is over.
    most : int
    differ_least : int
        In so many traits each must differ from each one before it.

    Notes
    -----
    The order is that of choosing among all of which the worth is known: a candidate is worked out when its bound
    is the highest that is left, and goes back with its worth. Each is worked out at most once.

    References
    ----------
    Minoux (1978), Accelerated greedy algorithms for maximizing submodular set functions, Optimization Techniques,
    doi:10.1007/BFb0006528.
    """
    waiting = [(-float(bound[one]), -float(tie[one]), int(one), False) for one in np.flatnonzero(bound > 0)]
    heapq.heapify(waiting)
    chosen: list[int] = []
    value: list[float] = []
    is_complete = True
    left = 0.0
    while waiting and len(chosen) < most:
        negative, negative_tie, one, is_known = heapq.heappop(waiting)
        if any((traits[one] != traits[other]).sum() < differ_least for other in chosen):
            continue
        if is_known:
            chosen.append(one)
            value.append(-negative)
            continue
        worth = work_out(one) if is_complete else None
        if worth is None:
            is_complete = False
            left = max(left, -negative)
        elif worth > 0:
            heapq.heappush(waiting, (-worth, negative_tie, one, True))
    return Ranked(chosen, value, is_complete, max(0.0, left - value[0]) if value else left)
