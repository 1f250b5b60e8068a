"""How much of an offer is known, and which missing facts would change the lists of people most.

A missing fact is worth asking after when a possible answer would move the activity on the lists that people get.
The real ranker says so: each possible answer is filled in, and the places are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features.affinity import InterestArrays
from .features.offer import OfferArrays, OfferTransformer, is_over, point_of
from .features.people import PersonArrays, encode_profile
from .model import Activity, Home, Profile
from .ranking import ActivityRanker, Scores
from .vocabulary import NEEDS, aspect_weights

N_QUESTIONS = 10
LIST_LENGTH = 10
"""Places within a list of so many count; further down is off the list."""
NEAR = 20
"""Activities are asked after that stand so high, or higher, for somebody."""
ANSWERS_MOST = 5
"""So many possible answers are tried: those of like activities, from the lowest to the highest."""
ACTIVITIES_MOST = 5_000
"""Of a larger offer an even sample of so many is ranked."""

ASKED: Mapping[str, tuple[str, ...]] = {
    "schedule": ("schedule",),
    "distance": ("lat", "lon", "postal_code"),
    "price_eur": ("price_eur", "reduced_price_eur"),
    "taalicoon": ("taalicoon",),
    "interaction": ("interaction",),
    "participants": ("participants",),
    "new_people": ("new_people",),
    "language": ("language",),
    "group_max": ("group_min", "group_max"),
    "places_left": ("places_left",),
}
"""What one question to the organiser settles: the keys of its answer."""
USUAL: Mapping[str, tuple[tuple[Any, ...], ...]] = {
    "price_eur": ((0.0, None), (0.0, None), (3.0, None), (6.0, None), (15.0, None)),
    "taalicoon": ((1,), (1,), (2,), (3,), (4,)),
    "interaction": (("low",), ("medium",), ("medium",), ("high",), ("high",)),
    "participants": (("learners",), ("mixed",), ("mixed",), ("mixed",), ("dutch_speakers",)),
    "new_people": ((False,), (True,), (True,), (True,), (True,)),
    "language": (("en",), ("nl",), ("nl",), ("nl",), ("nl+",)),
    "group_max": ((2, 2), (4, 8), (6, 12), (8, 16), (15, 30)),
    "places_left": ((0,), (2,), (4,), (8,), (12,)),
    **{f"facilities.{need}": ((need,), (need,), (need,), (f"-{need}",), (f"-{need}",)) for need in NEEDS},
}
"""Answers where too few like activities know one."""
_FACILITIES = {f"facilities.{need}": need for need in NEEDS}
QUESTIONS = (*ASKED, *_FACILITIES)
_ANY = "any kind"
LEFT_OUT = frozenset({"id", "title", "organiser", "status", "attendance", "assumed", "derived"})
"""Keys that are always known, have a default, or tell of the record itself."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """How often a key of the active offer is known; derived and assumed ones are among the known."""

    key: str
    known: int
    derived: int
    assumed: int


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact.

    people : int, on whose list an answer would move the activity
    places : float, mean over the people and the possible answers
    places_most : int, at most for one person
    """

    activity: Activity
    key: str
    people: int
    places: float
    places_most: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is known of the active part of an offer.

    n_ranked : int, activities that were ranked for the questions
    """

    n_activities: int
    columns: list[Column]
    questions: list[Question]
    n_people: int
    n_ranked: int


def missing_keys(activity: Activity) -> tuple[str, ...]:
    """Return which of `QUESTIONS` are still to be asked about an activity, in their order.

    Notes
    -----
    What is free needs no reduced price, and what is online has no place; a postal code is a place.

    Examples
    --------
    >>> known = Activity(id="koor", title="Koor", organiser="koor", kind="culture", price_eur=0, language="nl")
    >>> missing_keys(known)[:3], len(missing_keys(known))
    (('schedule', 'distance', 'taalicoon'), 12)
    """
    settled = {
        "facilities.low_cost": activity.price_eur == 0,
        "distance": point_of(activity.lat, activity.lon, activity.postal_code) is not None,
    }
    return tuple(key for key in QUESTIONS if _value(activity, key) is None and not settled.get(key))


def measure_completeness(
    activities: Sequence[Activity], people: Sequence[Profile], *, today: date
) -> Completeness:
    """Count what is known of the activities that are not over, and find the facts to ask after first.

    Parameters
    ----------
    activities : sequence of Activity
    people : sequence of Profile
        Examples of who will be matched. They are taken to live in the middle of the offer, from today on.
    today : date

    Notes
    -----
    For each of the activities among the first `NEAR` of somebody, and each of the `ASKED` keys that is unknown,
    up to `ANSWERS_MOST` answers are filled in. The cost grows with the people, not with the offer.
    """
    active = sorted(
        (activity for activity in activities if not is_over(activity, today)), key=lambda activity: activity.id
    )
    step = -(-len(active) // ACTIVITIES_MOST) or 1
    ranked = active[::step]
    return Completeness(
        n_activities=len(active),
        columns=_columns(active),
        questions=_questions(ranked, _at_home(people, ranked), today),
        n_people=len(people),
        n_ranked=len(ranked),
    )


def _columns(activities: Sequence[Activity]) -> list[Column]:
    known: Counter[str] = Counter()
    derived: Counter[str] = Counter()
    assumed: Counter[str] = Counter()
    keys = [key for key in Activity.model_fields if key not in LEFT_OUT]
    for activity in activities:
        from_text = {note.partition("=")[0] for note in activity.derived}
        taken = set(activity.assumed)
        for key in keys:
            if getattr(activity, key) not in (None, ()):
                known[key] += 1
                derived[key] += key in from_text
                assumed[key] += not taken.isdisjoint((key, "all"))
    return [Column(key, known[key], derived[key], assumed[key]) for key in keys]


def _at_home(people: Sequence[Profile], activities: Sequence[Activity]) -> list[Profile]:
    """Let the people live in the middle of an offer, free from now on."""
    points = [point for one in activities if (point := point_of(one.lat, one.lon, one.postal_code))]
    update: dict[str, Any] = {"available_from": None, "available_until": None}
    if points:
        lat, lon = np.median(np.array(points), axis=0).tolist()
        update["home"] = Home(lat=lat, lon=lon)
    return [person.model_copy(update=update) for person in people]


def _questions(activities: Sequence[Activity], people: Sequence[Profile], today: date) -> list[Question]:
    if not activities or not people:
        return []
    offer = OfferTransformer(today).fit(activities).transform(activities)
    persons = [encode_profile(person, today=today) for person in people]
    ranker = ActivityRanker(aspect_weights()).fit(offer)
    lists = [_List.of(ranker.score(person)) for person in persons]
    near = sorted(set().union(*(one.near for one in lists)))
    known = _Answers(activities)
    asked = [
        (column, key, answers)
        for column in near
        for key in QUESTIONS
        if (answers := known.possible(activities[column], key))
    ]
    column_of = np.array([column for column, _, answers in asked for _ in answers], dtype=np.int64)
    filled = [activities[column].model_copy(update=answer) for column, _, answers in asked for answer in answers]
    moved = _moved(filled, column_of, offer, lists, persons, today=today)
    found, start = [], 0
    for column, key, answers in asked:
        own = moved[:, start : start + len(answers)]
        start += len(answers)
        if own.any():
            people_moved = int(own.any(axis=1).sum())
            found.append(Question(activities[column], key, people_moved, float(own.mean()), int(own.max())))
    found.sort(key=lambda one: (-one.places, -one.people, one.activity.id, one.key))
    return found[:N_QUESTIONS]


@dataclass(frozen=True, slots=True)
class _List:
    """The list of one person: what is allowed, as numbers that sort as the ranking does."""

    order: Ints
    place: Mapping[int, int]
    near: frozenset[int]

    @classmethod
    def of(cls, scores: Scores) -> _List:
        allowed = scores.order[scores.broken[scores.order] == 0]
        return cls(
            order=_sortable(scores.total[allowed], allowed, n=len(scores.total)),
            place={int(column): place for place, column in enumerate(allowed)},
            near=frozenset(allowed[:NEAR].tolist()),
        )


def _sortable(total: NDArray[np.float64], column: Ints, *, n: int) -> Ints:
    return np.rint((1.0 - total) * 10_000).astype(np.int64) * n + column


def _moved(
    filled: Sequence[Activity],
    column_of: Ints,
    offer: OfferArrays,
    lists: Sequence[_List],
    persons: Sequence[PersonArrays],
    *,
    today: date,
) -> Ints:
    """Return by how many places of the list each answer moves its activity; shape (n_people, n_answers)."""
    moved = np.zeros((len(persons), len(filled)), dtype=np.int64)
    if not filled:
        return moved
    interests = _interests_of(offer.interests, column_of)
    answered = OfferTransformer(today, interests=interests).fit(filled).transform(filled)
    ranker = ActivityRanker(aspect_weights()).fit(answered)
    for row, (person, before) in enumerate(zip(persons, lists, strict=True)):
        scores = ranker.score(person)
        now = np.array([before.place.get(int(column), -1) for column in column_of])
        key = _sortable(scores.total, column_of, n=offer.n_activities)
        place = np.searchsorted(before.order, key)
        # The activity itself, as it was, is no longer in its own way.
        own = before.order[np.maximum(now, 0)] if len(before.order) else np.zeros(len(now))
        place -= own < key
        place = np.where(scores.broken == 0, place, LIST_LENGTH)
        change = np.abs(np.minimum(place, LIST_LENGTH) - np.minimum(now, LIST_LENGTH))
        moved[row] = np.where(now >= 0, change, 0)
    return moved


def _interests_of(interests: InterestArrays, columns: Ints) -> InterestArrays:
    """Return what the activities of some columns are about: no answer changes that."""
    return replace(
        interests,
        affinity=interests.affinity[:, columns],
        given=interests.given[:, columns],
        derived=interests.derived[:, columns],
        evidence=tuple(interests.evidence[column] for column in columns),
    )


class _Answers:
    """The answers that the activities of an offer know, from the lowest to the highest."""

    def __init__(self, activities: Sequence[Activity]) -> None:
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for activity in activities:
            for key in QUESTIONS:
                value = _value(activity, key)
                if value:
                    found[key, activity.kind].append(value)
                    found[key, _ANY].append(value)
        self._known = {where: sorted(values, key=str) for where, values in found.items()}

    def possible(self, activity: Activity, key: str) -> list[dict[str, Any]]:
        """Return what an answer would fill in, for some likely ones; none when it is known already."""
        if _value(activity, key) is not None:
            return []
        values = self._known.get((key, activity.kind), [])
        if len(values) < ANSWERS_MOST:
            values = self._known.get((key, _ANY), [])
        if len(values) < ANSWERS_MOST:
            values = [*values, *USUAL.get(key, ())]
        places = np.linspace(0, len(values) - 1, ANSWERS_MOST).round().astype(int) if values else ()
        chosen = [values[place] for place in places]
        if key in _FACILITIES:
            return [{"facilities": (*activity.facilities, *value)} for value in chosen]
        return [dict(zip(ASKED[key], value, strict=True)) for value in chosen]


def _value(activity: Activity, key: str) -> tuple[Any, ...] | None:
    """Return what an activity knows of a question, None when nothing; empty when it is settled otherwise."""
    if need := _FACILITIES.get(key):
        return tuple(facility for facility in activity.facilities if facility.lstrip("-") == need) or None
    if key == "distance" and activity.is_online:
        return ()
    value = tuple(getattr(activity, name) for name in ASKED[key])
    if key == "distance":
        # A postal code is a place too.
        return value if point_of(activity.lat, activity.lon, activity.postal_code) else None
    unknown = value[0] is None and (key != "group_max" or value[1] is None)
    return None if unknown else value
