import json
import logging
import re
import time
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from api import brussels_now, create_app
from matcher.model import read_activity
from matcher.model.answer import ASPECTS
from matcher.schedule import BRUSSELS
from matcher.vocabulary import data_folder, lineage
from tests.herent import herent_matcher, herent_office

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=BRUSSELS)
NUMBER = "85.07.30-033.28"
"""Has the form and the check digits of a national register number."""
SUGGESTIONS = "/api/v1/suggestions"
CHECK = "/api/v1/criteria-check"
ACTIVITIES = "/api/v1/activities"
EXAMPLES = [
    json.loads(line)
    for line in (data_folder() / "judgements" / "profiles.jsonl").read_text(encoding="utf-8").splitlines()
]
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def client():
    return create_app(herent_office(), clock=lambda: NOW).test_client()


@pytest.fixture(scope="module")
def description(client):
    return client.get("/api/v1/openapi.json").json


def post(client, body, path=SUGGESTIONS, **more):
    raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(path, data=raw, content_type="application/json", **more)


def suggested(client, profile, **more):
    return post(client, {"profile": {"id": "p", **profile}, **more})


def refused(response, status):
    """Check that an answer is a problem of RFC 9457 with this status, and return its errors."""
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    body = response.json
    assert body["type"] == "about:blank"
    assert body["status"] == status
    assert isinstance(body["title"], str)
    assert isinstance(body["detail"], str)
    assert set(body) <= {"type", "title", "status", "detail", "errors"}
    for error in body.get("errors", []):
        assert set(error) <= {"path", "value", "expected"}
        assert isinstance(error["path"], str)
        assert error["expected"]
        assert len(error.get("value", "")) <= 81
    return body.get("errors", [])


def conforms(description, name, answer):
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    Draft202012Validator(schema).validate(answer)


# Routes


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/openapi.json", ACTIVITIES])
def test_what_takes_no_body_answers_in_json(client, path):
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert client.head(path).status_code == 200


def test_a_suggestion_has_the_shape_of_the_contract(client, description):
    for example in EXAMPLES:
        response = post(client, {"profile": example, "k": 5})
        assert response.status_code == 200
        answer = response.json
        assert list(answer) == [
            *["profile_id", "generated_at", "today", "offer_version", "model_version", "track", "suggestions"],
            *["allowed", "excluded"],
        ]
        assert answer["profile_id"] == example["id"]
        assert len(answer["suggestions"]) == min(5, answer["allowed"])
        assert answer["allowed"] + answer["excluded"]["total"] == len(herent_matcher().activities)
        assert all(tuple(one["aspects"]) == ASPECTS for one in answer["suggestions"])
        conforms(description, "Suggestion", answer)


def test_a_suggestion_is_utf_8_unescaped(client):
    raw = suggested(client, {}, k=1000).data
    assert b"\\u" not in raw
    assert "é".encode() in raw


def test_ten_are_given_unless_another_count_is_asked_for(client):
    assert len(suggested(client, {}).json["suggestions"]) == 10
    assert len(suggested(client, {}, k=1).json["suggestions"]) == 1
    assert len(suggested(client, {}, k=1000).json["suggestions"]) == suggested(client, {}).json["allowed"]


def test_today_is_the_day_in_brussels_unless_another_is_asked_for(client):
    answer = suggested(client, {}).json
    assert (answer["today"], answer["generated_at"]) == ("2026-11-23", "2026-11-23T23:30:00+01:00")
    assert suggested(client, {}, today="2027-03-01").json["today"] == "2027-03-01"
    utc = create_app(
        herent_office(), clock=lambda: datetime.fromisoformat("2026-06-30T22:30:00+00:00")
    ).test_client()
    answer = suggested(utc, {}).json
    assert (answer["today"], answer["generated_at"]) == ("2026-07-01", "2026-07-01T00:30:00+02:00")
    assert brussels_now().tzinfo is BRUSSELS


def test_a_varied_list_says_so(client, description):
    answer = post(client, {"profile": EXAMPLES[0], "varied": True}).json
    assert answer["varied"] is True
    conforms(description, "Suggestion", answer)
    assert "varied" not in post(client, {"profile": EXAMPLES[0], "varied": False}).json


