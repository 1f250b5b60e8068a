"""Words and phrases of the lexicon in a text, in six languages.

A pattern is one or more words; a word may begin or end with ``*`` (any letters, or none), ``..`` between words
stands for at most three others, and ``#`` is a number in digits or as a word. A hit that lies inside a longer one
is taken away, so a phrase or a long word can carry another interest than its parts; weight 0 makes a pattern that
only takes away.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import Stemmer

from ..vocabulary import LexiconEntry, fold, lexicon
from .negation import REACH, Negation

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_CLAUSE_END = re.compile(r"[.,;:!?()…\n]")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})
_GAP = ".."
_NUMBER = "#"
_NUMBER_DIGITS = 3
_NUMBERS = (*range(2, 13), 15, 16, 20, 25, 30)
_NUMBER_WORDS = {
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf vijftien zestien twintig vijfentwintig dertig",
    "en": "two three four five six seven eight nine ten eleven twelve fifteen sixteen twenty _ thirty",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze quinze seize vingt _ trente",
}
"""The words for `_NUMBERS` in their order."""
_GAP_WORDS = 3
_LEAST_STEM = {"nl": 4, "en": 5, "fr": 5}
"""Shorter stems fall together with other words: French 'courir' and 'cours'."""
_TURKISH = frozenset("ğşıİŞĞ")
"""Letters that stand in no other of the Latin languages."""
_STEMMERS = {"nl": "dutch", "en": "english", "fr": "french"}

_FUNCTION_WORDS = {
    "nl": "de het een en van ik je wij zij hij is in op met voor te niet die dat er aan om ook als maar naar uit "
    "wil graag mijn wie wat kan geen of bij heb ben zijn haar worden wordt al samen",
    "en": "the a an and of i you we they he she is in on with for to not that this there at from my who what can "
    "no or by have am are her his would like want also but as it me some",
    "fr": "le la les un une des et de du je tu nous ils elles il elle est dans sur avec pour ne pas que qui ce au "
    "aux mon ma mes peux ou par ai suis aussi mais comme j l d me on "
    "à voudrais veux aime très plus avoir être fait c est qu n y",
    "tr": "ve bir bu için ile çok ben sen biz ama de da gibi daha var yok istiyorum isterim severim olarak benim "
    "her mi ne en kadar sonra olan",
}


@dataclass(frozen=True, slots=True)
class Hit:
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


class _Token(NamedTuple):  # made by the million: a tuple is made twice as fast as a frozen dataclass
    text: str
    start: int
    end: int
    clause: int


_Found = tuple[int, int, int, int, LexiconEntry]
"""First and last letter, first and last token, and the pattern."""


def detect_language(text: str) -> str | None:
    """Return the language of the lexicon in which a text is written, or None when nothing tells.

    Examples
    --------
    >>> detect_language("Ik wil graag leren koken"), detect_language("Я люблю співати"), detect_language("yoga")
    ('nl', 'uk', None)
    """
    if not text.isascii():
        letters = [letter for letter in text if letter.isalpha()]
        for language, first, last in (("uk", "Ѐ", "ӿ"), ("ar", "\u0600", "ۿ")):
            if sum(first <= letter <= last for letter in letters) * 2 > len(letters):
                return language
    if not _TURKISH.isdisjoint(text):
        return "tr"
    words = [match[0] for match in _TOKEN.finditer(text.casefold())]
    counts = {language: sum(map(known.__contains__, words)) for language, known in _function_words().items()}
    most = max(counts.values())
    best = [language for language, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else None


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.casefold().split()) for language, words in _FUNCTION_WORDS.items()}


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
    language = language or detect_language(text)
    languages = (language,) if language else ("nl", "en", "fr", "tr")
    hits = [hit for one in languages for hit in _reader(one).read(text)]
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
        self.parts: dict[tuple[bool, bool], dict[str, str]] = {
            (True, False): {},
            (False, True): {},
            (True, True): {},
        }
        # Patterns by the rarest of their words: most phrases begin with a word that stands in every text.
        self.phrases: dict[str, list[tuple[tuple[str, ...], LexiconEntry]]] = defaultdict(list)
        patterns = [(tuple(_normalised(entry.pattern).split()), entry) for entry in entries]
        uses = Counter(chain.from_iterable(words for words, _ in patterns))
        uses[_GAP] = len(patterns) + 1  # any word is rarer than a gap
        for words, entry in patterns:
            self.phrases[min(words, key=uses.__getitem__)].append((words, entry))
        for word in uses:
            self._index(word)
        self.lookup = lru_cache(maxsize=65536)(self._lookup)

    def _index(self, word: str) -> None:
        open_start, open_end, core = word.startswith("*"), word.endswith("*"), word.strip("*")
        if word == _GAP:
            return
        if open_start or open_end:
            self.parts[open_start, open_end][core] = word
            return
        if word not in self.whole[core]:
            self.whole[core].append(word)
        stem = self.stem(core)
        if len(stem) >= self.least_stem and word not in self.stems[stem]:
            self.stems[stem].append(word)

    def _lookup(self, token: str) -> dict[str, tuple[int, int]]:
        """Return the pattern words that meet a token, each with the part of the token that it names."""
        size = len(token)
        # A word that stands in the lexicon itself is not taken for another one of its stem.
        words = self.whole.get(token) or self.stems.get(self.stem(token), [])
        found = dict.fromkeys(words, (0, size))
        if _NUMBER in self.whole and read_number(token, self.language) is not None:
            found[_NUMBER] = (0, size)
        for end in range(1, size + 1):
            if word := self.parts[False, True].get(token[:end], ""):
                found[word] = (0, end)
        for start in range(size):
            if word := self.parts[True, False].get(token[start:], ""):
                found[word] = (start, size)
            for end in range(start + 3, size + 1):
                if word := self.parts[True, True].get(token[start:end], ""):
                    found[word] = (start, end)
        return found

    def read(self, text: str) -> list[Hit]:
        """Find the hits of this language, in no order."""
        tokens = _tokens(text)
        met = [self.lookup(token.text) for token in tokens]
        where: dict[str, list[int]] = defaultdict(list)
        for position, words in enumerate(met):
            for word in words:
                where[word].append(position)
        raw: list[_Found] = []
        for pattern, entry in [one for word in list(where) for one in self.phrases.get(word, ())]:
            for first in where.get(pattern[0], ()):
                last = _follow(pattern, first, met, tokens)
                if last is not None:
                    start = tokens[first].start + met[first][pattern[0]][0]
                    end = tokens[last].start + met[last][pattern[-1]][1]
                    raw.append((start, end, first, last, entry))
        over: dict[int, list[_Found]] = defaultdict(list)  # only what lies over its first word can hide a hit
        for one in raw:
            for place in range(one[2], one[3] + 1):
                over[place].append(one)
        return [
            Hit(
                entry.interest,
                entry.weight,
                text[tokens[first].start : tokens[last].end],
                tokens[first].start,
                tokens[last].end,
                self._negated(tokens, first, last),
                entry.key,
            )
            for start, end, first, last, entry in raw
            if entry.weight > 0 and not any(_hides(other, start, end, entry) for other in over[first])
        ]

    def _negated(self, tokens: Sequence[_Token], first: int, last: int) -> bool:
        clause = tokens[first].clause
        earlier = [token.text for token in tokens[max(0, first - REACH) : first] if token.clause == clause]
        later = [token.text for token in tokens[last + 1 : last + 2 + REACH] if token.clause == clause]
        return self.negation.denies(earlier, later)


def _follow(
    pattern: tuple[str, ...],
    first: int,
    met: Sequence[dict[str, tuple[int, int]]],
    tokens: Sequence[_Token],
) -> int | None:
    """Return the position of the last word of a phrase that starts at ``first`` in one clause, or None."""
    position, reach = first, 1
    for word in pattern[1:]:
        if word == _GAP:
            reach = _GAP_WORDS + 1
            continue
        following = range(position + 1, min(position + 1 + reach, len(met)))
        found = next((place for place in following if word in met[place]), None)
        if found is None or tokens[found].clause != tokens[first].clause:
            return None
        position, reach = found, 1
    return position


def _hides(other: _Found, start: int, end: int, own: LexiconEntry) -> bool:
    """Tell whether another hit takes away one: a longer one around it, at weight 0 of its own interest only."""
    other_start, other_end, _, _, entry = other
    if entry.key != own.key:
        return False
    if entry.weight == 0:
        return entry.interest == own.interest and other_start <= start and end <= other_end
    return (other_start, other_end) != (start, end) and other_start <= start and end <= other_end


def _tokens(text: str) -> list[_Token]:
    tokens, clause, position = [], 0, 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start - position > 1 or text[position:start] != " ":
            clause += bool(_CLAUSE_END.search(text, position, start))
        position = end
        tokens.append(_Token(normalise(match[0]), start, end, clause))
    return tokens


def read_number(word: str, language: str) -> int | None:
    """Return the number from 1 to 999 that a word is, in digits or in words, or None.

    Examples
    --------
    >>> read_number("12", "nl"), read_number("twaalf", "nl"), read_number("1250", "nl"), read_number("ten", "nl")
    (12, 12, None, None)
    """
    if word.isdecimal():
        return (int(word) or None) if len(word) <= _NUMBER_DIGITS else None
    words = _NUMBER_WORDS.get(language, "").split()
    return _NUMBERS[words.index(word)] if word in words else None


def _normalised(text: str) -> str:
    return fold(text) if text.isascii() else fold(text).translate(_ARABIC)


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Return a text as patterns and tokens are compared: folded, with one form for each Arabic letter."""
    return _normalised(text)


def _stemmer(language: str) -> Callable[[str], str]:
    """Return the Snowball stemmer of a language; a language without one keeps its words whole.

    References
    ----------
    Porter (2001), Snowball: a language for stemming algorithms, https://snowballstem.org
    """
    algorithm = _STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm).stemWord if algorithm else str
