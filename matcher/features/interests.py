"""What activities are about and what people wish for, in one space: the nodes of the tree of interests.

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
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from ..model import Activity, Profile, Proposal
from ..vocabulary import AUDIENCES, interests, lineage, related
from .text import Hit, detect_language, find_hits

POWER = 5
QUANTUM = 2**20
"""Steps in one unit of a stored power."""

FOR = "for:"
"""Before an audience: among people like oneself, if that is what a person wants taken into account."""
FOR_STRENGTH = 0.55
GIVE = "give:"
"""Before an interest of the branch of learning: to help others with it, rather than to learn it."""
GIVE_LEAST = 0.4
"""Who wishes to help others at least so strongly also wishes to do so with what interests them."""

TICKED = 0.85
"""Strength of an interest that was ticked; words of one's own weigh up to `WRITTEN`."""
WRITTEN = 0.95
WRITTEN_BRANCH = 0.5
"""How far words count that tell of a whole branch only, such as 'helpen' or 'sporten'."""
MEETING = "meeting"
"""The one branch that is a wish by itself: to meet people is what the track is for."""
DERIVED_MOST = 0.95
TITLE, DESCRIPTION, ORGANISER = 1.0, 0.75, 0.5
ROLE_SHARE = {
    ("volunteering", "learning"): 0.6,
    ("internship", "helping"): 0.75,
    **{("internship", branch): 0.6 for branch in ("food", "nature", "learning", "family", "meeting")},
}
"""How far an activity of a kind answers wishes of a branch when people come in another role: a volunteer where
others learn does not come to learn, a trainee does not come for company."""
BESIDE_GIVEN = 0.75
"""How far words count in an activity whose interests were given."""
DERIVED_LEAST = 0.55
"""From this strength on an interest read from a text is named as derived."""

BELOW, BELOW_TWO = 0.9, 0.8
"""A wish for a branch is answered by what lies one or two steps below it."""
ABOVE, ABOVE_TWO = 0.5, 0.35
"""A wish for a twig is half answered by something about its branch in general."""
BESIDE_TWIG, BESIDE_BRANCH = 0.5, 0.25
"""Two twigs of one twig's parent, and two of one branch."""

IMPLIED: Mapping[str, Mapping[str, float]] = {
    "buddy": {"buddy_contact": 0.9, "meeting": 0.6},
    "conversation_group": {"dutch_practice": 0.9, "meeting": 0.6},
    "course": {"learning": 0.6},
    "association": {"meeting": 0.4},
    "sport": {"sport": 0.6},
    "volunteering": {"helping": 0.6},
    "internship": {"work": 0.8},
    "school": {"school_parents": 0.8},
    "neighbourhood": {"meeting": 0.6, "neighbourhood_life": 0.5},
    "culture": {"culture": 0.3},
    "informal": {"meeting": 0.6, "coffee_chat": 0.4},
}
"""What the kind of an activity says about interests, where nothing else does."""


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
def _shared(strength: float) -> Evidence:
    """Let evidence without words be one object for all activities: most of it is implied by a kind."""
    return Evidence(strength)


