"""Words and phrases of the lexicon in a text, in six languages.

A pattern is one or more words; a word may begin or end with ``*`` (any letters, or none), ``..`` between words
stands for at most three others, and ``#`` is a number in digits or as a word. A hit that lies inside a longer one
is taken away, so a phrase or a long word can carry another interest than its parts; weight 0 makes a pattern that
only takes away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
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
_LEAST_HELD = 3
"""Shorter parts stand in any word."""
_MOST_OPENING = 3
"""By so many letters words that go on are looked for: few of all words begin with them."""
_MOST_BESIDE = 10_000
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
        self.begins: dict[str, str] = {}
        self.ends: dict[str, str] = {}
        self.held: dict[str, list[str]] = defaultdict(list)
        # Patterns by the longest of their words, as far as it does not stand in every text.
        self.phrases: dict[str, list[Phrase]] = defaultdict(list)
        used: set[str] = set()
        longest = 0
        for number, entry in enumerate(entries):
            words = tuple(normalise(entry.pattern).split())
            self.phrases[max(words, key=telling)].append(phrase_of(words, entry, number))
            used.update(words)
            longest = max(longest, len(words))
        for word in used - {GAP}:
            self._index(word)
        self.beyond = (NOTHING,) * longest
        self.n_opening = min([_MOST_OPENING, *map(len, self.begins)])
        self.begin_lengths = _lengths(self.begins, slice(self.n_opening))
        self.end_lengths = _lengths(self.ends, slice(-1, None))
        self.has_numbers = _NUMBER in used
        self.met = Memory(self._meet)
        self.beside = lru_cache(maxsize=_MOST_BESIDE)(self._beside)

    def _index(self, word: str) -> None:
        open_start, open_end, core = word.startswith("*"), word.endswith("*"), word.strip("*")
        if open_start and open_end:
            if len(core) >= _LEAST_HELD:
                self.held[core[:_LEAST_HELD]].append(core)
        elif open_start or open_end:
            (self.ends if open_start else self.begins)[core] = word
        else:
            self.whole[core].append(word)
            stem = self.stem(core)
            if len(stem) >= self.least_stem:
                self.stems[stem].append(word)

    def _meet(self, word: str) -> Met:
        """Look a token up."""
        token = word if word.isascii() else normalise(word)
        size = len(token)
        # A word that stands in the lexicon itself is not taken for another one of its stem.
        words = self.whole.get(token) or self.stems.get(self.stem(token), [])
        found = dict.fromkeys(words, (0, size))
        if self.has_numbers and read_number(token, self.language) is not None:
            found[_NUMBER] = (0, size)
        for length in self.begin_lengths.get(token[: self.n_opening], ()):
            if pattern := self.begins.get(token[:length]):
                found[pattern] = (0, len(pattern) - 1)
        for length in self.end_lengths.get(token[-1:], ()):
            if pattern := self.ends.get(token[-length:]):
                found[pattern] = (size - len(pattern) + 1, size)
        for start in range(size - _LEAST_HELD + 1) if self.held else ():
            for core in self.held.get(token[start : start + _LEAST_HELD], ()):
                if token.startswith(core, start):
                    found[f"*{core}*"] = (start, start + len(core))
        if not found:
            return NOTHING
        longest = tuple(pattern for pattern in found if pattern in self.phrases)
        return Met(found, self.beside(longest) if longest else None)

    def _beside(self, longest: tuple[str, ...]) -> Beside:
        """Make ready the phrases of some words that stand in one token, as those of many tokens are the same."""
        return Beside(chain.from_iterable(map(self.phrases.__getitem__, longest)))

    def read(self, tokens: Tokens) -> list[Hit]:
        """Find the hits of this language, in the order of the text."""
        return read_each([self], [tokens])[0]

    def hits(self, found: Iterable[Found], tokens: Tokens) -> list[Hit]:
        """Make hits of what was found in a text."""
        return [self._hit(one.entry, tokens, one.first, one.last) for one in found if one.weight > 0]

    def _hit(self, entry: LexiconEntry, tokens: Tokens, first: int, last: int) -> Hit:
        start, end = tokens.start(first), tokens.end(last)
        negated = self._negated(tokens, first, last)
        return Hit(entry.interest, entry.weight, tokens.text[start:end], start, end, negated, entry.key)

    def _negated(self, tokens: Tokens, first: int, last: int) -> bool:
        start = max(first - REACH, 0)
        near = [word if word.isascii() else normalise(word) for word in tokens.words[start : last + 2 + REACH]]
        earlier, later = near[: first - start], near[last + 1 - start :]
        if not self.negation.may_deny(earlier, later):
            return False
        clause_first, clause_end = tokens.clause(first, last)
        return self.negation.denies(earlier[max(clause_first - start, 0) :], later[: clause_end - last - 1])


def read_each(readers: Sequence[Reader], texts: Sequence[Tokens]) -> list[list[Hit]]:
    """Find the hits in each of some texts with its own reader, as its `Reader.read` does.

    Parameters
    ----------
    readers : sequence of Reader
        One for each text; some or all may be the same.
    texts : sequence of Tokens

    Returns
    -------
    list of list of Hit
        For each text, in its order.

    Notes
    -----
    A step is done for all texts before the next one: in what it goes through it then finds its way.
    """
    met = [
        [*map(reader.met.__getitem__, text.words), *reader.beyond]
        for reader, text in zip(readers, texts, strict=True)
    ]
    found = [not_hidden(patterns_in(one, text)) for one, text in zip(met, texts, strict=True)]
    return [reader.hits(one, text) for reader, one, text in zip(readers, found, texts, strict=True)]


def _lengths(cores: Iterable[str], letters: slice) -> Mapping[str, Sequence[int]]:
    """Return the lengths of words by some of their letters."""
    found: dict[str, set[int]] = defaultdict(set)
    for core in cores:
        found[core[letters]].add(len(core))
    return {key: sorted(lengths) for key, lengths in found.items()}


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
    # Its own memory takes longer than to stem a word that is met for the first time.
    return Stemmer.Stemmer(algorithm, 0).stemWord if algorithm else str
