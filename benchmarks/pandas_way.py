"""The same ranking as somebody would write it with scikit-learn and pandas: a frame, a column for each aspect.

The interests are compared by the cosine of their vectors; the limits are those of ``matcher``, the other aspects
are made in the same manner from the same columns. Written to be fair, not to be fast or slow: whole columns, one
person at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics.pairwise import cosine_similarity

from matcher.features.offer import EVERYONE, MEN, SENIORS, UNKNOWN_PLACE, WOMEN, YOUTH, OfferArrays
from matcher.features.people import PersonArrays
from matcher.limits import EARTH_RADIUS_KM
from matcher.model.answer import ASPECTS
from matcher.ranking import ActivityRanker
from matcher.schedule import DROP_IN_LEAST_MIN, DROP_IN_MOST_MIN
from matcher.vocabulary import GROUP_SIZES, SENIORS_AGE_MIN, TRANSPORTS, YOUTH_AGE_MAX

# The manner of `matcher.aspects`, with settings of their own: how good an aspect is does not change the time.
SESSIONS_SHARE, HOURS_SHARE, UNKNOWN_SCHEDULE = 0.4, 0.6, 0.6
UNKNOWN_GROUP, UNKNOWN_DISTANCE, HALF_AS_GOOD_MIN, DETOUR = 0.6, 0.6, 30.0, 1.3
SPEED_KMH = {"walk": 5.0, "bike": 15.0, "public": 20.0, "car": 40.0}
WAIT_MIN = {"walk": 0.0, "bike": 1.0, "public": 10.0, "car": 5.0}
NEEDS_SHARE, PRICE_SHARE, PLACES_SHARE, VERIFIED_SHARE, AUDIENCE_SHARE = 0.45, 0.3, 0.15, 0.1, 0.3
NEED_UNKNOWN, PRICE_UNKNOWN, PLACES_UNKNOWN, VERIFIED_UNKNOWN, AUDIENCE_NEUTRAL = 0.4, 0.65, 0.8, 0.5, 0.5
PRICE_HALF_EUR, PLACES_FEW, FEW_PLACES, VERIFIED_DAYS, VERIFIED_LEAST = 10.0, 0.9, 2, 365.0, 0.4
PEOPLE_AT_ONCE = 256
FLEX_LEAST_MIN = 60


class PandasWay:
    """An offer as frames.

    Parameters
    ----------
    ranker : ActivityRanker
        Gives the offer, the weights, and the two aspects that it prepares while it is fitted.
    """

    def __init__(self, ranker: ActivityRanker) -> None:
        self.ranker, self.offer = ranker, ranker.offer_
        self.vectors = self.offer.interests.affinity.T.copy()
        self.activities = _activities(self.offer)
        self.activities["contact"] = ranker.facets_.contact
        self.sessions = _sessions(self.offer)
        self.patterns = _patterns(self.offer)
        self.flex_open = _flex_open(self.offer)

    def rank(self, people: Sequence[PersonArrays], *, k: int) -> list[NDArray[np.int64]]:
        """Return each person's best ``k`` rows."""
        chosen = []
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            some = people[start : start + PEOPLE_AT_ONCE]
            similarity = cosine_similarity(np.stack([person.wish for person in some]), self.vectors)
            for person, alike in zip(some, similarity, strict=True):
                scored = self.scored(person, alike)
                best = scored[scored["allowed"]].sort_values("total", ascending=False, kind="stable").head(k)
                chosen.append(best.index.to_numpy())
        return chosen

    def scored(self, person: PersonArrays, alike: NDArray[np.float64]) -> pd.DataFrame:
        """Return the frame with a column for each aspect, the total, and what is allowed."""
        found = self.activities.copy()
        avoided = self.offer.interests.derived[person.avoid].any(axis=0)
        found["interests"] = np.where(avoided, 0.0, np.clip(alike, 0.0, 1.0))
        found["language"] = (
            0.0 if person.level is None else self.ranker.facets_.language[found["language_code"], person.level]
        )
        found["group"] = _group(found, person)
        found["km"] = _kilometres(found, person)
        found["distance"] = _distance(found, person)
        found["practical"] = _practical(found, person)
        found = found.join(self._schedule(person), on="pattern")
        weights = _weights(self.ranker, person)
        found["total"] = sum(found[aspect] * weight for aspect, weight in weights.items())
        found["allowed"] = ~_broken(found, person, self.offer)
        return found

    def _schedule(self, person: PersonArrays) -> pd.DataFrame:
        """Return, for each distinct schedule, the aspect and whether it is out of the question."""
        inside = self.sessions[self.sessions["day"].between(person.first_day, person.last_day)].copy()
        inside["minutes"] = _minutes(inside, person)
        inside["attended"] = inside["minutes"] > 0
        by_pattern = inside.groupby("pattern").agg(
            sessions=("day", "size"), attended=("attended", "sum"), minutes=("minutes", "sum")
        )
        found = self.patterns.join(by_pattern).fillna({"sessions": 0, "attended": 0, "minutes": 0})
        flex_days = self.flex_open[:, person.first_day : person.last_day + 1].sum(axis=1)
        week = person.availability
        possible = week is None or week.longest_min >= FLEX_LEAST_MIN
        a_week = found["flex_hours"].clip(upper=np.inf if week is None else week.free_min / 60) * possible
        hours = found["minutes"] / 60 + a_week * flex_days / 7
        share = (found["attended"] / found["sessions"]).where(found["sessions"] > 0, (hours > 0).astype(float))
        reach = (hours / person.hours_to_go).clip(upper=1) if person.hours_to_go > 0 else (hours > 0).astype(float)
        fit = SESSIONS_SHARE * share + HOURS_SHARE * reach
        flex = (found["flex_hours"] > 0) & possible & (flex_days > 0)
        empty = found["first_day"].clip(lower=person.first_day) > found["last_day"].clip(upper=person.last_day)
        return pd.DataFrame(
            {
                "schedule": fit.where(found["known"], UNKNOWN_SCHEDULE),
                "no_time": empty | (found["known"] & (found["attended"] == 0) & ~flex),
            }
        )


