"""The measures beside those of ir_measures, beside numbers worked out by hand, and at their edges."""

import math

import ir_measures
import numpy as np
import pytest

from matcher.errors import InputError
from matcher.metrics import (
    LEVEL,
    Interval,
    bootstrap_interval,
    broken_share,
    coverage,
    intra_list_diversity,
    ndcg,
    recall,
    reciprocal_rank,
)

GRADES = {"a": 3.0, "b": 2.5, "c": 1.0, "d": 0.0}
"""Each list of these tests is of the ids a to f; e and f were not judged."""


def interval(values, seed=0, **options):
    return bootstrap_interval(np.array(values), rng=np.random.default_rng(seed), **options)


def random_question(rng):
    """Return a list, ties broken by the id, and grades in halves; some of the listed were not judged."""
    n_listed = int(rng.integers(1, 40))
    ids = [f"d{number:02d}" for number in rng.permutation(60)]
    scores = dict(zip(ids[:n_listed], rng.integers(0, 12, n_listed).tolist(), strict=True))
    ranked = sorted(scores, key=lambda one: (-scores[one], one))
    judged = rng.choice(ids, int(rng.integers(1, 50)), replace=False).tolist()
    grades = (rng.integers(0, 7, len(judged)) * rng.integers(0, 2, len(judged)) / 2).tolist()
    return ranked, dict(zip(judged, grades, strict=True))


def reference(ranked, grades, k):
    """Return nDCG, recall and reciprocal rank by ir_measures, of grades that were doubled to be whole."""
    measures = [ir_measures.nDCG @ k, ir_measures.R(rel=4) @ k, ir_measures.RR(rel=4)]
    judged = [ir_measures.Qrel("q", one, int(2 * grade)) for one, grade in grades.items()]
    # One score a rank: ties were broken before, and are not broken again.
    listed = [ir_measures.ScoredDoc("q", one, float(-rank)) for rank, one in enumerate(ranked)]
    found = {metric.measure: metric.value for metric in ir_measures.iter_calc(measures, judged, listed)}
    return [found[measure] for measure in measures]


# Against ir_measures


def test_measures_equal_those_of_ir_measures_on_random_rankings():
    rng, compared = np.random.default_rng(11), [0, 0, 0]
    for _ in range(400):
        ranked, grades = random_question(rng)
        k = int(rng.integers(1, 25))
        own = (
            ndcg(ranked, grades, k=k),
            recall(ranked, grades, k=k, least=2.0),
            reciprocal_rank(ranked, grades, least=2.0),
        )
        for number, (value, other) in enumerate(zip(own, reference(ranked, grades, k), strict=True)):
            if math.isnan(value):  # nothing is relevant: ir_measures says 0, which would count in a mean
                assert other == 0
            else:
                assert value == pytest.approx(other, abs=5e-5)
                compared[number] += 1
    assert min(compared) >= 200


# Worked out by hand


def test_ndcg_discounts_by_the_logarithm_of_the_rank_and_gains_are_linear():
    ideal = 3 + 2.5 / math.log2(3) + 1 / 2
    found = ndcg(["c", "e", "a", "b"], GRADES, k=3)
    assert found == pytest.approx((1 + 0 + 3 / 2) / ideal)
    assert ndcg(["c", "e", "a", "b"], GRADES, k=4) == pytest.approx((1 + 3 / 2 + 2.5 / math.log2(5)) / ideal)


def test_the_ideal_counts_what_is_not_listed():
    assert ndcg(["b", "c"], GRADES, k=1) == pytest.approx(2.5 / 3)
    assert ndcg([], GRADES, k=10) == 0


@pytest.mark.parametrize("k", [1, 2, 3, 4, 10])
def test_a_perfect_order_has_an_ndcg_of_1_and_what_follows_changes_nothing(k):
    assert ndcg(["a", "b", "c", "d"], GRADES, k=k) == pytest.approx(1)
    assert ndcg(["a", "b", "c", "e", "f", "d"], GRADES, k=k) == pytest.approx(1)


def test_an_ndcg_knows_no_unit():
    ranked = ["c", "d", "b", "a"]
    doubled = {one: 2 * grade for one, grade in GRADES.items()}
    assert ndcg(ranked, GRADES, k=3) == pytest.approx(ndcg(ranked, doubled, k=3))


