from __future__ import annotations

import json
import math
import random
from datetime import date, timedelta
from typing import Any

import oracle
import pytest
from worlds import TODAY, made_up_activities, made_up_profiles

from matcher import vocabulary as words
from matcher.errors import InputError
from matcher.model import Activity, Profile, read_activity, read_profile, read_proposal
from matcher.model.answer import ASPECTS, LIMIT_CODES
from matcher.model.fields import holds_register_number
from matcher.schedule import Pause, parse_schedule

REQUIRED = {"id": "koor", "title": "Koor", "organiser": "vzw", "kind": "culture"}
KEYS = """
id title description organiser kind interests language taalicoon interaction participants group_min group_max
new_people schedule start_date end_date pauses attendance place address postal_code municipality lat lon
price_eur reduced_price_eur fee_eur price_note capacity places_left age_min age_max audience facilities
registration phone email url signatory status source source_url last_verified assumed derived
"""
EXAMPLE = {
    "id": "p-017",
    "interests": ["cooking", "sewing"],
    "wishes": "Ik wil graag mensen leren kennen en samen koken.",
    "avoid": ["team_sports"],
    "dutch_level": "A1",
    "group": ["small", "duo"],
    "availability": ["ma 09:00-12:00", "wo 13:00-17:00", "za 08:00-22:00"],
    "available_from": "2026-12-01",
    "available_until": "2027-06-30",
    "max_hours_per_week": 6,
    "home": {"postal_code": "3020"},
    "transport": "bike",
    "max_distance_km": 8,
    "max_price_eur": 5,
    "age": 34,
    "audience": ["women", "parents"],
    "needs": ["childcare"],
    "status": {"obligation": "mandatory", "working": False, "studying": False},
    "hours_done": 6,
    "waiting_since": "2026-10-01",
}


def activity(**facts: Any) -> Activity:
    return read_activity({**REQUIRED, **facts})


def profile(**facts: Any) -> Profile:
    return read_profile({"id": "p", **facts})


def register_number(born: date, serial: int, *, bis: int = 0) -> str:
    """Make a number by the royal decree: date of birth, serial number, and 97 minus the remainder."""
    front = f"{born:%y}{born.month + bis:02d}{born:%d}{serial:03d}"
    check = 97 - int(("2" if born.year >= 2000 else "") + front) % 97
    return f"{front}{check:02d}"


def grouped(number: str) -> str:
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


# Vocabularies


@pytest.mark.parametrize(
    ("written", "level"),
    [
        *[(level, level) for level in ("pre-A1", "A1", "A2", "B1", "B2", "C1", "C2")],
        *[(word, "pre-A1") for word in ("A0", "0", "geen", "alfa", "Alfa", "GEEN", "a0", "PRE-A1", 0)],
        *[("1.1", "A1"), ("1.2", "A2"), (1.1, "A1"), (1.2, "A2"), (" a2 ", "A2"), ("b1", "B1")],
        *[(text, "B1") for text in ("2.1", "2.2", "2.3", "2.4", 2.1, 2.2, 2.3, 2.4)],
        *[(text, "B2") for text in ("3.1", "3.2", 3.1, 3.2)],
        *[(text, "C1") for text in ("4.1", "4.2", 4.1, 4.2)],
    ],
)
def test_a_level_is_read_as_text_or_number_and_answered_as_cefr(written, level):
    assert profile(dutch_level=written).dutch_level == level


@pytest.mark.parametrize("written", ["goed", "1", "1.3", "2.5", "5.1", "D1", "", 1, 2.0, -1, 1e9, True, ["A1"]])
def test_what_is_no_level_is_refused(written):
    with pytest.raises(InputError, match=r"profile\.dutch_level must be one of pre-A1, A1, A2, B1, B2, C1, C2"):
        profile(dutch_level=written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1", 1),
        (1, 1),
        (4, 4),
        ("een taalicoon", 1),
        ("één_taalicoon", 1),
        ("e\u0301e\u0301n taalicoon", 1),
        ("ÉÉN TAALICOON", 1),
        ("twee taaliconen", 2),
        ("Twee_Taaliconen", 2),
        ("drie  taaliconen", 3),
        ("vier taaliconen", 4),
        (" 3 ", 3),
        ("3 taaliconen", 3),
    ],
)
def test_a_taalicoon_is_read_in_the_spellings_of_uitdatabank(written, number):
    assert activity(taalicoon=written).taalicoon == number


