"""What the commands share: the group, their options, problems on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import EARLIEST_YEAR, LATEST_YEAR, InputError, MatcherError, Problem, shown

if TYPE_CHECKING:
    from ..model import Activity
    from ..service import Matcher

# The rooms with heavy libraries are imported inside the commands: help must not wait for scikit-learn.

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
DATABASE_URL = "sqlite:///matcher.db"
"""Without another one: a file in the working folder."""
MUNICIPALITY = "herent"
"""Whose the demonstration offer is."""


class Day(click.ParamType[date]):
    """A day as ``2026-12-01``."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read what was typed."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{shown(str(value))!r} is not a date like 2026-12-01.", param, ctx)
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.fail(f"{day} is not a date from {EARLIEST_YEAR} to {LATEST_YEAR}.", param, ctx)
        return day


class _Commands(click.Group):
    """Commands that name what cannot be used on standard error, and end with 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Call a command."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            tell(error.problems)
            ctx.exit(1)
        except MatcherError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="participatie-matcher")
def main() -> None:
    """Propose activities of the participatie- en netwerktraject, and explain each proposal.

    The program suggests; the trajectbegeleider and the inburgeraar decide.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def load_engine(offer_file: Path | None) -> Matcher:
    """Load an offer, the demonstration offer by default; what is wrong in it is named."""
    from ..readers.csv_offer import read_offer
    from ..service import Matcher
    from ..vocabulary import data_folder

    activities: list[Activity]
    activities, problems = read_offer(offer_file or data_folder() / "herent_offer.csv")
    tell(problem for problem in problems if problem.severity == "error" or offer_file)
    return Matcher(activities)


def write_file(file: Path, content: bytes, option: str) -> None:
    """Write a file only when it can be written as a whole."""
    from ..writers.files import replacing

    try:
        with replacing(file) as new:
            new.write_bytes(content)
    except OSError as error:
        raise click.UsageError(
            f"{option} must be a file that can be written; got {shown(str(file))!r} ({error.strerror})."
        ) from None


def tell(problems: Iterable[Problem]) -> None:
    """Name problems on standard error, one line each."""
    for problem in problems:
        click.echo(str(problem), err=True)


def with_severity(problem: Problem) -> str:
    """Write a problem with its severity behind its place."""
    text = str(problem)
    where = ":".join(part for part in (problem.source, problem.place) if part)
    return f"{where}: {problem.severity}: {text.removeprefix(where + ': ')}"
