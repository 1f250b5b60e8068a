"""The commands: suggest, plan, allocate, gaps, check-*, fetch, import, template, evaluate, tune, serve."""

from __future__ import annotations

import gc
import ipaddress
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import EARLIEST_YEAR, LATEST_YEAR, InputError, Problem, shown

if TYPE_CHECKING:
    from .model import Activity
    from .model.judgements import Judgements
    from .model.plans import PlanAnswer
    from .service import Matcher

# The rooms with heavy libraries are imported inside the commands: help must not wait for scikit-learn.

FORMATS = ("csv", "xlsx", "uitdatabank", "schema.org", "ical")
"""Formats of a source; `matcher.readers.source` reads the same, a test says so."""
REQUEST_MOST_BYTES = 64 * 1024 * 1024
MANY = 4
"""From so many profiles on a bar shows how far it is."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
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
        try:
            return super().invoke(ctx)
        except InputError as error:
            _tell(error.problems)
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


@main.command()
@click.option("--profile", "profile_file", type=_FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default the demonstration offer.")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.option("--today", type=_Day(), help="By default today in Brussels.")
@click.option("--varied", is_flag=True, help="A list of unlike activities, not the plain order.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a profile.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of the table.")
def suggest(
    profile_file: Path,
    offer_file: Path | None,
    k: int,
    today: date | None,
    varied: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Rank the offer for each profile of a file."""
    import orjson

    from .readers.profiles import read_profiles
    from .schedule import BRUSSELS

    # One short run that drops nothing in circles: collecting them while libraries load costs a tenth of the start.
    gc.disable()
    now = datetime.now(BRUSSELS)
    profiles, problems = read_profiles(profile_file)
    _tell(problems)
    if profiles:
        engine = _engine(offer_file)
        for profile in profiles:
            found = engine.suggest(profile, today=today or now.date(), now=now, k=k, varied=varied)
            if as_json:
                click.echo(orjson.dumps(found).decode())
            else:
                from .table import print_suggestion

                print_suggestion(engine, profile, found, lang=lang)
    if problems:
        sys.exit(1)


@main.command()
@click.option("--profile", "profile_file", type=_FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=_Day(), help="By default today in Brussels.")
@click.option("--hours", default=40.0, show_default=True, type=click.FloatRange(1, 1000), help="To reach in all.")
@click.option("--by", type=_Day(), help="The day by which you would like that.")
@click.option("--max-activities", default=4, show_default=True, type=click.IntRange(1, 8), help="In one plan.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a profile.")
@click.option(
    "--ics", "ics_file", type=click.Path(dir_okay=False, path_type=Path), help="Calendar of the first plan."
)
@click.option(
    "--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of table, calendar."
)
def plan(
    profile_file: Path,
    offer_file: Path | None,
    today: date | None,
    hours: float,
    by: date | None,
    max_activities: int,
    as_json: bool,
    ics_file: Path | None,
    lang: str,
) -> None:
    """Plan the hours of the track for each profile of a file, with several activities and a calendar."""
    import orjson

    from .readers.profiles import read_profiles
    from .schedule import BRUSSELS
    from .service.planning import PlanWish, make_plans

    gc.disable()
    now = datetime.now(BRUSSELS)
    day = today or now.date()
    wish = PlanWish(hours=hours, by=by, max_activities=max_activities)
    try:
        wish.check(day)
    except InputError as error:
        raise click.UsageError(f"--{error}") from None
    profiles, problems = read_profiles(profile_file)
    _tell(problems)
    if ics_file and len(profiles) > 1:
        raise click.UsageError(
            f"--ics takes one profile; {profile_file} holds {len(profiles)}. Give each its own file."
        )
    failed = bool(problems)
    if profiles:
        engine = _engine(offer_file)
        quiet = len(profiles) < MANY or not as_json or not sys.stderr.isatty()
        with click.progressbar(profiles, file=sys.stderr, hidden=quiet) as with_bar:
            for profile in with_bar:
                found = make_plans(engine, profile, today=day, now=now, wish=wish)
                if as_json:
                    click.echo(orjson.dumps(found).decode())
                else:
                    from .plan_table import print_plans

                    print_plans(engine, found, lang=lang)
        if ics_file:
            failed |= not _write_calendar(ics_file, found, lang)
    if failed:
        sys.exit(1)