@pytest.mark.parametrize("written", [0, 5, "0", "5", "vijf taaliconen", "taalicoon", "veel", True, 1.5, "A1"])
def test_what_is_no_taalicoon_is_refused(written):
    with pytest.raises(InputError, match="taalicoon must be 1, 2, 3 or 4"):
        activity(taalicoon=written)


VOCABULARIES = [
    ("kind", "buddy conversation_group course association sport volunteering internship school neighbourhood "
             "culture informal"),
    ("participants", "dutch_speakers mixed learners"),
    ("interaction", "low medium high"),
    ("attendance", "whole drop_in"),
    ("status", "active cancelled gone"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "word"), [(key, word) for key, text in VOCABULARIES for word in text.split()])
def test_each_word_of_an_activity_is_read_in_any_case(key, word):
    for written in (word, word.upper(), word.title(), f" {word} "):
        assert getattr(activity(**{key: written}), key) == word


@pytest.mark.parametrize(("key", "text"), VOCABULARIES)
def test_a_word_outside_the_vocabulary_is_refused_with_all_that_are_in_it(key, text):
    with pytest.raises(InputError, match=f"{key} must be one of {', '.join(text.split())}; got 'xyz'"):
        activity(**{key: "xyz"})


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("group", "duo small medium large any"),
        ("audience", "everyone women men parents youth seniors"),
        ("needs", "childcare child_welcome wheelchair low_cost companion"),
    ],
)
def test_the_lists_of_a_person_are_read_in_any_case(key, text):
    assert getattr(profile(**{key: text.upper().split()}), key) == tuple(text.split())
    with pytest.raises(InputError, match=rf"profile\.{key}\[1\] must be one of {', '.join(text.split())}"):
        profile(**{key: [text.split()[0], "xyz"]})


@pytest.mark.parametrize("word", ["walk", "bike", "public", "car"])
def test_transport_is_read_in_any_case(word):
    assert profile(transport=word.upper()).transport == word


def test_a_misspelt_word_gets_a_suggestion():
    with pytest.raises(InputError, match="Did you mean volunteering"):
        activity(kind="volunteerin")
    with pytest.raises(InputError, match="Did you mean cooking"):
        profile(interests=["cookin"])


def test_interests_are_the_ids_of_the_tree():
    everything = list(words.interests())
    assert profile(interests=everything, avoid=everything).avoid == tuple(everything)
    assert activity(interests=["COOKING", " sewing"]).interests == ("cooking", "sewing")
    with pytest.raises(InputError, match="interests.0. must be an id of the vocabulary of interests"):
        activity(interests=["quantum_knitting"])


def test_every_interest_lies_under_one_that_exists():
    for interest in words.interests().values():
        line = words.lineage(interest.id)
        assert line[0] == interest.id
        assert list(line) == oracle._line(interest.id)


def test_a_facility_that_is_absent_is_written_with_a_minus():
    assert activity(facilities=["-Wheelchair", "childcare"]).facilities == ("-wheelchair", "childcare")
    with pytest.raises(InputError, match="facilities must not hold a facility with and without a minus"):
        activity(facilities=["-wheelchair", "wheelchair"])
    with pytest.raises(InputError, match=r"profile\.needs\[0\] must be one of"):
        profile(needs=["-wheelchair"])


def test_the_codes_and_aspects_are_those_of_the_contract():
    assert " ".join(LIMIT_CODES) == "criteria avoid distance price age audience need schedule full over"
    assert " ".join(ASPECTS) == "interests language group schedule distance contact practical"


# An activity


def test_everything_but_four_keys_may_be_unknown():
    found = activity()
    assert {key for key in Activity.model_fields if getattr(found, key) not in (None, ())} == set(REQUIRED)
    assert found.to_json() == REQUIRED


@pytest.mark.parametrize("key", REQUIRED)
@pytest.mark.parametrize("value", ["left out", None])
def test_each_required_key_is_missed_by_name(key, value):
    data = {**REQUIRED, key: value} if value is None else {k: v for k, v in REQUIRED.items() if k != key}
    with pytest.raises(InputError, match=f"^{key} is required"):
        read_activity(data)


def test_every_missing_key_is_named_at_once():
    with pytest.raises(InputError, match="is required") as info:
        read_activity({})
    assert [problem.key for problem in info.value.problems] == list(REQUIRED)


def test_the_keys_are_those_of_the_contract():
    assert set(Activity.model_fields) == set(KEYS.split())


