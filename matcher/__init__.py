"""Propose activities of the participatie- en netwerktraject to each inburgeraar, and explain each proposal.

The public names are given when they are first used, so that a command that needs little loads little. Two of them
are rooms of their own, for analysts: `evaluation` measures the ranking, `tuning` learns its weights.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import evaluation, tuning
    from .criteria import check_criteria, follow_track
    from .errors import InputError, MatcherError
    from .model import Activity, Profile, read_activity, read_profile
    from .readers.csv_offer import read_offer
    from .readers.judgements import read_judgements
    from .readers.profiles import read_profiles
    from .service import Matcher
    from .vocabulary import data_folder

_HOMES = {
    "Activity": "model",
    "InputError": "errors",
    "Matcher": "service",
    "MatcherError": "errors",
    "Profile": "model",
    "check_criteria": "criteria",
    "data_folder": "vocabulary",
    "evaluation": "evaluation",
    "follow_track": "criteria",
    "read_activity": "model",
    "read_judgements": "readers.judgements",
    "read_offer": "readers.csv_offer",
    "read_profile": "model",
    "read_profiles": "readers.profiles",
    "tuning": "tuning",
}

__all__ = [
    "Activity",
    "InputError",
    "Matcher",
    "MatcherError",
    "Profile",
    "check_criteria",
    "data_folder",
    "evaluation",
    "follow_track",
    "read_activity",
    "read_judgements",
    "read_offer",
    "read_profile",
    "read_profiles",
    "tuning",
]


def __getattr__(name: str) -> object:
    """Give a public name from the room in which it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f".{_HOMES[name]}", __name__)
    return home if name == _HOMES[name] else getattr(home, name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
