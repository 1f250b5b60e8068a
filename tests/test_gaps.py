import json
import random
import re
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from api import create_app
from matcher import Matcher
from matcher.cli import main
from matcher.errors import InputError
from matcher.gap_report import write_report
from matcher.gaps import Shown, count_cells, merged, rank_different, told, told_cells, told_parts
from matcher.model import read_activity, read_profile
from matcher.model.gaps import SMALLEST_CELL
from matcher.schedule import BRUSSELS
from matcher.service import gap_candidates, gaps
from matcher.service.gap_candidates import arrays_of, candidates_for, possible_minutes
from matcher.service.gap_people import HALF_DAYS, People, Supply, branches
from matcher.service.gap_reach import Gains
from matcher.service.gaps import find_gaps
from matcher.service.planning import PlanWish, make_plans
from tests.browsing import goes_sideways, unfold, violations
from tests.herent import herent_matcher, herent_office
from tests.worlds import DAYS, made_up_profiles

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
BY = date(2027, 6, 30)
GAPS = "/api/v1/gaps"
NEVER = {"stop": lambda: False}


def villagers(n):
    """Return people of one village who are free on Tuesday evening only, and would like to cook close to home."""
    keys = {
        "interests": ["cooking"],
        "dutch_level": "A1",
        "availability": ["di 18:30-22:00"],
        "home": {"postal_code": "3070"},
        "max_distance_km": 2,
    }
    return [read_profile({"id": f"v-{number:03d}", **keys}) for number in range(n)]


@cache
def crowd(n=60, seed=7):
    """Return a mixed crowd in which two dozen people lack the same thing."""
    return (*made_up_profiles(n, random.Random(seed)), *villagers(24))


@cache
def wide_report():
    """Return the report of people who lack many different things."""
    rng = random.Random(4)
    people = [
        read_profile(
            {
                "id": f"w-{number:03d}",
                "interests": rng.sample(["cooking", "sewing", "walking", "singing"], 2),
                "dutch_level": rng.choice(["A1", "A2", "B1"]),
                "availability": [f"{rng.choice(DAYS)} {rng.choice(['09:00-12:00', '18:30-22:00'])}"],
                "home": {"postal_code": rng.choice(["3060", "3070", "3018"])},
                "max_distance_km": 2,
                "hours_done": rng.choice([0, 10, 40]),
            }
        )
        for number in range(100)
    ]
    return find_gaps(herent_matcher(), people, today=TODAY, now=NOW, by=BY)


@cache
def report():
    return find_gaps(herent_matcher(), crowd(), today=TODAY, now=NOW, by=BY)


# What is told of a count


@given(
    st.integers(0, 40).flatmap(
        lambda count: st.tuples(st.just(count), st.lists(st.integers(count, 60), max_size=3))
    )
)
def test_what_is_told_is_true_and_never_a_count_under_ten(case):
    count, wholes = case
    shown = told(count, *((whole, told(whole)) for whole in wholes))
    assert shown.least <= count <= shown.most
    if shown.is_exact:
        assert count >= SMALLEST_CELL
        assert all(whole - count >= SMALLEST_CELL for whole in wholes)
    else:
        assert shown.most - shown.least >= SMALLEST_CELL - 1


def groups_of_people():
    sizes = st.lists(st.integers(SMALLEST_CELL, 24), min_size=2, max_size=4)
    return sizes.flatmap(lambda wholes: st.tuples(*(st.integers(0, whole) for whole in wholes), st.just(wholes)))


