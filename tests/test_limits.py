import json
import random
import zlib
from collections import Counter
from functools import cache

import oracle
import pytest
from worlds import TODAY, made_up_activities, made_up_profiles

from matcher.features.people import encode_profile
from matcher.model import read_profile
from matcher.model.answer import ASPECTS, LIMIT_CODES
from matcher.readers.profiles import read_profiles
from matcher.schedule import BRUSSELS, Availability, local_time
from matcher.service import Matcher
from matcher.vocabulary import data_folder
from tests.herent import herent_matcher, herent_offer

NOW = local_time(TODAY, 600).astimezone(BRUSSELS)
CHANGEABLE = {"schedule", "distance", "price", "full", "avoid", "need"}
EVERY = 1000
FEW, MANY = 25, 500


@cache
def made_up():
    return Matcher(made_up_activities(150, random.Random(20261123)))


@cache
def examples():
    profiles, problems = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    assert (len(profiles), problems) == (14, [])
    return tuple(profiles)


@cache
def people(n):
    return tuple(made_up_profiles(n, random.Random(7)))


@cache
def everybody():
    return {profile.id: profile for profile in (*examples(), *people(MANY))}


OFFERS = {"herent": herent_matcher, "made up": made_up}
WORLDS = [
    pytest.param(offer, lambda: (*examples(), *people(MANY)[:FEW]), id=f"{offer}, few people") for offer in OFFERS
] + [
    pytest.param("herent", lambda: people(MANY), id="herent, many people", marks=pytest.mark.slow),
    pytest.param("made up", lambda: people(MANY)[::3], id="made up, many people", marks=pytest.mark.slow),
]
each_world = pytest.mark.parametrize(("offer", "persons"), WORLDS)


def codes_found(engine, profile):
    """Return the codes of the broken limits of each activity, from the fast code."""
    broken = engine.ranker(TODAY).score(encode_profile(profile, today=TODAY)).broken
    return {
        activity.id: [code for bit, code in enumerate(LIMIT_CODES) if int(bits) >> bit & 1]
        for activity, bits in zip(engine.activities, broken, strict=True)
    }


@cache
def codes_expected(offer, profile_id):
    """Return the same from the slow code."""
    profile = everybody()[profile_id]
    return {activity.id: oracle.broken(activity, profile, TODAY) for activity in OFFERS[offer]().activities}


@cache
def packed_answer(offer, profile_id):
    found = OFFERS[offer]().suggest(everybody()[profile_id], today=TODAY, now=NOW, k=EVERY)
    return zlib.compress(json.dumps(found).encode(), 1)


def answers(offer, persons):
    """Give each person with the whole answer and the codes that the slow code finds."""
    for profile in persons:
        found = json.loads(zlib.decompress(packed_answer(offer, profile.id)))
        yield profile, found, codes_expected(offer, profile.id)


def plain(profile):
    """Return the profile as the JSON that a caller would send."""
    data = profile.model_dump(mode="python", exclude_unset=True)
    for key, value in data.items():
        if isinstance(value, Availability):
            data[key] = value.texts()
        elif key in ("available_from", "available_until", "waiting_since") and value:
            data[key] = value.isoformat()
    if profile.availability is not None:
        data["availability"] = profile.availability.texts()
    return json.loads(json.dumps(data))


def changed(profile, change):
    """Return the profile after a change, applied as a caller would: on plain JSON."""
    data = plain(profile)
    assert set(change) - {"key"} in ({"add"}, {"remove"}, {"set"})
    key = change["key"]
    if "set" in change:
        data[key] = change["set"]
    elif "add" in change:
        data[key] = [*data[key], change["add"]]
    else:
        data[key].remove(change["remove"])
    return read_profile(json.loads(json.dumps(data)))


def test_a_profile_comes_back_from_plain_json_as_it_was():
    for profile in (*examples(), *people(MANY)[:FEW]):
        assert read_profile(plain(profile)) == profile


@pytest.mark.slow
@each_world
def test_the_broken_limits_are_those_of_the_slow_code_on_every_pair(offer, persons):
    for profile in persons():
        assert codes_found(OFFERS[offer](), profile) == codes_expected(offer, profile.id), profile.id


