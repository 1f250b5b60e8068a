"""The pages of what goes on paper or into a calendar: hours, proofs, register, handout, feed."""

from __future__ import annotations

from flask import Blueprint

from .front import Front
from .paper_feed import add_feed
from .paper_handout import add_handout
from .paper_hours import add_hours
from .paper_proofs import add_proofs
from .paper_register import add_register


def add_papers(blueprint: Blueprint, front: Front) -> None:
    """Add the pages of what goes on paper or into a calendar."""
    for add in (add_hours, add_proofs, add_register, add_handout, add_feed):
        add(blueprint, front)
