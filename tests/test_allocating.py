import csv
import io
import json
import random
import re
import zipfile
from datetime import date, datetime

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from worlds import made_up_activities, made_up_profiles

from api import create_app
from matcher import InputError, Matcher, data_folder, read_activity, read_profile, read_profiles
from matcher.cli import main
from matcher.model.places import Terms, Tie
from matcher.readers.pairs import read_pairs
from matcher.roster import workbook_bytes
from matcher.schedule import BRUSSELS
from matcher.service.allocating import allocate_places
from tests.herent import herent_matcher, herent_office

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
EXAMPLES = data_folder() / "judgements" / "profiles.jsonl"
PATH = "/api/v1/allocations"


def activity(id_, **facts):
    return read_activity(
        {
            "id": id_,
            "title": f"Samen {id_}",
            "organiser": "huis",
            "kind": "association",
            "interests": ["cooking"],
            "language": "nl",
            "interaction": "high",
            "participants": "dutch_speakers",
            "new_people": "yes",
            "schedule": "di 19:00-21:00",
            "group_min": 4,
            "group_max": 12,
            "places_left": 2,
            **facts,
        }
    )


def people(*ids, **facts):
    return [read_profile({"id": id_, "interests": ["cooking"], **facts}) for id_ in ids]


def give(activities, profiles, *ties, **terms):
    return allocate_places(
        Matcher(activities), profiles, today=TODAY, now=NOW, terms=Terms(**terms), ties=[Tie(*tie) for tie in ties]
    )


def placed(found):
    return {one["profile_id"]: one["activity_id"] for one in found["people"]}


def reasons(found):
    return {one["profile_id"]: one["reason"]["code"] for one in found["people"]}


# What the places are


@pytest.mark.slow
def test_everybody_gets_a_place_or_a_stated_reason():
    rng = random.Random(5)
    profiles, offer = made_up_profiles(60, rng), made_up_activities(60, rng)
    for objective in ("fit", "worst-off"):
        found = give(offer, profiles, objective=objective, max_per_organiser=4)
        assert [one["profile_id"] for one in found["people"]] == [profile.id for profile in profiles]
        for one in found["people"]:
            assert (one["activity_id"] is not None) == (one["outcome"] == "placed")
            assert all(one["reason"].values())
        totals = found["totals"]
        kinds = ("placed", "no_place", "no_candidates", "done")
        assert sum(totals[kind] for kind in kinds) == totals["people"] == 60
        assert all(totals[kind] for kind in ("placed", "no_place", "done"))
        for group in found["activities"]:
            assert group["left"] == group["places"] - len(group["people"]) >= 0


def test_the_score_of_a_place_is_the_one_of_the_shortlist():
    profiles, _ = read_profiles(EXAMPLES)
    found = allocate_places(herent_matcher(), profiles, today=TODAY, now=NOW)
    for profile, one in zip(profiles, found["people"], strict=True):
        listed = herent_matcher().suggest(profile, today=TODAY, now=NOW, k=30)["suggestions"]
        own = next(suggested for suggested in listed if suggested["activity_id"] == one["activity_id"])
        assert (own["score"], own["rank"], own["title"]) == (one["score"], one["rank"], one["title"])


def test_many_people_are_scored_like_few():
    rng = random.Random(8)
    profiles, offer = made_up_profiles(40, rng), made_up_activities(90, rng)
    few, all_ = give(offer, profiles, candidates=5), give(offer, profiles, candidates=90)
    assert few["totals"]["no_place"] == all_["totals"]["no_place"]
    assert few["totals"]["score"] <= all_["totals"]["score"]


def test_the_order_of_profiles_and_offer_changes_nothing():
    rng = random.Random(6)
    profiles, offer = made_up_profiles(30, rng), made_up_activities(30, rng)
    found = give(offer, profiles)
    turned = give(offer[::-1], profiles[::-1])
    assert turned["people"][::-1] == found["people"]
    assert {**turned, "people": 0} == {**found, "people": 0}


