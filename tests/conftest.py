"""What tests share: how cases are drawn, where weights are learnt, databases, a browser, what a machine lacks."""

import gc
import os
import shutil

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from threadpoolctl import threadpool_limits

from matcher import data_folder, tuning, vocabulary
from matcher.store import Store
from matcher.vocabulary import aspect_weights
from tests.browsing import address, app, browser  # noqa: F401
from tests.databases import Cluster, with_tables
from tests.machine import pytest_runtest_setup, pytest_terminal_summary  # noqa: F401
from tests.offices import empty_file

# The same commit gives the same answer everywhere; `HYPOTHESIS_PROFILE=search` looks for cases nobody saw yet.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


class Compiled(BytecodeCache):
    """Templates as they were compiled, by name and content: else every application compiles each of them again."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self._kept[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {"bytecode_cache": Compiled()}


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Look for garbage once when all is imported, and not in that again: it stays, and is much to look through."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="module")
def one_thread():
    """Let small sums be made by one thread: on a busy machine two wait for one another, many times as long."""
    with threadpool_limits(1, user_api="blas"):
        yield


@pytest.fixture
def adopted(tmp_path, monkeypatch):
    """Let learnt weights be looked for and written elsewhere: no test may change those of the program."""
    file = tmp_path / "adopted_weights.toml"
    for room in (vocabulary, tuning):
        monkeypatch.setattr(room, "adopted_file", lambda: file)
    aspect_weights.cache_clear()
    yield file
    aspect_weights.cache_clear()
    assert not (data_folder() / file.name).exists()


@pytest.fixture(scope="session")
def cluster():
    """Start PostgreSQL, once for each process that runs tests."""
    cluster = Cluster()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def with_all_tables(cluster):
    """Return the name of a database to copy."""
    return with_tables(cluster)


ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=ENGINES)
def empty_url(request, tmp_path):
    """Return the address of a database without tables: the test runs on both engines."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/matcher.db"
    cluster = request.getfixturevalue("cluster")
    return cluster.url(cluster.new())


@pytest.fixture(params=ENGINES)
def store_url(request, tmp_path):
    """Return the address of a database with its tables: the test runs on both engines."""
    if request.param == "postgresql":
        cluster = request.getfixturevalue("cluster")
        return cluster.url(cluster.new(like=request.getfixturevalue("with_all_tables")))
    return f"sqlite:///{shutil.copy(empty_file(), tmp_path / 'matcher.db')}"


@pytest.fixture
def store(store_url):
    """Open an empty store, on both engines."""
    store = Store(store_url)
    yield store
    store.close()