def test_the_same_request_gives_the_same_bytes(client):
    assert suggested(client, {}, k=1000).data == suggested(client, {}, k=1000).data


def test_an_own_proposal_is_checked(client, description):
    response = post(client, {"title": "Samen zwemmen", "group_max": 1}, CHECK)
    assert response.status_code == 200
    assert response.json["verdict"] == "does_not_fit"
    assert [point["id"] for point in response.json["points"]] == [
        *["group", "new_people", "lasting_contacts", "interaction", "dutch_context", "practice"]
    ]
    conforms(description, "CriteriaCheck", response.json)


def test_each_activity_of_the_offer_can_be_asked_for_and_read_back(client, description):
    for activity in herent_matcher().activities:
        response = client.get(f"{ACTIVITIES}/{activity.id}")
        assert response.status_code == 200
        assert read_activity(response.json) == activity
        conforms(description, "Activity", response.json)
        assert post(client, response.json, CHECK).status_code == 200


# The list of activities


def listed(client, **query):
    response = client.get(ACTIVITIES, query_string=query)
    assert response.status_code == 200
    return response.json


@pytest.mark.parametrize("limit", [1, 7, 50, 124, 125, 200])
def test_paging_gives_each_activity_once_in_the_order_of_the_ids(client, description, limit):
    found, cursor = [], {}
    while True:
        page = listed(client, limit=limit, **cursor)
        conforms(description, "ActivityPage", page)
        assert len(page["items"]) <= limit
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        assert len(page["items"]) == limit
        cursor = {"cursor": page["next"]}
    assert found == sorted(activity.id for activity in herent_matcher().activities)


def test_a_page_holds_fifty_unless_another_limit_is_asked_for(client):
    page = listed(client)
    assert len(page["items"]) == 50
    assert page["next"]


def test_filters_can_be_paged_too(client):
    everything = listed(client, municipality="Herent", limit=200)["items"]
    first = listed(client, municipality="Herent", limit=3)
    second = listed(client, municipality="Herent", limit=3, cursor=first["next"])
    assert first["items"] + second["items"] == everything[:6]


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ({"kind": "sport"}, lambda one: one.kind == "sport"),
        ({"kind": "SPORT"}, lambda one: one.kind == "sport"),
        ({"interest": "sport"}, lambda one: any("sport" in lineage(own) for own in one.interests)),
        ({"interest": "cooking"}, lambda one: any("cooking" in lineage(own) for own in one.interests)),
        ({"municipality": "herent"}, lambda one: one.municipality == "Herent"),
        ({"status": "active"}, lambda one: one.status in (None, "active")),
        ({"status": "gone"}, lambda one: one.status == "gone"),
        ({"day": "di"}, lambda one: one.schedule and any(session.day == 1 for session in one.schedule.timed)),
        ({"day": "TUE"}, lambda one: one.schedule and any(session.day == 1 for session in one.schedule.timed)),
        (
            {"kind": "sport", "municipality": "HERENT", "day": "za"},
            lambda one: (
                one.kind == "sport"
                and one.municipality == "Herent"
                and one.schedule
                and any(session.day == 5 for session in one.schedule.timed)
            ),
        ),
    ],
)
def test_a_filter_keeps_what_fits_it_and_nothing_else(client, query, keeps):
    found = [item["id"] for item in listed(client, limit=200, **query)["items"]]
    assert found == [activity.id for activity in herent_matcher().activities if keeps(activity)]


def test_words_are_looked_for_without_case_or_accents(client):
    found = listed(client, q="NÁAI", limit=200)["items"]
    assert found
    assert all("naai" in json.dumps(item).lower() for item in found)
    assert listed(client, q="bestaat-nergens-xyz")["items"] == []


def test_a_date_keeps_what_takes_place_on_it(client):
    found = [item["id"] for item in listed(client, day="2026-12-05", limit=200)["items"]]
    assert found
    assert set(found) <= {item["id"] for item in listed(client, day="za", limit=200)["items"]}


