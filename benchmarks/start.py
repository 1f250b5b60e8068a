"""Commands from a cold process, beside bare Python and the libraries on which they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from . import children
from .timing import interleaved, medians, ms, table, times

ROUNDS, QUICK_ROUNDS = 7, 3
PAIRS = (
    ("`matcher suggest --profile one.jsonl --json`", '`python -c "import sklearn, pandas"`'),
    ("`matcher --help`", "`python -c pass`"),
)


def report(folder: Path, *, quick: bool) -> str:
    """Time the commands and return the table."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    commands = _commands(folder)
    ways = {name: (lambda words=words: _run(words)) for name, words in commands.items()}
    interleaved(ways, rounds=1)  # the files are then in the cache of the system
    middle = medians(interleaved(ways, rounds=rounds))
    rows = [
        [
            own,
            ms(middle[own]),
            other,
            ms(middle[other]),
            times(middle[own] / middle[other]),
            _more(middle, own, other),
        ]
        for own, other in PAIRS
    ]
    header = ["command", "ms", "beside", "ms", "ratio", "more, ms"]
    return f"Medians of {rounds} interleaved rounds.\n\n" + table(header, rows)


def _more(middle: dict[str, float], own: str, other: str) -> str:
    return ms(middle[own] - middle[other])


def _commands(folder: Path) -> dict[str, list[str]]:
    """Return the words of each command."""
    examples = children.ROOT / "data" / "judgements" / "profiles.jsonl"
    one = folder / "one.jsonl"
    one.write_text(examples.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    matcher = str(Path(sys.executable).with_name("matcher"))
    (suggest, libraries), (help_, bare) = PAIRS
    return {
        suggest: [matcher, "suggest", "--profile", str(one), "--json"],
        libraries: [sys.executable, "-c", "import sklearn, pandas"],
        help_: [matcher, "--help"],
        bare: [sys.executable, "-c", "pass"],
    }


def _run(words: list[str]) -> None:
    subprocess.run(words, cwd=children.ROOT, stdout=subprocess.DEVNULL, check=True)
