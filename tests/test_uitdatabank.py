import copy
import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.errors import Problem
from matcher.model import Proposal, read_proposal
from matcher.readers.uitdatabank import read_uitdatabank
from matcher.readers.uitdatabank.documents import MOST_DOCUMENT
from matcher.readers.uitdatabank.series import folded
from matcher.readers.uitdatabank.terms import terms
from matcher.schedule import Once, Schedule, Weekly
from matcher.vocabulary import FACILITIES, KINDS, data_folder, interests, lineage

TODAY = date(2026, 11, 23)
FIXTURES = Path(__file__).parent / "data" / "uitdatabank"
UUID = "23017cb7-e515-47b4-87c4-780735acc942"
EVENT = {
    "@id": f"https://io.uitdatabank.be/events/{UUID}",
    "@type": "Event",
    "mainLanguage": "nl",
    "name": {"nl": "Samen koken"},
    "terms": [{"id": "0.28.0.0.0", "label": "Festiviteit", "domain": "eventtype"}],
    "location": {
        "@id": "https://io.uitdatabank.be/places/179c89c5-dba4-417b-ae96-62e7a12c2405",
        "name": {"nl": "De Wildeman"},
        "address": {
            "nl": {
                "addressCountry": "BE",
                "addressLocality": "Winksele (Herent)",
                "postalCode": "3020",
                "streetAddress": "Schoolstraat 15",
            }
        },
        "geo": {"latitude": 50.91, "longitude": 4.67},
    },
    "calendarType": "single",
    "startDate": "2026-12-05T13:00:00+00:00",
    "endDate": "2026-12-05T16:00:00+00:00",
    "workflowStatus": "APPROVED",
}


def read_file(path):
    found = list(read_uitdatabank(path, today=TODAY))
    return [one for one in found if isinstance(one, Proposal)], [one for one in found if isinstance(one, Problem)]


@pytest.fixture
def read(tmp_path):
    """Read a text, or what is written as JSON."""

    def read_content(content, *, name="events.json"):
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)

    return read_content


@pytest.fixture
def one(read):
    """Read one event: the usual one with other fields; None takes a field away."""

    def read_one(**fields):
        event = {key: value for key, value in {**EVENT, **fields}.items() if value is not None}
        proposals, problems = read(event)
        return (proposals[0].to_json() if proposals else None), problems

    return read_one


def only(problems) -> Problem:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def codes(problems):
    return [problem.code for problem in problems]


def on(day, start="14:00:00", end="16:00:00", **more):
    return {"startDate": f"{day}T{start}+01:00", "endDate": f"{day}T{end}+01:00", **more}


def dated(*parts, kind="multiple"):
    return {"calendarType": kind, "startDate": None, "endDate": None, "subEvent": list(parts)}


def opened(*rows, **more):
    return {"calendarType": "permanent", "startDate": None, "endDate": None, "openingHours": list(rows), **more}


def hours(opens, closes, *days, **more):
    return {"opens": opens, "closes": closes, "dayOfWeek": list(days), **more}


# The sample documents

EXPECTED = {
    "event-original-modified.json": "2017-04-22 10:00-18:00",
    "event-original-periodic-with-adjusted-day-exceptional-opening.json": (
        "ma 09:00-17:00; di 09:00-17:00; wo 09:00-17:00; do 09:00-17:00; vr 09:00-17:00; 2017-02-11 10:00-14:00"
    ),
    "event-original-periodic-with-adjusted-multi-day-range.json": (
        "ma 09:00-17:00; di 09:00-17:00; wo 09:00-17:00; do 09:00-17:00; vr 09:00-17:00; "
        "2017-02-08 10:00-13:00; 2017-02-09 10:00-13:00"
    ),
    "event-original-periodic-with-midnight-crossing-opening-hours.json": (
        "ma 09:00-12:00; di 20:00-24:00; wo 00:00-02:00"
    ),
    "event-original-periodic-with-multiple-adjusted-ranges.json": (
        "ma 09:00-17:00; di 09:00-17:00; wo 09:00-17:00; do 09:00-17:00; vr 09:00-17:00; "
        "2017-02-07 10:00-16:00; 2017-02-09 11:00-15:00"
    ),
    "event-original-periodic-with-opening-hours.json": (
        "ma 09:00-12:00; ma 13:00-18:00; di 09:00-12:00; di 13:00-18:00; wo 09:00-12:00; wo 13:00-18:00; "
        "do 09:00-12:00; do 13:00-18:00; vr 09:00-12:00; vr 13:00-18:00; za 10:00-14:00"
    ),
    "event-original-periodic.json": None,
    "event-original-permanent-with-closed-days.json": (
        "ma 09:00-12:00; ma 13:00-18:00; di 09:00-12:00; di 13:00-18:00; wo 09:00-12:00; wo 13:00-18:00; "
        "do 09:00-12:00; do 13:00-18:00; vr 09:00-12:00; vr 13:00-18:00; za 10:00-14:00; za 15:00-19:00; "
        "zo 10:00-14:00"
    ),
    "event-original-permanent-with-midnight-crossing-opening-hours.json": (
        "ma 09:00-12:00; ma 13:00-18:00; di 09:00-12:00; di 13:00-18:00; wo 09:00-12:00; wo 13:00-18:00; "
        "do 09:00-12:00; do 13:00-18:00; vr 09:00-12:00; vr 13:00-18:00; za 10:00-14:00; za 22:00-24:00; "
        "zo 00:00-02:00; zo 10:00-14:00"
    ),
    "event-original-permanent-with-multiple-closed-ranges.json": (
        "ma 09:00-12:00; ma 13:00-18:00; di 09:00-12:00; di 13:00-18:00; wo 09:00-12:00; wo 13:00-18:00; "
        "do 09:00-12:00; do 13:00-18:00; vr 09:00-12:00; vr 13:00-18:00; za 10:00-14:00; za 15:00-19:00; "
        "zo 10:00-14:00"
    ),
    "event-original-permanent.json": None,
    "event-original-with-attendance-mode-mixed.json": "2017-04-22 12:00-20:00",
    "event-original-with-birthdate-range.json": "2017-04-22 12:00-20:00",
    "event-original-with-contributors.json": "2017-04-22 12:00-20:00",
    "event-original-with-end-date-the-day-after-start-date.json": ("hours_unknown", None),
    "event-original-with-languages.json": "2017-04-22 10:00-18:00",
    "event-original-with-multiple-dates-and-invalid-subevent-date-range.json": (
        "end_before_start",
        "2017-04-30 09:00-12:00",
    ),
    "event-original-with-multiple-dates.json": ("hours_unknown", None),
    "event-original-with-overnight.json": ("hours_unknown", None),
    "event-original-with-typical-age-range.json": "2017-04-22 12:00-20:00",
    "event-original-with-unavailable-dates.json": ("dates_left_out", "hours_unknown", None),
    "event-original-with-untranslated-dummy-organizer-name.json": "2017-04-22 10:00-18:00",
    "event-original-with-wrong-available-to.json": "2017-04-22 10:00-18:00",
    "event-original-with-wrong-created.json": "2017-04-22 10:00-18:00",
    "event-original-with-wrong-typical-age-range.json": ("ages", "2017-04-22 10:00-18:00"),
    "event-original-without-start-date.json": ("missing_date",),
    "page-search-with-embed-and-facets.json": ("dates_left_out", "hours_unknown", None),
    "page-search-without-embed.json": ("not_embedded",),
}
"""The schedule of the activity, after the codes of the problems when there are; without it no activity."""


