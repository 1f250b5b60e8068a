"""The contract of rankers: the fast way gives what scoring person by person gives, to the last column."""

import random
from dataclasses import fields, is_dataclass, replace
from functools import cache

import numpy as np
import pytest
from worlds import TODAY, made_up_activities, made_up_profiles

from matcher import aspects as parts
from matcher import limits
from matcher.facets import facets_of, tabulate
from matcher.features.calendar import attend, attend_all
from matcher.features.offer import OfferTransformer
from matcher.features.people import encode_profile
from matcher.features.space import POWER
from matcher.model import read_profile
from matcher.model.answer import ASPECTS
from matcher.ranking import FEW_PEOPLE, ActivityRanker
from matcher.readers.csv_offer import read_offer
from matcher.readers.profiles import read_profiles
from matcher.vocabulary import TRANSPORTS, aspect_weights, data_folder

MANY = 90
WEIGHTS = {
    "as set": aspect_weights(),
    "interests alone": {aspect: float(aspect == "interests") for aspect in ASPECTS} | {"practical": 1e-3},
    "hardly any interests": dict.fromkeys(ASPECTS, 1.0) | {"interests": 1e-4},
    "no interests": dict.fromkeys(ASPECTS, 1.0) | {"interests": 0.0},
}


@cache
def offer(seed=1, n=400):
    return OfferTransformer(TODAY).transform(made_up_activities(n, random.Random(seed)))


@cache
def herent():
    return OfferTransformer(TODAY).transform(read_offer(data_folder() / "herent_offer.csv")[0])


@cache
def people(seed=2):
    profiles, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    made_up = made_up_profiles(MANY, random.Random(seed))
    return tuple(encode_profile(profile, today=TODAY) for profile in (*profiles, *made_up))


def crowd(**profile):
    """Return so many people of one kind that they are not ranked one by one."""
    return [encode_profile(read_profile({"id": "p", **profile}), today=TODAY)] * (FEW_PEOPLE + 5)


def fitted(arrays, weights=WEIGHTS["as set"]):
    return ActivityRanker(weights).fit(arrays)


def plainly(ranker, persons, k):
    """Rank person by person, each activity scored: the reference."""
    found = []
    for person in persons:
        scores = ranker.score(person)
        by_total = sorted(range(ranker.offer_.n_activities), key=lambda column: (-scores.total[column], column))
        found.append([column for column in by_total if scores.broken[column] == 0][:k])
    return found


def as_lists(ranked):
    return [columns.tolist() for columns in ranked]


def shuffled(arrays, order):
    """Return an offer with its activities in another order."""
    interests = replace(
        arrays.interests,
        affinity=arrays.interests.affinity[:, order],
        given=arrays.interests.given[:, order],
        derived=arrays.interests.derived[:, order],
    )
    changes = {
        field.name: getattr(arrays, field.name)[order]
        for field in fields(arrays)
        if isinstance(getattr(arrays, field.name), np.ndarray) and field.name != "place_lat_lon"
    }
    calendar = replace(arrays.calendar, pattern=arrays.calendar.pattern[order])
    ids = tuple(arrays.ids[column] for column in order)
    return replace(arrays, ids=ids, interests=interests, calendar=calendar, **changes)