def test_null_is_unknown_and_differs_from_nought_and_from_no():
    unknown = activity(**{key: None for key in Activity.model_fields if key not in REQUIRED})
    assert unknown == activity()
    assert unknown.price_eur is None
    assert activity(price_eur=0).price_eur == 0
    assert activity(places_left=0).places_left == 0
    assert unknown.new_people is None
    assert activity(new_people="no").new_people is False


@pytest.mark.parametrize("id_", ["a", "koor-2026", "0", "-", "a" * 80])
def test_an_id_of_small_letters_digits_and_minus_is_taken(id_):
    assert activity(id=id_).id == id_


@pytest.mark.parametrize("id_", ["", "Koor", "koor_1", "a b", "a" * 81, "é", "koor\n", "a/b", "١"])
def test_any_other_id_is_refused(id_):
    with pytest.raises(InputError, match="^id must have 1 to 80 of a-z, 0-9 and -"):
        activity(id=id_)


@pytest.mark.parametrize(("key", "most"), [("title", 300), ("description", 20_000)])
def test_long_texts_are_refused_without_showing_them(key, most):
    assert len(getattr(activity(**{key: "é" * most}), key)) == most
    with pytest.raises(InputError, match=f"{key} must have at most {most} characters") as info:
        activity(**{key: "é" * (most + 1)})
    assert info.value.problems[0].value is None


def test_outer_blanks_of_a_text_go():
    assert activity(title="  Koor \n").title == "Koor"


@pytest.mark.parametrize(
    ("tag", "dutch"),
    [
        ("nl", "yes"),
        ("NL", "yes"),
        ("nl-BE", "yes"),
        ("nl_BE", "yes"),
        ("nl+", "beside"),
        ("NL-be+", "beside"),
        ("fr", "no"),
        ("en-GB", "no"),
        ("nds", "no"),
        (None, None),
    ],
)
def test_a_language_is_compared_by_its_first_part(tag, dutch):
    assert activity(language=tag).dutch == dutch


@pytest.mark.parametrize("tag", ["", "+", "fr+", "nl,fr", "nederlands en frans", "n", "nl-", "Nederlands!", 5])
def test_what_is_no_language_tag_is_refused(tag):
    with pytest.raises(InputError, match="^language must be"):
        activity(language=tag)


@pytest.mark.parametrize(
    ("given", "read"),
    [("yes", True), ("no", False), ("YES", True), (" No ", False), (True, True), (False, False)],
)
def test_new_people_is_yes_or_no(given, read):
    assert activity(new_people=given).new_people is read


