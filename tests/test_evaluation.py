"""The evaluation beside a plain recomputation, and the simpler rankers beside slow ones of the same formula."""

import math
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from functools import cache

import numpy as np
import pandas as pd
import pytest

from matcher import evaluation as rooms
from matcher.baselines import (
    BM25,
    K1,
    B,
    ConstantBoosts,
    InterestOverlap,
    OneHotNeighbours,
    Random,
    TfidfCosine,
    activity_text,
    baselines,
    profile_text,
)
from matcher.errors import InputError
from matcher.evaluation import GROUP_LEAST, MEASURES, OURS, READERS, VARIED, ablate, evaluate, groups_of, trade_off
from matcher.model import read_activity, read_profile
from matcher.model.answer import ASPECTS
from matcher.model.judgements import Judgements
from matcher.ranking import VARIED_FIT
from matcher.readers.csv_offer import read_offer
from matcher.readers.judgements import read_judgements
from matcher.schedule import BRUSSELS
from matcher.service import Matcher
from matcher.vocabulary import data_folder, lineage

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
NAMES = ("random", "boosts", "one_hot", "overlap", "tfidf", "bm25_words", "bm25_characters")
NOBODY = read_profile({"id": "nobody"})
EVERYTHING = read_profile(
    {
        "id": "everything",
        "interests": ["cooking", "football"],
        "wishes": "Ik kook graag voor mensen en speel voetbal.",
        "dutch_level": "A1",
        "group": ["small"],
        "home": {"postal_code": "3020"},
        "audience": ["women"],
    }
)


@cache
def offer():
    return tuple(sorted(read_offer(data_folder() / "herent_offer.csv")[0], key=lambda one: one.id))


@cache
def judged():
    return read_judgements(data_folder() / "judgements")[0]


@cache
def measured():
    return evaluate(offer(), judged(), today=TODAY)


@cache
def some():
    """Return a part of the offer, some people and what was judged: all that is allowed, and no more."""
    profiles = judged().profiles[:6]
    few = offer()[::4]
    ids = {one.id for one in few}
    grades = {
        one.id: {id_: both for id_, both in judged().grades[one.id].items() if id_ in ids} for one in profiles
    }
    return few, Judgements(profiles=profiles, grades=grades, today=TODAY)


def activity(id_, **facts):
    return read_activity({"id": id_, "title": "?", "organiser": "?", "kind": "informal", **facts})


def scores_of(baseline, activities, profile):
    return baseline.fit(activities).score(profile)


@cache
def engine():
    return Matcher(offer())


@cache
def ids_of(profile):
    """Return what the desk would be given for a person: all that is allowed, best first."""
    found = engine().suggest(profile, today=TODAY, now=NOW, k=1000)
    return [one["activity_id"] for one in found["suggestions"]]


def plain_ndcg(ranked, relevance, k=10):
    """Return the nDCG once more, from its definition."""
    gained = sum(relevance.get(one, 0) / math.log(rank + 2, 2) for rank, one in enumerate(ranked[:k]))
    best = sorted(relevance.values(), reverse=True)[:k]
    ideal = sum(grade / math.log(rank + 2, 2) for rank, grade in enumerate(best))
    return gained / ideal if ideal else math.nan


# Baselines


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "activities",
    [
        (),
        (activity("a"), activity("b")),
        (activity("a"), activity("b", title="Koken", interests=["cooking"], taalicoon=2, group_max=6)),
        (activity("a", title="Koken voor iedereen"),),
    ],
    ids=["an empty offer", "no words", "few words", "one"],
)
@pytest.mark.parametrize("profile", [NOBODY, EVERYTHING], ids=["nobody", "everything"])
def test_a_baseline_gives_each_activity_a_finite_number(name, activities, profile):
    found = scores_of(baselines(np.random.default_rng(0))[name], activities, profile)
    assert found.shape == (len(activities),)
    assert found.dtype == np.float64
    assert np.isfinite(found).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_baseline_gives_finite_numbers_on_the_demonstration_and_all_but_chance_the_same_twice(name):
    ranker = baselines(np.random.default_rng(3))[name].fit(offer())
    for profile in (*judged().profiles, NOBODY):
        first, second = ranker.score(profile), ranker.score(profile)
        assert np.isfinite(first).all()
        assert (first == second).all() == (name != "random")


def test_there_are_seven_baselines():
    assert tuple(baselines(np.random.default_rng(0))) == NAMES


