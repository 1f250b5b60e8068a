import random
from collections import defaultdict
from itertools import combinations
from math import inf
from pathlib import Path

import numpy as np
import pytest
from doubles import figures, pairs_of, world

from matcher.importing.comparing import compare_records
from matcher.importing.sources import made_record
from matcher.merging import DIFFERENT, DOUBTFUL, SAME, Likeness, compare, group, pairing, traits_of
from matcher.model import read_proposal
from matcher.vocabulary import data_folder

DATA = Path(__file__).parent / "data"
TUNED_ON = (data_folder() / "herent_offer.csv", DATA / "coast_town" / "offer.csv")
HELD_OUT = (DATA / "mine_towns" / "offer.csv", DATA / "other_town" / "offer.csv")
SEEDS = range(100, 110)


def measured(offers):
    """Return precision and recall over all seeds together."""
    found, true = set(), set()
    for seed in SEEDS:
        made = world(offers, seed=seed)
        pairs = pairs_of(group(made.traits), made.records)
        found |= {(seed, pair) for pair in pairs}
        true |= {(seed, pair) for pair in made.doubles}
    return figures(found, true)


@pytest.mark.slow
@pytest.mark.parametrize("offers", [HELD_OUT, TUNED_ON], ids=["held_out", "tuned_on"])
def test_made_up_doubles_with_noise_are_recognised(offers):
    precision, recall = measured(offers)
    assert precision >= 0.99, precision
    assert recall >= 0.90, recall


# Pairs written by hand: what the two sources say, and what is right.

BASE = {"title": "Praatgroep Nederlands", "organiser": "Welzijnsschakel Samen vzw", "kind": "conversation_group"}
BASE |= {"schedule": "di 19:00-21:00", "start_date": "2026-09-01", "end_date": "2027-06-30"}
BASE |= {"place": "GC De Wildeman", "postal_code": "3020", "municipality": "Herent", "age_min": 18}
UNKNOWN = dict.fromkeys(BASE)

ONE_ACTIVITY = {
    "other order, legal form": {"title": "Nederlands praatgroep", "organiser": "vzw Welzijnsschakel Samen"},
    "town added, no times": {"title": "Praatgroep Nederlands Herent", "schedule": None, "place": None},
    "abbreviated": {"title": "Praatgroep NL", "place": "Gemeenschapscentrum De Wildeman", "organiser": None},
    "typing errors": {"title": "Praatgreop Nederlands", "organiser": "Welzijnschakel Samen"},
    "as dates": {
        "schedule": "; ".join(f"2026-{day} 19:00-21:00" for day in ("10-06", "10-13", "10-20", "11-10", "11-17")),
        "start_date": None,
    },
    "shouted": {"title": "PRAATGROEP NEDERLANDS!!!", "postal_code": None, "place": "De Wildeman"},
    "with a status": {"title": "VOLZET - Praatgroep Nederlands", "age_min": None},
    "words together": {"title": "Praat groep Nederlands", "start_date": None, "end_date": None},
    "part of the municipality": {"municipality": "Winksele (Herent)", "organiser": "Welzijnsschakel Samen Herent"},
    "quarter of an hour later": {"schedule": "di 19:15-21:15", "organiser": None},
    "with a partner": {"title": "Praatgroep Nederlands i.s.m. het OCMW", "organiser": "Samen i.s.m. de bib"},
    "with a year and an hour": {"title": "Praatgroep Nederlands 26-27 (dinsdagavond 19u)", "place": None},
    "with a subtitle": {"title": "Praatgroep Nederlands: samen oefenen bij koffie en thee"},
    "ends half an hour later": {"schedule": "di 19:00-21:30", "organiser": None, "end_date": "2027-06-15"},
    "organiser as the house": {"organiser": "Gemeenschapscentrum De Wildeman"},
    "initials of the place": {"place": "GCDW", "organiser": "Samen"},
    "another web name": {"title": "Praatgroep Nederlands (Welzijnsschakel Samen)", "place": None, "age_min": None},
}
OTHER_ACTIVITY = {
    "another day": {"schedule": "do 19:00-21:00"},
    "another hour": {"schedule": "di 13:00-15:00"},
    "every town has one": {"postal_code": "9000", "municipality": "Gent", "place": "Bib", "organiser": None},
    "another part of the city": {"postal_code": "3018", "municipality": "Leuven", "place": "Bib"},
    "for children": {"title": "Praatgroep Nederlands voor kinderen", "age_min": 6, "age_max": 12},
    "another level": {"title": "Praatgroep Nederlands 2", "schedule": "ma 19:00-21:00"},
    "next year": {"start_date": "2027-09-01", "end_date": "2028-06-30"},
    "same room, other thing": {"title": "Lijndansen", "kind": "sport"},
    "online": {"place": "online", "postal_code": None, "municipality": None},
    "another hall at the same hour": {"place": "Sporthal De Kouter"},
    "one date outside it": {"schedule": "2027-08-10 19:00-21:00", "start_date": None, "end_date": None},
}
FOR_A_PERSON = {
    "translated": {"title": "Dutch conversation group"},
    "only a title and a town": {**UNKNOWN, "title": "Praatgroep Nederlands", "municipality": "Herent"},
    "for whom": {"title": "Praatgroep Nederlands voor vrouwen", "place": None, "organiser": None},
    "one evening of it": {
        "title": "Praatgroep Nederlands",
        "schedule": "2026-10-06 19:00-21:00",
        "organiser": None,
    }
    | {"start_date": None, "end_date": None, "place": None},
}


