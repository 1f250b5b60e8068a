"""What tests share: how made-up cases are drawn, and where weights are learnt."""

import os

import pytest
from hypothesis import settings
from threadpoolctl import threadpool_limits

from matcher import data_folder, tuning, vocabulary
from matcher.vocabulary import aspect_weights

# The same commit gives the same answer everywhere; `HYPOTHESIS_PROFILE=search` looks for cases nobody saw yet.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


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