def test_every_sample_document_is_expected():
    assert {path.name for path in FIXTURES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_document_that_is_published_gives_an_activity_or_a_clear_problem(name, read):
    text = (FIXTURES / name).read_text(encoding="utf-8").replace('"DRAFT"', '"APPROVED"')
    proposals, problems = read(text)
    schedules = [proposal.to_json().get("schedule") for proposal in proposals]
    expected = EXPECTED[name] if isinstance(EXPECTED[name], tuple) else (EXPECTED[name],)
    assert (*codes(problems), *schedules) == expected
    if proposals:
        assert proposals[0].start_date is not None or "permanent" in name


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("event")])
def test_a_sample_document_that_is_a_draft_is_taken_with_a_warning(name):
    proposals, problems = read_file(FIXTURES / name)
    if "without-start-date" in name:
        assert (proposals, only(problems).code) == ([], "missing_date")
    else:
        assert len(proposals) == 1
        assert ("draft" in codes(problems)) == ('"DRAFT"' in (FIXTURES / name).read_text(encoding="utf-8"))


def test_a_page_of_the_search_api_is_read_whole():
    (proposal,), _ = read_file(FIXTURES / "page-search-with-embed-and-facets.json")
    found = proposal.to_json()
    assert found.pop("description").startswith("In de vitrine van Constant toont Jen Debauche")
    assert found == {
        "id": "uit-7438ac58-fb2b-4ddc-bbda-d2d3d61681c5",
        "title": "Het zwijn en de vlinder - De rui",
        "organiser": "Constant vzw",
        "kind": "culture",
        "interests": ["culture"],
        "start_date": "2021-01-22",
        "end_date": "2021-01-22",
        "place": "Constant vzw",
        "address": "Fortstraat 5",
        "postal_code": "1060",
        "municipality": "Sint-Gillis",
        "lat": 50.8299134,
        "lon": 4.3434589,
        "price_eur": 0.0,
        "age_min": 18,
        "age_max": 95,
        "audience": ["everyone"],
        "registration": "Ook online: https://www.livestream.be/.",
        "phone": "016 00 00 00",
        "email": "info@example.org",
        "url": "http://www.constantvzw.org",
        "source": "uitdatabank",
        "source_url": "https://io.uitdatabank.be/event/7438ac58-fb2b-4ddc-bbda-d2d3d61681c5",
        "last_verified": "2021-01-13",
    }


# Files


def test_one_document_a_list_a_page_and_lines_give_the_same(read):
    other = {**EVENT, "@id": EVENT["@id"].replace("23017cb7", "33017cb7")}
    lines = f"{json.dumps(EVENT)}\n\n{json.dumps(other)}\n"
    page = {"@type": "PagedCollection", "totalItems": 2, "member": [EVENT, other], "facet": {}}
    contents = [[EVENT, other], page, json.dumps(page, indent=2), lines, lines.rstrip(), f"\ufeff{lines}"]
    contents += [f"{json.dumps({'member': [EVENT]})}\r\n{json.dumps([other])}\r\n", [EVENT, other]]
    expected = [read(EVENT)[0][0], read(other)[0][0]]
    for content in contents:
        assert read(content) == (expected, [])


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"a": %s', ""),
        ("%s", "/calendarType"),
        ("[%s]", "/0/calendarType"),
        ('{"@type": "x",\n "member": [{}, %s]}', "/member/1/calendarType"),
        ('{"member": []}\n{"member": [%s]}\n', "2:/member/0/calendarType"),
        ("%s\n%s\n", "1:/calendarType"),
    ],
)
def test_a_place_is_a_pointer_after_the_line(content, place, read):
    bad = json.dumps({**EVENT, "calendarType": "foobar"})
    _, problems = read(content.replace("%s", bad))
    assert place in [problem.place for problem in problems]


@pytest.mark.parametrize("cut", [1, 40, 600])
def test_of_a_list_that_is_cut_off_what_came_before_is_given(cut, read):
    text = json.dumps([EVENT, EVENT, EVENT])
    proposals, problems = read(text[:-cut])
    assert len(proposals) == (3 if cut == 1 else 2)
    assert (only(problems).severity, only(problems).code) == ("error", "truncated")
    assert only(problems).place == f"/{len(proposals) - 1}"


def test_a_line_that_is_broken_does_not_stop_the_others(read):
    good = json.dumps(EVENT)
    for text in (f"{good[:60]}\n{good}\n{good}", f"{good}\n{good[:60]}\n{good}", f"{good}\n{good}\n{good[:60]}"):
        proposals, problems = read(text)
        assert len(proposals) == 2
        assert only(problems).code == "json"
        assert only(problems).place == str(1 + [len(line) for line in text.split("\n")].index(60))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><title>Inloggen</title>", "html"),
        (b"id,title\n1,Koor\n", "json"),
        (b"12", "json"),
        (json.dumps(EVENT).encode("utf-16"), "encoding"),
        (json.dumps({**EVENT, "name": {"nl": "Café"}}, ensure_ascii=False).encode("latin-1"), "encoding"),
        (b'{"a": 1} {"b": 2}', "missing_id"),
        (b'{"a": }', "truncated"),
        (b'{"a" 1}', "json"),
        (b"{1: 2}", "json"),
        (b"[" * 100_000, "json"),
        (b"[" * 100_000 + b"\n[1]\n", "json"),
        (b'{"member": 5}', "missing_id"),
        (b'{"@id": " ", "name": "Koor", "calendarType": "permanent"}', "missing_id"),
        (b"[5]", "not_an_object"),
        (json.dumps({str(number): 1 for number in range(2000)}).encode(), "json"),
    ],
)
def test_a_file_that_holds_no_documents_is_one_clear_problem(content, code, read):
    proposals, problems = read(content)
    assert proposals == []
    assert problems[0].severity == "error"
    assert problems[0].code == code
    assert problems[0].source.endswith("events.json")
    assert len(problems) == (1 if code != "missing_id" else len(problems))


def test_a_line_without_end_is_left_out(read):
    proposals, problems = read(f"{json.dumps(EVENT)}\n{'x' * (MOST_DOCUMENT + 5)}\n{json.dumps(EVENT)}\n")
    assert len(proposals) == 2
    assert (only(problems).place, only(problems).code) == ("2", "length")


def test_a_document_that_stands_over_a_piece_of_the_file_is_read_whole(read):
    events = [{**EVENT, "description": {"nl": "é" * 5000 + str(number)}} for number in range(200)]
    text = json.dumps(events, ensure_ascii=False)
    proposals, problems = read(text)
    assert problems == []
    assert [proposal.description[5000:] for proposal in proposals] == [str(number) for number in range(200)]


def test_numbers_that_are_none_are_unknown(read):
    text = json.dumps(EVENT).replace("50.91", "NaN")
    (proposal,), problems = read(text)
    assert (proposal.lat, problems) == (None, [])


# What is taken, and what is not


