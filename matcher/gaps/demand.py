"""Who wishes what when, and who finds it: counts by interest, half-day, level and area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """People in each cell, and those among them without an activity.

    people, without : int64 ndarray of shape (n_levels, n_areas, n_interests, n_half_days)
    """

    people: Ints
    without: Ints


def met_wishes(allowed: Bools, about: Bools, attended: Bools) -> Bools:
    """Tell for one person what the offer holds, by interest and half-day.

    Parameters
    ----------
    allowed : bool ndarray of shape (n_activities,), True for what breaks no limit of the person
    about : bool ndarray of shape (n_activities, n_interests)
    attended : bool ndarray of shape (n_activities, n_half_days), when the person can be there

    Returns
    -------
    bool ndarray of shape (n_interests, n_half_days)
    """
    chosen = np.flatnonzero(allowed)
    return np.asarray(about[chosen].T.astype(np.int64) @ attended[chosen].astype(np.int64) > 0)


def count_cells(
    wants: Bools, free: Bools, met: Bools, *, level: Ints, area: Ints, n_levels: int, n_areas: int
) -> Counts:
    """Count who wishes an interest and is free in a half-day, and who of them finds no activity.

    Parameters
    ----------
    wants : bool ndarray of shape (n_people, n_interests)
    free : bool ndarray of shape (n_people, n_half_days)
    met : bool ndarray of shape (n_people, n_interests, n_half_days)
    level, area : int64 ndarray of shape (n_people,), the group of each person
    n_levels, n_areas : int
    """
    both = wants[:, :, None] & free[:, None, :]
    shape = (n_levels, n_areas, wants.shape[1], free.shape[1])
    people, without = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(people, (level, area), both)
    np.add.at(without, (level, area), both & ~met)
    return Counts(people, without)
