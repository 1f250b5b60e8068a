"""Profiles from a JSON or JSON Lines file: the good ones, and a problem for each that is not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError, Problem
from ..model import Profile, read_profile
from .jsontext import load_json

_OPENING = re.compile(r"\s*\[\s*")
_BETWEEN = re.compile(r"\s*,?\s*")


def read_profiles(path: Path) -> tuple[list[Profile], list[Problem]]:
    """Read one profile, a list of profiles, or one profile a line.

    Parameters
    ----------
    path : Path

    Returns
    -------
    profiles : list of Profile
        In the order of the file; a bad one is left out.
    problems : list of Problem
        With the line on which the record starts.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    content = path.read_bytes()
    profiles: list[Profile] = []
    problems: list[Problem] = []
    try:
        records = _records(content)
    except InputError as error:
        return [], [replace(problem, source=str(path), place=problem.place or "1") for problem in error.problems]
    seen: dict[str, int] = {}
    for line, data in records:
        try:
            if isinstance(data, InputError):
                raise data
            profile = read_profile(data)
            if profile.id in seen:
                raise InputError(
                    [
                        Problem(
                            key="profile.id",
                            rule="must be unique in the file",
                            value=profile.id,
                            remedy=f"It stands in line {seen[profile.id]} too.",
                            code="duplicate_id",
                        )
                    ]
                )
        except InputError as error:
            problems += [replace(problem, source=str(path), place=str(line)) for problem in error.problems]
        else:
            seen[profile.id] = line
            profiles.append(profile)
    if not records:
        problems.append(Problem(source=str(path), rule="must hold a profile", remedy="The file is empty."))
    return profiles, problems


def _records(content: bytes) -> list[tuple[int, Any]]:
    """Return the records of a file, each with the line on which it starts."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = f"Byte {error.start} is not; save the file as UTF-8."
        raise InputError(
            [Problem(rule="must be UTF-8", place=str(line), remedy=remedy, code="encoding")]
        ) from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        return []
    if lines[0][1].lstrip().startswith("[") or not _is_whole(lines[0][1]):
        whole = load_json(text)
        if isinstance(whole, list):
            return list(zip(_starts(text, len(whole)), whole, strict=True))
        return [(lines[0][0], whole)]
    return [(number, _one_line(line)) for number, line in lines]


def _is_whole(line: str) -> bool:
    """Tell JSON Lines from a record over several lines: a record of one line ends where it began."""
    stripped = line.strip()
    return stripped.endswith("}") or not stripped.startswith("{")


def _one_line(line: str) -> Any:
    try:
        return load_json(line)
    except InputError as error:
        return error


def _starts(text: str, n_records: int) -> list[int]:
    """Return the line on which each member of a list starts; the text is known to be readable."""
    decoder, starts = json.JSONDecoder(), []
    position = _OPENING.match(text).end()  # type: ignore[union-attr]
    for _ in range(n_records):
        starts.append(text.count("\n", 0, position) + 1)
        _, position = decoder.raw_decode(text, position)
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
    return starts