def test_the_random_order_follows_its_generator():
    ranker = Random(np.random.default_rng(8)).fit(offer())
    drawn = np.random.default_rng(8)
    for _ in range(3):
        assert (ranker.score(NOBODY) == drawn.random(len(offer()))).all()
    other = Random(np.random.default_rng(9)).fit(offer())
    assert (other.score(NOBODY) != Random(np.random.default_rng(8)).fit(offer()).score(NOBODY)).any()


def words_of(text):
    return re.findall(r"\b\w\w+\b", text.lower())


def characters_of(text):
    """Return the n-grams of 3 to 5 characters within words, each word between two spaces."""
    found = []
    for word in (f" {one} " for one in text.lower().split()):
        for length in (3, 4, 5):
            if len(word) <= length:
                found.append(word)  # a word that is no longer counts once
                break
            found += [word[start : start + length] for start in range(len(word) - length + 1)]
    return found


def slow_bm25(documents, asked):
    """Score documents by Okapi BM25, term by term; the weight of a rare term is never below 0."""
    counts = [Counter(document) for document in documents]
    usual = sum(map(len, documents)) / len(documents)
    holding = Counter(term for count in counts for term in count)
    scores = []
    for document, count in zip(documents, counts, strict=True):
        score = 0.0
        for term in asked:
            if count[term]:
                n = holding[term]
                rarity = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
                saturated = count[term] * (K1 + 1) / (count[term] + K1 * (1 - B + B * len(document) / usual))
                score += rarity * saturated
        scores.append(score)
    return scores


@pytest.mark.parametrize("characters", [False, True], ids=["words", "characters"])
def test_bm25_equals_a_slow_one(characters):
    terms = characters_of if characters else words_of
    ranker = BM25(characters=characters).fit(offer())
    documents = [terms(activity_text(one)) for one in offer()]
    for profile in (*judged().profiles[::2], NOBODY, EVERYTHING):
        expected = slow_bm25(documents, terms(profile_text(profile)))
        assert ranker.score(profile) == pytest.approx(expected, abs=1e-9)
    assert (ranker.score(EVERYTHING) > 0).any()


def test_bm25_rewards_rare_words_and_short_texts():
    activities = [
        activity("a", title="zingen en koken", organiser="koor"),
        activity("b", title="koken en eten", organiser="keuken"),
        activity("c", title="zingen", organiser="koor"),
        activity("d", title="koken", organiser="keuken"),
        activity("e", title="koken koken", organiser="keuken"),
    ]
    ranker = BM25(characters=False).fit(activities)
    sings = ranker.score(read_profile({"id": "p", "wishes": "zingen"}))
    cooks = ranker.score(read_profile({"id": "p", "wishes": "koken"}))
    assert sings[2] > sings[0] > 0 == sings[1] == sings[3]
    assert sings[0] > cooks[0]
    assert cooks[4] > cooks[1]


def test_tfidf_is_a_cosine():
    activities = [
        activity("a", title="schaken", organiser="schaken"),
        activity("b", title="zingen", organiser="schaken"),
        activity("c", title="zingen", organiser="zingen"),
    ]
    asked = read_profile({"id": "p", "wishes": "schaken schaken schaken"})
    found = scores_of(TfidfCosine(), activities, asked)
    # Two of three texts hold each word: both weigh the same.
    assert found == pytest.approx([1, math.sqrt(0.5), 0])


def test_the_interest_overlap_is_that_of_sets_with_all_above():
    found = {profile.id: scores_of(InterestOverlap(), offer(), profile) for profile in judged().profiles}
    overlaps = []
    for profile in judged().profiles:
        own = {above for one in profile.interests for above in lineage(one)}
        for column, one in enumerate(offer()):
            about = {above for interest in one.given_interests for above in lineage(interest)}
            expected = len(own & about) / len(own | about) if own | about else 0
            assert found[profile.id][column] == pytest.approx(expected)
            overlaps.append(expected)
    assert max(overlaps) == 1
    assert len(set(overlaps)) > 10


def test_derived_interests_are_not_lent_to_the_baselines():
    derived = activity("a", title="Koken", interests=["cooking"], derived=["interests=koken"])
    cooks = read_profile({"id": "p", "interests": ["cooking"]})
    for ranker in (InterestOverlap(), OneHotNeighbours(), ConstantBoosts()):
        assert scores_of(ranker, [derived], cooks).tolist() == [0]
        assert scores_of(ranker, [activity("a", interests=["cooking"])], cooks)[0] > 0
    assert "kookkunst" not in activity_text(derived)


