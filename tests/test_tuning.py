"""Tuning: what is learnt, how far it may go, when nothing is, and how weights are adopted and taken back."""

import math
import random
import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np
import pytest
from worlds import TODAY, made_up_profiles

from matcher import tuning
from matcher.errors import InputError
from matcher.evaluation import OURS, evaluate, trade_off
from matcher.features.offer import OfferTransformer
from matcher.features.people import encode_profile
from matcher.metrics import Interval, ndcg
from matcher.model import read_activity, read_profile
from matcher.model.answer import ASPECTS
from matcher.model.judgements import Judgements
from matcher.model.outcomes import Outcome
from matcher.ranking import ActivityRanker
from matcher.readers.csv_offer import read_offer
from matcher.readers.judgements import read_judgements
from matcher.schedule import BRUSSELS
from matcher.service import Matcher
from matcher.tuning import (
    FACTOR_MOST,
    JUDGED_LEAST,
    LEARN_SHARE,
    OUTCOMES_LEAST,
    PEOPLE_LEAST,
    SHARPNESS,
    SHRINKAGE,
    Graded,
    Tuned,
    adopt,
    fit_weights,
    grade,
    sensitivity,
    tune_on_judgements,
    tune_on_outcomes,
)
from matcher.vocabulary import aspect_weights, data_folder, hand_set_weights

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
ROUNDED = 5e-5 + 1e-9
"""A weight of four decimals is off by so much at most."""
ROUNDING = 4e-4
"""Seven of them are together off by so much at most."""
KINDS_OF_OUTCOME = (("attended", None), ("chosen", None), ("stopped", None), ("declined", "not_my_thing"))


pytestmark = pytest.mark.usefixtures("one_thread", "adopted")


@cache
def offer():
    return tuple(sorted(read_offer(data_folder() / "herent_offer.csv")[0], key=lambda one: one.id))


@cache
def fewer():
    """Return every other activity, with short texts: outcomes need no more, and there are many tests of them."""
    return tuple(one.model_copy(update={"title": one.kind, "description": None}) for one in offer()[::2])


@cache
def judged():
    return read_judgements(data_folder() / "judgements")[0]


@cache
def people_of_judgements():
    grades = {profile.id: judged().relevance(profile.id) for profile in judged().profiles}
    return tuple(grade(offer(), judged().profiles, grades, today=TODAY))


@cache
def learnt_from_judgements():
    return tune_on_judgements(offer(), judged(), today=TODAY)


def array(weights):
    found = np.array([weights[aspect] for aspect in ASPECTS])
    return found / found.sum()


def factors(weights):
    """Return by what each of the weights set by hand was multiplied."""
    return dict(zip(ASPECTS, (array(weights) / array(hand_set_weights())).tolist(), strict=True))


def ratios(weights):
    """Return the same as logarithms, the whole left aside."""
    found = np.log(list(factors(weights).values()))
    return found - found.mean()


def planted(taste, *, seed=0, n_people=40, n_activities=20, steps=6):
    """Return people with random aspects, and grades in whole steps by a taste that is known."""
    rng, found = np.random.default_rng(seed), []
    for number in range(n_people):
        aspects = rng.random((n_activities, len(ASPECTS)))
        ids = tuple(f"a{one:03d}" for one in range(n_activities))
        found.append(Graded(f"p{number}", ids, aspects, np.rint(steps * (aspects @ array(taste)))))
    return found


