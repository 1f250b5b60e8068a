"""Which of many records are one activity: pairs worth comparing, judged, and clusters of what is the same."""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .likeness import DIFFERENT, DOUBTFUL, SAME, Likeness, compare
from .traits import Traits, times_of

Key = tuple[str, str]
"""A record: its source and its id there."""
Decision = Literal["same", "different"]
Entries = NDArray[np.uint64]
"""Sums of keys in the upper 32 bits, positions of records in the lower."""

MARGIN = 1.0
"""A second record of the same source with almost as many points makes the choice doubtful."""
MOST_IN_BLOCK = 2_000
"""A key that would propose more pairs says too little; longer keys of the same records do."""
MOST_WORDS = 4
"""The longest words of a title propose pairs."""
MOST_SLOTS = 3
SEEN_BITS = 24
"""By so many bits of its sum a key is known to stand in another source too, or to look like one that does."""
SEEN_SHIFT = np.uint64(64 - SEEN_BITS)
PART = 4_096
"""Of so many records the keys are made at a time."""
STEM = 5
"""Words that begin alike propose a pair: endings and errors come later in a word."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by position, and how alike they are."""

    a: int
    b: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pairing:
    """Clusters of positions, each record in exactly one, and the pairs that a person is to decide."""

    clusters: list[tuple[int, ...]]
    doubtful: list[Pair]


