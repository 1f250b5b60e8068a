from __future__ import annotations

import random
from datetime import date
from typing import Any

import oracle
import pytest
from worlds import TODAY, made_up_activities

from matcher.criteria import check_criteria, follow_track, lasting_sessions
from matcher.model import Profile, Proposal, read_profile, read_proposal

POINTS = ["group", "new_people", "lasting_contacts", "interaction", "dutch_context", "practice"]
GOOD: dict[str, Any] = {
    "title": "Samen koken",
    "group_min": 4,
    "group_max": 10,
    "new_people": "yes",
    "schedule": "di 19:00-21:00",
    "interaction": "high",
    "language": "nl",
    "participants": "mixed",
}


def proposal(**changes: Any) -> Proposal:
    return read_proposal({**GOOD, **changes})


def check(**changes: Any) -> dict[str, Any]:
    return dict(check_criteria(proposal(**changes), today=TODAY))


def answer(point: str, **changes: Any) -> str:
    return next(one["answer"] for one in check(**changes)["points"] if one["id"] == point)


def test_what_meets_every_point_fits():
    found = check()
    assert (found["verdict"], found["discuss_because"], found["missing"]) == ("fits", None, [])
    assert [point["answer"] for point in found["points"]] == ["yes"] * 6


def test_the_keys_stand_in_the_order_of_the_contract():
    found = check()
    assert list(found) == ["verdict", "discuss_because", "missing", "points"]
    assert all(list(point) == ["id", "answer", "sentence_nl", "sentence_en"] for point in found["points"])


CASES: list[tuple[dict[str, Any], str, str | None, list[str]]] = [
    # changes, verdict, discuss_because, missing
    ({"group_min": None, "group_max": 1}, "does_not_fit", None, []),
    ({"group_min": 2, "group_max": 2}, "fits", None, []),
    ({"group_min": None, "group_max": None}, "fits", None, []),
    ({"group_min": 1, "group_max": None}, "fits", None, []),
    ({"new_people": "no"}, "does_not_fit", None, []),
    ({"new_people": None}, "discuss", "missing", ["new_people"]),
    ({"interaction": "low"}, "does_not_fit", None, []),
    ({"interaction": "medium"}, "fits", None, []),
    ({"interaction": None}, "discuss", "missing", ["interaction"]),
    ({"language": "nl-BE"}, "fits", None, []),
    ({"language": "NL"}, "fits", None, []),
    ({"language": "fr"}, "does_not_fit", None, []),
    ({"language": "en-GB"}, "does_not_fit", None, []),
    ({"language": "nl+"}, "discuss", "doubt", []),
    ({"language": None}, "discuss", "missing", ["language"]),
    ({"schedule": None}, "discuss", "missing", ["schedule"]),
    ({"schedule": "flex 0,5u/week"}, "fits", None, []),
    ({"schedule": "2026-12-05 14:00-17:00"}, "discuss", "doubt", []),
    ({"schedule": "2026-12-05 14:00-17:00; flex 1u/week"}, "fits", None, []),
    ({"participants": "learners"}, "fits", None, []),
    ({"participants": None}, "fits", None, []),
    # does_not_fit goes before discuss, a doubt before what is missing
    ({"language": "fr", "new_people": None}, "does_not_fit", None, []),
    ({"group_min": None, "group_max": 1, "schedule": "2026-12-05 14:00-17:00"}, "does_not_fit", None, []),
    ({"language": "nl+", "new_people": None}, "discuss", "doubt", ["new_people"]),
    ({"schedule": "2026-12-05 14:00-17:00", "interaction": None}, "discuss", "doubt", ["interaction"]),
    (
        {"new_people": None, "schedule": None, "interaction": None, "language": None},
        "discuss",
        "missing",
        ["new_people", "schedule", "interaction", "language"],
    ),
]


@pytest.mark.parametrize(("changes", "verdict", "because", "missing"), CASES)
def test_the_verdict_follows_the_points(changes, verdict, because, missing):
    found = check(**changes)
    assert (found["verdict"], found["discuss_because"], found["missing"]) == (verdict, because, missing)


