"""Fresh processes: whatever is measured starts clean, and whoever measures stays small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
"""Threads of one library must not spin while another one is measured."""


def run(module: str, *arguments: object) -> str:
    """Run a module of this package and return what it prints."""
    done = subprocess.run(
        command(module, *arguments), cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, check=True, text=True
    )
    return done.stdout


def run_all(jobs: Sequence[tuple[object, ...]]) -> None:
    """Run several at once, each ``(module, argument, ...)``, and wait for all."""
    started = [subprocess.Popen(command(str(job[0]), *job[1:]), cwd=ROOT) for job in jobs]
    codes = [child.wait() for child in started]
    if any(codes):
        raise SystemExit("A world could not be made.")


def measured(module: str, *arguments: object) -> Any:
    """Run a module that prints JSON and return it."""
    return json.loads(run(module, *arguments))


def command(module: str, *arguments: object) -> list[str]:
    """Return the words that start a module of this package."""
    return [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
