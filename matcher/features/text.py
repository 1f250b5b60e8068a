"""Words and phrases of the lexicon in a text, in six languages.

A pattern is one or more words; a word may begin or end with ``*`` (any letters, or none), ``..`` between words
stands for at most three others, and ``#`` is a number in digits or as a word. A hit that lies inside a longer one
is taken away, so a phrase or a long word can carry another interest than its parts; weight 0 makes a pattern that
only takes away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import Stemmer

from ..vocabulary import LexiconEntry, lexicon
from .language import language_of
from .negation import REACH, Negation
from .phrases import (
    GAP,
    NOTHING,
    Beside,
    Found,
    Met,
    Phrase,
    in_order,
    not_hidden,
    patterns_in,
    phrase_of,
    telling,
)
from .tokens import Memory, Tokens, normalise

_NUMBER = "#"
_NUMBER_DIGITS = 3
_NUMBERS = (*range(2, 13), 15, 16, 20, 25, 30)
_NUMBER_WORDS = {
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf vijftien zestien twintig vijfentwintig dertig",
    "en": "two three four five six seven eight nine ten eleven twelve fifteen sixteen twenty _ thirty",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze quinze seize vingt _ trente",
}
"""The words for `_NUMBERS` in their order."""
_LEAST_STEM = {"nl": 4, "en": 5, "fr": 5}
"""Shorter stems fall together with other words: French 'courir' and 'cours'."""
_OPENED = (False, True), (True, False), (True, True)
"""Whether a pattern word is open before and behind: it begins a token, ends it, or stands anywhere in it."""
_LEAST_HELD = 3
"""Shorter parts stand in any word."""
_STEMMERS = {"nl": "dutch", "en": "english", "fr": "french"}


class Hit(NamedTuple):
    """A place in a text that tells of an interest.

    ``start`` and ``end`` are positions in the text; ``weight`` is how surely the words mean the interest, 0 to 1.
    Where ``key`` names another key of an activity, ``interest`` is what the words say of that key.
    """

    interest: str
    weight: float
    words: str
    start: int
    end: int
    negated: bool
    key: str = "interests"


def find_hits(text: str, *, language: str | None = None) -> list[Hit]:
    """Find what a text tells of interests, in the order of the text.

    Parameters
    ----------
    text : str
    language : str or None
        Of the lexicon; None looks at the text, and reads it in all Latin ones when nothing tells.

    Examples
    --------
    >>> [(hit.interest, hit.words) for hit in find_hits("Badminton, dat mis ik.")]
    [('badminton', 'Badminton')]
    """
    return hits_in(Tokens(text), language=language)


def hits_in(tokens: Tokens, *, language: str | None = None) -> list[Hit]:
    """Find what the words of a text tell of interests, as `find_hits`."""
    language = language or language_of([tokens])
    languages = (language,) if language else ("nl", "en", "fr", "tr")
    hits = [hit for one in languages for hit in _reader(one).read(tokens)]
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.interest, hit.weight))
    return list({(hit.start, hit.end, hit.interest): hit for hit in hits}.values())  # the surest stays


@cache
def _reader(language: str) -> Reader:
    return Reader(lexicon(language), language)


class Reader:
    """Words and phrases of one language, ready to be looked up in texts.

    Parameters
    ----------
    entries : iterable of LexiconEntry
    language : str
        One of the languages of the lexicon.
    """

    def __init__(self, entries: Iterable[LexiconEntry], language: str) -> None:
        self.language = language
        self.stem = _stemmer(language)
        self.least_stem = _LEAST_STEM.get(language, 4)
        self.negation = Negation(language, normalise)
        # pattern word -> itself, by what must be looked up in a token
        self.whole: dict[str, list[str]] = defaultdict(list)
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.parts: dict[tuple[bool, bool], dict[str, str]] = {opened: {} for opened in _OPENED}
        # Patterns by the longest of their words, as far as it does not stand in every text.
        self.phrases: dict[str, list[Phrase]] = defaultdict(list)
        patterns = [(tuple(normalise(entry.pattern).split()), entry) for entry in entries]
        uses = Counter(chain.from_iterable(words for words, _ in patterns))
        uses[GAP] = len(patterns) + 1  # any word is rarer than a gap
        for number, (words, entry) in enumerate(patterns):
            longest = max(words, key=telling)
            self.phrases[longest].append(phrase_of(words, entry, number, rarest=min(words, key=uses.__getitem__)))
        for word in uses:
            self._index(word)
        self.lengths = {ends: sorted(set(map(len, cores))) for ends, cores in self.parts.items()}
        self.met = Memory(self._meet)

    def _index(self, word: str) -> None:
        open_start, open_end, core = word.startswith("*"), word.endswith("*"), word.strip("*")
        if word == GAP:
            return
        if open_start or open_end:
            self.parts[open_start, open_end][core] = word
            return
        if word not in self.whole[core]:
            self.whole[core].append(word)
        stem = self.stem(core)
        if len(stem) >= self.least_stem and word not in self.stems[stem]:
            self.stems[stem].append(word)

    def _meet(self, word: str) -> Met:
        """Look a token up."""
        token = normalise(word)
        size = len(token)
        # A word that stands in the lexicon itself is not taken for another one of its stem.
        words = self.whole.get(token) or self.stems.get(self.stem(token), [])
        found = dict.fromkeys(words, (0, size))
        if _NUMBER in self.whole and read_number(token, self.language) is not None:
            found[_NUMBER] = (0, size)
        for word, start, end in self._parts(token):
            found[word] = (start, end)
        if not found:
            return NOTHING
        beside = Beside()
        for phrase in chain.from_iterable(self.phrases.get(word, ()) for word in found):
            beside.add(phrase)
        return Met(found, beside if self.phrases.keys() & found else None)

    def _parts(self, token: str) -> Iterator[tuple[str, int, int]]:
        """Give the open pattern words that a token begins with, ends on or holds."""
        size = len(token)
        begins, ends, holds = (self.parts[opened] for opened in _OPENED)
        for length in self.lengths[_OPENED[0]]:
            if length > size:
                break
            if word := begins.get(token[:length], ""):
                yield word, 0, length
        end_lengths, held_lengths = (self.lengths[opened] for opened in _OPENED[1:])
        for start in range(size):
            if size - start in end_lengths and (word := ends.get(token[start:], "")):
                yield word, start, size
            for length in held_lengths:
                if _LEAST_HELD <= length <= size - start and (
                    word := holds.get(token[start : start + length], "")
                ):
                    yield word, start, start + length

    def read(self, tokens: Tokens) -> list[Hit]:
        """Find the hits of this language, by where the rarest word of their pattern stands for the first time."""
        met = list(map(self.met.__getitem__, tokens.words))
        found = patterns_in(met, tokens)
        if len(found) > 1:
            found = in_order(not_hidden(found), met)
        return [self._hit(one, tokens) for one in found if one.phrase.entry.weight > 0]

    def _hit(self, found: Found, tokens: Tokens) -> Hit:
        start, end = tokens.edges[2 * found.first], tokens.edges[2 * found.last + 1]
        entry = found.phrase.entry
        negated = self._negated(tokens, found.first, found.last)
        return Hit(entry.interest, entry.weight, tokens.text[start:end], start, end, negated, entry.key)

    def _negated(self, tokens: Tokens, first: int, last: int) -> bool:
        clauses, clause = tokens.clauses, tokens.clauses[first]
        start = max(first - REACH, bisect_left(clauses, clause))
        end = min(last + 2 + REACH, bisect_right(clauses, clause))
        words = tokens.words[start:end]
        if not tokens.text.isascii():
            words = list(map(normalise, words))
        return self.negation.denies(words[: first - start], words[last + 1 - start :])


def read_number(word: str, language: str) -> int | None:
    """Return the number from 1 to 999 that a word is, in digits or in words, or None.

    Examples
    --------
    >>> read_number("12", "nl"), read_number("twaalf", "nl"), read_number("1250", "nl"), read_number("ten", "nl")
    (12, 12, None, None)
    """
    if word.isdecimal():
        return (int(word) or None) if len(word) <= _NUMBER_DIGITS else None
    return _numbers(language).get(word)


@cache
def _numbers(language: str) -> dict[str, int]:
    return dict(zip(_NUMBER_WORDS.get(language, "").split(), _NUMBERS, strict=False))


def _stemmer(language: str) -> Callable[[str], str]:
    """Return the Snowball stemmer of a language; a language without one keeps its words whole.

    References
    ----------
    Porter (2001), Snowball: a language for stemming algorithms, https://snowballstem.org
    """
    algorithm = _STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm).stemWord if algorithm else str
