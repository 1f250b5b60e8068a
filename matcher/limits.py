"""Hard limits, each as a mask: True where the limit is broken. Unknown (NaN) never breaks one.

What is said of an activity and of a person may be arrays that broadcast: activities first, then people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = NDArray[np.int32]
Bools = NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088


def haversine_km(lat_lon: Floats, lat: Floats | float, lon: Floats | float) -> Floats:
    """Return the great-circle distance of each point to one point, or to one of its own; NaN is unknown.

    Parameters
    ----------
    lat_lon : float64 ndarray of shape (n_points, 2), degrees
    lat, lon : float or float64 ndarray of shape (n_points,), degrees

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


def distance_broken(distance_km: Floats, max_distance_km: Floats) -> Bools:
    """Mask activities that are known to be farther than the person wants to go."""
    return distance_km > max_distance_km


def price_broken(price_eur: Floats, reduced_price_eur: Floats, max_price_eur: Floats) -> Bools:
    """Mask activities whose price, and reduced price if there is one, is over the most a person can pay."""
    return (price_eur > max_price_eur) & ~(reduced_price_eur <= max_price_eur)


def age_broken(age_min: Floats, age_max: Floats, age: Floats) -> Bools:
    """Mask activities for other ages."""
    return (age < age_min) | (age > age_max)


def audience_broken(
    audience: Ints,
    wanted: Ints,
    age: Floats,
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
    audience : int64 ndarray of shape (n_activities, 1), bits
    wanted : int64 ndarray of shape (n_people,)
        Bits of what the person wants taken into account.
    age : float64 ndarray of shape (n_people,)
        NaN when unknown.
    women, men, everyone, youth, seniors : int
        The bit of each word.
    """
    for_women = (audience & women != 0) & (audience & (men | everyone) == 0)
    for_men = (audience & men != 0) & (audience & (women | everyone) == 0)
    as_man = (wanted & men != 0) & (wanted & women == 0)
    as_woman = (wanted & women != 0) & (wanted & men == 0)
    own = np.where(age <= youth_age_max, youth, 0) | np.where(age >= seniors_age_min, seniors, 0)
    for_ages = (audience != 0) & (audience & ~(youth | seniors) == 0)
    of_other_age = for_ages & ~np.isnan(age) & (audience & own == 0)
    return np.asarray((for_women & as_man) | (for_men & as_woman) | of_other_age)


def need_broken(lacks: Ints, needs: Ints) -> Bools:
    """Mask activities that are known not to meet a need of the person (both as bits)."""
    return np.asarray(lacks & needs != 0)


def schedule_broken(empty: Bools, known: Bools, attended: Counts, flex_fits: Bools) -> Bools:
    """Mask patterns of which no session can be attended; an unknown schedule only when no day is left."""
    return np.asarray(empty | (known & (attended == 0) & ~flex_fits))


def as_codes(masks: Sequence[Bools]) -> Ints:
    """Join the masks of the limits into one number an activity, bit *i* for the *i*-th limit; 0 is allowed."""
    codes = np.zeros(masks[0].shape, dtype=np.int64)
    for number, mask in enumerate(masks):
        codes |= mask.astype(np.int64) << number
    return codes