def slow_one_hot(activities, profile):
    """Return the cosine of sets of marks; what no activity has is no column, but the four levels always are."""
    sizes = (("duo", 2), ("small", 8), ("medium", 20), ("large", math.inf))
    marks = [
        {above for interest in one.given_interests for above in lineage(interest)}
        | {("for", word) for word in one.audience}
        | ({("level", one.taalicoon)} if one.taalicoon else set())
        | ({("group", next(size for size, most in sizes if one.group_max <= most))} if one.group_max else set())
        for one in activities
    ]
    columns = set().union(*marks) | {("level", number) for number in (1, 2, 3, 4)}
    level = {"pre-A1": 1, "A1": 2, "A2": 3, "B1": 4, "B2": 4, "C1": 4, "C2": 4}.get(profile.dutch_level)
    own = {above for interest in profile.interests for above in lineage(interest)}
    own |= {("for", word) for word in profile.audience} | {("group", size) for size in profile.group_sizes}
    own = (own | {("level", level)}) & columns
    return [len(own & one) / math.sqrt(len(own) * len(one)) if own and one else 0 for one in marks]


def test_the_one_hot_neighbours_are_the_nearest_by_cosine():
    for profile in (*judged().profiles, NOBODY, EVERYTHING):
        found = scores_of(OneHotNeighbours(), offer(), profile)
        assert found == pytest.approx(slow_one_hot(offer(), profile), abs=1e-12)
    assert scores_of(OneHotNeighbours(), offer(), EVERYTHING).max() > 0.3


@pytest.mark.parametrize(
    ("facts", "boosts"),
    [
        ({"interests": ["cooking"], "postal_code": "3020"}, 1 + 2 + 1),
        ({"interests": ["cooking"], "postal_code": "9000"}, 1 + 2),
        ({"interests": ["baking"]}, 1),
        ({"interests": ["baking", "cooking", "volleyball"], "postal_code": "3020"}, 1 + 1 + 2 + 1),
        ({"postal_code": "3020"}, 1),
        ({}, 0),
    ],
)
def test_boosts_are_constant(facts, boosts):
    assert scores_of(ConstantBoosts(), [activity("a", **facts)], EVERYTHING).tolist() == [boosts]


# The evaluation on the demonstration


def test_our_ranking_breaks_no_limit_and_neither_does_another():
    assert (measured().people["broken"] == 0).all()
    allowed = {profile.id: set(ids_of(profile)) for profile in judged().profiles}
    for ranker in (*NAMES, OURS, READERS):
        for profile_id, ranked in measured().lists[ranker].items():
            assert len(ranked) == len(set(ranked))
            assert set(ranked) == allowed[profile_id], (ranker, profile_id)
    for profile_id, ranked in measured().lists[VARIED].items():
        assert len(set(ranked)) == len(ranked) == min(10, len(allowed[profile_id]))
        assert set(ranked) <= allowed[profile_id]


def test_our_ranking_gains_on_the_best_baseline_for_sure():
    best = measured().best_baseline()
    means = measured().people["ndcg"].groupby(level="ranker").mean()
    assert best in NAMES
    assert means[best] == means[list(NAMES)].max()
    gain = measured().gain(over=best)
    assert gain.mean == pytest.approx(means[OURS] - means[best])
    assert gain.low > 0
    assert gain.low < gain.mean < gain.high


def test_the_gain_is_paired_and_has_two_sides():
    there, back = measured().gain(over="boosts"), measured().gain(over=OURS, of="boosts")
    assert there.mean == pytest.approx(-back.mean)
    assert measured().gain(over=OURS) == (0, 0, 0)
    with pytest.raises(InputError, match=r"^ranker must be one of random, .*, readers; got 'magic'\.$"):
        measured().gain(over="magic")
    with pytest.raises(InputError, match=r"^ranker must be one of random, .*, readers; got 'magic'\.$"):
        measured().gain(over="boosts", of="magic")