@pytest.mark.slow
@each_world
def test_nothing_allowed_is_lost_and_nothing_broken_is_suggested(offer, persons):
    for profile, found, expected in answers(offer, persons()):
        suggested = [one["activity_id"] for one in found["suggestions"]]
        assert len(set(suggested)) == len(suggested) == found["allowed"]
        assert set(suggested) == {id_ for id_, codes in expected.items() if not codes}, profile.id


@pytest.mark.slow
@each_world
def test_the_reasons_are_counted_right(offer, persons):
    for profile, found, expected in answers(offer, persons()):
        broken = [codes for codes in expected.values() if codes]
        assert found["excluded"]["total"] == len(broken), profile.id
        assert found["excluded"]["by_reason"] == Counter(code for codes in broken for code in codes)
        assert found["excluded"]["only_reason"] == Counter(codes[0] for codes in broken if len(codes) == 1)
        assert found["allowed"] + found["excluded"]["total"] == len(expected)


@pytest.mark.slow
@each_world
def test_the_verdict_and_the_hours_of_a_suggestion_are_those_of_the_slow_code(offer, persons):
    engine = OFFERS[offer]()
    for profile, found, _ in answers(offer, persons()):
        for one in found["suggestions"]:
            activity = engine.activity(one["activity_id"])
            pair = profile.id, activity.id
            check = one["criteria"]
            assert (check["verdict"], check["discuss_because"]) == oracle.verdict(activity, TODAY), pair
            expected = oracle.hours(activity, profile, TODAY)
            for key in ("per_session", "attendable"):
                if expected[key] is not None:
                    # Half a cent of an hour may fall to either side; nothing more.
                    assert one["hours"][key] == pytest.approx(expected[key], abs=0.0100001), pair
                    assert round(one["hours"][key], 2) == one["hours"][key]
                    expected[key] = one["hours"][key]
            assert one["hours"] == expected, pair


@pytest.mark.parametrize("offer", OFFERS)
def test_the_verdict_of_every_activity_is_that_of_the_slow_code(offer):
    engine = OFFERS[offer]()
    checks = engine.ranker(TODAY).offer_.criteria
    for activity, check in zip(engine.activities, checks, strict=True):
        assert (check["verdict"], check["discuss_because"]) == oracle.verdict(activity, TODAY), activity.id


@each_world
def test_a_score_is_the_weighted_sum_of_what_is_shown(offer, persons):
    for profile, found, _ in answers(offer, persons()):
        for one in found["suggestions"]:
            aspects = one["aspects"]
            assert tuple(aspects) == ASPECTS
            assert sum(aspect["weight"] for aspect in aspects.values()) == pytest.approx(1, abs=1e-9)
            total = sum(aspect["score"] * aspect["weight"] for aspect in aspects.values())
            assert one["score"] == pytest.approx(total, abs=0.00005 + 1e-9), (profile.id, one["activity_id"])
            for number in (one["score"], *(aspect["score"] for aspect in aspects.values())):
                assert 0 <= number <= 1
                assert round(number, 4) == number
            for aspect in aspects.values():
                assert (aspect["weight"] == 0) == aspect["reason_nl"].lower().startswith("u gaf hier niets op")


@each_world
def test_the_order_is_score_downwards_then_id(offer, persons):
    for _, found, _ in answers(offer, persons()):
        order = [(-one["score"], one["activity_id"]) for one in found["suggestions"]]
        assert order == sorted(order)
        assert [one["rank"] for one in found["suggestions"]] == list(range(1, len(order) + 1))
        nearest = [(-one["score_if_allowed"], one["activity_id"]) for one in found["excluded"]["nearest"]]
        assert nearest == sorted(nearest)