def _activities(offer: OfferArrays) -> pd.DataFrame:
    names = ("price_eur", "reduced_price_eur", "age_min", "age_max", "places_left", "verified_days")
    names += ("group_low", "group_high", "audience", "facilities", "lacks", "criteria_bad", "over", "online")
    frame = pd.DataFrame({name: getattr(offer, name) for name in (*names, "language_code")})
    frame["pattern"] = offer.calendar.pattern
    points = np.vstack([offer.place_lat_lon, [np.nan, np.nan]])
    rows = np.where(offer.place == UNKNOWN_PLACE, len(points) - 1, offer.place)
    frame["lat"], frame["lon"] = points[rows].T
    return frame


def _sessions(offer: OfferArrays) -> pd.DataFrame:
    """Return a row for each dated session of each distinct schedule."""
    calendar = offer.calendar
    weeks = np.arange(53, dtype=np.uint64)
    entry, week = np.nonzero(calendar.entry_bits[:, None] >> weeks & np.uint64(1))
    slot = calendar.entry_slot[entry]
    return pd.DataFrame(
        {
            "pattern": calendar.entry_pattern[entry],
            "day": 7 * week + calendar.entry_offset[entry],
            "weekday": calendar.slot_day[slot],
            "start": calendar.slot_start[slot],
            "end": calendar.slot_end[slot],
            "drop_in": calendar.slot_drop_in[slot],
        }
    )


def _patterns(offer: OfferArrays) -> pd.DataFrame:
    names = ("known", "first_day", "last_day", "flex_hours")
    return pd.DataFrame({name: getattr(offer.calendar, name) for name in names})


def _flex_open(offer: OfferArrays) -> NDArray[np.bool_]:
    """Return on which days hours by agreement are possible; shape (n_patterns, 53 weeks of days)."""
    weeks = np.arange(53, dtype=np.uint64)
    is_open = offer.calendar.flex_bits[:, None, :] >> weeks[None, :, None] & np.uint64(1)
    return is_open.reshape(len(is_open), -1).astype(bool)


def _minutes(sessions: pd.DataFrame, person: PersonArrays) -> NDArray[np.float64]:
    length = (sessions["end"] - sessions["start"]).to_numpy()
    if person.availability is None:
        free = length
    else:
        free = np.zeros(len(sessions))
        for day, stretches in enumerate(person.availability.stretches):
            for start, end in stretches:
                overlap = sessions["end"].clip(upper=end) - sessions["start"].clip(lower=start)
                free += np.where(sessions["weekday"] == day, overlap.clip(lower=0), 0)
    whole = np.where(free == length, length, 0)
    part = np.where(free >= np.minimum(length, DROP_IN_LEAST_MIN), np.minimum(free, DROP_IN_MOST_MIN), 0)
    return np.where(sessions["drop_in"], part, whole)


def _group(found: pd.DataFrame, person: PersonArrays) -> pd.Series | float:
    sizes = [size for number, size in enumerate(GROUP_SIZES.values()) if person.group >> number & 1]
    if not sizes:
        return 0.0
    usual = np.log2(np.sqrt(found["group_low"] * found["group_high"]))
    away = [
        np.maximum(np.log2(least) - usual, usual - np.log2(most) if most else 0.0).clip(lower=0)
        for least, most in sizes
    ]
    return (0.5 ** pd.concat(away, axis=1).min(axis=1)).where(usual.notna(), UNKNOWN_GROUP)


