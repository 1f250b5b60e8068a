"""Plans of people: the answer, its dates and hours, what would help, and the calendar file."""

import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from plan_oracle import can_reach, travel
from worlds import made_up_activities, made_up_profiles

from matcher import InputError, Matcher, data_folder, read_activity, read_profile, read_profiles
from matcher.calendars import plan_calendar
from matcher.schedule import BRUSSELS
from matcher.service.plan_choices import CANDIDATES_MOST, LEAST_HOURS
from matcher.service.planning import PlanWish, make_plans
from tests.herent import herent_matcher, herent_offer

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
JUNE = date(2027, 6, 30)


@cache
def examples():
    return tuple(read_profiles(data_folder() / "judgements" / "profiles.jsonl")[0])


@cache
def made_up_engine():
    return Matcher(made_up_activities(150, random.Random(8)))


def planned(profile, made=None, **wish):
    profile = profile if not isinstance(profile, dict) else read_profile({"id": "p", **profile})
    return make_plans(made or herent_matcher(), profile, today=TODAY, now=NOW, wish=PlanWish(**wish))


@cache
def planned_until_june():
    """Return the answer for each example person, by id, to look at only."""
    return {profile.id: planned(profile, by=JUNE) for profile in examples()}


def offer_of(*rows):
    usual = {"organiser": "vzw", "kind": "course", "language": "nl", "interaction": "high", "new_people": "yes"}
    return Matcher([read_activity({"title": row["id"], "organiser": row["id"], **usual, **row}) for row in rows])


def moments(plan):
    return [
        (one["activity_id"], *map(datetime.fromisoformat, (one["start"], one["end"]))) for one in plan["sessions"]
    ]


def test_thirteen_of_the_fourteen_example_people_can_reach_forty_hours_by_the_end_of_june():
    feasible = {
        id_: any(plan["feasible"] for plan in answer["plans"]) for id_, answer in planned_until_june().items()
    }
    assert feasible == {profile.id: reachable(profile, JUNE) for profile in examples()}
    assert sum(feasible.values()) == 13
    assert not feasible["p-010"]


@pytest.mark.slow
@pytest.mark.parametrize("by", [date(2026, 12, 20), date(2027, 1, 10), date(2027, 2, 14)])
def test_who_can_reach_forty_hours_sooner_is_found_by_trying_every_set_too(by):
    for profile in examples():
        feasible = any(plan["feasible"] for plan in planned(profile, by=by)["plans"])
        assert feasible == reachable(profile, by), profile.id


def reachable(profile, by):
    found = herent_matcher().suggest(profile, today=TODAY, now=NOW, k=1000)["suggestions"]
    possible = [one["activity_id"] for one in found if one["hours"]["attendable"] is not None]
    names = [one for one in possible if enough(profile, herent_matcher().activity(one), by)][:CANDIDATES_MOST]
    activities = [herent_matcher().activity(name) for name in names]
    return can_reach(profile, activities, today=TODAY, until=by, hours=profile.hours_to_go)


def enough(profile, activity, by):
    return can_reach(profile, [activity], today=TODAY, until=by, hours=min(LEAST_HOURS, profile.hours_to_go))


@pytest.mark.slow
@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_plan_of_anybody_adds_up_and_breaks_nothing(seed):
    (profile,) = made_up_profiles(1, random.Random(seed))
    answer = planned(profile, made_up_engine(), by=TODAY + timedelta(days=seed % 300))
    json.dumps(answer, allow_nan=False)
    for plan in answer["plans"]:
        check(plan, profile, answer)


