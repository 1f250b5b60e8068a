"""Where patterns of one word or more stand among the tokens of a text.

Most tokens meet no word of a pattern, and most words of patterns stand in a text by themselves. So a phrase is
followed only where its longest word and the next longest one stand as far apart as they should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from ..vocabulary import LexiconEntry
from .language import FUNCTION_WORDS
from .tokens import Tokens

GAP, GAP_WORDS = "..", 3
"""What stands in a pattern for other words, and for how many at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A pattern, of one word or more; two are the same only if they are one object.

    ``longest`` is the place of its longest word, before which ``least`` to ``most`` tokens stand. Of one that
    ``is_pair`` two words are all: where both stand side by side, there is nothing left to follow.
    """

    pattern: tuple[str, ...]
    entry: LexiconEntry
    number: int
    longest: int
    least: int
    most: int
    is_pair: bool


def phrase_of(pattern: tuple[str, ...], entry: LexiconEntry, number: int) -> Phrase:
    """Make a phrase of its words; ``number`` is its place among all."""
    longest = pattern.index(max(pattern, key=telling))
    n_gaps = pattern[:longest].count(GAP)
    most = longest + n_gaps * (GAP_WORDS - 1)
    return Phrase(pattern, entry, number, longest, longest - n_gaps, most, is_pair=len(pattern) == 2)


class Beside:
    """The phrases of which a token is the longest word, by another word of theirs that must stand near it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.alone: list[Phrase] = []
        """Of one word."""
        self._near: dict[int, dict[str, list[Phrase]]] = defaultdict(partial(defaultdict, list))
        self._far: dict[int, dict[str, list[Phrase]]] = defaultdict(partial(defaultdict, list))
        for phrase in phrases:
            self._add(phrase)
        self.near = tuple(self._near.items())
        """How many words behind the token, or before it, and the words that are wanted there."""
        self.far = tuple(self._far.items())
        """On which side of the token there is a gap, behind (1) or before (-1), and the words wanted beyond it."""

    def _add(self, phrase: Phrase) -> None:
        pattern, at = phrase.pattern, phrase.longest
        if len(pattern) == 1:
            self.alone.append(phrase)
            return
        start = at - (*pattern[:at][::-1], GAP).index(GAP)
        end = at + (*pattern[at:], GAP).index(GAP)
        others = [place for place in range(start, end) if place != at]
        if others:
            second = max(others, key=lambda place: telling(pattern[place]))
            self._near[second - at][pattern[second]].append(phrase)
        elif at:
            self._far[-1][pattern[at - 2]].append(phrase)
        else:
            self._far[1][pattern[2]].append(phrase)

    def proposed(self, met: Sequence[Met], at: int) -> list[Phrase]:
        """Return the phrases of several words that may stand around a token.

        Behind ``met`` stands `NOTHING` as often as a phrase has words, and so, counted from the end, before it
        too: nothing needs to look whether a word would stand outside of the text.
        """
        phrases: list[Phrase] = []
        for distance, wanted in self.near:
            for word in met[at + distance][0]:
                if word in wanted:
                    phrases += wanted[word]
        for side, wanted in self.far:
            nearest = met[at + 1 : at + GAP_WORDS + 2] if side > 0 else met[max(0, at - GAP_WORDS - 1) : at]
            for one in nearest:
                for word in one[0]:
                    if word in wanted:
                        phrases += wanted[word]
        return phrases


class Met(NamedTuple):
    """What a token meets."""

    words: dict[str, tuple[int, int]]
    """Pattern words, each with the part of the token that it names."""
    beside: Beside | None


NOTHING = Met({}, None)
"""What most words meet."""


class Found(NamedTuple):
    """Where a pattern stands; what may hide another one is less than that, or as much."""

    start: int
    """The first letter that it names."""
    minus_end: int
    """The one behind the last, below zero."""
    weight: float
    number: int
    first: int
    """Its first token, and its last."""
    last: int
    entry: LexiconEntry


def patterns_in(met: Sequence[Met], tokens: Tokens) -> list[Found]:
    """List where patterns stand, also where one lies within another."""
    stands: dict[tuple[int, int], tuple[Phrase, int, int]] = {}
    for at in [at for at, one in enumerate(met) if one[1]]:
        beside = met[at][1]
        assert beside is not None
        for phrase in beside.alone:
            stands[phrase.number, at] = phrase, at, at
        for phrase in beside.proposed(met, at):
            if phrase.is_pair:
                first = at - phrase.longest
                stands[phrase.number, first] = phrase, first, first + 1
                continue
            for first in range(at - phrase.most, at - phrase.least + 1):
                last = _follow(phrase.pattern, first, met)
                if last is not None:
                    stands[phrase.number, first] = phrase, first, last
    return [
        Found(
            tokens.start(first) + met[first][0][phrase.pattern[0]][0],
            -tokens.start(last) - met[last][0][phrase.pattern[-1]][1],
            phrase.entry.weight,
            phrase.number,
            first,
            last,
            phrase.entry,
        )
        for phrase, first, last in stands.values()
        if first == last or tokens.in_one_clause(first, last)
    ]


def _follow(pattern: tuple[str, ...], first: int, met: Sequence[Met]) -> int | None:
    """Return the position of the last word of a phrase that starts at ``first``, or None."""
    if first < 0 or pattern[0] not in met[first][0]:
        return None
    position, reach = first, 1
    for word in pattern[1:]:
        if word == GAP:
            reach = GAP_WORDS + 1
            continue
        for place in range(position + 1, min(position + 1 + reach, len(met))):
            if word in met[place][0]:
                position, reach = place, 1
                break
        else:
            return None
    return position


def not_hidden(found: list[Found]) -> list[Found]:
    """Leave out what lies within something longer, and sort by where they stand."""
    kept: list[Found] = []
    over: list[Found] = []
    for one in sorted(found):
        over = [other for other in over if -other.minus_end > one.start]
        if not any(_hides(other, one) for other in over):
            kept.append(one)
        over.append(one)
    return kept


def _hides(other: Found, own: Found) -> bool:
    """Tell whether an earlier hit takes away one: a longer one around it, at weight 0 of its own interest only."""
    if other.entry.key != own.entry.key or other.minus_end > own.minus_end:
        return False
    if other.weight == 0:
        return other.entry.interest == own.entry.interest
    return other[:2] != own[:2]


def telling(word: str) -> tuple[bool, bool, int]:
    """Return what to compare by how seldom a pattern word stands in texts."""
    return word != GAP, word not in FUNCTION_WORDS, len(word.strip("*"))