@pytest.mark.parametrize(
    ("query", "path", "value"),
    [
        ("kind=cultuur", "kind", "cultuur"),
        ("interest=koken", "interest", "koken"),
        ("status=weg", "status", "weg"),
        ("day=morgen", "day", "morgen"),
        ("day=2026-02-30", "day", "2026-02-30"),
        ("day=", "day", ""),
        ("limit=0", "limit", "0"),
        ("limit=201", "limit", "201"),
        ("limit=-1", "limit", "-1"),
        ("limit=1e9", "limit", "1e9"),
        ("limit=" + "9" * 5_000, "limit", "9" * 80 + "…"),
        ("limit=", "limit", ""),
        ("soort=geheim", "soort", None),
        ("page=2", "page", None),
        ("kind=sport&kind=culture", "kind", None),
    ],
)
def test_a_wrong_parameter_is_named(client, query, path, value):
    errors = refused(client.get(f"{ACTIVITIES}?{query}"), 422)
    assert [(error["path"], error.get("value")) for error in errors] == [(path, value)]


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-25", "0001-01-01", "1900-01-01"])
def test_a_date_far_away_is_answered_or_refused(client, day):
    assert client.get(ACTIVITIES, query_string={"day": day}).status_code in (200, 422)


@pytest.mark.parametrize("cursor", ["", "zzzz", "~", "\0", "é", "x" * 5_000])
def test_any_cursor_gives_a_page(client, cursor):
    page = listed(client, cursor=cursor)
    assert all(item["id"] > cursor for item in page["items"])


# Statuses


@pytest.mark.parametrize(
    "path", ["/api/v1/nergens", "/api/nergens", f"{ACTIVITIES}/bestaat-niet", "/healthz/x", "/api/"]
)
def test_what_is_not_there_is_404(client, path):
    refused(client.get(path), 404)


@pytest.mark.parametrize("word", [NUMBER, "jan@example.org", "%00", "%ff", "x" * 5_000, "<b>"])
def test_an_id_that_is_not_there_is_not_repeated(client, word):
    response = client.get(f"{ACTIVITIES}/{word}")
    refused(response, 404)
    assert word not in response.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("get", SUGGESTIONS, "POST"),
        ("put", SUGGESTIONS, "POST"),
        ("delete", CHECK, "POST"),
        ("post", ACTIVITIES, "GET"),
        ("patch", "/healthz", "GET"),
        ("post", "/api/v1/openapi.json", "GET"),
    ],
)
def test_another_method_is_405_and_says_which(client, method, path, allowed):
    response = getattr(client, method)(path)
    refused(response, 405)
    assert allowed in response.headers["Allow"]


@pytest.mark.parametrize("path", [SUGGESTIONS, CHECK])
@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/jsonp",
    ],
)
def test_another_content_type_is_415(client, path, content_type):
    refused(client.post(path, data='{"title": "x"}', content_type=content_type), 415)


def test_json_is_taken_with_a_charset(client):
    response = client.post(CHECK, data='{"title": "é"}'.encode(), content_type="application/json; charset=utf-8")
    assert response.status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0"])
def test_what_json_does_not_suit_is_406(client, accept):
    headers = {"Accept": accept}
    refused(post(client, {"profile": {"id": "p"}}, headers=headers), 406)
    refused(post(client, {"title": "x"}, CHECK, headers=headers), 406)
    refused(client.get(ACTIVITIES, headers=headers), 406)
    refused(client.get(f"{ACTIVITIES}/koor", headers=headers), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "text/html, application/json;q=0.1", "nonsense;;", ""])
def test_what_json_suits_is_answered(client, accept):
    assert client.get(ACTIVITIES, headers={"Accept": accept}).status_code in (
        200,
        406 if accept == "nonsense;;" else 200,
    )


def test_a_body_over_a_mebibyte_is_413(client):
    refused(post(client, b'{"title": "x"}'.ljust(MIB + 1), CHECK), 413)
    refused(post(client, b'{"title": "x"}'.ljust(20 * MIB), SUGGESTIONS), 413)
    assert post(client, b'{"title": "x"}'.ljust(MIB), CHECK).status_code == 200


