"""Which records of an import are one activity: only those that may be are recognised and compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from ..merging import Decision, Pair, Pairing, Traits, group, twice_keys
from .sources import Key, Record


def compare_records(
    records: Sequence[Record],
    *,
    decisions: Mapping[frozenset[Key], Decision],
    progress: Callable[[int, int], None],
) -> Pairing:
    """Find which records are one activity, as `group` does of the traits of all of them."""
    likely = _likely(records, decisions)
    traits = [records[position].traits for position in likely]
    renamed = _renamed([records[position] for position in likely], traits)
    found = group(traits, decisions={**renamed, **decisions}, progress=progress)
    clusters = [tuple(likely[member] for member in cluster) for cluster in found.clusters]
    clusters.extend((position,) for position in set(range(len(records))).difference(likely))
    return Pairing(clusters, [Pair(likely[pair.a], likely[pair.b], pair.likeness) for pair in found.doubtful])


def _renamed(records: Sequence[Record], traits: Sequence[Traits]) -> dict[frozenset[Key], Decision]:
    """Return pairs of one activity: a record that is gone, and one of its source that says the same by another id.

    Of both there must be only one: which of several it became nobody knows.
    """
    keys = {
        (record.source, key)
        for record, one in zip(records, traits, strict=True)
        if record.gone
        for key in twice_keys(one)
    }
    if not keys:
        return {}
    alike: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record, one in zip(records, traits, strict=True):
        for key in twice_keys(one):
            if (record.source, key) in keys:
                alike[record.source, key].append(record)
    return {
        frozenset((both[0].key, both[1].key)): "same"
        for both in alike.values()
        if len(both) == 2 and both[0].gone != both[1].gone
    }


def _likely(records: Sequence[Record], decisions: Mapping[frozenset[Key], Decision]) -> Sequence[int]:
    """Return the positions of the records that may be one activity with another."""
    if len({record.source for record in records}) > 1:
        return range(len(records))
    twins = Counter(record.twin for record in records if record.when)
    decided = {key for pair in decisions for key in pair}
    return [
        position
        for position, record in enumerate(records)
        if (record.when and twins[record.twin] > 1) or record.key in decided
    ]
