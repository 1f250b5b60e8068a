"""What the form of a profile offers to choose from, at the desk and in a dossier."""

from __future__ import annotations

from typing import Any

from .. import vocabulary
from ..schedule import DAYS_NL
from . import form as forms
from .form import Filled


def form_choices(filled: Filled) -> dict[str, Any]:
    """Return what the form shows besides what was filled in: words, boxes of the week, the place of a code."""
    code = forms.postal_code(filled)
    return {
        "branches": _branches(),
        "vocabulary": vocabulary,
        "days": DAYS_NL,
        "workdays": forms.WORKDAYS,
        "parts": forms.PARTS,
        "presets": [(name, boxes, forms.preset_lines(name)) for name, boxes in forms.PRESETS.items()],
        "place": vocabulary.places().get(code, ("", 0, 0))[0],
        "place_unknown": bool(code) and code not in vocabulary.places(),
    }


def _branches() -> list[tuple[vocabulary.Interest, list[tuple[vocabulary.Interest, int]]]]:
    """Return each top of the tree of interests with what lies under it, and how deep."""
    branches: dict[str, tuple[vocabulary.Interest, list[tuple[vocabulary.Interest, int]]]] = {}
    for interest in vocabulary.interests().values():
        if not interest.parent:
            branches[interest.id] = (interest, [])
        else:
            line = vocabulary.lineage(interest.id)
            branches[line[-1]][1].append((interest, len(line) - 1))
    return list(branches.values())
