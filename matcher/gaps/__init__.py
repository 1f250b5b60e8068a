"""Where the offer falls short of people: counts that tell of nobody, and the best of many made-up activities."""

from .demand import Counts, count_cells, met_wishes
from .ranked import Ranked, rank_different
from .shown import Shown, merged, told, told_cells, told_cover, told_parts, told_shares, told_within

__all__ = [
    "Counts",
    "Ranked",
    "Shown",
    "count_cells",
    "merged",
    "met_wishes",
    "rank_different",
    "told",
    "told_cells",
    "told_cover",
    "told_parts",
    "told_shares",
    "told_within",
]