def _kilometres(found: pd.DataFrame, person: PersonArrays) -> pd.Series | float:
    if person.point is None:
        return pd.Series(np.nan, index=found.index).mask(found["online"], 0.0)
    lat, lon = np.radians(person.point)
    lats, lons = np.radians(found["lat"]), np.radians(found["lon"])
    chord = np.sin((lats - lat) / 2) ** 2 + np.cos(lats) * np.cos(lat) * np.sin((lons - lon) / 2) ** 2
    return (2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord))).mask(found["online"], 0.0)


def _distance(found: pd.DataFrame, person: PersonArrays) -> pd.Series:
    by = "bike" if person.transport is None else TRANSPORTS[person.transport]
    minutes = WAIT_MIN[by] + found["km"] * DETOUR / SPEED_KMH[by] * 60
    near = 0.5 ** (minutes.mask(found["online"], 0.0) / HALF_AS_GOOD_MIN)
    return near.where(found["km"].notna(), UNKNOWN_DISTANCE)


def _practical(found: pd.DataFrame, person: PersonArrays) -> pd.Series:
    lower = found[["price_eur", "reduced_price_eur"]].min(axis=1)
    own = found["price_eur"].mask(found["price_eur"] > person.max_price_eur, lower)
    price = (0.5 ** (own / PRICE_HALF_EUR)).where(own.notna(), PRICE_UNKNOWN)
    few = found["places_left"] <= FEW_PLACES
    places = pd.Series(np.where(few, PLACES_FEW, 1.0), index=found.index)
    places = places.where(found["places_left"].notna(), PLACES_UNKNOWN)
    late = (found["verified_days"] - VERIFIED_DAYS).clip(lower=0) / (2 * VERIFIED_DAYS)
    fresh = (1 - late).clip(lower=VERIFIED_LEAST).where(late.notna(), VERIFIED_UNKNOWN)
    total = PRICE_SHARE * price + PLACES_SHARE * places + VERIFIED_SHARE * fresh
    share = PRICE_SHARE + PLACES_SHARE + VERIFIED_SHARE
    if person.needs:
        met = np.bitwise_count(found["facilities"] & person.needs) / person.needs.bit_count()
        total = total + NEEDS_SHARE * (met + (1 - met) * NEED_UNKNOWN)
        share += NEEDS_SHARE
    if person.audience:
        wanted = np.where(found["audience"] & person.audience != 0, 1.0, AUDIENCE_NEUTRAL)
        total = total + AUDIENCE_SHARE * wanted
        share += AUDIENCE_SHARE
    return total / share


def _broken(found: pd.DataFrame, person: PersonArrays, offer: OfferArrays) -> pd.Series:
    avoided = offer.interests.given[person.avoid].any(axis=0)
    cheaper = found["reduced_price_eur"] <= person.max_price_eur
    return (
        found["criteria_bad"]
        | found["over"]
        | found["no_time"]
        | avoided
        | (found["km"] > person.max_distance_km)
        | ((found["price_eur"] > person.max_price_eur) & ~cheaper)
        | (person.age < found["age_min"])
        | (person.age > found["age_max"])
        | _wrong_audience(found["audience"], person)
        | (found["lacks"] & person.needs != 0)
        | (found["places_left"] == 0)
    )


def _wrong_audience(audience: pd.Series, person: PersonArrays) -> pd.Series:
    broken = pd.Series(False, index=audience.index)
    if person.audience & MEN and not person.audience & WOMEN:
        broken |= (audience & WOMEN != 0) & (audience & (MEN | EVERYONE) == 0)
    if person.audience & WOMEN and not person.audience & MEN:
        broken |= (audience & MEN != 0) & (audience & (WOMEN | EVERYONE) == 0)
    if not np.isnan(person.age):
        own = YOUTH if person.age <= YOUTH_AGE_MAX else SENIORS if person.age >= SENIORS_AGE_MIN else 0
        for_ages = (audience != 0) & (audience & ~(YOUTH | SENIORS) == 0)
        broken |= for_ages & (audience & own == 0)
    return broken


def _weights(ranker: ActivityRanker, person: PersonArrays) -> dict[str, float]:
    given = {
        "interests": person.has_wish,
        "language": person.level is not None,
        "group": person.group != 0,
        "schedule": person.availability is not None,
        "distance": person.point is not None,
    }
    own = {aspect: ranker.weights[aspect] * given.get(aspect, True) for aspect in ASPECTS}
    return {aspect: weight / sum(own.values()) for aspect, weight in own.items()}