@cache
def noted(n_people=60, each=8, **taste):
    """Return people, and outcomes by which they do most with what a taste puts first."""
    taste, rng = {**hand_set_weights(), **taste}, random.Random(5)
    profiles = tuple(made_up_profiles(n_people, random.Random(4)))
    arrays = OfferTransformer(TODAY).transform(fewer())
    ranker, outcomes = ActivityRanker(dict.fromkeys(ASPECTS, 1.0)).fit(arrays), []
    for profile in profiles:
        scores = ranker.score(encode_profile(profile, today=TODAY))
        allowed = np.flatnonzero(scores.broken == 0).tolist()
        asked = rng.sample(allowed, min(each, len(allowed)))
        asked.sort(key=lambda column, aspects=scores.aspects: -(aspects[column] @ array(taste)))
        for place, column in enumerate(asked):
            outcome, reason = KINDS_OF_OUTCOME[4 * place // len(asked)]
            outcomes.append(told(profile.id, arrays.ids[column], outcome, reason))
    rng.shuffle(outcomes)
    # No two fall on one day: their days alone order them.
    outcomes = [replace(one, on=TODAY - timedelta(days=2 * (len(outcomes) - n))) for n, one in enumerate(outcomes)]
    return profiles, tuple(outcomes)


@cache
def learnt_from_outcomes(**taste):
    return tune_on_outcomes(fewer(), *noted(**(taste or {"contact": 0.5})), today=TODAY)


def told(profile_id, activity_id, outcome, reason=None, days_ago=0):
    on = TODAY - timedelta(days=days_ago)
    return Outcome(profile_id=profile_id, activity_id=activity_id, outcome=outcome, reason=reason, on=on)


def tuned(**changes):
    """Return weights that nothing speaks against."""
    return replace(
        Tuned(
            weights=dict(zip(ASPECTS, (0.4, 0.13, 0.05, 0.11, 0.06, 0.19, 0.06), strict=True)),
            before=dict(hand_set_weights()),
            source="judgements of 9 people",
            measure="nDCG@10",
            compared=learnt_from_judgements().compared,
            gain=Interval(0.02, 0.01, 0.03),
        ),
        **changes,
    )


# What is learnt from grades


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_taste_is_recovered_in_its_direction(seed):
    rng = np.random.default_rng(100 + seed)
    factors = np.exp(rng.uniform(-0.5, 0.5, len(ASPECTS)))
    taste = dict(zip(ASPECTS, array(hand_set_weights()) * factors, strict=True))
    found = fit_weights(planted(taste, seed=seed), hand_set_weights())
    assert np.corrcoef(ratios(found), ratios(taste))[0, 1] > 0.5
    before, after = (np.abs(array(one) - array(taste)).sum() for one in (hand_set_weights(), found))
    assert after < 0.8 * before


@pytest.mark.parametrize("aspect", ASPECTS)
def test_an_aspect_that_decides_everything_grows_most(aspect):
    found = fit_weights(planted({**dict.fromkeys(ASPECTS, 0.0), aspect: 1.0}, n_people=10), hand_set_weights())
    grown = factors(found)
    # What the others lose must go somewhere: several may end at the bound together.
    assert grown[aspect] == pytest.approx(max(grown.values()), rel=2e-3)
    assert grown[aspect] > 1.3
    assert min(grown.values()) < 0.8


@pytest.mark.parametrize("aspect", ASPECTS)
def test_an_aspect_that_speaks_against_the_grades_shrinks_most(aspect):
    people = [
        replace(one, grades=np.rint(10 * (1 - one.aspects[:, ASPECTS.index(aspect)])))
        for one in planted(hand_set_weights(), n_people=10)
    ]
    found = fit_weights(people, hand_set_weights())
    shrunk = factors(found)
    assert shrunk[aspect] == pytest.approx(min(shrunk.values()), rel=2e-3)
    assert found[aspect] == pytest.approx(hand_set_weights()[aspect] / FACTOR_MOST, abs=ROUNDED)
    assert max(shrunk.values()) > 1.3


def test_what_is_learnt_orders_better_than_what_was_set():
    taste = {**hand_set_weights(), "contact": 0.5}
    found = fit_weights(planted(taste, seed=1), hand_set_weights())
    unseen = planted(taste, seed=2)
    before, after = (
        np.mean([one.agreement(weights) for one in unseen]) for weights in (hand_set_weights(), found)
    )
    assert after > before + 0.02


@pytest.mark.parametrize(
    "people",
    [
        [],
        planted(hand_set_weights(), n_people=3, steps=0),
        planted(hand_set_weights(), n_people=3, n_activities=0),
    ],
    ids=["nobody", "all equal", "nothing graded"],
)
def test_where_nothing_was_graded_unlike_the_prior_stays(people):
    prior = {**hand_set_weights(), "contact": 0.36}
    found = fit_weights(people, prior)
    assert list(found) == list(ASPECTS)
    assert array(found) == pytest.approx(array(prior), abs=1e-4)


def test_the_prior_has_no_unit():
    people = planted({**hand_set_weights(), "contact": 0.5}, n_people=10)
    tenfold = {aspect: 10 * weight for aspect, weight in hand_set_weights().items()}
    assert fit_weights(people, tenfold) == fit_weights(people, hand_set_weights())


def assert_bounded(weights, prior):
    """Hold the weights themselves, as they are used, beside those to which they must stay near."""
    assert list(weights) == list(ASPECTS)
    assert sum(weights.values()) == pytest.approx(1, abs=ROUNDING)
    for aspect, near in zip(ASPECTS, array(prior), strict=True):
        assert near / FACTOR_MOST - ROUNDED <= weights[aspect] <= near * FACTOR_MOST + ROUNDED, aspect
        assert weights[aspect] == round(weights[aspect], 4)


@pytest.mark.parametrize("seed", range(6))
def test_learnt_weights_sum_to_1_and_stay_near_those_set_by_hand(seed):
    rng = np.random.default_rng(seed)
    taste = dict(zip(ASPECTS, array(hand_set_weights()) * np.exp(rng.uniform(-1, 1, 7)), strict=True))
    people = planted(taste, seed=seed, n_people=10)
    assert_bounded(fit_weights(people, hand_set_weights()), hand_set_weights())
    prior = dict(zip(ASPECTS, rng.uniform(0.02, 3, 7).tolist(), strict=True))
    assert_bounded(fit_weights(people, prior), prior)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_who_looks_at_one_thing_only_moves_no_weight_past_the_bound(aspect):
    people = planted({**dict.fromkeys(ASPECTS, 0.0), aspect: 1.0}, n_people=5)
    found = fit_weights(people, hand_set_weights())
    assert_bounded(found, hand_set_weights())
    # The interests weigh so much that what the others may lose does not double them.
    if aspect != "interests":
        assert found[aspect] == pytest.approx(FACTOR_MOST * hand_set_weights()[aspect], abs=ROUNDED)


def test_each_person_counts_the_same_however_many_activities_were_graded():
    one, other = (
        planted({**hand_set_weights(), aspect: 0.6}, n_people=1)[0] for aspect in ("contact", "schedule")
    )
    other = replace(other, profile_id="other")
    eager = replace(
        one,
        ids=tuple(f"{copy}{id_}" for copy in "abcd" for id_ in one.ids),
        aspects=np.tile(one.aspects, (4, 1)),
        grades=np.tile(one.grades, 4),
    )
    plain = array(fit_weights([one, other], hand_set_weights()))
    assert array(fit_weights([eager, other], hand_set_weights())) == pytest.approx(plain, abs=3e-4)
    assert array(fit_weights([one, one, one, one, other], hand_set_weights())) != pytest.approx(plain, abs=3e-3)


def plain_loss(people, prior, weights):
    """Return what is minimised once more, pair by pair."""
    losses = []
    for person in people:
        total, share = 0.0, 0.0
        for better, own in zip(person.aspects, person.grades, strict=True):
            for worse, other in zip(person.aspects, person.grades, strict=True):
                if own > other:
                    total += (own - other) * math.log1p(math.exp(-SHARPNESS * float((better - worse) @ weights)))
                    share += own - other
        if share:
            losses.append(total / share)
    return sum(losses) / len(losses) + SHRINKAGE * float((np.log(weights / array(prior)) ** 2).sum())


def corner(prior, order):
    """Return feasible weights at the edge: sum 1, and all but one at a bound."""
    low, high = array(prior) / FACTOR_MOST, array(prior) * FACTOR_MOST
    found, left = low.copy(), 1 - low.sum()
    for number in order:
        more = min(left, high[number] - low[number])
        found[number] += more
        left -= more
    return found


@pytest.mark.parametrize(
    "taste",
    [{"contact": 0.3}, {"interests": 0.2, "distance": 0.1}, {"distance": 2.0}, {}],
    ids=["near", "two", "at the bound", "as set"],
)
def test_no_other_feasible_weights_lose_less(taste):
    prior, rng = hand_set_weights(), np.random.default_rng(1)
    people = planted({**prior, **taste}, n_people=4, n_activities=8)
    best = array(fit_weights(people, prior))
    least = plain_loss(people, prior, best)
    corners = [corner(prior, rng.permutation(len(ASPECTS))) for _ in range(40)]
    within = [rng.dirichlet(np.ones(len(corners))) @ corners for _ in range(20)]
    losses = []
    for other in (*corners, *within, array(prior)):
        # All that is feasible lies between the corners, so the way to each stays within the bounds.
        assert other.sum() == pytest.approx(1)
        assert (np.abs(np.log(other / array(prior))) <= math.log(FACTOR_MOST) + 1e-9).all()
        losses += [plain_loss(people, prior, best + step * (other - best)) for step in (0.01, 0.1, 0.5, 1.0)]
    # Four decimals cost a little where a bound holds back.
    assert min(losses) >= least - 1e-5
    assert max(losses) > least + 0.01
    assert least < plain_loss(people, prior, array(prior))


# Grades beside aspects


def test_grades_are_laid_beside_what_orders_the_list_of_the_desk():
    arrays = OfferTransformer(TODAY).transform(offer())
    ranker = ActivityRanker(hand_set_weights()).fit(arrays)
    for profile, person in zip(judged().profiles, people_of_judgements(), strict=True):
        scores = ranker.score(encode_profile(profile, today=TODAY))
        columns = [arrays.ids.index(one) for one in person.ids]
        assert (scores.broken[columns] == 0).all()
        assert list(person.ids) == sorted(person.ids)
        assert person.grades.tolist() == [judged().relevance(profile.id)[one] for one in person.ids]
        own = person.aspects @ array(hand_set_weights())
        share = array(hand_set_weights())[scores.weights > 0].sum()
        assert own / share == pytest.approx(scores.total[columns], abs=3e-4)


def test_what_falls_away_for_a_person_is_0():
    (person,) = grade(offer(), [read_profile({"id": "p"})], {"p": {one.id: 1.0 for one in offer()}}, today=TODAY)
    falls_away = [aspect not in ("contact", "practical") for aspect in ASPECTS]
    assert (person.aspects[:, falls_away] == 0).all()
    assert (person.aspects[:, ASPECTS.index("contact")] > 0).all()


def test_what_breaks_a_limit_or_is_not_in_the_offer_is_left_out():
    base = {"title": "?", "organiser": "?", "kind": "informal"}
    activities = [read_activity({"id": "a", **base}), read_activity({"id": "dear", "price_eur": 50, **base})]
    profiles = [read_profile({"id": "p", "max_price_eur": 3}), read_profile({"id": "q"})]
    grades = {"p": {"a": 1.0, "dear": 3.0, "gone": 2.0}, "r": {"a": 3.0}}
    p, q = grade(activities[::-1], profiles, grades, today=TODAY)
    assert (p.profile_id, p.ids, p.grades.tolist(), p.aspects.shape) == ("p", ("a",), [1.0], (1, 7))
    assert (q.profile_id, q.ids, q.grades.tolist(), q.aspects.shape) == ("q", (), [], (0, 7))


def hand(grades, first):
    """Return a person of whom only the first aspect tells."""
    aspects = np.zeros((len(first), len(ASPECTS)))
    aspects[:, 0] = first
    return Graded("p", tuple("abcdef"[: len(first)]), aspects, np.array(grades, dtype=float))


def test_agreement_is_the_share_of_pairs_in_the_right_order():
    weights = dict.fromkeys(ASPECTS, 1.0)
    assert hand([3, 2, 1], [0.9, 0.5, 0.1]).agreement(weights) == 1
    assert hand([1, 2, 3], [0.9, 0.5, 0.1]).agreement(weights) == 0
    assert hand([3, 1, 2], [0.9, 0.5, 0.1]).agreement(weights) == pytest.approx(2 / 3)
    # A tie is half right; of equal grades nothing is asked.
    assert hand([3, 1], [0.5, 0.5]).agreement(weights) == 0.5
    assert hand([3, 3, 1], [0.1, 0.9, 0.5]).agreement(weights) == 0.5
    assert math.isnan(hand([2, 2], [0.1, 0.9]).agreement(weights))
    assert math.isnan(hand([], []).agreement(weights))


def test_the_ndcg_of_weights_is_that_of_their_order_and_ties_go_to_the_lower_id():
    weights = dict.fromkeys(ASPECTS, 1.0)
    assert hand([0, 3, 1], [0.5, 0.5, 0.1]).ndcg(weights, k=2) == pytest.approx(
        (3 / math.log2(3)) / (3 + 1 / math.log2(3))
    )
    assert math.isnan(hand([0, 0], [0.5, 0.1]).ndcg(weights, k=2))


def test_the_ndcg_of_somebody_without_grades_says_nothing():
    for weights in (hand_set_weights(), dict.fromkeys(ASPECTS, 1.0)):
        assert math.isnan(hand([], []).ndcg(weights, k=3))
    with pytest.raises(InputError, match=r"^k must be at least 1; got '0'\.$"):
        hand([], []).ndcg(hand_set_weights(), k=0)


@pytest.mark.parametrize("taste", [{}, {"contact": 0.5}, {"interests": 0.0, "distance": 0.3}])
def test_the_order_of_graded_activities_is_that_of_the_desk(taste):
    weights, arrays = {**hand_set_weights(), **taste}, OfferTransformer(TODAY).transform(fewer())
    ranker, profiles = (
        ActivityRanker(weights).fit(arrays),
        [*judged().profiles, *made_up_profiles(25, random.Random(2))],
    )
    lists = {}
    for profile in profiles:
        scores = ranker.score(encode_profile(profile, today=TODAY))
        lists[profile.id] = [arrays.ids[column] for column in ranker.best(scores, k=len(arrays.ids))]
    # Each has another grade, so that two that change places change the figure.
    grades = {
        one: {id_: float(number) for number, id_ in enumerate(sorted(of), start=1)} for one, of in lists.items()
    }
    compared = 0
    for person in grade(fewer(), profiles, grades, today=TODAY):
        ranked = lists[person.profile_id]
        expected = ndcg(ranked, grades[person.profile_id], k=100)
        assert person.ndcg(weights, k=100) == pytest.approx(expected, abs=1e-12, nan_ok=True)
        compared += len(ranked) > 10
    assert compared >= 20


# Judgements


def test_the_figures_before_are_those_of_the_evaluation():
    plain = trade_off(offer(), judged(), today=TODAY, shares=[1.0]).loc[1.0, "ndcg"]
    assert learnt_from_judgements().compared["before"].mean() == pytest.approx(plain, abs=1e-12)


def test_the_figures_before_are_those_of_the_evaluation_person_by_person_and_of_the_weights_in_use():
    few = replace(judged(), profiles=judged().profiles[:5])
    plain = evaluate(fewer(), few, today=TODAY, k=5).people.loc[OURS, "ndcg"]
    adopt(tuned(), on=TODAY)
    found = tune_on_judgements(fewer(), few, today=TODAY, k=5).compared["before"]
    # Who has no allowed activity above 0 has no figure there, and is left out here.
    expected = evaluate(fewer(), few, today=TODAY, k=5).people.loc[OURS, "ndcg"].dropna()
    assert found.to_dict() == pytest.approx(expected.to_dict(), abs=1e-12)
    assert found.tolist() != plain.dropna().tolist()


def test_each_person_is_compared_by_weights_learnt_from_the_others():
    few = replace(judged(), profiles=judged().profiles[1:4])
    people, own = people_of_judgements()[1:4], fit_weights(people_of_judgements()[1:4], hand_set_weights())
    found = tune_on_judgements(offer(), few, today=TODAY)
    assert found.weights == own
    assert list(found.compared.index) == [one.profile_id for one in people]
    expected = [
        one.ndcg(fit_weights([other for other in people if other is not one], hand_set_weights()), k=10)
        for one in people
    ]
    assert found.compared["after"].tolist() == expected
    # Learnt from themselves they would be served otherwise: else this would tell nothing.
    assert expected != [one.ndcg(own, k=10) for one in people]


def test_the_gain_is_the_mean_over_people_with_its_interval():
    found = learnt_from_judgements()
    assert found.gain.mean == pytest.approx((found.compared["after"] - found.compared["before"]).mean())
    assert found.gain.low <= found.gain.mean <= found.gain.high
    assert found.before == dict(hand_set_weights())
    assert found.source == "judgements of 14 people"


def test_learnt_from_the_demonstration_they_stay_within_their_bounds():
    weights = learnt_from_judgements().weights
    assert_bounded(weights, hand_set_weights())
    assert min(factors(weights).values()) < 1 < max(factors(weights).values())


def test_a_gain_that_is_not_sure_is_an_objection():
    found = learnt_from_judgements()
    assert found.gain.low <= 0
    (objection,) = found.objections
    assert objection == (
        f"on people they were not learnt from the gain is not sure: {found.gain.mean:+.3f} "
        f"({found.gain.low:+.3f} to {found.gain.high:+.3f})"
    )


def dear():
    return read_activity({"id": "dear", "title": "?", "organiser": "?", "kind": "informal", "price_eur": 90})


def saying_nothing():
    """Return people of whom nothing is judged, all is 0, or only what is not there or too dear is above 0."""
    id_ = offer()[0].id
    return [
        (read_profile({"id": "silent"}), {}),
        (read_profile({"id": "nothing"}), {id_: (0.0, 0.0)}),
        (read_profile({"id": "gone"}), {"gone": (3.0, 3.0), id_: (0.0, 0.0)}),
        (read_profile({"id": "poor", "max_price_eur": 89}), {"dear": (3.0, 3.0), id_: (0.0, 0.0)}),
    ]


def with_people(judgements, *others):
    """Return judgements of further people too."""
    return replace(
        judgements,
        profiles=(*judgements.profiles, *(profile for profile, _ in others)),
        grades={**judgements.grades, **{profile.id: of for profile, of in others}},
    )


def test_people_for_whom_nothing_allowed_was_graded_above_0_are_left_out():
    few, activities = replace(judged(), profiles=judged().profiles[:3]), [*fewer(), dear()]
    plain = tune_on_judgements(activities, few, today=TODAY)
    more = tune_on_judgements(activities, with_people(few, *saying_nothing()), today=TODAY)
    assert (more.weights, more.gain, more.objections) == (plain.weights, plain.gain, plain.objections)
    assert more.source == "judgements of 3 people"
    assert more.compared.equals(plain.compared)


@pytest.mark.parametrize(
    "others",
    [[], [0], [1], [2], [3], [0, 1, 2, 3]],
    ids=["nobody", "nothing judged", "all 0", "not in the offer", "too dear", "all of these"],
)
def test_from_judgements_that_say_nothing_is_nothing_learnt(others):
    judgements = with_people(Judgements(profiles=(), grades={}), *(saying_nothing()[one] for one in others))
    message = r"^judgements must be of a person with an allowed activity graded above 0; got '0'\.$"
    with pytest.raises(InputError, match=message):
        tune_on_judgements([*offer()[:2], dear()], judgements, today=TODAY)
    rich = read_profile({"id": "rich", "max_price_eur": 90})
    found = tune_on_judgements(
        [*offer()[:2], dear()], with_people(judgements, (rich, {"dear": (0.5, 0.0)})), today=TODAY
    )
    assert found.source == "judgements of 1 people"


FEW = f"{JUDGED_LEAST} people at least must have been judged"


def sure(values, *, rng):
    """Return an interval that speaks for whatever was learnt."""
    return Interval(0.02, 0.01, 0.03)


@pytest.mark.parametrize(("n_people", "expected"), [(1, (FEW,)), (9, (FEW,)), (10, ())])
def test_judgements_of_fewer_than_ten_people_are_an_objection(monkeypatch, n_people, expected):
    assert JUDGED_LEAST == 10
    monkeypatch.setattr(tuning.metrics, "bootstrap_interval", sure)
    some = replace(judged(), profiles=judged().profiles[:n_people])
    # Who says nothing is not counted.
    found = tune_on_judgements(offer(), with_people(some, *saying_nothing()), today=TODAY)
    assert found.source == f"judgements of {n_people} people"
    assert found.objections == expected


@pytest.mark.parametrize("n_people", [1, 3])
def test_what_was_learnt_from_few_people_is_shown_and_never_adopted(monkeypatch, adopted, n_people):
    monkeypatch.setattr(tuning.metrics, "bootstrap_interval", sure)
    found = tune_on_judgements(offer(), replace(judged(), profiles=judged().profiles[:n_people]), today=TODAY)
    assert found.weights != dict(hand_set_weights())
    assert_bounded(found.weights, hand_set_weights())
    with pytest.raises(InputError, match=rf"^These weights must not be adopted: {FEW}\.$"):
        adopt(found, on=TODAY)
    assert not adopted.exists()


def test_one_person_is_compared_by_the_weights_set_by_hand():
    found = tune_on_judgements(fewer(), replace(judged(), profiles=judged().profiles[:1]), today=TODAY)
    assert found.compared["after"].tolist() == found.compared["before"].tolist()
    assert found.gain == (0, 0, 0)


def test_the_same_judgements_teach_the_same_whatever_the_order():
    few = replace(judged(), profiles=judged().profiles[:5])
    turned = Judgements(
        profiles=few.profiles[::-1],
        grades={one: dict(reversed(of.items())) for one, of in judged().grades.items()},
    )
    one, other = (
        tune_on_judgements(fewer(), few, today=TODAY),
        tune_on_judgements(fewer()[::-1], turned, today=TODAY),
    )
    assert array(other.weights) == pytest.approx(array(one.weights), abs=2e-4)
    assert other.compared["after"].to_dict() == pytest.approx(one.compared["after"].to_dict(), abs=0.01)


def test_the_same_people_teach_the_very_same():
    again = fit_weights(people_of_judgements(), hand_set_weights())
    assert again == learnt_from_judgements().weights


def test_who_tunes_twice_does_not_drift():
    few = replace(judged(), profiles=judged().profiles[:5])
    once = tune_on_judgements(fewer(), few, today=TODAY)
    adopt(tuned(), on=TODAY)
    again = tune_on_judgements(fewer(), few, today=TODAY)
    assert again.weights == once.weights
    assert again.before == tuned().weights
    assert again.compared["after"].tolist() == once.compared["after"].tolist()
    assert again.compared["before"].tolist() != once.compared["before"].tolist()


def test_a_weight_left_as_it_is_has_the_plain_figure():
    found = sensitivity(people_of_judgements(), hand_set_weights())
    plain = float(np.nanmean([one.ndcg(hand_set_weights(), k=10) for one in people_of_judgements()]))
    assert list(found.index) == list(ASPECTS)
    assert list(found.columns) == [0.0, 0.5, 0.75, 1.0, 1.5, 2.0]
    assert found[1.0].tolist() == pytest.approx([plain] * len(ASPECTS))
    assert found.loc["interests", 0.0] < plain - 0.05
    without = {**hand_set_weights(), "contact": 0.0}
    expected = np.nanmean([one.ndcg(without, k=10) for one in people_of_judgements()])
    assert found.loc["contact", 0.0] == pytest.approx(expected)


# Outcomes


def test_what_people_do_teaches_their_taste():
    _, outcomes = noted(contact=0.5)
    found = learnt_from_outcomes()
    grown = dict(zip(ASPECTS, ratios(found.weights), strict=True))
    assert max(grown, key=grown.__getitem__) == "contact"
    assert found.compared["after"].mean() > found.compared["before"].mean()
    n_people = len({one.profile_id for one in outcomes})
    assert found.source == f"{len(outcomes)} outcomes of {n_people} people"
    assert sum(found.weights.values()) == pytest.approx(1, abs=ROUNDING)


def refusal(n_outcomes, n_people):
    return (
        rf"^outcomes must be at least {OUTCOMES_LEAST} that tell something, of at least {PEOPLE_LEAST} people; "
        rf"got '{n_outcomes} of {n_people} people'\. Keep the weights that are in use until more has been noted\.$"
    )


@cache
def open_to_all():
    """Return the ids of what somebody of whom nothing is known may be offered."""
    nobody = read_profile({"id": "p"})
    (found,) = grade(fewer(), [nobody], {"p": {one.id: 1.0 for one in fewer()}}, today=TODAY)
    return found.ids


def some_of(n_outcomes, n_people):
    """Return so many outcomes of so many people, all of what is allowed."""
    ids = open_to_all()
    profiles = [read_profile({"id": f"p{number}"}) for number in range(n_people)]
    outcomes = [told(f"p{number % n_people}", ids[number // n_people], "chosen") for number in range(n_outcomes)]
    return profiles, outcomes


@pytest.mark.parametrize(("n_outcomes", "n_people"), [(199, 30), (200, 29), (0, 0), (1, 1), (500, 10)])
def test_from_few_outcomes_or_of_few_people_nothing_is_learnt(n_outcomes, n_people):
    profiles, outcomes = some_of(n_outcomes, max(n_people, 1))
    with pytest.raises(InputError, match=refusal(n_outcomes, n_people)):
        tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY)


def test_two_hundred_outcomes_of_thirty_people_are_enough():
    assert (OUTCOMES_LEAST, PEOPLE_LEAST) == (200, 30)
    profiles, outcomes = some_of(200, 30)
    assert tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY).source == "200 outcomes of 30 people"


SILENT = [("declined", "full"), ("declined", "no_answer"), ("declined", "times"), ("declined", None)]
SILENT += [("stopped", "full"), ("stopped", "no_answer")]


@pytest.mark.parametrize(("outcome", "reason"), SILENT)
def test_outcomes_that_say_nothing_are_not_counted(outcome, reason):
    profiles, outcomes = some_of(210, 30)
    silent = [replace(one, outcome=outcome, reason=reason) for one in outcomes[199:]]
    with pytest.raises(InputError, match=refusal(199, 30)):
        tune_on_outcomes(fewer(), profiles, [*outcomes[:199], *silent], today=TODAY)


@pytest.mark.parametrize(("outcome", "reason", "days"), [("declined", "full", 0), ("stopped", "no_answer", 1)])
def test_outcomes_that_say_nothing_teach_nothing_nor_take_back_what_was_said(outcome, reason, days):
    profiles, outcomes = noted(contact=0.5)
    silent = [replace(one, outcome=outcome, reason=reason, on=one.on + timedelta(days=days)) for one in outcomes]
    first, second = learnt_from_outcomes(), tune_on_outcomes(fewer(), profiles, [*silent, *outcomes], today=TODAY)
    assert (second.weights, second.gain, second.source) == (first.weights, first.gain, first.source)


def test_what_was_noted_again_counts_once():
    profiles, outcomes = some_of(199, 30)
    again = [replace(one, outcome="attended", on=one.on + timedelta(days=1)) for one in outcomes]
    with pytest.raises(InputError, match=refusal(199, 30)):
        tune_on_outcomes(fewer(), profiles, [*outcomes, *again, *outcomes], today=TODAY)


def test_outcomes_of_what_is_not_in_the_offer_or_breaks_a_limit_are_not_counted():
    profiles, outcomes = some_of(210, 30)
    profiles = [read_profile({"id": one.id, "max_price_eur": 89}) for one in profiles]
    for other in ("gone", "dear"):
        others = [replace(one, activity_id=other) for one in outcomes[199:]]
        with pytest.raises(InputError, match=refusal(199, 30)):
            tune_on_outcomes([*fewer(), dear()], profiles, [*outcomes[:199], *others], today=TODAY)
    # Who can pay may be asked.
    rich = [read_profile({"id": one.id, "max_price_eur": 90}) for one in profiles]
    found = tune_on_outcomes([*fewer(), dear()], rich, [*outcomes[:199], *others], today=TODAY)
    assert found.source == "210 outcomes of 30 people"


def test_people_of_whom_no_outcome_counts_are_not_counted():
    profiles, outcomes = some_of(310, 31)
    gone = [replace(one, activity_id="gone") if one.profile_id in ("p0", "p1") else one for one in outcomes]
    with pytest.raises(InputError, match=refusal(290, 29)):
        tune_on_outcomes(fewer(), profiles, gone, today=TODAY)
    # One that counts is enough to be one of them.
    found = tune_on_outcomes(fewer(), profiles, [*gone, outcomes[0]], today=TODAY)
    assert found.source == "291 outcomes of 30 people"


def test_outcomes_of_somebody_who_is_not_known_are_not_counted():
    profiles, outcomes = some_of(210, 30)
    with pytest.raises(InputError, match=refusal(203, 29)):
        tune_on_outcomes(fewer(), profiles[1:], outcomes, today=TODAY)


def test_the_order_of_the_file_changes_nothing():
    profiles, outcomes = noted(contact=0.5)
    shuffled = random.Random(1).sample(outcomes, len(outcomes))
    found = tune_on_outcomes(fewer(), profiles, shuffled, today=TODAY)
    assert (found.weights, found.gain) == (learnt_from_outcomes().weights, learnt_from_outcomes().gain)


def test_of_one_person_and_activity_the_last_outcome_counts():
    profiles, outcomes = noted(contact=0.5)
    before, after = (
        [replace(contrary(one), on=one.on + timedelta(days=shift)) for one in outcomes] for shift in (-1, 1)
    )
    plain = learnt_from_outcomes()
    overruled, turned = (
        tune_on_outcomes(fewer(), profiles, [*outcomes, *others], today=TODAY) for others in (before, after)
    )
    assert (overruled.weights, overruled.gain) == (plain.weights, plain.gain)
    assert turned.weights != plain.weights
    assert turned.weights["contact"] < plain.weights["contact"]


def in_order_of_their_first(outcomes):
    """Return people by the day of their first outcome."""
    return list(dict.fromkeys(one.profile_id for one in sorted(outcomes, key=lambda one: one.on)))


def parted(outcomes):
    """Return who is learnt from, and who came later."""
    people = in_order_of_their_first(outcomes)
    split = int(len(people) * LEARN_SHARE)
    return people[:split], people[split:]


def contrary(one):
    """Return the opposite of an outcome."""
    liked = one.outcome in ("attended", "chosen")
    return replace(one, outcome="declined" if liked else "attended", reason="not_my_thing" if liked else None)


def test_learnt_is_from_the_people_who_came_first():
    profiles, outcomes = noted(contact=0.5)
    first, later = parted(outcomes)
    assert (len(first), len(later)) == (36, 16)
    likings = {
        person: {one.activity_id: one.liking for one in outcomes if one.profile_id == person}
        for person in (*first, *later)
    }
    people = {one.profile_id: one for one in grade(fewer(), profiles, likings, today=TODAY)}
    found = learnt_from_outcomes()
    assert found.weights == fit_weights([people[one] for one in first], hand_set_weights())
    unlike = [one for one in later if len(set(likings[one].values())) > 1]
    assert list(found.compared.index) == unlike
    for name, weights in (("before", hand_set_weights()), ("after", found.weights)):
        assert found.compared[name].tolist() == [people[one].agreement(weights) for one in unlike]


def test_nobody_who_came_later_is_learnt_from():
    profiles, outcomes = noted(contact=0.5)
    first, later = (set(people) for people in parted(outcomes))
    found = learnt_from_outcomes()
    assert set(found.compared.index) <= later
    otherwise = [contrary(one) if one.profile_id in later else one for one in outcomes]
    other = tune_on_outcomes(fewer(), profiles, otherwise, today=TODAY)
    assert other.weights == found.weights
    assert other.gain.mean < 0 < found.gain.mean
    # Of those who came first it matters what they did last, long after the first of the later people came.
    ends = max((one for one in outcomes if one.profile_id in first), key=lambda one: one.on)
    assert ends.on > min(one.on for one in outcomes if one.profile_id in later)
    otherwise = [contrary(one) if one is ends else one for one in outcomes]
    assert tune_on_outcomes(fewer(), profiles, otherwise, today=TODAY).weights != found.weights


def test_of_those_who_came_on_one_day_the_lower_ids_are_learnt_from():
    profiles, outcomes = noted(contact=0.5)
    outcomes = [replace(one, on=TODAY) for one in outcomes]
    people = sorted({one.profile_id for one in outcomes})
    later = people[int(len(people) * LEARN_SHARE) :]
    found = tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY)
    assert set(found.compared.index) <= set(later)
    assert list(found.compared.index) == sorted(found.compared.index)
    turned = tune_on_outcomes(fewer()[::-1], profiles[::-1], outcomes[::-1], today=TODAY)
    assert turned.compared.equals(found.compared)
    assert (turned.weights, turned.gain) == (found.weights, found.gain)


def test_what_was_learnt_from_outcomes_stays_within_its_bounds():
    for found in (learnt_from_outcomes(), learnt_from_outcomes(interests=0.0)):
        assert_bounded(found.weights, hand_set_weights())
        assert max(factors(found.weights).values()) > 1.5


def test_weights_that_lose_on_the_judgements_have_an_objection(monkeypatch):
    profiles, outcomes = noted(interests=0.0)
    alone = learnt_from_outcomes(interests=0.0)
    grades = {profile.id: judged().relevance(profile.id) for profile in judged().profiles}
    people = grade(fewer(), judged().profiles, grades, today=TODAY)
    before, after = (
        np.nanmean([one.ndcg(weights, k=10) for one in people]) for weights in (hand_set_weights(), alone.weights)
    )
    loss = before - after
    assert loss > 0.005
    for most, expected in ((0.9 * loss, {f"on the judgements they lose {loss:.3f} nDCG@10"}), (1.1 * loss, set())):
        monkeypatch.setattr(tuning, "JUDGED_LOSS_MOST", most)
        guarded = tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY, judgements=judged())
        assert guarded.weights == alone.weights
        assert set(guarded.objections) - set(alone.objections) == expected