@pytest.mark.parametrize("given", ["maybe", "", "ja", 1, 0, []])
def test_new_people_is_nothing_else(given):
    with pytest.raises(InputError, match="^new_people must be yes or no"):
        activity(new_people=given)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("price_eur", "5", "price_eur must be a number"),
        ("price_eur", -0.01, "price_eur must be at least 0"),
        ("price_eur", math.nan, "price_eur must be a finite number"),
        ("fee_eur", math.inf, "fee_eur must be a finite number"),
        ("price_eur", True, "price_eur must be a number"),
        ("group_max", 2.5, "group_max must be a whole number"),
        ("group_max", 0, "group_max must be at least 1"),
        ("group_min", "2", "group_min must be a whole number"),
        ("places_left", -1, "places_left must be at least 0"),
        ("age_min", True, "age_min must be a whole number"),
        ("lat", 91, "lat must be at most 90"),
        ("lon", -181, "lon must be at least -180"),
        ("title", 5, "title must be text"),
        ("interests", "cooking", "interests must be a list"),
        ("audience", {"women": True}, "audience must be a list"),
        ("schedule", 5, "schedule must be"),
        ("schedule", ["di 19:00-21:00"], "schedule must be"),
        ("start_date", "2026-02-30", "start_date must be a date like 2026-12-01; got '2026-02-30'"),
        ("start_date", "1/12/2026", "start_date must be a date like 2026-12-01"),
        ("end_date", "20261201", "end_date must be a date like 2026-12-01"),
        ("end_date", "2026-12-01T00:00", "end_date must be a date like 2026-12-01"),
        ("last_verified", 2026, "last_verified must be a date like 2026-12-01"),
        ("pauses", ["kerst"], r"pauses\[0\] must be 'MM-DD"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_key_and_rule(key, value, message):
    with pytest.raises(InputError, match=f"^{message}"):
        activity(**{key: value})


@pytest.mark.parametrize("name", ["group", "age"])
def test_a_least_above_the_most_is_refused(name):
    with pytest.raises(InputError, match=f"{name}_max must not be below {name}_min"):
        activity(**{f"{name}_min": 9, f"{name}_max": 8})
    assert activity(**{f"{name}_min": 8, f"{name}_max": 8})


def test_an_end_date_before_the_start_date_is_refused():
    with pytest.raises(InputError, match="end_date must not be below start_date; got '2026-11-30'"):
        activity(start_date="2026-12-01", end_date="2026-11-30")
    assert activity(start_date="2026-12-01", end_date="2026-12-01")


@pytest.mark.parametrize("one", [{"lat": 50.9}, {"lon": 4.7}])
def test_a_coordinate_comes_with_the_other(one):
    with pytest.raises(InputError, match="lat must come together with lon"):
        activity(**one)


def test_the_schedule_and_the_pauses_are_parsed():
    found = activity(schedule="TUE 19:00-21:00", pauses=["12-21..01-03"])
    assert found.schedule == parse_schedule("di 19:00-21:00")
    assert found.pauses == (Pause((12, 21), (1, 3)),)
    assert found.to_json()["schedule"] == "di 19:00-21:00"
    assert found.to_json()["pauses"] == ["12-21..01-03"]


def test_an_unreadable_schedule_names_key_text_and_what_was_expected():
    with pytest.raises(InputError, match="^schedule must be sessions separated by ';'.*got 'elke dinsdag'"):
        activity(schedule="elke dinsdag")


def test_sessions_that_overlap_are_refused_by_key():
    with pytest.raises(InputError, match="^schedule must be sessions that do not overlap"):
        activity(schedule="di 19:00-21:00; di 20:00-22:00")


def test_a_dated_session_in_a_pause_or_outside_the_dates_is_no_overlap():
    dates = {"start_date": "2026-09-01", "end_date": "2027-06-30"}
    text = "di 19:00-21:00; 2026-12-22 19:00-21:00; 2026-08-25 19:00-21:00"
    with pytest.raises(InputError, match="must be sessions that do not overlap"):
        activity(schedule=text, **dates)
    assert activity(schedule=text, **dates, pauses=["12-21..01-03"])


@pytest.mark.parametrize("place", ["online", "Online", " ONLINE "])
def test_online_as_place_is_an_online_activity(place):
    assert activity(place=place).is_online
    assert not activity(place="zaal online").is_online
    assert not activity().is_online


def test_attendance_is_whole_unless_it_says_otherwise():
    assert not activity().drop_in
    assert not activity(attendance="whole").drop_in
    assert activity(attendance="drop_in").drop_in


def test_derived_interests_are_not_given_ones():
    assert activity(interests=["cooking"]).given_interests == ("cooking",)
    assert activity(interests=["cooking"], derived=["taalicoon=een"]).given_interests == ("cooking",)
    assert activity(interests=["cooking"], derived=["interests=koken"]).given_interests == ()


def test_a_value_twice_is_kept_once():
    assert activity(audience=["women", "Women", "parents"]).audience == ("women", "parents")
    assert activity(interests=["cooking", "sewing", "cooking"]).interests == ("cooking", "sewing")
    assert activity(pauses=["12-21..01-03", " 12-21..01-03"]).pauses == (Pause((12, 21), (1, 3)),)
    assert profile(needs=["childcare", "CHILDCARE"]).needs == ("childcare",)


def test_an_unknown_key_is_named_without_its_value():
    with pytest.raises(InputError, match="^prijs is not a known key") as info:
        activity(prijs="geheim")
    assert "geheim" not in str(info.value)


def test_an_unknown_key_that_is_nearly_right_gets_a_suggestion():
    with pytest.raises(InputError, match="price_euro is not a known key. Did you mean price_eur"):
        activity(price_euro=5)


@pytest.mark.parametrize("data", [None, [], "koor", 5])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(InputError, match="must be an object"):
        read_activity(data)


def test_of_an_own_proposal_only_the_title_is_required():
    assert read_proposal({"title": "Breien"}).id is None
    with pytest.raises(InputError, match="^title is required"):
        read_proposal({"id": "breien"})


def test_made_up_activities_come_back_from_json_as_they_were():
    for one in made_up_activities(300, random.Random(3)):
        assert read_activity(json.loads(json.dumps(one.to_json()))) == one


def test_an_object_does_not_change():
    with pytest.raises(ValueError, match="frozen"):
        activity().title = "Anders"  # type: ignore[misc]


# A profile


def test_the_example_of_the_contract_is_read():
    found = read_profile(EXAMPLE)
    assert set(Profile.model_fields) == set(EXAMPLE)
    assert found.availability is not None
    assert found.availability.texts() == EXAMPLE["availability"]
    assert (found.available_from, found.available_until) == (date(2026, 12, 1), date(2027, 6, 30))
    assert found.home.postal_code == "3020"
    assert found.status.working is False
    assert found.hours_to_go == 34


def test_every_key_but_the_id_may_be_left_out_or_null():
    assert read_profile({"id": "p"}) == read_profile(dict.fromkeys(EXAMPLE) | {"id": "p"})
    assert profile(home={"postal_code": None, "lat": None}, status={"working": None}) == profile()
    with pytest.raises(InputError, match=r"^profile\.id is required"):
        read_profile({})


def test_each_key_may_be_left_out_of_the_example():
    for key in EXAMPLE.keys() - {"id"}:
        assert read_profile({name: value for name, value in EXAMPLE.items() if name != key})


@pytest.mark.parametrize("id_", ["p-017", "P.1_x", "a" * 64, "."])
def test_an_id_of_a_profile_is_taken(id_):
    assert read_profile({"id": id_}).id == id_


@pytest.mark.parametrize("id_", ["", "a" * 65, "p 1", "é", "p/1", "p\n", "p@x"])
def test_any_other_id_of_a_profile_is_refused(id_):
    with pytest.raises(InputError, match=r"^profile\.id must have 1 to 64 of A-Z, a-z, 0-9, '\.', '_' and '-'"):
        read_profile({"id": id_})


def test_availability_left_out_differs_from_no_time_at_all():
    assert profile().availability is None
    nothing = profile(availability=[]).availability
    assert nothing is not None
    assert nothing.texts() == []


def test_stretches_of_one_day_that_touch_are_joined():
    week = profile(availability=["ma 09:00-11:00", "mon 11:00-12:00", "zo 22:00-24:00"]).availability
    assert week is not None
    assert week.texts() == ["ma 09:00-12:00", "zo 22:00-24:00"]


def test_a_bad_entry_of_availability_is_named_by_its_number():
    with pytest.raises(InputError, match=r"\.availability\[1\] must be a day and hours.*got 'overdag'"):
        profile(availability=["ma 09:00-12:00", "overdag"])
    with pytest.raises(InputError, match=r"profile\.availability\[0\] must be text like 'ma 09:00-12:00'"):
        profile(availability=[5])
    with pytest.raises(InputError, match=r"profile\.availability must be a list"):
        profile(availability="ma 09:00-12:00")


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"age": -1}, r"profile\.age must be at least 0"),
        ({"age": 34.5}, r"profile\.age must be a whole number"),
        ({"age": "34"}, r"profile\.age must be a whole number"),
        ({"max_price_eur": -1}, r"profile\.max_price_eur must be at least 0"),
        ({"max_distance_km": math.nan}, r"profile\.max_distance_km must be a finite number"),
        ({"hours_done": "6"}, r"profile\.hours_done must be a number"),
        ({"available_from": "morgen"}, r"profile\.available_from must be a date like 2026-12-01"),
        ({"home": "3020"}, r"profile\.home must be an object"),
        ({"home": {"postal_code": 3020}}, r"profile\.home\.postal_code must be text"),
        ({"home": {"lat": 50.9}}, r"profile\.home\.lon is required when the other coordinate is given"),
        ({"home": {"lat": 95, "lon": 4}}, r"profile\.home\.lat must be at most 90"),
        ({"home": {"street": "Dorp 1"}}, r"profile\.home\.street is not a known key"),
        ({"status": {"working": "no"}}, r"profile\.status\.working must be true or false"),
        (
            {"status": {"obligation": "maybe"}},
            r"profile\.status\.obligation must be one of mandatory",
        ),
        ({"wishes": 5}, r"profile\.wishes must be text"),
        ({"wishes": "x" * 2001}, r"profile\.wishes must have at most 2000 characters"),
        ({"audience": "women"}, r"profile\.audience must be a list"),
    ],
)
def test_a_wrong_value_of_a_profile_is_named_by_its_path(facts, message):
    with pytest.raises(InputError, match=f"^{message}"):
        profile(**facts)


