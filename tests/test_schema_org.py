from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offers import TODAY, activities, coming_sessions

from matcher.model import Proposal
from matcher.readers.csv_offer import read_offer
from matcher.readers.schema_org import read_schema_org
from matcher.vocabulary import data_folder
from matcher.writers.schema_org import write_schema_org

SAMPLES = Path(__file__).parent / "data" / "schema_org"
ANY_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
EVENING = {"startDate": "2026-11-24T19:00", "endDate": "2026-11-24T21:00"}
WEEKLY = {
    "@type": "Schedule",
    "startDate": "2026-11-24",
    "repeatFrequency": "P1W",
    "byDay": "https://schema.org/Tuesday",
    "startTime": "19:00",
    "endTime": "21:00",
}


def read(path):
    found = list(read_schema_org(path, today=TODAY))
    records = [one for one in found if isinstance(one, Proposal)]
    return records, [one for one in found if not isinstance(one, Proposal)]


@pytest.fixture
def read_text(tmp_path):
    def read_text_(text, *, encoding="utf-8"):
        file = tmp_path / "page"
        file.write_bytes(text.encode(encoding))
        return read(file)

    return read_text_


@pytest.fixture
def read_event(read_text):
    def read_event_(**more):
        (record,), problems = read_text(json.dumps({"@type": "Event", "@id": "urn:1", "name": "Praatcafé"} | more))
        return record, problems

    return read_event_


def page(*scripts, head=""):
    tags = "".join(f'<script type="application/ld+json">{script}</script>\n' for script in scripts)
    return f"<!doctype html><html><head>{head}</head><body>\n{tags}</body></html>"


def an_event(name="Praatcafé", **more):
    return (
        {"@context": "https://schema.org", "@type": "Event", "@id": f"urn:{name}", "name": name} | EVENING | more
    )


def codes(problems):
    return [(problem.severity, problem.code) for problem in problems]


# Pages as sites publish them


def test_a_page_of_wordpress():
    (record,), problems = read(SAMPLES / "wordpress_events_calendar.html")
    assert codes(problems) == [("error", "json"), ("note", "organiser_assumed")]
    assert problems[0].place == "script 3 (line 13) line 2"
    found = record.to_json()
    assert found.pop("id").startswith("web-https-delinde-example-org-activiteit-praatcafe-")
    assert found == {
        "title": "Praatcafé – iedereen welkom",
        "description": "Oefen je Nederlands & leer mensen kennen.",
        "organiser": "Buurtcentrum De Linde (verzonnen)",
        "schedule": "2026-12-08 19:00-21:00",
        "start_date": "2026-12-08",
        "end_date": "2026-12-08",
        "place": "Buurtcentrum De Linde",
        "address": "Lindestraat 3",
        "postal_code": "3020",
        "municipality": "Winksele",
        "lat": 50.897,
        "lon": 4.65,
        "price_eur": 0.0,
        "url": "https://delinde.example.org/activiteit/praatcafe/",
        "source": "schema.org",
        "source_url": "https://delinde.example.org/activiteit/praatcafe/",
        "assumed": ["organiser"],
    }


def test_a_page_of_drupal():
    (record,), problems = read(SAMPLES / "drupal.html")
    assert codes(problems) == [("warning", "price")]
    assert problems[0].place == "script 1 (line 5) /@graph/0"
    assert record.title == "Fietslessen voor volwassenen – beginners"
    assert (str(record.schedule), [str(pause) for pause in record.pauses]) == (
        "za 09:30-11:30",
        ["2026-12-05..2026-12-05"],
    )
    assert (record.price_eur, record.price_note) == (None, "Basistarief: 60,00 EUR; Kansentarief: 12,00 EUR")
    assert (record.capacity, record.places_left, record.age_min, record.audience) == (12, 3, 18, ("women",))
    assert (record.language, record.interests) == ("nl", ("cycling",))
    assert record.phone == "016 00 00 00"


def test_a_page_of_an_openactive_feed():
    (record,), problems = read(SAMPLES / "openactive_feed.json")
    assert problems == []
    assert (record.kind, record.interests, record.price_eur) == ("sport", ("badminton",), 4.0)
    assert str(record.schedule) == "ma 20:00-22:00; wo 20:00-22:00; 2026-11-28 10:00-12:00"
    assert [str(pause) for pause in record.pauses] == ["2026-11-25..2026-11-25", "2026-12-21..2026-12-23"]