def test_judgements_that_say_nothing_guard_nothing(monkeypatch):
    profiles, outcomes = noted(contact=0.5)
    monkeypatch.setattr(tuning, "JUDGED_LOSS_MOST", -1.0)
    judgements = with_people(Judgements(profiles=(), grades={}), *saying_nothing())
    found = tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY, judgements=judgements)
    assert found.objections == learnt_from_outcomes().objections == ()


def test_outcomes_that_are_all_alike_change_nothing_and_have_an_objection():
    profiles, outcomes = some_of(300, 30)
    found = tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY)
    assert array(found.weights) == pytest.approx(array(hand_set_weights()), abs=1e-4)
    assert len(found.compared) == 0
    assert math.isnan(found.gain.low)
    assert found.objections == ("there is nobody on whom they can be compared",)
    with pytest.raises(InputError, match=r"^These weights must not be adopted: there is nobody on whom they can"):
        adopt(found, on=TODAY)


# Adoption


def test_adopted_weights_are_read_back_and_deleting_the_file_takes_them_away(adopted):
    assert aspect_weights() == hand_set_weights()
    assert adopt(tuned(), on=date(2026, 12, 1)) == adopted
    # Nothing is to be started anew: the cache was emptied.
    assert dict(aspect_weights()) == tuned().weights
    assert Matcher([]).weights == tuned().weights
    assert hand_set_weights() != aspect_weights()
    adopted.unlink()
    aspect_weights.cache_clear()
    assert aspect_weights() == hand_set_weights()
    assert Matcher([]).weights == hand_set_weights()