def judged(**changes):
    """Compare the record with itself as another source tells it, both ways round."""
    one = traits_of(read_proposal({"id": "a", **BASE}), source="csv:sheet.csv")
    told = {key: value for key, value in {**BASE, **changes}.items() if value is not None}
    other = traits_of(read_proposal({"id": "b", **told}), source="uitdatabank")
    likeness = compare(one, other)
    assert compare(other, one) == likeness
    return likeness


@pytest.mark.parametrize("changes", ONE_ACTIVITY.values(), ids=ONE_ACTIVITY)
def test_one_activity_told_twice_is_recognised(changes):
    assert judged(**changes).verdict == SAME, judged(**changes)


@pytest.mark.parametrize("changes", OTHER_ACTIVITY.values(), ids=OTHER_ACTIVITY)
def test_what_only_looks_the_same_is_kept_apart(changes):
    assert judged(**changes).verdict != SAME, judged(**changes)


SAME_MARKS = [
    ("Yoga voor dames", "Yoga vrouwen"),
    ("Yoga 55+", "Yoga voor 55-plussers"),
    ("Yoga kids", "Yoga voor kinderen"),
    ("Yoga 6-12 jaar", "Yoga (6 tot 12 jaar)"),
    ("Yoga reeks II", "Yoga - 2e reeks"),
    ("Yoga voor beginners", "Yoga (beginner)"),
    ("Yoga maandag", "Yoga maandagavond"),
    ("Yoga najaar 2026", "Yoga 2026-2027"),
    ("Yoga 10 lessen van 2 uur", "Yoga"),
    ("Yoga 19u30", "Yoga (19.30 uur)"),
]
OTHER_MARKS = [
    ("Nederlands A1", "Nederlands A2"),
    ("Nederlands 1.1", "Nederlands 1.2"),
    ("Yoga groep A", "Yoga groep B"),
    ("Yoga reeks I", "Yoga 2de reeks"),
    ("Yoga beginners", "Yoga gevorderden"),
    ("Yoga kinderen", "Yoga 18+"),
    ("Yoga 55-plus", "Yoga voor jongeren"),
    ("Yoga 6-8 jaar", "Yoga 9-12 jaar"),
    ("Yoga dames", "Yoga voor mannen"),
    ("Yoga 19u", "Yoga 20.15 uur"),
    ("Yoga 2025-2026", "Yoga 26-27"),
]


@pytest.mark.parametrize(("one", "other"), SAME_MARKS)
def test_one_mark_in_several_spellings_is_one(one, other):
    assert judged_titles(one, other).verdict == SAME


@pytest.mark.parametrize(("one", "other"), OTHER_MARKS)
def test_marks_of_parallel_groups_keep_them_apart_whatever_else_agrees(one, other):
    assert judged_titles(one, other).verdict == DIFFERENT


def judged_titles(one, other):
    records = [
        read_proposal({"id": "a", **BASE, "title": title, "organiser": "De Zon", "age_min": None})
        for title in (one, other)
    ]
    first, second = (
        traits_of(record, source=source) for record, source in zip(records, ("csv:a", "web"), strict=True)
    )
    return compare(first, second)


PLACES = {
    "street and number stand in the place": ({"place": "Dorpsstraat 23"}, SAME),
    "street, number and town stand in the place": ({"place": "De Wildeman, Dorpsstr. 23, Herent"}, SAME),
    "another name at the same address": ({"place": "Polyvalente zaal", "address": "Dorpsstraat 23 bus 2"}, SAME),
    "another address": ({"place": None, "address": "Kerkstraat 4"}, DOUBTFUL),
    "the same street, far along it": ({"place": None, "address": "Dorpsstraat 140"}, DOUBTFUL),
    "another hall": ({"place": "Sporthal De Kouter", "address": None}, DOUBTFUL),
    "another hall of the same sort": ({"place": "Gemeenschapscentrum De Kouter", "address": None}, DOUBTFUL),
}


@pytest.mark.parametrize(("told", "verdict"), PLACES.values(), ids=PLACES)
def test_a_place_is_known_by_its_address_and_by_what_it_is_called(told, verdict):
    base = {**BASE, "address": "Dorpsstraat 23"}
    one, other = (
        traits_of(
            read_proposal({"id": "a", **{key: value for key, value in fields.items() if value is not None}}),
            source=source,
        )
        for source, fields in (("csv:a", base), ("web", {**base, **told}))
    )
    assert compare(one, other).verdict == verdict, compare(one, other)


def test_a_title_that_names_an_hour_at_which_the_other_is_not_is_of_another_group():
    assert judged(title="Praatgroep Nederlands 20u30", schedule=None).verdict == DIFFERENT
    assert judged(title="Praatgroep Nederlands (donderdag)", schedule=None).verdict == DIFFERENT
    assert judged(title="Praatgroep Nederlands 19u (dinsdag)", schedule=None).verdict == SAME


