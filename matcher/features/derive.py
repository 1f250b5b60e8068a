"""What the texts of an activity tell of kind, group, talk, level and children, where its source says nothing.

Nothing is guessed: words that contradict one another leave a key unknown. No value is derived that could break a
hard limit or a criterion of the track (done alone, little talk, no children): such words only hold others back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

from ..model import Proposal
from ..vocabulary import KINDS, derive_patterns, lineage
from .interests import DESCRIPTION, TITLE, evidence_in
from .language import language_of
from .space import certainty
from .text import Hit, Reader, read_each, read_number
from .tokens import Tokens, normalise

LEAST = 0.6
"""So sure must the words of a key be together."""
CONTRADICTS = 0.25
"""So sure need words be that speak for another value of the same key."""
KIND_LEAST, KIND_SECOND = 0.7, 0.7
"""A kind is told by many words that stand for others too: the second best may be so far of the best."""
ROLES = ("buddy", "conversation_group", "course", "volunteering", "internship")
ROLE_LEAST = 0.75
"""From here on words for how one takes part settle it, when those for where are no surer: a course in a museum."""
LANGUAGES = ("nl", "en", "fr")
GROUP_MOST = 100
"""Larger numbers are seats in a hall."""
ORGANISER = 0.4
"""How far the name of the organiser tells the kind, and nothing else."""
FACILITIES = ("child_welcome", "childcare")
AT_WORK = frozenset({"volunteering", "internship"})
"""Kinds in which children in the text are whom one works for, not whom one brings."""
SUBJECTS = ("sport", "culture")
"""Branches of interests that tell the kind where a word speaks for it too: football and a club, not a ball."""
SUBJECT_SHARE = 0.75
"""How far a subject tells the kind."""

PART = 16
"""Of so many the texts are read together: a step that is done for all of them finds its way."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[|;,]")

Said = Mapping[str, Mapping[str, Mapping[str, float]]]
"""key -> value -> words -> how surely they mean it."""

_Proposal = TypeVar("_Proposal", bound=Proposal)


def derive_fields(proposal: _Proposal) -> _Proposal:
    """Fill in what the texts tell of unknown keys, and name the words in ``derived``.

    Parameters
    ----------
    proposal : Proposal
        What it gives is never touched.

    Returns
    -------
    Proposal
        The same object when nothing was found. Interests stay as they are: the features read them when they rank.

    Examples
    --------
    >>> found = derive_fields(Proposal(title="Praattafel", description="Maximum 8 deelnemers."))
    >>> found.kind, found.group_max, found.interaction
    ('conversation_group', 8, 'high')
    >>> found.derived
    ('kind=praattafel', 'group_max=maximum 8 deelnemers', 'interaction=praattafel')
    """
    return derive_each([proposal])[0]


def derive_each(proposals: Sequence[_Proposal]) -> list[_Proposal]:
    """Fill in each of some proposals as `derive_fields` does, in less time.

    Parameters
    ----------
    proposals : sequence of Proposal
        Any number of them.

    Returns
    -------
    list of Proposal
        In the same order; the same object where nothing was found.
    """
    starts = range(0, len(proposals), PART)
    return [filled for start in starts for filled in _derive(proposals[start : start + PART])]


def _derive(proposals: Sequence[_Proposal]) -> list[_Proposal]:
    parts = [_parts(proposal) for proposal in proposals]
    # A new line ends a clause, so that nothing is read across.
    tokens = [Tokens("\n".join(texts), joining=True) for texts in parts]
    languages = [language_of([one]) for one in tokens]
    readers = [
        _reader(language if language in LANGUAGES else "nl", asks_kind=proposal.kind is None)
        for proposal, language in zip(proposals, languages, strict=True)
    ]
    said = [
        _said(texts, hits, reader.language)
        for texts, hits, reader in zip(parts, read_each(readers, tokens), readers, strict=True)
    ]
    return [_filled(proposal, one) if one else proposal for proposal, one in zip(proposals, said, strict=True)]


def _parts(proposal: Proposal) -> list[str]:
    """Return title and description, and the organiser where it may tell the kind."""
    texts = [proposal.title, proposal.description or ""]
    return [*texts, proposal.organiser or ""] if proposal.kind is None else texts


def _filled(proposal: _Proposal, said: Said) -> _Proposal:
    update: dict[str, Any] = {}
    notes: list[str] = []

    def add(key: str, value: object, words: Iterable[str]) -> None:
        update[key] = value
        notes.append(f"{key}={', '.join(words)}"[:500])

    if proposal.kind is None and (kind := _kind(proposal, said.get("kind", {}))):
        add("kind", *kind)
    if "group" in said and proposal.group_min is None and proposal.group_max is None:
        for key, number, words in _group(said["group"]):
            add(key, number, words)
    if proposal.interaction is None and (talk := _agreed(said.get("interaction", {}))) and talk[0] == "high":
        add("interaction", *talk)
    if proposal.taalicoon is None and (level := _agreed(said.get("taalicoon", {}))) and level[0].isdecimal():
        add("taalicoon", int(level[0]), level[1])
    if children := _facilities(proposal, update.get("kind", proposal.kind), said):
        add("facilities", *children)
    if not update:
        return proposal
    return proposal.model_copy(update={**update, "derived": (*proposal.derived, *notes)})