def test_the_figures_are_those_of_the_desk_person_by_person():
    shown, allowed = set(), set()
    for profile in judged().profiles:
        found = engine().suggest(profile, today=TODAY, now=NOW, k=1000)
        ranked = [one["activity_id"] for one in found["suggestions"]]
        assert measured().lists[OURS][profile.id] == ranked
        varied = engine().suggest(profile, today=TODAY, now=NOW, k=10, varied=True)["suggestions"]
        assert measured().lists[VARIED][profile.id] == [one["activity_id"] for one in varied]
        grades = judged().grades[profile.id]
        relevance = {one: sum(both) / 2 for one, both in grades.items()}
        relevant = {one for one, grade in relevance.items() if grade >= 2}
        row = measured().people.loc[OURS, profile.id]
        assert row["ndcg"] == pytest.approx(plain_ndcg(ranked, relevance), nan_ok=True)
        if relevant:
            assert row["recall"] == pytest.approx(len(relevant.intersection(ranked[:10])) / len(relevant))
            first = next((rank for rank, one in enumerate(ranked, start=1) if one in relevant), math.inf)
            assert row["reciprocal_rank"] == pytest.approx(1 / first)
        else:
            assert row[["recall", "reciprocal_rank"]].isna().all()
        shown |= set(ranked[:10])
        allowed |= set(ranked)
    assert measured().coverage[OURS] == pytest.approx(len(shown) / len(allowed))
    own = measured().people.loc[OURS]
    assert measured().summary().loc[OURS, list(MEASURES)].to_dict() == pytest.approx(own.mean().to_dict())


def test_the_figures_of_a_baseline_follow_its_scores_and_ties_go_to_the_lower_id():
    ranker = ConstantBoosts().fit(offer())
    for profile in judged().profiles:
        score = dict(zip([one.id for one in offer()], ranker.score(profile), strict=True))
        expected = sorted(ids_of(profile), key=lambda one: (-score[one], one))
        assert measured().lists["boosts"][profile.id] == expected
        found = measured().people.loc[("boosts", profile.id), "ndcg"]
        assert found == pytest.approx(plain_ndcg(expected, judged().relevance(profile.id)), nan_ok=True)


def test_a_reader_is_measured_by_the_grades_of_the_other():
    for profile in judged().profiles:
        allowed, grades = sorted(ids_of(profile)), judged().grades[profile.id]
        first, second = ({one: both[reader] for one, both in grades.items()} for reader in (0, 1))
        ways = [
            plain_ndcg(sorted(allowed, key=lambda one, own=own: -own.get(one, -1)), other)
            for own, other in ((first, second), (second, first))
        ]
        assert measured().people.loc[(READERS, profile.id), "ndcg"] == pytest.approx(sum(ways) / 2, nan_ok=True)


def test_the_summary_has_a_row_for_each_ranker_and_bounds_around_the_mean():
    summary = measured().summary()
    assert list(summary.index) == [*NAMES, VARIED, OURS, READERS]
    assert list(summary.columns) == ["ndcg", "low", "high", *MEASURES[1:], "coverage"]
    assert (summary["low"] < summary["ndcg"]).all()
    assert (summary["ndcg"] < summary["high"]).all()
    assert summary["coverage"].between(0, 1).all()


def test_all_that_is_allowed_was_judged_in_the_demonstration():
    assert (measured().unjudged, measured().not_allowed) == (0, 0)


def test_the_same_seed_gives_the_same_tables_and_another_seed_another_random_order():
    activities, judgements = some()
    plain = evaluate(activities, judgements, today=TODAY)
    again, other = (evaluate(activities[::-1], judgements, today=TODAY, seed=seed) for seed in (0, 1))
    pd.testing.assert_frame_equal(again.people, plain.people)
    pd.testing.assert_frame_equal(again.summary(), plain.summary())
    pd.testing.assert_frame_equal(again.by_group(), plain.by_group())
    pd.testing.assert_frame_equal(again.mistakes(), plain.mistakes())
    assert again.lists == plain.lists
    assert other.lists["random"] != plain.lists["random"]
    assert {name: of for name, of in other.lists.items() if name != "random"} == {
        name: of for name, of in plain.lists.items() if name != "random"
    }
    # The seed draws the people of the intervals too.
    assert not other.summary().drop(index="random").equals(plain.summary().drop(index="random"))
    for ranker in (*NAMES[1:], VARIED, OURS, READERS):
        assert other.people.loc[ranker].equals(plain.people.loc[ranker])