@pytest.mark.parametrize("path", [SUGGESTIONS, CHECK])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "must be JSON"),
        ("nee", "must be JSON"),
        ('{"a": ', "must be JSON"),
        ("{} {}", "must be JSON"),
        ("{'a': 1}", "must be JSON"),
        ("\0", "must be JSON"),
        ('{"a": NaN}', "must not hold NaN"),
        ('{"a": -Infinity}', "must not hold -Infinity"),
        ('{"a": 1e999}', "must have numbers that are not too large"),
        ('{"a": ' + "9" * 5_000 + "}", "must have numbers that are not too large"),
        ("[" * 100_000, "must be JSON that is not nested so deep"),
        ('{"a":' * 100_000, "must be JSON that is not nested so deep"),
        (b'{"a": "\xe9"}', "must be UTF-8"),
        ("{}".encode("utf-16"), "must be UTF-8"),
    ],
)
def test_what_cannot_be_read_is_400(client, path, body, expected):
    errors = refused(post(client, body, path), 400)
    assert len(errors) == 1
    assert errors[0]["expected"].startswith(expected)


def test_a_key_that_stands_twice_is_400_and_is_named(client):
    errors = refused(post(client, '{"profile": {"id": "p", "age": 1, "age": 2}}'), 400)
    assert errors[0]["path"] == "age"
    assert errors[0]["expected"] == "must be a key that stands once. Leave one of the two out."


# What is readable but not allowed


@pytest.mark.parametrize("body", ["null", "5", '"x"', "[]", "true"])
def test_a_body_that_is_no_object_is_422(client, body):
    for path in (SUGGESTIONS, CHECK):
        errors = refused(post(client, body, path), 422)
        assert errors[0]["expected"] == "must be an object"


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        (0, "must be at least 1"),
        (-1, "must be at least 1"),
        (1001, "must be at most 1000"),
        (10**9, "must be at most 1000"),
        (10**300, "must be at most 1000"),
        (1.5, "must be a whole number"),
        ("10", "must be a whole number"),
        (True, "must be a whole number"),
        (None, "must be a whole number"),
        ([], "must be a whole number"),
    ],
)
def test_a_k_out_of_bounds_is_422(client, k, expected):
    errors = refused(suggested(client, {}, k=k), 422)
    assert [(error["path"], error["expected"]) for error in errors] == [("k", expected)]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"today": "morgen"}, "today"),
        ({"today": 5}, "today"),
        ({"today": "9999-12-31"}, "today"),
        ({"today": "2026-02-30"}, "today"),
        ({"varied": "ja"}, "varied"),
        ({"varied": 1}, "varied"),
        ({"naam": "geheim"}, "naam"),
    ],
)
def test_a_wrong_wish_of_the_request_is_named(client, more, path):
    response = suggested(client, {}, **more)
    assert [error["path"] for error in refused(response, 422)] == [path]
    assert "geheim" not in response.text


def test_a_request_without_a_profile_is_named(client):
    assert refused(post(client, {}), 422) == [{"path": "profile", "expected": "is required"}]
    for profile in (None, 5, [], "p"):
        assert refused(post(client, {"profile": profile}), 422)[0]["path"] == "profile"


