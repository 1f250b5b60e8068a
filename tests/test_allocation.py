import itertools
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.allocation import NOWHERE, InfeasibleError, Pairs, Places, allocate, refusals

# Worlds of numbers


def world(seed, *, n_people=5, n_activities=4, scores=8, minima=True, forced=True):
    """Make a small problem with many ties; most limits bind now and then."""
    rng = np.random.default_rng(seed)
    wants = rng.random((n_people, n_activities)) < 0.7
    person, activity = np.nonzero(wants)
    is_forced = np.zeros(len(person), dtype=bool)
    if forced and len(person) and rng.random() < 0.3:
        is_forced[rng.integers(len(person))] = True
    capacity = rng.integers(0, max(2, 2 * n_people // n_activities) + 1, n_activities)
    minimum = rng.integers(0, 4, n_activities) if minima else np.zeros(n_activities, dtype=int)
    most = int(rng.integers(1, n_people)) if rng.random() < 0.5 else None
    pairs = Pairs(person, activity, rng.integers(0, scores, len(person)), is_forced)
    return pairs, Places(capacity, minimum, rng.integers(0, 3, n_activities), most)


def given_out(pairs, places, n_people, **more):
    """Return an allocation; None when what is asked contradicts itself."""
    try:
        return allocate(pairs, places, n_people=n_people, **more)
    except InfeasibleError:
        return None


# The slow, plain reference


def may_be(activity, pairs, places):
    """Tell whether an allocation keeps every limit."""
    wanted = {(p, a) for p, a in zip(pairs.person.tolist(), pairs.activity.tolist(), strict=True)}
    tied = {
        p: a
        for p, a, f in zip(pairs.person.tolist(), pairs.activity.tolist(), pairs.forced.tolist(), strict=True)
        if f
    }
    for person, place in enumerate(activity):
        if place != NOWHERE and (person, place) not in wanted:
            return False
        if tied.get(person, place) != place:
            return False
    counts = np.bincount([place for place in activity if place != NOWHERE], minlength=len(places.capacity))
    if (counts > places.capacity).any() or ((counts > 0) & (counts < places.minimum)).any():
        return False
    hosts = np.bincount(places.organiser, weights=counts)
    return places.most_per_organiser is None or bool((hosts <= places.most_per_organiser).all())


def scores_of(activity, pairs):
    known = {
        (p, a): s
        for p, a, s in zip(pairs.person.tolist(), pairs.activity.tolist(), pairs.score.tolist(), strict=True)
    }
    return [known.get((person, place), NOWHERE) for person, place in enumerate(activity)]


def total_of(activity, pairs):
    places = zip(activity, scores_of(activity, pairs), strict=True)
    return sum(max(score, 1) for place, score in places if place != NOWHERE)


def worth_of(activity, pairs, objective, step=1):
    total = total_of(activity, pairs)
    return (total,) if objective == "fit" else (*sorted(s // step for s in scores_of(activity, pairs)), total)


def preference(activity, pairs):
    """What ties look at: the first person's place, then the second's."""
    return [(score, -place) for score, place in zip(scores_of(activity, pairs), activity, strict=True)]


def all_of(pairs, places, n_people):
    choices = range(NOWHERE, len(places.capacity))
    return [one for one in itertools.product(choices, repeat=n_people) if may_be(one, pairs, places)]


def best_by_highs(pairs, places, n_people):
    """Return the highest total as a plain programme of whole numbers; None when there is none."""
    n_pairs, n_groups = len(pairs.person), len(places.capacity)
    size = n_pairs + n_groups
    rows = []
    for person in range(n_people):
        mine = np.flatnonzero(pairs.person == person)
        row = np.zeros(size)
        row[mine] = 1
        rows.append(LinearConstraint(row, float(pairs.forced[mine].any()), 1))
    for group in range(n_groups):
        row = np.zeros(size)
        row[:n_pairs] = pairs.activity == group
        most, least = row.copy(), row.copy()
        most[n_pairs + group] = -places.capacity[group]
        least[n_pairs + group] = -places.minimum[group]
        rows += [LinearConstraint(most, -np.inf, 0), LinearConstraint(least, 0, np.inf)]
    for host in np.unique(places.organiser):
        row = np.zeros(size)
        row[:n_pairs] = places.organiser[pairs.activity] == host
        rows.append(LinearConstraint(row, -np.inf, places.most_per_organiser or np.inf))
    low = np.concatenate([pairs.forced.astype(float), np.zeros(n_groups)])
    cost = np.concatenate([-np.maximum(pairs.score, 1), np.zeros(n_groups)])
    found = milp(
        cost, integrality=np.ones(size), bounds=Bounds(low, 1), constraints=rows, options={"mip_rel_gap": 0}
    )
    return None if found.x is None else round(-found.fun)


def first_come_first_served(pairs, places, n_people, order=None):
    """Give each pair its place in turn, the best of each person or the best of all, while the limits are kept."""
    activity = [NOWHERE] * n_people
    counts = np.zeros(len(places.capacity), dtype=int)
    hosts = np.zeros(int(places.organiser.max(initial=0)) + 1, dtype=int)
    order = np.lexsort((pairs.activity, -pairs.score, pairs.person)) if order is None else order
    for person, place in zip(pairs.person[order].tolist(), pairs.activity[order].tolist(), strict=True):
        host = places.organiser[place]
        most = places.most_per_organiser or n_people
        if activity[person] == NOWHERE and counts[place] < places.capacity[place] and hosts[host] < most:
            activity[person] = place
            counts[place] += 1
            hosts[host] += 1
    return activity


# The best, exactly


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["fit", "worst-off"])
@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 10**6))
def test_an_allocation_is_the_best_of_all_and_ties_go_to_who_comes_first(objective, seed):
    pairs, places = world(seed)
    possible = all_of(pairs, places, 5)
    found = given_out(pairs, places, 5, objective=objective)
    if not possible:
        assert found is None
        return
    activity = tuple(found.activity.tolist())
    assert activity in possible
    assert found.optimal
    assert found.gap == 0
    best = max(worth_of(one, pairs, objective) for one in possible)
    assert worth_of(activity, pairs, objective) == best

    def running(one):
        return {place for place in one if place != NOWHERE and places.minimum[place] > 1}

    equals = [one for one in possible if worth_of(one, pairs, objective) == best]
    if found.with_minima:
        equals = [one for one in equals if running(one) == running(activity)]
    assert preference(activity, pairs) == max(preference(one, pairs) for one in equals)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 10**6), step=st.integers(1, 5))