def test_other_weights_give_the_list_of_a_matcher_with_those():
    activities, judgements = some()
    weights = dict.fromkeys(ASPECTS, 1.0) | {"interests": 0.1}
    found = evaluate(activities, judgements, today=TODAY, weights=weights)
    other = Matcher(activities, weights=weights)
    for profile in judgements.profiles:
        suggested = other.suggest(profile, today=TODAY, now=NOW, k=1000)["suggestions"]
        assert found.lists[OURS][profile.id] == [one["activity_id"] for one in suggested]
    assert found.lists[OURS] != evaluate(activities, judgements, today=TODAY).lists[OURS]


def test_the_length_of_the_lists_is_that_which_is_asked_for():
    found = evaluate(*some(), today=TODAY, k=3)
    for profile_id, ranked in found.lists[OURS].items():
        expected = plain_ndcg(ranked, some()[1].relevance(profile_id), k=3)
        assert found.people.loc[(OURS, profile_id), "ndcg"] == pytest.approx(expected, nan_ok=True)
    for profile_id, ranked in found.lists[VARIED].items():
        assert len(ranked) == min(3, len(found.lists[OURS][profile_id]))
    assert found.k == 3


# Groups


def test_groups_divide_the_people():
    found, ndcg = measured().by_group(), measured().people.loc[OURS, "ndcg"]
    assert list(measured().groups.index) == [profile.id for profile in judged().profiles]
    assert not measured().groups.isna().any(axis=None)
    assert set(found.index.get_level_values("division")) == set(measured().groups.columns)
    for _, groups in found.groupby(level="division"):
        assert groups["people"].sum() == len(judged().profiles)
        assert np.average(groups["ndcg"], weights=groups["people"]) == pytest.approx(ndcg.mean())


def test_the_figure_of_a_group_is_the_mean_over_its_people():
    found, ndcg = measured().by_group(), measured().people.loc[OURS, "ndcg"]
    for (division, group), row in found.iterrows():
        members = measured().groups.index[measured().groups[division] == group]
        assert row["people"] == len(members) > 0
        assert row["ndcg"] == pytest.approx(ndcg[members].mean())
        assert row["low"] - 1e-9 <= row["ndcg"] <= row["high"] + 1e-9


def test_only_large_groups_are_compared():
    found = measured().by_group()
    large = found["people"] >= GROUP_LEAST
    assert found["of_best"].isna().equals(~large)
    assert 0 < large.sum() < len(found)
    for _, groups in found[large].groupby(level="division"):
        assert groups["of_best"].max() == 1
        assert (groups["of_best"] * groups["ndcg"].max()).tolist() == pytest.approx(groups["ndcg"].tolist())


def test_another_ranker_can_be_looked_at_by_group():
    assert measured().by_group(ranker="tfidf").loc[("told", "nothing"), "ndcg"] == pytest.approx(
        measured().people.loc[("tfidf", "p-007"), "ndcg"]
    )


@pytest.mark.parametrize(
    ("facts", "division", "group"),
    [
        ({}, "level", "unknown"),
        ({"dutch_level": "1.2"}, "level", "A2"),
        ({}, "parents", "not said"),
        ({"needs": ["childcare"]}, "parents", "parent"),
        ({"needs": ["child_welcome", "companion"]}, "parents", "parent"),
        ({"audience": ["parents", "women"]}, "parents", "parent"),
        ({"needs": ["companion"], "audience": ["women"]}, "parents", "not said"),
        ({}, "transport", "unknown"),
        ({"transport": "bike"}, "transport", "bike"),
        ({}, "availability", "unknown"),
        ({"availability": []}, "availability", "hardly free"),
        ({"availability": ["ma 09:00-10:59"]}, "availability", "hardly free"),
        ({"availability": ["ma 09:00-10:00", "wo 09:00-10:00"]}, "availability", "day"),
        ({"availability": ["ma 16:00-19:00"]}, "availability", "evening or weekend"),
        ({"availability": ["za 09:00-11:00"]}, "availability", "evening or weekend"),
        ({"availability": ["ma 06:00-07:00", "di 17:00-18:00"]}, "availability", "evening or weekend"),
        ({"availability": ["vr 15:00-19:00"]}, "availability", "both"),
        ({}, "told", "nothing"),
        ({"interests": ["cooking"]}, "told", "interests"),
        ({"wishes": "Ik kook graag."}, "told", "text"),
        ({"wishes": "Ik kook graag.", "interests": ["cooking"]}, "told", "interests and text"),
        ({}, "language", "none"),
        ({"wishes": "Ik kook graag voor mijn familie."}, "language", "nl"),
        ({"wishes": "I would like to sing with other people."}, "language", "en"),
        ({"wishes": "?!"}, "language", "unclear"),
    ],
)
def test_a_person_falls_into_a_group(facts, division, group):
    assert groups_of([read_profile({"id": "p", **facts})]).loc["p", division] == group


