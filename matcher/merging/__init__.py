"""Which records of several sources are one activity, and one record made of them field by field.

`find_pairs` proposes pairs and judges them, `group` makes clusters of what is surely the same, `join` makes one
record of a cluster. Nothing here reads or writes.
"""

from .joining import OFFER, Clash, Joined, Told, join, precedence
from .likeness import DIFFERENT, DOUBTFUL, SAME, Likeness, compare
from .pairing import Decision, Pair, Pairing, group, twice_keys
from .traits import Traits, packed, traits_from, traits_of, twin_sum

__all__ = [
    "DIFFERENT",
    "DOUBTFUL",
    "SAME",
    "Clash",
    "OFFER",
    "Decision",
    "Joined",
    "Likeness",
    "Pair",
    "Pairing",
    "Told",
    "Traits",
    "compare",
    "group",
    "join",
    "packed",
    "precedence",
    "traits_from",
    "traits_of",
    "twice_keys",
    "twin_sum",
]
