"""Activities as arrays: columns in the order of the offer, NaN or a code of its own for what is unknown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from ..criteria import check_criteria, lasting_sessions
from ..model import Activity
from ..model.answer import CriteriaCheck
from ..vocabulary import AUDIENCES, INTERACTIONS, KINDS, NEEDS, PARTICIPANTS, places
from .affinity import InterestArrays, InterestTransformer
from .calendar import CalendarArrays, encode_calendar

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DUTCH = (None, "yes", "beside", "no")
TAALICOON_LEVELS = (None, 1, 2, 3, 4)
UNKNOWN_PLACE = -1

WOMEN, MEN, EVERYONE, YOUTH, SENIORS = (
    1 << AUDIENCES.index(name) for name in ("women", "men", "everyone", "youth", "seniors")
)


@dataclass(frozen=True, slots=True)
class OfferArrays:
    """An offer on one day, ready to be ranked; every array has one value an activity unless it says otherwise.

    ids : the ids, in ascending order: a tie goes to the lower column
    interests : InterestArrays
    calendar : CalendarArrays
    language_code : int64, a code for taalicoon, interaction, participants and language together
    group_low, group_high : float64, people; NaN where unknown
    place : int64, row of ``place_lat_lon``, `UNKNOWN_PLACE` where unknown
    online : bool
    place_lat_lon : float64 ndarray of shape (n_places, 2), degrees
    price_eur, reduced_price_eur, fee_eur, age_min, age_max, places_left, verified_days : float64, NaN unknown;
        the last is the number of days since the record was verified
    audience, facilities, lacks : int64, one bit for each word of the vocabulary
    criteria_bad, over : bool
    criteria : the criteria check of each activity
    lasting : int64, sessions by which an activity recurs; -1 by agreement, -2 unknown
    """

    ids: tuple[str, ...]
    interests: InterestArrays
    calendar: CalendarArrays
    language_code: Ints
    group_low: Floats
    group_high: Floats
    place: Ints
    online: Bools
    place_lat_lon: Floats
    price_eur: Floats
    reduced_price_eur: Floats
    fee_eur: Floats
    age_min: Floats
    age_max: Floats
    places_left: Floats
    verified_days: Floats
    audience: Ints
    facilities: Ints
    lacks: Ints
    criteria_bad: Bools
    over: Bools
    criteria: tuple[CriteriaCheck, ...]
    lasting: Ints
    kind: Ints

    @property
    def n_activities(self) -> int:
        """Number of activities."""
        return len(self.ids)


class OfferTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn activities into `OfferArrays` as they stand on one day.

    Parameters
    ----------
    today : date
    interests : InterestArrays or None
        Those of the same activities, when they were made before: they do not depend on the day.
    """

    def __init__(self, today: date, *, interests: InterestArrays | None = None) -> None:
        self.today = today
        self.interests = interests

    def fit(self, activities: Sequence[Activity], y: None = None) -> OfferTransformer:
        """Do nothing: no feature depends on the rest of the offer."""
        return self

    def transform(self, activities: Sequence[Activity]) -> OfferArrays:
        """Return the arrays of the activities, in their order."""
        points, place = _places(activities)
        checks = _criteria(activities, self.today)
        return OfferArrays(
            ids=tuple(activity.id for activity in activities),
            interests=self.interests or InterestTransformer().fit(activities).transform(activities),
            calendar=encode_calendar(activities, today=self.today),
            language_code=np.array([language_code(activity) for activity in activities], dtype=np.int64),
            **_group(activities),
            place=place,
            online=np.array([activity.is_online for activity in activities], dtype=bool),
            place_lat_lon=points,
            **{
                key: _numbers(activities, key)
                for key in (
                    "price_eur",
                    "reduced_price_eur",
                    "fee_eur",
                    "age_min",
                    "age_max",
                    "places_left",
                )
            },
            verified_days=np.array(
                [
                    (self.today - activity.last_verified).days if activity.last_verified else np.nan
                    for activity in activities
                ]
            ),
            audience=_bits([activity.audience for activity in activities], AUDIENCES),
            facilities=_bits([activity.facilities for activity in activities], NEEDS),
            lacks=_bits(
                [[word[1:] for word in activity.facilities if word[0] == "-"] for activity in activities],
                NEEDS,
            ),
            criteria_bad=np.array([check["verdict"] == "does_not_fit" for check in checks], dtype=bool),
            over=np.array([is_over(activity, self.today) for activity in activities], dtype=bool),
            criteria=checks,
            lasting=_lasting(activities, self.today),
            kind=np.array([KINDS.index(activity.kind) for activity in activities], dtype=np.int64),
        )


