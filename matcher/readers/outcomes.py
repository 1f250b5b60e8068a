"""Outcomes from a JSON Lines file: the good ones, and a problem for each that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InputError, Problem
from ..model.fields import read_day
from ..model.outcomes import OUTCOMES, REASONS, WITH_REASON, Outcome
from .jsontext import load_json

_KEYS = ("profile_id", "activity_id", "outcome", "reason", "on")


def read_outcomes(path: Path) -> tuple[list[Outcome], list[Problem]]:
    """Read one outcome a line: ``profile_id``, ``activity_id``, ``outcome``, ``on`` and perhaps ``reason``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    outcomes : list of Outcome
        In the order of the file; a bad one is left out.
    problems : list of Problem
        With the line.
    """
    outcomes, problems = [], []
    for line, text in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not text.strip():
            continue
        try:
            outcomes.append(_outcome(load_json(text)))
        except InputError as error:
            problems += [replace(problem, source=str(path), place=str(line)) for problem in error.problems]
    return outcomes, problems


def _outcome(data: Any) -> Outcome:
    if not isinstance(data, dict):
        raise InputError([Problem(rule=f"must be an object with {', '.join(_KEYS)}", code="json")])
    for key in data:
        if key not in _KEYS:
            raise _bad(key, "is not known", None, f"Known are {', '.join(_KEYS)}.")
    for key in ("profile_id", "activity_id", "outcome", "on"):
        if data.get(key) is None:
            raise _bad(key, "is required", None)
        if not isinstance(data[key], str):
            raise _bad(key, "must be text", data[key])
    if data["outcome"] not in OUTCOMES:
        remedy = f"Known are {', '.join(OUTCOMES)}; what somebody merely looked at is never learnt from."
        raise _bad("outcome", "must be an outcome", data["outcome"], remedy)
    reason = data.get("reason")
    if reason is not None and reason not in REASONS:
        raise _bad("reason", f"must be one of {', '.join(REASONS)}", reason)
    if reason is not None and data["outcome"] not in WITH_REASON:
        raise _bad("reason", f"goes with {' and '.join(WITH_REASON)} only", reason)
    return Outcome(
        profile_id=data["profile_id"],
        activity_id=data["activity_id"],
        outcome=data["outcome"],
        reason=reason,
        on=_day(data["on"]),
    )


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError:
        raise _bad("on", "must be a date like 2026-11-23", text) from None


def _bad(key: str, rule: str, value: object, remedy: str = "") -> InputError:
    return InputError([Problem(key=key, rule=rule, value=None if value is None else str(value), remedy=remedy)])