@pytest.mark.parametrize(("changes", "verdict", "because", "missing"), CASES)
def test_all_six_points_are_always_listed_with_both_sentences(changes, verdict, because, missing):
    points = check(**changes)["points"]
    assert [point["id"] for point in points] == POINTS
    for point in points:
        assert point["answer"] in ("yes", "no", "unknown")
        assert point["sentence_nl"].endswith(".")
        assert point["sentence_en"].endswith(".")
        assert "{" not in point["sentence_nl"] + point["sentence_en"]


@pytest.mark.parametrize(
    ("point", "changes", "expected"),
    [
        ("group", {"group_min": None, "group_max": 1}, "no"),
        ("group", {"group_min": None, "group_max": None}, "unknown"),
        ("group", {"group_min": 2, "group_max": 2}, "yes"),
        ("new_people", {"new_people": "no"}, "no"),
        ("new_people", {"new_people": None}, "unknown"),
        ("lasting_contacts", {"schedule": "flex 1u/week"}, "yes"),
        ("lasting_contacts", {"schedule": None}, "unknown"),
        ("lasting_contacts", {"schedule": "2026-12-05 14:00-17:00"}, "no"),
        ("lasting_contacts", {"interaction": "low"}, "no"),
        ("interaction", {"interaction": "low"}, "no"),
        ("interaction", {"interaction": None}, "unknown"),
        ("dutch_context", {"language": "fr"}, "no"),
        ("dutch_context", {"language": None}, "unknown"),
        ("practice", {"participants": "dutch_speakers"}, "yes"),
        ("practice", {"participants": "learners"}, "no"),
        ("practice", {"participants": None}, "unknown"),
    ],
)
def test_each_point_answers_yes_no_or_unknown(point, changes, expected):
    assert answer(point, **changes) == expected


def test_learners_give_a_remark():
    sentence = check(participants="learners")["points"][5]
    assert "Opmerking" in sentence["sentence_nl"]
    assert "Remark" in sentence["sentence_en"]


def test_of_an_own_proposal_only_the_title_is_required():
    found = check_criteria(read_proposal({"title": "Breien"}), today=TODAY)
    assert (found["verdict"], found["discuss_because"]) == ("discuss", "missing")
    assert found["missing"] == ["new_people", "schedule", "interaction", "language"]
    assert [point["answer"] for point in found["points"]] == ["unknown"] * 6


def test_one_bad_fact_settles_a_proposal_that_is_otherwise_unknown():
    found = check_criteria(read_proposal({"title": "Puzzelen", "group_max": 1}), today=TODAY)
    assert found["verdict"] == "does_not_fit"


@pytest.mark.parametrize(
    ("changes", "sessions"),
    [
        # 2026-11-23 is a Monday
        ({"schedule": "ma 10:00-12:00", "end_date": "2026-12-14"}, 4),
        ({"schedule": "ma 10:00-12:00", "end_date": "2026-12-13"}, 3),
        ({"schedule": "di 10:00-12:00", "end_date": "2026-12-14"}, 3),
        ({"schedule": "ma 10:00-12:00; do 10:00-12:00", "end_date": "2026-12-03"}, 4),
        ({"schedule": "ma 10:00-12:00"}, 53),
        ({"schedule": "1e ma 10:00-12:00", "end_date": "2027-03-01"}, 4),
        ({"schedule": "5e ma 10:00-12:00", "end_date": "2027-08-29"}, 3),
        # from the start date, not from today
        ({"schedule": "ma 10:00-12:00", "start_date": "2026-11-02", "end_date": "2026-11-23"}, 4),
        ({"schedule": "ma 10:00-12:00", "start_date": "2025-09-01", "end_date": "2025-09-22"}, 4),
        ({"schedule": "ma 10:00-12:00", "start_date": "2027-01-04", "end_date": "2027-01-18"}, 3),
        # at most 365 days on, that day included
        ({"schedule": "2027-11-23 10:00-12:00"}, 1),
        ({"schedule": "2027-11-24 10:00-12:00"}, 0),
        # pauses are left out, a session with its own date stands
        ({"schedule": "ma 10:00-12:00", "end_date": "2026-12-14", "pauses": ["12-01..12-07"]}, 3),
        ({"schedule": "ma 10:00-12:00", "end_date": "2027-01-11", "pauses": ["12-21..01-03"]}, 6),
        ({"schedule": "2026-12-07 10:00-12:00", "pauses": ["12-01..12-07"]}, 1),
        ({"schedule": "2026-11-22 10:00-12:00; 2026-11-23 10:00-12:00"}, 1),
        ({"schedule": "2w ma 10:00-12:00", "start_date": "2026-11-23", "end_date": "2027-01-04"}, 4),
        ({"schedule": "2w ma 10:00-12:00", "start_date": "2026-11-24", "end_date": "2027-01-04"}, 3),
    ],
)
def test_four_sessions_between_start_and_end_make_it_recur(changes, sessions):
    assert lasting_sessions(proposal(**changes), today=TODAY) == sessions
    found = check(**changes)
    expected = ("fits", None) if sessions >= 4 else ("discuss", "doubt")
    assert (found["verdict"], found["discuss_because"]) == expected