@settings(max_examples=200, deadline=None)
@given(groups_of_people())
def test_no_hidden_part_can_be_worked_out_from_the_sum(case):
    *counts, wholes = case
    shown = told_parts(counts, wholes)
    assert all(one.least <= count <= one.most for one, count in zip(shown, counts, strict=True))
    small = [
        place
        for place, (count, whole) in enumerate(zip(counts, wholes, strict=True))
        if count < SMALLEST_CELL or whole - count < SMALLEST_CELL
    ]
    total = sum(counts)
    if total < SMALLEST_CELL or sum(wholes) - total < SMALLEST_CELL:
        return  # then the sum itself is not told
    # Every table that agrees with what is told, one by one.
    tables = [
        table
        for table in product(
            *(range(one.least, min(one.most, whole) + 1) for one, whole in zip(shown, wholes, strict=True))
        )
        if sum(table) == total
    ]
    assert tuple(counts) in tables
    assert all(len({table[place] for table in tables}) >= 3 for place in small)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_hidden_cells_are_together_at_least_ten_people(counts):
    may = told_cells(counts, sum(counts))
    assert all(count >= SMALLEST_CELL for count, ok in zip(counts, may, strict=True) if ok)
    hidden = [count for count, ok in zip(counts, may, strict=True) if not ok]
    assert not any(may) or not hidden or sum(hidden) >= SMALLEST_CELL


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_joined_groups_are_neighbours_and_large_enough(counts):
    group = merged(counts)
    assert group == sorted(group)
    sizes = np.bincount(group, weights=counts)
    assert set(group) == set(range(len(sizes)))
    assert len(sizes) == 1 or sizes.min() >= SMALLEST_CELL


# Demand and supply


@given(st.integers(0, 10_000))
def test_cells_are_counted_as_one_by_one(seed):
    rng = np.random.default_rng(seed)
    n = 30
    wants, free = rng.random((n, 3)) < 0.5, rng.random((n, 4)) < 0.5
    found, level, area = rng.random((n, 3, 4)) < 0.5, rng.integers(0, 2, n), rng.integers(0, 3, n)
    counts = count_cells(wants, free, found, level=level, area=area, n_levels=2, n_areas=3)
    for where in product(range(2), range(3), range(3), range(4)):
        row, column, interest, half_day = where
        own = [
            person
            for person in range(n)
            if (level[person], area[person]) == (row, column)
            and wants[person, interest]
            and free[person, half_day]
        ]
        assert counts.people[where] == len(own)
        assert counts.without[where] == sum(not found[person, interest, half_day] for person in own)


def test_what_a_person_finds_equals_a_plain_look_at_each_activity():
    ranker = herent_matcher().ranker(TODAY)
    supply = Supply(ranker, herent_matcher().activities)
    for profile in made_up_profiles(25, random.Random(3)):
        people = person_of(profile)
        scores = ranker.score(people.persons[0])
        met = supply.met(people.persons[0], people.free[0], scores)
        plain = np.zeros_like(met)
        for column, activity in enumerate(herent_matcher().activities):
            level = people.persons[0].level
            if scores.broken[column] or (
                level is not None and activity.taalicoon is not None and activity.taalicoon - 1 > level
            ):
                continue
            half_days = {
                half_day
                for session in (activity.schedule.timed if activity.schedule else ())
                for half_day in plain_half_days(session)
                if takes_place(activity, session)
                and (
                    profile.availability is None
                    or profile.availability.attended_min(
                        session.day, session.start_min, session.end_min, drop_in=activity.drop_in
                    )
                )
            }
            if (
                activity.schedule
                and activity.schedule.flex
                and (profile.availability is None or profile.availability.longest_min >= 60)
            ):
                half_days |= {name for name, is_free in zip(HALF_DAYS, people.free[0], strict=True) if is_free}
            for branch, half_day in product(about(column, ranker), half_days):
                plain[branches().index(branch), HALF_DAYS.index(half_day)] = True
        assert np.array_equal(met, plain)


def person_of(profile):
    from matcher.features.people import encode_profile

    return People.of([profile], [encode_profile(profile, today=TODAY)])


def about(column, ranker):
    from matcher.features.space import node_index

    given_or_read = ranker.offer_.interests.given | ranker.offer_.interests.derived
    return [branch for branch in branches() if given_or_read[node_index()[branch], column]]


def plain_half_days(session):
    parts = {"morning": (0, 720), "afternoon": (720, 1050), "evening": (1050, 1440)}
    length = session.end_min - session.start_min
    for part, (first, last) in parts.items():
        inside = min(session.end_min, last) - max(session.start_min, first)
        if inside > 0 and inside >= min(60, length):
            yield f"{['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][session.day]}-{part}"