def test_json_ld_by_hand():
    records, problems = read(SAMPLES / "schedule.jsonld")
    assert codes(problems) == [
        ("warning", "price"),
        ("warning", "hours_unknown"),
        ("warning", "postponed"),
        ("note", "organiser_assumed"),
    ]
    club, course, online, feast = records
    assert (club.title, club.organiser, str(club.schedule)) == (
        "Leesgroep",
        "Bibliotheek (verzonnen)",
        "1e do 19:30-21:30",
    )
    assert (course.title, course.kind, course.language) == ("Nederlands 1.1", "course", "nl")
    assert (course.organiser, course.description) == ("Centrum (verzonnen)", "Spreken\nLuisteren")
    assert (online.place, online.start_date, online.schedule) == ("online", date(2027, 2, 2), None)
    assert (feast.schedule, feast.start_date) == (None, None)


def test_no_person_is_taken_over():
    for sample in SAMPLES.glob("*.[hj]*"):
        records, problems = read(sample)
        text = " ".join(map(str, [record.to_json() for record in records] + problems))
        assert "Persoon" not in text
        assert "0470" not in text


# Times


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-11-24T19:00:00+01:00", "2026-11-24T21:00:00+01:00", "2026-11-24 19:00-21:00"),
        ("2026-11-24T18:00:00Z", "2026-11-24T20:00:00Z", "2026-11-24 19:00-21:00"),
        ("2026-11-24T19:00", "2026-11-24T21:00", "2026-11-24 19:00-21:00"),
        ("2026-11-24 19:00:00", "2026-11-24 21:00:00", "2026-11-24 19:00-21:00"),
        ("2026-12-31T22:00", "2027-01-01T02:00", "2026-12-31 22:00-24:00; 2027-01-01 00:00-02:00"),
    ],
)
def test_a_moment_is_told_in_the_time_of_brussels(read_event, start, end, text):
    record, problems = read_event(startDate=start, endDate=end)
    assert (str(record.schedule), problems) == (text, [])


RHYTHM = {"repeatFrequency": "P1W", "startTime": "19:00", "endTime": "21:00"}


def test_the_rhythm_of_a_run_of_a_course_is_its_schedule(read_event):
    rhythm = {"repeatFrequency": "Weekly", "repeatCount": 20, "duration": "PT3H", "startTime": "09:00"}
    record, _ = read_event(
        **{"@type": "CourseInstance"}, startDate="2026-12-01", endDate="2027-06-30", courseSchedule=rhythm
    )
    assert (str(record.schedule), str(record.end_date)) == ("di 09:00-12:00", "2027-04-13")


def test_a_rhythm_without_an_end_stops_with_its_event(read_event):
    record, _ = read_event(startDate="2026-12-01", endDate="2027-06-30", eventSchedule=RHYTHM)
    assert (str(record.schedule), str(record.end_date)) == ("di 19:00-21:00", "2027-06-29")


def test_a_rhythm_until_the_year_9999_has_no_end(read_event):
    record, _ = read_event(startDate="2026-12-01T19:00", eventSchedule={**RHYTHM, "endDate": "9999-12-31"})
    assert (str(record.schedule), record.end_date) == ("di 19:00-21:00", None)


def test_an_end_before_the_start_is_the_next_day_at_night_only(read_event):
    record, _ = read_event(startDate="2026-12-01", eventSchedule={**RHYTHM, "endTime": "02:00"})
    assert str(record.schedule) == "di 19:00-24:00; wo 00:00-02:00"
    record, problems = read_event(startDate="2026-12-01", eventSchedule={**RHYTHM, "endTime": "18:00"})
    assert (record.schedule, codes(problems)) == (None, [("warning", "end_before_start")])


@pytest.mark.parametrize(
    "location",
    [
        "Buurthuis, Kerkstraat 1, 3020 Herent",
        {"@type": "Place", "name": "Buurthuis", "address": "Kerkstraat 1, 3020 Herent, België"},
    ],
)
def test_an_address_in_one_text_is_taken_apart(read_event, location):
    record, _ = read_event(location=location)
    found = (record.place, record.address, record.postal_code, record.municipality)
    assert found == ("Buurthuis", "Kerkstraat 1", "3020", "Herent")