def test_each_wrong_key_gets_a_problem_of_its_own():
    with pytest.raises(InputError, match="is not a known key") as info:
        profile(age=-1, transport="vliegtuig", naam="x")
    assert {problem.key for problem in info.value.problems} == {
        "profile.age",
        "profile.transport",
        "profile.naam",
    }


@pytest.mark.parametrize("key", ["name", "nationality", "religion", "health", "register_number"])
def test_there_is_no_field_for_what_must_not_be_known(key):
    with pytest.raises(InputError, match=rf"profile\.{key} is not a known key") as info:
        profile(**{key: "geheim"})
    assert "geheim" not in str(info.value)


def test_group_any_stands_for_no_preference():
    assert profile(group=["small", "duo"]).group_sizes == ("small", "duo")
    assert profile(group=["any"]).group_sizes == ()
    assert profile(group=["small", "any"]).group_sizes == ()
    assert profile().group_sizes == ()


def test_empty_wishes_are_no_wishes():
    assert profile(wishes="  ").wishes is None


def test_a_long_value_is_cut_in_the_message():
    with pytest.raises(InputError, match=r"profile\.transport must be one of") as info:
        profile(transport="z" * 500)
    assert len(str(info.value.problems[0].value)) <= 81


def test_a_message_stays_on_one_line():
    with pytest.raises(InputError, match=r"profile\.transport must be one of") as info:
        profile(transport="a\nb\x1b[31m\u2028c")
    assert len(str(info.value).splitlines()) == 1
    assert "\x1b" not in str(info.value)