def check(plan, profile, answer):
    counted = sum(one["hours"] for one in plan["sessions"]) + sum(one["hours"] for one in plan["by_agreement"])
    assert round(counted, 2) == plan["hours_total"] <= plan["hours_possible"]
    assert plan["hours_total"] == pytest.approx(sum(week["hours"] for week in plan["weeks"]), abs=0.3)
    assert plan["hours_total"] == pytest.approx(sum(one["hours"] for one in plan["activities"]), abs=0.05)
    last = date.fromisoformat(plan["reached_on"] or answer["until"])
    for activity_id, start, end in moments(plan):
        assert TODAY <= start.date() <= last
        activity = made_up_engine().activity(activity_id)
        assert (activity.start_date or start.date()) <= start.date() <= (activity.end_date or start.date())
        if profile.availability is not None:
            free = profile.availability.stretches[start.weekday()]
            minutes = start.hour * 60 + start.minute, start.hour * 60 + start.minute + (end - start).seconds // 60
            assert any(a <= minutes[0] and minutes[1] <= b for a, b in free)
    for (one, start, end), (other, start2, _) in combinations(sorted(moments(plan), key=lambda m: m[1]), 2):
        if one != other and start.date() == start2.date():
            gap = travel(profile, made_up_engine().activity(one), made_up_engine().activity(other))
            assert end + timedelta(minutes=gap) <= start2
    if profile.max_hours_per_week is not None:
        assert all(week["hours"] <= profile.max_hours_per_week + 0.01 for week in plan["weeks"])
    reached = plan["hours_total"] + 0.005 >= answer["hours_to_go"]
    assert plan["feasible"] == (plan["reached_on"] is not None) == reached
    assert len(plan["activities"]) <= answer["max_activities"]


def test_the_same_question_gives_the_same_answer_whatever_the_order_of_the_rows():
    shuffled = list(herent_offer())
    random.Random(5).shuffle(shuffled)
    other = Matcher(shuffled)
    for profile in examples()[:4]:
        assert planned(profile, other) == planned(profile)


def test_three_plans_share_at_most_half_of_their_activities():
    for answer in planned_until_june().values():
        sets = [{one["id"] for one in plan["activities"]} for plan in answer["plans"]]
        for earlier, later in combinations(sets, 2):
            assert 2 * len(earlier & later) <= len(later)


def test_the_plan_of_the_seamstress_is_the_sewing_cafe_and_the_second_hand_shop_until_january():
    plan = planned_until_june()["p-001"]["plans"][0]
    assert [one["id"] for one in plan["activities"]] == ["naaicafe-vrouwen-veltem", "tweedehandswinkel-leuven"]
    assert (plan["hours_total"], plan["reached_on"], plan["gap"], plan["optimal"]) == (41.0, "2027-01-26", 0, True)
    assert plan["activities"][0]["when_nl"] == "8 keer op dinsdag van 13.30 tot 16.00 uur."
    assert plan["sessions"][0] == {
        "activity_id": "naaicafe-vrouwen-veltem",
        "start": "2026-11-24T13:30:00+01:00",
        "end": "2026-11-24T16:00:00+01:00",
        "hours": 2.5,
    }
    reasons = {one["code"]: one["sentence_nl"] for one in plan["reasons"]}
    assert reasons["reached"] == "Haalt de 40 uur op dinsdag 26 januari 2027, 22 weken voor de gewenste datum."


def test_who_has_the_hours_already_needs_no_plan_and_is_told_so():
    answer = planned({"hours_done": 40})
    assert (answer["plans"], answer["changes"], answer["hours_to_go"]) == ([], [], 0)
    assert answer["sentence_nl"] == "De 40 uur zijn al bereikt: er is geen plan meer nodig."
    assert planned({"hours_done": 40}, hours=60)["plans"]


def test_nobody_to_plan_with_is_said_and_not_silent():
    answer = planned({"availability": []}, offer_of({"id": "a", "schedule": "di 10:00-12:00"}))
    assert answer["plans"] == []
    assert answer["sentence_nl"].startswith("Er is nu geen plan te maken: tot 23 november 2027 past er niets")
    assert [one["key"] for one in answer["changes"]] == ["availability"]
    assert planned({}, Matcher([]))["plans"] == []


def test_what_has_no_known_hours_is_named_apart():
    made = offer_of(
        {"id": "a", "schedule": "di 10:00-12:00"}, {"id": "b"}, {"id": "c", "schedule": "2026-11-30 10:00-11:00"}
    )
    answer = planned({}, made)
    assert {one["activity_id"]: one["code"] for one in answer["not_planned"]} == {
        "b": "schedule_unknown",
        "c": "too_short",
    }
    assert answer["not_planned_total"] == 2