def test_levels_may_be_coarser(seed, step):
    pairs, places = world(seed)
    possible = all_of(pairs, places, 5)
    found = given_out(pairs, places, 5, objective="worst-off", level_step=step)
    if possible:
        best = max(worth_of(one, pairs, "worst-off", step) for one in possible)
        assert worth_of(found.activity.tolist(), pairs, "worst-off", step) == best


@pytest.mark.parametrize("seed", range(50))
def test_an_allocation_equals_that_of_highs(seed):
    pairs, places = world(seed, n_people=40, n_activities=12, scores=10_000)
    total = best_by_highs(pairs, places, 40)
    found = given_out(pairs, places, 40)
    assert (None if found is None else total_of(found.activity.tolist(), pairs)) == total


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 10**6), objective=st.sampled_from(["fit", "worst-off"]))
def test_places_and_limits_are_never_exceeded_and_greedy_is_never_better(seed, objective):
    pairs, places = world(seed, n_people=30, n_activities=8, scores=60, minima=seed % 2 == 0)
    found = given_out(pairs, places, 30, objective=objective)
    if found is None:
        return
    assert may_be(found.activity.tolist(), pairs, places)
    assert found.score.tolist() == scores_of(found.activity.tolist(), pairs)
    best_first = np.lexsort((pairs.activity, pairs.person, -pairs.score))
    for order in (None, best_first):
        simple = first_come_first_served(pairs, places, 30, order)
        if may_be(simple, pairs, places):
            worth = worth_of(found.activity.tolist(), pairs, objective)
            assert worth >= worth_of(simple, pairs, objective)


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_pairs_changes_nothing(seed):
    pairs, places = world(seed, n_people=12)
    order = np.random.default_rng(seed).permutation(len(pairs.person))
    turned = Pairs(pairs.person[order], pairs.activity[order], pairs.score[order], pairs.forced[order])
    one, other = given_out(pairs, places, 12), given_out(turned, places, 12)
    assert (one is None) == (other is None)
    assert one is None or one.with_minima or one.activity.tolist() == other.activity.tolist()