@pytest.mark.parametrize(
    ("facts", "path", "value"),
    [
        ({"id": "a b"}, "profile.id", "a b"),
        ({"id": 5}, "profile.id", "5"),
        ({"interests": ["cooking", "koken"]}, "profile.interests[1]", "koken"),
        ({"interests": "cooking"}, "profile.interests", "cooking"),
        ({"avoid": [None]}, "profile.avoid[0]", "null"),
        ({"dutch_level": "goed"}, "profile.dutch_level", "goed"),
        ({"group": ["klein"]}, "profile.group[0]", "klein"),
        ({"availability": ["ma 09:00-12:00", "di", "wo 13:00-12:00"]}, "profile.availability[1]", "di"),
        ({"availability": "ma 09:00-12:00"}, "profile.availability", "ma 09:00-12:00"),
        ({"available_from": "1 december"}, "profile.available_from", "1 december"),
        ({"max_hours_per_week": -1}, "profile.max_hours_per_week", "-1"),
        ({"home": {"postal_code": 3020}}, "profile.home.postal_code", "3020"),
        ({"home": {"lat": 91, "lon": 4}}, "profile.home.lat", "91"),
        ({"home": {"lat": 50.9}}, "profile.home.lon", None),
        ({"transport": "fiets"}, "profile.transport", "fiets"),
        ({"max_distance_km": "8"}, "profile.max_distance_km", "8"),
        ({"max_price_eur": -0.5}, "profile.max_price_eur", "-0.5"),
        ({"age": 200}, "profile.age", "200"),
        ({"age": 34.5}, "profile.age", "34.5"),
        ({"audience": ["vrouwen"]}, "profile.audience[0]", "vrouwen"),
        ({"needs": ["lift"]}, "profile.needs[0]", "lift"),
        ({"status": {"obligation": "ja"}}, "profile.status.obligation", "ja"),
        ({"status": {"working": "nee"}}, "profile.status.working", "nee"),
        ({"status": []}, "profile.status", None),
        ({"hours_done": -1}, "profile.hours_done", "-1"),
        ({"waiting_since": "gisteren"}, "profile.waiting_since", "gisteren"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(client, facts, path, value):
    error = refused(suggested(client, facts), 422)[0]
    assert (error["path"], error.get("value")) == (path, value)


@pytest.mark.parametrize(
    ("facts", "path", "value"),
    [
        ({"kind": "cultuur"}, "kind", "cultuur"),
        ({"interests": ["koken"]}, "interests[0]", "koken"),
        ({"schedule": "dinsdag"}, "schedule", "dinsdag"),
        ({"schedule": ["di 19:00-21:00"]}, "schedule", None),
        ({"pauses": ["winter"]}, "pauses[0]", "winter"),
        ({"group_max": 2.5}, "group_max", "2.5"),
        ({"taalicoon": 9}, "taalicoon", "9"),
        ({"new_people": "soms"}, "new_people", "soms"),
        ({"price_eur": "5"}, "price_eur", "5"),
        ({"age_min": 50, "age_max": 20}, "age_max", "20"),
        ({"title": ["geheim"]}, "title", None),
        ({"title": ""}, "title", None),
        ({"description": 5}, "description", None),
        ({"naam": "geheim"}, "naam", None),
    ],
)
def test_a_wrong_value_of_a_proposal_is_named_by_its_path(client, facts, path, value):
    response = post(client, {"title": "x", **facts}, CHECK)
    error = refused(response, 422)[0]
    assert (error["path"], error.get("value")) == (path, value)
    assert "geheim" not in response.text


def test_every_wrong_value_is_named_at_once(client):
    errors = refused(suggested(client, {"age": "oud", "transport": "fiets", "naam": "Jan"}), 422)
    assert sorted(error["path"] for error in errors) == ["profile.age", "profile.naam", "profile.transport"]


def test_ten_thousand_interests_are_answered_or_refused_shortly(client):
    start = time.perf_counter()
    assert suggested(client, {"interests": ["cooking"] * 10_000}).status_code == 200
    response = suggested(client, {"interests": [f"koken{number}" for number in range(10_000)]})
    assert len(refused(response, 422)) <= 50
    assert len(response.data) < 20_000
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "facts",
    [
        {"availability": ["x"] * 20_000},
        {"availability": [5] * 20_000},
        {"needs": [5] * 20_000},
        {f"k{number}": 1 for number in range(20_000)},
    ],
)
def test_twenty_thousand_mistakes_give_a_short_answer(client, facts):
    response = suggested(client, facts)
    assert refused(response, 422)
    assert len(response.data) < 20_000


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (SUGGESTIONS, {"profile": {"id": "a" * 40_000}}),
        (SUGGESTIONS, {"profile": {"id": "p", "transport": "a" * 40_000}}),
        (SUGGESTIONS, {"profile": {"id": "p", "a" * 40_000: 1}}),
        (SUGGESTIONS, {"profile": {"id": "p", "availability": ["a" * 40_000]}}),
        (SUGGESTIONS, {"profile": {"id": "p", "wishes": "1" * 900_000}}),
        (CHECK, {"title": "x", "kind": "@." * 20_000}),
        (CHECK, {"title": "x", "schedule": "a" * 40_000}),
        (CHECK, {"title": "x", "interests": ["coking" + "g" * 40_000]}),
    ],
)
def test_a_very_long_value_is_refused_within_a_second(client, path, body):
    start = time.perf_counter()
    refused(post(client, body, path), 422)
    assert time.perf_counter() - start < 1