@pytest.mark.parametrize(
    ("text", "ages"),
    [("vanaf 16 jaar", (16, None)), ("alle leeftijden", (0, None)), ("lagere school", (None, None))],
)
def test_ages_in_words_are_understood(read_event, text, ages):
    record, _ = read_event(typicalAgeRange=text)
    assert (record.age_min, record.age_max) == ages


@pytest.mark.parametrize(
    ("title", "key", "value"),
    [
        ("GEANNULEERD: Yoga", "status", "cancelled"),
        ("Yoga - VOLZET", "places_left", 0),
        ("Yoga (uitgesteld)", "start_date", None),
    ],
)
def test_what_is_written_beside_a_title_is_understood(read_event, title, key, value):
    record, _ = read_event(name=title)
    assert (record.title, getattr(record, key)) == ("Yoga", value)


@pytest.mark.parametrize(
    ("times", "end"),
    [
        ({"startDate": "2026-12-05T18:00", "endDate": "2026-12-07T16:00"}, "2026-12-07"),
        ({"startDate": "2026-12-05T18:00", "endDate": "2026-12-07"}, "2026-12-07"),
        ({"startDate": "2026-12-05"}, "2026-12-05"),
        ({"startDate": "2026-12-05", "endDate": "2026-12-06"}, "2026-12-06"),
        ({"startDate": "2026-12-05T00:00:00+01:00", "endDate": "2026-12-06T23:59:59+01:00"}, "2026-12-06"),
        ({"startDate": "2026-12-05T10:00", "endDate": "2026-12-08T17:00"}, "2026-12-08"),
        ({"startDate": "2026-12-05T10:00"}, "2026-12-05"),
    ],
)
def test_days_without_hours_are_dates_without_a_schedule(read_event, times, end):
    record, problems = read_event(**times)
    assert (record.schedule, str(record.start_date), str(record.end_date)) == (None, "2026-12-05", end)
    assert codes(problems) == [("warning", "hours_unknown")]


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ({"startDate": "morgen"}, "date"),
        ({"startDate": "9999-12-31T10:00"}, "date"),
        ({"startDate": "1066-10-14"}, "date"),
        ({"startDate": 20261124}, "date"),
        ({"startDate": "2026-12-05T10:00", "endDate": "2026-12-05T09:00"}, "end_before_start"),
        ({"startDate": "2026-12-05", "endDate": "2026-12-04"}, "end_before_start"),
    ],
)
def test_dates_that_cannot_be_meant_are_one_problem_and_the_rest_loads(read_text, times, code):
    records, problems = read_text(json.dumps([an_event("Een"), an_event("Twee") | {"endDate": None} | times]))
    assert [record.title for record in records] == ["Een"]
    assert codes(problems) == [("error", code)]
    assert problems[0].place.startswith("/1/")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "di 19:00-21:00"),
        ({"repeatFrequency": "weekly"}, "di 19:00-21:00"),
        ({"repeatFrequency": "P7D"}, "di 19:00-21:00"),
        ({"repeatFrequency": "P2W"}, "2w di 19:00-21:00"),
        ({"endTime": None, "duration": "PT90M"}, "di 19:00-20:30"),
        ({"byDay": ["Tuesday", "https://schema.org/Thursday"]}, "di 19:00-21:00; do 19:00-21:00"),
        ({"repeatFrequency": "P1M", "byMonthWeek": [2, 4]}, "2e di 19:00-21:00; 4e di 19:00-21:00"),
        ({"repeatFrequency": "P1M", "byDay": "-1TU"}, "laatste di 19:00-21:00"),
        ({"startTime": "22:00", "endTime": "00:00"}, "di 22:00-24:00"),
        ({"startTime": "22:00:00", "endTime": "01:00:00"}, "di 22:00-24:00; wo 00:00-01:00"),
        ({"startTime": "18:00", "endTime": "20:00", "scheduleTimezone": "Europe/London"}, "di 19:00-21:00"),
    ],
)
def test_a_schedule_becomes_a_rule(read_event, changes, text):
    record, problems = read_event(eventSchedule=WEEKLY | changes)
    assert (str(record.schedule), str(record.start_date), record.end_date) == (text, "2026-11-24", None)
    assert problems == []


def test_a_schedule_starts_with_its_first_session(read_event):
    record, _ = read_event(eventSchedule=WEEKLY | {"startDate": "2026-11-23", "endDate": "2027-01-01"})
    assert [day.isoformat() for day, _, _ in coming_sessions(record)][::5] == ["2026-11-24", "2026-12-29"]


