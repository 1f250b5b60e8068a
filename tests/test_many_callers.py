"""Many callers at once, over real HTTP, at several server processes on one database."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from matcher.readers.csv_offer import read_offer
from matcher.service.office import fill_office
from matcher.vocabulary import data_folder
from tests.offices import NOW
from tests.servers import Caller, servers

pytestmark = pytest.mark.slow

N_RECORDS, N_EDITS, N_CALLERS = 1_000, 500, 8
PROFILES = "/api/v1/profiles"


@pytest.fixture
def caller(store_url, store):
    """Call two servers on SQLite, four on PostgreSQL."""
    offer, _ = read_offer(data_folder() / "herent_offer.csv")
    fill_office(store, offer[:5], municipality="herent", now=NOW)
    with servers(store_url, 2 if store_url.startswith("sqlite") else 4) as ports:
        caller = Caller(ports)
        yield caller
        caller.close()


def all_codes(caller):
    codes, cursor = [], ""
    while cursor is not None:
        status, _, page = caller(0, "GET", f"{PROFILES}?limit=200{cursor and '&cursor=' + cursor}")
        assert status == 200
        codes += [one["id"] for one in page["items"]]
        cursor = page["next"]
    return codes


def test_1000_posts_sent_twice_with_the_same_key_make_1000_records(caller):
    def post(number):
        body = {"interests": ["cooking"], "age": 18 + number % 60}
        status, headers, answer = caller(turns[number], "POST", PROFILES, body, Idempotency_Key=f"key-{number}")
        turns[number] += 1
        return number, (status, headers["Location"], headers["ETag"], answer["id"])

    turns = [random.Random(number).randrange(4) for number in range(N_RECORDS)]
    twice = [*range(N_RECORDS)] * 2
    # Both copies of a request are under way at about the same moment, at different servers.
    twice.sort()
    with ThreadPoolExecutor(N_CALLERS) as pool:
        answers = list(pool.map(post, twice))
    told = dict(answers)
    assert len(answers) == 2 * N_RECORDS
    assert all(told[number] == answer for number, answer in answers)
    assert {answer[0] for answer in told.values()} == {201}
    assert sorted(answer[3] for answer in told.values()) == sorted(all_codes(caller))
    assert len(told) == N_RECORDS


def test_500_changes_at_once_with_if_match_lose_none_and_the_late_one_is_told(caller):
    codes = ["p-1", "p-2", "p-3"]
    for code in codes:
        assert caller(0, "PUT", f"{PROFILES}/{code}", {"age": 0, "hours_done": 0})[0] == 201

    def add_one(number):
        where, n_late = f"{PROFILES}/{codes[number % len(codes)]}", 0
        while True:
            _, headers, profile = caller(number, "GET", where)
            profile["hours_done"] += 1
            status, _, _ = caller(number + n_late, "PUT", where, profile, If_Match=headers["ETag"])
            if status == 200:
                return n_late
            assert status == 412
            n_late += 1

    with ThreadPoolExecutor(N_CALLERS) as pool:
        late = list(pool.map(add_one, range(N_EDITS)))
    found = [caller(0, "GET", f"{PROFILES}/{code}") for code in codes]
    assert sum(profile["hours_done"] for _, _, profile in found) == N_EDITS
    assert sum(int(headers["ETag"].strip('"')) - 1 for _, headers, _ in found) == N_EDITS
    assert sum(late) > 0