def test_recall_is_the_share_of_what_is_relevant_among_the_first():
    ranked = ["d", "b", "e", "a", "c"]
    assert [recall(ranked, GRADES, k=k, least=2.0) for k in (1, 2, 3, 4)] == [0, 0.5, 0.5, 1]
    assert recall(ranked, GRADES, k=2, least=1.0) == pytest.approx(1 / 3)
    assert recall(ranked[:3], GRADES, k=100, least=2.5) == 0.5


def test_a_grade_at_the_threshold_is_relevant():
    assert recall(["b"], GRADES, k=1, least=2.5) == 0.5
    assert reciprocal_rank(["c", "b"], GRADES, least=2.5) == 0.5


def test_the_reciprocal_rank_is_that_of_the_first_relevant_one():
    assert reciprocal_rank(["a", "b"], GRADES, least=2.0) == 1
    assert reciprocal_rank(["d", "e", "b", "a"], GRADES, least=2.0) == pytest.approx(1 / 3)
    assert reciprocal_rank(["d", "e", "c"], GRADES, least=2.0) == 0
    assert reciprocal_rank([], GRADES, least=2.0) == 0


def test_coverage_is_the_share_that_stands_first_for_anybody():
    lists = [["a", "b", "c"], ["b", "a"], ["b", "x"]]
    assert coverage(lists, "abcd", k=1) == 0.5
    assert coverage(lists, "abcd", k=2) == 0.5
    assert coverage(lists, "abcd", k=3) == 0.75
    assert coverage([], "abcd", k=3) == 0


def test_the_broken_share_counts_only_the_first():
    ranked = ["a", "x", "b", "y"]
    assert [broken_share(ranked, {"a", "b"}, k=k) for k in (1, 2, 3, 4, 9)] == [0, 0.5, 1 / 3, 0.5, 0.5]
    assert broken_share(ranked, set(ranked), k=4) == 0


# Diversity


def test_copies_have_no_diversity():
    copies = np.tile([0.2, 0.0, 0.9], (5, 1))
    assert intra_list_diversity(copies) == pytest.approx(0, abs=1e-12)
    assert intra_list_diversity(copies * [[1], [2], [0.5], [1], [3]]) == pytest.approx(0, abs=1e-12)


def test_what_shares_nothing_has_all_diversity():
    assert intra_list_diversity(np.diag([1.0, 0.3, 2.0, 0.1])) == pytest.approx(1)
    assert intra_list_diversity(np.zeros((3, 4))) == pytest.approx(1)


def test_diversity_is_the_mean_over_every_two():
    # Cosines: 0, 1/sqrt(2) and 1/sqrt(2).
    vectors = np.array([[1.0, 0.0], [0.0, 5.0], [2.0, 2.0]])
    assert intra_list_diversity(vectors) == pytest.approx(1 - 2 * math.sqrt(0.5) / 3)
    assert intra_list_diversity(vectors[::-1]) == pytest.approx(intra_list_diversity(vectors))


# What says nothing


@pytest.mark.parametrize("grades", [{}, {"a": 0.0}, {"a": 0.0, "b": 0.0}])
def test_where_nothing_is_relevant_no_measure_says_anything(grades):
    assert math.isnan(ndcg(["a", "b"], grades, k=2))
    assert math.isnan(recall(["a", "b"], grades, k=2, least=2.0))
    assert math.isnan(reciprocal_rank(["a", "b"], grades, least=2.0))


def test_grades_under_the_threshold_are_not_relevant_but_still_gain():
    assert math.isnan(recall(["c"], {"c": 1.0}, k=1, least=2.0))
    assert math.isnan(reciprocal_rank(["c"], {"c": 1.0}, least=2.0))
    assert ndcg(["c"], {"c": 1.0}, k=1) == 1


def test_empty_lists_and_offers_say_nothing():
    assert math.isnan(coverage([["a"]], [], k=1))
    assert math.isnan(broken_share([], {"a"}, k=1))
    assert math.isnan(intra_list_diversity(np.zeros((0, 3))))
    assert math.isnan(intra_list_diversity(np.ones((1, 3))))


