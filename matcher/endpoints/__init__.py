"""The calls of the HTTP interface: read what is asked, one call of the service, write the answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from flask import Blueprint

from ..service.office import Office
from .asking import add_asking
from .dossiers import add_dossiers
from .means import Means
from .planning import add_planning
from .steps import add_steps

__all__ = ["endpoints"]


def endpoints(office: Office, *, clock: Callable[[], datetime], rng: random.Random) -> Blueprint:
    """Make the calls of one office.

    Parameters
    ----------
    office : Office
        Holds the offer and the dossiers.
    clock : callable
        Returns now, with its zone.
    rng : random.Random
        Draws the codes of new dossiers.
    """
    blueprint = Blueprint("endpoints", __name__, url_prefix="/api/v1")
    means = Means(office, clock, rng)
    for add in (add_asking, add_planning, add_dossiers, add_steps):
        add(blueprint, means)
    return blueprint
