"""Reading documents of UiTdatabank, beside ``json.loads`` and pydantic on the same ones.

``python -m benchmarks.import_speed FOLDER N time ROUNDS`` prints seconds by way; ``... memory WAY`` the most memory.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from matcher.model import Proposal
from matcher.readers.uitdatabank import read_uitdatabank

from . import children, documents
from .timing import interleaved, medians, table, times
from .uitdatabank_model import Event

TODAY = date(2026, 11, 23)
N_DOCUMENTS, QUICK_N_DOCUMENTS = 200_000, 5_000
ROUNDS = 3
WAYS = {"pydantic": "`json.loads` + pydantic", "lines": "reader, JSON Lines", "page": "reader, one page"}
MADE_BY = {"lines": documents.write_lines, "page": documents.write_page}


def report(folder: Path, *, quick: bool) -> str:
    """Make the documents, measure every way and return the table."""
    n_documents = QUICK_N_DOCUMENTS if quick else N_DOCUMENTS
    for name, write in MADE_BY.items():
        write(_file(folder, name), n_documents)
    seconds = children.measured("import_speed", folder, n_documents, "time", ROUNDS)
    rows = [
        [
            title,
            f"{seconds[way]:.1f}",
            f"{n_documents / seconds[way]:,.0f}",
            times(seconds["pydantic"] / seconds[way]),
            f"{children.measured('import_speed', folder, n_documents, 'memory', way):,.0f}",
        ]
        for way, title in WAYS.items()
    ]
    size_mb = _file(folder, "lines").stat().st_size / 1e6
    return (
        f"{n_documents:,} documents, {size_mb:,.0f} MB. Medians of {ROUNDS} interleaved rounds; most memory of a fresh "
        "process that reads them all and keeps none.\n\n"
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


def _ways(folder: Path) -> dict[str, Callable[[], int]]:
    return {
        "pydantic": lambda: with_pydantic(folder),
        "lines": lambda: with_reader(folder, "lines"),
        "page": lambda: with_reader(folder, "page"),
    }


def _file(folder: Path, name: str) -> Path:
    return folder / f"documents-{name}.json"


def main() -> None:
    """Measure in this process and print JSON."""
    folder, n_documents, what, detail = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    ways = _ways(folder)
    if what == "time":
        found: object = medians(interleaved(ways, rounds=int(detail)))
    else:
        number = ways[detail]()
        if number != n_documents:
            raise SystemExit(f"{detail} read {number} of {n_documents} documents.")
        found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