def takes_place(activity, session):
    first = max(TODAY, activity.start_date or TODAY)
    last = min(date(2027, 11, 23), activity.end_date or date(2027, 11, 23))
    found = activity.schedule.occurrences(first, last, start_date=activity.start_date, pauses=activity.pauses)
    return any(one is session for _, one in found)


def test_an_unknown_time_or_wish_is_counted_apart_and_never_as_no():
    quiet = [read_profile({"id": f"q-{number}"}) for number in range(12)]
    found = find_gaps(herent_matcher(), quiet, today=TODAY, now=NOW)
    assert found["unknown"]["interests"] == {"least": 3, "most": 12}
    assert found["unknown"]["availability"] == {"least": 3, "most": 12}
    assert all(one["people"] == {"least": 0, "most": 9} for one in found["by_half_day"])
    assert found["short"] == {"least": 0, "most": 9}


# The search


def candidates_of_the_search():
    numbers = st.integers(1, 12)
    rows = st.tuples(numbers, st.integers(0, 3), st.tuples(*[st.integers(0, 2)] * 3), st.integers(0, 12))
    return st.lists(rows, min_size=1, max_size=30)


@given(candidates_of_the_search())
def test_the_list_is_that_of_working_everything_out(rows):
    bound = np.array([row[0] for row in rows], dtype=float)
    tie = np.array([row[1] for row in rows], dtype=float)
    traits = np.array([row[2] for row in rows])
    worth = np.minimum([row[3] for row in rows], bound)
    asked = []

    def work_out(number):
        asked.append(number)
        return float(worth[number])

    found = rank_different(bound, tie, traits, work_out, most=4, differ_least=2)
    plain = []
    for number in sorted(range(len(rows)), key=lambda one: (-worth[one], -tie[one], one)):
        if worth[number] > 0 and all((traits[number] != traits[other]).sum() >= 2 for other in plain):
            plain.append(number)
    assert found.chosen == plain[:4]
    assert found.value == [worth[number] for number in plain[:4]]
    assert found.is_complete
    assert found.gap == 0
    assert len(asked) == len(set(asked))


@given(candidates_of_the_search(), st.integers(0, 5))
def test_when_the_time_is_over_the_gap_is_no_smaller_than_what_was_missed(rows, n_asked):
    bound = np.array([row[0] for row in rows], dtype=float)
    worth = np.minimum([row[3] for row in rows], bound)
    left = iter(range(n_asked))

    def work_out(number):
        return None if next(left, None) is None else float(worth[number])

    found = rank_different(bound, bound * 0, np.array([row[2] for row in rows]), work_out, most=4, differ_least=0)
    assert sorted(found.value, reverse=True) == found.value
    if not found.is_complete:
        first = found.value[0] if found.value else 0.0
        assert worth.max(initial=0) <= first + found.gap


def test_candidates_as_arrays_score_as_real_activities_do():
    people = People.of(crowd(), [person_of(one).persons[0] for one in crowd()])
    candidates = candidates_for(people, herent_matcher().activities)
    offer = arrays_of(candidates, today=TODAY)
    some = random.Random(1).sample(range(len(candidates.trait)), 40)
    made = [candidates.activity(number, today=TODAY) for number in some]
    # Each is read again from its JSON, so that it is what an organiser could really enter.
    matcher = Matcher([read_activity(one.to_json()) for one in made])
    column = {one.id: place for place, one in enumerate(matcher.activities)}
    order = [column[one.id] for one in made]
    from matcher.ranking import ActivityRanker

    ranker = ActivityRanker(matcher.weights).fit(offer)
    for person in people.persons[::6]:
        fast, plain = ranker.score(person), matcher.ranker(TODAY).score(person)
        assert np.array_equal(fast.total[some], plain.total[order])
        assert np.array_equal(fast.broken[some], plain.broken[order])
        hours = fast.attendance.hours[offer.calendar.pattern[some]]
        assert np.array_equal(hours, plain.attendance.hours[matcher.ranker(TODAY).offer_.calendar.pattern[order]])


