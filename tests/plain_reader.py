"""Patterns in a text the plain way: each pattern at each word, to hold the quick reader against."""

import re
from functools import cache

from matcher.features.negation import REACH, Negation
from matcher.features.text import _LEAST_STEM, Hit, _stemmer, read_number
from matcher.features.tokens import normalise


def plain_hits(entries, language, text):
    """Find the hits of a language in a text, sorted."""
    patterns = [(normalise(entry.pattern).split(), entry) for entry in entries]
    whole = frozenset(word for words, _ in patterns for word in words if "*" not in word)
    spans = [match.span() for match in re.finditer(r"[^\W_]+", text)]
    tokens = [normalise(text[start:end]) for start, end in spans]
    found = []
    for words, entry in patterns:
        for first in range(len(tokens)):
            if (place := followed(words, first, tokens, whole, language)) and one_clause(
                text, spans, first, place[0]
            ):
                last, begin, end = place
                found.append((spans[first][0] + begin, spans[last][0] + end, first, last, entry))
    negation = Negation(language, normalise)
    hits = []
    for start, end, first, last, entry in found:
        if entry.weight == 0 or any(hides(other, (start, end, entry)) for other in found):
            continue
        before = [at for at in range(max(0, first - REACH), first) if one_clause(text, spans, at, first)]
        behind = [
            at for at in range(last + 1, min(len(tokens), last + 2 + REACH)) if one_clause(text, spans, first, at)
        ]
        negated = negation.denies([tokens[at] for at in before], [tokens[at] for at in behind])
        words = text[spans[first][0] : spans[last][1]]
        hits.append(Hit(entry.interest, entry.weight, words, spans[first][0], spans[last][1], negated, entry.key))
    return sorted(hits)


def followed(words, first, tokens, whole, language):
    """Return the last token of a pattern that begins at a token, and the letters that its two ends name."""
    begin = part(words[0], tokens[first], whole, language)
    at, end, reach = first, begin, 1
    for word in words[1:] if begin else ():
        if word == "..":
            reach = 4
            continue
        near = [place for place in range(at + 1, at + 1 + reach) if place < len(tokens)]
        at = next((place for place in near if part(word, tokens[place], whole, language)), None)
        if at is None:
            return None
        end, reach = part(word, tokens[at], whole, language), 1
    return (at, begin[0], end[1]) if begin else None


@cache
def part(word, token, whole, language):
    """Return from where to where a pattern word names a token, or None."""
    core, size = word.strip("*"), len(token)
    if word == "#":
        return (0, size) if read_number(token, language) is not None else None
    if word.startswith("*") and word.endswith("*"):
        at = token.rfind(core) if len(core) > 2 else -1
        return (at, at + len(core)) if at >= 0 else None
    if word.startswith("*"):
        return (size - len(core), size) if token.endswith(core) else None
    if word.endswith("*"):
        return (0, len(core)) if token.startswith(core) else None
    stem = _stemmer(language)
    same = token == word or (
        token not in whole and stem(token) == stem(word) and len(stem(word)) >= _LEAST_STEM.get(language, 4)
    )
    return (0, size) if same else None


def one_clause(text, spans, first, last):
    return not re.search(r"[.,;:!?()…\n]", text[spans[first][1] : spans[last][0]]) if first < last else True


def hides(other, own):
    start, end, entry = own
    if entry.key != other[4].key or not (other[0] <= start and end <= other[1]):
        return False
    return entry.interest == other[4].interest if other[4].weight == 0 else (other[0], other[1]) != (start, end)
