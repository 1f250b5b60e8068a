"""Pairs that were settled by hand, from a CSV file: ``profile_id,activity_id,force|forbid``."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from ..errors import InputError, Problem
from ..model.places import RULES, Tie

HEADER = ("profile_id", "activity_id", "rule")


def read_pairs(path: Path) -> list[Tie]:
    """Read pairs; the delimiter is ``,`` or ``;``, a first line with the names of the columns may be there.

    Raises
    ------
    InputError
        With every line that cannot be used: without it, the rest would tell another story.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "pairs.csv"
    ...     _ = file.write_text("p-1,naaicafe,force")
    ...     read_pairs(file)
    [Tie(profile_id='p-1', activity_id='naaicafe', rule='force', place='1', key='')]
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = f"Byte {error.start} is not; save the file as UTF-8."
        raise InputError([Problem(source=str(path), place="1", rule="must be UTF-8", remedy=remedy)]) from None
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    ties, problems = [], []
    before = 0
    try:
        for row in rows:
            line, before = before + 1, rows.line_num
            cells = [cell.strip() for cell in row]
            if not any(cells) or (line == 1 and tuple(cells[:2]) == HEADER[:2]):
                continue
            problem = _problem(cells)
            if problem:
                problems.append(replace(problem, source=str(path), place=str(line)))
            else:
                ties.append(Tie(cells[0], cells[1], cells[2].lower(), str(line)))
    except csv.Error as error:
        problems.append(
            Problem(source=str(path), place=str(rows.line_num), rule="must be CSV", remedy=f"{error}.")
        )
    if problems:
        raise InputError(problems)
    return ties


def _problem(cells: list[str]) -> Problem | None:
    if len(cells) != len(HEADER):
        return Problem(rule=f"must hold {','.join(HEADER)}", remedy=f"There are {len(cells)} values.")
    for name, cell in zip(HEADER, cells, strict=True):
        if not cell:
            return Problem(key=name, rule="is required")
    if cells[2].lower() not in RULES:
        return Problem(key=HEADER[2], rule=f"must be {' or '.join(RULES)}", value=cells[2])
    return None
