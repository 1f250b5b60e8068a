"""Ranking many profiles over many activities, beside what else one could use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import children
from .timing import ms, table, times

CELLS = [(n, m) for n in (1_000, 20_000, 200_000) for m in (1, 256, 10_000) if n * m <= 200_000_000]
QUICK_CELLS = [(1_000, 256), (20_000, 256)]
MOST_S, QUICK_MOST_S = 6.0, 1.5
"""What takes longer in one round is measured on a sample of the profiles."""
PEERS = {"pandas": "scikit-learn + pandas", "faiss": "faiss-cpu", "neighbours": "NearestNeighbors"}


def report(folder: Path, *, quick: bool) -> str:
    """Measure every cell and return the tables."""
    cells, most_s = (QUICK_CELLS, QUICK_MOST_S) if quick else (CELLS, MOST_S)
    seconds, memory = [], []
    for n_activities, n_profiles in cells:
        size = (folder, n_activities, n_profiles)
        where = [f"{n_activities:,}", f"{n_profiles:,}"]
        seconds.append(where + _times(children.measured("cell", *size, "time", most_s), n_profiles))
        names = ("bare", "ours") if quick else ("bare", "ours", *PEERS)
        found = {name: children.measured("cell", *size, "memory", name, most_s) for name in names}
        memory.append(where + _memory(found))
    header = ["activities", "profiles", "bare product, ms", "matcher, ms", "ratio"]
    header += [cell for peer in PEERS.values() for cell in (f"{peer}, ms", "ratio")]
    columns = ["activities", "profiles", "arrays loaded", "bare product", "matcher"]
    columns += [] if quick else list(PEERS.values())
    return "\n\n".join(
        [
            f"Medians; each ratio is to the bare product. ~: a round would take more than {most_s:g} s, so it was "
            "measured on a sample of the profiles and scaled.",
            table(header, seconds, left=0),
            "Most memory of a fresh process, MB (`ru_maxrss`; pandas on the sample).",
            table(columns, memory, left=0),
        ]
    )


def _times(found: dict[str, Any], n_profiles: int) -> list[str]:
    limit = min(found["bare"]["seconds"], found["bare_alone"]["seconds"])
    cells = [ms(limit)]
    for name in ("ours", *PEERS):
        about = "~" if found[name]["profiles"] < n_profiles else ""
        seconds = found[name]["seconds"]
        cells += [about + ms(seconds), about + times(seconds / limit)]
    return cells


def _memory(found: dict[str, dict[str, float]]) -> list[str]:
    loaded = min(one["loaded"] for one in found.values())
    return [f"{loaded:,.0f}", *(f"{one['peak']:,.0f}" for one in found.values())]
