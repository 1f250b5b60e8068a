"""Reminders, weeks and plans of a dossier."""

import random
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_oracle import Plain, choices_of, made_up

from matcher.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from matcher.model.access import DEMONSTRATION_ACCOUNTS
from matcher.planning import best_set, choices, meetings
from matcher.schedule import BRUSSELS
from matcher.service.dossier_plans import choose_activities, plan_dossier
from matcher.service.dossiers import find_dossier
from matcher.service.planning import PlanWish, make_plans
from matcher.service.reminders import reminders
from matcher.service.weeks import coming_weeks
from tests.dossier_desk import NOW, TODAY, Desk, activity, offer


def ago(days):
    return NOW - timedelta(days=days)


def day(days):
    return (TODAY - timedelta(days=days)).isoformat()


def codes(desk, today=TODAY):
    return [one.code for one in reminders(desk.dossier(), today)]


def weeks(desk, today=TODAY):
    dossier = desk.dossier()
    return coming_weeks(desk.office, dossier, today=today)


# --- reminders


def test_a_new_dossier_asks_for_a_first_proposal():
    assert codes(Desk()) == ["start"]


def test_a_first_visit_that_lies_behind_asks_how_it_was_until_something_is_noted():
    desk = Desk()
    desk.note("outcome", activity_id="koor", outcome="visit_planned", visit_on=day(0))
    assert codes(desk) == []
    assert codes(desk, TODAY + timedelta(days=1)) == ["check_in"]
    desk.note("outcome", activity_id="koor", outcome="attended")
    assert codes(desk, TODAY + timedelta(days=1)) == []


def test_only_proposals_and_no_choice_is_told_after_a_week():
    desk = Desk()
    desk.note("outcome", activity_id="koor", outcome="proposed", at=ago(6))
    assert codes(desk) == []
    assert codes(desk, TODAY + timedelta(days=1)) == ["undecided"]
    desk.note("outcome", activity_id="tuin", outcome="waiting")
    assert codes(desk, TODAY + timedelta(days=1)) == []


def test_a_long_wait_and_a_long_silence_are_told():
    desk = Desk()
    desk.note("outcome", activity_id="tuin", outcome="waiting")
    assert codes(desk, TODAY + timedelta(days=27)) == []
    assert codes(desk, TODAY + timedelta(days=28)) == ["waiting"]
    assert codes(desk, TODAY + timedelta(days=42)) == ["waiting", "quiet"]


def test_declined_for_its_times_asks_to_look_at_availability_until_the_profile_was_changed():
    desk = Desk()
    desk.note("outcome", activity_id="koor", outcome="declined", reason="times")
    desk.note("outcome", activity_id="tuin", outcome="declined", reason="too_far")
    assert codes(desk) == ["start", "availability", "distance"]
    assert desk.post("profiel", postal_code="3020").count("Dossier")
    assert codes(desk) == ["start"]


def test_hours_that_are_nearly_there_and_all_there_are_told():
    desk = Desk(profile={"hours_done": 33})
    desk.note("outcome", activity_id="koor", outcome="chosen")
    assert codes(desk) == []
    desk.note("hours", activity_id="koor", on=day(1), hours=2)
    assert [(one.code, one.hours) for one in reminders(desk.dossier(), TODAY)] == [("nearly", 5.0)]
    desk.note("hours", activity_id="koor", on=day(0), hours=5)
    assert codes(desk) == ["done"]


def test_a_proof_that_is_given_and_not_back_is_told_and_one_that_is_back_is_to_be_checked():
    desk = Desk()
    desk.note("outcome", activity_id="koor", outcome="attended")
    desk.note("hours", activity_id="koor", on=day(0), hours=2)
    desk.note("proof", activity_id="koor")
    assert codes(desk, TODAY + timedelta(days=13)) == []
    assert codes(desk, TODAY + timedelta(days=14)) == ["proof_out"]
    number = desk.dossier().proofs[0].number
    desk.note("proof", proof=number, state="back")
    assert codes(desk) == ["proof_check"]
    desk.note("proof", proof=number, state="checked")
    assert codes(desk) == []


def test_a_dossier_that_has_ended_asks_for_nothing():
    desk = Desk()
    desk.note("ended", ending="moved")
    assert codes(desk, TODAY + timedelta(days=100)) == []


# --- the code