def test_made_up_people_are_varied_and_valid():
    people = made_up_profiles(300, random.Random(4))
    assert len({person.id for person in people}) == 300
    for key in set(Profile.model_fields) - {"id"}:
        values = [getattr(person, key) for person in people]
        assert len(set(map(repr, values))) > 1, key
    assert any(person.availability is not None and not person.availability.free_min for person in people)
    assert any(person.available_until is not None and person.available_until < TODAY for person in people)


# What must not be told


PERSONAL = ["85.07.30-033.28", "85073003328", "an.peeters@example.org"]


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("key", ["transport", "dutch_level", "available_from"])
def test_a_value_that_looks_personal_is_not_shown(key, value):
    with pytest.raises(InputError, match=rf"profile\.{key} must be") as info:
        profile(**{key: value})
    assert value not in str(info.value)
    assert info.value.problems[0].value is None


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("key", ["availability", "interests", "group"])
def test_a_personal_value_in_a_list_is_not_shown(key, value):
    with pytest.raises(InputError, match=r"\[0\] must be") as info:
        profile(**{key: [value]})
    assert value not in str(info.value)


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize(
    ("key", "front"),
    [("schedule", ""), ("schedule", "di "), ("kind", ""), ("language", ""), ("end_date", "")],
)
def test_a_personal_value_of_an_activity_is_shown_neither_as_value_nor_in_the_remedy(key, front, value):
    with pytest.raises(InputError, match=f"^{key} must be") as info:
        activity(**{key: front + value})
    assert value not in str(info.value)


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("back", ["", "..01-03"])
def test_a_personal_value_as_a_pause_is_shown_neither_as_value_nor_in_the_remedy(back, value):
    with pytest.raises(InputError, match=r"^pauses\[0\] must be") as info:
        activity(pauses=[value + back])
    assert value not in str(info.value)


@pytest.mark.parametrize("value", PERSONAL)
def test_an_unknown_key_that_looks_personal_is_not_shown(value):
    with pytest.raises(InputError, match="is not a known key") as info:
        profile(**{value: 1})
    assert value not in str(info.value)


@pytest.mark.parametrize("key", ["title", "description", "address", "phone", "email", "registration"])
def test_free_text_is_not_shown(key):
    with pytest.raises(InputError, match=f"{key} must") as info:
        activity(**{key: "geheim \x00" + "x" * 30_000})
    assert "geheim" not in str(info.value)


def test_wishes_are_not_shown():
    with pytest.raises(InputError, match=r"profile\.wishes must have at most 2000 characters") as info:
        profile(wishes="geheim " * 400)
    assert "geheim" not in str(info.value)


def test_a_register_number_as_a_whole_number_is_not_shown():
    with pytest.raises(InputError, match=r"profile\.age must be at most 130") as info:
        profile(age=85073003328)
    assert "85073003328" not in str(info.value)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "85.07.30-033.28"},
        {"id": "p-85073003328"},
        {"wishes": "Mijn nummer is 85.07.30-033.28, bel mij."},
        {"home": {"postal_code": "85073003328"}},
    ],
)
def test_a_register_number_is_refused_wherever_a_person_is_described(facts):
    with pytest.raises(InputError, match="must not hold a national register number") as info:
        read_profile({"id": "p", **facts})
    assert "033" not in str(info.value)


# Register numbers