def test_the_file_says_when_from_what_and_with_what_gain(tmp_path):
    file = adopt(tuned(), on=date(2026, 12, 1), file=tmp_path / "w.toml")
    text = file.read_text(encoding="utf-8")
    found = tomllib.loads(text)
    assert list(found) == ["version", "adopted_on", "learnt_from", "gain", "aspects"]
    assert found["adopted_on"] == date(2026, 12, 1)
    assert found["learnt_from"] == "judgements of 9 people"
    assert found["gain"] == 0.02
    assert found["aspects"] == tuned().weights
    assert len(found["version"]) == 12
    assert "Delete this file to undo." in text.splitlines()[0]
    assert text.endswith("\n")


def test_the_version_follows_the_weights(tmp_path):
    def version(weights):
        file = adopt(tuned(weights=weights), on=TODAY, file=tmp_path / "w.toml")
        return tomllib.loads(file.read_text(encoding="utf-8"))["version"]

    plain = tuned().weights
    assert version(plain) == version(dict(reversed(plain.items())))
    assert version(plain) != version({**plain, "contact": 0.2})


def test_weights_with_an_objection_are_not_adopted(tmp_path, adopted):
    file = tmp_path / "w.toml"
    refused = tuned(objections=("they lose", "they are not sure"))
    with pytest.raises(InputError, match=r"^These weights must not be adopted: they lose; they are not sure"):
        adopt(refused, on=TODAY, file=file)
    with pytest.raises(InputError, match=r"^These weights must not be adopted: on people they were not learnt"):
        adopt(learnt_from_judgements(), on=TODAY)
    assert not file.exists()
    assert not adopted.exists()


def test_a_place_where_nothing_can_be_written_is_said(tmp_path):
    file = tmp_path / "nergens" / "w.toml"
    message = rf"^{file} cannot be written \(No such file or directory\); adopt as a user who may\."
    with pytest.raises(InputError, match=message):
        adopt(tuned(), on=TODAY, file=file)


def test_what_was_learnt_from_outcomes_can_be_adopted_when_nothing_speaks_against_it():
    profiles, outcomes = noted(contact=0.5)
    found = learnt_from_outcomes()
    assert found.gain.low > 0
    assert found.objections == ()
    adopt(found, on=TODAY)
    assert dict(aspect_weights()) == found.weights
    again = tune_on_outcomes(fewer(), profiles, outcomes, today=TODAY)
    assert again.weights == found.weights
    assert again.gain == (0, 0, 0)