def test_a_schedule_of_thousands_of_sessions_is_answered_within_seconds(client):
    sessions = [
        f"2026-{month:02d}-{day:02d} {hour:02d}:00-{hour:02d}:30"
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(20)
    ]
    start = time.perf_counter()
    response = post(client, {"title": "x", "schedule": "; ".join(sessions)}, CHECK)
    assert response.status_code in (200, 422)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "key", ["age", "hours_done", "max_hours_per_week", "max_distance_km", "dutch_level", "id"]
)
@pytest.mark.parametrize("digits", ["9" * 390, "1e300", "-1e300", "-0.0", "1e-320"])
def test_a_number_of_any_size_is_answered_or_refused(client, key, digits):
    facts = f'"{key}": {digits}' if key == "id" else f'"id": "p", "{key}": {digits}'
    assert post(client, f'{{"profile": {{{facts}}}}}').status_code in (200, 422)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (SUGGESTIONS, r'{"profile": {"id": "\ud800"}}'),
        (SUGGESTIONS, r'{"profile": {"id": "p", "interests": ["\ud800"]}}'),
        (SUGGESTIONS, r'{"profile": {"id": "p", "\udfff": 1}}'),
        (SUGGESTIONS, r'{"\ud800": 1, "\ud800": 2}'),
        (SUGGESTIONS, r'{"profile": {"id": "p", "wishes": "\ud800"}}'),
        (SUGGESTIONS, r'{"profile": {"id": "p", "availability": ["\ud800"]}, "today": "\ud800"}'),
        (CHECK, r'{"title": "x", "kind": "\ud800"}'),
        (CHECK, r'{"title": "\ud800"}'),
    ],
)
def test_half_a_surrogate_is_refused(client, path, body):
    response = post(client, body, path)
    assert response.status_code in (400, 422)
    refused(response, response.status_code)


# What must not be shown


PERSONAL = [NUMBER, "85073003328", "jan@example.org"]


@pytest.mark.parametrize("secret", PERSONAL)
@pytest.mark.parametrize(
    "body",
    [
        '{"profile": {"id": "SECRET!"}}',
        '{"profile": {"id": "p", "wishes": "SECRET", "age": -1}}',
        '{"profile": {"id": "p", "SECRET": 1}}',
        '{"profile": {"id": "p", "home": {"SECRET": 1}}}',
        '{"profile": {"id": "p", "status": {"obligation": "SECRET"}}}',
        '{"profile": {"id": "p", "interests": ["SECRET"]}}',
        '{"profile": {"id": "p", "availability": ["SECRET"]}}',
        '{"profile": {"id": "p", "availability": "SECRET"}}',
        '{"profile": {"id": "p", "available_from": "SECRET"}}',
        '{"profile": {"id": "p", "age": "SECRET"}}',
        '{"profile": {"id": "p"}, "k": "SECRET"}',
        '{"profile": {"id": "p"}, "today": "SECRET"}',
        '{"profile": {"id": "p"}, "SECRET": 1}',
        '{"profile": {"id": "p", "SECRET": 1, "SECRET": 2}}',
    ],
)
def test_what_looks_personal_is_neither_shown_nor_logged(client, caplog, body, secret):
    with caplog.at_level(logging.DEBUG):
        response = post(client, body.replace("SECRET", secret))
    assert response.status_code in (400, 422)
    refused(response, response.status_code)
    assert secret not in response.text
    assert secret not in caplog.text


@pytest.mark.parametrize("digits", ["85073003328", "85073003328.0", "85073003328e999"])
@pytest.mark.parametrize("key", ["age", "dutch_level", "transport", "max_price_eur"])
def test_a_register_number_without_quotes_is_not_shown(client, key, digits):
    response = post(client, f'{{"profile": {{"id": "p", "{key}": {digits}}}}}')
    assert response.status_code in (400, 422)
    assert "85073003328" not in response.text


