"""What is said of tests that this machine cannot run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
CONFTEST = """
import tests.machine as machine

machine.NEEDS["browser"] = ("Chromium", None)
machine.NEEDS["postgresql"] = ("PostgreSQL", {postgresql!r})
from tests.machine import pytest_runtest_setup, pytest_terminal_summary
"""
TESTS = """
import pytest


@pytest.mark.browser
def test_one():
    pass


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.postgresql
def test_two(n):
    pass


@pytest.mark.browser
@pytest.mark.skip(reason="another reason")
def test_three():
    pass
"""
INI = "[pytest]\naddopts = -ra\nmarkers =\n    browser: b\n    postgresql: p\n"


@pytest.fixture
def run(tmp_path):
    """Run a few tests on a machine without a browser; ``postgresql`` is where the other need is met."""

    def run(*, ci, postgresql="/somewhere"):
        (tmp_path / "conftest.py").write_text(CONFTEST.format(postgresql=postgresql), encoding="utf-8")
        (tmp_path / "test_few.py").write_text(TESTS, encoding="utf-8")
        (tmp_path / "pytest.ini").write_text(INI, encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "PYTEST"))}
        environment |= {"PYTHONPATH": str(HOUSE), **({"CI": "true"} if ci else {})}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout.splitlines()

    return run


@pytest.mark.slow
def test_what_is_not_run_is_said_in_the_last_line_before_the_summary(run):
    code, lines = run(ci=False)
    assert code == 0
    assert lines[-1].startswith("2 passed, 2 skipped")
    assert lines[-2] == "Not run: 1 for want of Chromium. Install what is missing to run them."


@pytest.mark.slow
def test_two_things_that_are_missing_are_both_named(run):
    _, lines = run(ci=False, postgresql=None)
    assert lines[-2].startswith("Not run: 1 for want of Chromium, 2 for want of PostgreSQL. ")


@pytest.mark.slow
def test_in_ci_what_cannot_be_run_fails(run):
    code, lines = run(ci=True)
    assert code == 1
    assert "Chromium is not on this machine" in "\n".join(lines)
    assert "1 error" in lines[-1]
