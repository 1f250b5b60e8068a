"""Which records of an import are one activity: only those that may be are recognised and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ..merging import Decision, Pair, Pairing, group
from .sources import Key, Record


def compare_records(
    records: Sequence[Record],
    *,
    decisions: Mapping[frozenset[Key], Decision],
    progress: Callable[[int, int], None],
) -> Pairing:
    """Find which records are one activity, as `group` does of the traits of all of them."""
    likely = _likely(records, decisions)
    found = group([records[position].traits for position in likely], decisions=decisions, progress=progress)
    clusters = [tuple(likely[member] for member in cluster) for cluster in found.clusters]
    clusters.extend((position,) for position in set(range(len(records))).difference(likely))
    return Pairing(clusters, [Pair(likely[pair.a], likely[pair.b], pair.likeness) for pair in found.doubtful])


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