def test_the_id_is_made_of_the_last_part_of_the_address(one):
    assert one()[0]["id"] == f"uit-{UUID}"
    assert one(**{"@id": f"http://udb-silex.dev/event/{UUID}/"})[0]["id"] == f"uit-{UUID}"
    old = "4D6DD711-CB4F-168D-C8B1DB1D1F8335B4"
    assert one(**{"@id": f"https://io.uitdatabank.be/event/{old}"})[0]["id"] == f"uit-{old.lower()}"


@pytest.mark.parametrize("missing", ["@id", "name"])
def test_a_document_without_id_or_name_is_refused(missing, one):
    found, problems = one(**{missing: None})
    assert found is None
    assert (only(problems).severity, only(problems).place) == ("error", f"/{missing}")


@pytest.mark.parametrize(
    "document",
    [
        {**EVENT, "@type": "Place"},
        {**EVENT, "@type": "Organizer"},
        {**EVENT, "@id": f"https://io.uitdatabank.be/places/{UUID}", "@type": None},
        {**EVENT, "@context": "/contexts/organizer", "@type": None},
        {"@type": "PagedCollection", "totalItems": 0},
    ],
)
def test_what_is_no_event_is_left_out_with_a_warning(document, read):
    proposals, problems = read([document, EVENT])
    assert len(proposals) == 1
    assert (only(problems).severity, only(problems).code) == ("warning", "not_an_event")


def test_addresses_without_documents_are_one_problem(read):
    reference = {"@id": EVENT["@id"], "@type": "Event"}
    proposals, problems = read({"member": [EVENT, reference, reference]})
    assert len(proposals) == 1
    assert (only(problems).place, only(problems).value) == ("/member/1", "2")
    assert "embed=true" in only(problems).remedy


@pytest.mark.parametrize("state", ["REJECTED", "DELETED"])
def test_an_event_that_is_not_published_is_left_out(state, one):
    found, problems = one(workflowStatus=state, typicalAgeRange="oud")
    assert found is None
    assert (only(problems).severity, only(problems).code) == ("warning", "left_out")


def test_an_event_for_schools_is_left_out_and_one_for_members_says_so(one):
    found, problems = one(audience={"audienceType": "education"})
    assert (found, codes(problems)) == (None, ["left_out"])
    found, problems = one(audience={"audienceType": "members"})
    assert codes(problems) == ["members_only"]
    assert found["registration"] == "Enkel voor leden."
    assert "audience" not in found
    assert one(audience={"audienceType": "everyone"})[0]["audience"] == ["everyone"]
    assert "audience" not in one()[0]


def test_nothing_of_who_made_the_record_is_kept(one):
    found, _ = one(
        creator="jan.peeters@example.org",
        contributors=["an@example.org"],
        publisher="Jan Peeters",
        contactPoint={"phone": ["0470 00 00 00"], "email": ["jan@gmail.com"], "url": []},
        hiddenLabels=["Autisme"],
        labels=["Autisme", "Fysieke beperking"],
    )
    assert not {"email", "phone"} & set(found)
    assert "peeters" not in json.dumps(found).lower()
    assert "autisme" not in json.dumps(found).lower()


def test_the_language_of_the_text_is_not_the_language_of_the_activity(one):
    found, _ = one(languages=["nl", "fr"], completedLanguages=["nl"])
    assert "language" not in found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", {"nl": 5}),
        ("terms", {"id": "0.0.0.0.0"}),
        ("terms", [5, None, {"id": 5}, {"id": ["x"], "domain": []}]),
        ("location", [1]),
        ("location", {"name": 5, "address": [], "geo": "x"}),
        ("priceInfo", "gratis"),
        ("priceInfo", [1, None, {"price": []}]),
        ("organizer", "vzw"),
        ("organizer", {"name": [], "contactPoint": 5}),
        ("labels", "één taalicoon"),
        ("status", "Unavailable"),
        ("typicalAgeRange", 18),
        ("bookingInfo", [[]]),
        ("audience", "everyone"),
        ("mainLanguage", ["nl"]),
    ],
)
def test_a_field_of_another_shape_is_unknown_and_the_rest_is_read(field, value, one):
    found, problems = one(**{field: value})
    if field != "name":
        assert found["title"] == "Samen koken"
    for problem in problems:
        assert problem.place.startswith(f"/{field}")


# Terms


def test_every_current_term_is_in_the_table():
    with (data_folder() / "uitdatabank_terms.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    current = [row["domain"] for row in rows if not row["note"].startswith("old")]
    assert {domain: current.count(domain) for domain in set(current)} == {
        "eventtype": 25,
        "theme": 77,
        "facility": 25,
    }
    assert len({row["id"] for row in rows}) == len(rows) == len(terms()) == 143


def test_the_table_of_terms_holds_words_of_our_vocabularies():
    for term in terms().values():
        assert term.kind in ("", *KINDS)
        assert set(term.interests) <= set(interests())
        assert set(term.facilities) <= set(FACILITIES)
        assert term.price in ("", "session", "series")
        assert term.domain == "eventtype" or not (term.kind or term.price or term.watched)
        assert term.domain != "facility" or not term.interests


def test_the_table_of_terms_agrees_with_the_tree_of_interests():
    with (data_folder() / "interests.csv").open(encoding="utf-8", newline="") as lines:
        said = {}
        for row in csv.DictReader(lines):
            for term in filter(None, row["uit_terms"].split(";")):
                said.setdefault(term, set()).update(lineage(row["id"]))
    assert set(said) <= set(terms())
    for name, term in terms().items():
        assert not term.interests or set(term.interests) <= said.get(name, set(interests()))


def term(identifier, domain="theme"):
    return {"id": identifier, "label": "een ander woord", "domain": domain}


@pytest.mark.parametrize(
    ("ids", "kind", "about"),
    [
        (["0.3.1.0.0", "1.65.0.0.0"], "course", ["food"]),
        (["0.59.0.0.0", "1.51.10.0.0"], "sport", ["folk_games"]),
        (["0.59.0.0.0", "1.51.13.0.0"], "sport", ["sport"]),
        (["0.0.0.0.0", "1.0.1.0.0"], "culture", ["culture"]),
        (["0.3.1.0.0", "1.0.1.0.0"], "course", ["drawing_painting"]),
        (["0.19.0.0.0", "1.51.13.0.0"], "sport", None),
        (["0.51.0.0.0", "1.58.0.0.0"], None, None),
        (["1.8.1.0.0"], None, ["performing"]),
    ],
)
def test_terms_are_read_by_id(ids, kind, about, one):
    found, problems = one(terms=[term(one, "eventtype" if one.startswith("0.") else "theme") for one in ids])
    assert (found.get("kind"), found.get("interests"), problems) == (kind, about, [])


def test_facilities_are_read_and_what_is_not_said_stays_unknown(one):
    found, _ = one(terms=[term("3.27.0.0.0", "facility"), term("3.23.3.0.0", "facility")])
    assert found["facilities"] == ["wheelchair"]
    assert "facilities" not in one()[0]


def test_a_term_that_is_not_known_is_noted_and_old_domains_are_not(one):
    found, problems = one(
        terms=[term("9.9.9.9.9"), term("reg.643", "flandersregion"), term("2.1.7.0.0", "targetaudience")]
    )
    assert (only(problems).severity, only(problems).value) == ("note", "9.9.9.9.9")
    assert "kind" not in found


# Labels and people


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("één taalicoon", 1),
        ("een_taalicoon", 1),
        ("Twee Taaliconen", 2),
        ("drie_taaliconen", 3),
        ("VIER TAALICONEN", 4),
    ],
)
def test_a_taalicoon_is_read_in_every_spelling(label, level, one):
    assert one(labels=["UiTinMijnRegio", label])[0]["taalicoon"] == level