def test_an_activity_that_takes_more_hours_a_week_than_wished_is_left_out_and_a_little_more_helps():
    made = offer_of({"id": "stage", "schedule": "ma 09:00-12:00; di 09:00-12:00"})
    answer = planned({"max_hours_per_week": 5}, made)
    assert [one["code"] for one in answer["not_planned"]] == ["week_too_full"]
    (change,) = answer["changes"]
    assert (change["key"], change["set"], change["feasible"]) == ("max_hours_per_week", 7.0, True)


def test_a_calm_week_comes_first_and_a_full_one_only_when_it_must():
    made = offer_of(
        {"id": "huis", "schedule": "ma 10:00-12:00; wo 10:00-12:00; vr 10:00-12:00", "attendance": "drop_in"}
    )
    calm, busy = planned({}, made)["plans"], planned({}, made, by=date(2027, 2, 1))["plans"]
    assert max(week["hours"] for week in calm[0]["weeks"]) == 2
    assert max(week["hours"] for week in busy[0]["weeks"]) == 6
    assert "busy" in [one["code"] for one in busy[0]["reasons"]]
    assert "busy" not in [one["code"] for one in calm[0]["reasons"]]


def test_hours_by_agreement_fill_up_the_week_to_what_was_wished():
    made = offer_of(
        {"id": "koor", "schedule": "di 19:00-21:00"}, {"id": "maatje", "schedule": "flex 3u/week", "kind": "buddy"}
    )
    plan = planned({"max_hours_per_week": 4}, made)["plans"][0]
    assert {one["id"] for one in plan["activities"]} == {"koor", "maatje"}
    assert Counter(one["hours"] for one in plan["by_agreement"]).most_common(1)[0][0] == 2
    assert max(week["hours"] for week in plan["weeks"]) == 4


def test_no_hours_by_agreement_are_counted_when_the_only_free_hours_are_taken():
    made = offer_of(
        {"id": "koor", "schedule": "wo 20:00-21:30"}, {"id": "maatje", "schedule": "flex 1u/week", "kind": "buddy"}
    )
    plan = planned({"availability": ["wo 20:00-21:30"]}, made)["plans"][0]
    assert all(week["hours"] <= 1.5 for week in plan["weeks"])


def test_one_day_on_which_two_activities_meet_does_not_keep_them_apart():
    made = offer_of(
        {"id": "ploeg", "schedule": "za 13:30-17:00"},
        {
            "id": "feest",
            "schedule": "2026-12-05 14:00-18:00; 2027-01-12 19:00-22:00; 2027-02-09 19:00-22:00; "
            "2027-03-09 19:00-22:00",
        },
    )
    plan = planned({"hours_done": 10}, made)["plans"][0]
    assert len(plan["activities"]) == 2
    assert "2026-12-05" not in [one["start"][:10] for one in plan["sessions"] if one["activity_id"] == "ploeg"]
    (missed,) = [one["sentence_nl"] for one in plan["reasons"] if one["code"] == "missed"]
    assert missed == "Niet geteld, omdat het samenvalt met iets anders in dit plan: ploeg op 5 december 2026."


def test_a_change_that_is_said_to_help_does():
    profile = next(one for one in examples() if one.id == "p-010")
    answer = planned(profile, by=JUNE)
    assert answer["complete"] is True
    far = answer["plans"][0]["hours_possible"]
    for change in answer["changes"]:
        assert change["hours_possible"] > far
        facts = json.loads(profile.model_dump_json(include={"id", "max_distance_km"}))
        if change["key"] == "availability":
            facts = {**as_facts(profile), "availability": [*profile.availability.texts(), change["add"]]}
        elif change["key"] in ("available_until", "max_distance_km"):
            facts = {**as_facts(profile), change["key"]: change["set"]}
        else:
            continue
        again = planned(read_profile(facts), by=JUNE)["plans"][0]
        assert (again["hours_possible"], again["reached_on"]) == (change["hours_possible"], change["reached_on"])


