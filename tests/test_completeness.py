import random
from datetime import date

import pytest
import worlds

from matcher import data_folder, read_activity, read_offer, read_profile, read_profiles
from matcher.completeness import (
    ANSWERS_MOST,
    ASKED,
    LIST_LENGTH,
    N_QUESTIONS,
    QUESTIONS,
    _Answers,
    _at_home,
    measure_completeness,
)
from matcher.explain import KEY_WORDS
from matcher.features.offer import OfferTransformer, is_over
from matcher.features.people import encode_profile
from matcher.ranking import ActivityRanker
from matcher.vocabulary import aspect_weights

TODAY = date(2026, 11, 23)


def activity(id_, **facts):
    return read_activity({"id": id_, "title": id_, "organiser": "vzw", "kind": "course", **facts})


def column(found, key):
    return next(one for one in found.columns if one.key == key)


def test_each_column_says_how_often_it_is_known_and_how_it_came_there():
    offer = [
        activity("a", price_eur=2, assumed=["price_eur"]),
        activity("b", price_eur=0, interaction="high", derived=["interaction=praattafel"]),
        activity("c", interaction="low", assumed=["all"]),
        activity("voorbij", price_eur=1, end_date="2026-01-01"),
    ]
    found = measure_completeness(offer, [], today=TODAY)
    assert found.n_activities == 3
    price, talk = column(found, "price_eur"), column(found, "interaction")
    assert (price.known, price.derived, price.assumed) == (2, 0, 1)
    assert (talk.known, talk.derived, talk.assumed) == (2, 1, 1)
    assert column(found, "phone").known == 0


def test_an_empty_offer_has_nothing_to_ask():
    found = measure_completeness([], [read_profile({"id": "p"})], today=TODAY)
    assert (found.n_activities, found.questions) == (0, [])


def test_a_fact_that_is_known_or_derived_is_not_asked_after():
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    people, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    found = measure_completeness(offer, people, today=TODAY)
    assert len(found.questions) == N_QUESTIONS
    for one in found.questions:
        if not one.key.startswith("facilities."):
            assert all(getattr(one.activity, key) is None for key in ASKED[one.key][:1])
        assert 1 <= one.people <= len(people)
        assert 0 < one.places <= one.places_most <= LIST_LENGTH
    assert found == measure_completeness(offer[::-1], people, today=TODAY)


def test_the_price_that_decides_for_somebody_is_asked_after_first():
    offer = [activity(f"a{number}", price_eur=number % 4 * 6, interests=["sewing"]) for number in range(12)]
    offer.append(activity("zonder", interests=["sewing"]))
    people = [read_profile({"id": "p", "interests": ["sewing"], "max_price_eur": 3})]
    found = measure_completeness(offer, people, today=TODAY)
    first = next(one for one in found.questions if one.key == "price_eur")
    assert first.activity.id == "zonder"


def test_every_question_has_words():
    assert set(QUESTIONS) <= set(KEY_WORDS)


@pytest.mark.slow
def test_places_are_those_of_the_whole_offer_ranked_again():
    rng = random.Random(1)
    offer = [one for one in worlds.made_up_activities(30, rng) if not is_over(one, TODAY)]
    people = worlds.made_up_profiles(4, rng)
    found = measure_completeness(offer, people, today=TODAY)
    assert found.questions
    before = [ranked(offer, person) for person in _at_home(people, offer)]
    for question in found.questions:
        asked = question.activity
        answers = _Answers(sorted(offer, key=lambda one: one.id)).possible(asked, question.key)
        assert len(answers) == ANSWERS_MOST
        moves = []
        for person, listed in zip(_at_home(people, offer), before, strict=True):
            for answer in answers if asked.id in listed else ():
                after = ranked([one.model_copy(update=answer) if one is asked else one for one in offer], person)
                moves.append(abs(place(after, asked) - place(listed, asked)))
        assert question.places == pytest.approx(sum(moves) / (len(people) * len(answers)))
        assert question.places_most == max(moves)


def ranked(offer, person):
    """Return the ids of what is allowed, best first."""
    ordered = sorted(offer, key=lambda one: one.id)
    arrays = OfferTransformer(TODAY).fit(ordered).transform(ordered)
    ranker = ActivityRanker(aspect_weights()).fit(arrays)
    best = ranker.best(ranker.score(encode_profile(person, today=TODAY)), k=len(offer))
    return [arrays.ids[column] for column in best]


def place(ids, one):
    """Return the place in a list, from 0; what is off the list is just behind it."""
    return min(ids.index(one.id), LIST_LENGTH) if one.id in ids else LIST_LENGTH
