"""The search and the calendar of plans, held against every set and against HiGHS."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_oracle import N_WEEKS, Plain, choices_of, made_up

from benchmarks.highs_way import best_worth
from matcher.planning import Dates, Meetings, best_set, gap, lay_out, meetings, usual_visits
from matcher.planning import worth as weights

SEEDS = st.integers(0, 10**9)


def best_of(world, **wishes):
    return best_set(choices_of(world)[1], to_go_min=world["to_go_min"], most=world["most"], **wishes)


def worth_parts(found):
    return weights._parts(found.worth)


def laid_out(world, chosen, to_go_min=None):
    return lay_out(
        world["dates"],
        choices_of(world)[0],
        chosen,
        room_min=world["room_min"],
        to_go_min=to_go_min or world["to_go_min"],
    )


@given(SEEDS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_best_set_is_the_best_of_all_sets(seed, tight):
    world = made_up(seed, tight=tight)
    found, best = best_of(world), Plain(world).best()
    assert found.is_optimal
    if best is None:
        assert found.chosen == ()
    else:
        assert (worth_parts(found), found.chosen) == (best[0], best[2])


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_another_plan_shares_at_most_half_with_those_before_and_is_the_best_that_does(seed):
    world = made_up(seed)
    sets = [best_of(world).chosen]
    sets.append(best_of(world, apart_from=sets).chosen)
    third = best_of(world, apart_from=sets)
    assert all(2 * len(set(third.chosen) & set(other)) <= len(third.chosen) for other in sets)
    best = Plain(world).best(apart_from=sets)
    assert (third.chosen or None) == (best and best[2])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_the_best_set_is_worth_what_highs_finds(seed):
    world = made_up(seed, n=10, tight=seed % 2 == 0)
    found = best_of(world)
    by_highs = best_worth(
        choices_of(world)[1], Plain(world).worth, to_go_min=world["to_go_min"], most=world["most"]
    )
    assert (worth_parts(found) if found.chosen else None) == by_highs


@pytest.mark.slow
def test_many_activities_in_a_plan_are_searched_as_exactly():
    for seed in range(12):
        world = {**made_up(seed, n=9, tight=True), "most": 8, "fixed_most_min": 10**4, "room_min": 10**4}
        world["to_go_min"] = 6000
        assert worth_parts(best_of(world)) == Plain(world).best()[0]


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_session_of_a_plan_clashes_and_there_is_time_to_travel(seed):
    world = made_up(seed)
    layout = laid_out(world, best_of(world).chosen)
    for one, other in combinations(layout.sessions, 2):
        if one.day == other.day and one.who != other.who:
            first, second = sorted((one, other), key=lambda session: session.start_min)
            assert first.end_min + world["travel_min"][one.who, other.who] <= second.start_min


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_hours_of_a_calendar_add_up_and_keep_to_the_week(seed):
    world = made_up(seed)
    chosen = best_of(world).chosen
    layout = laid_out(world, chosen, to_go_min=10**6)
    minutes = sum(one.end_min - one.start_min for one in layout.sessions) + sum(o.minutes for o in layout.agreed)
    assert minutes == layout.minutes == layout.possible_min == (Plain(world).minutes(chosen) or 0)
    weekly = [0] * N_WEEKS
    for session in layout.sessions:
        weekly[(session.day + world["dates"].weekday) // 7] += session.end_min - session.start_min
    for agreed in layout.agreed:
        weekly[agreed.week] += agreed.minutes
    assert max(weekly) <= world["fixed_most_min"]


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_plan_ends_on_the_day_on_which_the_hours_are_reached(seed):
    world = made_up(seed)
    found = best_of(world)
    layout = laid_out(world, found.chosen)
    if not found.chosen or layout.possible_min < world["to_go_min"]:
        assert layout.reached_day is None
        return
    assert layout.minutes >= world["to_go_min"]
    before = [one for one in layout.sessions if one.day < layout.reached_day]
    agreed = [one for one in layout.agreed if one.last_day < layout.reached_day]
    minutes = sum(one.end_min - one.start_min for one in before) + sum(one.minutes for one in agreed)
    assert minutes < world["to_go_min"]


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_a_search_that_is_stopped_gives_the_best_so_far_and_a_true_bound(seed):
    world = {**made_up(seed, n=14, tight=True), "most": 6}
    stopped = best_of(world, stop=lambda: True)
    full = best_of(world)
    assert stopped.worth <= full.worth <= stopped.bound
    assert (gap(stopped, to_go_min=world["to_go_min"]) == 0) == stopped.is_optimal
    assert bool(stopped.chosen) == bool(full.chosen)


def test_a_gap_is_a_share_of_the_hours_while_these_can_still_grow():
    found = replace(best_of(made_up(1)), worth=(600 << 32) + 2**31, bound=(1200 << 32) + 2**31)
    assert gap(found, to_go_min=1200) == 0.5
    assert gap(replace(found, bound=found.worth + weights.UNIT * 500), to_go_min=1200) == 0.05
    assert gap(replace(found, bound=found.worth), to_go_min=1200) == 0


def test_no_candidates_are_no_plan():
    world = made_up(3)
    nothing = best_set(_first(choices_of(world)[1], 0), to_go_min=60, most=4)
    assert (nothing.chosen, nothing.is_optimal, nothing.towards_min) == ((), True, 0)


def _first(found, n):
    return replace(found, score=found.score[:n])


def weekly(*lists, n_weeks=10, visits=()):
    """Make candidates that come every week at the given (day, start, end) each."""
    rows = [
        (who, 7 * week + day, 60 * start, 60 * end, who in visits)
        for who, hours in enumerate(lists)
        for week in range(n_weeks)
        for day, start, end in hours
    ]
    rows = np.array(rows)
    none = np.zeros((len(lists), n_weeks), dtype=np.int64)
    return Dates(*rows[:, :4].T, rows[:, 4].astype(bool), none, none - 1, none - 1, 0)


def at_once(n):
    return np.zeros((n, n), dtype=np.int64)


def test_two_that_always_overlap_cannot_both_be_joined():
    found = meetings(weekly([(0, 9, 11)], [(0, 10, 12)]), at_once(2))
    assert found.clash.tolist() == [[False, True], [True, False]]


def test_two_on_one_day_clash_when_there_is_no_time_to_travel():
    dates = weekly([(0, 9, 11)], [(0, 11, 12)])
    assert not meetings(dates, at_once(2)).clash.any()
    assert meetings(dates, at_once(2) + 1).clash[0, 1]


def test_one_clash_in_a_season_is_a_session_missed_by_the_one_that_has_more():
    weekly_one = weekly([(5, 9, 12)], [(5, 9, 10)], n_weeks=10)
    once = weekly_one.only((weekly_one.who == 0) | (weekly_one.day == 5))
    found = meetings(once, at_once(2))
    assert not found.clash.any()
    assert found.blockers.tolist().count(0b10) == 1
    assert found.blockers[once.who == 1].tolist() == [0]


def test_a_visit_gives_way_to_a_session_and_to_a_visit_of_a_better_activity():
    dates = weekly([(0, 9, 12)], [(0, 9, 12)], [(0, 11, 13)], visits=(0, 1))
    found = meetings(dates, at_once(3))
    assert not found.clash.any()
    assert set(found.blockers[dates.who == 0].tolist()) == {0b100}
    assert set(found.blockers[dates.who == 1].tolist()) == {0b101}
    assert set(found.blockers[dates.who == 2].tolist()) == {0}


def test_a_calm_week_has_one_visit_where_fewest_others_stand_in_the_way():
    dates = weekly([(0, 9, 12), (1, 9, 12), (2, 9, 11)], [(0, 10, 12)], visits=(0,))
    kept = usual_visits(dates, meetings(dates, at_once(2)))
    days = dates.day[kept & (dates.who == 0)] % 7
    assert days.tolist() == [1] * 10
    assert kept[dates.who == 1].all()


def test_less_than_an_hour_of_room_is_left_free_and_a_remainder_is_shared():
    dates = weekly([(0, 9, 10), (1, 9, 11)], visits=(0,), n_weeks=1)
    none = Meetings(np.zeros((1, 1), dtype=bool), np.zeros(len(dates.who), dtype=np.uint64))

    def lengths(room_min):
        found = lay_out(dates, none, [0], room_min=room_min, to_go_min=10**4)
        return [one.end_min - one.start_min for one in found.sessions]

    assert lengths(59) == []
    assert lengths(60) == [60]
    assert lengths(80) == [50, 30]
    assert lengths(120) == [60, 60]
    assert lengths(500) == [60, 120]