def test_a_schedule_without_a_start_has_no_start_date(read_event):
    record, problems = read_event(eventSchedule=WEEKLY | {"startDate": None})
    assert (str(record.schedule), record.start_date, problems) == ("di 19:00-21:00", None, [])


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"repeatFrequency": "soms"}, "/eventSchedule/repeatFrequency"),
        ({"repeatFrequency": None}, "/eventSchedule/repeatFrequency"),
        ({"repeatFrequency": "PT1H"}, "/eventSchedule/repeatFrequency"),
        ({"repeatFrequency": "P2W", "startDate": None}, "/eventSchedule/startDate"),
        ({"byDay": "https://schema.org/PublicHolidays"}, "/eventSchedule/byDay"),
        ({"byMonthWeek": 2}, "/eventSchedule/byMonthWeek"),
        ({"startTime": "19:00:00+01:00"}, "/eventSchedule/startTime"),
        ({"startTime": "25:00"}, "/eventSchedule/startTime"),
        ({"duration": "PT1H"}, "/eventSchedule/duration"),
        ({"exceptDate": "met Kerstmis"}, "/eventSchedule/exceptDate"),
        ({"scheduleTimezone": "../../etc/passwd"}, "/eventSchedule/scheduleTimezone"),
        ({"repeatCount": 0}, "/eventSchedule/RRULE"),
    ],
)
def test_a_schedule_of_which_a_part_is_not_understood_is_left_unknown(read_event, changes, place):
    record, problems = read_event(eventSchedule=WEEKLY | changes)
    assert record.schedule is None
    assert [(problem.severity, problem.place) for problem in problems] == [("warning", place)]


def test_sessions_beside_a_schedule_are_added_and_cancelled_ones_fall_out(read_event):
    subs = [
        {"@type": "Event", "startDate": "2026-12-01T19:00", "eventStatus": "https://schema.org/EventCancelled"},
        {"@type": "Event", "startDate": "2026-12-02T19:00", "endDate": "2026-12-02T20:00"},
        {"@type": "Event", "startDate": "2026-12-08T19:00", "endDate": "2026-12-08T21:00"},
    ]
    record, problems = read_event(eventSchedule=WEEKLY, subEvent=subs)
    assert str(record.schedule) == "di 19:00-21:00; 2026-12-02 19:00-20:00"
    assert [str(pause) for pause in record.pauses] == ["2026-12-01..2026-12-01"]
    assert problems == []


def test_sub_events_with_a_name_of_their_own_are_activities(read_text):
    event = an_event("Week van de buren", subEvent=[an_event("Kookles"), an_event("Wandeling")])
    event |= {"location": {"@type": "Place", "name": "Dorpsplein"}}
    records, _ = read_text(json.dumps(event))
    assert [(one.title, one.place) for one in records] == [
        ("Week van de buren", "Dorpsplein"),
        ("Kookles", "Dorpsplein"),
        ("Wandeling", "Dorpsplein"),
    ]


def test_an_event_of_a_series_takes_over_what_the_series_says(read_text):
    series = {"@type": "EventSeries", "name": "Kookclub", "location": {"@type": "Place", "name": "De Kei"}}
    (record,), _ = read_text(json.dumps({"@type": "Event", "@id": "urn:1", "superEvent": series} | EVENING))
    assert (record.title, record.place) == ("Kookclub", "De Kei")


def test_a_series_that_refers_to_itself_ends(read_text):
    loop = {
        "@type": "Event",
        "@id": "urn:1",
        "name": "Lus",
        "superEvent": {"@id": "urn:1"},
        "subEvent": {"@id": "urn:1"},
    }
    records, problems = read_text(json.dumps(loop | EVENING))
    assert len(records) + len(problems) < 100


# What it says


