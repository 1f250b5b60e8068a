"""The words of a text, and how far they stand together."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TypeVar

from ..vocabulary import fold

_WORD = re.compile(r"([^\W_]+)", re.UNICODE)
_CLAUSE_END = re.compile(r"[.,;:!?()…\n]")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})
_MOST_REMEMBERED = 100_000
_Value = TypeVar("_Value")


class Tokens:
    """The words of a text; where they stand is worked out when it is asked, as of most texts it never is.

    Parameters
    ----------
    text : str

    Attributes
    ----------
    words : list of str
        In small letters.

    Examples
    --------
    >>> tokens = Tokens("Samen koken, samen eten")
    >>> tokens.words, tokens.edges[2:4], tokens.clauses
    (['samen', 'koken', 'samen', 'eten'], [6, 11], [0, 0, 1, 1])
    """

    def __init__(self, text: str) -> None:
        self.text = text
        small = text.casefold()
        # A few letters become two: then words are made small one by one, for each to stay where it is.
        is_longer = len(small) > len(text)
        self._pieces = _WORD.split(text if is_longer else small)
        self.words = list(map(str.casefold, self._pieces[1::2])) if is_longer else self._pieces[1::2]

    @cached_property
    def edges(self) -> list[int]:
        """Where each word begins in the text and where it ends, in turn."""
        return list(accumulate(map(len, self._pieces)))[:-1]

    @cached_property
    def clauses(self) -> list[int]:
        """The number of the clause in which each word stands."""
        return list(accumulate(map(_ends_clause, self._pieces[:-1:2])))


@lru_cache(maxsize=1024)
def _ends_clause(between: str) -> int:
    return 1 if _CLAUSE_END.search(between) else 0


class Memory(dict[str, _Value]):
    """What was worked out for a word before; when it holds a hundred thousand words it begins anew.

    A word is looked up in half the time that `functools.lru_cache` takes to keep its order of use.
    """

    def __init__(self, work_out: Callable[[str], _Value]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> _Value:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[word] = self._work_out(word)
        return found


def normalise(text: str) -> str:
    """Return a text as patterns and tokens are compared: folded, with one form for each Arabic letter."""
    return fold(text) if text.isascii() else fold(text).translate(_ARABIC)
