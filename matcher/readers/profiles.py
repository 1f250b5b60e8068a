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
        problems.append(
            Problem(
                source=str(path), place="1", rule="must hold a profile", remedy="The file is empty.", code="empty"
            )
        )
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
    members = _members(text)
    if members is not None:
        return members
    whole = _one(text)
    if not isinstance(whole, InputError):
        return [(lines[0][0], whole)]
    if text.lstrip().startswith("["):
        raise whole
    found = [(number, _one(line)) for number, line in lines]
    if all(isinstance(one, InputError) for _, one in found):
        raise whole
    return found


def _members(text: str) -> list[tuple[int, Any]] | None:
    """Return the members of a list that holds good and bad ones; None when the text is no list at all."""
    try:
        loose = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(loose, list):
        return None
    decoder, position, found = json.JSONDecoder(), _OPENING.match(text).end(), []  # type: ignore[union-attr]
    for _ in loose:
        line = text.count("\n", 0, position) + 1
        _, end = decoder.raw_decode(text, position)
        found.append((line, _one(text[position:end])))
        position = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    return found


def _one(text: str) -> Any:
    try:
        return load_json(text)
    except InputError as error:
        return error