@pytest.mark.parametrize(
    ("offers", "money"),
    [
        ({"price": 0}, {"price_eur": 0.0}),
        ({"price": "0.00", "priceCurrency": "EUR"}, {"price_eur": 0.0}),
        ({"price": "2,50", "priceCurrency": "EUR"}, {"price_eur": 2.5}),
        ({"price": "€ 5"}, {"price_eur": 5.0}),
        ({"price": 5}, {"price_note": "5"}),
        ({"price": 5, "priceCurrency": "GBP"}, {"price_note": "5 GBP"}),
        ({"price": ""}, {}),
        ({}, {}),
        ({"price": 9, "priceCurrency": "EUR", "validThrough": "2026-01-01"}, {}),
        ({"priceSpecification": {"price": 3, "priceCurrency": "EUR"}}, {"price_eur": 3.0}),
        ({"lowPrice": 2, "highPrice": 9, "priceCurrency": "EUR"}, {"price_note": "2-9 EUR"}),
        (
            [
                {"name": "Basistarief", "price": 6, "priceCurrency": "EUR"},
                {"name": "Kansentarief", "price": 1.2, "priceCurrency": "EUR"},
            ],
            {
                "price_eur": 6.0,
                "reduced_price_eur": 1.2,
                "price_note": "Basistarief: 6 EUR; Kansentarief: 1.2 EUR",
            },
        ),
        (
            [{"name": "A", "price": 6, "priceCurrency": "EUR"}, {"name": "B", "price": 8, "priceCurrency": "EUR"}],
            {"price_note": "A: 6 EUR; B: 8 EUR"},
        ),
        (
            {
                "name": "Lidgeld",
                "price": 60,
                "priceCurrency": "EUR",
                "priceSpecification": {"unitText": "per jaar"},
            },
            {"price_eur": 60.0, "price_note": "Lidgeld: 60 EUR"},
        ),
    ],
)
def test_a_price_is_taken_where_it_is_clear(read_event, offers, money):
    record, problems = read_event(**EVENING, offers=offers)
    found = record.to_json()
    assert {key: found[key] for key in found if "price" in key or "fee" in key} == money
    unclear = "price_note" in money and "price_eur" not in money
    assert codes(problems) == ([("warning", "price")] if unclear else [])


def test_a_price_of_a_whole_series_is_not_that_of_a_session(read_event):
    offers = {"price": 60, "priceCurrency": "EUR"}
    record, problems = read_event(eventSchedule=WEEKLY, offers=offers)
    assert (record.price_eur, record.price_note, codes(problems)) == (None, "60 EUR", [("warning", "price")])
    unit = {"@type": "UnitPriceSpecification", "price": 4, "priceCurrency": "EUR", "unitText": "per les"}
    record, problems = read_event(eventSchedule=WEEKLY, offers={"priceSpecification": unit})
    assert (record.price_eur, problems) == (4.0, [])


def test_free_is_a_price_and_silence_is_none(read_event):
    assert read_event(**EVENING, isAccessibleForFree=True)[0].price_eur == 0
    assert read_event(**EVENING, isAccessibleForFree=False)[0].price_eur is None
    both = {"isAccessibleForFree": True, "offers": {"price": 5, "priceCurrency": "EUR"}}
    record, problems = read_event(**EVENING, **both)
    assert (record.price_eur, codes(problems)) == (None, [("warning", "price")])


@pytest.mark.parametrize(
    ("given_", "key", "value"),
    [
        ({"inLanguage": "nl-BE"}, "language", "nl-BE"),
        ({"inLanguage": ["nl", "fr"]}, "language", "nl+"),
        ({"inLanguage": {"@type": "Language", "name": "Nederlands"}}, "language", "nl"),
        ({"inLanguage": "en"}, "language", "en"),
        ({"inLanguage": "mul"}, "language", None),
        ({"inLanguage": "onze taal"}, "language", None),
        ({"typicalAgeRange": "18+"}, "age_min", 18),
        ({"typicalAgeRange": "6-12"}, "age_max", 12),
        ({"typicalAgeRange": "18-"}, "age_min", None),
        ({"typicalAgeRange": "volwassenen"}, "age_min", 18),
        ({"audience": {"@type": "PeopleAudience", "suggestedMinAge": 55}}, "age_min", 55),
        (
            {"audience": {"@type": "Audience", "audienceType": "ouders, jongeren"}},
            "audience",
            ("parents", "youth"),
        ),
        ({"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"}, "place", "online"),
        ({"location": {"@type": "VirtualLocation", "url": "https://meet.example.org"}}, "place", "online"),
        ({"location": "De Kei, Dorpsstraat 1"}, "place", "De Kei, Dorpsstraat 1"),
        ({"location": {"@type": "Place", "name": {"@value": "De Kei"}}}, "place", "De Kei"),
        ({"maximumAttendeeCapacity": "12"}, "capacity", 12),
        ({"remainingAttendeeCapacity": 0}, "places_left", 0),
        ({"offers": {"price": 0, "availability": "https://schema.org/SoldOut"}}, "places_left", 0),
        ({"eventStatus": "http://schema.org/EventCancelled"}, "status", "cancelled"),
        ({"eventStatus": "EventRescheduled"}, "status", None),
        ({"organizer": {"@type": "SportsClub", "name": "Club"}}, "organiser", "Club"),
        ({"organizer": {"@type": "Person", "name": "Jan"}}, "organiser", None),
        ({"organizer": {"@type": ["Person", "Organization"], "name": "Jan"}}, "organiser", None),
        ({"organizer": "Jan"}, "organiser", None),
        ({"url": "mailto:jan@example.org"}, "url", None),
        ({"dateModified": "2026-11-01T10:00:00Z"}, "last_verified", date(2026, 11, 1)),
        ({"dateModified": "2030-01-01"}, "last_verified", None),
        ({"description": "a" * 30_000}, "start_date", date(2026, 11, 24)),
        ({"location": {"@type": "Place", "geo": {"latitude": "95.0", "longitude": "4.0"}}}, "lat", None),
    ],
)
def test_each_key_is_taken_as_far_as_it_is_understood(read_event, given_, key, value):
    record, _ = read_event(**EVENING, **given_)
    assert getattr(record, key) == value