def test_several_taaliconen_are_none(one):
    labels = ["één taalicoon", "twee taaliconen", "drie taaliconen", "vier taaliconen"]
    found, problems = one(labels=labels)
    assert "taalicoon" not in found
    assert (only(problems).code, only(problems).value) == ("taalicoon", "1, 2, 3, 4")
    assert one(labels=["twee taaliconen", "twee_taaliconen"])[0]["taalicoon"] == 2
    assert "taalicoon" not in one(hiddenLabels=["twee taaliconen"])[0]
    assert "taalicoon" not in one(labels=["2", "drie"])[0]


def test_labels_say_that_children_are_welcome_and_that_there_is_a_reduced_price(one):
    assert one(labels=["ook voor kinderen", "UiTPAS Leuven"])[0]["facilities"] == ["child_welcome", "low_cost"]
    assert one(hiddenLabels=["Paspartoe"])[0]["facilities"] == ["low_cost"]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("6-12", (6, 12)),
        ("18-", (18, None)),
        ("-12", (0, 12)),
        ("-", (0, None)),
        ("0-", (0, None)),
        ("+18", (18, None)),
        ("18+", (18, None)),
        (" 6 - 12 ", (6, 12)),
    ],
)
def test_ages_are_read_in_every_form(text, ages, one):
    found, problems = one(typicalAgeRange=text)
    assert ((found.get("age_min"), found.get("age_max")), problems) == (ages, [])


@pytest.mark.parametrize("text", ["4/10", "12-6", "18-200", "volwassenen", "999-"])
def test_ages_that_are_none_are_a_warning(text, one):
    found, problems = one(typicalAgeRange=text)
    assert not {"age_min", "age_max"} & set(found)
    assert (only(problems).severity, only(problems).code, only(problems).value) == ("warning", "ages", text)


def test_birth_dates_are_ages_on_the_first_day(one):
    born = {"from": "2010-01-01", "to": "2012-12-31"}
    found, _ = one(typicalAgeRange="-", birthdateRange=born)
    assert (found["age_min"], found["age_max"]) == (13, 16)
    assert found["derived"] == ["age_min=geboren 2010-01-01..2012-12-31", "age_max=geboren 2010-01-01..2012-12-31"]
    assert codes(one(birthdateRange={"from": "2012-01-01", "to": "2010-01-01"})[1]) == ["ages"]
    assert "age_max" not in one(birthdateRange={"to": "2008-12-05"})[0]


# Titles and texts


@pytest.mark.parametrize(
    ("name", "title", "values"),
    [
        ("Repair Café - GEANNULEERD", "Repair Café", {"status": "cancelled"}),
        ("GEANNULEERD: Repair Café", "Repair Café", {"status": "cancelled"}),
        ("VOLZET - Kookles", "Kookles", {"places_left": 0}),
        ("Kookles (volzet!)", "Kookles", {"places_left": 0}),
        ("[Uitverkocht] Kookles", "Kookles", {"places_left": 0}),
        ("Kookles VOLZET", "Kookles", {"places_left": 0}),
        ("*** AFGELAST *** Wandeling", "Wandeling", {"status": "cancelled"}),
        ("VOLZET", "VOLZET", {}),
        ("Een volzet huis", "Een volzet huis", {}),
        ("Volzet huis", "Volzet huis", {}),
        ("De complete gids", "De complete gids", {}),
        ("HET UITVERKOCHT HUIS", "HET UITVERKOCHT HUIS", {}),
    ],
)
def test_a_title_says_that_something_is_cancelled_or_full(name, title, values, one):
    found, problems = one(name={"nl": name})
    assert found["title"] == title
    assert {key: found[key] for key in ("status", "places_left") if key in found} == values
    assert ("derived" in found, codes(problems)) == (bool(values), ["title_mark"] * len(values))


def test_what_the_title_and_the_status_both_say_is_said_once(one):
    found, _ = one(name={"nl": "GEANNULEERD: koor"}, status={"type": "Unavailable"})
    assert found["title"] == "koor"
    assert found["status"] == "cancelled"


def test_a_title_in_any_language_and_form_is_one_line(one):
    assert one(name="Koor  &amp;\n ensemble")[0]["title"] == "Koor & ensemble"
    assert one(mainLanguage="fr", name={"fr": "Chœur", "en": "Choir"})[0]["title"] == "Chœur"
    assert one(mainLanguage=None, name={"en": "Choir"})[0]["title"] == "Choir"
    assert one(name={"nl": "a\u0000b\ud800"})[0]["title"] == "a b?"
    assert one(name={"nl": "woord " * 100})[0]["title"].endswith("woord…")


def test_html_becomes_text(one):
    text = (
        "<p>Elke week samen\nkoken &amp; eten.<br>Breng iets mee.</p><!--[if gte mso 9]><xml>x</xml><![endif]-->"
        "<style>p {color: red}</style><ul><li>gratis</li><li>3 &lt; 5</li></ul>"
    )
    assert one(description={"nl": text})[0]["description"] == (
        "Elke week samen koken & eten.\nBreng iets mee.\n\ngratis\n\n3 < 5"
    )
    assert one(description={"nl": "Geen html: 3 < 5 en 6 > 4\n\n\n\nmaar wel regels"})[0]["description"] == (
        "Geen html: 3 < 5 en 6 > 4\n\nmaar wel regels"
    )
    assert len(one(description={"nl": "<p>" + "woord " * 10_000})[0]["description"]) <= 20_000
    assert "description" not in one(description={"nl": "<p> </p>"})[0]


# Calendars


def test_times_are_those_of_brussels(one):
    assert one()[0]["schedule"] == "2026-12-05 14:00-17:00"
    assert one(startDate="2026-07-01T18:00:00.000Z", endDate="2026-07-01T20:00:00Z")[0]["schedule"] == (
        "2026-07-01 20:00-22:00"
    )
    assert one(startDate="2026-07-01T18:00:00", endDate="2026-07-01T20:00:00")[0]["schedule"] == (
        "2026-07-01 18:00-20:00"
    )


