"""What may change in a question without changing the answer, and what may change it in one direction only."""

import csv
import io
import json
import random
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from worlds import DAYS, TODAY, made_up_activities, made_up_profiles

from api import create_app
from matcher.aspects import interest_match
from matcher.cli import main
from matcher.features.offer import OfferTransformer, point_of
from matcher.features.people import encode_profile
from matcher.features.space import POWER, node_index
from matcher.limits import avoid_broken, haversine_km
from matcher.model import read_activity, read_profile
from matcher.model.answer import ASPECTS
from matcher.ranking import ActivityRanker
from matcher.readers.csv_offer import parse_offer, read_offer
from matcher.readers.profiles import read_profiles
from matcher.schedule import BRUSSELS
from matcher.service import Matcher
from matcher.vocabulary import LEVELS, aspect_weights, data_folder, interests, places
from tests.offices import office_of

HERE = Path(__file__).parent
OFFER = data_folder() / "herent_offer.csv"
EXAMPLES = data_folder() / "judgements" / "profiles.jsonl"
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)
FIRST = 13
"""So many are looked at where all would take long: as many as are screened rather than scored one by one."""


@cache
def herent():
    return tuple(sorted(read_offer(OFFER)[0], key=lambda one: one.id))


@cache
def both():
    """Return the demonstration offer with made-up activities beside it."""
    return (*herent(), *made_up_activities(100, random.Random(3)))