def test_who_waits_longest_has_the_place_when_all_else_is_equal():
    profiles = [
        *people("a"),
        *people("b", waiting_since="2026-10-01"),
        *people("c", waiting_since="2026-09-01"),
    ]
    found = give([activity("koken", places_left=1)], profiles)
    assert placed(found) == {"a": None, "b": None, "c": "koken"}
    envy = {one["profile_id"]: one for one in found["envy"]}
    assert (envy["b"]["code"], envy["b"]["exchange_with"], envy["b"]["change"]) == ("waits_longer", "c", 0)
    assert "wacht al langer" in envy["b"]["sentence_nl"]


def test_the_code_decides_when_both_have_waited_as_long():
    found = give([activity("koken", places_left=1)], people("b", "a"))
    assert placed(found) == {"b": None, "a": "koken"}
    assert "even lang" in found["envy"][0]["sentence_nl"]


def test_unknown_places_count_as_a_setting_and_the_answer_says_so():
    offer = [activity("koken", places_left=None)]
    found = give(offer, people(*"abcdef"))
    assert found["totals"]["placed"] == 3
    assert [note["code"] for note in found["notes"]] == ["places_unknown", "decide"]
    assert "hoogstens 3" in found["notes"][0]["sentence_nl"]
    assert found["activities"][0]["places_known"] is False
    assert give(offer, people(*"abcdef"), unknown_places=5)["totals"]["placed"] == 5
    assert give(offer, people(*"abcdef"), unknown_places=0)["totals"]["placed"] == 0


def test_unknown_places_are_no_more_than_the_capacity_and_a_duo_takes_one():
    small = activity("koken", places_left=None, capacity=2)
    assert give([small], people(*"abcd"))["totals"]["placed"] == 2
    duo = activity("koken", places_left=None, group_min=2, group_max=2)
    assert give([duo], people(*"abcd"))["totals"]["placed"] == 1


def test_a_least_number_counts_only_when_it_is_known_that_nobody_is_there_yet():
    begun, empty = activity("koken", places_left=6, capacity=8), activity("koken", places_left=8, capacity=8)
    assert give([begun], people("a", "b"))["totals"]["placed"] == 2
    found = give([empty], people("a", "b"))
    assert found["totals"]["placed"] == 0
    assert {one["code"] for one in found["envy"]} == {"not_enough"}
    assert "minstens" not in found["envy"][0]["sentence_nl"]
    assert give([empty], people(*"abcd"))["totals"]["placed"] == 4


def test_a_least_number_above_what_may_come_is_said():
    found = give([activity("koken", places_left=8, capacity=8)], people(*"abcd"), max_per_group=3)
    assert found["totals"]["placed"] == 0
    assert "kan niet starten: er zijn minstens 4 mensen nodig, hoogstens 3" in found["envy"][0]["sentence_nl"]


def test_an_organiser_and_a_group_take_no_more_than_is_asked():
    offer = [activity("a", places_left=9), activity("b", places_left=9), activity("c", organiser="x")]
    found = give(offer, people(*"abcdefgh"), max_per_organiser=3)
    assert found["totals"]["placed"] == 5
    assert {one["code"] for one in found["envy"]} == {"waits_longer"}
    assert any("huis heeft al het hoogste aantal (3)" in one["sentence_nl"] for one in found["envy"])
    assert give(offer, people(*"abcdefgh"), max_per_group=1)["totals"]["placed"] == 3


def test_who_has_the_hours_gets_no_place_and_is_told_so():
    profiles = [*people("a", hours_done=40), *people("b", hours_done=39.5)]
    found = give([activity("koken", places_left=1)], profiles)
    assert placed(found) == {"a": None, "b": "koken"}
    assert reasons(found) == {"a": "done", "b": "first_choice"}