@pytest.mark.parametrize("schedule", ["flex 1u/week", "flex 1u/week; 2026-12-05 14:00-17:00"])
def test_by_agreement_recurs_without_counting(schedule):
    assert lasting_sessions(proposal(schedule=schedule), today=TODAY) is None
    assert check(schedule=schedule)["verdict"] == "fits"


def test_the_number_of_sessions_stands_in_the_sentence():
    sentence = check(schedule="ma 10:00-12:00", end_date="2026-12-14")["points"][2]
    assert "4 keer" in sentence["sentence_nl"]
    assert "4 times" in sentence["sentence_en"]


def test_the_same_proposal_can_recur_today_and_be_a_one_off_later():
    activity = proposal(schedule="ma 10:00-12:00", end_date="2026-12-14")
    assert check_criteria(activity, today=date(2026, 11, 23))["verdict"] == "fits"
    assert check_criteria(activity, today=date(2026, 11, 24))["verdict"] == "discuss"


def test_the_verdict_equals_that_of_the_oracle_on_made_up_activities():
    for activity in made_up_activities(600, random.Random(17)):
        found = check_criteria(activity, today=TODAY)
        assert (found["verdict"], found["discuss_because"]) == oracle.verdict(activity, TODAY), activity


# Who must follow


def track(**facts: Any) -> dict[str, Any]:
    return dict(follow_track(read_profile({"id": "p", **facts})))


@pytest.mark.parametrize("obligation", ["mandatory", "voluntary", None])
@pytest.mark.parametrize("working", [True, False, None])
@pytest.mark.parametrize("studying", [True, False, None])
def test_one_known_fact_makes_it_optional_and_all_three_make_it_mandatory(obligation, working, studying):
    status = {"obligation": obligation, "working": working, "studying": studying}
    found = track(status=status, hours_done=0)
    if obligation == "voluntary" or working is True or studying is True:
        expected: tuple[str, list[str]] = ("optional", [])
    elif status == {"obligation": "mandatory", "working": False, "studying": False}:
        expected = ("mandatory", [])
    else:
        expected = ("unknown", [key for key, value in status.items() if value is None])
    assert (found["obligation"], found["missing"]) == expected


def test_without_any_status_everything_is_missing():
    found = track()
    assert found["obligation"] == "unknown"
    assert found["missing"] == ["obligation", "working", "studying", "hours_done"]


@pytest.mark.parametrize(
    ("done", "to_go"), [(0, 40.0), (6, 34.0), (38.25, 1.75), (40, 0.0), (55.5, 0.0), (33.7, 6.3)]
)
def test_forty_hours_less_those_done_are_to_go_and_never_less_than_none(done, to_go):
    found = track(hours_done=done)
    assert (found["hours_done"], found["hours_to_go"]) == (done, to_go)
    assert "hours_done" not in found["missing"]


def test_hours_that_are_left_out_count_as_none_done_and_are_named():
    found = track(status={"obligation": "voluntary"})
    assert (found["hours_done"], found["hours_to_go"]) == (0.0, 40.0)
    assert found["missing"] == ["hours_done"]


def test_the_track_has_the_keys_of_the_contract_and_a_sentence_in_both_languages():
    found = track(hours_done=6)
    assert list(found) == ["obligation", "missing", "sentence_nl", "sentence_en", "hours_done", "hours_to_go"]
    assert found["sentence_nl"] != found["sentence_en"]


def test_the_hours_of_the_track_can_be_read_from_the_profile():
    assert Profile(id="p", hours_done=6.0).hours_to_go == 34.0