def all_bytes(value):
    """Return the content of every array in nested dataclasses."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    return [all_bytes(getattr(value, field.name)) for field in fields(value)] if is_dataclass(value) else None


@pytest.mark.slow
@pytest.mark.parametrize("weights", WEIGHTS.values(), ids=WEIGHTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_at_once_are_ranked_as_one_by_one(seed, weights):
    ranker = fitted(offer(seed), weights)
    for k in (1, 10, 50):
        assert as_lists(ranker.rank(people(seed + 10), k=k)) == plainly(ranker, people(seed + 10), k)


def test_the_demonstration_offer_is_ranked_as_one_by_one():
    ranker = fitted(herent())
    assert as_lists(ranker.rank(people(), k=10)) == plainly(ranker, people(), 10)


@pytest.mark.slow
def test_a_large_offer_with_many_ties_is_ranked_as_one_by_one():
    once = offer(5, 600)
    arrays = shuffled(once, np.random.default_rng(6).integers(0, 600, 9000))
    ranker = fitted(arrays)
    assert as_lists(ranker.rank(people(7), k=10)) == plainly(ranker, people(7), 10)


@pytest.mark.parametrize("k", [49, 60, 400, 10**9])
def test_there_may_be_fewer_allowed_than_asked_for(k):
    ranker = fitted(offer())
    ranked = as_lists(ranker.rank(people(), k=k))
    assert ranked == plainly(ranker, people(), k)
    assert any(len(columns) < k for columns in ranked)


def test_ties_go_to_the_lower_column():
    arrays = shuffled(offer(), np.repeat(np.arange(100), 4))
    ranker = fitted(arrays)
    ranked = ranker.rank(people(), k=12)
    assert as_lists(ranked) == plainly(ranker, people(), 12)
    assert any(
        columns[:4].tolist() == [columns[0] + number for number in range(4)] for columns in ranked if columns.size
    )


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"availability": []},
        {"available_from": "2027-06-01", "available_until": "2027-05-01"},
        {"home": {"postal_code": "3020"}, "max_distance_km": 0},
        {"home": {"postal_code": "3020"}, "transport": "walk", "interests": ["cooking"], "dutch_level": "A1"},
        {"avoid": ["sport", "meeting", "food"], "interests": ["cooking"]},
        {"wishes": "Ik wil niet voetballen, wel wandelen.", "needs": ["wheelchair"], "audience": ["women"]},
    ],
    ids=["unknown", "never free", "empty window", "at home", "neighbours", "much avoided", "not this"],
)
def test_a_crowd_of_one_kind_is_ranked_as_one_of_them(profile):
    ranker, persons = fitted(offer()), crowd(**profile)
    assert as_lists(ranker.rank(persons, k=10)) == plainly(ranker, persons[:1], 10) * len(persons)


def test_nobody_and_nothing_can_be_ranked():
    assert fitted(offer()).rank([], k=3) == []
    nothing = OfferTransformer(TODAY).transform([])
    assert as_lists(fitted(nothing).rank(people()[:2], k=3)) == [[], []]
    closed = replace(offer(), over=np.ones(offer().n_activities, dtype=bool))
    assert as_lists(fitted(closed).rank(people(), k=3)) == [[] for _ in people()]


def test_the_order_of_people_and_activities_changes_nothing():
    order = np.random.default_rng(3).permutation(offer().n_activities)
    straight, other = fitted(offer()), fitted(shuffled(offer(), order))
    for person in people()[:20]:
        assert (straight.score(person).total[order] == other.score(person).total).all()
        assert (straight.score(person).broken[order] == other.score(person).broken).all()
    backwards = as_lists(straight.rank(people()[::-1], k=10))[::-1]
    assert backwards == as_lists(straight.rank(people(), k=10))


def test_the_same_question_gets_the_same_answer_and_leaves_its_inputs_alone():
    ranker, before = fitted(offer()), all_bytes(offer())
    persons = [all_bytes(person) for person in people()]
    first = as_lists(ranker.rank(people(), k=10))
    assert as_lists(ranker.rank(people(), k=10)) == as_lists(fitted(offer()).rank(people(), k=10)) == first
    assert all_bytes(offer()) == before
    assert [all_bytes(person) for person in people()] == persons


def test_chosen_pairs_have_the_very_numbers_of_the_whole_offer():
    found, rng = facets_of(offer()), np.random.default_rng(4)
    tables = tabulate(found, people(), weights=aspect_weights())
    ranker = fitted(offer())
    columns = rng.permutation(np.repeat(np.arange(offer().n_activities), 20))
    numbers = rng.integers(0, len(people()), len(columns))
    pairs = tables.pairs(columns, numbers)
    for number, person in enumerate(people()):
        chosen, scores = numbers == number, ranker.score(person)
        for name in ("aspects", "broken", "distance_km", "derived_avoided"):
            whole, own = getattr(scores, name)[columns[chosen]], getattr(pairs, name)[chosen]
            assert np.array_equal(whole, own, equal_nan=whole.dtype == float), name
        assert (scores.weights == tables.weights[number]).all()


def test_what_a_person_can_attend_is_the_same_alone_and_among_others():
    together = attend_all(
        offer().calendar,
        [person.availability for person in people()],
        windows=[(person.first_day, person.last_day) for person in people()],
    )
    for number, person in enumerate(people()):
        alone = attend(offer().calendar, person.availability, first_day=person.first_day, last_day=person.last_day)
        assert all_bytes(alone) == all_bytes(together.of(number))


def test_scores_are_those_of_the_aspects_worked_out_for_each_activity():
    arrays, ranker = offer(), fitted(offer())
    for person in people():
        scores = ranker.score(person)
        interests = parts.interest_match(
            person.wish @ arrays.interests.affinity,
            limits.avoid_broken(arrays.interests.derived, person.avoid),
            power=POWER,
        )
        assert (scores.aspects[:, ASPECTS.index("interests")] == interests).all()
        point = person.point or (np.nan, np.nan)
        places = np.append(arrays.place_lat_lon, [[np.nan, np.nan]], axis=0)
        distance_km = np.where(arrays.online, 0.0, limits.haversine_km(places[arrays.place], *point))
        transport = None if person.transport is None else TRANSPORTS[person.transport]
        closeness = parts.closeness_of_place(distance_km, arrays.online, *parts.pace(transport))
        assert (scores.aspects[:, ASPECTS.index("distance")] == closeness).all()
        steps = [np.rint(values * 1e4).astype(np.int64) for values in (scores.aspects, scores.weights)]
        assert (scores.total == (steps[0] @ steps[1] / 10**8).round(4)).all()
        assert (scores.order == np.argsort(-scores.total, kind="stable")).all()
