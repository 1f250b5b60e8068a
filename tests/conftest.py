"""What tests that learn weights share."""

import pytest
from threadpoolctl import threadpool_limits

from matcher import data_folder, tuning, vocabulary
from matcher.vocabulary import aspect_weights


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