def test_what_passes_midnight_is_two_sessions(one):
    found, problems = one(startDate="2026-12-04T22:00:00+01:00", endDate="2026-12-05T02:00:00+01:00")
    assert (found["schedule"], problems) == ("2026-12-04 22:00-24:00; 2026-12-05 00:00-02:00", [])
    assert (found["start_date"], found["end_date"]) == ("2026-12-04", "2026-12-05")
    found, _ = one(startDate="2026-12-04T20:00:00+01:00", endDate="2026-12-05T00:00:00+01:00")
    assert (found["schedule"], found["end_date"]) == ("2026-12-04 20:00-24:00", "2026-12-04")
    found, _ = one(startDate="2026-12-04T20:00:00+01:00", endDate="2026-12-04T23:59:59+01:00")
    assert found["schedule"] == "2026-12-04 20:00-24:00"


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2026-07-06T09:00:00+02:00", "2026-07-10T16:00:00+02:00", "2026-07-10"),
        ("2026-07-06T00:00:00+02:00", "2026-07-06T23:59:59+02:00", "2026-07-06"),
        ("2026-07-06T00:00:00+02:00", "2026-07-06T00:00:00+02:00", "2026-07-06"),
        ("2026-07-06T19:00:00+02:00", "2026-07-06T19:00:00+02:00", "2026-07-06"),
        ("2026-07-06T10:00:00+02:00", "2026-07-07T17:00:00+02:00", "2026-07-07"),
        ("2026-07-06T10:00:00+02:00", None, "2026-07-06"),
    ],
)
def test_days_without_hours_have_dates_and_no_schedule(start, end, last, one):
    found, problems = one(startDate=start, endDate=end)
    assert "schedule" not in found
    assert (found["start_date"], found["end_date"]) == ("2026-07-06", last)
    assert (only(problems).severity, only(problems).code) == ("note", "hours_unknown")


def test_a_night_that_is_slept_is_no_evening(one):
    part = {"startDate": "2026-07-06T20:00:00+02:00", "endDate": "2026-07-07T09:00:00+02:00"}
    assert "schedule" in one(**dated(part, kind="single"))[0]
    assert "schedule" not in one(**dated({**part, "overnight": True}, kind="single"))[0]


def test_dates_that_come_back_every_week_are_a_rule(one):
    days = [date(2026, 9, 1) + timedelta(weeks=week) for week in range(12) if week not in (5, 6)]
    found, problems = one(**dated(*(on(day, "19:00:00", "21:00:00") for day in days if day < date(2026, 10, 25))))
    assert problems == []
    found, _ = one(**dated(*({"startDate": f"{day}T19:00:00", "endDate": f"{day}T21:00:00"} for day in days)))
    assert found["schedule"] == "di 19:00-21:00"
    assert found["pauses"] == ["2026-10-06..2026-10-13"]
    assert (found["start_date"], found["end_date"]) == ("2026-09-01", "2026-11-17")


def test_dates_without_a_rhythm_are_listed(one):
    days = ("2026-12-01", "2026-12-03", "2026-12-12", "2026-12-20")
    found, _ = one(**dated(*map(on, days)))
    assert found["schedule"] == "; ".join(f"{day} 14:00-16:00" for day in days)
    assert (found["start_date"], found["end_date"]) == (days[0], days[-1])
    assert one(**dated(*map(on, days), *map(on, days)))[0]["schedule"] == found["schedule"]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([(540, 660), (700, 800), (1380, 1440)])),
        min_size=1,
        max_size=60,
        unique=True,
    ),
    st.sampled_from([1, 7, 14]),
)
def test_a_rule_says_exactly_the_same_as_the_dates(pairs, step):
    first = date(2026, 9, 1)
    hours = sorted((first + timedelta(days=number * step), *times) for number, times in pairs)
    sessions, pauses = folded(hours)
    start, end = hours[0][0], hours[-1][0]
    found = Schedule(tuple(sessions)).occurrences(start, end, start_date=start, pauses=pauses)
    assert [(day, session.start_min, session.end_min) for day, session in found] == hours
    read_proposal({"title": "x", "schedule": Schedule(tuple(sessions)), "start_date": start, "pauses": pauses})


def test_every_other_week_is_a_rule_too():
    days = [date(2026, 9, 1) + timedelta(weeks=2 * week) for week in range(10)]
    assert folded([(day, 540, 600) for day in days]) == ([Weekly(1, 540, 600, 2)], [])


def test_more_dates_than_a_schedule_holds_are_those_to_come(one):
    first = date(2025, 1, 1)
    days = [first + timedelta(days=number) for number in range(0, 1500) if number % 5 != 1]
    parts = [on(day, f"{10 + number % 7}:00:00", "18:00:00") for number, day in enumerate(days)]
    found, problems = one(**dated(*parts))
    sessions = found["schedule"].split("; ")
    assert len(sessions) == 400
    assert sessions[0] >= TODAY.isoformat()
    assert codes(problems) == ["many_sessions"]


def test_dates_that_are_cancelled_or_full_are_left_out(one):
    none_left = {"type": "Available", "capacity": 12, "remainingCapacity": 0}
    parts = [
        on("2026-12-01"),
        on("2026-12-02", status={"type": "Unavailable"}),
        on("2026-12-03", status={"type": "TemporarilyUnavailable"}),
        on("2026-12-04", bookingAvailability={"type": "Unavailable"}),
        on("2026-12-05", bookingAvailability=none_left),
    ]
    found, problems = one(**dated(*parts))
    assert found["schedule"] == "2026-12-01 14:00-16:00"
    assert (found["end_date"], found.get("status"), found.get("places_left")) == ("2026-12-01", None, None)
    assert (only(problems).severity, only(problems).value) == ("note", "4 of 5")


def test_an_event_of_which_every_date_is_cancelled_or_full_is_that(one):
    cancelled = [on(day, status={"type": "Unavailable"}) for day in ("2026-12-01", "2026-12-02")]
    assert one(**dated(*cancelled))[0]["status"] == "cancelled"
    found, problems = one(**dated(*cancelled, on("2026-12-03", status={"type": "TemporarilyUnavailable"})))
    assert (found.get("status"), codes(problems)) == (None, ["postponed"])
    full = [on(day, bookingAvailability={"type": "Unavailable"}) for day in ("2026-12-01", "2026-12-02")]
    found, _ = one(**dated(*full))
    assert (found["places_left"], found["schedule"].count("2026")) == (0, 2)


def test_the_state_of_the_whole_is_read(one):
    found, problems = one(status={"type": "Unavailable", "reason": {"nl": "An is ziek"}})
    assert (found["status"], found["schedule"], problems) == ("cancelled", "2026-12-05 14:00-17:00", [])
    assert "ziek" not in json.dumps(found)
    assert one(bookingAvailability={"type": "Unavailable"})[0]["places_left"] == 0
    found, _ = one(bookingAvailability={"type": "Available", "capacity": 12, "remainingCapacity": 3})
    assert (found["capacity"], found["places_left"]) == (12, 3)
    assert "status" not in one(status={"type": "Available"})[0]


def test_what_is_postponed_has_no_date_any_more_unless_it_was_to_be_over(one):
    for fields in ({"status": {"type": "TemporarilyUnavailable"}}, {"name": {"nl": "UITGESTELD - Koken"}}):
        found, problems = one(**fields)
        assert not {"schedule", "start_date", "end_date", "status"} & set(found)
        assert "postponed" in codes(problems)
    old = {"startDate": "2026-01-05T14:00:00+01:00", "endDate": "2026-01-05T17:00:00+01:00"}
    found, _ = one(status={"type": "TemporarilyUnavailable"}, **old)
    assert found["end_date"] == "2026-01-05"


