"""The offer as a file of any kind that can be written: its ending tells which."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..errors import Problem, must, shown
from ..model import Activity

WRITERS = {
    ".csv": ("csv_offer", "write_csv"),
    ".xlsx": ("xlsx", "write_xlsx"),
    ".ics": ("ical", "write_ical"),
    ".jsonld": ("schema_org", "write_schema_org"),
}
"""The module and function that write each kind; the libraries behind them load when they are needed."""


def write_offer(activities: Sequence[Activity], path: Path, *, today: date) -> list[Problem]:
    """Write an offer; the file that was there stays until the new one is complete.

    Parameters
    ----------
    activities : sequence of Activity
    path : Path
        Ends in .csv, .xlsx, .ics or .jsonld.
    today : date
        Calendars and web pages get the sessions of the year from this day.

    Returns
    -------
    list of Problem
        A note for each activity that this kind of file cannot hold, or not whole.

    Raises
    ------
    InputError
        If the ending is another.
    OSError
        If the file cannot be written.
    """
    module, function = WRITERS[ending(path)]
    write = getattr(importlib.import_module(f".{module}", __package__), function)
    return list(write(activities, path, today=today) or ())


def ending(path: Path) -> str:
    """Return the ending that tells how to write a file.

    Raises
    ------
    InputError
        If no offer is written under it.
    """
    found = path.suffix.lower()
    must(found in WRITERS, "the name of the offer", f"one that ends in {', '.join(WRITERS)}", shown(path.name))
    return found
