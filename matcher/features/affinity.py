"""The affinity of activities to each node, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from ..model import Activity
from ..vocabulary import lineage
from .interests import activity_evidence, derived_interests
from .space import Evidence, closeness_matrix, node_index, nodes, powers


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