@cache
def texts():
    lines = (HERE / "data" / "wishes.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(text for line in lines for text in json.loads(line)["texts"].values())


@cache
def examples():
    return tuple(read_profiles(EXAMPLES)[0])


def people(n, seed):
    """Return the examples and so many made-up people, most of whom write what real people might."""
    rng = random.Random(seed)
    made = made_up_profiles(n, rng)
    return [
        *examples(),
        *(one.model_copy(update={"wishes": rng.choice(texts())}) if rng.random() < 0.6 else one for one in made),
    ]


def ranker_of(activities):
    return ActivityRanker(aspect_weights()).fit(OfferTransformer(TODAY).transform(activities))


@cache
def usual():
    return ranker_of(both())


@cache
def small():
    return ranker_of(herent())


def scored(ranker, profile):
    return ranker.score(encode_profile(profile, today=TODAY))


def as_json(profile):
    """Return the object of which a profile was read; what is unknown is left out."""
    found = {}
    for key in type(profile).model_fields:
        value = getattr(profile, key)
        if value is None or value == ():
            continue
        if key in ("home", "status"):
            value = {name: one for name, one in value.model_dump().items() if one is not None}
        elif key == "availability":
            value = value.texts()
        elif isinstance(value, (tuple, date)):
            value = list(value) if isinstance(value, tuple) else value.isoformat()
        found[key] = value
    return found


# A further interest


def interests_scores(profile, columns):
    """Score the interests of some activities alone, as the ranker does for all."""
    person, offer = encode_profile(profile, today=TODAY), usual().offer_.interests
    avoided = avoid_broken(offer.derived[:, columns], person.avoid)
    return interest_match(person.wish @ offer.affinity[:, columns], avoided, power=POWER)


def test_the_interests_alone_are_those_of_the_ranker():
    columns = np.arange(len(both()))
    for profile in people(10, 30):
        found = scored(usual(), profile).aspects[:, ASPECTS.index("interests")]
        assert (interests_scores(profile, columns) == found).all()


def test_a_further_interest_never_lowers_an_activity_that_has_it():
    rng, compared, grown = random.Random(7), 0, 0
    offer = usual().offer_.interests
    for profile in people(250, 8):
        one = rng.choice([interest for interest in interests() if interest not in profile.interests])
        has = np.flatnonzero((offer.given | offer.derived)[node_index()[one]])
        more = profile.model_copy(update={"interests": (*profile.interests, one)})
        before, after = (interests_scores(person, has) for person in (profile, more))
        assert (after >= before).all(), (profile, one)
        compared += bool(has.size)
        grown += bool((after > before).any())
    assert compared >= 200
    assert grown >= 120


# Names and orders


def test_ids_change_no_score():
    names = [f"x-{number:03d}" for number in range(len(both()))]
    random.Random(2).shuffle(names)
    renamed = [one.model_copy(update={"id": name}) for one, name in zip(both(), names, strict=True)]
    other = ranker_of(renamed)
    for profile in people(40, 3):
        nameless = profile.model_copy(update={"id": "nobody"})
        before, after = scored(usual(), profile), scored(other, nameless)
        for field in ("total", "broken", "aspects", "weights"):
            assert (getattr(before, field) == getattr(after, field)).all(), field


def test_ids_in_the_same_order_change_no_rank():
    other = ranker_of([one.model_copy(update={"id": f"z-{one.id}"}) for one in both()])
    for profile in people(20, 4):
        assert (scored(usual(), profile).order == scored(other, profile).order).all()


def answers(activities, profiles):
    engine = Matcher(activities)
    return [engine.suggest(profile, today=TODAY, now=NOW, k=20) for profile in profiles]


@cache
def usual_answers():
    return answers(herent(), examples())


def test_the_order_of_rows_and_columns_of_the_file_changes_nothing():
    rows = list(csv.reader(io.StringIO(OFFER.read_text(encoding="utf-8"))))
    rng = random.Random(5)
    columns = rng.sample(range(len(rows[0])), len(rows[0]))
    shuffled = [rows[0], *rng.sample(rows[1:], len(rows) - 1)]
    written = io.StringIO()
    csv.writer(written).writerows([row[column] for column in columns] for row in shuffled)
    activities, problems = parse_offer(written.getvalue().encode())
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [one.id for one in activities] != [one.id for one in read_offer(OFFER)[0]]
    assert answers(activities, examples()) == usual_answers()


def test_the_order_of_the_keys_of_json_changes_nothing():
    rng = random.Random(6)
    activities = [
        read_activity(dict(rng.sample(list(one.to_json().items()), len(one.to_json())))) for one in herent()
    ]
    profiles = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        items = list(json.loads(line).items())
        profiles.append(read_profile(dict(rng.sample(items, len(items)))))
    assert answers(activities, profiles) == usual_answers()


# Distance


def test_a_closer_copy_never_ranks_lower():
    rng, compared, higher = random.Random(9), 0, 0
    for profile in people(10, 10):
        home = point_of(profile.home.lat, profile.home.lon, profile.home.postal_code)
        if home is None:
            continue
        pairs = []
        for one in rng.sample(both(), 15):
            point = point_of(one.lat, one.lon, one.postal_code)
            if point is None or one.is_online:
                continue
            share = rng.choice([0.0, 0.5, 0.9, 0.99])
            nearer = [near + share * (far - near) for near, far in zip(home, point, strict=True)]
            assert haversine_km(np.array([nearer]), *home) <= haversine_km(np.array([point]), *home) + 1e-9
            # The lower id goes first where both are as good: here that is the closer one, and there the other.
            for own, copy in (("b", "a"), ("a", "b")):
                pairs += [
                    one.model_copy(update={"id": own}),
                    one.model_copy(update={"id": copy, "lat": nearer[0], "lon": nearer[1]}),
                ]
        found = scored(ranker_of(pairs), profile)
        for far in range(0, len(pairs), 2):
            assert found.total[far + 1] >= found.total[far]
            assert found.broken[far + 1] & ~found.broken[far] == 0
            if pairs[far + 1].id < pairs[far].id:
                order = found.order.tolist()
                assert order.index(far + 1) < order.index(far) or found.total[far + 1] == found.total[far]
            compared += 1
            higher += found.total[far + 1] > found.total[far]
    assert compared >= 150
    assert higher >= 100


# What is not known of an activity


def good_values(profile):
    """Return for each key of an activity a value that suits a person, or at least does no harm."""
    level = 0 if profile.dutch_level is None else LEVELS.index(profile.dutch_level)
    sizes = {"duo": (2, 2), "small": (4, 6), "medium": (10, 12), "large": (21, 30)}
    group_min, group_max = sizes[profile.group_sizes[0] if profile.group_sizes else "small"]
    home = point_of(profile.home.lat, profile.home.lon, profile.home.postal_code) or places()["3020"][1:]
    return {
        "language": "nl",
        "taalicoon": max(1, level),
        "interaction": "high",
        "participants": "dutch_speakers",
        "new_people": "yes",
        "schedule": a_time(profile),
        "price_eur": 0,
        "reduced_price_eur": 0,
        "places_left": 20,
        "facilities": list(profile.needs),
        "audience": list(profile.audience),
        "last_verified": TODAY.isoformat(),
        "interests": list(profile.interests),
        "group": {"group_min": group_min, "group_max": group_max},
        "place_on_the_map": {"lat": home[0], "lon": home[1]},
        "age": {"age_min": profile.age, "age_max": profile.age} if profile.age is not None else {},
        **NEUTRAL,
    }


NEUTRAL = {
    "fee_eur": 45,
    "price_note": "met UiTPAS",
    "capacity": 20,
    "registration": "bel het onthaal",
    "phone": "016 12 34 56",
    "email": "onthaal@example.org",
    "url": "https://example.org/",
    "signatory": "coördinator",
    "source": "public page",
    "source_url": "https://example.org/",
    "assumed": ["price_eur"],
    "status": "active",
    "municipality": "Herent",
    "address": "Dorpsstraat 1",
    "place": "zaal De Kring",
}
"""What is told to people, and orders nothing."""


def a_time(profile):
    """Return a weekly session in the longest stretch in which a person is free."""
    week = profile.availability
    if week is None or week.longest_min < 60:
        return "di 14:00-16:00"
    free = [(end - start, day, start, end) for day, one in enumerate(week.stretches) for start, end in one]
    _, day, start, end = max(free)
    return f"{DAYS[day]} {start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


SUITING = tuple(key for key in good_values(read_profile({"id": "p"})) if key not in NEUTRAL)


@cache
def without_each():
    """Return key -> the totals and broken limits with all good values, and with that one unknown."""
    rng, found = random.Random(12), defaultdict(list)
    for profile in people(30, 13):
        if profile.dutch_level in ("B2", "C1", "C2"):
            continue  # the track is for those who learn: no taalicoon is meant for more
        # Given interests that leave out what is written are not the best that could be known.
        profile = profile.model_copy(update={"wishes": None})
        good = good_values(profile)
        for base in rng.sample(herent(), 1):
            plain = {"id": base.id, "title": base.title, "organiser": base.organiser, "kind": base.kind}
            plain["description"] = base.description
            variants = [None, *good]
            activities = [
                read_activity(plain | flat({key: value for key, value in good.items() if key != left_out}))
                for left_out in variants
            ]
            scores = scored(ranker_of(activities), profile)
            if scores.broken[0] == 0:
                for number, key in enumerate(good, start=1):
                    found[key].append((scores.total[0], scores.total[number], scores.broken[number]))
    return found


def flat(values):
    """Return values with those that only make sense together taken apart."""
    return {
        name: one
        for key, value in values.items()
        for name, one in (value.items() if isinstance(value, dict) else [(key, value)])
    }


@pytest.mark.parametrize("key", SUITING)
def test_what_is_not_known_never_raises_nor_excludes(key):
    cases = without_each()[key]
    assert len(cases) >= 20
    assert all(broken == 0 for _, _, broken in cases)
    assert all(unknown <= good for good, unknown, _ in cases)


@pytest.mark.parametrize("key", [key for key in SUITING if key not in ("new_people", "reduced_price_eur", "age")])
def test_what_is_not_known_sometimes_lowers(key):
    assert any(unknown < good for good, unknown, _ in without_each()[key])


@pytest.mark.parametrize("key", NEUTRAL)
def test_what_only_informs_changes_no_score(key):
    assert all(unknown == good and broken == 0 for good, unknown, broken in without_each()[key])


# What does not matter of a person


def told_otherwise(profile, rng):
    """Return the same person told in another way: other orders, hours in other pieces, the centre of the place."""
    told = as_json(profile) | {"id": f"other-{rng.randrange(10**6)}"}
    told["waiting_since"] = f"20{rng.randint(10, 26)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
    if "availability" in told:
        told["availability"] = [piece for entry in told["availability"] for piece in in_pieces(entry, rng)]
    for key, value in told.items():
        if isinstance(value, list):
            told[key] = rng.sample(value, len(value))
    home = told["home"]
    if "lat" not in home and home.get("postal_code") in places() and rng.random() < 0.5:
        _, lat, lon = places()[home["postal_code"]]
        told["home"] = {"lat": lat, "lon": lon}
    return read_profile(dict(rng.sample(list(told.items()), len(told))))


def in_pieces(entry, rng):
    """Return one stretch of time in pieces that touch, overlap or stand twice."""
    day, hours = entry.split()
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours.split("-"))
    if end - start < 4 or rng.random() < 0.3:
        return [entry] * rng.randint(1, 2)
    middle = rng.randint(start + 2, end - 2)
    later = rng.choice([middle, middle - 1, start])

    def write(first, last):
        return f"{day} {first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"

    return [write(start, middle), write(later, end)]