# Reasons are true


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["fit", "worst-off"])
@settings(deadline=None, max_examples=200)
@given(seed=st.integers(0, 10**6))
def test_a_reason_is_true_swapping_the_two_makes_the_whole_worse_or_passes_over_who_comes_first(objective, seed):
    pairs, places = world(seed, n_people=9, n_activities=5, minima=seed % 3 == 0)
    found = given_out(pairs, places, 9, objective=objective)
    if found is None:
        return
    own = found.activity.tolist()
    before = worth_of(own, pairs, objective)
    counts = np.bincount([place for place in own if place != NOWHERE], minlength=5)
    wanted = set(zip(pairs.person.tolist(), pairs.activity.tolist(), strict=True))
    for one in refusals(found, pairs, places, objective=objective, most_each=9):
        assert one.score > found.score[one.person]
        if one.code in ("worse", "waits_longer", "comes_first"):
            swapped = list(own)
            swapped[one.person] = one.activity
            instead = own[one.person]
            swapped[one.other] = instead if (one.other, instead) in wanted else NOWHERE
            assert may_be(swapped, pairs, places)
            after = worth_of(swapped, pairs, objective)
            assert after == before if one.code == "waits_longer" else after < before
            assert one.code != "waits_longer" or one.other < one.person
            change = sum(max(s, 0) for s in scores_of(swapped, pairs)) - sum(max(s, 0) for s in found.score)
            assert one.change == change
            assert one.at_organiser == bool(counts[one.activity] < places.capacity[one.activity])
            assert one.at_organiser or own[one.other] == one.activity
        elif one.code == "by_hand":
            there = [p for p in range(9) if own[p] == one.activity or one.at_organiser]
            there = [p for p in there if own[p] != NOWHERE]
            there = [p for p in there if places.organiser[own[p]] == places.organiser[one.activity]]
            tied = set(pairs.person[pairs.forced].tolist())
            assert there
            assert set(there) <= tied
        elif one.code == "not_enough":
            assert counts[one.activity] == 0
            assert places.minimum[one.activity] > 1 or places.capacity[one.activity] == 0
        else:
            assert one.code == "needed"
            swapped = list(own)
            swapped[one.person] = one.activity
            assert not may_be(swapped, pairs, places)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 10**6))
def test_what_the_whole_loses_by_a_place_is_what_the_best_with_that_place_loses(seed):
    pairs, places = world(seed)
    found = given_out(pairs, places, 5)
    if found is None:
        return
    own = found.activity.tolist()

    def running(one):
        return {place for place in one if place != NOWHERE and places.minimum[place] > 1}

    possible = [one for one in all_of(pairs, places, 5) if running(one) == running(own)]
    for one in refusals(found, pairs, places, most_each=9):
        with_it = [total_of(other, pairs) for other in possible if other[one.person] == one.activity]
        loss = total_of(own, pairs) - max(with_it) if with_it else None
        assert one.loss == loss
        assert one.code != "worse" or loss > 0
        assert one.code not in ("comes_first", "waits_longer") or loss == 0


@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 10**6))
def test_whoever_would_rather_be_elsewhere_is_told_why_not(seed):
    pairs, places = world(seed, n_people=9, n_activities=5)
    found = given_out(pairs, places, 9)
    if found is not None:
        tied = set(pairs.person[pairs.forced].tolist())
        rather = {
            p
            for p, s in zip(pairs.person.tolist(), pairs.score.tolist(), strict=True)
            if s > found.score[p] and p not in tied
        }
        assert {one.person for one in refusals(found, pairs, places, most_each=1)} == rather


# Edges


def nobody():
    nothing = np.zeros(0, dtype=np.int64)
    return Pairs(nothing, nothing, nothing, nothing.astype(bool))


def plain(capacity, *, minimum=0, organiser=None, most=None):
    n = len(capacity)
    hosts = np.arange(n) if organiser is None else np.array(organiser)
    return Places(np.array(capacity), np.full(n, minimum), hosts, most)


def everybody(score):
    """Return the pairs of a table of scores, people by activities."""
    table = np.array(score)
    person, activity = (numbers.ravel() for numbers in np.indices(table.shape))
    return Pairs(person, activity, table.ravel(), np.zeros(table.size, dtype=bool))


@pytest.mark.parametrize("objective", ["fit", "worst-off"])
def test_without_people_activities_or_candidates_nobody_has_a_place(objective):
    for capacity, n_people in (([], 0), ([], 3), ([2, 2], 0), ([2, 2], 3)):
        found = allocate(nobody(), plain(capacity), n_people=n_people, objective=objective)
        assert found.activity.tolist() == [NOWHERE] * n_people
        assert found.optimal


def test_a_group_without_places_gets_nobody():
    found = allocate(everybody([[9, 1], [9, 1]]), plain([0, 1]), n_people=2)
    assert found.activity.tolist() == [1, NOWHERE]


