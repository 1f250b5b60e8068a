"""What differs between two states of the offer, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ...service.offers import Difference
from ..words import Words
from .showing import value_words

KINDS = ("new", "changed", "gone", "back", "removed")
SHOWN_MOST = 50
"""So many records of a kind are shown; of the others the number is told."""
_CUT = 200


def difference_words(differences: Sequence[Difference], words: Words) -> dict[str, Any]:
    """Return the counts by kind, and for each kind the records with what was and what becomes."""
    counts = Counter(one.kind for one in differences)
    groups = []
    for kind in KINDS:
        of_kind = [one for one in differences if one.kind == kind]
        if of_kind:
            groups.append(
                {
                    "kind": kind,
                    "heading": words(f"offer_kind_{kind}", n=counts[kind]),
                    "records": [_record(one, words) for one in of_kind[:SHOWN_MOST]],
                    "more": max(0, len(of_kind) - SHOWN_MOST),
                }
            )
    return {"n": len(differences), "groups": groups, "counts": [group["heading"] for group in groups]}


def _record(one: Difference, words: Words) -> dict[str, Any]:
    return {
        "id": one.activity_id,
        "title": one.title,
        "organiser": one.organiser,
        "keys": [
            (words(f"offer_key_{key}"), _cut(value_words(key, old, words)), _cut(value_words(key, new, words)))
            for key, (old, new) in one.keys.items()
        ],
    }


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[:_CUT] + "…"