def compare_pairs(n, seed):
    """Hold the first of the list of so many people beside that of the same people told otherwise."""
    rng = random.Random(seed)
    profiles = people(n - len(examples()), seed)
    others = [told_otherwise(profile, rng) for profile in profiles]
    first, second = (
        small().rank([encode_profile(one, today=TODAY) for one in persons], k=FIRST)
        for persons in (profiles, others)
    )
    assert len(first) == n
    for profile, other, own, same in zip(profiles, others, first, second, strict=True):
        assert own.tolist() == same.tolist(), (profile, other)
    for profile, other in list(zip(profiles, others, strict=True))[::20]:
        before, after = scored(small(), profile), scored(small(), other)
        assert (before.total == after.total).all()
        assert (before.broken == after.broken).all()
        assert (before.order == after.order).all()
    return profiles, others, first


def test_a_person_told_otherwise_gets_the_same_list():
    profiles, others, ranked = compare_pairs(250, 21)
    assert sum(as_json(one) != as_json(other) for one, other in zip(profiles, others, strict=True)) > 200
    assert sum(one.home != other.home for one, other in zip(profiles, others, strict=True)) > 25
    assert len({tuple(columns.tolist()) for columns in ranked}) > 150


@pytest.mark.slow
def test_ten_thousand_people_told_otherwise_get_the_same_lists():
    compare_pairs(10_000, 22)


