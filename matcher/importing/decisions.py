"""The doubtful pairs beside an offer, and what persons decided about them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError, Problem
from ..merging import Decision
from ..writers.files import replacing
from .sources import Key

COLUMNS = (
    *("decision", "title_a", "title_b", "organiser_a", "organiser_b", "why"),
    *("source_a", "id_a", "source_b", "id_b"),
)
_WORDS: Mapping[str, Decision] = {
    **dict.fromkeys(("same", "zelfde", "hetzelfde", "dezelfde"), "same"),
    **dict.fromkeys(("different", "verschillend", "anders", "ander"), "different"),
}
_RUNS = ("=", "+", "-", "@", "\t", "\r")


class Row(NamedTuple):
    """One pair, as it stands in the file."""

    decision: str
    title_a: str
    title_b: str
    organiser_a: str
    organiser_b: str
    why: str
    source_a: str
    id_a: str
    source_b: str
    id_b: str

    @property
    def pair(self) -> frozenset[Key]:
        """The two records."""
        return frozenset(((self.source_a, self.id_a), (self.source_b, self.id_b)))


def doubtful_of(offer: Path) -> Path:
    """Return where the doubtful pairs of an offer stand.

    Examples
    --------
    >>> doubtful_of(Path("offer.csv")).name
    'offer.doubtful.csv'
    """
    return offer.with_name(f"{offer.stem}.doubtful.csv")


def read_decisions(path: Path) -> tuple[dict[frozenset[Key], Decision], list[Problem]]:
    """Read what persons decided; a file that is not there holds nothing.

    Returns
    -------
    decisions : dict
        By pair of records; a pair without a decision is left out.
    problems : list of Problem
        Warnings: such a row counts as not decided.

    Raises
    ------
    InputError
        If the file cannot be read: decisions would be lost by writing it anew.
    """
    if not path.exists():
        return {}, []
    try:
        text = path.read_bytes().decode("utf-8-sig")
        header_line = text.partition("\n")[0]
        delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, row) for row in reader]
        if not set(COLUMNS[6:]) | {"decision"} <= set(reader.fieldnames or ()):
            raise csv.Error("columns are missing")
    except (UnicodeDecodeError, csv.Error):
        remedy = (
            "Save it as 'CSV UTF-8' with its columns as they were, or delete it: decisions in it are lost then."
        )
        problem = Problem(rule="must be the CSV that the last import wrote", remedy=remedy, source=str(path))
        raise InputError([problem]) from None
    decisions: dict[frozenset[Key], Decision] = {}
    problems = []
    for line, row in rows:
        word = (row["decision"] or "").strip().lower()
        decision = _WORDS.get(word)
        if decision:
            known = {column: _plain(row[column] or "") for column in COLUMNS[6:]}
            decisions[frozenset(((known["source_a"], known["id_a"]), (known["source_b"], known["id_b"])))] = (
                decision
            )
        elif word:
            problems.append(
                Problem(
                    key="decision",
                    rule="must be same or different, or empty while nobody decided",
                    source=str(path),
                    place=str(line),
                    severity="warning",
                    code="vocabulary",
                )
            )
    return decisions, problems


def read_pairs(path: Path) -> list[Row]:
    """Read the pairs that an import wrote, decided or not; a file that is not there holds none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [Row(*(_plain(cell) for cell in cells)) for cells in list(csv.reader(lines))[1:]]


def write_decisions(rows: Sequence[Row], path: Path) -> None:
    """Write the pairs; no file is made while there are none."""
    if not rows and not path.exists():
        return
    with replacing(path) as new:
        fill_decisions(rows, new)


def fill_decisions(rows: Sequence[Row], new: Path) -> None:
    """Write the pairs into a file that is to replace another."""
    with new.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_guarded(cell) for cell in row] for row in sorted(rows, key=lambda row: row[6:]))


def _guarded(cell: str) -> str:
    """Keep a spreadsheet from running a title, and a cell on one line."""
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith((*_RUNS, "'")) else text


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