@functools.cache
def nodes() -> tuple[str, ...]:
    """Return the nodes of the space: interests in the order of the vocabulary, audiences, and what one gives."""
    return (
        *interests(),
        *(FOR + one for one in AUDIENCES if one != "everyone"),
        *(GIVE + interest for interest in interests() if _is_learning(interest)),
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


@dataclass(frozen=True, slots=True)
class InterestArrays:
    """What activities are about.

    affinity : float32 ndarray of shape (n_nodes, n_activities), p-th powers, 0 to 1; their steps fit in 32 bits
    given, derived : bool ndarray of shape (n_nodes, n_activities); True for an interest of the activity and all
        above it. An activity has given ones or derived ones, not both.
    evidence : per activity, node -> evidence
    """

    affinity: NDArray[np.float32]
    given: NDArray[np.bool_]
    derived: NDArray[np.bool_]
    evidence: tuple[Mapping[str, Evidence], ...]


class InterestTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn activities into their affinity to each interest, through tags, texts, kinds and the tree."""

    def fit(self, activities: Sequence[Activity], y: None = None) -> InterestTransformer:
        """Do nothing: the vocabulary is fixed."""
        return self

    def transform(self, activities: Sequence[Activity]) -> InterestArrays:
        """Return the arrays of the activities, in their order."""
        evidence = tuple(activity_evidence(activity) for activity in activities)
        strength = np.zeros((len(activities), len(nodes())))
        given = np.zeros((len(nodes()), len(activities)), dtype=bool)
        derived = np.zeros_like(given)
        columns = node_index()
        for row, (activity, found) in enumerate(zip(activities, evidence, strict=True)):
            for node, one in found.items():
                strength[row, columns[node]] = one.strength
            for interest in activity.given_interests:
                given[[columns[node] for node in lineage(interest)], row] = True
            for interest in derived_interests(activity, found):
                derived[[columns[node] for node in lineage(interest)], row] = True
        return InterestArrays(_affinity(strength), given, derived, evidence)


def _affinity(strength: NDArray[np.float64]) -> NDArray[np.float32]:
    """Carry strengths through the tree: the best of closeness times strength, for each node."""
    near = closeness_matrix()
    affinity = np.zeros((near.shape[0], strength.shape[0]))
    for column in range(near.shape[1]):
        wished = np.flatnonzero(near[:, column])
        about = np.flatnonzero(strength[:, column])
        if about.size:
            block = np.ix_(wished, about)
            affinity[block] = np.maximum(
                affinity[block], near[wished, column][:, None] * strength[about, column][None, :]
            )
    return powers(affinity).astype(np.float32)


def activity_evidence(activity: Proposal) -> dict[str, Evidence]:
    """Return what an activity is about, node -> evidence; tags first, then words, then its kind."""
    found: dict[str, Evidence] = {}
    for node, (strength, words) in text_evidence(activity).items():
        beside = BESIDE_GIVEN if activity.given_interests else 1.0
        found[node] = Evidence(min(DERIVED_MOST, strength) * beside, words)
    if activity.kind:
        for node, implied in IMPLIED[activity.kind].items():
            own = found.get(node, _shared(0.0))
            found[node] = replace(own, strength=max(own.strength, implied)) if own.words else _shared(implied)
    for interest in activity.interests:
        if interest in activity.given_interests or interest not in found:
            found[interest] = GIVEN
    found |= {FOR + one: GIVEN for one in activity.audience if one != "everyone"}
    return _in_role(activity.kind, found)


def _in_role(kind: str | None, found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Weigh what an activity is about by the role in which people come to it."""
    weighed = dict(found)
    for node, one in found.items():
        share = ROLE_SHARE.get((kind or "", lineage(node)[-1])) if node in interests() else None
        if share is not None:
            weighed[node] = replace(one, strength=one.strength * share)
        if kind == "volunteering" and _is_learning(node):
            weighed[GIVE + node] = one
    return weighed


def _is_helping(node: str) -> bool:
    return node in interests() and lineage(node)[-1] == "helping"


def _is_learning(node: str) -> bool:
    return node in interests() and lineage(node)[-1] == "learning"


def text_evidence(activity: Proposal) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return what the texts of an activity tell of interests: node -> strength 0 to 1, and the words."""
    parts = ((activity.title, TITLE), (activity.description, DESCRIPTION), (activity.organiser, ORGANISER))
    language = detect_language(" ".join(text for text, _ in parts if text)) or "nl"
    hits = [
        (hit, share)
        for text, share in parts
        if text
        for hit in find_hits(text, language=language)
        if not hit.negated
    ]
    return _combined(hits)


def _combined(hits: Sequence[tuple[Hit, float]]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Add hits up: each different word leaves less doubt that the interest is meant."""
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    words: dict[str, dict[str, float]] = defaultdict(dict)
    for hit, share in hits:
        weight = hit.weight * share
        key = sys.intern(hit.words.lower())  # the same words stand in many texts
        if weight > words[hit.interest].get(key, 0.0):
            doubt[hit.interest] *= (1 - weight) / (1 - words[hit.interest].get(key, 0.0) + 1e-12)
            words[hit.interest][key] = weight
    return {
        node: (1.0 - doubt[node], tuple(sorted(found, key=lambda word: (-found[word], word))))
        for node, found in words.items()
    }


def derived_interests(activity: Proposal, evidence: Mapping[str, Evidence]) -> tuple[str, ...]:
    """Return the interests that the texts of an activity without given ones tell of, the surest first."""
    if activity.given_interests:
        return ()
    found = [
        (node, one)
        for node, one in evidence.items()
        if node in interests() and one.words and one.strength >= DERIVED_LEAST
    ]
    return tuple(node for node, _ in sorted(found, key=lambda pair: (-pair[1].strength, pair[0])))


def with_derived(activity: Activity, evidence: Mapping[str, Evidence]) -> Activity:
    """Return the activity with the interests that its texts tell of, named as such in ``derived``.

    Examples
    --------
    >>> koor = Activity(id="k", title="Zangkoor zoekt stemmen", organiser="koor", kind="culture")
    >>> with_derived(koor, activity_evidence(koor)).interests
    ('singing',)
    """
    if activity.interests:
        return activity
    found = derived_interests(activity, evidence)
    if not found:
        return activity
    words = dict.fromkeys(word for interest in found for word in evidence[interest].words)
    note = f"interests={', '.join(words)}"[:500]
    return activity.model_copy(update={"interests": found, "derived": (*activity.derived, note)})


def wish_evidence(profile: Profile) -> dict[str, Evidence]:
    """Return what a person wishes for, node -> evidence; a negative strength is something not wished for."""
    hits = find_hits(profile.wishes) if profile.wishes else []
    found = {
        node: Evidence(strength * WRITTEN * _width(node), words)
        for node, (strength, words) in _combined([(hit, 1.0) for hit in hits if not hit.negated]).items()
    }
    for node, (strength, words) in _combined([(hit, 1.0) for hit in hits if hit.negated]).items():
        if node not in found:
            found[node] = Evidence(-strength * WRITTEN, words)
    for interest in profile.interests:
        written = found.get(interest, Evidence(0.0))
        strength = 1.0 if written.strength > TICKED / 2 else TICKED
        found[interest] = Evidence(strength, written.words if written.strength > 0 else (), given=True)
    if any(one.strength >= GIVE_LEAST and _is_helping(node) for node, one in found.items()):
        found |= {GIVE + node: one for node, one in found.items() if _is_learning(node) and one.strength > 0}
    found |= {FOR + one: Evidence(FOR_STRENGTH, given=True) for one in profile.audience if one != "everyone"}
    avoided = {
        node
        for node in found
        if (interest := node.removeprefix(GIVE)) in interests() and set(lineage(interest)) & set(profile.avoid)
    }
    return {node: one for node, one in found.items() if node not in avoided}


def _width(node: str) -> float:
    return WRITTEN_BRANCH if node in interests() and not interests()[node].parent and node != MEETING else 1.0


def wish_vector(evidence: Mapping[str, Evidence]) -> NDArray[np.float64]:
    """Return strengths as p-th powers; shape (n_nodes,), -1 to 1."""
    strength = np.zeros(len(nodes()))
    for node, one in evidence.items():
        strength[node_index()[node]] = one.strength
    return powers(strength)
