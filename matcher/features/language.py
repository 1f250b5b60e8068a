"""In which of the languages of the lexicon a text is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from .tokens import Tokens

_SCRIPTS = {"uk": re.compile("[\u0400-\u04ff]"), "ar": re.compile("[\u0600-\u06ff]")}
"""Cyrillic and Arabic: most letters of a text must be such."""
_TURKISH = re.compile("[ğşıİŞĞ]")
"""Letters that stand in no other of the Latin languages."""
_OTHER = re.compile("[\u0400-\u04ff\u0600-\u06ffğşıİŞĞ]")
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
_KNOWN = {language: frozenset(words.casefold().split()) for language, words in _FUNCTION_WORDS.items()}
FUNCTION_WORDS = frozenset(chain.from_iterable(_KNOWN.values()))
"""Words that stand in nearly every sentence of a language."""
_BITS = 15
_MOST_WORDS = (1 << _BITS) - 1
_LANGUAGES = tuple(_KNOWN)
_SHIFTS = tuple(_BITS * number for number in range(len(_LANGUAGES)))
_COUNTS = {
    word: sum(1 << shift for shift, known in zip(_SHIFTS, _KNOWN.values(), strict=True) if word in known)
    for word in FUNCTION_WORDS
}
"""One for each language that has the word, each in bits of its own: one sum counts for all of them, quickly as
long as it has at most sixty bits. No text that anybody reads has more words than fit."""


def detect_language(text: str) -> str | None:
    """Return the language of the lexicon in which a text is written, or None when nothing tells.

    Examples
    --------
    >>> detect_language("Ik wil graag leren koken"), detect_language("Я люблю співати"), detect_language("yoga")
    ('nl', 'uk', None)
    """
    return language_of([Tokens(text)])


def language_of(texts: Sequence[Tokens]) -> str | None:
    """Return the language in which texts are written together, as `detect_language` of one."""
    foreign = any(not text.is_western and _OTHER.search(text.text) for text in texts)
    if foreign and (language := _by_letters(texts)):
        return language
    words = chain.from_iterable(text.words for text in texts)
    total = sum(filter(None, map(_COUNTS.get, islice(words, _MOST_WORDS))))
    counts = [total >> shift & _MOST_WORDS for shift in _SHIFTS]
    most = max(counts)
    return _LANGUAGES[counts.index(most)] if most and counts.count(most) == 1 else None


def _by_letters(texts: Sequence[Tokens]) -> str | None:
    for language, script in _SCRIPTS.items():
        if any(script.search(text.text) for text in texts):
            letters = [letter for text in texts for letter in text.text if letter.isalpha()]
            if sum(map(bool, map(script.match, letters))) * 2 > len(letters):
                return language
    return "tr" if any(_TURKISH.search(text.text) for text in texts) else None
