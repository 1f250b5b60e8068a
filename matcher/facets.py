"""Aspects and limits of an offer for some people, worked out once for each distinct value that activities share.

Many activities have the same schedule, place, price or group. What such a *facet* means to a person is computed
once for each of its distinct values: a table of shape (n_values, n_people). The numbers of one activity and one
person are then read from the tables, by the same functions for one pair, a whole offer, or chosen pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from . import aspects as parts
from . import limits
from .features.calendar import Attendance, attend_all
from .features.offer import (
    EVERYONE,
    MEN,
    SENIORS,
    UNKNOWN_PLACE,
    WOMEN,
    YOUTH,
    OfferArrays,
    language_combinations,
)
from .features.people import PersonArrays
from .features.space import POWER, node_index
from .limits import Bools, Floats, Ints
from .model.answer import ASPECTS, LIMIT_CODES
from .vocabulary import GROUP_SIZES, KINDS, LEVELS, SENIORS_AGE_MIN, TRANSPORTS, YOUTH_AGE_MAX

ADULT_AGE, ANY_AGE = 18, 99
"""From 18 on, or up to 99 and over, is for any adult."""
DRIVING = "driving_others"
NO_NODE = -1
_Array = NDArray[Any]
_Number = TypeVar("_Number", np.int64, np.float64)
BIT = {code: 1 << number for number, code in enumerate(LIMIT_CODES)}


@dataclass(frozen=True, slots=True)
class Facets:
    """What the activities of an offer share, and what depends on the offer alone.

    row : facet -> int64 ndarray of shape (n_activities,), the value of each activity; `schedule` is its pattern
    first : facet -> int64 ndarray of shape (n_values,), an activity that has each value
    language : float64 ndarray of shape (n_codes, n_levels), the aspect, 0 to 1
    contact : float64 ndarray of shape (n_activities,), the aspect, 0 to 1
    places, fresh : float64 ndarray of shape (n_activities,), shares of the practical aspect, 0 to 1
    needs_car : bool ndarray of shape (n_activities,)
    closed : int64 ndarray of shape (n_activities,), bits of the limits that are broken for everybody
    points : float64 ndarray of shape (n_places + 2, 2), degrees; the last two are an unknown place and online
    """

    offer: OfferArrays
    row: Mapping[str, Ints]
    first: Mapping[str, Ints]
    language: Floats
    contact: Floats
    places: Floats
    fresh: Floats
    needs_car: Bools
    closed: Ints
    points: Floats


def facets_of(offer: OfferArrays) -> Facets:
    """Find what the activities of an offer share."""
    n_places = len(offer.place_lat_lon)
    known = np.where(offer.place == UNKNOWN_PLACE, n_places, offer.place)
    row = {
        "schedule": offer.calendar.pattern,
        "distance": np.where(offer.online, n_places + 1, known),
        "language": offer.language_code,
    }
    first = {}
    for facet, columns in {
        "group": (offer.group_low, offer.group_high),
        "price": (offer.price_eur, offer.reduced_price_eur),
        "audience": (offer.audience, offer.age_min, offer.age_max),
        "need": (offer.facilities, offer.lacks),
    }.items():
        row[facet], first[facet] = _distinct(columns)
    combinations = language_combinations()
    language = [
        [parts.language_fit(*combination, level) for level in range(len(LEVELS))] for combination in combinations
    ]
    closed = {"criteria": offer.criteria_bad, "full": offer.places_left == 0, "over": offer.over}
    return Facets(
        offer=offer,
        row=row,
        first=first,
        language=np.array(language).round(parts.DECIMALS),
        contact=_contact(offer),
        places=parts.places_ease(offer.places_left),
        fresh=parts.freshness(offer.verified_days),
        needs_car=offer.interests.given[node_index()[DRIVING]],
        closed=_codes(closed),
        points=np.concatenate([offer.place_lat_lon, np.full((2, 2), np.nan)]),
    )


def _distinct(columns: Sequence[Floats | Ints]) -> tuple[Ints, Ints]:
    """Return the number of each distinct combination of values, and a place where each one stands."""
    row = np.zeros(len(columns[0]), dtype=np.int64)
    first = row[:1]
    for column in columns:
        # As bits, so that what is unknown (NaN) equals itself.
        _, value = np.unique(column.view(np.int64), return_inverse=True)
        _, first, row = np.unique(row * (len(value) + 1) + value, return_index=True, return_inverse=True)
    return row, first


def _contact(offer: OfferArrays) -> Floats:
    combinations = language_combinations()
    interaction = np.array([parts.INTERACTION[one[1]] for one in combinations])[offer.language_code]
    people = np.array([parts.PEOPLE[one[2]] for one in combinations])[offer.language_code]
    step = np.array([parts.STEP[one[0]] for one in combinations])[offer.language_code]
    kind = np.array([parts.KIND_CONTACT[one] for one in KINDS])[offer.kind]
    return parts.lasting_contact(
        offer.lasting,
        interaction,
        people,
        offer.group_high,
        kind,
        step,
        offer.online,
        people == parts.PEOPLE["learners"],
    )


def _codes(masks: Mapping[str, Bools]) -> Ints:
    """Join the masks of limits into numbers, a bit for each code."""
    return np.asarray(sum(mask * np.int64(BIT[code]) for code, mask in masks.items()))


@dataclass(frozen=True, slots=True)
class Pairs:
    """The exact numbers of pairs of an activity and a person.

    aspects : float64 ndarray of shape (n_pairs, n_aspects), 0 to 1
    broken : int64 ndarray of shape (n_pairs,), a bit for each broken limit, 0 is allowed
    distance_km : float64 ndarray of shape (n_pairs,), NaN unknown
    derived_avoided : bool ndarray of shape (n_pairs,); True where the text tells of something to avoid
    """

    aspects: Floats
    broken: Ints
    distance_km: Floats
    derived_avoided: Bools


@dataclass(frozen=True, slots=True)
class Tables:
    """What the values of each facet mean to some people.

    aspect : aspect -> float64 ndarray of shape (n_values, n_people), rounded: language and group
    ease : part -> float64 ndarray of shape (n_values, n_people), parts of the practical aspect
    broken : facet -> int64 ndarray of shape (n_values, n_people), bits of the limits that are broken
    attendance : Attendance, of shape (n_patterns, n_people)
    hours_to_go, max_distance_km : float64 ndarray of shape (n_people,)
    home : float64 ndarray of shape (n_people, 2), degrees, NaN unknown
    pace : float64 ndarray of shape (n_people, 2), minutes of waiting and km/h
    share, car_left : float64 ndarray of shape (n_people,), for the practical aspect
    weights : float64 ndarray of shape (n_people, n_aspects), sum 1
    node, wish : int64 and float64 ndarray of shape (n_people, most wishes), filled up with wishes of 0
    avoid : int64 ndarray of shape (n_people, most avoided), filled up with `NO_NODE`
    """

    facets: Facets
    aspect: Mapping[str, Floats]
    ease: Mapping[str, Floats]
    broken: Mapping[str, Ints]
    attendance: Attendance
    hours_to_go: Floats
    max_distance_km: Floats
    home: Floats
    pace: Floats
    share: Floats
    car_left: Floats
    weights: Floats
    node: Ints
    wish: Floats
    avoid: Ints

    def pairs(self, columns: Ints | slice, people: Ints | int) -> Pairs:
        """Return the exact numbers of pairs.

        Parameters
        ----------
        columns : int64 ndarray of shape (n_pairs,), or a slice for a run of activities
        people : int64 ndarray of shape (n_pairs,), or the number of one person for all columns
        """
        derived_avoided = self._avoided(self.facets.offer.interests.derived, columns, people)
        schedule, no_time = self._each(self._schedule, "schedule", columns, people)
        closeness, too_far, distance_km = self._each(self._journey, "distance", columns, people)
        power_sum = self._power_sum(columns, people)
        found = {
            "interests": parts.interest_match(power_sum, derived_avoided, power=POWER),
            "schedule": schedule,
            "distance": closeness,
            "contact": self.facets.contact[columns],
            "practical": self._practical(columns, people),
            **{name: self._read(name, table, columns, people) for name, table in self.aspect.items()},
        }
        broken = self.facets.closed[columns] | _codes({"schedule": no_time, "distance": too_far})
        for facet, table in self.broken.items():
            broken |= self._read(facet, table, columns, people)
        broken |= _codes({"avoid": self._avoided(self.facets.offer.interests.given, columns, people)})
        aspects = np.stack([found[aspect] for aspect in ASPECTS]).T
        return Pairs(aspects, broken, distance_km, derived_avoided)

    def _each(
        self,
        compute: Callable[[Ints, Ints | int], tuple[_Array, ...]],
        facet: str,
        columns: Ints | slice,
        people: Ints | int,
    ) -> tuple[_Array, ...]:
        """Compute what depends on a facet for each pair; for a run of activities once for each value."""
        row = self.facets.row[facet][columns]
        if not isinstance(columns, slice):
            return compute(row, people)
        values = np.arange(len(self.facets.points if facet == "distance" else self.attendance.empty))
        return tuple(found.take(row) for found in compute(values, people))

    def _schedule(self, pattern: Ints, people: Ints | int) -> tuple[Floats, Bools]:
        known, coming = self.facets.offer.calendar.known[pattern], self.attendance
        attended = coming.attended[pattern, people]
        fit = parts.schedule_fit(
            known,
            coming.sessions[pattern, people],
            attended,
            coming.hours[pattern, people],
            self.hours_to_go[people],
        )
        empty, flex_fits = coming.empty[pattern, people], coming.flex_fits[pattern, people]
        return fit, limits.schedule_broken(empty, known, attended, flex_fits)

    def _journey(self, place: Ints, people: Ints | int) -> tuple[Floats, Bools, Floats]:
        online = place == len(self.facets.points) - 1
        known = limits.haversine_km(self.facets.points[place], *self.home[people].T)
        distance_km = np.where(online, 0.0, known)
        closeness = parts.closeness_of_place(distance_km, online, *self.pace[people].T)
        return closeness, limits.distance_broken(distance_km, self.max_distance_km[people]), distance_km

    def _read(self, facet: str, table: _Array, columns: Ints | slice, people: Ints | int) -> _Array:
        row = self.facets.row[facet][columns]
        return table.reshape(-1).take(row if table.shape[1] == 1 else row * table.shape[1] + people)

    def _power_sum(self, columns: Ints | slice, people: Ints | int) -> Floats:
        # Exact in whatever order: see `features.space`.
        affinity = self.facets.offer.interests.affinity
        total = np.zeros(len(self.facets.closed[columns]))
        for number in range(self.node.shape[1]):
            total += self.wish[people, number] * affinity[self.node[people, number], columns]
        return total

    def _avoided(self, about: Bools, columns: Ints | slice, people: Ints | int) -> Bools:
        found = np.zeros(len(self.facets.closed[columns]), dtype=bool)
        for number in range(self.avoid.shape[1]):
            node = self.avoid[people, number]
            found |= about[node, columns] & (node != NO_NODE)
        return found

    def _practical(self, columns: Ints | slice, people: Ints | int) -> Floats:
        return parts.practical_ease(
            self._read("price", self.ease["price"], columns, people),
            self.facets.places[columns],
            self.facets.fresh[columns],
            self._read("need", self.ease["need"], columns, people),
            self._read("audience", self.ease["audience"], columns, people),
            self.share[people],
            age_left=self._read("audience", self.ease["age_left"], columns, people),
            car_left=np.where(self.facets.needs_car[columns], self.car_left[people], 1.0),
        )


def tabulate(found: Facets, people: Sequence[PersonArrays], *, weights: Mapping[str, float]) -> Tables:
    """Work out what the values of each facet mean to some people.

    Parameters
    ----------
    found : Facets
    people : sequence of PersonArrays
    weights : mapping
        Weight of each aspect; only proportions matter.
    """
    ease, broken = _practical_tables(found, people)
    needs, wanted = _bits(people, "needs"), _bits(people, "audience")
    wished = [np.flatnonzero(person.wish) for person in people]
    transport = [None if person.transport is None else TRANSPORTS[person.transport] for person in people]
    return Tables(
        facets=found,
        aspect={"language": _languages(found, people), "group": _groups(found, people)},
        ease=ease,
        broken=broken,
        attendance=attend_all(
            found.offer.calendar,
            [person.availability for person in people],
            windows=[(person.first_day, person.last_day) for person in people],
        ),
        hours_to_go=_numbers(people, "hours_to_go"),
        max_distance_km=_numbers(people, "max_distance_km"),
        home=np.array([person.point or (np.nan, np.nan) for person in people], dtype=np.float64),
        pace=np.array([parts.pace(one) for one in transport]),
        share=parts.practical_shares(needs, wanted),
        car_left=np.where([one == "car" for one in transport], 1.0, parts.NO_CAR),
        weights=_weights(people, weights),
        node=_filled(wished, 0, np.int64),
        wish=_filled([person.wish[nodes] for person, nodes in zip(people, wished, strict=True)], 0.0, np.float64),
        avoid=_filled([person.avoid for person in people], NO_NODE, np.int64),
    )


def _numbers(people: Sequence[PersonArrays], key: str) -> Floats:
    return np.array([getattr(person, key) for person in people], dtype=np.float64)


def _bits(people: Sequence[PersonArrays], key: str) -> Ints:
    return np.array([getattr(person, key) for person in people], dtype=np.int64)


def _filled(rows: Sequence[NDArray[_Number]], value: float, dtype: type[_Number]) -> NDArray[_Number]:
    """Stack rows of different lengths."""
    stacked = np.full((len(rows), max(len(row) for row in rows)), value, dtype=dtype)
    for number, row in enumerate(rows):
        stacked[number, : len(row)] = row
    return stacked


def _languages(found: Facets, people: Sequence[PersonArrays]) -> Floats:
    level = np.array([0 if person.level is None else person.level for person in people], dtype=np.int64)
    return np.where([person.level is not None for person in people], found.language[:, level], 0.0)


def _groups(found: Facets, people: Sequence[PersonArrays]) -> Floats:
    low, high = (values[found.first["group"]] for values in (found.offer.group_low, found.offer.group_high))
    masks, mask_of = np.unique(_bits(people, "group"), return_inverse=True)
    columns = []
    for mask in masks:
        sizes = [size for number, size in enumerate(GROUP_SIZES.values()) if mask >> number & 1]
        columns.append(parts.group_nearness(low, high, sizes) if sizes else np.zeros(len(low)))
    return np.stack(columns, axis=1).take(mask_of, axis=1)


def _practical_tables(found: Facets, people: Sequence[PersonArrays]) -> tuple[dict[str, Floats], dict[str, Ints]]:
    """Return the parts of the practical aspect and the limits that go with them, for each facet."""
    offer, first = found.offer, found.first
    price, reduced = (values[first["price"]][:, None] for values in (offer.price_eur, offer.reduced_price_eur))
    audience = offer.audience[first["audience"]][:, None]
    age_min, age_max = (values[first["audience"]][:, None] for values in (offer.age_min, offer.age_max))
    facilities, lacks = (values[first["need"]][:, None] for values in (offer.facilities, offer.lacks))
    needs, wanted = _bits(people, "needs"), _bits(people, "audience")
    most, age = _numbers(people, "max_price_eur"), _numbers(people, "age")
    for_ages = (age_max < ANY_AGE) | (age_min > ADULT_AGE)
    ease = {
        "price": parts.price_ease(price, reduced, most),
        "need": parts.needs_part(facilities, needs),
        "audience": parts.audience_part(audience, wanted),
        "age_left": np.where(for_ages & np.isnan(age), parts.AGE_OPEN, 1.0),
    }
    not_for = limits.audience_broken(
        audience,
        wanted,
        age,
        women=WOMEN,
        men=MEN,
        everyone=EVERYONE,
        youth=YOUTH,
        seniors=SENIORS,
        youth_age_max=YOUTH_AGE_MAX,
        seniors_age_min=SENIORS_AGE_MIN,
    )
    return ease, {
        "price": _codes({"price": limits.price_broken(price, reduced, most)}),
        "audience": _codes({"age": limits.age_broken(age_min, age_max, age), "audience": not_for}),
        "need": _codes({"need": limits.need_broken(lacks, needs)}),
    }


def _weights(people: Sequence[PersonArrays], weights: Mapping[str, float]) -> Floats:
    """Return the weights of the aspects about which each person gave something, scaled to sum 1."""
    own = np.array([weights[aspect] for aspect in ASPECTS])
    scaled: dict[tuple[bool, ...], Floats] = {}
    rows = []
    for person in people:
        given = {
            "interests": person.has_wish,
            "language": person.level is not None,
            "group": person.group != 0,
            "schedule": person.availability is not None,
            "distance": person.point is not None,
            "contact": True,
            "practical": True,
        }
        key = tuple(given[aspect] for aspect in ASPECTS)
        if key not in scaled:
            scaled[key] = parts.scaled_weights(own, np.array(key))
        rows.append(scaled[key])
    return np.stack(rows)
