"""From arrays to a ranked list: limits, aspects, total, the best k of each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import aspects as parts
from . import limits
from .features.calendar import Attendance, attend
from .features.interests import POWER, node_index
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
from .model.answer import ASPECTS, LIMIT_CODES
from .vocabulary import GROUP_SIZES, KINDS, LEVELS, SENIORS_AGE_MIN, TRANSPORTS, YOUTH_AGE_MAX

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


VARIED_FIT = 0.7
"""Share of the fit in a varied list; the rest goes to being unlike what was chosen before."""
VARIED_POOL = 100
ADULT_AGE = 18
DRIVING = "driving_others"


@dataclass(frozen=True, slots=True)
class Scores:
    """What the ranking knows of one person and a whole offer.

    aspects : float64 ndarray of shape (n_activities, n_aspects), 0 to 1
    weights : float64 ndarray of shape (n_aspects,), sum 1
    total : float64 ndarray of shape (n_activities,), 0 to 1, higher is better
    broken : int64 ndarray of shape (n_activities,), a bit for each broken limit, 0 is allowed
    order : int64 ndarray, all activities, best first, whether allowed or not
    distance_km : float64 ndarray of shape (n_activities,), NaN unknown
    attendance : Attendance
    derived_avoided : bool ndarray of shape (n_activities,)
    """

    aspects: Floats
    weights: Floats
    total: Floats
    broken: Ints
    order: Ints
    distance_km: Floats
    attendance: Attendance
    derived_avoided: NDArray[np.bool_]


class ActivityRanker:
    """Rank activities for people by seven aspects, after the hard limits.

    Parameters
    ----------
    weights : mapping
        Weight of each aspect; only proportions matter.

    Attributes
    ----------
    offer_ : OfferArrays
        The offer that was fitted.
    language_ : float64 ndarray of shape (n_codes, n_levels)
    contact_ : float64 ndarray of shape (n_activities,)
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def fit(self, offer: OfferArrays, y: None = None) -> ActivityRanker:
        """Prepare what depends on the offer alone."""
        self.offer_ = offer
        combinations = language_combinations()
        self.language_ = np.array(
            [
                [parts.language_fit(*combination, level) for level in range(len(LEVELS))]
                for combination in combinations
            ]
        ).round(parts.DECIMALS)
        interaction = np.array([parts.INTERACTION[one[1]] for one in combinations])[offer.language_code]
        people = np.array([parts.PEOPLE[one[2]] for one in combinations])[offer.language_code]
        kind = np.array([parts.KIND_CONTACT[one] for one in KINDS])[offer.kind]
        step = np.array([parts.STEP[one[0]] for one in combinations])[offer.language_code]
        self.contact_ = parts.lasting_contact(
            offer.lasting,
            interaction,
            people,
            offer.group_high,
            kind,
            step,
            offer.online,
            people == parts.PEOPLE["learners"],
        )
        self.needs_car_ = offer.interests.given[node_index()[DRIVING]]
        self.for_ages_ = ~np.isnan(offer.age_max) | (offer.age_min > ADULT_AGE)
        return self

    def rank(self, people: Sequence[PersonArrays], *, k: int) -> list[Ints]:
        """Return each person's best k allowed activities.

        Parameters
        ----------
        people : sequence of PersonArrays
        k : int, at least 1

        Returns
        -------
        list of int64 ndarray of shape (at most k,)
            Columns of the offer, best first; ties go to the lower column, which is the lower id.
        """
        chosen = []
        for person in people:
            scores = self.score(person)
            chosen.append(scores.order[scores.broken[scores.order] == 0][:k])
        return chosen

    def varied(self, scores: Scores, allowed: Ints, *, k: int) -> Ints:
        """Choose k activities that are good and differ from one another.

        Parameters
        ----------
        scores : Scores
        allowed : int64 ndarray
            Columns to choose from, best first.
        k : int

        Returns
        -------
        int64 ndarray of shape (at most k,), in the order in which they were chosen

        References
        ----------
        Carbonell and Goldstein (1998), The use of MMR, diversity-based reranking, SIGIR,
        doi:10.1145/290941.291025.
        """
        pool = list(allowed[: max(VARIED_POOL, 3 * k)])
        about = self.offer_.interests.affinity[:, pool]
        about = about / np.maximum(np.linalg.norm(about, axis=0), 1e-12)
        alike = np.zeros(len(pool))
        chosen: list[int] = []
        while pool and len(chosen) < k:
            worth = VARIED_FIT * scores.total[pool] - (1 - VARIED_FIT) * alike
            worth[chosen] = -np.inf
            if len(chosen) == len(pool):
                break
            best = int(np.argmax(worth.round(9)))
            chosen.append(best)
            alike = np.maximum(alike, about[:, best] @ about)
        return np.array([pool[number] for number in chosen], dtype=np.int64)

    def score(self, person: PersonArrays) -> Scores:
        """Score the whole offer for one person."""
        offer = self.offer_
        attendance = attend(
            offer.calendar, person.availability, first_day=person.first_day, last_day=person.last_day
        )
        distance_km = self._distance_km(person)
        derived_avoided = limits.avoid_broken(offer.interests.derived, person.avoid)
        aspects = self._aspects(person, attendance, distance_km, derived_avoided)
        weights = self._weights(person)
        total = parts.total_score(aspects, weights)
        return Scores(
            aspects=aspects,
            weights=weights,
            total=total,
            broken=self._broken(person, attendance, distance_km),
            order=np.argsort(-total, kind="stable"),
            distance_km=distance_km,
            attendance=attendance,
            derived_avoided=derived_avoided,
        )

    def _distance_km(self, person: PersonArrays) -> Floats:
        offer = self.offer_
        if person.point is None:
            known = np.full(offer.n_activities, np.nan)
        else:
            to_place = np.append(limits.haversine_km(offer.place_lat_lon, *person.point), np.nan)
            known = to_place[np.where(offer.place == UNKNOWN_PLACE, -1, offer.place)]
        return np.where(offer.online, 0.0, known)

    def _weights(self, person: PersonArrays) -> Floats:
        given = {
            "interests": person.has_wish,
            "language": person.level is not None,
            "group": person.group != 0,
            "schedule": person.availability is not None,
            "distance": person.point is not None,
            "contact": True,
            "practical": True,
        }
        return parts.scaled_weights(
            np.array([self.weights[aspect] for aspect in ASPECTS]),
            np.array([given[aspect] for aspect in ASPECTS]),
        )

    def _aspects(
        self,
        person: PersonArrays,
        attendance: Attendance,
        distance_km: Floats,
        derived_avoided: NDArray[np.bool_],
    ) -> Floats:
        offer, calendar = self.offer_, self.offer_.calendar
        wished = np.flatnonzero(person.wish)
        power_sum = person.wish[wished] @ offer.interests.affinity[wished]
        transport = None if person.transport is None else TRANSPORTS[person.transport]
        sizes = [size for number, size in enumerate(GROUP_SIZES.values()) if person.group >> number & 1]
        nothing = np.zeros(offer.n_activities)
        columns = {
            "interests": parts.interest_match(power_sum, derived_avoided, power=POWER),
            "language": nothing if person.level is None else self.language_[offer.language_code, person.level],
            "group": parts.group_nearness(offer.group_low, offer.group_high, sizes) if sizes else nothing,
            "schedule": parts.schedule_fit(
                calendar.known, attendance.sessions, attendance.attended, attendance.hours, person.hours_to_go
            )[calendar.pattern],
            "distance": parts.closeness_of_place(distance_km, offer.online, transport),
            "contact": self.contact_,
            "practical": parts.practical_ease(
                parts.price_ease(offer.price_eur, offer.reduced_price_eur, person.max_price_eur),
                offer.places_left,
                offer.verified_days,
                offer.facilities,
                offer.audience,
                self.for_ages_ & np.isnan(person.age),
                self.needs_car_ & (transport != "car"),
                needs=person.needs,
                wanted=person.audience,
            ),
        }
        return np.stack([columns[aspect] for aspect in ASPECTS], axis=1)

    def _broken(self, person: PersonArrays, attendance: Attendance, distance_km: Floats) -> Ints:
        offer, calendar = self.offer_, self.offer_.calendar
        masks = {
            "criteria": offer.criteria_bad,
            "avoid": limits.avoid_broken(offer.interests.given, person.avoid),
            "distance": limits.distance_broken(distance_km, person.max_distance_km),
            "price": limits.price_broken(offer.price_eur, offer.reduced_price_eur, person.max_price_eur),
            "age": limits.age_broken(offer.age_min, offer.age_max, person.age),
            "audience": limits.audience_broken(
                offer.audience,
                person.audience,
                person.age,
                women=WOMEN,
                men=MEN,
                everyone=EVERYONE,
                youth=YOUTH,
                seniors=SENIORS,
                youth_age_max=YOUTH_AGE_MAX,
                seniors_age_min=SENIORS_AGE_MIN,
            ),
            "need": limits.need_broken(offer.lacks, person.needs),
            "schedule": limits.schedule_broken(
                attendance.empty, calendar.known, attendance.attended, attendance.flex_fits
            )[calendar.pattern],
            "full": offer.places_left == 0,
            "over": offer.over,
        }
        return limits.as_codes([masks[code] for code in LIMIT_CODES])
