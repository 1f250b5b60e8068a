"""Interests as a vector space: the nodes of the tree of interests, and some marks beside them.

An activity gets an affinity to each node: how well it answers a wish for just that node. A person gets a
strength for each node. The match of the two is a power sum, so that one wish that is answered well counts far
more than many that are half answered, and another answered wish still adds:

    match = min(1, (sum over nodes of (strength * affinity) ** p) ** (1 / p))

Both factors are stored as their p-th power, rounded to whole steps of 2 ** -20. A sum of their products is then
exact in 64-bit floating point, whatever the order of summation: one profile or many, row by row or as a matrix
product, the match is the same to the last bit.
"""

from __future__ import annotations

import functools
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..vocabulary import AUDIENCES, interests, lineage, related
from .text import Hit

POWER = 4
QUANTUM = 2**20
"""Steps in one unit of a stored power."""

FOR = "for:"
"""Before an audience: among people like oneself, if that is what a person wants taken into account."""
GIVE = "give:"
"""Before an interest of the branch of learning: to help others with it, rather than to learn it."""
OPEN = "open:"
"""Open to whoever comes: there is nothing that one must like or be able to do."""
ON_FOOT = "on_foot:"
"""One walks, runs or cycles, and it is not known to be reachable with a wheelchair."""

OF_EVERYBODY = frozenset(
    {
        "buddy_contact",
        "coffee_chat",
        "dutch_practice",
        "languages",
        "learning",
        "meeting",
        "neighbourhood_life",
        "women_meeting",
    }
)
"""What everybody comes for, rather than a subject of their own."""

BELOW, BELOW_TWO = 0.8, 0.7
"""A wish for a branch is answered by what lies one or two steps below it."""
ABOVE, ABOVE_TWO = 0.35, 0.25
"""A wish for a twig is answered in part by something about its branch in general."""
BESIDE_TWIG, BESIDE_BRANCH = 0.4, 0.25
"""Two twigs of one twig's parent, and two of one branch."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an activity or a person is thought to be about an interest.

    ``words`` are those of the text; empty when the interest was given or ticked, or follows from the kind.
    """

    strength: float
    words: tuple[str, ...] = ()
    given: bool = False


GIVEN = Evidence(1.0, given=True)


@functools.lru_cache(maxsize=4096)
def shared(strength: float) -> Evidence:
    """Let evidence without words be one object for all activities: most of it is implied by a kind."""
    return Evidence(strength)


@functools.cache
def nodes() -> tuple[str, ...]:
    """Return the nodes of the space: interests in the order of the vocabulary, then the marks."""
    return (
        *interests(),
        *(FOR + one for one in AUDIENCES if one != "everyone"),
        *(GIVE + interest for interest in interests() if is_learning(interest)),
        OPEN,
        ON_FOOT,
    )


@functools.cache
def node_index() -> Mapping[str, int]:
    """Return the column of each node."""
    return {node: column for column, node in enumerate(nodes())}


@functools.cache
def closeness(wish: str, other: str) -> float:
    """Return how well an activity about ``other`` answers a wish for ``wish``, 0 to 1.

    Examples
    --------
    >>> closeness("sport", "badminton") > closeness("football", "volleyball") > closeness("football", "reading")
    True
    """
    if wish == other:
        return 1.0
    if ":" in wish or ":" in other:
        return 0.0
    up, down = lineage(wish), lineage(other)
    near = related().get((wish, other), 0.0)
    if wish in down:
        near = max(near, (BELOW, BELOW_TWO)[down.index(wish) - 1])
    elif other in up:
        near = max(near, (ABOVE, ABOVE_TWO)[up.index(other) - 1])
    elif up[-1] == down[-1]:
        near = max(near, BESIDE_TWIG if len(up) == len(down) == 3 and up[1] == down[1] else BESIDE_BRANCH)
    return near


@functools.cache
def answered_by(wish: str) -> Mapping[str, float]:
    """Return the nodes that answer a wish at all, each with its closeness."""
    return {node: near for node in nodes() if (near := closeness(wish, node)) > 0}


@functools.cache
def closeness_matrix() -> NDArray[np.float64]:
    """Return `closeness` for every pair; shape (n_nodes wished, n_nodes of the activity)."""
    return np.array([[closeness(wish, other) for other in nodes()] for wish in nodes()])


def powers(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the p-th power in whole steps of 2 ** -20, with the sign of the strength."""
    return np.asarray(np.sign(strength) * np.rint(np.abs(strength) ** POWER * QUANTUM) / QUANTUM)


def is_helping(node: str) -> bool:
    """Tell whether a node lies in the branch of helping."""
    return node in interests() and lineage(node)[-1] == "helping"


def is_learning(node: str) -> bool:
    """Tell whether a node lies in the branch of learning."""
    return node in interests() and lineage(node)[-1] == "learning"


def said_words(hits: Sequence[tuple[Hit, float]]) -> dict[str, dict[str, float]]:
    """Return the different words that tell of each interest, with the weight of each, the surest first.

    Parameters
    ----------
    hits : sequence of (Hit, share)
        The share of its weight for which a hit counts, by where it stands.
    """
    words: dict[str, dict[str, float]] = defaultdict(dict)
    for hit, share in hits:
        key = sys.intern(hit.words.lower())  # the same words stand in many texts
        words[hit.interest][key] = max(hit.weight * share, words[hit.interest].get(key, 0.0))
    return {node: dict(sorted(found.items(), key=lambda one: (-one[1], one[0]))) for node, found in words.items()}


def certainty(weights: Sequence[float]) -> float:
    """Return how sure it is that an interest is meant: each different word leaves less doubt.

    Examples
    --------
    >>> certainty([0.5]), certainty([0.5, 0.5])
    (0.5, 0.75)
    """
    doubt = 1.0
    for weight in weights:
        doubt *= 1.0 - weight
    return 1.0 - doubt
