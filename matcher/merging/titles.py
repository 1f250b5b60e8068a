"""How alike two titles are, by the words that tell what it is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from .traits import Traits

CONTAINED_LETTERS, STEM_LETTERS = 4, 5
"""A title with fewer letters stands in others by chance; so does a word in longer ones."""


class Words(NamedTuple):
    """The words of a title, and those of them that are no name of organiser, town or place."""

    title: tuple[str, ...]
    rest: tuple[str, ...]


def telling_words(one: Traits, other: Traits) -> tuple[Words, Words]:
    """Return the words of two titles, those that tell what it is apart."""
    names = {
        word for traits in (one, other) for word in f"{traits.organiser} {traits.place} {traits.town}".split()
    }
    titles = [tuple(dict.fromkeys(traits.title.split())) for traits in (one, other)]
    first, second = (Words(title, tuple(word for word in title if not _is_among(word, names))) for title in titles)
    return first, second


def titles_alike(one: Words, other: Words) -> float:
    """Return how alike two titles are, 0 to 1, whatever the order of their words.

    The names of the organiser, the town and the place say nothing about which activity it is, unless a title has
    no other words.
    """
    if one.rest and other.rest:
        return text_likeness(one.rest, other.rest)
    alike = text_likeness(one.title, other.title)
    if one.rest or other.rest:
        return min(alike, 0.6)
    return max(alike, fuzz.token_set_ratio(" ".join(one.title), " ".join(other.title)) / 100)


@lru_cache(maxsize=20_000)
def is_contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether all words of one title stand in the other, be it with an error or as part of a longer word."""
    fewer, more = sorted((one, other), key=lambda words: sum(map(len, words)))
    if sum(map(len, fewer)) < CONTAINED_LETTERS:
        return False
    return all(any(stands_in(word, longer) for longer in more) for word in fewer)


def stands_in(word: str, other: str) -> bool:
    """Tell whether one of two words is a part of the other, or both are one with an error."""
    short, long = sorted((word, other), key=len)
    if long.startswith(short) and len(short) >= CONTAINED_LETTERS:
        return True
    return len(short) >= STEM_LETTERS and (short in long or fuzz.ratio(word, other) >= 80)


def _is_among(word: str, names: set[str]) -> bool:
    """Tell whether a word is one of the names, be it with a typing error."""
    return word in names or (len(word) > 4 and any(fuzz.ratio(word, name) >= 80 for name in names))


def text_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how alike some words are, 0 to 1, whatever their order."""
    sorted_words = fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other)))
    # Words written together or apart, and a typing error in a first letter, which sorting would put elsewhere.
    return max(sorted_words, fuzz.ratio("".join(one), "".join(other))) / 100