def test_who_has_no_candidates_is_told_which_limits_keep_them_out():
    found = give(
        [activity("koken"), activity("zingen", places_left=0)], people("a", availability=["ma 08:00-12:00"])
    )
    (one,) = found["people"]
    assert one["outcome"] == "no_candidates"
    assert "niet op de vrije momenten (2) en volzet (1)" in one["reason"]["sentence_nl"]
    (one,) = give([], people("a"))["people"]
    assert one["reason"]["sentence_en"] == "The offer is empty."


def test_nobody_stays_without_a_place_because_few_candidates_were_looked_at():
    offer = [activity("a", places_left=1), activity("b", places_left=1, description="Koken en eten.")]
    found = give(offer, people("p", "q"), candidates=1)
    assert found["totals"]["placed"] == 2


def test_levels_are_coarser_when_that_is_asked_and_the_answer_says_so():
    found = give([activity("koken")], people("a"), objective="worst-off", level=0.1)
    assert found["settings"]["level"] == 0.1
    assert "stap van 0,1" in next(one["sentence_nl"] for one in found["notes"] if one["code"] == "levels")


def test_when_time_is_up_the_answer_says_so():
    rng = random.Random(5)
    profiles, offer = made_up_profiles(40, rng), made_up_activities(40, rng)
    found = allocate_places(
        Matcher(offer), profiles, today=TODAY, now=NOW, terms=Terms(objective="worst-off"), time_limit_s=0
    )
    assert (found["optimal"], found["gap"]) == (False, None)
    assert found["notes"][0]["code"] == "not_proven"


# Pairs that were settled by hand


def test_a_forced_pair_is_kept_even_for_who_has_the_hours_and_the_place_is_gone_for_others():
    profiles = [*people("a", "b"), *people("z", hours_done=40)]
    found = give([activity("koken", places_left=1)], profiles, ("z", "koken", "force"))
    assert placed(found) == {"a": None, "b": None, "z": "koken"}
    assert reasons(found)["z"] == "by_hand"
    assert {one["code"] for one in found["envy"]} == {"by_hand"}


def test_a_forced_pair_may_lie_beyond_the_candidates():
    offer = [activity("a", places_left=9), activity("b", interests=["football"])]
    found = give(offer, people("p"), ("p", "b", "force"), candidates=1)
    assert placed(found) == {"p": "b"}
    assert found["people"][0]["rank"] is None


def test_a_forbidden_pair_never_happens_and_who_has_nothing_else_is_told_so():
    found = give([activity("koken")], people("a", "b"), ("a", "koken", "forbid"))
    assert placed(found) == {"a": None, "b": "koken"}
    assert reasons(found)["a"] == "forbidden"


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ([("x", "koken", "force")], "profile_id must be one of the profiles; got 'x'"),
        ([("a", "x", "forbid")], "activity_id must be one of the offer; got 'x'"),
        ([("a", "koken", "force")] * 2, "must stand once; got 'koken'. It is force in line 1 too"),
        ([("a", "koken", "force"), ("a", "koken", "forbid")], "must not be forced and forbidden both"),
        (
            [("a", "koken", "force"), ("a", "lezen", "force")],
            "must be the only one that is forced for this person",
        ),
        ([(id_, "koken", "force") for id_ in "abc"], "must not be forced for more people than it has places, 2"),
        ([("a", "vol", "force")], "more people than it has places, 0"),
        ([("a", "ver", "force")], "must be allowed; got 'ver'. For a it breaks: schedule"),
        ([("a", "start", "force")], "must leave every group that starts enough people"),
        ([("a", "groot", "force")], "must be able to start: it needs 40 people, and at most 12 may join"),
    ],
)
def test_pairs_that_contradict_one_another_a_limit_or_the_places_are_refused(ties, message):
    offer = [
        activity("koken"),
        activity("lezen"),
        activity("vol", places_left=0),
        activity("ver", schedule="zo 19:00-21:00"),
        activity("start", places_left=12, capacity=12),
        activity("groot", places_left=12, capacity=12, group_min=40, group_max=50),
    ]
    profiles = people(*"abc", availability=["di 18:00-22:00"])
    numbered = [(*tie, str(line)) for line, tie in enumerate(ties, start=1)]
    with pytest.raises(InputError, match=re.escape(message)):
        give(offer, profiles, *numbered)