# Files


def test_the_scripts_of_a_page_are_read_each_by_itself(read_text):
    same_key = '{"@type": "Event", "name": "A", "name": "B"}'
    text = page(json.dumps(an_event("Een")), same_key, "<!-- " + json.dumps(an_event("Twee")) + " -->", "{")
    records, problems = read_text(text)
    assert [record.title for record in records] == ["Een", "Twee"]
    assert [problem.place for problem in problems] == ["script 2 (line 3)", "script 4 (line 5)"]
    assert codes(problems) == [("error", "json"), ("error", "json")]


def test_an_event_that_stands_twice_is_one(read_text):
    records, problems = read_text(page(json.dumps(an_event()), json.dumps(an_event())))
    assert (len(records), problems) == (1, [])


def test_events_with_one_address_are_told_apart_by_name_and_start(read_text):
    url = {"@id": None, "url": "https://example.org/agenda"}
    records, problems = read_text(json.dumps([an_event("Een") | url, an_event("Twee") | url]))
    assert len({record.id for record in records}) == 2
    assert problems == []


@pytest.mark.parametrize(
    ("encoding", "meta"), [("utf-8", "utf-8"), ("cp1252", "windows-1252"), ("utf-16", "utf-16")]
)
def test_a_page_is_read_in_its_own_encoding(read_text, encoding, meta):
    script = json.dumps(an_event("Café Één"), ensure_ascii=False)
    (record,), _ = read_text(page(script, head=f'<meta charset="{meta}">'), encoding=encoding)
    assert record.title == "Café Één"


def test_an_event_is_found_wherever_it_stands(read_text):
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": an_event("Een")}]}
    for text in ({"@graph": [listed]}, [[listed]], {"@type": "Place", "event": an_event("Een")}):
        (record,), _ = read_text(json.dumps(text))
        assert record.title == "Een"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("error", "json")),
        ("BEGIN:VCALENDAR", ("error", "json")),
        ('{"@type": "Event"', ("error", "json")),
        ("[" * 100_000, ("error", "json")),
        ('{"@type": "Event", "name": NaN}', ("error", "json")),
        ("<p>Geen agenda</p>", ("error", "no_json_ld")),
        ("<", ("error", "no_json_ld")),
        ('{"@type": "WebPage"}', ("warning", "empty")),
        ("[]", ("warning", "empty")),
    ],
)
def test_what_holds_no_event_is_one_problem(read_text, text, found):
    records, problems = read_text(text)
    assert (records, codes(problems)) == ([], [found])


def test_another_encoding_of_json_is_one_problem(read_text):
    records, problems = read_text(json.dumps(an_event(), ensure_ascii=False), encoding="cp1252")
    assert (records, codes(problems)) == ([], [("error", "json")])


def test_a_file_beyond_the_bound_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr("matcher.readers.schema_org.pages.MOST_BYTES", 100)
    (tmp_path / "a.jsonld").write_text(json.dumps(an_event()), encoding="utf-8")
    assert codes(read(tmp_path / "a.jsonld")[1]) == [("error", "too_large")]