def test_what_is_wished_free_or_lived_in_by_few_makes_no_candidate():
    people = People.of(crowd(), [person_of(one).persons[0] for one in crowd()])
    candidates = candidates_for(people, herent_matcher().activities)
    held = {activity.postal_code for activity in herent_matcher().activities}
    assert all(people.area.count(place) >= SMALLEST_CELL or place in held for place in candidates.places)
    for about_ in candidates.interests:
        assert all(sum(one in wished for wished in people.wished) >= SMALLEST_CELL for one in about_)


def searched(profiles, by=BY):
    """Return what the search works with for some people."""
    wish = PlanWish(by=by)
    ranker = herent_matcher().ranker(TODAY)
    supply = Supply(ranker, herent_matcher().activities)
    everybody = gaps._reaches(
        herent_matcher(), supply, profiles, TODAY, wish, float("inf"), lambda done, total: None
    )
    short = [one for one in everybody if one.short_min > 0]
    people = People.of([one.profile for one in everybody], [one.person for one in everybody])
    candidates = candidates_for(people, herent_matcher().activities)
    possible = possible_minutes(
        candidates,
        [one.person for one in short],
        own=ranker,
        last_day=(by - TODAY).days,
        short_min=np.array([one.short_min for one in short]),
        least_min=np.array([one.least_min for one in short]),
        week_most_min=np.array([one.week_most_min for one in short]),
        list_least=np.array([one.list_least for one in short]),
        **NEVER,
    )
    return (
        short,
        candidates,
        possible,
        Gains(herent_matcher(), candidates, possible, short, today=TODAY, wish=wish, **NEVER),
    )


@pytest.mark.slow
def test_what_an_activity_brings_is_what_plans_with_it_really_give():
    short, candidates, possible, gains = searched(crowd(150, 11))
    rng = random.Random(2)
    pairs = [tuple(pair) for pair in np.argwhere(possible.minutes).tolist()]
    differences = []
    for row, number in rng.sample(pairs, min(60, len(pairs))):
        found = gains.minutes(number)[row]
        made = candidates.activity(number, today=TODAY)
        enlarged = Matcher([*herent_matcher().activities, made])
        plans = make_plans(enlarged, short[row].profile, today=TODAY, now=NOW, wish=PlanWish(by=BY))["plans"]
        got = min(short[row].to_go_min, round(plans[0]["hours_total"] * 60)) if plans else 0
        plain = min(max(0, got - short[row].got_min), int(possible.minutes[row, number]))
        differences.append(abs(found - plain))
    # Plans are compared by whole hours: of two that give as many the better suited one is chosen.
    assert max(differences) < 60
    assert np.mean([one == 0 for one in differences]) > 0.9


def test_nothing_brings_more_than_its_own_hours_or_than_is_missing():
    short, candidates, possible, gains = searched(crowd())
    best = np.argsort(-possible.minutes.sum(axis=0))[:5]
    for number in best:
        gained = gains.minutes(int(number))
        assert (gained <= possible.minutes[:, number]).all()
        assert (gained <= [one.short_min for one in short]).all()


@pytest.mark.slow
def test_a_candidate_counts_only_for_whom_it_would_really_be_proposed():
    short, candidates, possible, _ = searched(crowd())
    number = int(possible.minutes.sum(axis=0).argmax())
    enlarged = Matcher([*herent_matcher().activities, candidates.activity(number, today=TODAY)])
    for row, one in enumerate(short):
        proposed = enlarged.suggest(one.profile, today=TODAY, now=NOW, k=10)["suggestions"]
        rank = next((found for found in proposed if found["activity_id"] == f"new-{number}"), None)
        if possible.minutes[row, number]:
            assert rank is not None
            assert rank["score"] >= gap_candidates.FIT_LEAST


# The report


def test_a_gap_that_was_planted_is_found_first():
    best = report()["new_activities"][0]
    assert (best["interest"], best["half_day"], best["postal_code"]) == ("food", "tue-evening", "3070")
    assert best["schedule"] == "di 19:00-21:00"
    assert "cooking" in best["interests"]
    assert best["people"]["least"] >= 20
    assert best["hours"] > 20 * 20


