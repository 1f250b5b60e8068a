"""Killed in the middle of writing: what was told to be written is there, and the store is whole."""

import random
import sqlite3
import time

import pytest

from matcher.model.profile import read_profile
from matcher.service.dossiers import open_dossier
from matcher.store import Store
from matcher.store.offers import SHARED
from tests.databases import Cluster
from tests.offices import NOW
from tests.working import CASEWORKER, start_writer

pytestmark = pytest.mark.slow
CODES = ["6P4-B5KT", "aaa"]
N_SQLITE, N_POSTGRESQL = 50, 10


@pytest.fixture
def durable():
    """Start a PostgreSQL that keeps what it says it keeps, as a server of one's own does."""
    cluster = Cluster(durable=True)
    yield cluster
    cluster.stop()


def with_dossiers(url):
    """Make the tables, and a dossier for each writer."""
    store = Store(url)
    store.migrate()
    with store.writing() as work:
        for code in CODES:
            profile = read_profile({"id": code})
            open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(1), code=code)
    store.close()


def killed_while_writing(url, *, after_s, kill_more=lambda: None):
    """Let two processes write, kill them (and more), and return the last number that each was told of."""
    started = [start_writer(url, code) for code in CODES]
    for _, told in started:
        assert told.poll(60)
    time.sleep(after_s)
    kill_more()
    for process, _ in started:
        process.kill()
    for process, _ in started:
        process.join()
    acknowledged = {}
    for _, told in started:
        with open(told.fileno(), closefd=False, encoding="ascii") as lines:
            # A line that was cut off was not told.
            for line in lines:
                if line.endswith("\n"):
                    code, number = line.split()
                    acknowledged[code] = int(number)
        told.close()
    return acknowledged


def must_be_whole(url, acknowledged):
    """Look whether all that was acknowledged is there, each unit of work as a whole, and writing goes on."""
    store = Store(url)
    store.migrate()
    with store.reading() as work:
        n_events = 0
        for dossier in work.dossiers.of(["herent"]):
            numbers = [event.number for event in dossier.events]
            assert numbers == list(range(1, dossier.version + 1))
            assert dossier.version >= acknowledged.get(dossier.code, 1)
            assert (work.offers.own_facts(SHARED, dossier.code).places_left or 1) == dossier.version
            n_events += len(numbers) - 1
        versions = [version.number for version in work.offers.versions(kinds=["facts"], limit=1_000_000)]
        assert versions == list(range(n_events, 0, -1))
    with store.writing() as work:
        work.keep_setting("written", "after")
    store.close()


def test_killing_writers_50_times_loses_nothing_that_was_acknowledged_with_sqlite(tmp_path):
    file = tmp_path / "matcher.db"
    url, rng = f"sqlite:///{file}", random.Random(5)
    with_dossiers(url)
    for _ in range(N_SQLITE):
        acknowledged = killed_while_writing(url, after_s=rng.uniform(0, 0.15))
        assert acknowledged
        must_be_whole(url, acknowledged)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.postgresql
def test_killing_writers_and_the_server_10_times_loses_nothing_with_postgresql(durable):
    url, rng = durable.url(durable.new()), random.Random(5)
    with_dossiers(url)
    for number in range(N_POSTGRESQL):
        server_too = number % 2
        more = durable.kill if server_too else lambda: None
        acknowledged = killed_while_writing(url, after_s=rng.uniform(0, 0.5), kill_more=more)
        if server_too:
            durable.start()
        assert acknowledged
        must_be_whole(url, acknowledged)