# Mistakes


def with_lists(lists, grades, k=10):
    """Return an evaluation of other lists by other grades."""
    relevance = {person: grades.get(person, {}) for person in lists}
    return replace(measured(), lists={OURS: lists}, relevance=relevance, k=k)


def test_costs_are_positive_and_the_worst_comes_first():
    found = measured().mistakes(10_000)
    assert len(found) > 50
    assert (found["cost"] > 0).all()
    assert found["cost"].is_monotonic_decreasing
    assert (found["rank"] != found["best_rank"]).all()
    pd.testing.assert_frame_equal(measured().mistakes(), found.head(10))
    assert len(measured().mistakes(3)) == 3
    assert len(measured().mistakes(0)) == 0


def test_a_mistake_stands_where_it_says_and_has_the_grade_it_says():
    for row in measured().mistakes(10_000).itertuples():
        ranked, relevance = measured().lists[OURS][row.profile_id], judged().relevance(row.profile_id)
        assert ranked[row.rank - 1] == row.activity_id
        assert row.grade == relevance[row.activity_id]
        best = sorted(ranked, key=lambda one, of=relevance: (-of[one], one))
        assert best[row.best_rank - 1] == row.activity_id


def test_the_mistakes_of_a_list_cost_at_least_what_it_lost():
    # Of two that stand in the place of the other both are named, what one loses may be counted with both.
    found = measured().mistakes(10_000).groupby("profile_id")["cost"].sum()
    for profile_id, ndcg in measured().people.loc[OURS, "ndcg"].items():
        assert found.get(profile_id, 0.0) >= (1 - ndcg) - 1e-9