def as_facts(profile):
    lines = (data_folder() / "judgements" / "profiles.jsonl").read_text(encoding="utf-8").splitlines()
    return next(facts for facts in map(json.loads, lines) if facts["id"] == profile.id)


def test_a_full_activity_is_counted_as_help_only_with_a_place():
    made = offer_of({"id": "vol", "schedule": "di 10:00-12:00", "places_left": 0})
    answer = planned({}, made)
    assert answer["plans"] == []
    (change,) = answer["changes"]
    assert (change["key"], change["activity_id"], change["feasible"]) == ("places_left", "vol", True)


def test_no_time_at_all_gives_what_there_is_and_says_that_it_is_not_proven():
    answer = planned(examples()[0], by=date(2026, 12, 13), max_activities=8, time_limit_s=0)
    assert answer["complete"] is False
    assert len(answer["plans"]) == 3
    unproven = [plan for plan in answer["plans"] if not plan["optimal"]]
    assert unproven
    for plan in unproven:
        assert plan["gap"] > 0
        assert "not_proven" in [one["code"] for one in plan["reasons"]]


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"hours": 0}, "hours must be from 1 to 1000; got '0'"),
        ({"hours": -3}, "hours must be from 1 to 1000; got '-3'"),
        ({"hours": 10_000}, "hours must be from 1 to 1000; got '10000'"),
        ({"hours": float("nan")}, "hours must be from 1 to 1000; got 'nan'"),
        ({"max_activities": 0}, "max_activities must be from 1 to 8; got '0'"),
        ({"by": date(2026, 11, 22)}, r"by must be 2026-11-23 \(today\) or later; got '2026-11-22'"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_bounds(wish, message):
    with pytest.raises(InputError, match=message):
        planned({}, **wish)


def test_the_calendar_of_a_plan_holds_its_sessions_and_is_the_same_every_time():
    for profile_id, answer in planned_until_june().items():
        plan = answer["plans"][0]
        content = plan_calendar(plan, profile_id=profile_id, today=TODAY)
        assert content == plan_calendar(plan, profile_id=profile_id, today=TODAY)
        calendar = Calendar.from_ical(content)
        found = [moment for event in calendar.walk("VEVENT") for moment in expanded(event)]
        timed = sorted(moment for moment in found if isinstance(moment[1], datetime))
        assert timed == sorted((title(plan, id_), start, end) for id_, start, end in moments(plan))
        assert len(found) - len(timed) == len(plan["by_agreement"])
        assert {event["dtstamp"].dt.date() for event in calendar.walk("VEVENT")} == {TODAY}
        ids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
        assert len(set(ids)) == len(ids)
        assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]


def expanded(event):
    start, end = event["dtstart"].dt, event["dtend"].dt
    starts = [start]
    if "rrule" in event:
        naive = (
            start.replace(tzinfo=None)
            if isinstance(start, datetime)
            else datetime.combine(start, datetime.min.time())
        )
        starts = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=naive))
        away = event.get("exdate", [])
        away = away if isinstance(away, list) else [away]
        left_out = {
            one.dt.replace(tzinfo=None)
            if isinstance(one.dt, datetime)
            else datetime.combine(one.dt, datetime.min.time())
            for dates in away
            for one in dates.dts
        }
        starts = [one for one in starts if one not in left_out]
        if isinstance(start, datetime):
            starts = [one.replace(tzinfo=BRUSSELS) for one in starts]
        else:
            starts = [one.date() for one in starts]
    return [(str(event["summary"]), one, one + (end - start)) for one in starts]


def title(plan, activity_id):
    return next(one["title"] for one in plan["activities"] if one["id"] == activity_id)


def test_a_plan_over_the_change_of_summer_time_keeps_the_hour_of_the_clock():
    plan = planned(examples()[2], by=JUNE, hours=60)["plans"][0]
    starts = {datetime.fromisoformat(one["start"]).utcoffset() for one in plan["sessions"]}
    assert starts == {timedelta(hours=1), timedelta(hours=2)}
    assert len({one["start"][11:16] for one in plan["sessions"]}) == 1
