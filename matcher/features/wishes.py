"""What a person wishes for: a strength for each node, from what was ticked and what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Profile
from ..vocabulary import interests, lineage
from .space import (
    FOR,
    GIVE,
    OF_EVERYBODY,
    ON_FOOT,
    OPEN,
    Evidence,
    certainty,
    closeness,
    is_helping,
    is_learning,
    node_index,
    nodes,
    powers,
    said_words,
)
from .text import find_hits

TICKED = 0.85
"""Strength of an interest that was ticked; 1 when the text speaks of it too."""
WRITTEN = 0.95
"""Strength of what was only written, however often."""
A_WORD, CONFIRMS = 0.7, 0.5
"""One word may be said in passing: different words confirm each other, those for something near it half."""
NEAR_LEAST = 0.35
"""From this closeness on words for one interest confirm another."""
WRITTEN_BRANCH = 0.5
"""How far words count that tell of a whole branch only, such as 'helpen'."""
OF_EVERYBODY_SHARE, SPECIFIC_LEAST = 0.6, 0.5
"""What everybody comes for says less beside a wish of one's own."""
MEETING = "meeting"
"""The one branch that is a wish by itself: to meet people is what the track is for."""

FOR_STRENGTH = 0.55
GIVE_LEAST = 0.4
"""Who wishes to help others at least so strongly also wishes to do so with what interests them."""
OPEN_STRENGTH = 0.4
"""Whatever the wishes, an activity for which one must like or know nothing is a possible start, unless talk is
refused."""
NOT_SAID = {"parents": -0.85, "women": -0.55}
"""What is meant for an audience of which a person did not say to be; it is asked, never excluded."""
PARENTS = ("family", "parent_child", "school_parents")
PARENT_LEAST = 0.3
NOT_ON_FOOT = -0.85


def wish_evidence(profile: Profile) -> dict[str, Evidence]:
    """Return what a person wishes for, node -> evidence; a negative strength is something not wished for."""
    found = _written(profile)
    for interest in profile.interests:
        written = found.get(interest, Evidence(0.0))
        strength = 1.0 if written.strength > TICKED / 3 else TICKED
        found[interest] = Evidence(strength, written.words if written.strength > 0 else (), given=True)
    if any(one.strength >= GIVE_LEAST and is_helping(node) for node, one in found.items()):
        found |= {GIVE + node: one for node, one in found.items() if is_learning(node) and one.strength > 0}
    avoided = {
        node
        for node in found
        if (interest := node.removeprefix(GIVE)) in interests() and set(lineage(interest)) & set(profile.avoid)
    }
    found = {node: one for node, one in found.items() if node not in avoided}
    return found | _marks(profile, found)


def _written(profile: Profile) -> dict[str, Evidence]:
    """Return what the text of a person tells."""
    hits = find_hits(profile.wishes) if profile.wishes else []
    wished = said_words([(hit, 1.0) for hit in hits if not hit.negated])
    said = {node: WRITTEN * _width(node) * _confirmed(node, wished, ()) for node in wished}
    strength = {node: WRITTEN * _width(node) * _confirmed(node, wished, profile.interests) for node in wished}
    # What was ticked makes no wish of the text one of one's own: a tick more never counts against another wish.
    if any(one >= SPECIFIC_LEAST for node, one in said.items() if node not in OF_EVERYBODY):
        for node in OF_EVERYBODY & strength.keys():
            strength[node] *= OF_EVERYBODY_SHARE
    refused = said_words([(hit, 1.0) for hit in hits if hit.negated])
    return {node: Evidence(one, tuple(wished[node])) for node, one in strength.items()} | {
        node: Evidence(-WRITTEN * certainty(list(words.values())), tuple(words))
        for node, words in refused.items()
        if node not in wished
    }


def _confirmed(node: str, wished: Mapping[str, Mapping[str, float]], ticked: Sequence[str]) -> float:
    """Return how sure it is that a text wishes for a node: by its own words, and by those for what lies near."""
    own = wished[node]
    sure = [A_WORD * weight for weight in own.values()]
    for other, words in wished.items():
        near = _near(node, other)
        sure += [CONFIRMS * near * weight for word, weight in words.items() if near and word not in own]
    sure += [CONFIRMS * TICKED * _near(node, interest) for interest in ticked]
    return certainty(sure)


def _near(node: str, other: str) -> float:
    near = max(closeness(node, other), closeness(other, node)) if node != other else 0.0
    return near if near >= NEAR_LEAST else 0.0


def _marks(profile: Profile, found: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Return the marks beside the interests: with whom, how open, and what is hard to do in a wheelchair."""
    marks = {FOR + one: Evidence(FOR_STRENGTH, given=True) for one in profile.audience if one != "everyone"}
    wished = {node for node, one in found.items() if one.strength >= PARENT_LEAST}
    said = {
        "parents": bool(wished & set(PARENTS)) or not {"childcare", "child_welcome"}.isdisjoint(profile.needs),
        "women": "women_meeting" in wished,
    }
    for audience, strength in NOT_SAID.items():
        if audience not in profile.audience and not said[audience]:
            marks[FOR + audience] = Evidence(strength)
    talk = {"coffee_chat", "dutch_practice", MEETING}
    refused = talk & {*profile.avoid, *(node for node, one in found.items() if one.strength < 0)}
    if any(one.strength > 0 for one in found.values()) and not refused:
        marks[OPEN] = Evidence(OPEN_STRENGTH)
    if "wheelchair" in profile.needs:
        marks[ON_FOOT] = Evidence(NOT_ON_FOOT)
    return marks


def _width(node: str) -> float:
    return WRITTEN_BRANCH if not interests()[node].parent and node != MEETING else 1.0


def wish_vector(evidence: Mapping[str, Evidence]) -> NDArray[np.float64]:
    """Return strengths as p-th powers; shape (n_nodes,), -1 to 1."""
    strength = np.zeros(len(nodes()))
    for node, one in evidence.items():
        strength[node_index()[node]] = one.strength
    return powers(strength)