def group(
    records: Sequence[Traits],
    *,
    decisions: Mapping[frozenset[Key], Decision] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Pairing:
    """Find which records are one activity.

    Parameters
    ----------
    records : sequence of Traits
        Of all sources together, in any order: it does not change the clusters.
    decisions : mapping, optional
        What persons decided about pairs; it is followed whatever the records say.
    progress : callable
        Is told how many pairs of how many are judged.

    Returns
    -------
    Pairing
        Two records of one source are never taken together unless a person said so.

    Notes
    -----
    Records are compared only when they share a key (words of the title in one town, organiser and hour, ...), so
    the cost grows with the number of records that look alike, not with its square.
    """
    decisions = decisions or {}
    order = sorted(range(len(records)), key=lambda position: (records[position].source, records[position].id))
    found = _group([records[position] for position in order], decisions, progress)
    return Pairing(
        [tuple(order[position] for position in cluster) for cluster in found.clusters],
        [Pair(order[pair.a], order[pair.b], pair.likeness) for pair in found.doubtful],
    )


def _group(
    records: list[Traits], decisions: Mapping[frozenset[Key], Decision], progress: Callable[[int, int], None]
) -> Pairing:
    keys = [(traits.source, traits.id) for traits in records]
    judged = _judged(records, keys, decisions, progress)
    clusters = _Clusters(records, keys, decisions)
    position = {key: number for number, key in enumerate(keys)}
    for both, decision in decisions.items():
        members = sorted(position[key] for key in both if key in position)
        if decision == "same" and len(members) == 2:
            clusters.join(*members, decided=True)
    rivals = _Rivals(records, judged)
    doubtful = []
    for pair in sorted(judged, key=lambda pair: (-pair.likeness.points, pair.a, pair.b)):
        if clusters.together(pair.a, pair.b):
            continue
        if pair.likeness.verdict == SAME:
            rival = rivals.of(pair, clusters)
            if not rival and clusters.join(pair.a, pair.b):
                continue
            reason = rival or "other records of the same activity differ"
            pair = Pair(pair.a, pair.b, Likeness(DOUBTFUL, pair.likeness.points, f"{pair.likeness.why}; {reason}"))
        doubtful.append(pair)
    return Pairing(clusters.found(), [pair for pair in doubtful if not clusters.together(pair.a, pair.b)])


def _judged(
    records: Sequence[Traits],
    keys: list[Key],
    decisions: Mapping[frozenset[Key], Decision],
    progress: Callable[[int, int], None],
) -> list[Pair]:
    """Compare the pairs that share a key; those that are different are left out."""
    found = []
    candidates = _candidates(records)
    for number, (a, b) in enumerate(candidates):
        if number % 1000 == 0:
            progress(number, len(candidates))
        if decisions and frozenset((keys[a], keys[b])) in decisions:
            continue
        if records[a].source == records[b].source:
            found.append(
                Pair(a, b, Likeness(DOUBTFUL, 0.0, "the same words, place and times twice in one source"))
            )
            continue
        likeness = compare(records[a], records[b])
        if likeness.verdict != DIFFERENT:
            found.append(Pair(a, b, likeness))
    progress(len(candidates), len(candidates))
    return found


def _candidates(records: Sequence[Traits]) -> list[tuple[int, int]]:
    """List the pairs that share a key, each once, in order of position."""
    sources = {source: number for number, source in enumerate(sorted({traits.source for traits in records}))}
    of_source = np.array([sources[traits.source] for traits in records], dtype=np.int64)
    pairs = array("Q")
    for block in _blocks(_entries(records, range(len(records)), twice_keys)):
        pairs.extend(a << 32 | b for a, b in zip(block, block[1:], strict=False) if of_source[a] == of_source[b])
    for block in _blocks(_entries_across(records, of_source)) if len(sources) > 1 else ():
        by_source = defaultdict(list)
        for position in block:
            by_source[of_source[position]].append(position)
        n_pairs = (len(block) ** 2 - sum(len(members) ** 2 for members in by_source.values())) // 2
        if n_pairs <= MOST_IN_BLOCK:
            for one, other in combinations(by_source.values(), 2):
                pairs.extend(min(a, b) << 32 | max(a, b) for a in one for b in other)
    unique = np.unique(np.frombuffer(pairs, dtype=np.uint64)) if pairs else np.zeros(0, dtype=np.uint64)
    return [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in unique]


def _entries(
    records: Sequence[Traits], positions: Iterable[int], keys_of: Callable[[Traits], Iterator[str]]
) -> Entries:
    """Return the keys of some records as sums of 32 bits, each with the position beside it.

    As texts they would take a gigabyte. A key that meets another by chance only proposes pairs in vain.
    """
    packed = array("Q")
    for position in positions:
        packed.extend(zlib.crc32(key.encode()) << 32 | position for key in set(keys_of(records[position])))
    return np.array(packed, dtype=np.uint64)


def _entries_across(records: Sequence[Traits], of_source: NDArray[np.int64]) -> Entries:
    """Return the keys that may stand in more than one source; most of the largest stand in that one only."""
    of_largest = of_source == np.bincount(of_source).argmax()
    others = _entries(records, np.flatnonzero(~of_largest).tolist(), _keys)
    seen = np.zeros(1 << SEEN_BITS, dtype=np.bool_)
    seen[others >> SEEN_SHIFT] = True
    kept = [others]
    positions = np.flatnonzero(of_largest).tolist()
    for start in range(0, len(positions), PART):
        part = _entries(records, positions[start : start + PART], _keys)
        kept.append(part[seen[part >> SEEN_SHIFT]])
    return np.concatenate(kept)


def _blocks(entries: Entries) -> Iterator[list[int]]:
    """Give the positions that share a key, where they are two or more; the entries are sorted in place."""
    entries.sort()
    sums = entries >> np.uint64(32)
    as_before = np.concatenate(([False], sums[1:] == sums[:-1], [False]))
    starts = np.flatnonzero(~as_before[:-1] & as_before[1:])
    ends = np.flatnonzero(as_before[:-1] & ~as_before[1:]) + 1
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield (entries[start:end] & np.uint64(0xFFFFFFFF)).tolist()


def _keys(traits: Traits) -> Iterator[str]:
    """Give what a record shares with others that may be the same activity."""
    yield f"id {traits.id}"
    for link in traits.links:
        yield f"link {link}"
    title = sorted(set(traits.title.split()), key=lambda word: (-len(word), word))
    words = [word[:STEM] for word in title[:MOST_WORDS]]
    slots = sorted(times_of(traits.when).slots)[:MOST_SLOTS]
    areas = [area for area in (traits.postal_code, traits.town, "online" * traits.online) if area]
    organiser = " ".join(sorted(word[:STEM] for word in traits.organiser.split())[:2])
    for area in areas:
        for word in words:
            yield f"word {area} {word}"
            for day, start in slots:
                yield f"word {area} {word} {day} {start}"
        for day, start in slots:
            yield f"slot {area} {day} {start}"
        # A typing error at the beginning of a word, where the times are not known.
        for spot in (traits.address, *traits.place.split()):
            for word in words if spot else ():
                yield f"at {area} {spot} {word[:2]}"
    if organiser:
        for word in words:
            yield f"organiser {organiser} {word}"
        for day, start in slots:
            yield f"organiser {organiser} {day} {start}"
    yield f"title {' '.join(sorted({word[:STEM] for word in title}))}"


def twice_keys(traits: Traits) -> Iterator[str]:
    """Give the one key that two entries of the same activity in one source share; none without times."""
    if traits.when:
        who = sorted(traits.title.split()), traits.organiser, traits.place, traits.postal_code, traits.town
        yield repr((who, traits.when, traits.first, traits.last, traits.ages, traits.marks))


class _Rivals:
    """For each record the points it has with others, to see when a choice hangs on a hair."""

    def __init__(self, records: Sequence[Traits], judged: list[Pair]) -> None:
        self._records = records
        self._others: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for pair in judged:
            if records[pair.a].source != records[pair.b].source:
                for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
                    self._others[own].append((pair.likeness.points, other))

    def of(self, pair: Pair, clusters: _Clusters) -> str:
        """Say which other record is as likely and cannot be one with the first, or return an empty text."""
        for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
            for points, rival in self._others[own]:
                if rival == other or points <= pair.likeness.points - MARGIN:
                    continue
                if self._has_found(own, rival, clusters) or not self._exclude(rival, other):
                    continue
                return f"{self._records[rival].id} is as likely"
        return ""

    def _has_found(self, own: int, rival: int, clusters: _Clusters) -> bool:
        """Tell whether a rival has its match in the same source already, or is one with the record itself."""
        members = clusters.members(rival)
        return any(self._records[one].source == self._records[own].source for one in members)

    def _exclude(self, rival: int, other: int) -> bool:
        one, two = self._records[rival], self._records[other]
        return one.source == two.source or compare(one, two).verdict == DIFFERENT


@dataclass
class _Clusters:
    """Growing clusters: a cluster never holds two records of one source, nor two that surely differ."""

    records: Sequence[Traits]
    keys: list[Key]
    decisions: Mapping[frozenset[Key], Decision]
    _of: dict[int, list[int]] = field(default_factory=dict)

    def members(self, position: int) -> list[int]:
        return self._of.get(position, [position])

    def together(self, a: int, b: int) -> bool:
        return b in self.members(a)

    def join(self, a: int, b: int, *, decided: bool = False) -> bool:
        """Make one cluster of two, unless something in them says that they are not the same."""
        ones, others = self.members(a), self.members(b)
        if ones is others or a == b:
            return True
        if not decided and not all(self._may(one, other) for one in ones for other in others):
            return False
        joined = sorted([*ones, *others])
        for member in joined:
            self._of[member] = joined
        return True

    def _may(self, one: int, other: int) -> bool:
        decision = self.decisions.get(frozenset((self.keys[one], self.keys[other])))
        if decision is not None:
            return decision == "same"
        a, b = self.records[one], self.records[other]
        if a.source == b.source:
            return False
        likeness = compare(a, b)
        return likeness.verdict != DIFFERENT and not likeness.asks

    def found(self) -> list[tuple[int, ...]]:
        """List the clusters by their first member; a record alone is a cluster too."""
        return [
            tuple(self.members(position))
            for position in range(len(self.records))
            if self.members(position)[0] == position
        ]
