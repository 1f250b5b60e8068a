"""Killed in the middle of writing: what was told to be written is there, and the store is whole."""

import os
import random
import sqlite3
import time

import pytest

from matcher.model.profile import read_profile
from matcher.service.dossiers import open_dossier
from matcher.store import Store
from matcher.store.offers import SHARED
from tests.databases import Cluster, with_tables
from tests.offices import NOW, new_store
from tests.working import CASEWORKER, start_writer

pytestmark = pytest.mark.slow
N_WRITERS = 2
N_SQLITE, N_POSTGRESQL = 50, 10


@pytest.fixture
def durable():
    """Start a PostgreSQL that keeps what it says it keeps, as a server of one's own does."""
    cluster = Cluster(durable=True)
    yield cluster
    cluster.stop()


def with_dossiers(url, number):
    """Open a dossier for each writer of a round, and return their codes."""
    store = Store(url)
    codes = [f"r{number}-{writer}" for writer in range(N_WRITERS)]
    with store.writing() as work:
        for code in codes:
            profile = read_profile({"id": code})
            open_dossier(work, CASEWORKER, profile, now=NOW, rng=random.Random(1), code=code)
    store.close()
    return codes


def killed_while_writing(url, codes, *, after_s, kill_more=lambda: None):
    """Let processes write, kill them (and more), and return the last number that each was told of."""
    started = [start_writer(url, code) for code in codes]
    for _, told in started:
        assert told.poll(60)
    time.sleep(after_s)
    kill_more()
    for process, _ in started:
        process.kill()
    acknowledged = {}
    for code, (process, told) in zip(codes, started, strict=True):
        process.join()
        # A line that was cut off was not told.
        lines = os.read(told.fileno(), 1 << 20).decode().splitlines(keepends=True)
        acknowledged[code] = int([line for line in lines if line.endswith("\n")][-1])
        told.close()
    return acknowledged


def must_be_whole(store, dossiers):
    """Look whether each unit of work is there as a whole, and return how many there are."""
    with store.reading() as work:
        for dossier in dossiers:
            assert [event.number for event in dossier.events] == list(range(1, dossier.version + 1))
            assert (work.offers.own_facts(SHARED, dossier.code).places_left or 1) == dossier.version
    return sum(dossier.version - 1 for dossier in dossiers)


def look(url, acknowledged):
    """Look whether all that was acknowledged is there, and writing goes on."""
    store = Store(url)
    store.migrate()
    with store.reading() as work:
        dossiers = [work.dossiers.get(code) for code in acknowledged]
    must_be_whole(store, dossiers)
    for dossier in dossiers:
        assert dossier.version >= acknowledged[dossier.code]
    with store.writing() as work:
        work.keep_setting("written", "after")
    store.close()


def look_at_all(url):
    """Look at every round together: each unit of work made one version of the offer, without gaps."""
    store = Store(url)
    with store.reading() as work:
        dossiers = work.dossiers.of(["herent"])
        versions = [version.number for version in work.offers.versions(kinds=["facts"], limit=1_000_000)]
    assert versions == list(range(must_be_whole(store, dossiers), 0, -1))
    store.close()


def test_killing_writers_50_times_loses_nothing_that_was_acknowledged_with_sqlite(tmp_path):
    file = tmp_path / "matcher.db"
    url, rng = f"sqlite:///{file}", random.Random(5)
    new_store(url).close()
    for number in range(N_SQLITE):
        acknowledged = killed_while_writing(url, with_dossiers(url, number), after_s=rng.uniform(0, 0.15))
        look(url, acknowledged)
    look_at_all(url)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.postgresql
def test_killing_writers_and_the_server_10_times_loses_nothing_with_postgresql(durable):
    url, rng = durable.url(with_tables(durable)), random.Random(5)
    for number in range(N_POSTGRESQL):
        server_too = number % 2
        codes, after_s = with_dossiers(url, number), rng.uniform(0, 0.5)
        more = durable.kill if server_too else lambda: None
        acknowledged = killed_while_writing(url, codes, after_s=after_s, kill_more=more)
        if server_too:
            durable.start()
        look(url, acknowledged)
    look_at_all(url)