def test_dates_that_overlap_are_no_schedule(one):
    found, problems = one(**dated(on("2026-12-01"), on("2026-12-01", "15:00:00", "17:00:00")))
    assert "schedule" not in found
    assert codes(problems) == ["overlap"]


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ({"calendarType": "foobar"}, "/calendarType", "calendar_type"),
        ({"startDate": None}, "/startDate", "missing_date"),
        ({"startDate": "22/04/2017"}, "/startDate", "date"),
        ({"startDate": "9999-12-31T23:00:00-05:00"}, "/startDate", "date"),
        ({"startDate": "1899-01-01T10:00:00+01:00"}, "/startDate", "date"),
        ({"endDate": "2026-12-05T10:00:00+00:00"}, "/endDate", "end_before_start"),
        ({"calendarType": "periodic", "endDate": None}, "/endDate", "missing_date"),
        ({"calendarType": "periodic", "endDate": "2026-01-01"}, "/endDate", "end_before_start"),
        ({"calendar": {"type": "x"}, "calendarType": None}, "/calendar/calendarType", "calendar_type"),
    ],
)
def test_a_calendar_that_is_wrong_is_refused(fields, place, code, one):
    found, problems = one(**fields)
    assert found is None
    assert (only(problems).severity, only(problems).place, only(problems).code) == ("error", place, code)


def test_one_wrong_date_of_several_is_left_out_and_only_wrong_ones_are_refused(one):
    wrong = {"startDate": "gisteren", "endDate": "2026-12-05T10:00:00+00:00"}
    found, problems = one(**dated(wrong, on("2026-12-01")))
    assert found["schedule"] == "2026-12-01 14:00-16:00"
    assert (only(problems).severity, only(problems).place) == ("warning", "/subEvent/0/startDate")
    found, problems = one(**dated(wrong))
    assert found is None
    assert "error" in [problem.severity for problem in problems]


def test_opening_hours_are_a_week_into_which_one_may_drop(one):
    found, problems = one(**opened(hours("9:00", "12:00", "monday", "tuesday"), hours("13:00", "17:00", "monday")))
    assert found["schedule"] == "ma 09:00-12:00; ma 13:00-17:00; di 09:00-12:00"
    assert (found["attendance"], found["assumed"], problems) == ("drop_in", ["attendance"], [])
    assert not {"start_date", "end_date"} & set(found)


def test_opening_hours_of_lessons_are_lessons(one):
    found, _ = one(**opened(hours("19:00", "21:00", "tuesday")), terms=[term("0.3.1.0.0", "eventtype")])
    assert (found["schedule"], found.get("attendance")) == ("di 19:00-21:00", None)


def test_opening_hours_overlap_pass_midnight_and_may_be_wrong(one):
    found, problems = one(
        **opened(
            hours("10:00", "14:00", "saturday"),
            hours("13:00", "18:00", "saturday"),
            hours("22:00", "02:00", "friday"),
            hours("20:00", "23:59", "sunday"),
            hours("10:00", "10:00", "monday"),
            hours("10u", "12:00", "monday"),
            hours("10:00", "12:00", "maandag"),
        )
    )
    assert found["schedule"] == "vr 22:00-24:00; za 00:00-02:00; za 10:00-18:00; zo 20:00-24:00"
    assert [problem.place for problem in problems] == [f"/openingHours/{row}" for row in (4, 5, 6)]


def test_without_opening_hours_the_times_are_unknown(one):
    found, problems = one(
        calendarType="periodic", startDate="2026-12-01T00:00:00+01:00", endDate="2026-12-31T00:00:00+01:00"
    )
    assert (found["start_date"], found["end_date"], problems) == ("2026-12-01", "2026-12-31", [])
    assert not {"schedule", "attendance"} & set(found)
    found, problems = one(calendarType="permanent", availableTo="2100-01-01T00:00:00+00:00")
    assert (found.get("end_date"), problems) == (None, [])


def test_childcare_hours_are_childcare(one):
    care = {"start": "08:00", "end": "18:00"}
    assert one(**opened(hours("9:00", "12:00", "monday", childcare=care)))[0]["facilities"] == ["childcare"]
    assert one(**dated(on("2026-12-01", childcare=care)))[0]["facilities"] == ["childcare"]


def openings(found):
    proposal = read_proposal(found)
    days = proposal.schedule.occurrences(
        date(2026, 12, 1), date(2027, 1, 31), start_date=proposal.start_date, pauses=proposal.pauses
    )
    return {(day.isoformat(), session.start_min // 60, session.end_min // 60) for day, session in days}


def test_closed_days_are_pauses_and_win_from_adjusted_days(one):
    found, problems = one(
        **opened(
            hours("9:00", "17:00", "monday", "tuesday"),
            openingHoursClosedDays=[{"startDate": "2026-12-21", "endDate": "2027-01-03"}],
            openingHoursAdjustedDays=[
                {
                    "startDate": "2026-12-29",
                    "endDate": "2027-01-05",
                    "openingHours": [hours("10:00", "12:00", "tuesday")],
                }
            ],
        )
    )
    assert problems == []
    assert found["pauses"] == ["2026-12-21..2027-01-05"]
    assert found["schedule"] == "ma 09:00-17:00; di 09:00-17:00; 2027-01-05 10:00-12:00"


def test_a_night_before_a_closed_day_is_whole_and_one_after_it_is_not_there(one):
    found, _ = one(
        **opened(
            hours("22:00", "02:00", "friday", "saturday"),
            openingHoursClosedDays=[{"startDate": "2026-12-12", "endDate": "2026-12-12"}],
        )
    )
    assert {hour for hour in openings(found) if "2026-12-10" < hour[0] < "2026-12-14"} == {
        ("2026-12-11", 22, 24),
        ("2026-12-12", 0, 2),
    }


def test_exceptions_that_cannot_be_read_are_warnings_and_too_many_are_refused(one):
    found, problems = one(
        **opened(
            hours("9:00", "17:00", "monday"),
            openingHoursClosedDays=[{"startDate": "x"}, {"startDate": "2026-12-02", "endDate": "2026-12-01"}],
            openingHoursAdjustedDays=[{"startDate": "2000-01-01", "endDate": "2190-01-01"}],
        )
    )
    assert (found["schedule"], codes(problems)) == ("ma 09:00-17:00", ["date", "date", "adjusted_days"])
    days = [{"startDate": "2026-12-01", "endDate": "2026-12-01"}] * 10_000
    found, problems = one(**opened(hours("9:00", "17:00", "monday"), openingHoursClosedDays=days))
    assert (found, codes(problems)) == (None, ["too_many"])


# Places


def test_a_place_has_its_address_and_the_municipality_it_is_part_of(one):
    found, _ = one()
    keys = ("place", "address", "postal_code", "municipality", "lat", "lon")
    assert [found[key] for key in keys] == ["De Wildeman", "Schoolstraat 15", "3020", "Herent", 50.91, 4.67]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("Café Den Hemel", {"place": "Café Den Hemel"}),
        ({"name": "Rode Zaal", "address": {"addressLocality": "Tienen", "postalCode": 3300, "streetAddress": ""}},
         {"place": "Rode Zaal", "municipality": "Tienen", "postal_code": "3300"}),
        ({"name": {"fr": "Salle"}, "address": {"fr": {"postalCode": "1060"}}},
         {"place": "Salle", "postal_code": "1060"}),
        ({"address": "Dorp 1"}, {"address": "Dorp 1"}),
        ({"@id": "https://io.uitdatabank.be/places/x"}, {}),
        ({"name": "Zaal", "address": {"nl": {"addressCountry": "LU", "postalCode": "3020"}}},
         {"place": "Zaal", "postal_code": "LU-3020"}),
        ({"name": "Zaal", "geo": {"latitude": 0, "longitude": 0}}, {"place": "Zaal"}),
        ({"name": "Zaal", "geo": {"latitude": 95, "longitude": True}}, {"place": "Zaal"}),
        ({"@id": "https://io.uitdatabank.be/place/00000000-0000-0000-0000-000000000000"}, {"place": "online"}),
        ({"@id": "https://io.uitdatabank.be/place/c3f9278e-228b-4199-8f9a-b9716a17e58f", "name": "School"}, {}),
    ],
)  # fmt: skip
def test_a_place_is_read_in_every_form(location, expected, one):
    found, _ = one(location=location)
    keys = ("place", "address", "postal_code", "municipality", "lat", "lon")
    assert {key: found[key] for key in keys if key in found} == expected