def test_an_event_without_a_name_is_one_problem(read_text):
    records, problems = read_text(json.dumps([an_event(), {"@type": "Event"} | EVENING]))
    assert len(records) == 1
    assert [(problem.severity, problem.key) for problem in problems] == [("error", "title")]


@pytest.mark.slow
@ANY_FOLDER
@given(
    st.sampled_from(sorted(SAMPLES.glob("*.[hj]*"))),
    st.lists(
        st.tuples(
            st.integers(0, 6000),
            st.integers(0, 60),
            st.binary(max_size=20)
            | st.sampled_from(
                [b"{", b"}", b"[", b"]", b'"', b",", b"null", b"1e999", b'{"@id":"x"}', b"</script>"]
            ),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_a_damaged_page_gives_records_and_problems(tmp_path, sample, damage):
    content = sample.read_bytes()
    for at, n_lost, put in damage:
        content = content[:at] + put + content[at + n_lost :]
    (tmp_path / "page").write_bytes(content)
    for one in read_schema_org(tmp_path / "page", today=TODAY):
        assert isinstance(one, Proposal) or str(one)


_KEYS = st.sampled_from(
    re.findall(
        r"\S+",
        """
        @id @type name startDate endDate duration eventSchedule subEvent superEvent
        location offers organizer inLanguage repeatFrequency byDay byMonthDay byMonthWeek exceptDate
        startTime endTime price priceSpecification geo latitude typicalAgeRange audience eventStatus
        url description keywords @value @language @graph @list
        """,
    )
)
_VALUES = st.recursive(
    st.sampled_from(
        [
            "Event",
            "Schedule",
            "Place",
            "2026-12-01",
            "2026-12-01T19:00",
            "P1W",
            "PT2H",
            "Tuesday",
            "19:00",
            "18-",
            "",
        ]
        + ["urn:1", "0", "-1", "9" * 400, "\ud800x"[1:], "https://schema.org/EventCancelled"]
    )
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.slow
@ANY_FOLDER
@given(st.dictionaries(_KEYS, _VALUES, max_size=12))
def test_any_event_gives_records_and_problems(tmp_path, event):
    (tmp_path / "page").write_text(json.dumps({"name": "A", **event, "@type": "Event"}), encoding="utf-8")
    for one in read_schema_org(tmp_path / "page", today=TODAY):
        assert isinstance(one, Proposal) or str(one)


# Written and read back


@pytest.mark.slow
@ANY_FOLDER
@given(st.lists(activities(), max_size=4, unique_by=lambda activity: activity.id))
def test_an_offer_reads_back_with_its_title_place_url_and_sessions(tmp_path, offer):
    file = tmp_path / "offer.jsonld"
    notes = write_schema_org(offer, file, today=TODAY)
    records, problems = read(file)
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert {note.key for note in notes} == {one.id for one in offer if not coming_sessions(one)}
    kept = [(one.title, one.place, one.url, one.price_eur, coming_sessions(one)) for one in offer]
    assert [(one.title, one.place, one.url, one.price_eur, coming_sessions(one)) for one in records] == kept


@pytest.mark.slow
def test_the_demonstration_offer_keeps_more_than_it_must(tmp_path):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    write_schema_org(offer, tmp_path / "a.jsonld", today=TODAY)
    write_schema_org(offer, tmp_path / "b.jsonld", today=TODAY)
    assert (tmp_path / "a.jsonld").read_bytes() == (tmp_path / "b.jsonld").read_bytes()
    records, _ = read(tmp_path / "a.jsonld")
    keys = "title description organiser place address lat price_eur reduced_price_eur fee_eur age_min language"
    for one, other in zip(offer, records, strict=True):
        assert [getattr(one, key) for key in keys.split()] == [getattr(other, key) for key in keys.split()]
        assert set(one.interests) == set(other.interests)
        assert set(one.audience) == set(other.audience)


def test_what_is_written_may_stand_in_a_page(tmp_path, read_text):
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    evil = offer[1].model_copy(update={"title": "Koken</script><script>alert(1)</script> & <b>eten</b>"})
    write_schema_org([evil], tmp_path / "a.jsonld", today=TODAY)
    text = (tmp_path / "a.jsonld").read_text(encoding="utf-8")
    assert not set("<>&") & set(text)
    (record,), _ = read_text(page(text))
    assert record.title == evil.title