@pytest.mark.parametrize("secret", PERSONAL)
@pytest.mark.parametrize(
    "query", ["day=SECRET", "kind=SECRET", "limit=SECRET", "SECRET=1", "SECRET=1&SECRET=2", "interest=SECRET"]
)
def test_a_parameter_that_looks_personal_is_not_shown(client, query, secret):
    response = client.get(f"{ACTIVITIES}?{query.replace('SECRET', secret)}")
    refused(response, 422)
    assert secret not in response.text


def test_free_text_and_the_value_of_an_unknown_key_are_not_shown(client):
    response = suggested(client, {"wishes": ["geheim"], "religie": "geheim", "home": {"straat": "geheim"}})
    assert len(refused(response, 422)) == 3
    assert "geheim" not in response.text


def test_a_failure_says_nothing_of_its_cause(caplog):
    def broken_clock():
        raise RuntimeError("geheim")

    response = suggested(create_app(herent_office(), clock=broken_clock).test_client(), {"wishes": "naaien"})
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "geheim" not in response.text
    assert "naaien" not in caplog.text


# The description and the page to read it


def test_the_description_is_valid_openapi(description):
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_the_example_profiles_are_valid_by_the_description(description):
    for example in EXAMPLES:
        conforms(description, "SuggestionRequest", {"profile": example, "k": 10})


@pytest.mark.parametrize("level", ["1.2", 2.1, 0, "alfa", "a1"])
def test_each_spelling_of_a_level_that_is_taken_is_valid_by_the_description(client, description, level):
    assert suggested(client, {"dutch_level": level}).status_code == 200
    conforms(description, "SuggestionRequest", {"profile": {"id": "p", "dutch_level": level}})


def test_null_is_valid_by_the_description_where_it_is_taken(client, description):
    facts = dict.fromkeys(set(description["components"]["schemas"]["Profile"]["properties"]) - {"id"})
    assert suggested(client, facts).status_code == 200
    conforms(description, "SuggestionRequest", {"profile": {"id": "p", **facts}})


def test_a_problem_is_valid_by_the_description_and_its_value_is_described(client, description):
    response = suggested(client, {"age": "oud"})
    conforms(description, "ProblemDetails", response.json)
    assert set(response.json["errors"][0]) <= set(description["components"]["schemas"]["FieldError"]["properties"])


def test_the_description_has_every_status_that_is_given(client, description):
    paths = description["paths"]
    assert set(paths[SUGGESTIONS]["post"]["responses"]) >= {"200", "400", "405", "406", "413", "415", "422"}
    assert set(paths[ACTIVITIES]["get"]["responses"]) >= {"200", "405", "406", "422"}
    assert set(paths[ACTIVITIES + "/{id}"]["get"]["responses"]) >= {"200", "404", "405", "406"}


def test_the_page_to_read_it_needs_no_internet(client, description):
    response = client.get("/api/docs")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    loads = re.findall(
        r"""(?:src|href|action)\s*=\s*["']?([^"'\s>]+)|url\(([^)]+)\)|@import\s+(\S+)""", response.text
    )
    addresses = [part for found in loads for part in found if part]
    assert not [address for address in addresses if re.match(r"""['"]?(?:https?:)?//|data:""", address)]
    assert "<script" not in response.text or "script-src" in response.headers["Content-Security-Policy"]
    assert all(path in response.text for path in description["paths"])
    for address in addresses:
        if address.startswith("/"):
            with client.get(address.partition("#")[0]) as asset:
                assert asset.status_code == 200


# Headers


@pytest.mark.parametrize("path", ["/healthz", ACTIVITIES, "/api/v1/nergens", "/api/docs", "/"])
def test_every_answer_is_guarded(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"]


def test_an_answer_about_a_person_is_not_kept_and_sets_no_cookie(client):
    headers = suggested(client, {}).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "application/json"
    assert "Set-Cookie" not in headers


def test_a_request_stores_nothing(client):
    before = herent_matcher().offer_version, [activity.to_json() for activity in herent_matcher().activities]
    for example in EXAMPLES:
        post(client, {"profile": example, "varied": True})
    assert (
        herent_matcher().offer_version,
        [activity.to_json() for activity in herent_matcher().activities],
    ) == before
