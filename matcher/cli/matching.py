"""suggest, plan, allocate, gaps: from the offer to people."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, shown
from .shared import FILE, Day, load_engine, main, tell, write_file

if TYPE_CHECKING:
    from ..model.plans import PlanAnswer

MANY = 4
"""From so many profiles on a bar shows how far it is."""


@main.command()
@click.option("--profile", "profile_file", type=FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default the demonstration offer.")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.option("--today", type=Day(), help="By default today in Brussels.")
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

    from ..readers.profiles import read_profiles
    from ..schedule import BRUSSELS

    # One short run that drops nothing in circles: collecting them while libraries load costs a tenth of the start.
    gc.disable()
    now = datetime.now(BRUSSELS)
    profiles, problems = read_profiles(profile_file)
    tell(problems)
    if profiles:
        engine = load_engine(offer_file)
        for profile in profiles:
            found = engine.suggest(profile, today=today or now.date(), now=now, k=k, varied=varied)
            if as_json:
                click.echo(orjson.dumps(found).decode())
            else:
                from ..table import print_suggestion

                print_suggestion(engine, profile, found, lang=lang)
    if problems:
        sys.exit(1)


@main.command()
@click.option("--profile", "profile_file", type=FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=Day(), help="By default today in Brussels.")
@click.option("--hours", default=40.0, show_default=True, type=click.FloatRange(1, 1000), help="To reach in all.")
@click.option("--by", type=Day(), help="The day by which you would like that.")
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

    from ..readers.profiles import read_profiles
    from ..schedule import BRUSSELS
    from ..service.planning import PlanWish, make_plans

    gc.disable()
    now = datetime.now(BRUSSELS)
    day = today or now.date()
    wish = PlanWish(hours=hours, by=by, max_activities=max_activities)
    try:
        wish.check(day)
    except InputError as error:
        raise click.UsageError(f"--{error}") from None
    profiles, problems = read_profiles(profile_file)
    tell(problems)
    if ics_file and len(profiles) > 1:
        raise click.UsageError(
            f"--ics takes one profile; {profile_file} holds {len(profiles)}. Give each its own file."
        )
    failed = bool(problems)
    if profiles:
        engine = load_engine(offer_file)
        quiet = len(profiles) < MANY or not as_json or not sys.stderr.isatty()
        with click.progressbar(profiles, file=sys.stderr, hidden=quiet) as with_bar:
            for profile in with_bar:
                found = make_plans(engine, profile, today=day, now=now, wish=wish)
                if as_json:
                    click.echo(orjson.dumps(found).decode())
                else:
                    from ..plan_table import print_plans

                    print_plans(engine, found, lang=lang)
        if ics_file:
            failed |= not _write_calendar(ics_file, found, lang)
    if failed:
        sys.exit(1)


@main.command()
@click.option(
    "--profiles", "profile_file", type=FILE, required=True, help="JSON or JSON Lines, 10 people or more."
)
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=Day(), help="By default today in Brussels.")
@click.option("--by", type=Day(), help="The day by which you would like 40 hours to be reached.")
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

    from ..readers.profiles import read_profiles
    from ..schedule import BRUSSELS
    from ..service.gaps import check_gaps, find_gaps

    if html_file and not html_file.parent.is_dir():
        raise click.UsageError(f"--html must lie in a folder that is there; got {shown(str(html_file))!r}.")
    now = datetime.now(BRUSSELS)
    day = today or now.date()
    profiles, problems = read_profiles(profile_file)
    tell(problems)
    if by and by < day:
        raise click.UsageError(f"--by must be {day} (today) or later; got {by}.")
    try:
        check_gaps(profiles, today=day, by=by)
    except InputError as error:
        tell(replace(problem, source=str(profile_file)) for problem in error.problems)
        sys.exit(1)
    engine = load_engine(offer_file)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("gaps", total=len(profiles))

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        found = find_gaps(engine, profiles, today=day, now=now, by=by, tell=told)
    if html_file:
        from ..gap_report import write_report

        write_file(html_file, write_report(found, lang=lang).encode(), "--html")
    if as_json:
        click.echo(orjson.dumps(found).decode())
    else:
        from ..gap_table import print_gaps

        print_gaps(found, lang=lang)
    if problems:
        sys.exit(1)


@main.command()
@click.option("--profiles", "profile_file", type=FILE, required=True, help="JSON or JSON Lines.")
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default the demonstration offer.")
@click.option("--today", type=Day(), help="By default today in Brussels.")
@click.option(
    "--objective",
    default="fit",
    show_default=True,
    type=click.Choice(["fit", "worst-off"]),
    help="The highest total, or first whoever comes off worst.",
)
@click.option("--pairs", "pairs_file", type=FILE, help="CSV: profile_id,activity_id,force|forbid.")
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

    from ..readers.profiles import read_profiles
    from ..schedule import BRUSSELS

    if as_json and xlsx_file:
        raise click.UsageError("--json and --xlsx cannot be given together.")
    if xlsx_file and not xlsx_file.parent.is_dir():
        raise click.UsageError(f"--xlsx must lie in a folder that is there; got {shown(str(xlsx_file))!r}.")
    from ..model.places import Terms
    from ..readers.pairs import read_pairs

    now = datetime.now(BRUSSELS)
    profiles, problems = read_profiles(profile_file)
    tell(problems)
    ties = read_pairs(pairs_file) if pairs_file else []
    if profiles:
        from ..service.allocating import allocate_places

        engine = load_engine(offer_file)
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
            from .. import roster

            if xlsx_file:
                write_file(xlsx_file, roster.workbook_bytes(found, lang=lang), "--xlsx")
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


def _write_calendar(file: Path, found: PlanAnswer, lang: str) -> bool:
    """Write the calendar of the first plan, when it is complete; False when there is no plan."""
    from ..calendars import plan_calendar

    if not found["plans"]:
        click.echo(f"{file}: not written. {found['sentence_nl' if lang == 'nl' else 'sentence_en']}", err=True)
        return False
    content = plan_calendar(
        found["plans"][0],
        profile_id=found["profile_id"],
        today=date.fromisoformat(found["today"]),
        lang=lang,
    )
    write_file(file, content, "--ics")
    return True