def test_what_is_online_says_how(one):
    found, _ = one(attendanceMode="online", onlineUrl="https://meet.example.org/x")
    assert (found["place"], found["registration"]) == ("online", "Online: https://meet.example.org/x")
    assert not {"address", "postal_code", "lat"} & set(found)
    found, _ = one(attendanceMode="mixed", onlineUrl="javascript:alert(1)")
    assert (found["place"], found["registration"]) == ("De Wildeman", "Ook online.")


# Prices


def price(euro, name="Basistarief", category="base", **more):
    return {"category": category, "name": {"nl": name}, "price": euro, "priceCurrency": "EUR", **more}


def prices(found):
    keys = ("price_eur", "reduced_price_eur", "fee_eur", "price_note")
    return {key: found[key] for key in keys if key in found}


def test_no_price_is_unknown_and_0_is_free(one):
    assert prices(one()[0]) == {}
    assert prices(one(priceInfo=[price(0)])[0]) == {"price_eur": 0.0}


def test_the_price_of_a_series_never_stands_as_the_price_of_a_session(one):
    parts = dated(on("2026-12-01"), on("2026-12-03"), on("2026-12-09"))
    lessons = [term("0.3.1.0.0", "eventtype")]
    sport = [term("0.59.0.0.0", "eventtype")]
    concert = [term("0.50.4.0.0", "eventtype")]
    assert prices(one(priceInfo=[price(60)], terms=lessons, **parts)[0]) == {"fee_eur": 60.0}
    assert prices(one(priceInfo=[price(60)], terms=lessons)[0]) == {"fee_eur": 60.0}
    assert prices(one(priceInfo=[price(60)], terms=concert, **parts)[0]) == {"price_eur": 60.0}
    found, problems = one(priceInfo=[price(60)], terms=sport, **parts)
    assert (prices(found), codes(problems)) == ({"price_note": "Basistarief: 60 euro"}, ["price_for"])
    assert prices(one(priceInfo=[price(7.5)], terms=sport)[0]) == {"price_eur": 7.5}
    camp = {"startDate": "2026-07-06T09:00:00+02:00", "endDate": "2026-07-10T16:00:00+02:00"}
    assert prices(one(priceInfo=[price(60)], terms=sport, **camp)[0]) == {"price_note": "Basistarief: 60 euro"}


def test_a_reduced_price_is_read_and_the_others_are_noted(one):
    rows = [
        price(8),
        price(6, "65+", "tariff"),
        price(1.5, "Kansentarief met UiTPAS Dender", "uitpas"),
        price(1.6, "Kansentarief met UiTPAS Regio Gent", "uitpas"),
    ]
    found, _ = one(priceInfo=rows)
    assert prices(found) == {
        "price_eur": 8.0,
        "reduced_price_eur": 1.6,
        "price_note": (
            "65+: 6 euro; Kansentarief met UiTPAS Dender: 1,50 euro; Kansentarief met UiTPAS Regio Gent: 1,60 euro"
        ),
    }
    assert found["facilities"] == ["low_cost"]
    assert prices(one(priceInfo=[price(8), price(2, "kansentarief", "tariff")])[0])["reduced_price_eur"] == 2.0


def test_a_price_for_a_group_or_in_other_money_is_only_noted(one):
    assert prices(one(priceInfo=[price(50, groupPrice=True)])[0]) == {
        "price_note": "Basistarief: 50 euro per groep"
    }
    assert prices(one(priceInfo=[price(5, priceCurrency="USD")])[0]) == {"price_note": "Basistarief: 5 USD"}


def test_a_part_that_comes_back_word_for_word_gives_the_same_and_its_problems_again(read):
    prices = [{"category": "base", "price": 5, "priceCurrency": "EUR"}, {"category": "tariff", "price": "?"}]
    events = [{**EVENT, "@id": f"{EVENT['@id']}-{number}", "priceInfo": prices} for number in range(2)]
    (first, second), problems = read(events)
    assert first.price_eur == second.price_eur == 5
    assert [one.place for one in problems] == [f"/{number}/priceInfo/1/price" for number in range(2)]


@pytest.mark.parametrize("odd", [10**30, "\ud800"])
def test_a_part_that_json_can_hardly_write_is_read(odd, read):
    events = [{**EVENT, "location": {**EVENT["location"], "odd": odd}}]
    (found,), _ = read(json.dumps(events))
    assert found.place == "De Wildeman"


@pytest.mark.parametrize("wrong", [-1, "veel", None, True, 1e9, [5]])
def test_a_price_that_is_none_is_a_warning(wrong, one):
    found, problems = one(priceInfo=[price(wrong)])
    assert prices(found) == {}
    assert (only(problems).severity, only(problems).place) == ("warning", "/priceInfo/0/price")


# Contacts


def test_the_organisation_and_its_own_addresses_are_kept(one):
    organizer = {
        "name": {"nl": "vzw De Pot"},
        "url": "https://www.depot.example",
        "contactPoint": {"phone": ["", "016 20 00 00"], "email": ["depotherent@gmail.com"], "url": [""]},
    }
    found, _ = one(organizer=organizer)
    assert (found["organiser"], found["phone"], found["email"], found["url"]) == (
        "vzw De Pot", "016 20 00 00", "depotherent@gmail.com", "https://www.depot.example",
    )  # fmt: skip


def test_of_an_organisations_own_points_the_least_private_goes_first(one):
    points = {
        "phone": ["0470 12 34 56", "016 20 00 00"],
        "email": ["jan.peeters@gmail.com", "info@depot.example"],
    }
    found, _ = one(organizer={"name": "vzw De Pot", "contactPoint": points})
    assert (found["phone"], found["email"]) == ("016 20 00 00", "info@depot.example")


def test_how_to_book_goes_first_but_not_to_a_private_mailbox_or_mobile(one):
    organizer = {"name": "vzw", "contactPoint": {"phone": ["016200000"], "email": ["info@vzw.example"]}}
    booking = {
        "phone": "016 30 00 00",
        "email": "tickets@huis.example",
        "url": "https://huis.example/tickets",
        "availabilityStarts": "2026-12-01T00:00:00+01:00",
        "availabilityEnds": "2026-12-20T00:00:00+01:00",
    }
    found, _ = one(organizer=organizer, bookingInfo=booking)
    assert (found["phone"], found["email"]) == ("016 30 00 00", "tickets@huis.example")
    assert found["url"] == "https://huis.example/tickets"
    assert found["registration"] == "Inschrijven van 01/12/2026 tot 20/12/2026."
    private = {"phone": "+32 470 12 34 56", "email": "jan@telenet.be"}
    found, _ = one(organizer=organizer, bookingInfo=private)
    assert (found["phone"], found["email"]) == ("016200000", "info@vzw.example")


