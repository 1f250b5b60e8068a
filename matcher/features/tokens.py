"""The words of a text, and how far they stand together."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np

from ..vocabulary import fold

_NO_LETTER = np.frombuffer(b" ", dtype=np.uint8)
_WORD = re.compile(r"[^\W_]")
_BETWEEN = re.compile(r"[\W_]")
_CLAUSE_END = re.compile(r"[.,;:!?()…\n]")
_BLANK, _STOP, _UNFIT = b" ", b".", b"\0"
_POINT = re.compile(r"\.(?:(?<=\d\.)(?=\d)|(?<=\bmax\.)|(?<=\bmin\.)|(?<=\bpers\.)|(?<=\bdeeln\.))", re.IGNORECASE)
_COMMA = re.compile(r",(?<=\d,)(?=\d)")
"""What may end no clause. A sign to begin with is found ten times as fast as what stands before it."""
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})
_MOST_REMEMBERED = 100_000
_Value = TypeVar("_Value")


class _Letters(NamedTuple):
    """An encoding of one byte a letter, and what each of its letters becomes: a table is ten times a pattern."""

    name: str
    words: bytes
    """The small form of what stands in words, or ``_UNFIT`` where that has no room; a blank for all else."""
    stops: bytes
    """A stop for what ends a clause, a blank for all else."""


def _letters_of(name: str) -> _Letters:
    words, stops = bytearray(), bytearray()
    for code in range(256):
        letter = bytes([code]).decode(name, errors="replace")
        small = letter.casefold().encode(name, errors="replace")
        fits = len(small) == 1 and small.decode(name) == letter.casefold()
        words += (small if fits else _UNFIT) if _WORD.match(letter) else _BLANK
        stops += _STOP if _CLAUSE_END.match(letter) else _BLANK
    return _Letters(name, bytes(words), bytes(stops))


_WESTERN = (_letters_of("latin-1"), _letters_of("cp1252"))
"""The first is quicker; the second also holds the quotes and dashes of word processors."""


class Tokens:
    """The words of a text; where they stand is worked out when it is asked, as of many texts it never is.

    Parameters
    ----------
    text : str
    joining : bool
        Points and commas in numbers and behind some abbreviations end no clause: 'max. 8', '1.2'.

    Attributes
    ----------
    words : list of str
        In small letters.

    Examples
    --------
    >>> tokens = Tokens("Samen koken, samen eten")
    >>> tokens.words, tokens.start(1), tokens.end(1), tokens.in_one_clause(0, 1), tokens.in_one_clause(1, 2)
    (['samen', 'koken', 'samen', 'eten'], 6, 11, True, False)
    """

    def __init__(self, text: str, *, joining: bool = False) -> None:
        self.text = text
        self._joining = joining
        self._letters, small = _small(text)
        if self._letters and _UNFIT not in small:
            self.words = small.decode(self._letters.name).split()
        else:
            # Some letters become two: words are made small one by one, for each to stay where it is.
            apart = _BETWEEN.sub(" ", text)
            self.words = list(map(str.casefold, apart.split()))
            small = apart.encode("ascii", errors="replace")
        self._small = small

    @property
    def is_western(self) -> bool:
        """True when no letter is of another script, or of Turkish."""
        return self._letters is not None

    def start(self, at: int) -> int:
        """Return where a word begins in the text."""
        return self._edges[2 * at]

    def end(self, at: int) -> int:
        """Return where a word ends in the text."""
        return self._edges[2 * at + 1]

    def in_one_clause(self, first: int, last: int) -> bool:
        """Tell whether nothing between two words ends a clause."""
        if first == last:
            return True
        end, start = self.end(first), self.start(last)
        # Few have a sign between them that may end one; of which signs do, all of the text tells.
        return not _CLAUSE_END.search(self.text, end, start) or self._stops.find(_STOP, end, start) < 0

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """Return the first word of the clause of some words, and the one behind its last."""
        edges = self._edges
        before = self._stops.rfind(_STOP, 0, edges[2 * first])
        behind = self._stops.find(_STOP, edges[2 * last + 1])
        return bisect(edges, before) // 2, (bisect(edges, behind) if behind >= 0 else len(edges)) // 2

    @cached_property
    def _edges(self) -> list[int]:
        """Where each word begins and where it ends, in turn."""
        inside = np.frombuffer(b" %b " % self._small, dtype=np.uint8) != _NO_LETTER
        edges: list[int] = (inside[1:] ^ inside[:-1]).nonzero()[0].tolist()
        return edges

    @cached_property
    def _stops(self) -> bytes:
        """The text with a stop for each end of a clause and blanks for all else."""
        text = self.text
        if self._joining:
            text = _COMMA.sub(" ", _POINT.sub(" ", text))
        if self._letters:
            return text.encode(self._letters.name).translate(self._letters.stops)
        return b"".join(_STOP if _CLAUSE_END.match(letter) else _BLANK for letter in text)


def _small(text: str) -> tuple[_Letters | None, bytes]:
    """Return the encoding of a text, and its small letters with blanks for all that stands in no word."""
    for letters in _WESTERN:
        try:
            return letters, text.encode(letters.name).translate(letters.words)
        except UnicodeEncodeError:
            continue
    return None, b""


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
