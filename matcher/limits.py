"""Hard limits, each as a mask over activities: True where the limit is broken. Unknown (NaN) never breaks one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088


def haversine_km(lat_lon: Floats, lat: float, lon: float) -> Floats:
    """Return the great-circle distance of each point to one point.

    Parameters
    ----------
    lat_lon : float64 ndarray of shape (n_points, 2), degrees
    lat, lon : float, degrees

    Returns
    -------
    float64 ndarray of shape (n_points,), kilometres

    References
    ----------
    Sinnott (1984), Virtues of the haversine, Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> haversine_km(np.array([[50.8796, 4.7009]]), 50.9085, 4.6712).round(1)
    array([3.8])
    """
    phi, phi0 = np.radians(lat_lon[:, 0]), np.radians(lat)
    half_lat, half_lon = (phi - phi0) / 2, np.radians(lat_lon[:, 1] - lon) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(phi) * np.cos(phi0) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def avoid_broken(given: Bools, avoid: Ints) -> Bools:
    """Mask activities of which a given interest, or one above it, is avoided.

    Parameters
    ----------
    given : bool ndarray of shape (n_nodes, n_activities), closed upwards in the tree
    avoid : int64 ndarray, rows of ``given``
    """
    return np.asarray(given[avoid].any(axis=0))


def distance_broken(distance_km: Floats, max_distance_km: float) -> Bools:
    """Mask activities that are known to be farther than the person wants to go."""
    return distance_km > max_distance_km


def price_broken(price_eur: Floats, reduced_price_eur: Floats, max_price_eur: float) -> Bools:
    """Mask activities whose price, and reduced price if there is one, is over the most a person can pay."""
    return (price_eur > max_price_eur) & ~(reduced_price_eur <= max_price_eur)


def age_broken(age_min: Floats, age_max: Floats, age: float) -> Bools:
    """Mask activities for other ages."""
    return (age < age_min) | (age > age_max)


def audience_broken(
    audience: Ints,
    wanted: int,
    age: float,
    *,
    women: int,
    men: int,
    everyone: int,
    youth: int,
    seniors: int,
    youth_age_max: int,
    seniors_age_min: int,
) -> Bools:
    """Mask activities for women only, men only, or for ages that the person does not have.

    Parameters
    ----------
    audience : int64 ndarray of shape (n_activities,), bits
    wanted : int
        Bits of what the person wants taken into account.
    age : float
        NaN when unknown.
    women, men, everyone, youth, seniors : int
        The bit of each word.
    """
    for_women = (audience & women != 0) & (audience & (men | everyone) == 0)
    for_men = (audience & men != 0) & (audience & (women | everyone) == 0)
    broken = np.zeros(audience.shape, dtype=bool)
    if wanted & men and not wanted & women:
        broken |= for_women
    if wanted & women and not wanted & men:
        broken |= for_men
    if not np.isnan(age):
        own = (youth if age <= youth_age_max else 0) | (seniors if age >= seniors_age_min else 0)
        for_ages = (audience != 0) & (audience & ~(youth | seniors) == 0)
        broken |= for_ages & (audience & own == 0)
    return broken


def need_broken(lacks: Ints, needs: int) -> Bools:
    """Mask activities that are known not to meet a need of the person (both as bits)."""
    return np.asarray(lacks & needs != 0)


def schedule_broken(empty: Bools, known: Bools, attended: Ints, flex_fits: Bools) -> Bools:
    """Mask patterns of which no session can be attended; an unknown schedule only when no day is left."""
    return np.asarray(empty | (known & (attended == 0) & ~flex_fits))


def as_codes(masks: Sequence[Bools]) -> Ints:
    """Join the masks of the limits into one number an activity, bit *i* for the *i*-th limit; 0 is allowed."""
    codes = np.zeros(masks[0].shape, dtype=np.int64)
    for number, mask in enumerate(masks):
        codes |= mask.astype(np.int64) << number
    return codes
