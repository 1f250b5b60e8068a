"""The aspects of a score: how well each activity suits one person, seven times, each from 0 to 1.

Every function takes columns of an offer (arrays with one value an activity) and the numbers of one person, or of
many people along a further axis, works value by value in 64 bits, and so gives the same bits for one activity or a
million. Unknown scores a little under what is usual among the known, never 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .limits import Bools, Counts, Floats, Ints

DECIMALS = 4
"""Aspect scores and totals are rounded to this many decimals."""

# Language. The place of a level in LEVELS minus that of the level from which a taalicoon is meant (1: pre-A1,
# 2: A1, 3: A2, 4: B1; our own mapping, there is no official one). Below 0 it is hard, far above 0 it is dull.
LEVEL_FIT = {-3: 0.2, -2: 0.35, -1: 0.65, 0: 1.0, 1: 1.0, 2: 0.9, 3: 0.8, 4: 0.7, 5: 0.65, 6: 0.6}
UNKNOWN_FIT = 0.8
TALK = {None: 0.65, "low": 0.1, "medium": 0.65, "high": 1.0}
OTHERS = {None: 0.7, "learners": 0.2, "mixed": 0.85, "dutch_speakers": 1.0}
DUTCH_SPOKEN = {None: 0.7, "no": 0.0, "beside": 0.6, "yes": 1.0}
FIT_SHARE, TALK_SHARE, OTHERS_SHARE, DUTCH_SHARE = 0.5, 0.15, 0.2, 0.15

# Group: half as good for each doubling of the size away from what the person prefers.
UNKNOWN_GROUP = 0.6

# Schedule: the share of the sessions that fit, and how far their hours reach towards the hours to go.
SESSIONS_SHARE, HOURS_SHARE = 0.4, 0.6
UNKNOWN_SCHEDULE = 0.6

# Distance: detours over the great circle, speed in km/h and minutes lost by waiting or parking, by transport.
DETOUR = 1.3
SPEED_KMH = {"walk": 5.0, "bike": 15.0, "public": 20.0, "car": 40.0}
WAIT_MIN = {"walk": 0.0, "bike": 1.0, "public": 10.0, "car": 5.0}
HALF_AS_GOOD_MIN = 30.0
UNKNOWN_DISTANCE = 0.6

# Contact: how lasting it can become.
RECURS_SHARE, INTERACTION_SHARE, PEOPLE_SHARE, SIZE_SHARE, KIND_SHARE, STEP_SHARE = (
    0.2,
    0.15,
    0.15,
    0.05,
    0.25,
    0.2,
)
STEP = {None: 0.75, 1: 1.0, 2: 0.9, 3: 0.7, 4: 0.6}
"""How small a step it is to join, by taalicoon."""
ONLINE_SHARE, LEARNERS_SHARE = 0.8, 0.75
"""What is left of the contact when it is online, or when all are newcomers to the language."""
FULL_RECURRENCE = 20
UNKNOWN_RECURRENCE = 0.6
INTERACTION = {None: 0.5, "low": 0.0, "medium": 0.55, "high": 1.0}
PEOPLE = {None: 0.6, "learners": 0.1, "mixed": 0.85, "dutch_speakers": 1.0}
SMALL_MOST, MEDIUM_MOST = 12, 25
SMALL, MEDIUM, LARGE, UNKNOWN_SIZE = 1.0, 0.8, 0.5, 0.75
KIND_CONTACT = {
    "buddy": 1.0,
    "conversation_group": 0.8,
    "neighbourhood": 0.8,
    "informal": 0.8,
    "association": 0.55,
    "volunteering": 0.55,
    "course": 0.45,
    "sport": 0.45,
    "culture": 0.45,
    "school": 0.4,
    "internship": 0.2,
}

# Practical: shares of needs (only if there are any), price, places and how recently the record was verified.
NEEDS_SHARE, PRICE_SHARE, PLACES_SHARE, VERIFIED_SHARE, AUDIENCE_SHARE = 0.45, 0.3, 0.15, 0.1, 0.3
NEED_UNKNOWN = 0.4
PRICE_UNKNOWN = 0.65
PRICE_HALF_EUR = 10.0
PLACES_UNKNOWN, PLACES_FEW, FEW_PLACES = 0.8, 0.9, 2
VERIFIED_DAYS, VERIFIED_LEAST, VERIFIED_UNKNOWN = 365.0, 0.4, 0.5
AUDIENCE_NEUTRAL = 0.5
AGE_OPEN, NO_CAR = 0.8, 0.6
"""What is left of what is meant for certain ages when the age is not known, and of driving without a car."""


def interest_match(power_sum: Floats, derived_avoided: Bools, *, power: int) -> Floats:
    """Score how well the wishes are answered.

    Parameters
    ----------
    power_sum : float64 ndarray, sum of the p-th powers of strength times affinity
    derived_avoided : bool ndarray
        True where the text tells of something to avoid: the score is 0.
    power : int
        p, the power of the sum.
    """
    answered = np.flatnonzero((power_sum > 0.0) & ~derived_avoided)
    match = np.zeros(power_sum.shape)
    match[answered] = np.minimum(power_sum[answered] ** (1 / power), 1.0).round(DECIMALS)
    return match


def language_fit(
    taalicoon: int | None, interaction: str | None, participants: str | None, dutch: str | None, level: int
) -> float:
    """Score the chance to practise Dutch, and whether it is neither too hard nor too easy.

    Parameters
    ----------
    level : int
        Place of the person's level in the vocabulary, 0 for pre-A1.
    """
    fit = UNKNOWN_FIT if taalicoon is None else LEVEL_FIT[level - (taalicoon - 1)]
    return (
        FIT_SHARE * fit
        + TALK_SHARE * TALK[interaction]
        + OTHERS_SHARE * OTHERS[participants]
        + DUTCH_SHARE * DUTCH_SPOKEN[dutch]
    )


def group_nearness(low: Floats, high: Floats, sizes: list[tuple[int, int | None]]) -> Floats:
    """Score how near the usual size of a group is to what the person prefers.

    Parameters
    ----------
    low, high : float64 ndarray, people; NaN unknown
    sizes : list of (fewest, most), most None without end
        The best of them counts.
    """
    usual = np.log2(np.sqrt(low * high))
    octaves = np.full(low.shape, np.inf)
    for fewest, most in sizes:
        above = usual - np.log2(most) if most else np.full(low.shape, -np.inf)
        octaves = np.fmin(octaves, np.maximum(0.0, np.maximum(np.log2(fewest) - usual, above)))
    return np.where(np.isnan(usual), UNKNOWN_GROUP, 0.5**octaves).round(DECIMALS)


def schedule_fit(known: Bools, sessions: Counts, attended: Counts, hours: Floats, hours_to_go: Floats) -> Floats:
    """Score the share of the coming sessions that fit and the hours that they give.

    Parameters
    ----------
    known : bool ndarray of shape (n_patterns,)
    sessions, attended : int32 ndarray of shape (n_patterns,), of the window
    hours : float64 ndarray of shape (n_patterns,), what can be attended
    hours_to_go : float64, hours, one or an ndarray of shape (n_patterns,)
    """
    some = np.where(hours > 0, 1.0, 0.0)
    share = np.where(sessions > 0, attended / np.maximum(sessions, 1), some)
    to_go = hours_to_go > 0
    reach = np.where(to_go, np.minimum(1.0, hours / np.where(to_go, hours_to_go, 1.0)), some)
    return np.where(known, SESSIONS_SHARE * share + HOURS_SHARE * reach, UNKNOWN_SCHEDULE).round(DECIMALS)


def travel_min(distance_km: Floats, transport: str | None) -> Floats:
    """Estimate the minutes of a journey one way; a person whose transport is not known is taken to cycle."""
    wait_min, speed_kmh = pace(transport)
    return wait_min + distance_km * DETOUR / speed_kmh * 60.0


def pace(transport: str | None) -> tuple[float, float]:
    """Return the minutes lost by waiting and the speed in km/h."""
    by = transport or "bike"
    return WAIT_MIN[by], SPEED_KMH[by]


def closeness_of_place(
    distance_km: Floats, online: Bools, wait_min: Floats | float, speed_kmh: Floats | float
) -> Floats:
    """Score the journey: half as good for each `HALF_AS_GOOD_MIN`; NaN kilometres are unknown."""
    minutes = np.where(online, 0.0, wait_min + distance_km * DETOUR / speed_kmh * 60.0)
    return np.where(np.isnan(distance_km), UNKNOWN_DISTANCE, 0.5 ** (minutes / HALF_AS_GOOD_MIN)).round(DECIMALS)


def recurrence(lasting: Ints) -> Floats:
    """Score how often people meet: sessions, -1 by agreement, -2 unknown."""
    often = np.log2(1.0 + np.clip(lasting, 0, FULL_RECURRENCE)) / np.log2(1.0 + FULL_RECURRENCE)
    return np.where(lasting == -1, 1.0, np.where(lasting == -2, UNKNOWN_RECURRENCE, often))


def lasting_contact(
    lasting: Ints,
    interaction: Floats,
    people: Floats,
    group_high: Floats,
    kind: Floats,
    step: Floats,
    online: Bools,
    learners: Bools,
) -> Floats:
    """Score the chance that contacts last: often, with one another, few, people who have long lived here."""
    size = np.where(group_high <= SMALL_MOST, SMALL, np.where(group_high <= MEDIUM_MOST, MEDIUM, LARGE))
    size = np.where(np.isnan(group_high), UNKNOWN_SIZE, size)
    total = (
        RECURS_SHARE * recurrence(lasting)
        + INTERACTION_SHARE * interaction
        + PEOPLE_SHARE * people
        + SIZE_SHARE * size
        + KIND_SHARE * kind
        + STEP_SHARE * step
    )
    return np.asarray(total * np.where(online, ONLINE_SHARE, 1.0) * np.where(learners, LEARNERS_SHARE, 1.0)).round(
        DECIMALS
    )


def price_ease(price_eur: Floats, reduced_price_eur: Floats, max_price_eur: Floats) -> Floats:
    """Score the price of a session: 1 when free, half as good at `PRICE_HALF_EUR` more."""
    own = np.where(price_eur > max_price_eur, np.fmin(price_eur, reduced_price_eur), price_eur)
    return np.where(np.isnan(own), PRICE_UNKNOWN, 0.5 ** (own / PRICE_HALF_EUR))


def places_ease(places_left: Floats) -> Floats:
    """Score the places left; NaN is unknown."""
    places = np.where(places_left <= FEW_PLACES, PLACES_FEW, 1.0)
    return np.where(np.isnan(places_left), PLACES_UNKNOWN, places)


def freshness(verified_days: Floats) -> Floats:
    """Score how recently the record was verified, in days; NaN is unknown."""
    fresh = np.clip(
        1.0 - np.maximum(0.0, verified_days - VERIFIED_DAYS) / (2 * VERIFIED_DAYS), VERIFIED_LEAST, 1.0
    )
    return np.where(np.isnan(verified_days), VERIFIED_UNKNOWN, fresh)


def needs_part(facilities: Ints, needs: Ints) -> Floats:
    """Score the share of the needs (bits, as the facilities) that is met, times its weight; 0 without needs."""
    met = np.bitwise_count(facilities & needs) / np.maximum(np.bitwise_count(needs), 1)
    return np.where(needs != 0, NEEDS_SHARE * (met + (1.0 - met) * NEED_UNKNOWN), 0.0)


def audience_part(audience: Ints, wanted: Ints) -> Floats:
    """Score whether it is for whom the person belongs to (bits), times its weight; 0 when nothing was said."""
    fit = np.where(audience & wanted != 0, 1.0, AUDIENCE_NEUTRAL)
    return np.where(wanted != 0, AUDIENCE_SHARE * fit, 0.0)


def practical_shares(needs: Ints, wanted: Ints) -> Floats:
    """Return the sum of the weights within the practical aspect; those of needs and audience only if given."""
    share = np.where(needs != 0, PRICE_SHARE + PLACES_SHARE + VERIFIED_SHARE + NEEDS_SHARE, _ALWAYS_SHARE)
    return np.where(wanted != 0, share + AUDIENCE_SHARE, share)


_ALWAYS_SHARE = PRICE_SHARE + PLACES_SHARE + VERIFIED_SHARE


def practical_ease(
    price: Floats,
    places: Floats,
    fresh: Floats,
    needs: Floats,
    audience: Floats,
    share: Floats,
    *,
    age_left: Floats,
    car_left: Floats,
) -> Floats:
    """Score needs, price, places, audience and freshness together.

    Parameters
    ----------
    price, places, fresh : float64 ndarray, from `price_ease`, `places_ease` and `freshness`
    needs, audience : float64 ndarray, from `needs_part` and `audience_part`
    share : float64 ndarray, from `practical_shares`
    age_left, car_left : float64 ndarray
        What is left of it: `AGE_OPEN` and `NO_CAR` where they hold, else 1.
    """
    total = PRICE_SHARE * price + PLACES_SHARE * places + VERIFIED_SHARE * fresh
    return np.asarray((total + needs + audience) / share * age_left * car_left).round(DECIMALS)


def total_score(aspects: NDArray[np.float64], weights: NDArray[np.float64]) -> Floats:
    """Return the weighted sum of aspects; in whole steps of 1e-8, so that no order of summation matters.

    Parameters
    ----------
    aspects : float64 ndarray of shape (n_activities, n_aspects), rounded to `DECIMALS`
    weights : float64 ndarray of shape (n_aspects,) or (n_activities, n_aspects), rounded to `DECIMALS`, sum 1
    """
    unit = 10**DECIMALS
    # Whole numbers up to 10 ** 8: exact in 64 bits, whatever the order of summation.
    steps = (np.rint(aspects * unit) * np.rint(weights * unit)).sum(axis=-1)
    return np.asarray((steps / unit**2).round(DECIMALS))


def scaled_weights(weights: Floats, given: Bools) -> Floats:
    """Scale the weights of the aspects about which something was given to sum 1, in steps of 1e-4.

    Notes
    -----
    Largest remainders: each weight is rounded down, and what is left goes to those that lost most.

    Examples
    --------
    >>> scaled_weights(np.array([0.4, 0.2, 0.1]), np.array([True, True, False]))
    array([0.6667, 0.3333, 0.    ])
    """
    unit = 10**DECIMALS
    exact = np.where(given, weights, 0.0)
    exact = exact / exact.sum() * unit
    steps = np.floor(exact)
    lost = np.argsort(-(exact - steps), kind="stable")[: int(round(unit - steps.sum()))]
    steps[lost] += 1
    return np.asarray(steps / unit)
