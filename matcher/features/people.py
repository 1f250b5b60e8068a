"""Profiles as numbers: what the mathematics needs to know of a person, and nothing that names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..model import Profile
from ..schedule import HORIZON_DAYS, Availability
from ..vocabulary import AUDIENCES, GROUP_SIZES, LEVELS, NEEDS, TRANSPORTS
from .offer import point_of
from .space import Evidence, node_index, nodes
from .wishes import wish_evidence, wish_vector


@dataclass(frozen=True, slots=True)
class PersonArrays:
    """One person on one day.

    wish : float64 ndarray of shape (n_nodes,), p-th powers of the strength of each wish, -1 to 1
    wished : the evidence behind it
    has_wish : bool, False when the person gave no interest and no wish that was understood
    avoid : int64 ndarray, columns of the nodes to avoid
    level : int or None, place in `LEVELS`
    group : int, one bit for each of `GROUP_SIZES`; 0 without a wish
    availability : Availability or None when unknown
    first_day, last_day : int, the person's own window in days from today; it may be empty
    point : (latitude, longitude) in degrees, or None
    transport : int or None, place in `TRANSPORTS`
    max_distance_km, max_price_eur, age : float, NaN when not given
    audience, needs : int, one bit for each word of the vocabulary
    hours_to_go : float
    """

    wish: NDArray[np.float64]
    wished: Mapping[str, Evidence]
    has_wish: bool
    avoid: NDArray[np.int64]
    level: int | None
    group: int
    availability: Availability | None
    first_day: int
    last_day: int
    point: tuple[float, float] | None
    transport: int | None
    max_distance_km: float
    max_price_eur: float
    age: float
    audience: int
    needs: int
    hours_to_go: float


def encode_profile(profile: Profile, *, today: date) -> PersonArrays:
    """Turn a profile into numbers, as it stands on one day."""
    wished = wish_evidence(profile)
    columns = node_index()
    first_day = (profile.available_from - today).days if profile.available_from else 0
    last_day = (profile.available_until - today).days if profile.available_until else HORIZON_DAYS
    return PersonArrays(
        wish=wish_vector(wished) if wished else np.zeros(len(nodes())),
        wished=wished,
        has_wish=any(one.strength > 0 and ":" not in node for node, one in wished.items()),
        avoid=np.array([columns[interest] for interest in profile.avoid], dtype=np.int64),
        level=LEVELS.index(profile.dutch_level) if profile.dutch_level else None,
        group=sum(1 << number for number, size in enumerate(GROUP_SIZES) if size in profile.group_sizes),
        availability=profile.availability,
        first_day=max(0, first_day),
        last_day=min(HORIZON_DAYS, last_day),
        point=point_of(profile.home.lat, profile.home.lon, profile.home.postal_code),
        transport=TRANSPORTS.index(profile.transport) if profile.transport else None,
        max_distance_km=_number(profile.max_distance_km),
        max_price_eur=_number(profile.max_price_eur),
        age=_number(profile.age),
        audience=_bits(profile.audience, AUDIENCES),
        needs=_bits(profile.needs, NEEDS),
        hours_to_go=profile.hours_to_go,
    )


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _bits(chosen: tuple[str, ...], words: tuple[str, ...]) -> int:
    return sum(1 << number for number, word in enumerate(words) if word in chosen)
