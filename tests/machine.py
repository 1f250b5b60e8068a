"""What some tests need from the machine, and what is said when it is not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def postgresql_folder():
    """Return the folder with the newest PostgreSQL of this machine, or None."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int("0" + "".join(filter(str.isdecimal, folder.parent.name))),
    )
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


POSTGRESQL = postgresql_folder()
NEEDS = {"browser": ("Chromium", CHROMIUM), "postgresql": ("PostgreSQL", POSTGRESQL)}
"""What a marker asks for, and where it is on this machine."""


def must_run_all():
    """Tell whether a test that cannot run is a fault: so it is where ``CI=true``."""
    return os.environ.get("CI", "").lower() == "true"


def pytest_runtest_setup(item):
    """Leave out a test whose need the machine does not meet; in CI it fails."""
    for marker, (name, where) in NEEDS.items():
        if where is None and item.get_closest_marker(marker):
            (pytest.fail if must_run_all() else pytest.skip)(_said(name))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    """Say in the last line before the summary which tests were not run, and why."""
    shown = yield
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    counted = {name: sum(_said(name) in reason for reason in skipped) for name, _ in NEEDS.values()}
    parts = [f"{number} for want of {name}" for name, number in counted.items() if number]
    if parts:
        terminalreporter.write_line(f"Not run: {', '.join(parts)}. Install what is missing to run them.", red=True)
    return shown


def _said(name):
    return f"{name} is not on this machine"