def test_of_a_contact_point_only_what_is_the_organisations_own_is_kept(one):
    contact = {
        "phone": ["016 11 11 11"],
        "email": ["jan@elders.example", "info@vzw.example"],
        "url": ["www.vzw.example"],
    }
    found, _ = one(contactPoint=contact)
    assert (found.get("phone"), found["email"], found["url"]) == (
        None,
        "info@vzw.example",
        "http://www.vzw.example",
    )


def test_old_forms_of_contacts_are_read(one):
    found, _ = one(
        organizer={"name": "GC Den Egger", "email": ["info@denegger.example"], "phone": ["013 46 06 50"]},
        bookingInfo=[{"url": "http://tickets.example/x", "price": 16}],
        contactPoint=[{"email": ["info@denegger.example"], "telephone": ["013460650"]}],
    )
    assert (found["email"], found["phone"]) == ("info@denegger.example", "013 46 06 50")
    assert found["url"] == "http://tickets.example/x"
    assert "price_eur" not in found


# Old documents


def test_an_old_document_is_read(read):
    old = {
        "id": "4D6DD711-CB4F-168D-C8B1DB1D1F8335B4",
        "name": "Jazz in het café",
        "type": {"id": "0.50.4.0.0", "label": "Concert", "domain": "eventtype"},
        "theme": {"id": "1.8.2.0.0", "label": "Jazz en blues", "domain": "theme"},
        "location": {"id": "x", "name": "Café", "address": {"addressLocality": "Zichem", "postalCode": "3271"}},
        "calendar": {
            "timeSpans": [
                {"start": "2027-05-05T18:00:00.000Z", "end": "2027-05-05T21:00:00.000Z"},
                {"start": "2027-05-12T18:00:00.000Z", "end": "2027-05-12T21:00:00.000Z"},
            ]
        },
        "calendarSummary": "wo 5 mei",
    }
    (proposal,), problems = read(old)
    assert proposal.to_json() == {
        "id": "uit-4d6dd711-cb4f-168d-c8b1db1d1f8335b4",
        "title": "Jazz in het café",
        "kind": "culture",
        "interests": ["culture", "performing"],
        "schedule": "2027-05-05 20:00-23:00; 2027-05-12 20:00-23:00",
        "start_date": "2027-05-05",
        "end_date": "2027-05-12",
        "place": "Café",
        "postal_code": "3271",
        "municipality": "Zichem",
        "source": "uitdatabank",
    }
    assert codes(problems) == ["calendar_type"]


def test_several_dates_of_which_only_the_first_and_last_are_known_are_no_session(one):
    found, problems = one(calendarType="multiple", startDate="2026-12-05T20:30:00", endDate="2026-12-06T00:00:00")
    assert (found["start_date"], found["end_date"], found.get("schedule")) == ("2026-12-05", "2026-12-06", None)
    assert codes(problems) == ["hours_unknown"]


# Anything at all

SAMPLES = [
    json.loads(path.read_text(encoding="utf-8").replace("DRAFT", "APPROVED")) for path in FIXTURES.glob("*.json")
]
RICH = {
    **EVENT,
    **opened(hours("9:00", "12:00", "monday"), hours("22:00", "02:00", "friday")),
    "openingHoursClosedDays": [{"startDate": "2026-12-21", "endDate": "2027-01-03"}],
    "openingHoursAdjustedDays": [
        {"startDate": "2026-12-29", "endDate": "2027-01-05", "openingHours": [hours("10:00", "12:00", "tuesday")]}
    ],
    "priceInfo": [price(8), price(2, "kansentarief", "tariff")],
    "bookingInfo": {"phone": "016", "email": "a@b.example", "availabilityStarts": "2026-12-01T00:00:00+01:00"},
    "organizer": {"name": {"nl": "vzw"}, "contactPoint": {"phone": [""], "email": ["a@b.example"]}},
    "birthdateRange": {"from": "2010-01-01", "to": "2010-12-31"},
    "labels": ["één taalicoon"],
}
DATED = {**EVENT, **dated(on("2026-12-01", bookingAvailability={"capacity": 5}), on("2026-12-02", childcare={}))}
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["9999-12-31T23:59:59-12:00", "0001-01-01", "2026-12-05", "24:00", "-", "\ud800", "1e999", UUID]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nl", "type", "id", "@id", "startDate", "price", "x"]), inner, max_size=3
        )
    ),
    max_leaves=4,
)


def places_in(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places_in(inner, (*path, key))


def damaged(data):
    """Draw a document in which something stands that should not."""
    document = copy.deepcopy(data.draw(st.sampled_from([*SAMPLES, RICH, DATED, RICH, DATED])))
    for _ in range(data.draw(st.integers(1, 4))):
        *path, last = data.draw(st.sampled_from([path for path in places_in(document) if path] or [("x",)]))
        holder = document
        for key in path:
            holder = holder[key]
        holder[last] = data.draw(ANY)
    return document


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_document_is_a_problem_or_unknown(data, read):
    document = damaged(data)
    proposals, problems = read(json.dumps(document))
    assert all(proposal.id for proposal in proposals)
    assert proposals or problems or document == {"member": []} or document.get("member") == []


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_says_the_same_on_a_line_of_its_own_as_in_a_list(data, read):
    document = damaged(data)
    assume("member" not in document)  # A page is not looked for in a list.
    try:
        line = orjson.dumps(document).decode()
    except TypeError:
        assume(False)  # A line with half a character or a number without end is no JSON.
    proposals, problems = read(f"{line}\n{json.dumps(EVENT)}\n")
    in_list = read([document, EVENT])
    assert proposals == in_list[0]
    assert [replace(one, place="") for one in problems] == [replace(one, place="") for one in in_list[1]]


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_file_is_a_problem(data, read):
    text = json.dumps(data.draw(st.sampled_from([EVENT, [EVENT, EVENT], {"member": [EVENT]}]))).encode()
    text = data.draw(st.sampled_from([text, text + b"\n" + text, text + b"\n"]))
    at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 200))
    proposals, problems = read(text[:at] + data.draw(st.binary(max_size=6)) + text[at + length :])
    assert proposals or problems


@pytest.mark.slow
def test_reading_takes_no_more_room_than_a_document(tmp_path):
    import tracemalloc

    path = tmp_path / "page.json"
    event = json.dumps({**EVENT, "description": {"nl": "woord " * 500}})
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@type": "PagedCollection", "member": [')
        file.write(",".join([event] * 3000))
        file.write("]}")
    list(read_uitdatabank(FIXTURES / "page-search-with-embed-and-facets.json", today=TODAY))
    tracemalloc.start()
    number = sum(isinstance(found, Proposal) for found in read_uitdatabank(path, today=TODAY))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 3000
    assert path.stat().st_size > 10 * 2**20
    assert most < 4 * 2**20


def test_a_session_on_a_date_is_listed_once():
    assert folded([(date(2026, 12, 1), 540, 600)]) == ([Once(date(2026, 12, 1), 540, 600)], [])