def test_more_forced_people_than_an_organiser_takes_are_refused():
    ties = [("a", "koken", "force"), ("b", "lezen", "force")]
    with pytest.raises(InputError, match="must not bring its organiser more people than the 1"):
        give([activity("koken"), activity("lezen")], people("a", "b"), *ties, max_per_organiser=1)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"objective": "best"}, "objective must be one of fit, worst-off"),
        ({"max_per_organiser": 0}, "max_per_organiser must be at least 1"),
        ({"max_per_group": -1}, "max_per_group must be at least 1"),
        ({"candidates": 0}, "candidates must be from 1 to 1000"),
        ({"unknown_places": -1}, "unknown_places must be at least 0"),
        ({"level": 2.0}, "level must be from 0.0001 to 1"),
    ],
)
def test_settings_out_of_bounds_are_refused(terms, message):
    with pytest.raises(InputError, match=message):
        give([activity("koken")], people("a"), **terms)


def test_the_same_profile_twice_is_refused():
    with pytest.raises(InputError, match=re.escape("profiles[1].id must be unique; got 'a'")):
        give([activity("koken")], people("a", "a"))


def test_pairs_are_read_from_either_kind_of_csv(tmp_path):
    file = tmp_path / "pairs.csv"
    for text in (
        "a,koken,force\nb,lezen,forbid",
        "\ufeffprofile_id;activity_id;rule\r\n\r\na;koken;FORCE\r\n b ; lezen;forbid\r\n",
    ):
        file.write_bytes(text.encode())
        assert [(one.profile_id, one.activity_id, one.rule) for one in read_pairs(file)] == [
            ("a", "koken", "force"),
            ("b", "lezen", "forbid"),
        ]
    file.write_bytes(b"")
    assert read_pairs(file) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a,koken", "pairs.csv:1: must hold profile_id,activity_id,rule. There are 2 values"),
        (b"a,koken,force\na,,forbid", "pairs.csv:2: activity_id is required"),
        (b"a,koken,maybe", "pairs.csv:1: rule must be force or forbid; got 'maybe'"),
        (b"a,koken,force\n\xff", "pairs.csv:1: must be UTF-8"),
        (b'"a,koken', "pairs.csv:1: must hold profile_id,activity_id,rule"),
    ],
)
def test_a_bad_line_of_the_pairs_is_named(tmp_path, text, message):
    file = tmp_path / "pairs.csv"
    file.write_bytes(text)
    with pytest.raises(InputError, match=re.escape(message)):
        read_pairs(file)


# The command