def test_a_perfect_order_costs_nothing():
    grades = {
        person: {one: float(max(0, 3 - place // 4)) for place, one in enumerate(ranked)}
        for person, ranked in measured().lists[OURS].items()
    }
    assert len(with_lists(measured().lists[OURS], grades).mistakes(10_000)) == 0
    shuffled = {person: random.Random(1).sample(ranked, len(ranked)) for person, ranked in grades_lists(grades)}
    assert len(with_lists(shuffled, grades).mistakes(10_000)) > 0


def grades_lists(grades):
    return ((person, list(of)) for person, of in grades.items())


def test_among_equal_grades_any_order_is_as_good():
    grades = {"p-001": {"a": 3.0, "b": 1.0, "c": 1.0, "d": 1.0, "e": 0.0}}
    assert len(with_lists({"p-001": ["a", "d", "b", "c", "e"]}, grades).mistakes()) == 0


def test_a_mistake_costs_what_its_place_takes_away():
    ideal = 3 + 1 / math.log2(3)
    found = with_lists({"p-001": ["b", "a", "c"]}, {"p-001": {"a": 3.0, "b": 1.0, "c": 0.0}}).mistakes()
    assert found[["activity_id", "grade", "rank", "best_rank"]].to_numpy().tolist() == [
        ["b", 1.0, 1, 2],
        ["a", 3.0, 2, 1],
    ]
    assert found["cost"].tolist() == pytest.approx([2 / ideal, 3 * (1 - 1 / math.log2(3)) / ideal])


def test_what_stands_behind_the_list_costs_only_what_it_would_have_gained():
    grades = {"p-001": {"a": 2.0, "b": 0.0, "c": 0.0, "d": 1.0}}
    found = with_lists({"p-001": ["a", "b", "c", "d"]}, grades, k=1).mistakes()
    assert len(found) == 0
    found = with_lists({"p-001": ["a", "b", "c", "d"]}, grades, k=2).mistakes()
    ideal = 2 + 1 / math.log2(3)
    assert dict(zip(found["activity_id"], found["cost"], strict=True)) == pytest.approx(
        {"d": 1 / math.log2(3) / ideal, "b": 1 / math.log2(3) / ideal}
    )


def test_where_nothing_is_relevant_nothing_is_a_mistake():
    assert len(with_lists({"p-001": ["b", "a"]}, {"p-001": {"a": 0.0}}).mistakes()) == 0
    assert len(with_lists({"p-001": ["a", "b"]}, {}).mistakes()) == 0


# What was not judged, or is not allowed


def small():
    """Return an offer of which one is too dear, and grades for that one, another, and one that is not there."""
    activities = [activity(one) for one in ("a", "b", "c")] + [activity("dear", price_eur=90)]
    profiles = (read_profile({"id": "p", "max_price_eur": 3}), read_profile({"id": "q"}))
    return activities, Judgements(
        profiles=profiles,
        grades={"p": {"a": (3, 3), "dear": (2, 2), "gone": (1, 1)}, "q": {"b": (0, 3), "c": (1, 1)}},
        today=TODAY,
    )


def test_what_was_not_judged_and_what_is_not_allowed_is_counted():
    activities, judgements = small()
    found = evaluate(activities, judgements, today=TODAY)
    # p: b and c were not judged, of q: a and dear.
    assert found.unjudged == 4
    # p: dear breaks a limit, gone is not in the offer.
    assert found.not_allowed == 2
    assert {one: set(ranked) for one, ranked in found.lists[OURS].items()} == {
        "p": {"a", "b", "c"},
        "q": {"a", "b", "c", "dear"},
    }


def test_what_breaks_a_limit_is_left_out_of_the_ideal_order_too():
    activities, judgements = small()
    found = evaluate(activities, judgements, today=TODAY)
    assert found.relevance == {"p": {"a": 3.0}, "q": {"b": 1.5, "c": 1.0}}
    ranked = found.lists[OURS]["p"]
    expected = 1 / math.log2(ranked.index("a") + 2)
    assert found.people.loc[(OURS, "p"), "ndcg"] == pytest.approx(expected)
    assert found.people.loc[(OURS, "p"), "recall"] == 1
    assert found.people.loc[(READERS, "p"), "ndcg"] == 1


@cache
def more_than_allowed():
    """Return the same judgements, with the highest grade for all that breaks a limit or is in no offer."""
    activities, judgements = some()
    every = dict.fromkeys([*(one.id for one in activities), "gone"], (3.0, 3.0))
    return replace(judgements, grades={one: every | of for one, of in judgements.grades.items()})


def test_what_was_judged_and_breaks_a_limit_changes_no_figure():
    activities, judgements = some()
    plain, more = (evaluate(activities, one, today=TODAY) for one in (judgements, more_than_allowed()))
    allowed = sum(map(len, plain.lists[OURS].values()))
    assert (plain.unjudged, plain.not_allowed) == (more.unjudged, 0) == (0, 0)
    assert more.not_allowed == (len(activities) + 1) * len(judgements.profiles) - allowed > 50
    assert more.relevance == plain.relevance
    assert more.lists == plain.lists
    pd.testing.assert_frame_equal(more.people, plain.people)
    pd.testing.assert_frame_equal(more.mistakes(1000), plain.mistakes(1000))
    assert len(plain.mistakes(1000)) > 0


@pytest.mark.slow
def test_what_was_judged_and_breaks_a_limit_changes_no_table():
    activities, judgements = some()
    pd.testing.assert_frame_equal(ablate(activities, more_than_allowed(), today=TODAY, k=3), ablated())
    assert ablated()["ndcg"].nunique() > 5
    plain, more = (trade_off(activities, one, today=TODAY) for one in (judgements, more_than_allowed()))
    pd.testing.assert_frame_equal(more, plain)
    assert plain["ndcg"].nunique() > 1


def test_what_was_not_judged_counts_as_not_relevant():
    activities, judgements = small()
    found = evaluate(activities, judgements, today=TODAY, k=1)
    for ranker in (OURS, "tfidf"):
        first = found.lists[ranker]["q"][0]
        relevance = {"b": 1.5, "c": 1.0}.get(first, 0.0)
        assert found.people.loc[(ranker, "q"), "ndcg"] == pytest.approx(relevance / 1.5)
        assert math.isnan(found.people.loc[(ranker, "q"), "recall"])


def test_who_has_no_relevant_activity_is_left_out_of_the_mean():
    activities, judgements = small()
    grades = {**judgements.grades, "q": {"b": (0.0, 0.0)}}
    found = evaluate(activities, replace(judgements, grades=grades), today=TODAY)
    assert math.isnan(found.people.loc[(OURS, "q"), "ndcg"])
    assert found.summary().loc[OURS, "ndcg"] == found.people.loc[(OURS, "p"), "ndcg"]
    assert found.by_group().loc["told", "people"].sum() == 1


@pytest.mark.parametrize("table", [evaluate, ablate, trade_off])
@pytest.mark.parametrize(
    ("people", "grades"),
    [
        ("", {}),
        ("pq", {}),
        ("pq", {"p": {"a": (0, 0), "b": (0.0, 0.0)}, "q": {"c": (0, 0)}}),
        ("p", {"p": {"dear": (3, 3)}}),
        ("pq", {"p": {"dear": (3, 3), "gone": (2, 2), "a": (0, 0)}}),
        ("p", {"q": {"a": (3, 3)}}),
    ],
    ids=["nobody", "no grades", "all 0", "not allowed", "not allowed or 0", "somebody else"],
)
def test_judgements_that_say_nothing_are_refused(table, people, grades):
    activities, judgements = small()
    profiles = tuple(one for one in judgements.profiles if one.id in people)
    message = r"^judgements must be of a person with an allowed activity graded above 0; got '0'\.$"
    with pytest.raises(InputError, match=message):
        table(activities, Judgements(profiles=profiles, grades=grades), today=TODAY)


def test_one_grade_by_one_reader_is_enough():
    activities, judgements = small()
    found = evaluate(activities, replace(judgements, grades={"q": {"a": (0, 0.5)}}), today=TODAY)
    assert found.relevance == {"p": {}, "q": {"a": 0.25}}
    assert found.people.loc[OURS, "ndcg"].notna().tolist() == [False, True]


@pytest.mark.parametrize("k", [0, -3])
def test_lists_without_length_are_refused(k):
    with pytest.raises(InputError, match=rf"^k must be at least 1; got '{k}'\.$"):
        evaluate(offer(), judged(), today=TODAY, k=k)


# What each part adds


@cache
def ablated():
    return ablate(*some(), today=TODAY, k=3)


def test_leaving_nothing_out_is_the_plain_figure():
    row = ablated().loc["nothing"]
    plain = evaluate(*some(), today=TODAY, k=3).people.loc[OURS, "ndcg"]
    assert row["ndcg"] == pytest.approx(plain.mean(), abs=1e-12)
    assert row[["loss", "low", "high"]].tolist() == [0, 0, 0]


def test_a_loss_is_that_of_the_mean_and_lies_within_its_bounds():
    assert (ablated()["ndcg"] + ablated()["loss"]).to_numpy() == pytest.approx(ablated().loc["nothing", "ndcg"])
    assert (ablated()["low"] <= ablated()["loss"]).all()
    assert (ablated()["loss"] <= ablated()["high"]).all()


def test_each_aspect_and_each_source_is_left_out_once():
    assert list(ablated().index) == [
        "nothing",
        *(f"aspect {aspect}" for aspect in ASPECTS),
        *["wishes", "ticked interests", "given interests", "descriptions", "titles and descriptions"],
    ]
    assert (ablated()["loss"] != 0).sum() > 6


@pytest.mark.slow
def test_on_the_demonstration_no_aspect_adds_more_than_the_interests():
    found = ablate(offer(), judged(), today=TODAY)
    assert found.loc["nothing", "ndcg"] == pytest.approx(measured().people.loc[OURS, "ndcg"].mean(), abs=1e-12)
    losses = found.loc[[f"aspect {aspect}" for aspect in ASPECTS], "loss"]
    assert losses.idxmax() == "aspect interests"
    assert losses.max() > 0.05


def test_without_an_aspect_is_with_a_weight_of_nothing():
    weights = {**rooms.aspect_weights(), "contact": 0.0}
    found = evaluate(*some(), today=TODAY, weights=weights, k=3).people.loc[OURS, "ndcg"].mean()
    assert ablated().loc["aspect contact", "ndcg"] == pytest.approx(found)


def test_a_list_that_is_all_fit_is_the_plain_one_and_a_varied_one_is_more_diverse():
    found = trade_off(offer(), judged(), today=TODAY, shares=(1.0, VARIED_FIT, 0.5))
    own = measured().people.loc[OURS]
    assert found.loc[1.0, "ndcg"] == pytest.approx(own["ndcg"].mean())
    assert found.loc[1.0, "diversity"] == pytest.approx(own["diversity"].mean())
    assert found.loc[VARIED_FIT, "ndcg"] == pytest.approx(measured().people.loc[VARIED, "ndcg"].mean())
    assert found.loc[0.5, "diversity"] > found.loc[VARIED_FIT, "diversity"] > found.loc[1.0, "diversity"]
