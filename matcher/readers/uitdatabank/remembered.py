"""Parts of documents that come back word for word: the place, the organiser, the prices of a house."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

import orjson

MOST_REMEMBERED = 4096
_PLAIN = (bytes, str, bool, type(None))

_Found = TypeVar("_Found")


def by_content(read: Callable[..., _Found]) -> Callable[..., _Found]:
    """Read parts of a document once for all documents in which they are the same.

    Parameters
    ----------
    read : callable
        Takes the parts as JSON has them, and what else it depends on; what it returns is not to be changed.

    Notes
    -----
    What is the same is told by the text of a part, as it stands in the file or written anew: that takes a fraction
    of reading it.
    """

    @lru_cache(MOST_REMEMBERED)
    def known(*contents: Any) -> _Found:
        return read(*[value_of(one) for one in contents])

    @wraps(read)
    def found(*parts: Any) -> _Found:
        try:
            contents = [one if type(one) in _PLAIN else _content(one) for one in parts]
        except TypeError:
            # Whole numbers of twenty digits, halves of characters: they are read, but not written.
            return read(*[value_of(one) for one in parts])
        return known(*contents)

    return found


def value_of(part: Any) -> Any:
    """Return the value of a part, be it still the text of the file or not."""
    if type(part) is not bytes:
        return part
    try:
        return orjson.loads(part)
    except orjson.JSONDecodeError:
        # Halves of characters, which JSON allows.
        return json.loads(part)


def _content(part: Any) -> bytes:
    # A copy, as orjson leaves its answer in a buffer several times as large.
    return bytes(memoryview(orjson.dumps(part)))
