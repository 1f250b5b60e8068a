"""The offer: list, records, call list, import, versions and map."""

from __future__ import annotations

from flask import Blueprint

from ..front import Front
from .calls import add_calls
from .editing import add_editing
from .importing import add_importing
from .listing import add_listing
from .mapping import add_map
from .versions import add_versions

__all__ = ["add_offer"]


def add_offer(blueprint: Blueprint, front: Front) -> None:
    """Add everything under ``/aanbod``."""
    for add in (add_listing, add_editing, add_calls, add_importing, add_versions, add_map):
        add(blueprint, front)