def test_a_monthly_rule_and_the_dates_it_gives_are_the_same_times():
    def told(schedule):
        return traits_of(read_proposal({"id": "a", **BASE, "schedule": schedule}), source=schedule)

    rule, last = told("2e di 19:00-21:00"), told("laatste di 19:00-21:00")
    dates = told("2026-10-13 19:00-21:00; 2026-11-10 19:00-21:00; 2026-12-08 19:00-21:00")
    assert "same starts" in compare(rule, dates).why
    assert "same starts" not in compare(last, dates).why


def at(source, identifier, schedule):
    changes = {"id": identifier, "schedule": schedule}
    told = {key: value for key, value in {**BASE, **changes}.items() if value is not None}
    return traits_of(read_proposal(told), source=source)


def test_of_two_that_exclude_one_another_a_third_without_times_is_not_given_to_the_first():
    records = [at("one", "a", "di 19:00-21:00"), at("two", "b", "do 19:00-21:00"), at("three", "c", None)]
    found = group(records)
    assert sorted(found.clusters) == [(0,), (1,), (2,)]
    assert {frozenset((pair.a, pair.b)) for pair in found.doubtful} == {frozenset((0, 2)), frozenset((1, 2))}


def test_one_that_has_found_its_own_match_is_no_rival_any_more():
    records = [at("one", "a", "di 19:00-21:00"), at("one", "b", None)]
    records += [at("two", "c", "di 19:00-21:00"), at("two", "d", None)]
    found = group(records)
    assert sorted(found.clusters)[0] == (0, 2)


def test_a_typing_error_at_the_beginning_of_a_word_still_proposes_the_pair():
    told = {**BASE, "schedule": None, "title": "Lesclub"}
    records = [
        traits_of(read_proposal({"id": "a", **BASE, "title": "Leesclub"}), source="one"),
        traits_of(
            read_proposal({"id": "b", **{key: value for key, value in told.items() if value}}), source="two"
        ),
    ]
    assert group(records).clusters == [(0, 1)]


@pytest.mark.parametrize("changes", FOR_A_PERSON.values(), ids=FOR_A_PERSON)
def test_what_cannot_be_told_is_left_to_a_person(changes):
    likeness = judged(**changes)
    assert likeness.verdict == DOUBTFUL, likeness
    assert likeness.why


def test_what_decides_is_said_in_words():
    assert judged(schedule="do 19:00-21:00") == Likeness(DIFFERENT, -inf, "other times")
    assert judged(municipality="Gent", postal_code="9000") == Likeness(DIFFERENT, -inf, "another postal code")


@pytest.mark.parametrize("seed", SEEDS)
def test_in_one_source_only_likely_twins_are_recognised_and_the_outcome_is_that_of_all(seed):
    chance = random.Random(seed)
    told = [record for _, record in world(TUNED_ON[:1], seed=seed).records]
    for record in chance.sample(told, 30):
        # The same again, and as another place, day or title of the organiser would have it.
        other = chance.choice(
            [{}, {"title": f"{record.title} volzet"}, {"postal_code": "9999"}, {"end_date": None}]
        )
        told.append(record.model_copy(update=other))
    told = [record.model_copy(update={"id": f"r-{number:04d}"}) for number, record in enumerate(told)]
    records = [made_record(record, source="uitdatabank", file="uit.json") for record in told]
    decisions = {frozenset((records[0].key, records[1].key)): "same"}
    found = compare_records(records, decisions=decisions, progress=lambda done, total: None)
    all_of_them = group([traits_of(record, source="uitdatabank") for record in told], decisions=decisions)
    assert (0, 1) in found.clusters
    assert found.doubtful == all_of_them.doubtful != []
    assert sorted(found.clusters) == sorted(all_of_them.clusters)
    assert [record.traits for record in records] == [traits_of(record, source="uitdatabank") for record in told]


@pytest.mark.parametrize(("seed", "part", "bits"), [(1, 7, 24), (2, 64, 9), (3, 4096, 16)])
def test_the_pairs_to_compare_are_all_that_share_a_key_over_sources(monkeypatch, seed, part, bits):
    records = world(TUNED_ON[:1], seed=seed).traits
    monkeypatch.setattr(pairing, "PART", part)
    monkeypatch.setattr(pairing, "SEEN_BITS", bits)
    monkeypatch.setattr(pairing, "SEEN_SHIFT", np.uint64(64 - bits))
    by_key = defaultdict(list)
    for position, one in enumerate(records):
        for key in set(pairing._keys(one)):
            by_key[key].append(position)
    expected = set()
    for block in by_key.values():
        pairs = [pair for pair in combinations(block, 2) if len({records[at].source for at in pair}) > 1]
        expected |= set(pairs) if len(pairs) <= pairing.MOST_IN_BLOCK else set()
    found = set(pairing._candidates(records))
    assert expected
    assert {pair for pair in found if len({records[at].source for at in pair}) > 1} == expected
