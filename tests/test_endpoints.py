import json
import logging
import random
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from api import create_app
from matcher.model import read_profile
from matcher.model.steps import OutcomeStep
from matcher.service.dossiers import note_step, open_dossier
from matcher.store.work import DAYS_ANSWERS_KEPT
from tests.herent import herent_offer, herent_office
from tests.offices import NOW
from tests.test_api import EXAMPLES, NUMBER, refused

pytestmark = pytest.mark.slow

PROFILES = "/api/v1/profiles"
COOK = {"interests": ["cooking"], "dutch_level": "A1", "home": {"postal_code": "3020"}}
OFFER = herent_offer()
KITCHEN = "keukenploeg-dienstencentrum"


class Clock:
    """A clock that stands still until somebody moves it."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office():
    return herent_office()


@pytest.fixture
def client(office, clock):
    return create_app(office, clock=clock, rng=random.Random(1)).test_client()


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").json


@pytest.fixture
def conforms(description):
    """Check an answer against the shape that is described for its call."""

    def check(response, path, method):
        described = description["paths"][path][method]["responses"][str(response.status_code)]
        for name, header in described.get("headers", {}).items():
            assert name in response.headers or not header.get("required")
        schema = described["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": description["components"]}).validate(response.json)

    return check


def opened(client, profile=COOK, **more):
    response = client.post(PROFILES, json=profile, **more)
    assert response.status_code == 201
    return response.headers["Location"]


def chosen(client, where):
    response = client.post(f"{where}/outcomes", json={"activity_id": KITCHEN, "outcome": "chosen"})
    assert response.status_code == 201
    return response


def with_hours(client, hours=2.5, on="2026-11-20"):
    """Open a dossier in which somebody attended once, and return its address and the number of the hours."""
    where = opened(client)
    chosen(client, where)
    noted = client.post(f"{where}/hours", json={"activity_id": KITCHEN, "on": on, "hours": hours})
    assert noted.status_code == 201
    return where, noted.json["number"]


def with_key(key, **more):
    return {"headers": {"Idempotency-Key": key, **more}}


def count(client):
    return len(client.get(PROFILES, query_string={"limit": 200}).json["items"])


# Profiles


def test_a_new_dossier_gets_a_code_an_address_and_an_etag(client, conforms):
    response = client.post(PROFILES, json=COOK)
    assert response.status_code == 201
    assert response.json == {"id": response.json["id"], **COOK}
    assert response.headers["Location"] == f"{PROFILES}/{response.json['id']}"
    assert response.headers["ETag"] == '"1"'
    conforms(response, PROFILES, "post")
    assert client.get(response.headers["Location"]).json == response.json


def test_the_code_of_the_product_takes_the_place_of_an_id_that_is_sent(client):
    response = client.post(PROFILES, json={"id": "mine", **COOK})
    assert response.json["id"] != "mine"
    assert client.get(f"{PROFILES}/mine").status_code == 404


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["id"])
def test_a_profile_comes_back_as_it_was_written(client, conforms, example):
    response = client.put(f"{PROFILES}/{example['id']}", json=example)
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PROFILES}/{example['id']}"
    found = client.get(f"{PROFILES}/{example['id']}")
    assert found.json == read_profile(example).to_json()
    conforms(found, f"{PROFILES}/{{id}}", "get")


def test_a_profile_that_is_there_is_changed_with_its_etag_only(client, conforms):
    where = opened(client)
    unseen = client.put(where, json={})
    refused(unseen, 412)
    assert "If-Match" in unseen.json["detail"]
    changed = client.put(where, json={"interests": ["sewing"]}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"], changed.json["interests"]) == (200, '"2"', ["sewing"])
    conforms(changed, f"{PROFILES}/{{id}}", "put")
    refused(client.put(where, json={}, headers={"If-Match": '"1"'}), 412)
    assert client.get(where).json == changed.json
    assert client.put(where, json={}, headers={"If-Match": "*"}).status_code == 200


def test_a_profile_that_is_not_there_is_not_made_by_who_saw_one(client):
    for tag in ("*", '"1"'):
        refused(client.put(f"{PROFILES}/p-1", json={}, headers={"If-Match": tag}), 412)
    assert count(client) == 0


@pytest.mark.parametrize("tag", ["1", "", 'W/"1"', '"1", "2"', '"1', "**", '"é"', "x" * 5_000])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_an_etag_that_is_none_is_named(client, tag, method):
    where = opened(client)
    errors = refused(client.open(where, method=method.upper(), json={}, headers={"If-Match": tag}), 422)
    assert errors[0]["path"] == "If-Match"
    assert client.get(where).headers["ETag"] == '"1"'


@pytest.mark.parametrize("tag", ['"0"', '"01"', '"x"', '""', '"-1"', '"99999999999999999999"'])
def test_an_etag_that_was_never_given_is_late(client, tag):
    refused(client.put(opened(client), json={}, headers={"If-Match": tag}), 412)


def test_the_id_of_a_body_is_that_of_the_address_or_left_out(client):
    assert client.put(f"{PROFILES}/p-1", json={"id": None}).status_code == 201
    assert refused(client.put(f"{PROFILES}/p-2", json={"id": "p-1"}), 422)[0]["path"] == "id"


def test_a_wrong_profile_is_named_by_its_keys_and_makes_nothing(client):
    for call in (client.post, client.put):
        where = PROFILES if call == client.post else f"{PROFILES}/p-1"
        errors = refused(call(where, json={"availability": ["ma 09:00-12:00", "di"], "naam": "geheim"}), 422)
        assert sorted(error["path"] for error in errors) == ["availability[1]", "naam"]
        for body in (0, [], "p"):
            assert refused(call(where, json=body), 422)[0]["expected"] == "must be an object"
    assert count(client) == 0


def test_a_dossier_is_deleted_with_all_that_was_noted(client):
    where, _ = with_hours(client)
    refused(client.delete(where, headers={"If-Match": '"1"'}), 412)
    gone = client.delete(where, headers={"If-Match": '"3"'})
    assert (gone.status_code, gone.data, gone.headers.get("Content-Type")) == (204, b"", None)
    for path in ("", "/shortlist", "/outcomes", "/hours", "/state"):
        refused(client.get(where + path), 404)
    refused(client.delete(where), 404)


def test_dossiers_are_listed_by_municipality_and_page(client, conforms):
    codes = sorted(opened(client).rpartition("/")[2] for _ in range(5))
    elsewhere = opened(client, query_string={"municipality": "Leuven"})
    page = client.get(PROFILES, query_string={"limit": 2})
    conforms(page, PROFILES, "get")
    found = page.json["items"]
    while page.json["next"]:
        page = client.get(PROFILES, query_string={"limit": 2, "cursor": page.json["next"]})
        found += page.json["items"]
    assert [one["id"] for one in found] == codes
    there = client.get(PROFILES, query_string={"municipality": "leuven"}).json
    assert there == {"items": [client.get(elsewhere).json], "next": None}


def test_who_asked_and_for_which_municipality_is_kept_beside_the_profile(client, conforms):
    where = opened(client, query_string={"municipality": "rotselaar", "asked_by": "inburgeraar"})
    state = client.get(f"{where}/state")
    assert (state.json["municipality"], state.json["asked_by"]) == ("rotselaar", "inburgeraar")
    conforms(state, f"{PROFILES}/{{id}}/state", "get")


@pytest.mark.parametrize("call", ["get", "post"])
def test_a_municipality_that_is_not_served_is_refused(client, call):
    body = {} if call == "get" else {"json": {}}
    response = getattr(client, call)(PROFILES, query_string={"municipality": "gent"}, **body)
    refused(response, 403)
    assert "leuven" in response.json["detail"]


def test_a_dossier_of_another_municipality_is_not_there(client, office):
    from dataclasses import replace

    from matcher.model.access import DEMONSTRATION_ACCOUNTS

    asker = replace(DEMONSTRATION_ACCOUNTS["caseworker"], municipality="gent", municipalities=("gent",))
    with office.store.writing() as work:
        open_dossier(work, asker, read_profile({"id": "p"}), now=NOW, rng=random.Random(1), code="p-gent")
    for path in ("", "/shortlist", "/outcomes", "/hours", "/proofs", "/own-activities", "/state"):
        refused(client.get(f"{PROFILES}/p-gent{path}"), 404)
    refused(client.delete(f"{PROFILES}/p-gent"), 404)
    refused(client.post(f"{PROFILES}/p-gent/outcomes", json={"activity_id": "x", "outcome": "chosen"}), 404)
    refused(client.put(f"{PROFILES}/p-gent", json={}), 409)


# The shortlist


def test_a_shortlist_is_what_suggestions_say_of_the_same_profile(client, conforms):
    where = opened(client)
    shortlist = client.get(f"{where}/shortlist", query_string={"k": 7})
    conforms(shortlist, f"{PROFILES}/{{id}}/shortlist", "get")
    asked = client.post("/api/v1/suggestions", json={"profile": client.get(where).json, "k": 7})
    assert shortlist.data == asked.data
    assert len(client.get(f"{where}/shortlist").json["suggestions"]) == 10


def test_a_shortlist_may_be_varied_and_of_another_day(client):
    where = opened(client)
    varied = client.get(f"{where}/shortlist", query_string={"varied": "true", "today": "2027-02-01"}).json
    assert (varied["varied"], varied["today"]) == (True, "2027-02-01")
    assert "varied" not in client.get(f"{where}/shortlist", query_string={"varied": "false"}).json


def test_what_was_said_no_to_does_not_come_back_and_hours_count(client):
    where, _ = with_hours(client)
    first = client.get(f"{where}/shortlist").json
    assert (first["track"]["hours_done"], first["track"]["hours_to_go"]) == (2.5, 37.5)
    refusal = {"activity_id": first["suggestions"][0]["activity_id"], "outcome": "declined", "reason": "too_far"}
    assert client.post(f"{where}/outcomes", json=refusal).status_code == 201
    again = [one["activity_id"] for one in client.get(f"{where}/shortlist?k=1000").json["suggestions"]]
    assert not {refusal["activity_id"], KITCHEN} & set(again)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("k=0", "k"),
        ("k=1001", "k"),
        ("k=" + "9" * 5_000, "k"),
        ("k=tien", "k"),
        ("k=1&k=2", "k"),
        ("varied=ja", "varied"),
        ("varied=1", "varied"),
        ("today=morgen", "today"),
        ("today=9999-12-31", "today"),
        ("page=2", "page"),
        ("k=%00", "k"),
        ("k=%ff", "k"),
    ],
)
def test_a_wrong_wish_for_a_shortlist_is_named(client, query, path):
    errors = refused(client.get(f"{opened(client)}/shortlist?{query}"), 422)
    assert [error["path"] for error in errors] == [path]


# What is noted


def test_an_outcome_is_noted_with_its_number_and_the_title(client, conforms):
    where = opened(client)
    step = {"activity_id": KITCHEN, "outcome": "declined", "reason": "times", "on": "2026-11-20"}
    response = client.post(f"{where}/outcomes", json=step, headers={"If-Match": '"1"'})
    assert (response.status_code, response.headers["ETag"]) == (201, '"2"')
    conforms(response, f"{PROFILES}/{{id}}/outcomes", "post")
    noted = response.json
    assert noted | step == noted
    assert (noted["number"], noted["role"], noted["at"]) == (2, "caseworker", "2026-11-23T10:15:00+01:00")
    assert noted["title"] == "Keukenploeg van het dienstencentrum"
    listed = client.get(f"{where}/outcomes")
    conforms(listed, f"{PROFILES}/{{id}}/outcomes", "get")
    assert listed.json == {"items": [noted], "next": None}


def test_hours_are_listed_with_what_stood_there_before(client, conforms):
    where, number = with_hours(client)
    correction = client.post(f"{where}/hours", json={"corrects": number, "hours": 2, "on": "2026-11-19"})
    conforms(correction, f"{PROFILES}/{{id}}/hours", "post")
    listed = client.get(f"{where}/hours")
    conforms(listed, f"{PROFILES}/{{id}}/hours", "get")
    (entry,) = listed.json["items"]
    assert (entry["hours"], entry["on"]) == (2.0, "2026-11-19")
    assert entry["before"] == [{"hours": 2.5, "on": "2026-11-20"}]
    assert (listed.json["hours_reported"], listed.json["hours_proved"], listed.json["hours_to_go"]) == (2, 0, 38)


def test_hours_are_proved_once_a_bewijs_is_checked(client, conforms):
    where, number = with_hours(client)
    made = client.post(f"{where}/proofs", json={"activity_id": KITCHEN})
    conforms(made, f"{PROFILES}/{{id}}/proofs", "post")
    assert made.json["entries"] == [number]
    for state in ("signed", "back", "checked"):
        assert client.get(f"{where}/hours").json["hours_proved"] == 0
        next_state = client.post(f"{where}/proofs", json={"proof": made.json["number"], "state": state})
        conforms(next_state, f"{PROFILES}/{{id}}/proofs", "post")
    listed = client.get(f"{where}/proofs")
    conforms(listed, f"{PROFILES}/{{id}}/proofs", "get")
    assert listed.json["items"][0]["states"].keys() == {"given", "signed", "back", "checked"}
    hours = client.get(f"{where}/hours").json
    assert (hours["hours_proved"], hours["items"][0]["proved"]) == (2.5, True)


def test_an_own_proposal_is_checked_decided_about_and_followed(client, conforms):
    where, own = opened(client), f"{PROFILES}/{{id}}/own-activities"
    step = {"proposal": {"title": "Koken in de wijk", "group_max": 8}, "knows_people": False}
    noted = client.post(f"{where}/own-activities", json=step)
    conforms(noted, own, "post")
    name = noted.json["activity_id"]
    decided = client.post(f"{where}/own-activities/{name}/decision", json={"decision": "fits"})
    conforms(decided, f"{own}/{{activity_id}}/decision", "post")
    listed = client.get(f"{where}/own-activities")
    conforms(listed, own, "get")
    (one,) = listed.json["items"]
    assert (one["decision"], one["criteria"]["points"][1]["answer"]) == ("fits", "yes")
    step = {"activity_id": name, "outcome": "attended"}
    assert client.post(f"{where}/outcomes", json=step).json["title"] == "Koken in de wijk"
    refused(client.post(f"{where}/own-activities/eigen-9/decision", json={"decision": "fits"}), 404)


def test_the_last_thing_is_taken_back_and_stays_out_of_the_lists(client, conforms):
    where, number = with_hours(client)
    undone = client.post(f"{where}/undo", headers={"If-Match": '"3"'})
    assert (undone.status_code, undone.json, undone.headers["ETag"]) == (
        200,
        {"undone": number, "kind": "hours"},
        '"4"',
    )
    conforms(undone, f"{PROFILES}/{{id}}/undo", "post")
    assert client.get(f"{where}/hours").json["items"] == []
    client.post(f"{where}/undo")
    assert client.get(f"{where}/outcomes").json["items"] == []
    refused(client.post(f"{where}/undo"), 409)


def test_a_dossier_ends_and_opens_again(client, conforms):
    where = opened(client)
    refused(client.post(f"{where}/reopen"), 409)
    ended = client.post(f"{where}/end", json={"ending": "moved"})
    conforms(ended, f"{PROFILES}/{{id}}/end", "post")
    assert client.get(f"{where}/state").json["ended_on"] == "2026-11-23"
    late = client.post(f"{where}/outcomes", json={"activity_id": KITCHEN, "outcome": "chosen"})
    refused(late, 409)
    assert "ended" in late.json["detail"]
    reopened = client.post(f"{where}/reopen")
    assert reopened.status_code == 201
    conforms(reopened, f"{PROFILES}/{{id}}/reopen", "post")
    chosen(client, where)


def test_what_was_changed_meanwhile_is_not_noted(client):
    where, _ = with_hours(client)
    for path, body in (
        ("outcomes", {"activity_id": KITCHEN, "outcome": "attended"}),
        ("hours", {"activity_id": KITCHEN, "on": "2026-11-21", "hours": 1}),
        ("proofs", {"activity_id": KITCHEN}),
        ("own-activities", {"proposal": {"title": "x"}}),
        ("end", {"ending": "moved"}),
        ("undo", None),
    ):
        refused(client.post(f"{where}/{path}", json=body, headers={"If-Match": '"1"'}), 412)
    assert client.get(where).headers["ETag"] == '"3"'


@pytest.mark.parametrize(
    ("path", "body", "wrong"),
    [
        ("outcomes", {"activity_id": "nergens", "outcome": "chosen"}, "activity_id"),
        ("outcomes", {"activity_id": "Ergens!", "outcome": "chosen"}, "activity_id"),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "clicked"}, "outcome"),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "chosen", "reason": "times"}, "reason"),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "attended", "on": "2026-12-24"}, "on"),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "visit_planned"}, "visit_on"),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "chosen", "note": "geheim"}, "note"),
        ("hours", {"activity_id": KITCHEN, "on": "2026-11-20", "hours": 25}, "hours"),
        ("hours", {"activity_id": KITCHEN, "on": "2026-11-20", "hours": "2"}, "hours"),
        ("hours", {"corrects": 10**300, "hours": 2}, "corrects"),
        ("hours", {}, "activity_id"),
        ("proofs", {"state": "given"}, "activity_id"),
        ("own-activities", {"proposal": {"title": "x", "kind": "nieuw"}}, "kind"),
        ("own-activities", {"proposal": []}, "proposal"),
        ("end", {"ending": "weg"}, "ending"),
        ("end", [], ""),
    ],
)
def test_a_wrong_step_is_named_by_its_keys(client, path, body, wrong):
    where, _ = with_hours(client)
    response = client.post(f"{where}/{path}", json=body)
    assert wrong in [error["path"] for error in refused(response, 422)]
    assert "geheim" not in response.text


def test_what_cannot_follow_is_a_conflict_that_says_why(client):
    where, number = with_hours(client)
    hours = {"activity_id": "naaiatelier", "on": "2026-11-20", "hours": 1}
    for path, body in (
        ("hours", hours),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "proposed"}),
        ("proofs", {"activity_id": "naaiatelier"}),
    ):
        response = client.post(f"{where}/{path}", json=body)
        refused(response, 409)
        assert response.json["detail"].count(body["activity_id"]) == 1
    refused(client.post(f"{where}/hours", json={"corrects": number + 50, "hours": 1}), 404)


# The key of a request


def test_the_same_request_with_the_same_key_writes_once(client):
    first = client.post(PROFILES, json=COOK, **with_key("a-1"))
    again = client.post(PROFILES, json=COOK, **with_key("a-1"))
    assert (again.status_code, again.data) == (201, first.data)
    for name in ("ETag", "Location", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert count(client) == 1
    assert client.post(PROFILES, json=COOK, **with_key("a-2")).json["id"] != first.json["id"]


def test_every_writing_call_takes_a_key(client):
    where, number = with_hours(client)
    made = client.post(f"{where}/proofs", json={"activity_id": KITCHEN}, **with_key("proof"))
    calls = [
        ("PUT", "", COOK, {"If-Match": '"4"'}),
        ("POST", "/outcomes", {"activity_id": KITCHEN, "outcome": "attended"}, {}),
        ("POST", "/hours", {"activity_id": KITCHEN, "on": "2026-11-21", "hours": 1}, {}),
        ("POST", "/proofs", {"proof": made.json["number"], "state": "signed"}, {}),
        ("POST", "/own-activities", {"proposal": {"title": "x"}}, {}),
        ("POST", "/own-activities/eigen-1/decision", {"decision": "fits"}, {}),
        ("POST", "/undo", None, {}),
        ("POST", "/end", {"ending": "moved"}, {}),
        ("POST", "/reopen", None, {}),
        ("DELETE", "", None, {}),
    ]
    for number, (method, path, body, headers) in enumerate(calls):
        wish = {"method": method, "json": body, **with_key(f"key-{number}", **headers)}
        first = client.open(where + path, **wish)
        assert first.status_code < 300, first.text
        again = client.open(where + path, **wish)
        assert (again.status_code, again.data) == (first.status_code, first.data)
        assert again.headers.get("ETag") == first.headers.get("ETag")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", PROFILES, {"interests": ["sewing"]}),
        ("POST", f"{PROFILES}?asked_by=other", COOK),
        ("PUT", f"{PROFILES}/p-1", COOK),
    ],
)
def test_another_request_with_the_same_key_is_refused(client, method, path, body):
    opened(client, **with_key("a"))
    errors = refused(client.open(path, method=method, json=body, **with_key("a")), 422)
    assert errors[0]["path"] == "Idempotency-Key"
    assert count(client) == 1


def test_what_was_refused_is_not_kept(client):
    refused(client.post(PROFILES, json={"age": -1}, **with_key("a")), 422)
    refused(client.put(f"{PROFILES}/p", json={}, **with_key("a", **{"If-Match": "*"})), 412)
    assert client.post(PROFILES, json=COOK, **with_key("a")).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256, '""', '"a b"', "a\tb"])
def test_a_key_that_is_none_is_named(client, key):
    errors = refused(client.post(PROFILES, json=COOK, **with_key(key)), 422)
    assert errors[0]["path"] == "Idempotency-Key"
    assert count(client) == 0


def test_a_key_may_stand_in_the_quotes_of_a_structured_field(client):
    first = client.post(PROFILES, json=COOK, **with_key('"a-1"'))
    assert client.post(PROFILES, json=COOK, **with_key("a-1")).data == first.data
    assert client.post(PROFILES, json=COOK, **with_key("~" * 255)).status_code == 201


def test_an_old_key_is_forgotten(client, clock):
    first = client.post(PROFILES, json=COOK, **with_key("a"))
    clock.now = NOW + timedelta(days=DAYS_ANSWERS_KEPT, seconds=-1)
    assert client.post(PROFILES, json=COOK, **with_key("a")).data == first.data
    clock.now = NOW + timedelta(days=DAYS_ANSWERS_KEPT, seconds=1)
    assert client.post(PROFILES, json=COOK, **with_key("a")).json["id"] != first.json["id"]


def test_what_was_answered_of_a_deleted_dossier_is_forgotten_and_not_made_again(client, office):
    wish = {"json": {"wishes": "een zeldzame wens"}, **with_key("a")}
    where = client.post(PROFILES, **wish).headers["Location"]
    client.post(f"{where}/own-activities", json={"proposal": {"title": "zeldzaam"}}, **with_key("b"))
    assert client.delete(where).status_code == 204
    refused(client.post(PROFILES, **wish), 404)
    assert count(client) == 0
    with office.store.reading() as work:
        kept = work._connection.exec_driver_sql("SELECT * FROM answers").all()
    assert len(kept) == 2
    assert "zeldzaam" not in str(kept)


# Odd requests


@pytest.mark.parametrize("word", [NUMBER, "jan@example.org", "%00", "%ff", "a" * 65, "a b", "<b>", "%2e%2e", "é"])
@pytest.mark.parametrize("path", ["", "/shortlist", "/outcomes", "/hours", "/state"])
def test_an_odd_id_is_not_there_and_not_repeated(client, word, path):
    response = client.get(f"{PROFILES}/{word}{path}")
    refused(response, 404)
    assert word not in response.text


@pytest.mark.parametrize("word", [NUMBER, "%00", "%ff", "a" * 65, "a b", "é"])
def test_an_odd_id_is_not_written(client, word):
    errors = refused(client.put(f"{PROFILES}/{word}", json={}), 422)
    assert errors[0]["path"] == "id"
    assert NUMBER not in json.dumps(errors)
    for method, path in (("DELETE", ""), ("POST", "/undo"), ("POST", "/reopen")):
        refused(client.open(f"{PROFILES}/{word}{path}", method=method), 404)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "cursor=%00", "cursor=a%20b", "cursor=", "limit=1&limit=1", "q=x"]
)
def test_a_wrong_parameter_of_the_list_is_named(client, query):
    assert refused(client.get(f"{PROFILES}?{query}"), 422)[0]["path"] == query.partition("=")[0]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("patch", PROFILES, "POST"),
        ("delete", PROFILES, "POST"),
        ("post", f"{PROFILES}/p", "PUT"),
        ("put", f"{PROFILES}/p/outcomes", "POST"),
        ("get", f"{PROFILES}/p/undo", "POST"),
        ("post", f"{PROFILES}/p/shortlist", "GET"),
    ],
)
def test_another_method_is_405_and_says_which(client, method, path, allowed):
    response = getattr(client, method)(path)
    refused(response, 405)
    assert allowed in response.headers["Allow"]


@pytest.mark.parametrize("path", [PROFILES, f"{PROFILES}/p/outcomes", f"{PROFILES}/p/hours", f"{PROFILES}/p/end"])
def test_a_body_that_cannot_be_read_is_refused_before_anything_else(client, path):
    json_type = {"content_type": "application/json"}
    refused(client.post(path, data=b"{}", content_type="text/plain"), 415)
    refused(client.post(path, data=b"[" * 100_000, **json_type), 400)
    refused(client.post(path, data=b'{"a": "\xff"}', **json_type), 400)
    refused(client.post(path, data=b"{}".ljust(1024 * 1024 + 1), **json_type), 413)
    refused(client.post(path, json={}, headers={"Accept": "text/html"}), 406)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9"},
        {"Origin": "x"},
        {"Origin": "http://[localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_a_page_of_another_site_may_not_write(client, headers):
    where = opened(client)
    refused(client.post(PROFILES, json=COOK, headers=headers), 403)
    refused(client.put(where, json={}, headers={"If-Match": "*", **headers}), 403)
    refused(client.delete(where, headers=headers), 403)
    assert client.post("/voorstellen", data={}, headers=headers).status_code == 403
    assert client.post("/wie", data={"role": "analyst"}, headers=headers).status_code == 403
    assert client.get(where, headers=headers).json["interests"] == ["cooking"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_page_of_this_site_and_a_program_may_write(client, headers):
    assert client.post(PROFILES, json=COOK, headers=headers).status_code == 201


@pytest.mark.parametrize("secret", [NUMBER, "85073003328", "jan@example.org"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("outcomes", {"activity_id": "SECRET", "outcome": "chosen"}),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "SECRET"}),
        ("outcomes", {"activity_id": KITCHEN, "outcome": "chosen", "SECRET": 1}),
        ("hours", {"activity_id": "SECRET", "on": "2026-11-20", "hours": 1}),
        ("proofs", {"activity_id": "SECRET"}),
        ("own-activities", {"proposal": {"title": "x", "kind": "SECRET"}}),
        ("own-activities/SECRET/decision", {"decision": "fits"}),
    ],
)
def test_what_looks_personal_is_neither_shown_nor_logged(client, caplog, path, body, secret):
    where = opened(client)
    with caplog.at_level(logging.DEBUG):
        raw = json.dumps(body).replace("SECRET", secret)
        path = path.replace("SECRET", secret)
        response = client.post(f"{where}/{path}", data=raw, content_type="application/json")
    assert response.status_code in (404, 409, 422)
    assert secret not in response.text
    assert secret not in caplog.text


def test_what_somebody_else_noted_stands_in_the_lists_too(client, office):
    from matcher.model.access import DEMONSTRATION_ACCOUNTS

    where = opened(client)
    step = OutcomeStep(activity_id=KITCHEN, outcome="proposed")
    with office.store.writing() as work:
        note_step(work, DEMONSTRATION_ACCOUNTS["desk"], where.rpartition("/")[2], step, now=NOW)
    assert client.get(f"{where}/outcomes").json["items"][0]["role"] == "desk"
