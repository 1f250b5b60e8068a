"""check-offer, check-activity, fetch, import, template: the offer as it arrives."""

from __future__ import annotations

import gc
import os
import sys
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from ..errors import InputError, shown
from .shared import FILE, Day, main, tell, with_severity

FORMATS = ("csv", "xlsx", "uitdatabank", "schema.org", "ical")
"""Formats of a source; `matcher.readers.source` reads the same, a test says so."""


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--today", type=Day(), help="By default today in Brussels.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of the tables.")
def check_offer(files: tuple[Path, ...], today: date | None, lang: str) -> None:
    """List what is wrong or doubtful in offer files; exit 1 when it is an error.

    How much is known, and what to ask after first, follows on standard error.
    """
    from ..completeness import measure_completeness
    from ..readers.csv_offer import read_offer
    from ..readers.profiles import read_profiles
    from ..schedule import BRUSSELS
    from ..table import print_completeness
    from ..vocabulary import data_folder

    day = today or datetime.now(BRUSSELS).date()
    people, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    worst = 0
    for file in files:
        activities, problems = read_offer(file)
        for problem in problems:
            click.echo(with_severity(problem))
        errors = sum(problem.severity == "error" for problem in problems)
        worst = max(worst, int(errors > 0))
        warnings = len(problems) - errors
        click.echo(f"{file}: {len(activities)} activities, {errors} errors, {warnings} warnings", err=True)
        print_completeness(measure_completeness(activities, people, today=day), lang=lang)
    sys.exit(worst)


@main.command()
@click.argument("file", metavar="FILE.json", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of the text.")
def check_activity(file: Path, as_json: bool, lang: str) -> None:
    """Hold an own proposal against the criteria of the track."""
    import orjson

    from ..criteria import check_criteria
    from ..model import read_proposal
    from ..readers.jsontext import load_json
    from ..schedule import BRUSSELS

    try:
        proposal = read_proposal(load_json(file.read_bytes()))
    except InputError as error:
        tell(replace(problem, source=str(file), place=problem.place or "1") for problem in error.problems)
        sys.exit(1)
    check = check_criteria(proposal, today=datetime.now(BRUSSELS).date())
    if as_json:
        click.echo(orjson.dumps(check).decode())
    else:
        from ..table import print_check

        print_check(proposal, check, lang=lang)


@main.group()
def fetch() -> None:
    """Fetch the offer of a public source into a file to import."""


@fetch.command()
@click.option("--postal-code", "postal_codes", required=True, multiple=True, help="May be repeated.")
@click.option(
    "-o", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="JSON Lines, for import."
)
@click.option("--url", default="https://search.uitdatabank.be", show_default=True, help="Of the Search API.")
def uitdatabank(postal_codes: tuple[str, ...], file: Path, url: str) -> None:
    """Fetch the events of UiTdatabank that take place at some postal codes.

    The client id is read from the environment: UITDATABANK_CLIENT_ID. What came when something breaks is kept
    beside the file: the same command within a day goes on from there.
    """
    from rich.console import Console
    from rich.progress import Progress

    from ..fetching import SearchApi, fetch_events, wanted_events
    from ..schedule import BRUSSELS

    try:
        source = SearchApi(os.environ.get("UITDATABANK_CLIENT_ID", ""), url)
        query = wanted_events(postal_codes)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if not file.parent.is_dir():
        raise click.UsageError(f"-o must lie in a folder that is there; got {shown(str(file))!r}.")
    began_s = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("UiTdatabank", total=None)

        def told(received: int, total: int, wait_s: float) -> None:
            words = f"UiTdatabank: waits {wait_s:.0f} s" if wait_s else "UiTdatabank"
            bar.update(task, description=words, completed=received, total=total or None)

        try:
            fetched = fetch_events(source, query, file, now=datetime.now(BRUSSELS), told=told)
        except InputError as error:
            bar.stop()
            tell(error.problems)
            sys.exit(1)
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. What came so far is kept: the same command within a day goes on.", err=True)
            sys.exit(1)
        except OSError as error:
            raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    tell(fetched.problems)
    click.echo(f"{file}: {fetched.n_events} events in {time.monotonic() - began_s:.0f} s", err=True)


@main.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=FILE)
@click.option(
    "-o",
    "offer_file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ends in .csv, .xlsx, .ics or .jsonld.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of every SOURCE; guessed by default.")
@click.option("--today", type=Day(), help="By default today in Brussels.")
def import_(sources: tuple[Path, ...], offer_file: Path, format_: str | None, today: date | None) -> None:
    """Make or renew an offer from sheets, calendars, web pages and UiTdatabank; exit 1 when a record was left out.

    What is the same activity is recognised, what persons filled in stays, what disappeared at its source is gone.
    """
    from ..features.derive import derive_each
    from ..importing import check_call, import_offer, progress_bar
    from ..schedule import BRUSSELS

    # Records are no circles: to go through all of them again and again for some costs a twentieth of the time.
    gc.set_threshold(100_000)
    try:
        check_call(sources, offer_file)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    day = today or datetime.now(BRUSSELS).date()
    try:
        with progress_bar(disable=not sys.stderr.isatty()) as progress:
            report = import_offer(
                sources,
                offer_file,
                today=day,
                format=format_,
                complete=derive_each,
                tell=lambda problem: click.echo(with_severity(problem), err=True),
                progress=progress,
            )
    except InputError as error:
        tell(error.problems)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(
            f"{offer_file} cannot be written: {error.strerror}; it stays as it was."
        ) from None
    for line in report.lines():
        click.echo(line)
    sys.exit(int(report.errors > 0))


@main.command()
@click.option("-o", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Ends in .xlsx.")
def template(file: Path) -> None:
    """Write the empty sheet that a clerk fills in, with drop-down lists and an explanation."""
    from ..schedule import BRUSSELS
    from ..writers.xlsx import write_template

    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"-o must end in .xlsx; got {str(file)!r}.")
    if file.exists():
        # It may be the one that somebody filled in.
        raise click.UsageError(f"-o must be a file that is not there yet; got {str(file)!r}. Choose another name.")
    try:
        write_template(file, today=datetime.now(BRUSSELS).date())
    except OSError as error:
        rule = "-o must be a file that can be written"
        raise click.UsageError(f"{rule}; got {str(file)!r} ({error.strerror}).") from None
    click.echo(f"{file}: fill in the sheet 'Aanbod', and have it read with matcher import {file} -o offer.csv")