@pytest.mark.slow
def test_how_many_reach_40_hours_is_what_their_plans_say():
    found = report()
    reached = 0
    for profile in crowd():
        plans = make_plans(herent_matcher(), profile, today=TODAY, now=NOW, wish=PlanWish(by=BY))
        reached += plans["hours_to_go"] == 0 or bool(plans["plans"] and plans["plans"][0]["feasible"])
    assert found["reached"] == {"least": reached, "most": reached}
    assert found["short"] == {"least": len(crowd()) - reached, "most": len(crowd()) - reached}


def test_no_exact_count_is_under_ten_anywhere():
    def counts(value):
        if isinstance(value, dict):
            if value.keys() == {"least", "most"}:
                yield value
            for one in value.values():
                yield from counts(one)
        elif isinstance(value, list):
            for one in value:
                yield from counts(one)

    found = [*counts(report()), *counts(wide_report())]
    assert len(found) > 100
    assert all(one["least"] >= SMALLEST_CELL for one in found if one["least"] == one["most"])
    groups = [one for key in ("cells", "by_level", "by_area") for one in (*report()[key], *wide_report()[key])]
    assert all(one["people"] >= SMALLEST_CELL for one in groups)
    few = [one for one in wide_report()["new_activities"] if one["people"]["most"] < SMALLEST_CELL]
    assert few
    assert all(one["hours"] is None for one in few)


def test_the_groups_hold_everybody_once():
    for key in ("by_level", "by_area"):
        assert sum(one["people"] for one in report()[key]) == len(crowd())


def test_the_same_input_gives_the_same_answer():
    again = find_gaps(herent_matcher(), crowd(), today=TODAY, now=NOW, by=BY)
    assert json.dumps(again) == json.dumps(report())


def test_the_order_of_the_people_does_not_matter():
    again = find_gaps(herent_matcher(), crowd()[::-1], today=TODAY, now=NOW, by=BY)
    assert again["new_activities"] == report()["new_activities"]
    assert again["cells"] == report()["cells"]


def test_each_new_activity_differs_in_two_of_what_when_and_where():
    made = [(one["interest"], one["half_day"], one["postal_code"]) for one in wide_report()["new_activities"]]
    assert 5 < len(made) <= 10
    for place, one in enumerate(made):
        assert all(sum(a != b for a, b in zip(one, other, strict=True)) >= 2 for other in made[:place])


def test_who_has_40_hours_already_lacks_nothing():
    done = [read_profile({"id": f"d-{number}", "hours_done": 55, "availability": []}) for number in range(11)]
    found = find_gaps(herent_matcher(), done, today=TODAY, now=NOW)
    # Of eleven people nothing is told: that they are at least ten would be everybody, or nearly.
    assert found["short"] == {"least": 0, "most": 11}
    assert found["reached"] == {"least": 0, "most": 11}
    assert found["new_activities"] == []
    assert found["hours_missing"] is None


def test_an_offer_without_activities_is_a_report_all_the_same():
    found = find_gaps(Matcher([]), villagers(30), today=TODAY, now=NOW, by=BY)
    assert found["activities"] == 0
    assert found["short"] == {"least": 21, "most": 30}
    assert found["new_activities"][0]["half_day"] == "tue-evening"


def test_an_id_of_the_offer_like_that_of_a_made_up_activity_does_no_harm():
    offer = Matcher([read_activity({"id": "new-1", "title": "x", "organiser": "y", "kind": "sport"})])
    busy = [one.model_copy(update={"max_hours_per_week": 1.0}) for one in villagers(30)]
    assert find_gaps(offer, busy, today=TODAY, now=NOW, by=BY)["new_activities"] == []
    assert find_gaps(offer, villagers(30), today=TODAY, now=NOW, by=BY)["new_activities"]


def test_when_the_time_is_over_the_answer_says_so(monkeypatch):
    ticks = iter(range(10**6))
    monkeypatch.setattr(gaps.time, "monotonic", lambda: float(next(ticks)))
    found = find_gaps(herent_matcher(), crowd(), today=TODAY, now=NOW, by=BY, time_limit_s=100.0)
    assert SMALLEST_CELL <= found["planned"] < found["people"] == len(crowd())
    assert not found["complete"]
    assert found["gap_hours"] is None
    page = write_report(found, lang="nl")
    assert f"{found['planned']} van {found['people']} mensen zijn nagerekend" in page


