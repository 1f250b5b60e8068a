"""Several processes in one store: nothing is lost, nothing is done twice."""

import random
from datetime import timedelta

import pytest

from matcher import read_activity
from matcher.model.profile import read_profile
from matcher.model.steps import OutcomeStep, read_step
from matcher.service.dossiers import note_step, open_dossier
from matcher.service.office import Office, fill_office
from matcher.store import Store
from tests.offices import NOW
from tests.working import CASEWORKER, FIRST_DAY, at_once

pytestmark = pytest.mark.slow
CODES = ["6P4-B5KT", "aaa", "bbb", "ccc", "ddd"]
N_EDITS, N_KEYS = 500, 1000


@pytest.fixture
def n_processes(store_url):
    return 2 if store_url.startswith("sqlite") else 4


@pytest.fixture
def office(store):
    activity = read_activity(
        {"id": "praattafel", "title": "Praattafel", "description": "Praten:", "organiser": "O", "kind": "informal"}
    )
    fill_office(store, [activity], municipality="herent", now=NOW)
    office = Office(store)
    step = read_step(OutcomeStep, {"activity_id": "praattafel", "outcome": "chosen"})
    with store.writing() as work:
        for code in CODES:
            profile = read_profile({"id": code})
            open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(1), code=code)
            note_step(work, CASEWORKER, code, step, now=NOW)
    return office


def test_of_500_edits_at_once_none_is_lost(store_url, store, office, n_processes):
    found = at_once("note-hours", store_url, n_processes=n_processes, words=[",".join(CODES), N_EDITS])
    assert sum(one["written"] for one in found) == N_EDITS
    assert sum(one["late"] for one in found) > 0
    with store.reading() as work:
        dossiers = work.dossiers.of(["herent"])
    days = sorted(entry.on for dossier in dossiers for entry in dossier.hours)
    assert days == [FIRST_DAY + timedelta(days=day) for day in range(N_EDITS)]
    assert all([event.number for event in one.events] == list(range(1, one.version + 1)) for one in dossiers)


def test_of_100_edits_of_one_record_at_once_none_is_lost(store_url, store, office, n_processes):
    found = at_once("edit-record", store_url, n_processes=n_processes, words=[100])
    assert sum(one["written"] for one in found) == 100
    with store.reading() as work:
        text = work.offers.activity("praattafel").description
        versions = [version.number for version in work.offers.versions(kinds=["record"], limit=1000)]
    assert sorted(map(int, text.split()[1:])) == list(range(100))
    assert sorted(versions) == list(range(2, 102))


def test_1000_requests_sent_twice_with_the_same_keys_make_1000_dossiers(store_url, store, n_processes):
    found = at_once("answer-once", store_url, n_processes=n_processes, words=[N_KEYS])
    codes = {}
    for one in found:
        for key, code in one.items():
            assert codes.setdefault(key, code) == code
    assert sum(map(len, found)) == 2 * N_KEYS
    with store.reading() as work:
        kept = {dossier.code for dossier in work.dossiers.of(["herent"])}
    assert set(codes.values()) == kept
    assert len(kept) == N_KEYS


def test_four_processes_begin_at_once_on_an_empty_database(empty_url):
    secrets = at_once("begin", empty_url, n_processes=4)
    assert len(set(secrets)) == 1
    store = Store(empty_url)
    with store.reading() as work:
        assert work.offers.version() == 1
        assert len(work.offers.records()) == 5
    store.close()
