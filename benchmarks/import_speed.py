"""Reading documents of UiTdatabank, beside ``json.loads`` and pydantic on the same ones.

``python -m benchmarks.import_speed FOLDER WAY`` reads a file in one way and prints seconds, memory and the number.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from matcher.model import Proposal
from matcher.readers.uitdatabank import read_uitdatabank

from . import children, documents
from .timing import table, times
from .uitdatabank_model import Event

TODAY = date(2026, 11, 23)
N_DOCUMENTS, QUICK_N_DOCUMENTS = 200_000, 5_000
ROUNDS = 3
WAYS = {"pydantic": "`json.loads` + pydantic", "lines": "reader, JSON Lines", "page": "reader, one page"}


def report(folder: Path, *, quick: bool) -> str:
    """Make the documents, measure every way in each round, and return the table."""
    n_documents = QUICK_N_DOCUMENTS if quick else N_DOCUMENTS
    lines = _file(folder, "lines")
    documents.write_lines(lines, n_documents)
    documents.write_page(_file(folder, "page"), lines)
    rounds = [{way: children.measured("import_speed", folder, way) for way in WAYS} for _ in range(ROUNDS)]
    if any(found["documents"] != n_documents for one in rounds for found in one.values()):
        raise SystemExit("Not every document was read.")
    seconds = {way: statistics.median(one[way]["seconds"] for one in rounds) for way in WAYS}
    rows = [
        [
            title,
            f"{seconds[way]:.1f}",
            f"{n_documents / seconds[way]:,.0f}",
            times(seconds["pydantic"] / seconds[way]),
            f"{max(one[way]['most_mb'] for one in rounds):,.0f}",
        ]
        for way, title in WAYS.items()
    ]
    size_mb = lines.stat().st_size / 1e6
    return (
        f"{n_documents:,} documents, {size_mb:,.0f} MB. Medians of {ROUNDS} interleaved rounds, "
        "each way in a fresh process that reads them all and keeps none.\n\n"
        + table(["way", "s", "documents a second", "speed beside pydantic", "most MB"], rows)
    )


def with_pydantic(folder: Path) -> int:
    """Read each line and check it, as one would do without this program."""
    number = 0
    with _file(folder, "lines").open("rb") as lines:
        for line in lines:
            Event.model_validate(json.loads(line))
            number += 1
    return number


def with_reader(folder: Path, name: str) -> int:
    """Read a file as the import does."""
    return sum(isinstance(found, Proposal) for found in read_uitdatabank(_file(folder, name), today=TODAY))


def measured(folder: Path, way: str) -> dict[str, Any]:
    """Read the documents in one way; ``most_mb`` is that of this process."""
    start = time.perf_counter()
    number = with_pydantic(folder) if way == "pydantic" else with_reader(folder, way)
    seconds = time.perf_counter() - start
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"documents": number, "seconds": seconds, "most_mb": most_mb}


def _file(folder: Path, name: str) -> Path:
    return folder / f"documents-{name}.json"


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), sys.argv[2])))