@main.command()
@click.option(
    "--profiles", "profile_file", type=_FILE, required=True, help="JSON or JSON Lines, 10 people or more."
)
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=_Day(), help="By default today in Brussels.")
@click.option("--by", type=_Day(), help="The day by which you would like 40 hours to be reached.")
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Report to read and print."
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of table, report.")
def gaps(
    profile_file: Path,
    offer_file: Path | None,
    today: date | None,
    by: date | None,
    html_file: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Say where the offer falls short of many people, and which new activity would help most."""
    import orjson
    from rich.console import Console
    from rich.progress import Progress

    from .readers.profiles import read_profiles
    from .schedule import BRUSSELS
    from .service.gaps import check_gaps, find_gaps

    if html_file and not html_file.parent.is_dir():
        raise click.UsageError(f"--html must lie in a folder that is there; got {shown(str(html_file))!r}.")
    now = datetime.now(BRUSSELS)
    day = today or now.date()
    profiles, problems = read_profiles(profile_file)
    _tell(problems)
    if by and by < day:
        raise click.UsageError(f"--by must be {day} (today) or later; got {by}.")
    try:
        check_gaps(profiles, today=day, by=by)
    except InputError as error:
        _tell(replace(problem, source=str(profile_file)) for problem in error.problems)
        sys.exit(1)
    engine = _engine(offer_file)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("gaps", total=len(profiles))

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        found = find_gaps(engine, profiles, today=day, now=now, by=by, tell=told)
    if html_file:
        from .gap_report import write_report

        _write_whole(html_file, write_report(found, lang=lang).encode(), "--html")
    if as_json:
        click.echo(orjson.dumps(found).decode())
    else:
        from .gap_table import print_gaps

        print_gaps(found, lang=lang)
    if problems:
        sys.exit(1)


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--today", type=_Day(), help="By default today in Brussels.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of the tables.")
def check_offer(files: tuple[Path, ...], today: date | None, lang: str) -> None:
    """List what is wrong or doubtful in offer files; exit 1 when it is an error.

    How much is known, and what to ask after first, follows on standard error.
    """
    from .completeness import measure_completeness
    from .readers.csv_offer import read_offer
    from .readers.profiles import read_profiles
    from .schedule import BRUSSELS
    from .table import print_completeness
    from .vocabulary import data_folder

    day = today or datetime.now(BRUSSELS).date()
    people, _ = read_profiles(data_folder() / "judgements" / "profiles.jsonl")
    worst = 0
    for file in files:
        activities, problems = read_offer(file)
        for problem in problems:
            click.echo(_with_severity(problem))
        errors = sum(problem.severity == "error" for problem in problems)
        worst = max(worst, int(errors > 0))
        warnings = len(problems) - errors
        click.echo(f"{file}: {len(activities)} activities, {errors} errors, {warnings} warnings", err=True)
        print_completeness(measure_completeness(activities, people, today=day), lang=lang)
    sys.exit(worst)


@main.command()
@click.argument("file", metavar="FILE.json", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of the text.")
def check_activity(file: Path, as_json: bool, lang: str) -> None:
    """Hold an own proposal against the criteria of the track."""
    import orjson

    from .criteria import check_criteria
    from .model import read_proposal
    from .readers.jsontext import load_json
    from .schedule import BRUSSELS

    try:
        proposal = read_proposal(load_json(file.read_bytes()))
    except InputError as error:
        _tell(replace(problem, source=str(file), place=problem.place or "1") for problem in error.problems)
        sys.exit(1)
    check = check_criteria(proposal, today=datetime.now(BRUSSELS).date())
    if as_json:
        click.echo(orjson.dumps(check).decode())
    else:
        from .table import print_check

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

    from .fetching import SearchApi, fetch_events, wanted_events
    from .schedule import BRUSSELS

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
            _tell(error.problems)
            sys.exit(1)
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. What came so far is kept: the same command within a day goes on.", err=True)
            sys.exit(1)
        except OSError as error:
            raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    _tell(fetched.problems)
    click.echo(f"{file}: {fetched.n_events} events in {time.monotonic() - began_s:.0f} s", err=True)


@main.command()
@click.option("--profiles", "profile_file", type=_FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=_Day(), help="By default today in Brussels.")
@click.option(
    "--objective",
    default="fit",
    show_default=True,
    type=click.Choice(["fit", "worst-off"]),
    help="The highest total, or first whoever comes off worst.",
)
@click.option("--pairs", "pairs_file", type=_FILE, help="CSV: profile_id,activity_id,force|forbid.")
@click.option("--max-per-organiser", type=click.IntRange(1), help="Of these people, for one organiser.")
@click.option("--max-per-group", type=click.IntRange(1), help="Of these people, in one group.")
@click.option("--candidates", default=30, show_default=True, type=click.IntRange(1, 1000), help="Of each person.")
@click.option(
    "--unknown-places", default=3, show_default=True, type=click.IntRange(0), help="Where places are not known."
)
@click.option("--level", type=click.FloatRange(0.0001, 1), help="Step of the levels of worst-off.")
@click.option("--time-limit", default=60.0, show_default=True, type=click.FloatRange(0), help="In seconds.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--xlsx", "xlsx_file", type=click.Path(dir_okay=False, path_type=Path), help="A workbook instead.")
@click.option(
    "--lang", default="nl", show_default=True, type=click.Choice(["nl", "en"]), help="Of table and workbook."
)
def allocate(
    profile_file: Path,
    offer_file: Path | None,
    today: date | None,
    pairs_file: Path | None,
    time_limit: float,
    as_json: bool,
    xlsx_file: Path | None,
    lang: str,
    **terms: Any,
) -> None:
    """Give the people of a file at most one place each, such that the whole is best, and say why."""
    import orjson

    from .readers.profiles import read_profiles
    from .schedule import BRUSSELS

    if as_json and xlsx_file:
        raise click.UsageError("--json and --xlsx cannot be given together.")
    if xlsx_file and not xlsx_file.parent.is_dir():
        raise click.UsageError(f"--xlsx must lie in a folder that is there; got {shown(str(xlsx_file))!r}.")
    from .model.places import Terms
    from .readers.pairs import read_pairs

    now = datetime.now(BRUSSELS)
    profiles, problems = read_profiles(profile_file)
    _tell(problems)
    ties = read_pairs(pairs_file) if pairs_file else []
    if profiles:
        from .service.allocating import allocate_places

        engine = _engine(offer_file)
        with _told(nl=lang == "nl") as told:
            try:
                found = allocate_places(
                    engine,
                    profiles,
                    today=today or now.date(),
                    now=now,
                    terms=Terms(**terms),
                    ties=ties,
                    time_limit_s=time_limit,
                    told=told,
                )
            except InputError as error:
                raise InputError([replace(one, source=str(pairs_file or "")) for one in error.problems]) from None
        if as_json:
            click.echo(orjson.dumps(found).decode())
        else:
            from . import roster

            if xlsx_file:
                _write(xlsx_file, roster.workbook_bytes(found, lang=lang))
                click.echo(f"{xlsx_file}: {roster.headline(found, nl=lang == 'nl')}", err=True)
            else:
                roster.print_allocation(found, lang=lang)
    if problems:
        sys.exit(1)


@contextmanager
def _told(*, nl: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal how far long work is."""
    from rich.console import Console
    from rich.progress import Progress

    words = {
        "read": "wensen lezen" if nl else "read wishes",
        "score": "scores berekenen" if nl else "score",
        "allocate": "plaatsen verdelen" if nl else "give out places",
    }
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        tasks = {step: bar.add_task(text, total=None) for step, text in words.items()}
        yield lambda step, done, total: bar.update(tasks[step], completed=done, total=total)


def _write(file: Path, content: bytes) -> None:
    """Write a file only when it is complete."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None


@main.command()
@click.option("-o", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Ends in .xlsx.")
def template(file: Path) -> None:
    """Write the empty sheet that a clerk fills in, with drop-down lists and an explanation."""
    from .schedule import BRUSSELS
    from .writers.xlsx import write_template

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


@main.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=_FILE)
@click.option(
    "-o",
    "offer_file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ends in .csv, .xlsx, .ics or .jsonld.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of every SOURCE; guessed by default.")
@click.option("--today", type=_Day(), help="By default today in Brussels.")
def import_(sources: tuple[Path, ...], offer_file: Path, format_: str | None, today: date | None) -> None:
    """Make or renew an offer from sheets, calendars, web pages and UiTdatabank; exit 1 when a record was left out.

    What is the same activity is recognised, what persons filled in stays, what disappeared at its source is gone.
    """
    from .features.derive import derive_fields
    from .importing import check_call, import_offer, progress_bar
    from .schedule import BRUSSELS

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
                complete=derive_fields,
                tell=lambda problem: click.echo(_with_severity(problem), err=True),
                progress=progress,
            )
    except InputError as error:
        _tell(error.problems)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(
            f"{offer_file} cannot be written: {error.strerror}; it stays as it was."
        ) from None
    for line in report.lines():
        click.echo(line)
    sys.exit(int(report.errors > 0))


@main.command()
@click.option("--judgements", "folder", type=_FOLDER, help="By default those of the demonstration offer.")
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default offer.csv of the folder, if it has one.")
@click.option("--today", type=_Day(), help="By default the day of the judgements.")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="Length of the lists.")
def evaluate(folder: Path | None, offer_file: Path | None, today: date | None, k: int) -> None:
    """Measure the ranking and simpler ones on judgements: for whom it is good, and for whom less so."""
    from .evaluation import evaluate as measured
    from .reports import print_evaluation

    activities, judgements, day = _judged(folder, offer_file, today)
    print_evaluation(measured(activities, judgements, today=day, k=k))


@main.command()
@click.option("--judgements", "folder", type=_FOLDER, help="By default those of the demonstration offer.")
@click.option("--outcomes", "outcomes_file", type=_FILE, help="JSON Lines: learn from what came of proposals.")
@click.option("--profiles", "profile_file", type=_FILE, help="JSON Lines: the people of the outcomes.")
@click.option("--offer", "offer_file", type=_FILE, help="CSV; by default offer.csv of the folder, if it has one.")
@click.option("--today", type=_Day(), help="By default the day of the judgements.")
@click.option("--adopt", is_flag=True, help="Use the learnt weights from now on, if nothing speaks against it.")
def tune(
    folder: Path | None,
    outcomes_file: Path | None,
    profile_file: Path | None,
    offer_file: Path | None,
    today: date | None,
    adopt: bool,
) -> None:
    """Learn the weights of the aspects from judgements or outcomes, and compare them with those in use."""
    from . import tuning
    from .readers.outcomes import read_outcomes
    from .readers.profiles import read_profiles
    from .reports import print_tuned
    from .schedule import BRUSSELS
    from .vocabulary import hand_set_weights

    if (outcomes_file is None) != (profile_file is None):
        raise click.UsageError("--outcomes and --profiles must be given together.")
    activities, judgements, day = _judged(folder, offer_file, today)
    left_out: list[Problem] = []
    if outcomes_file and profile_file:
        outcomes, problems = read_outcomes(outcomes_file)
        profiles, more = read_profiles(profile_file)
        left_out = [*problems, *more]
        _tell(left_out)
        found = tuning.tune_on_outcomes(activities, profiles, outcomes, today=day, judgements=judgements)
    else:
        found = tuning.tune_on_judgements(activities, judgements, today=day)
    print_tuned(found, dict(hand_set_weights()))
    if adopt:
        file = tuning.adopt(found, on=datetime.now(BRUSSELS).date())
        click.echo(f"Adopted: {file}. Delete the file to undo.")
    if left_out:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="The demonstration offer, without accounts, on this machine only.")
def serve(host: str, port: int, demo: bool) -> None:
    """Start the web server on the demonstration offer; there are no accounts yet, so on this machine only."""
    if not _is_loopback(host):
        raise click.UsageError(
            f"--host must be an address of this machine itself, like 127.0.0.1; got {host!r}. "
            "There are no accounts yet: whoever reaches the service can use it."
        )
    from waitress.server import create_server

    from api import brussels_now, create_app

    engine = _engine(None)
    engine.ranker(brussels_now().date())
    try:
        app = create_app(engine, hosts=["localhost", "127.0.0.1", "[::1]", _in_url(host)])
        server = create_server(
            app, host=host, port=port, threads=4, ident=None, max_request_body_size=REQUEST_MOST_BYTES
        )
    except OSError as error:
        raise click.UsageError(
            f"--port must be free; got {port} ({error.strerror}). Choose another, or stop what uses it."
        ) from None
    click.echo(f"Demonstratiegegevens ({len(engine.activities)} activiteiten) op http://{_in_url(host)}:{port}")
    click.echo("Stop met Ctrl+C.")
    server.run()


def _judged(
    folder: Path | None, offer_file: Path | None, today: date | None
) -> tuple[list[Activity], Judgements, date]:
    """Read judgements with their offer, and settle for which day they hold."""
    from .readers.csv_offer import read_offer
    from .readers.judgements import read_judgements
    from .schedule import BRUSSELS
    from .vocabulary import data_folder

    folder = folder or data_folder() / "judgements"
    own = folder / "offer.csv"
    judgements, problems = read_judgements(folder)
    offer = offer_file or (own if own.is_file() else data_folder() / "herent_offer.csv")
    activities, more = read_offer(offer)
    problems = [problem for problem in [*problems, *more] if problem.severity == "error"]
    _tell(problems)
    if problems:
        # A figure over part of the people or of the offer would pass for one over all of them.
        sys.exit(1)
    return activities, judgements, today or judgements.today or datetime.now(BRUSSELS).date()


def _engine(offer_file: Path | None) -> Matcher:
    from .readers.csv_offer import read_offer
    from .service import Matcher
    from .vocabulary import data_folder

    activities: list[Activity]
    activities, problems = read_offer(offer_file or data_folder() / "herent_offer.csv")
    _tell(problem for problem in problems if problem.severity == "error" or offer_file)
    return Matcher(activities)


def _write_calendar(file: Path, found: PlanAnswer, lang: str) -> bool:
    """Write the calendar of the first plan, when it is complete; False when there is no plan."""
    from .calendars import plan_calendar

    if not found["plans"]:
        click.echo(f"{file}: not written. {found['sentence_nl' if lang == 'nl' else 'sentence_en']}", err=True)
        return False
    content = plan_calendar(
        found["plans"][0],
        profile_id=found["profile_id"],
        today=date.fromisoformat(found["today"]),
        lang=lang,
    )
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise click.UsageError(
            f"--ics must be a file that can be written; got {str(file)!r} ({error.strerror})."
        ) from None
    return True


def _write_whole(file: Path, content: bytes, option: str) -> None:
    """Write a file only when it can be written as a whole."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise click.UsageError(
            f"{option} must be a file that can be written; got {shown(str(file))!r} ({error.strerror})."
        ) from None


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _with_severity(problem: Problem) -> str:
    text = str(problem)
    where = ":".join(part for part in (problem.source, problem.place) if part)
    return f"{where}: {problem.severity}: {text.removeprefix(where + ': ')}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    main()