@pytest.mark.slow
@each_world
def test_each_change_lets_its_activity_in(offer, persons):
    engine, tried = OFFERS[offer](), Counter()
    for profile, found, expected in answers(offer, persons()):
        nearest = found["excluded"]["nearest"]
        assert len(nearest) <= 5
        for one in nearest:
            pair = profile.id, one
            assert expected[one["activity_id"]] == [one["code"]], pair
            assert one["code"] in CHANGEABLE
            tried[one["code"]] += 1
            if one["code"] == "full":
                assert one["change"] is None
                continue
            after = changed(profile, one["change"])
            assert oracle.broken(engine.activity(one["activity_id"]), after, TODAY) == [], pair
            assert codes_found(engine, after)[one["activity_id"]] == [], pair
    assert tried


@each_world
def test_the_nearest_are_the_best_of_those_that_one_change_lets_in(offer, persons):
    engine = OFFERS[offer]()
    for profile, found, expected in answers(offer, persons()):
        nearest = found["excluded"]["nearest"]
        named = {one["activity_id"] for one in nearest}
        scores = engine.ranker(TODAY).score(encode_profile(profile, today=TODAY)).total
        last = nearest[-1] if len(nearest) == 5 else None
        for activity, score in zip(engine.activities, scores, strict=True):
            codes = expected[activity.id]
            # A schedule may be out of reach of any single change; every other limit has one.
            if activity.id in named or len(codes) != 1 or codes[0] not in CHANGEABLE - {"schedule"}:
                continue
            assert last is not None, (profile.id, activity.id)
            assert (-score, activity.id) > (-last["score_if_allowed"], last["activity_id"]), profile.id


@each_world
def test_a_change_is_no_larger_than_it_must_be(offer, persons):
    engine = OFFERS[offer]()
    for profile, found, _ in answers(offer, persons()):
        for one in found["excluded"]["nearest"]:
            activity, change = engine.activity(one["activity_id"]), one["change"]
            if one["code"] in ("distance", "price"):
                less = {"distance": 0.1, "price": 0.01}[one["code"]]
                smaller = changed(profile, {**change, "set": max(0, change["set"] - less - 1e-9)})
                assert oracle.broken(activity, smaller, TODAY) == [one["code"]], (profile.id, one)
            if one["code"] == "schedule" and change["key"] == "availability":
                day, start, end = change["add"].replace("-", " ").split()
                for hours in (f"{_minute(start) + 1}-{_minute(end)}", f"{_minute(start)}-{_minute(end) - 1}"):
                    first, last = (int(part) for part in hours.split("-"))
                    if first < last:
                        less = {"key": "availability", "add": f"{day} {_clock(first)}-{_clock(last)}"}
                        assert oracle.broken(activity, changed(profile, less), TODAY) == ["schedule"], profile.id


def _minute(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


@pytest.mark.slow
def test_a_new_place_in_the_answer_is_the_one_that_was_promised():
    for profile in examples():
        found = herent_matcher().suggest(profile, today=TODAY, now=NOW, k=EVERY)
        for one in found["excluded"]["nearest"]:
            if one["change"] is not None:
                after = herent_matcher().suggest(changed(profile, one["change"]), today=TODAY, now=NOW, k=EVERY)
                assert one["activity_id"] in [new["activity_id"] for new in after["suggestions"]]


def test_a_varied_list_holds_what_is_allowed_and_nothing_else():
    for profile in examples():
        allowed = {
            one["activity_id"]
            for one in herent_matcher().suggest(profile, today=TODAY, now=NOW, k=EVERY)["suggestions"]
        }
        varied = herent_matcher().suggest(profile, today=TODAY, now=NOW, k=EVERY, varied=True)["suggestions"]
        assert {one["activity_id"] for one in varied} <= allowed
        assert len(varied) == len({one["activity_id"] for one in varied})
        assert len(varied) == len(allowed)


def test_the_order_of_the_offer_changes_nothing():
    activities = list(herent_matcher().activities)
    given = list(herent_offer())
    random.Random(3).shuffle(given)
    assert list(Matcher(given).activities) == activities
    for profile in examples()[:3]:
        one, other = (
            engine.suggest(profile, today=TODAY, now=NOW, k=EVERY) for engine in (herent_matcher(), Matcher(given))
        )
        assert json.dumps(one) == json.dumps(other)
