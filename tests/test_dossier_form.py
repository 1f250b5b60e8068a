import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from worlds import made_up_profiles

from matcher.model import read_profile
from matcher.pages.form import WEEK, Filled, changed_data, fill_form, profile_data, read_form

SEEDS = st.integers(0, 10**9)


def sent(filled):
    """Return what a browser sends of a form, and the page reads."""
    posted = MultiDict([(name, text.replace("\n", "\r\n")) for name, text in filled.one.items()])
    for name, values in filled.many.items():
        posted.setlist(name, values)
    return read_form(posted)


def a_profile(seed):
    return made_up_profiles(1, random.Random(seed))[0]


@given(SEEDS)
@settings(max_examples=300, deadline=None)
def test_a_form_that_is_filled_in_from_a_profile_reads_as_the_same_profile(seed):
    profile = a_profile(seed)
    shown = profile.model_copy(update={"max_hours_per_week": None, "waiting_since": None})
    if shown.home.lat is not None:
        shown = shown.model_copy(update={"home": type(shown.home)(postal_code=shown.home.postal_code)})
    if shown.availability and not shown.availability.free_min:
        shown = shown.model_copy(update={"availability": None})
    read = read_profile({**profile_data(sent(fill_form(profile))), "id": profile.id})
    assert (read.home.postal_code or "")[:4] == (shown.home.postal_code or "")[:4]
    assert read.model_copy(update={"home": shown.home}) == shown


@given(SEEDS)
@settings(max_examples=200, deadline=None)
def test_a_form_that_nobody_touched_changes_nothing(seed):
    profile = a_profile(seed)
    assert read_profile(changed_data(profile, sent(fill_form(profile)))) == profile


@given(SEEDS, SEEDS)
@settings(max_examples=200, deadline=None)
def test_a_form_takes_over_what_another_profile_says_and_keeps_what_it_does_not_show(seed, other):
    old, new = a_profile(seed), a_profile(other)
    filled = sent(fill_form(new))
    read = read_profile(changed_data(old, filled))
    kept = ("id", "max_hours_per_week", "waiting_since")
    assert [getattr(read, key) for key in kept] == [getattr(old, key) for key in kept]
    assert (read.age, read.status, read.wishes) == (new.age, new.status, new.wishes)
    assert set(read.interests) == set(new.interests)


@given(st.sets(st.sampled_from(WEEK)))
def test_boxes_of_the_week_come_back_as_the_same_boxes(boxes):
    ticked = tuple(box for box in WEEK if box in boxes)
    profile = read_profile(profile_data(Filled({}, {"week": ticked})))
    assert fill_form(profile).ticked("week") == ticked
    assert fill_form(profile).value("hours") == ""


def test_hours_that_are_no_part_of_a_day_come_back_as_lines():
    profile = read_profile({"id": "x", "availability": ["ma 09:00-11:30", "wo 08:00-12:00"]})
    assert fill_form(profile).value("hours") == "ma 09:00-11:30\nwo 08:00-12:00"
    assert fill_form(profile).ticked("week") == ()


def test_no_time_at_all_stays_until_somebody_fills_in_a_week():
    profile = read_profile({"id": "x", "availability": [], "available_from": "2026-12-01"})
    assert changed_data(profile, fill_form(profile))["availability"] == []
    later = Filled({**fill_form(profile).one, "available_from": "1/2/2027"}, fill_form(profile).many)
    assert read_profile(changed_data(profile, later)).available_from == date(2027, 2, 1)
    assert changed_data(profile, later)["availability"] == []
    ticked = Filled(fill_form(profile).one, {"week": ("ma-morning",)})
    assert changed_data(profile, ticked)["availability"] == ["ma 08:00-12:00"]


def test_coordinates_stay_while_the_postal_code_is_not_touched():
    profile = read_profile({"id": "x", "home": {"postal_code": "3020", "lat": 50.9, "lon": 4.67}})
    assert changed_data(profile, fill_form(profile))["home"] == {"postal_code": "3020", "lat": 50.9, "lon": 4.67}
    moved = Filled({"postal_code": "3000 Leuven"}, {})
    assert changed_data(profile, moved)["home"] == {"postal_code": "3000"}