def test_a_week_in_pieces_is_the_same_week():
    rng, in_more = random.Random(23), 0
    for profile in made_up_profiles(300, rng):
        if profile.availability is not None:
            other = told_otherwise(profile, rng)
            assert other.availability == profile.availability
            in_more += bool(profile.availability.free_min)
    assert in_more > 100


# The three ways to ask


@cache
def demonstration():
    return Matcher(read_offer(OFFER)[0])


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="plain"),
        pytest.param({"k": 1000}, id="all", marks=pytest.mark.slow),
        pytest.param({"k": 5, "varied": True}, id="varied"),
    ],
)
def test_the_command_the_service_and_the_library_suggest_the_same(options):
    engine = demonstration()
    library = [engine.suggest(profile, today=TODAY, now=NOW, **options) for profile in examples()]
    words = ["suggest", "--profile", str(EXAMPLES), "--today", TODAY.isoformat(), "--json"]
    words += ["-k", str(options.get("k", 10)), *(["--varied"] if options.get("varied") else [])]
    command = [json.loads(line) for line in CliRunner().invoke(main, words).stdout.splitlines()]
    client = create_app(office_of(engine.given), clock=lambda: NOW).test_client()
    service = [
        client.post(
            "/api/v1/suggestions", json={"profile": json.loads(line), "today": TODAY.isoformat(), **options}
        ).json
        for line in EXAMPLES.read_text(encoding="utf-8").splitlines()
    ]
    assert len(library) == 14
    assert service == library
    for one in (*command, *library):
        del one["generated_at"]
    assert command == library
    assert all(one["suggestions"] for one in library)
