"""The whole import: reading, deriving, comparing, joining, writing an offer and its ledger.

``python -m benchmarks.whole_import FOLDER WAY`` imports in one way and prints seconds of processor time by
stage, and memory.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path

from matcher.features.derive import derive_each
from matcher.importing import import_offer
from matcher.model import Proposal
from matcher.readers.uitdatabank import read_uitdatabank

from . import children, documents
from .import_speed import with_pydantic
from .timing import table, times

TODAY = date(2026, 11, 23)
N_DOCUMENTS, QUICK_N_DOCUMENTS = 200_000, 5_000
DOUBLED = 10
"""One of so many documents stands in the sheet too."""
COLUMNS = ("id", "title", "organiser", "kind", "schedule", "postal_code", "place", "price_eur")
WAYS = {
    "pydantic": "`json.loads` + pydantic",
    "plain": "import, nothing derived",
    "again": "the same again: nothing changed",
    "first": "import",
    "both": "import with a sheet of doubles",
}


def report(folder: Path, *, quick: bool) -> str:
    """Make the documents and the sheet, import them in every way and return the table."""
    n_documents = QUICK_N_DOCUMENTS if quick else N_DOCUMENTS
    lines = folder / "documents-lines.json"
    if not lines.exists():
        documents.write_lines(lines, n_documents)
    write_sheet(folder / "sheet.csv", lines)
    found = {way: children.measured("whole_import", folder, way) for way in WAYS}
    rows = [
        [
            title,
            f"{found[way]['seconds']:.0f}",
            times(found["pydantic"]["seconds"] / found[way]["seconds"]),
            f"{found[way]['most_mb']:,.0f}",
            ", ".join(f"{stage} {seconds:.0f}" for stage, seconds in found[way].get("stages", {}).items()),
        ]
        for way, title in WAYS.items()
    ]
    about = f"{n_documents:,} documents of UiTdatabank, {n_documents // DOUBLED:,} of them in a sheet too."
    return f"{about}\n\n" + table(["way", "s", "speed beside pydantic", "most MB", "seconds by stage"], rows)


def write_sheet(path: Path, lines: Path) -> None:
    """Tell a part of the documents again, as a clerk would, with an error in each title."""
    proposals = (found for found in read_uitdatabank(lines, today=TODAY) if isinstance(found, Proposal))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, proposal in enumerate(islice(proposals, 0, None, DOUBLED)):
            told = proposal.to_json() | {"id": f"sheet-{number}", "kind": proposal.kind or "informal"}
            told["title"] = told["title"][:3] + told["title"][4:] if len(told["title"]) > 8 else told["title"]
            writer.writerow([told.get(column, "") for column in COLUMNS])


def imported(folder: Path, way: str) -> dict[str, float]:
    """Import in one way and return the seconds of each stage."""
    stages: dict[str, float] = {}
    began = time.process_time()

    def progress(stage: str, done: int, total: int | None) -> None:
        stages[stage.split()[0]] = time.process_time() - began

    sources = [folder / "documents-lines.json", *([folder / "sheet.csv"] if way == "both" else [])]
    options = {} if way in ("plain", "again") else {"complete": derive_each}
    offer = folder / f"{'plain' if way == 'again' else way}.csv"
    import_offer(sources, offer, today=TODAY, progress=progress, **options)
    ends = [0.0, *stages.values()]
    return {stage: end - start for (stage, end), start in zip(stages.items(), ends, strict=False)}


def main() -> None:
    """Measure in this process and print JSON."""
    folder, way = Path(sys.argv[1]), sys.argv[2]
    gc.disable()
    began = time.process_time()
    found: dict[str, object] = {}
    if way == "pydantic":
        with_pydantic(folder)
    else:
        found["stages"] = imported(folder, way)
    found["seconds"] = time.process_time() - began
    found["most_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