def test_a_dossier_is_found_however_its_code_is_typed():
    desk = Desk()
    asker = DEMONSTRATION_ACCOUNTS["caseworker"]
    with desk.office.store.reading() as work:
        for typed in (desk.code.lower(), desk.code.replace("-", " "), f"  {desk.code} "):
            assert find_dossier(work, asker, typed).code == desk.code
        with pytest.raises(InputError, match="a code like"):
            find_dossier(work, asker, "hallo")
        other = DEMONSTRATION_ACCOUNTS["coordinator"]
        with pytest.raises(ForbiddenError, match="coordinator"):
            find_dossier(work, other, desk.code)
        with pytest.raises(NotFoundError, match="no dossier"):
            find_dossier(work, asker, "344-F7V7")


# --- weeks


def test_sessions_of_what_was_chosen_stand_in_the_week_and_add_up_until_the_day_of_forty():
    desk = Desk(profile={"hours_done": 30})
    desk.note("outcome", activity_id="praattafel", outcome="chosen")
    found = weeks(desk)
    first = found.weeks[0]
    assert first.monday == date(2026, 11, 23)
    assert [(one.on, one.start_min, one.counts) for one in first.sessions] == [(date(2026, 11, 24), 1140, True)]
    assert [week.total for week in found.weeks[:5]] == [32, 34, 36, 38, 40]
    assert found.reached_on == date(2026, 12, 22)


def test_what_was_only_proposed_or_declined_is_not_in_the_week():
    desk = Desk()
    desk.note("outcome", activity_id="koor", outcome="proposed")
    desk.note("outcome", activity_id="tuin", outcome="declined")
    found = weeks(desk)
    assert not any(week.sessions for week in found.weeks)
    assert found.reached_on is None