def test_no_time_at_all_is_a_clear_error():
    with pytest.raises(InputError, match="profiles must be few enough to be planned within the time limit"):
        find_gaps(herent_matcher(), crowd(), today=TODAY, now=NOW, time_limit_s=-1.0)


@pytest.mark.parametrize(
    ("profiles", "by", "match"),
    [
        (villagers(9), None, "profiles must be 10 people or more; got '9'"),
        ([], None, "profiles must be 10 people or more; got '0'"),
        ([*villagers(10), *villagers(1)], None, r"profiles\[10\].id must be unique"),
        (villagers(12), date(2026, 11, 1), "by must be 2026-11-23 .today. or later"),
    ],
)
def test_what_cannot_be_asked_is_a_clear_error(profiles, by, match):
    with pytest.raises(InputError, match=match):
        find_gaps(herent_matcher(), profiles, today=TODAY, now=NOW, by=by)


# The page


class Reader(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_holds_all_it_needs(lang):
    page = write_report(report(), lang=lang)
    reader = Reader()
    reader.feed(page)
    tags = [tag for tag, _ in reader.found]
    assert "script" not in tags
    assert "img" not in tags
    addresses = [
        value for _, keys in reader.found for key, value in keys.items() if key in ("src", "href", "xlink:href")
    ]
    assert set(addresses) == {"data:,", "#inhoud"}
    assert not re.search(r"url\(|@import|https?://", page)
    plots = [keys for tag, keys in reader.found if tag == "svg" and keys.get("role") == "img"]
    assert len(plots) == 7
    ids = {keys["id"] for _, keys in reader.found if "id" in keys}
    assert all(set(one["aria-labelledby"].split()) <= ids for one in plots)
    assert tags.count("desc") == 7
    assert tags.count("table") >= 8
    assert len(page) < 100_000
    assert ("Waar het aanbod tekortschiet" if lang == "nl" else "Where the offer falls short") in page


def test_every_text_of_the_page_is_there_in_both_languages():
    from matcher.gap_report.words import TEXTS

    for text in TEXTS.values():
        assert re.findall(r"{\w+}", text.nl) == re.findall(r"{\w+}", text.en) or sorted(
            re.findall(r"{\w+}", text.nl)
        ) == sorted(re.findall(r"{\w+}", text.en))
        assert text.nl
        assert text.en


def test_a_page_of_people_who_lack_nothing_says_so():
    done = [read_profile({"id": f"d-{number}", "hours_done": 55}) for number in range(30)]
    page = write_report(find_gaps(herent_matcher(), done, today=TODAY, now=NOW), lang="nl")
    assert "Er zijn geen 10 mensen met dezelfde wens en 10 met hetzelfde vrije moment." in page
    assert "Geen enkele combinatie telt 10 mensen of meer." in page


def test_a_name_of_a_place_is_shown_as_text():
    found = json.loads(json.dumps(report()))
    found["new_activities"][0]["place"] = '<b onclick="x">'
    page = write_report(found, lang="nl")
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1400])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_has_no_violation_and_does_not_scroll_sideways(browser, tmp_path, lang, width):
    file = tmp_path / "report.html"
    file.write_text(write_report(report(), lang=lang), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    unfold(page)
    assert violations(page) == []
    assert not goes_sideways(page)
    # No name of a bar runs into the number behind it.
    assert page.evaluate(
        """[...document.querySelectorAll('svg .bar-name')].every(name => {
            const text = name.nextElementSibling
            return !text.matches('.bar-text') ||
                name.getBoundingClientRect().right <= text.getBoundingClientRect().left
        })"""
    )
    assert asked == [file.as_uri()]
    assert said == []
    page.close()


# The command


def lines(profiles):
    return "".join(json.dumps(as_json(profile)) + "\n" for profile in profiles)


def as_json(profile):
    keys = profile.model_dump(exclude_defaults=True, exclude={"availability"})
    if profile.availability is not None:
        keys["availability"] = profile.availability.texts()
    return json.loads(json.dumps(keys, default=str))


def run(*words):
    result = CliRunner().invoke(main, ["gaps", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def people_file(tmp_path):
    file = tmp_path / "people.jsonl"
    file.write_text(lines(villagers(24)), encoding="utf-8")
    return file


def test_the_command_writes_json_and_a_page(people_file, tmp_path):
    page = tmp_path / "report.html"
    result = run(
        *("--profiles", str(people_file), "--today", "2026-11-23", "--by", "2027-06-30"),
        *("--html", str(page), "--json", "--lang", "en"),
    )
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["new_activities"][0]["half_day"] == "tue-evening"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(("lang", "words"), [("nl", "elke dinsdag van 19.00"), ("en", "every Tuesday from 19:00")])
def test_the_command_prints_a_table(people_file, lang, words):
    result = run("--profiles", str(people_file), "--today", "2026-11-23", "--by", "2027-06-30", "--lang", lang)
    assert result.exit_code == 0
    assert words in result.stdout


def test_a_bad_profile_is_named_and_the_others_are_counted(people_file):
    people_file.write_text(people_file.read_text() + '{"id": "x", "age": -3}\n', encoding="utf-8")
    result = run("--profiles", str(people_file), "--today", "2026-11-23", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["people"] == 24
    assert f"{people_file}:25: profile.age" in result.stderr


def test_too_few_people_are_named_with_the_file(people_file):
    people_file.write_text(lines(villagers(3)), encoding="utf-8")
    result = run("--profiles", str(people_file))
    assert result.exit_code == 1
    assert f"{people_file}: profiles must be 10 people or more; got '3'" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "2026-11-01"), "--by must be 2026-11-23 (today) or later"),
        (("--by", "soon"), "is not a date like 2026-12-01"),
        (("--html", "/nowhere/at/all.html"), "--html must lie in a folder that is there"),
        (("--lang", "fr"), "'fr' is not one of"),
    ],
)
def test_a_wrong_call_is_exit_2(people_file, words, message):
    result = run("--profiles", str(people_file), "--today", "2026-11-23", *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_page_that_cannot_be_written_is_a_wrong_call(people_file, tmp_path):
    (tmp_path / "report.html").mkdir()
    (tmp_path / "report.html" / "in_the_way").touch()
    result = run("--profiles", str(people_file), "--html", str(tmp_path / "report.html"))
    assert result.exit_code == 2


# The call


@pytest.fixture(scope="module")
def client():
    return create_app(herent_office(), clock=lambda: NOW).test_client()


def post(client, body):
    return client.post(GAPS, json=body)


def test_the_call_answers_in_the_shape_that_is_described(client):
    response = post(client, {"profiles": [as_json(one) for one in villagers(24)], "by": "2027-06-30"})
    assert response.status_code == 200
    description = client.get("/api/v1/openapi.json").json
    schema = {"$ref": "#/components/schemas/GapsAnswer", "components": description["components"]}
    Draft202012Validator(schema).validate(response.json)
    assert response.json["new_activities"][0]["half_day"] == "tue-evening"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "profiles"),
        ({"profiles": {}}, "profiles"),
        ({"profiles": []}, "profiles"),
        ({"profiles": [{"id": "x"}]}, "profiles"),
        ({"profiles": [{"id": f"p{n}"} for n in range(9)] + [{"id": "y", "age": "old"}]}, "profiles[9].age"),
        ({"profiles": [{"id": f"p{n % 11}"} for n in range(12)]}, "profiles[11].id"),
        ({"profiles": [{"id": f"p{n}"} for n in range(12)], "by": "2026-01-01"}, "by"),
        ({"profiles": [{"id": f"p{n}"} for n in range(12)], "by": 7}, "by"),
        ({"profiles": [{"id": f"p{n}"} for n in range(12)], "who": 7}, "who"),
        ({"profiles": [None] * 12}, "profiles[0]"),
    ],
)
def test_a_bad_body_is_refused_with_its_place(client, body, path):
    response = post(client, body)
    assert response.status_code == 422
    assert path in [error["path"] for error in response.json["errors"]]


def test_shown_counts_say_whether_they_are_exact():
    assert Shown(12, 12).is_exact
    assert not Shown(0, 9).is_exact
