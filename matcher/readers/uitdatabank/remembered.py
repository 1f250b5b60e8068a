"""Parts of documents that come back word for word: the place, the organiser, the prices of a house."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

import orjson

MOST_REMEMBERED = 4096

_Found = TypeVar("_Found")


def by_content(read: Callable[..., _Found]) -> Callable[..., _Found]:
    """Read a part of a document once for all documents in which it is the same.

    Parameters
    ----------
    read : callable
        Takes the part as JSON has it, and what else it depends on; what it returns is not to be changed.

    Notes
    -----
    What is the same is told by the part written as JSON: that takes a fraction of reading it.
    """

    @lru_cache(MOST_REMEMBERED)
    def known(content: bytes, *more: Any) -> _Found:
        return read(orjson.loads(content), *more)

    @wraps(read)
    def found(part: Any, *more: Any) -> _Found:
        try:
            # A copy, as orjson leaves its answer in a buffer several times as large.
            content = bytes(memoryview(orjson.dumps(part)))
        except TypeError:
            # Whole numbers of twenty digits, halves of characters: they are read, but not written.
            return read(part, *more)
        return known(content, *more)

    return found