def test_register_numbers_of_both_centuries_are_known_grouped_or_not():
    rng = random.Random(85)
    for _ in range(400):
        born = date(1930, 1, 1) + timedelta(days=rng.randrange(35_000))
        number = register_number(born, rng.randint(1, 997), bis=rng.choice((0, 0, 20, 40)))
        for text in (
            number,
            grouped(number),
            f"{number[:6]} {number[6:9]} {number[9:]}",
            f"{number[:2]}/{number[2:4]}/{number[4:6]} - {number[6:9]} - {number[9:]}",
            f"rijksregisternummer:{grouped(number)}.",
        ):
            assert holds_register_number(text), (text, born)


@pytest.mark.parametrize("born", [date(1985, 7, 30), date(2004, 2, 29)])
@pytest.mark.parametrize("bis", [0, 20, 40])
def test_a_number_whose_check_is_wrong_is_no_register_number(born, bis):
    number = register_number(born, 33, bis=bis)
    wrong = f"{number[:9]}{(int(number[9:]) % 97) + 1:02d}"
    assert holds_register_number(number)
    assert not holds_register_number(wrong)


def test_a_number_without_a_possible_date_is_no_register_number():
    for front in ("851330033", "850732033", "850230033"):
        for check in range(98):
            assert not holds_register_number(f"{front}{check:02d}")


@pytest.mark.parametrize("zero", ["\u0660", "\u06f0", "\uff10", "\u0966"])
def test_digits_of_other_scripts_are_digits(zero):
    text = "".join(chr(ord(zero) + int(one)) if one.isdecimal() else one for one in "85.07.30-033.28")
    assert holds_register_number(text)
    with pytest.raises(InputError, match="must not hold a national register number"):
        profile(wishes=f"nummer {text}")


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", " ", "\u00a0"])
def test_typographic_dashes_and_blanks_group_too(dash):
    assert holds_register_number(f"85.07.30{dash}033{dash}28")


@pytest.mark.parametrize(
    "text",
    [
        "0485 07 30 33",
        "0485/07.30.33",
        "016 22 33 44",
        "+32 485 07 30 33",
        "+32485073033",
        "0032 485 07 30 33",
        "+32 16 22 33 44",
        "+31 6 12345678",
        "2026-11-23 10:15",
        "BE 0403.019.261",
        "BE68 5390 0754 7034",
        "850730033281",
        "185073003328",
        "3020 Herent",
        "",
    ],
)
def test_telephone_numbers_dates_and_accounts_are_no_register_numbers(text):
    assert not holds_register_number(text)
    if text:
        assert profile(wishes=text).wishes == text


def test_no_belgian_mobile_number_is_refused():
    rng = random.Random(32)
    for _ in range(3000):
        front, rest = rng.randint(450, 499), f"{rng.randrange(10**6):06d}"
        pairs = f"{rest[:2]} {rest[2:4]} {rest[4:]}"
        for text in (
            f"0{front} {pairs}",
            f"+32 {front} {pairs}",
            f"+32{front}{rest}",
            f"0032 {front} {pairs}",
            f"+32 (0){front} {pairs}",
            f"bel 0{front}/{rest[:2]}.{rest[2:4]}.{rest[4:]} na 18 uur",
        ):
            assert not holds_register_number(text), text


# The oracle itself


def test_the_distance_of_the_oracle_is_that_of_known_places():
    # one degree of a great circle of radius 6371.0088 km
    degree = 2 * math.pi * 6371.0088 / 360
    person = profile(home={"lat": 50.0, "lon": 4.0, "postal_code": "3020"})
    assert oracle.distance_km(activity(lat=51.0, lon=4.0), person) == pytest.approx(degree)
    assert oracle.distance_km(activity(lat=50.0, lon=4.0, postal_code="9000"), person) == 0
    assert oracle.distance_km(activity(), person) is None
    assert oracle.distance_km(activity(postal_code="0001"), person) is None
    assert oracle.distance_km(activity(place="online"), profile()) == 0
    first = activity(lat=50.90793, lon=4.67271)
    assert oracle.distance_km(first, profile(home={"postal_code": "3020"})) == 0