def test_two_at_the_same_time_clash_and_only_the_first_counts():
    desk = Desk()
    for one in ("praattafel", "koor"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    first = weeks(desk).weeks[0]
    assert [(one.activity.title, one.clash.activity.title, one.counts) for one in first.sessions] == [
        ("Praattafel", "Koor", True),
        ("Koor", "Praattafel", False),
    ]
    assert first.sessions[0].clash.travel_min is None
    assert first.hours == 2


def test_too_little_time_to_travel_is_a_clash_with_its_minutes():
    near = activity("thuis", schedule="za 12:10-13:00")
    desk = Desk(activities=[*offer(), near], profile={"transport": "walk"})
    for one in ("tuin", "thuis"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    found = weeks(desk).weeks[0].sessions
    assert [one.clash is not None for one in found] == [True, True]
    assert found[0].clash.travel_min > 10
    desk = Desk(activities=[*offer(), activity("thuis", schedule="za 18:00-19:00")], profile={"transport": "bike"})
    for one in ("tuin", "thuis"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    assert [one.clash for one in weeks(desk).weeks[0].sessions] == [None, None]


def test_one_visit_a_week_counts_where_coming_is_free():
    desk = Desk()
    desk.note("outcome", activity_id="open-huis", outcome="chosen")
    found = weeks(desk).weeks[1]
    assert [(one.optional, one.counts, one.hours) for one in found.sessions] == [
        (False, True, 3.0),
        (True, False, 3.0),
    ]
    assert found.hours == 3


def test_what_lies_outside_the_free_hours_is_said_and_does_not_count():
    desk = Desk(profile={"availability": ["ma 09:00-17:00"]})
    desk.note("outcome", activity_id="praattafel", outcome="chosen")
    found = weeks(desk)
    assert [(one.outside, one.counts) for one in found.weeks[0].sessions] == [(True, False)]
    assert found.reached_on is None


def test_hours_by_agreement_fill_the_weeks():
    desk = Desk()
    desk.note("outcome", activity_id="buddy", outcome="chosen")
    found = weeks(desk)
    assert [(named.title, hours) for named, hours in found.weeks[1].agreed] == [("Buddy", 2.0)]
    assert found.reached_on == date(2027, 4, 11)


def test_before_the_first_visit_nothing_is_expected():
    desk = Desk()
    desk.note("outcome", activity_id="praattafel", outcome="visit_planned", visit_on="2026-12-01")
    desk.note("outcome", activity_id="tuin", outcome="visit_planned", visit_on="2026-12-03")
    found = weeks(desk)
    assert found.weeks[0].sessions == ()
    assert [(one.on, one.first_visit) for one in found.weeks[1].sessions] == [
        (date(2026, 12, 1), True),
        (date(2026, 12, 5), False),
    ]
    assert [(one.activity.title, one.visit_on) for one in found.visits] == [("Tuin", date(2026, 12, 3))]


def test_a_session_of_today_that_was_noted_does_not_count_twice():
    tuesday = datetime(2026, 11, 24, 22, 0, tzinfo=BRUSSELS)
    desk = Desk()
    desk.note("outcome", activity_id="praattafel", outcome="chosen", at=tuesday)
    assert weeks(desk, tuesday.date()).weeks[0].total == 2
    desk.note("hours", activity_id="praattafel", on="2026-11-24", hours=2, at=tuesday)
    assert weeks(desk, tuesday.date()).weeks[0].total == 2


def test_activities_without_times_and_those_that_left_the_offer_are_named():
    desk = Desk()
    for one in ("zonder-uur", "koor"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    with desk.office.store.writing() as work:
        work.offers.change_records(
            {"koor": None}, municipality="herent", kind="record", note="koor", at=NOW, role="coordinator"
        )
    found = weeks(desk)
    assert [one.title for one in found.without_times] == ["Zonder-uur"]
    assert [one.title for one in found.gone] == ["Koor"]


def test_an_own_proposal_stands_in_the_week_like_any_other():
    desk = Desk()
    desk.note("own_activity", proposal={"title": "Koken", "schedule": "vr 18:00-20:30"})
    desk.note("decision", activity_id="eigen-1", decision="fits")
    desk.note("outcome", activity_id="eigen-1", outcome="chosen")
    assert weeks(desk).weeks[0].hours == 2.5


# --- own proposals


def test_an_own_proposal_can_be_chosen_only_once_it_was_decided_that_it_fits():
    desk = Desk()
    desk.note("own_activity", proposal={"title": "Koken"})
    with pytest.raises(ConflictError, match="Decide together"):
        desk.note("outcome", activity_id="eigen-1", outcome="chosen")
    desk.note("decision", activity_id="eigen-1", decision="does_not_fit")
    with pytest.raises(ConflictError, match="Decide together"):
        desk.note("outcome", activity_id="eigen-1", outcome="attended")
    desk.note("decision", activity_id="eigen-1", decision="fits")
    desk.note("outcome", activity_id="eigen-1", outcome="chosen")
    assert desk.dossier().joined[0].activity.title == "Koken"


def test_an_own_proposal_with_a_register_number_is_refused():
    desk = Desk()
    with pytest.raises(InputError, match="register number") as caught:
        desk.note("own_activity", proposal={"title": "Koken met 85.07.30-033.28"})
    assert "85.07" not in str(caught.value)


# --- plans


def test_what_was_chosen_stays_in_every_plan_and_what_was_declined_in_none():
    desk = Desk(profile={"hours_done": 4})
    desk.note("outcome", activity_id="tuin", outcome="chosen")
    desk.note("outcome", activity_id="naaien", outcome="declined")
    answer = plan_dossier(desk.office, desk.dossier(), now=NOW)
    sets = [{one["id"] for one in plan["activities"]} for plan in answer["plans"]]
    assert len(sets) > 1
    assert all("tuin" in one and "naaien" not in one for one in sets)
    for one, other in combinations(sets, 2):
        assert 2 * len((one & other) - {"tuin"}) <= max(len(one), len(other)) - 1


def test_an_own_proposal_that_was_chosen_is_planned_with():
    desk = Desk()
    desk.note("own_activity", proposal={"title": "Koken", "schedule": "di 19:30-21:30"})
    desk.note("decision", activity_id="eigen-1", decision="fits")
    desk.note("outcome", activity_id="eigen-1", outcome="chosen")
    answer = plan_dossier(desk.office, desk.dossier(), now=NOW)
    for plan in answer["plans"]:
        ids = {one["id"] for one in plan["activities"]}
        assert "eigen-1" in ids
        assert not ids & {"koor", "praattafel"}  # these take place at the same time


def test_an_activity_that_a_limit_keeps_out_stays_when_it_was_chosen():
    desk = Desk(profile={"home": {"postal_code": "8400"}, "max_distance_km": 5})
    desk.note("outcome", activity_id="tuin", outcome="chosen")
    answer = plan_dossier(desk.office, desk.dossier(), now=NOW)
    assert [[one["id"] for one in plan["activities"]] for plan in answer["plans"]] == [["tuin"]]


def test_chosen_activities_that_clash_stay_both_and_their_shared_hours_count_once():
    desk = Desk()
    for one in ("praattafel", "koor"):
        desk.note("outcome", activity_id=one, outcome="chosen")
    answer = plan_dossier(desk.office, desk.dossier(), now=NOW)
    plan = answer["plans"][0]
    assert {"praattafel", "koor"} <= {one["id"] for one in plan["activities"]}
    starts = [one["start"][:10] for one in plan["sessions"] if one["activity_id"] in ("praattafel", "koor")]
    assert len(starts) == len(set(starts))


def test_without_times_a_chosen_activity_is_in_no_plan_and_does_no_harm():
    desk = Desk()
    desk.note("outcome", activity_id="zonder-uur", outcome="chosen")
    answer = plan_dossier(desk.office, desk.dossier(), now=NOW)
    assert answer["plans"][0]["feasible"]


def test_no_plan_is_made_around_as_many_activities_as_a_plan_can_hold():
    many = [activity(f"groep-{n}", schedule=f"vr {8 + n:02d}:00-{8 + n:02d}:50") for n in range(8)]
    desk = Desk(activities=many)
    for one in many[:7]:
        desk.note("outcome", activity_id=one.id, outcome="chosen")
    assert plan_dossier(desk.office, desk.dossier(), now=NOW)["plans"]
    desk.note("outcome", activity_id=many[7].id, outcome="chosen")
    assert plan_dossier(desk.office, desk.dossier(), now=NOW) is None


def test_more_is_kept_than_a_plan_may_have_is_refused():
    desk = Desk()
    wish = PlanWish(max_activities=1, keep=("koor", "tuin"))
    with pytest.raises(InputError, match="keep must be at most 1"):
        make_plans(desk.office.matcher("herent"), desk.dossier().matching_profile, today=TODAY, now=NOW, wish=wish)


def test_activities_of_a_plan_are_chosen_all_or_none():
    desk = Desk()
    asker = DEMONSTRATION_ACCOUNTS["caseworker"]
    desk.note("outcome", activity_id="koor", outcome="chosen")
    with pytest.raises(InputError, match="activity_id"), desk.office.store.writing() as work:
        choose_activities(work, asker, desk.code, ["tuin", "bestaat-niet"], now=NOW)
    assert [one.activity.activity_id for one in desk.dossier().joined] == ["koor"]
    with desk.office.store.writing() as work:
        _, titles = choose_activities(work, asker, desk.code, ["tuin", "koor", "tuin"], now=NOW)
    assert titles == ["Tuin"]
    assert [one.activity.activity_id for one in desk.dossier().joined] == ["koor", "tuin"]


@given(st.integers(0, 10**9), st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_the_best_set_around_what_is_kept_is_the_best_of_all_that_hold_it(seed, n_kept):
    world = made_up(seed, tight=random.Random(seed).random() < 0.5)
    world["most"] = max(world["most"], n_kept)
    plain = Plain(world)
    kept = tuple(range(n_kept))
    if any(who not in plain.usable() for who in kept) or plain.given(kept) is None:
        return  # what clashes, or is too much for a week, is tried above
    found = best_set(choices_of(world)[1], to_go_min=world["to_go_min"], most=world["most"], n_kept=n_kept)
    sets = [
        (plain.worth(kept + more), sorted(world["tie"][list(kept + more)].tolist()), kept + more)
        for size in range(world["most"] - n_kept + 1)
        for more in combinations([who for who in plain.usable() if who >= n_kept], size)
        if plain.worth(kept + more) is not None
    ]
    best = max(one[0] for one in sets)
    assert found.is_optimal
    assert found.chosen == min((one for one in sets if one[0] == best), key=lambda one: one[1])[2]


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_other_plans_around_what_is_kept_differ_in_what_is_free(seed):
    world = made_up(seed)
    keys = ("score", "tie", "alike", "room_min")
    found = meetings(world["dates"], world["travel_min"], n_kept=2)
    choice = choices(world["dates"], found, fixed_most_min=10**4, **{key: world[key] for key in keys})
    sets = []
    for _ in range(3):
        one = best_set(choice, to_go_min=world["to_go_min"], most=4, n_kept=2, apart_from=sets)
        if one.chosen:
            sets.append(one.chosen)
    assert sets
    assert all(one[:2] == (0, 1) for one in sets)
    for one, other in combinations(sets, 2):
        assert 2 * len(set(one[2:]) & set(other[2:])) <= len(other) - 2
        assert len(other) > 2