def is_over(activity: Activity, today: date) -> bool:
    """Tell whether an activity is over, cancelled or gone."""
    if activity.status in ("cancelled", "gone") or (activity.end_date and activity.end_date < today):
        return True
    schedule = activity.schedule
    return bool(
        schedule and schedule.only_once and max(session.on for session in schedule.timed) < today  # type: ignore[union-attr]
    )


def language_code(activity: Activity) -> int:
    """Return one number for what an activity says about language and talk."""
    code = TAALICOON_LEVELS.index(activity.taalicoon)
    for words, value in (
        ((None, *INTERACTIONS), activity.interaction),
        ((None, *PARTICIPANTS), activity.participants),
        (DUTCH, activity.dutch),
    ):
        code = code * len(words) + words.index(value)
    return code


def language_combinations() -> list[tuple[int | None, str | None, str | None, str | None]]:
    """Return taalicoon, interaction, participants and Dutch for each code, in the order of the codes."""
    return [
        (taalicoon, interaction, participants, dutch)
        for taalicoon in TAALICOON_LEVELS
        for interaction in (None, *INTERACTIONS)
        for participants in (None, *PARTICIPANTS)
        for dutch in DUTCH
    ]


def _criteria(activities: Sequence[Activity], today: date) -> tuple[CriteriaCheck, ...]:
    return tuple(check_criteria(activity, today=today) for activity in activities)


def _lasting(activities: Sequence[Activity], today: date) -> Ints:
    counts: dict[Hashable, int] = {}
    answer = []
    for activity in activities:
        key = (activity.schedule, activity.start_date, activity.end_date, activity.pauses)
        if key not in counts:
            found = lasting_sessions(activity, today=today)
            counts[key] = -2 if activity.schedule is None else -1 if found is None else found
        answer.append(counts[key])
    return np.array(answer, dtype=np.int64)


def _numbers(activities: Sequence[Activity], key: str) -> Floats:
    values = [getattr(activity, key) for activity in activities]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _bits(lists: Sequence[Sequence[str]], words: Sequence[str]) -> Ints:
    bit = {word: 1 << number for number, word in enumerate(words)}
    return np.array([sum(bit.get(word, 0) for word in one) for one in lists], dtype=np.int64)


def _group(activities: Sequence[Activity]) -> dict[str, Floats]:
    low, high = _numbers(activities, "group_min"), _numbers(activities, "group_max")
    return {
        "group_low": np.where(np.isnan(low), high, low),
        "group_high": np.where(np.isnan(high), low, high),
    }


def _places(activities: Sequence[Activity]) -> tuple[Floats, Ints]:
    """Return the distinct points, and for each activity the row of its own."""
    rows: dict[tuple[float, float], int] = {}
    place = []
    for activity in activities:
        point = point_of(activity.lat, activity.lon, activity.postal_code)
        place.append(UNKNOWN_PLACE if point is None else rows.setdefault(point, len(rows)))
    return np.array(list(rows), dtype=np.float64).reshape(-1, 2), np.array(place, dtype=np.int64)


def point_of(lat: float | None, lon: float | None, postal_code: str | None) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees: as given, else the centre of the postal code, else None."""
    if lat is not None and lon is not None:
        return lat, lon
    found = places().get(postal_code) if postal_code else None
    return (found[1], found[2]) if found else None