def test_the_hours_of_the_oracle_are_those_counted_by_hand():
    weekly = activity(schedule="di 19:00-21:00", end_date="2026-12-31", pauses=["12-21..01-03"])
    person = profile(hours_done=36)
    assert oracle.hours(weekly, person, TODAY) == {
        "per_session": 2.0,
        "sessions_attendable": 4,
        "attendable": 8.0,
        "covers_to_go": True,
        "reached_on": "2026-12-01",
    }
    flex = activity(schedule="flex 2u/week", end_date="2026-12-20")
    found = oracle.hours(flex, profile(hours_done=36, availability=["ma 09:00-10:00"]), TODAY)
    assert found == {
        "per_session": None,
        "sessions_attendable": None,
        "attendable": 4.0,
        "covers_to_go": True,
        "reached_on": "2026-12-20",
    }
    assert set(oracle.hours(activity(), person, TODAY).values()) == {None}


@pytest.mark.parametrize(
    ("offer", "person", "code"),
    [
        ({"interaction": "low"}, {}, "criteria"),
        ({"interests": ["football"]}, {"avoid": ["sport"], "interests": ["football"]}, "avoid"),
        ({"postal_code": "9000"}, {"home": {"postal_code": "3020"}, "max_distance_km": 5}, "distance"),
        ({"price_eur": 5.01, "reduced_price_eur": 5.005}, {"max_price_eur": 5}, "price"),
        ({"age_min": 55}, {"age": 54}, "age"),
        ({"audience": ["women", "parents"]}, {"audience": ["men"]}, "audience"),
        ({"audience": ["men"]}, {"audience": ["parents", "women"]}, "audience"),
        ({"audience": ["youth", "seniors"]}, {"age": 26}, "audience"),
        ({"facilities": ["-wheelchair"]}, {"needs": ["wheelchair"]}, "need"),
        ({"schedule": "di 19:00-21:00"}, {"availability": ["di 19:00-20:59"]}, "schedule"),
        ({}, {"available_from": "2027-11-24"}, "schedule"),
        ({"schedule": "flex 2u/week"}, {"availability": ["di 19:00-19:59", "wo 19:00-19:59"]}, "schedule"),
        ({"places_left": 0}, {}, "full"),
        ({"status": "gone"}, {}, "over"),
    ],
)
def test_the_oracle_finds_each_limit_alone(offer, person, code):
    assert oracle.broken(activity(**offer), profile(**person), TODAY) == [code]


@pytest.mark.parametrize(
    ("offer", "person"),
    [
        ({}, {}),
        ({"interests": ["football"], "derived": ["interests=voetbal"]}, {"avoid": ["sport"]}),
        ({"interests": ["sport"]}, {"avoid": ["football"]}),
        ({"place": "online"}, {"max_distance_km": 0}),
        ({"postal_code": "9000"}, {"home": {"postal_code": "0001"}, "max_distance_km": 5}),
        ({"price_eur": 9, "reduced_price_eur": 5, "fee_eur": 90}, {"max_price_eur": 5}),
        ({"reduced_price_eur": 9}, {"max_price_eur": 5}),
        ({"age_min": 55, "age_max": 55}, {"age": 55}),
        ({"audience": ["women", "everyone"]}, {"audience": ["men"]}),
        ({"audience": ["women"]}, {"audience": ["men", "women"]}),
        ({"audience": ["women"]}, {}),
        ({"audience": ["parents"]}, {"audience": ["men"], "age": 26}),
        ({"audience": ["youth", "parents"]}, {"age": 40}),
        ({"audience": ["seniors"]}, {"age": 55}),
        ({"audience": ["youth"]}, {"age": 25}),
        ({}, {"needs": ["wheelchair"]}),
        ({}, {"availability": []}),
        ({"schedule": "2026-11-23 00:00-01:00"}, {}),
        ({"schedule": "di 13:00-17:00", "attendance": "drop_in"}, {"availability": ["di 16:00-18:00"]}),
        ({"end_date": "2026-11-23"}, {}),
    ],
)
def test_the_oracle_lets_in_what_breaks_no_limit(offer, person):
    assert oracle.broken(activity(**offer), profile(**person), TODAY) == []


@pytest.mark.parametrize(
    ("offer", "person", "change"),
    [
        (
            {"schedule": "di 19:00-21:00"},
            {"availability": []},
            {"key": "availability", "add": "di 19:00-21:00"},
        ),
        ({"interests": ["football"]}, {"avoid": ["sport", "food"]}, {"key": "avoid", "remove": "sport"}),
        ({"price_eur": 6}, {"max_price_eur": 5}, {"key": "max_price_eur", "set": 6}),
    ],
)
def test_a_change_of_the_profile_can_be_applied(offer, person, change):
    before = profile(**person)
    assert oracle.broken(activity(**offer), before, TODAY) != []
    assert oracle.broken(activity(**offer), oracle.changed(before, change), TODAY) == []