def test_a_group_that_needs_more_people_than_it_has_places_never_runs():
    places = plain([2, 2], minimum=3)
    found = allocate(everybody([[9, 1], [9, 1]]), places, n_people=2)
    assert found.activity.tolist() == [NOWHERE, NOWHERE]
    assert {one.code for one in refusals(found, everybody([[9, 1], [9, 1]]), places)} == {"not_enough"}


def test_two_groups_that_each_lack_one_become_one_that_runs():
    found = allocate(everybody([[9, 5], [9, 5], [6, 9], [6, 9]]), plain([4, 4], minimum=3), n_people=4)
    assert found.activity.tolist() == [0, 0, 0, 0]
    assert found.with_minima


def test_a_place_of_score_0_is_better_than_none():
    assert allocate(everybody([[0]]), plain([1]), n_people=1).activity.tolist() == [0]


def test_the_worst_off_come_first_when_that_is_asked():
    pairs = everybody([[100, 60], [50, 1]])
    assert allocate(pairs, plain([1, 1]), n_people=2).activity.tolist() == [1, 0]
    pairs = everybody([[100, 60], [30, 1]])
    assert allocate(pairs, plain([1, 1]), n_people=2).activity.tolist() == [0, 1]
    fair = allocate(pairs, plain([1, 1]), n_people=2, objective="worst-off")
    assert fair.activity.tolist() == [1, 0]


def test_more_people_tied_to_a_group_than_it_has_places_is_said():
    pairs = replace(everybody([[9], [9]]), forced=np.array([True, True]))
    with pytest.raises(InfeasibleError, match="INFEASIBLE"):
        allocate(pairs, plain([1]), n_people=2)


def test_somebody_tied_to_a_group_that_cannot_run_is_said():
    pairs = replace(everybody([[9]]), forced=np.array([True]))
    with pytest.raises(InfeasibleError, match="INFEASIBLE"):
        allocate(pairs, plain([4], minimum=3), n_people=1)


def test_when_time_is_up_what_was_found_keeps_the_limits_and_says_that_it_may_not_be_the_best():
    pairs, places = world(6, n_people=36, n_activities=8, scores=10_000, forced=False)
    places = replace(places, capacity=np.full(8, 10), minimum=np.full(8, 7), most_per_organiser=None)
    slow = allocate(pairs, places, n_people=36)
    quick = allocate(pairs, places, n_people=36, time_left=lambda: 0.0)
    assert may_be(quick.activity.tolist(), pairs, places)
    assert slow.with_minima
    assert not quick.optimal
    best, own = (total_of(one.activity.tolist(), pairs) for one in (slow, quick))
    assert best <= own / (1 - quick.gap) + 1e-6
    levels = allocate(pairs, places, n_people=36, objective="worst-off", time_left=lambda: 0.0)
    assert may_be(levels.activity.tolist(), pairs, places)
    assert (levels.optimal, levels.gap) == (False, None)


@pytest.mark.slow
def test_the_solvers_print_nothing_among_the_answers(capfd):
    for seed in range(0, 60, 2):
        for objective in ("fit", "worst-off"):
            given_out(*world(seed, n_people=30, n_activities=8, scores=60), 30, objective=objective)
    assert capfd.readouterr() == ("", "")


def test_progress_only_goes_forward_and_ends_with_everybody():
    pairs, places = world(3, n_people=60, n_activities=12, scores=10_000, minima=False)
    told = []
    allocate(
        pairs,
        places,
        n_people=60,
        objective="worst-off",
        time_left=lambda: inf,
        told=lambda *one: told.append(one),
    )
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (60, 60)


@pytest.mark.slow
def test_a_city_is_settled_exactly():
    rng = np.random.default_rng(2)
    n_people, n_activities, k = 10_000, 1_000, 30
    activity = np.concatenate([rng.choice(n_activities, k, replace=False) for _ in range(n_people)])
    liked = rng.beta(2, 3, n_activities)[activity]
    score = (10_000 * (liked + rng.random(len(activity))) / 2).astype(np.int64)
    pairs = Pairs(np.repeat(np.arange(n_people), k), activity, score, np.zeros(len(score), dtype=bool))
    places = plain(rng.integers(2, 15, n_activities))
    found = allocate(pairs, places, n_people=n_people)
    assert may_be(found.activity.tolist(), pairs, places)
    total = total_of(found.activity.tolist(), pairs)
    best_first = np.lexsort((activity, -score))
    assert total > total_of(first_come_first_served(pairs, places, n_people, best_first), pairs)
    assert all(one.loss >= 0 for one in refusals(found, pairs, places, most_each=1) if one.loss is not None)
