"""Judgements from a folder: ``profiles.jsonl``, ``judgements.jsonl`` and, if it is there, ``judgements.toml``."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import EARLIEST_YEAR, LATEST_YEAR, InputError, Problem
from ..model.judgements import GRADE_MOST, Judgements
from .jsontext import load_json
from .profiles import read_profiles

READERS = ("reader_a", "reader_b")
_KEYS = ("profile_id", "activity_id", *READERS)


def read_judgements(folder: Path) -> tuple[Judgements, list[Problem]]:
    """Read people and the grades that two readers gave.

    Parameters
    ----------
    folder : Path
        With ``profiles.jsonl``, ``judgements.jsonl`` (one object a line: ``profile_id``, ``activity_id``,
        ``reader_a``, ``reader_b``, grades 0 to 3) and perhaps ``judgements.toml`` (``today``: the day for which
        was judged).

    Returns
    -------
    judgements : Judgements
    problems : list of Problem
        With the line of each record that was left out.

    Raises
    ------
    InputError
        If ``profiles.jsonl`` or ``judgements.jsonl`` is not there.

    Examples
    --------
    >>> from matcher import data_folder
    >>> judgements, problems = read_judgements(data_folder() / "judgements")
    >>> len(judgements.profiles), len(problems), judgements.today
    (14, 0, datetime.date(2026, 11, 23))
    """
    for name in ("profiles.jsonl", "judgements.jsonl"):
        if not (folder / name).is_file():
            remedy = "Name the folder that holds the people and their judgements."
            raise InputError([Problem(source=str(folder), rule=f"must hold a file {name}", remedy=remedy)])
    profiles, problems = read_profiles(folder / "profiles.jsonl")
    known = {profile.id for profile in profiles}
    grades: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    file = folder / "judgements.jsonl"
    for line, text in enumerate(file.read_bytes().split(b"\n"), start=1):
        if not text.strip():
            continue
        try:
            profile_id, activity_id, both = _graded(load_json(text))
            if profile_id not in known:
                raise _bad("profile_id", "must be one of profiles.jsonl", profile_id)
            if activity_id in grades[profile_id]:
                raise _bad("activity_id", "must be judged once for a person", activity_id)
        except InputError as error:
            problems += [replace(problem, source=str(file), place=str(line)) for problem in error.problems]
        else:
            grades[profile_id][activity_id] = both
    today, more = _today(folder / "judgements.toml")
    return Judgements(profiles=tuple(profiles), grades=dict(grades), today=today), [*problems, *more]


def _graded(data: Any) -> tuple[str, str, tuple[float, float]]:
    if not isinstance(data, dict):
        raise InputError([Problem(rule=f"must be an object with {', '.join(_KEYS)}", code="json")])
    for key in data:
        if key not in _KEYS:
            raise InputError([Problem(key=key, rule="is not known", remedy=f"Known are {', '.join(_KEYS)}.")])
    for key in _KEYS:
        if key not in data:
            raise InputError([Problem(key=key, rule="is required", code="missing")])
    for key in _KEYS[:2]:
        if not isinstance(data[key], str):
            raise _bad(key, "must be text", data[key])
    for key in READERS:
        grade = data[key]
        if isinstance(grade, bool) or not isinstance(grade, (int, float)) or not 0 <= grade <= GRADE_MOST:
            raise _bad(key, f"must be a grade from 0 to {GRADE_MOST}", grade)
    return data["profile_id"], data["activity_id"], (float(data["reader_a"]), float(data["reader_b"]))


def _bad(key: str, rule: str, value: Any) -> InputError:
    return InputError([Problem(key=key, rule=rule, value=str(value))])


def _today(file: Path) -> tuple[date | None, list[Problem]]:
    if not file.is_file():
        return None, []
    try:
        today = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("today")
        value = None if today is None else str(today)
    except (ValueError, RecursionError) as error:  # also brackets too deep, and numbers too long
        return None, [Problem(source=str(file), rule="must be TOML", remedy=str(error))]
    if isinstance(today, date) and not isinstance(today, datetime) and EARLIEST_YEAR <= today.year <= LATEST_YEAR:
        return today, []
    rule = f"must be a date without quotes from {EARLIEST_YEAR} to {LATEST_YEAR}, like 2026-11-23"
    return None, [Problem(source=str(file), key="today", rule=rule, value=value)]