def _said(parts: Sequence[str], hits: Iterable[Hit], language: str) -> Said:
    """Gather what the hits in some texts say: what is denied speaks for a value of its own, ``-value``."""
    said: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    of_organiser = len(parts[0]) + 1 + len(parts[1])
    for hit in hits:
        weight = hit.weight
        if hit.key == "kind":
            # Where a word stands tells what it is from what is only mentioned.
            is_title, is_organiser = hit.start < len(parts[0]), hit.start > of_organiser
            weight *= TITLE if is_title else ORGANISER if is_organiser else DESCRIPTION
        elif hit.start > of_organiser:
            continue
        words = _words(hit.words)
        of_value = said[hit.key][_value(hit, language)]
        of_value[words] = max(weight, of_value.get(words, 0.0))
    return said


@cache
def _reader(language: str, *, asks_kind: bool) -> Reader:
    """Return the patterns of a language; a kind that is known asks for a third of them only."""
    return Reader((one for one in derive_patterns(language) if asks_kind or one.key != "kind"), language)


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    """Return words of a text as they may stand in ``derived``: nothing in them parts a list."""
    return " ".join(_BETWEEN.sub(" ", text).lower().split())


def _value(hit: Hit, language: str) -> str:
    """Return the value of a hit with its numbers filled in."""
    value = hit.interest
    if "#" not in value:
        return f"-{value}" if hit.negated else value
    for word in _WORD.findall(hit.words):
        number = read_number(normalise(word), language)
        value = value.replace("#", str(number), 1) if number is not None else value
    return f"-{value}" if hit.negated else value


def _agreed(values: Mapping[str, Mapping[str, float]]) -> tuple[str, list[str]] | None:
    """Return the one value that the words speak for, with the words; None when they disagree or hardly tell."""
    if not values:
        return None
    sure = _sureness(values)
    found = [value for value, one in sure.items() if one >= LEAST]
    if len(found) != 1 or any(one >= CONTRADICTS for value, one in sure.items() if value != found[0]):
        return None
    return found[0], list(values[found[0]])


def _kind(proposal: Proposal, values: Mapping[str, Mapping[str, float]]) -> tuple[str, list[str]] | None:
    """Return the kind that is ahead of all others, with its words."""
    found = {kind: words for kind, words in values.items() if kind in KINDS}
    sure = _sureness(found)
    roles = {kind: one for kind, one in sure.items() if kind in ROLES}
    others = [one for kind, one in sure.items() if kind not in ROLES]
    kind = _ahead(roles, least=max(ROLE_LEAST, *others, 0.0)) or _ahead(sure)
    if kind:
        return kind, list(found[kind])
    hinted = {kind: {**found[kind]} for kind in SUBJECTS if sure.get(kind, 0.0) >= CONTRADICTS}
    if not hinted:
        return None
    # The title names the subject; to look for it in all that is told takes three times as long as all the rest.
    for kind, word, strength in _subjects(proposal.title):
        if kind in hinted:
            hinted[kind][word] = SUBJECT_SHARE * strength
    kind = _ahead({**sure, **_sureness(hinted)})
    return (kind, list(hinted.get(kind) or found[kind])) if kind else None


@lru_cache(maxsize=8192)
def _subjects(title: str) -> list[tuple[str, str, float]]:
    """Return the branches of the interests that a title names, the first word for each, and how surely."""
    return [
        (lineage(interest)[-1], words[0], strength)
        for interest, (strength, words) in evidence_in([(title, TITLE)]).items()
    ]


def _ahead(sure: Mapping[str, float], *, least: float = KIND_LEAST) -> str | None:
    """Return the kind that is sure enough, and far enough ahead of all others."""
    ranked = sorted(((one, kind) for kind, one in sure.items()), reverse=True)
    if not ranked or ranked[0][0] < least or any(one > KIND_SECOND * ranked[0][0] for one, _ in ranked[1:]):
        return None
    return ranked[0][1]


def _sureness(values: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {value: certainty(list(words.values())) for value, words in values.items()}


def _group(values: Mapping[str, Mapping[str, float]]) -> list[tuple[str, int, list[str]]]:
    """Return fewest and most people of a group, as far as all ranges that are named agree."""
    ends: dict[str, dict[int, list[str]]] = {"group_min": defaultdict(list), "group_max": defaultdict(list)}
    low_hint = 0
    for value, words in values.items():
        if value[0] == "-" or "#" in value:
            return []
        sure = certainty(list(words.values())) >= LEAST
        for key, number in zip(ends, value.split(".."), strict=True):
            if number and sure:
                ends[key][int(number)] += list(words)
            elif number and key == "group_min":
                low_hint = max(low_hint, int(number))
    if any(len(numbers) > 1 for numbers in ends.values()):
        return []
    found = [(key, number, words) for key, numbers in ends.items() for number, words in numbers.items()]
    least = max([low_hint, *ends["group_min"]])
    if least > max(ends["group_max"], default=GROUP_MOST):
        return []
    return found if all(2 <= number <= GROUP_MOST for _, number, _ in found) else []


def _facilities(proposal: Proposal, kind: str | None, said: Said) -> tuple[tuple[str, ...], list[str]] | None:
    """Return the facilities with those that the words tell of, and the words."""
    asked = [one for one in FACILITIES if one in said and kind not in AT_WORK]
    known = {facility.lstrip("-") for facility in proposal.facilities} if asked else ()
    told = {one: _agreed(said[one]) for one in asked if one not in known}
    found = {one: answer[1] for one, answer in told.items() if answer and answer[0] == "yes"}
    if not found:
        return None
    return (*proposal.facilities, *found), list(dict.fromkeys(word for words in found.values() for word in words))
