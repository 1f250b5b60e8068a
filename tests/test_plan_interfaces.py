"""``matcher plan`` and ``POST /api/v1/plans``: what goes in, what comes out, what is refused."""

import json
from datetime import date, datetime

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from api import create_app
from matcher import read_profile
from matcher.cli import main
from matcher.schedule import BRUSSELS
from matcher.service.planning import PlanWish, make_plans
from tests.herent import herent_matcher, herent_office

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
PROFILE = {
    "id": "p-1",
    "interests": ["sewing"],
    "dutch_level": "A1",
    "home": {"postal_code": "3020"},
    "hours_done": 6,
}
ON = ["--today", "2026-11-23"]


@pytest.fixture(scope="module")
def client():
    return create_app(herent_office(), clock=lambda: NOW).test_client()


@pytest.fixture
def profile_file(tmp_path):
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(PROFILE), encoding="utf-8")
    return file


def run(*words):
    return CliRunner().invoke(main, ["plan", *map(str, words)])


def asked(**wish):
    profile = read_profile(PROFILE)
    return make_plans(herent_matcher(), profile, today=date(2026, 11, 23), now=NOW, wish=PlanWish(**wish))


def without_moment(answer):
    return {**answer, "generated_at": None}


def test_the_command_gives_one_line_of_json_a_profile(profile_file):
    result = run("--profile", profile_file, *ON, "--json", "--by", "2027-06-30")
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert without_moment(json.loads(line)) == without_moment(asked(by=date(2027, 6, 30)))


def test_the_table_says_the_plan_its_weeks_and_what_to_ask_in_both_languages(profile_file):
    dutch = run("--profile", profile_file, *ON, "--by", "2027-06-30").stdout
    english = run("--profile", profile_file, *ON, "--by", "2027-06-30", "--lang", "en").stdout
    for text in ("Plan 1:", "6 uur gedaan, 34 te gaan", "Haalt de 40 uur op", "week van", "wanneer en waarom"):
        assert text in dutch
    for text in ("Plan 1:", "6 hours done, 34 to go", "Reaches the 40 hours on", "week of", "when and why"):
        assert text in english
    assert max(map(len, dutch.splitlines())) <= 100
    assert "…" not in dutch


def test_the_calendar_is_written_whole_and_the_same_each_time(profile_file, tmp_path):
    files = [tmp_path / "one.ics", tmp_path / "two.ics"]
    for file in files:
        assert run("--profile", profile_file, *ON, "--ics", file).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert Calendar.from_ical(files[0].read_bytes()).walk("VEVENT")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_no_plan_is_no_calendar_and_says_so(tmp_path):
    (tmp_path / "p.json").write_text('{"id": "p", "hours_done": 40}', encoding="utf-8")
    result = run("--profile", tmp_path / "p.json", *ON, "--ics", tmp_path / "plan.ics")
    assert result.exit_code == 1
    assert "not written. De 40 uur zijn al bereikt" in result.stderr
    assert not (tmp_path / "plan.ics").exists()


def test_a_calendar_of_two_people_is_refused(tmp_path):
    (tmp_path / "two.jsonl").write_text('{"id": "a"}\n{"id": "b"}\n', encoding="utf-8")
    result = run("--profile", tmp_path / "two.jsonl", *ON, "--ics", tmp_path / "plan.ics")
    assert result.exit_code == 2
    assert "--ics takes one profile" in result.stderr


def test_a_calendar_that_cannot_be_written_is_refused(profile_file, tmp_path):
    result = run("--profile", profile_file, *ON, "--ics", tmp_path / "nowhere" / "plan.ics")
    assert result.exit_code == 2
    assert "--ics must be a file that can be written" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--hours", "0"], "0.0 is not in the range 1<=x<=1000"),
        (["--hours", "-5"], "-5.0 is not in the range 1<=x<=1000"),
        (["--hours", "10000"], "10000.0 is not in the range 1<=x<=1000"),
        (["--hours", "nan"], "hours must be from 1 to 1000; got 'nan'"),
        (["--by", "2026-11-22"], r"--by must be 2026-11-23 (today) or later; got '2026-11-22'"),
        (["--by", "30/06/2027"], "'30/06/2027' is not a date like 2026-12-01"),
        (["--max-activities", "0"], "0 is not in the range 1<=x<=8"),
        (["--max-activities", "9"], "9 is not in the range 1<=x<=8"),
    ],
)
def test_a_wrong_call_is_refused_with_what_is_allowed(profile_file, words, message):
    result = run("--profile", profile_file, *ON, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_bad_profile_is_named_and_the_others_are_planned(tmp_path):
    file = tmp_path / "three.jsonl"
    file.write_text('{"id": "a"}\n{"id": "b", "age": "old"}\n{"id": "a"}\n', encoding="utf-8")
    result = run("--profile", file, *ON, "--json")
    assert result.exit_code == 1
    assert [json.loads(line)["profile_id"] for line in result.stdout.splitlines()] == ["a"]
    assert f"{file}:2: profile.age must be a whole number" in result.stderr
    assert f"{file}:3: profile.id must be unique in the file" in result.stderr


def test_the_call_over_http_is_answered_as_the_command(client):
    body = {"profile": PROFILE, "hours": 40, "by": "2027-06-30", "max_activities": 3}
    response = client.post("/api/v1/plans", json=body)
    assert response.status_code == 200
    assert response.json == json.loads(json.dumps(asked(by=date(2027, 6, 30), max_activities=3)))
    assert response.json["complete"] is True


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"hours": 0}, "hours"),
        ({"hours": -1}, "hours"),
        ({"hours": 10_000}, "hours"),
        ({"hours": "40"}, "hours"),
        ({"by": "2026-11-22"}, "by"),
        ({"by": "soon"}, "by"),
        ({"max_activities": 0}, "max_activities"),
        ({"max_activities": 2.5}, "max_activities"),
        ({"deadline": "2027-01-01"}, "deadline"),
        ({"profile": {"id": "p", "max_hours_per_week": -1}}, "profile.max_hours_per_week"),
    ],
)
def test_a_bad_value_over_http_is_named_by_its_path(client, more, path):
    response = client.post("/api/v1/plans", json={"profile": PROFILE, **more})
    assert response.status_code == 422
    assert [error["path"] for error in response.json["errors"]] == [path]


def test_a_body_without_a_profile_is_named(client):
    response = client.post("/api/v1/plans", json={"hours": 40})
    assert response.status_code == 422
    assert response.json["errors"][0]["path"] == "profile"


@pytest.mark.parametrize(
    "facts",
    [{}, {"hours_done": 55}, {"availability": []}, {"max_hours_per_week": 0}, {"available_until": "2020-01-01"}],
)
def test_whoever_is_asked_for_is_answered_with_a_sentence(client, facts):
    response = client.post("/api/v1/plans", json={"profile": {"id": "p", **facts}, "today": "2026-11-23"})
    assert response.status_code == 200
    assert response.json["sentence_nl"]
    assert response.json["sentence_en"]


def test_the_description_names_every_key_of_the_answer(client):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    answer = asked()
    assert set(schemas["PlanAnswer"]["properties"]) == set(answer)
    assert set(schemas["Plan"]["properties"]) == set(answer["plans"][0])
    assert set(schemas["PlannedActivity"]["properties"]) == set(answer["plans"][0]["activities"][0])
    assert set(schemas["PlanRequest"]["properties"]) == {"profile", "today", "hours", "by", "max_activities"}