def run(*words):
    result = CliRunner().invoke(main, ["allocate", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_the_command_gives_one_line_of_json():
    result = run("--profiles", str(EXAMPLES), "--today", "2026-11-23", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["totals"]["people"] == 14


@pytest.mark.parametrize(("lang", "words"), [("nl", "mensen hebben een plaats"), ("en", "people have a place")])
def test_the_command_prints_a_table_in_both_languages(lang, words):
    result = run("--profiles", str(EXAMPLES), "--today", "2026-11-23", "--max-per-group", "1", "--lang", lang)
    assert result.exit_code == 0
    assert words in result.stdout
    assert all(len(line) <= 110 for line in result.stdout.splitlines())
    assert result.stdout.count("p-001") == 2


def test_the_workbook_has_the_same_bytes_each_time_and_holds_texts_not_formulas(tmp_path):
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for file in files:
        result = run(
            "--profiles", str(EXAMPLES), "--today", "2026-11-23", "--max-per-group", "1", "--xlsx", str(file)
        )
        assert (result.exit_code, result.stdout) == (0, "")
        assert "mensen hebben een plaats" in result.stderr
    assert files[0].read_bytes() == files[1].read_bytes()
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []
    book = load_workbook(files[0])
    assert book.sheetnames == ["Plaatsen", "Activiteiten", "Waarom niet", "Over"]
    assert book["Plaatsen"].max_row == 15
    assert book["Waarom niet"].max_row > 1
    assert {info.date_time for info in zipfile.ZipFile(files[0]).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_title_that_looks_like_a_formula_stays_a_text():
    found = give([activity("koken", title="=1+1")], people("a"))
    book = load_workbook(io.BytesIO(workbook_bytes(found, lang="en")))
    cell = book["Places"]["E2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_bad_profile_is_left_out_and_named_and_the_others_are_answered(tmp_path):
    file = tmp_path / "p.jsonl"
    file.write_text('{"id": "a"}\n{"id": "b", "age": -1}\n{"id": "a"}\n', encoding="utf-8")
    result = run("--profiles", str(file), "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["people"]) == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [f"{file}:2", f"{file}:3"]


def test_bad_pairs_give_no_answer_but_the_line(tmp_path):
    file = tmp_path / "pairs.csv"
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows([["p-001", "ldc-open-huis", "force"], ["p-999", "nergens", "forbid"]])
    result = run("--profiles", str(EXAMPLES), "--pairs", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split(" must")[0] for line in result.stderr.splitlines()] == [
        f"{file}:2: profile_id",
        f"{file}:2: activity_id",
    ]


def test_a_wrong_call_ends_with_2(tmp_path):
    good = ("--profiles", str(EXAMPLES))
    for words in (
        (),
        ("--profiles", str(tmp_path / "none")),
        (*good, "--objective", "best"),
        (*good, "--max-per-group", "0"),
        (*good, "--json", "--xlsx", str(tmp_path / "a.xlsx")),
        (*good, "--xlsx", str(tmp_path / "none" / "a.xlsx")),
    ):
        assert run(*words).exit_code == 2


# HTTP


@pytest.fixture(scope="module")
def client():
    return create_app(herent_office(), clock=lambda: NOW).test_client()


def examples():
    return [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


def test_over_http_comes_what_the_description_says(client):
    description = client.get("/api/v1/openapi.json").json
    for more in ({}, {"objective": "worst-off", "max_per_group": 1, "max_per_organiser": 2, "level": 0.05}):
        body = {"profiles": examples(), "today": "2026-11-23", **more}
        request = {"$ref": "#/components/schemas/AllocationRequest", "components": description["components"]}
        Draft202012Validator(request).validate(body)
        response = client.post(PATH, json=body)
        assert response.status_code == 200
        schema = {"$ref": "#/components/schemas/AllocationAnswer", "components": description["components"]}
        Draft202012Validator(schema).validate(response.json)
        assert response.json["optimal"] is True


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"profiles": []}, "profiles"),
        ({"profiles": None}, "profiles"),
        ({"profiles": [{"id": "a"}, {"id": "b", "age": -1}]}, "profiles[1].age"),
        ({"profiles": [{"id": "a"}, {"id": "a"}]}, "profiles[1].id"),
        ({"profiles": [{"id": f"p{n}"} for n in range(1001)]}, "profiles"),
        ({"objective": "best"}, "objective"),
        ({"max_per_group": 0}, "max_per_group"),
        ({"max_per_organiser": 1.5}, "max_per_organiser"),
        ({"level": 0}, "level"),
        ({"pairs": 3}, "pairs"),
        ({"pairs": [{"profile_id": "p-001", "activity_id": "x"}]}, "pairs[0].rule"),
        ({"pairs": [{"profile_id": "p-001", "activity_id": "x", "rule": "force"}]}, "pairs[0].activity_id"),
        ({"more": 1}, "more"),
    ],
)
def test_over_http_bad_input_is_named(client, change, path):
    response = client.post(PATH, json={"profiles": examples(), **change})
    assert response.status_code == 422
    assert path in [error["path"] for error in response.json["errors"]]