@pytest.mark.parametrize("k", [0, -1, -10])
def test_a_list_without_length_is_refused(k):
    for ranked in (["a"], []):
        with pytest.raises(InputError, match=rf"^k must be at least 1; got '{k}'\.$"):
            ndcg(ranked, GRADES, k=k)
        with pytest.raises(InputError, match=rf"^k must be at least 1; got '{k}'\.$"):
            recall(ranked, GRADES, k=k, least=2.0)
        with pytest.raises(InputError, match=rf"^k must be at least 1; got '{k}'\.$"):
            coverage([ranked], "abc", k=k)
        with pytest.raises(InputError, match=rf"^k must be at least 1; got '{k}'\.$"):
            broken_share(ranked, {"a"}, k=k)


def test_a_list_without_length_is_refused_also_when_nothing_is_relevant():
    with pytest.raises(InputError, match=r"^k must be at least 1; got '0'\.$"):
        ndcg(["a"], {}, k=0)
    with pytest.raises(InputError, match=r"^k must be at least 1; got '0'\.$"):
        recall(["a"], {}, k=0, least=2.0)
    with pytest.raises(InputError, match=r"^k must be at least 1; got '0'\.$"):
        coverage([], [], k=0)


@pytest.mark.parametrize(
    ("ranked", "k", "again"),
    [("aa", 2, 1), ("aba", 3, 1), ("abca", 10, 1), ("ee", 2, 1), ("abab", 4, 2), ("aaaa", 3, 2)],
)
def test_an_id_that_stands_twice_among_the_first_is_refused(ranked, k, again):
    message = rf"^ranked must be ids that stand once; got '{again} that stand again'\.$"
    with pytest.raises(InputError, match=message):
        ndcg(list(ranked), GRADES, k=k)
    with pytest.raises(InputError, match=message):
        ndcg(list(ranked), {}, k=k)


def test_behind_the_list_an_id_may_stand_again():
    assert ndcg(["a", "b", "a", "b"], GRADES, k=2) == 1
    assert ndcg(["a", "b", "a"], GRADES, k=2) == ndcg(["a", "b"], GRADES, k=2)


# Intervals


def test_the_same_seed_gives_the_same_interval_and_another_seed_another_one():
    values = np.random.default_rng(1).random(20)
    assert interval(values, 5) == interval(values, 5)
    assert interval(values, 5) != interval(values, 6)


def test_an_interval_holds_the_mean_and_stays_within_the_values():
    rng = np.random.default_rng(2)
    for _ in range(50):
        values = rng.random(int(rng.integers(2, 30)))
        mean, low, high = interval(values)
        assert mean == pytest.approx(values.mean())
        assert values.min() <= low <= mean <= high <= values.max()
        assert low < high


def test_an_interval_narrows_with_more_people():
    rng = np.random.default_rng(3)
    values = rng.random(1600)
    widths = []
    for n_people in (25, 100, 400, 1600):
        _, low, high = interval(values[:n_people])
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)
    # As the root of the number of people: four times as many, about half as wide.
    assert all(0.35 < after / before < 0.7 for before, after in zip(widths, widths[1:], strict=False))


def test_an_interval_is_about_as_wide_as_theory_says():
    values = np.random.default_rng(4).normal(size=400)
    _, low, high = interval(values)
    assert (high - low) == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.15)
    assert LEVEL == 0.95


def test_people_for_whom_a_measure_says_nothing_are_left_out():
    values = [0.1, 0.5, 0.9]
    assert interval([math.nan, 0.1, 0.5, math.nan, 0.9]) == interval(values)


def test_an_interval_of_nobody_says_nothing():
    for values in ([], [math.nan], [math.nan] * 3):
        assert all(math.isnan(one) for one in interval(values))


def test_one_person_or_equal_people_have_an_interval_without_width():
    assert interval([0.25]) == Interval(0.25, 0.25, 0.25)
    assert interval([0.25] * 7) == Interval(0.25, 0.25, 0.25)


def test_the_values_are_left_as_they_are():
    values = np.array([0.2, math.nan, 0.7])
    before = values.tobytes()
    bootstrap_interval(values, rng=np.random.default_rng(0), n_resamples=10)
    assert values.tobytes() == before
