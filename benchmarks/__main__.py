"""``python -m benchmarks [PART ...] [--quick] [--write]``: measure and print Markdown; see `PARTS`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import allocation, children, import_speed, planning, ranking, request, start, store, whole_import

PARTS = {
    "ranking": ranking.report,
    "planning": planning.report,
    "allocation": allocation.report,
    "request": request.report,
    "start": start.report,
    "reading": import_speed.report,
    "import": whole_import.report,
    "store": store.report,
}
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIBRARIES = ("numpy", "scipy", "ortools", "scikit-learn", "pandas", "faiss-cpu", "flask", "waitress")


def main() -> None:
    """Read the command line, make the worlds, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="all when none is named")
    parser.add_argument("--quick", action="store_true", help="small cells and few rounds, under two minutes")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"a part must be one of {', '.join(PARTS)}; got {', '.join(sorted(unknown))}")
    parts = [part for part in PARTS if part in asked.parts or not asked.parts]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        make_worlds(folder, parts, quick=asked.quick)
        tables = {part: _measured(part, folder, quick=asked.quick) for part in parts}
    text = "\n\n".join(f"### {part.capitalize()}\n\n{tables[part]}" for part in parts)
    print(f"{text}\n\nThe whole took {time.perf_counter() - began:.0f} s.")
    if asked.write:
        README.write_text(written(README.read_text(encoding="utf-8"), tables), encoding="utf-8")


def make_worlds(folder: Path, parts: list[str], *, quick: bool) -> None:
    """Make the offers and the people that the parts need; the two largest jobs beside one another."""
    jobs: list[tuple[Any, ...]] = []
    if "ranking" in parts:
        cells = ranking.QUICK_CELLS if quick else ranking.CELLS
        jobs += [("build", folder, "arrays", n) for n in sorted({n for n, _ in cells})]
        jobs.append(("build", folder, "people", max(m for _, m in cells)))
    if "allocation" in parts:
        sizes = allocation.QUICK_CELLS if quick else allocation.CELLS
        jobs += [("build", folder, "arrays", n) for _, n in sizes]
        jobs.append(("build", folder, "people", max(m for m, _ in sizes)))
    if "request" in parts:
        sizes = request.QUICK_SIZES if quick else request.SIZES
        jobs += [("build", folder, "arrays" if n >= request.KEPT_FROM else "csv", n) for n in sizes]
        jobs.append(("build", folder, "requests", request.N_PROFILES))
    # Parts may want different numbers of people: the file that holds most serves them all.
    most = max((job[3] for job in jobs if job[2] == "people"), default=0)
    jobs = [(*job[:3], most) if job[2] == "people" else job for job in jobs]
    children.run_all(list(dict.fromkeys(jobs)))


def _measured(part: str, folder: Path, *, quick: bool) -> str:
    print(f"{part} ...", file=sys.stderr, flush=True)
    about = f"{date.today().isoformat()}, Python {platform.python_version()}, {os.cpu_count()} cores; "
    about += ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{PARTS[part](folder, quick=quick)}\n\n_{'Quick run, ' if quick else ''}{about}._"


def written(text: str, tables: dict[str, str]) -> str:
    """Return a page with new tables between its markers; parts that were not measured stay.

    Examples
    --------
    >>> print(written(f"a {BEGIN} old {END} b", {"start": "new"}))
    a <!-- measured: begin -->
    <BLANKLINE>
    ### Start
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- measured: end --> b
    """
    before, _, rest = text.partition(BEGIN)
    kept, _, after = rest.partition(END)
    sections = {}
    for section in kept.split("\n### ")[1:]:
        title, _, content = section.partition("\n")
        sections[title.strip().lower()] = content.strip()
    sections |= tables
    body = "\n\n".join(f"### {part.capitalize()}\n\n{sections[part]}" for part in PARTS if part in sections)
    return f"{before}{BEGIN}\n\n{body}\n\n{END}{after}"


if __name__ == "__main__":
    main()
