"""evaluate, tune, extract: how good the ranking is, and what it is learnt from."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import Problem
from .shared import DATABASE_URL, FILE, FOLDER, MUNICIPALITY, NEW_FILE, Day, main, tell, write_file

if TYPE_CHECKING:
    from ..model import Activity
    from ..model.judgements import Judgements


@main.command()
@click.option("--judgements", "folder", type=FOLDER, help="By default those of the demonstration offer.")
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default offer.csv of the folder, if it has one.")
@click.option("--today", type=Day(), help="By default the day of the judgements.")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), help="Length of the lists.")
def evaluate(folder: Path | None, offer_file: Path | None, today: date | None, k: int) -> None:
    """Measure the ranking and simpler ones on judgements: for whom it is good, and for whom less so."""
    from ..evaluation import evaluate as measured
    from ..reports import print_evaluation

    activities, judgements, day = _judged(folder, offer_file, today)
    print_evaluation(measured(activities, judgements, today=day, k=k))


@main.command()
@click.option("--judgements", "folder", type=FOLDER, help="By default those of the demonstration offer.")
@click.option("--outcomes", "outcomes_file", type=FILE, help="JSON Lines: learn from what came of proposals.")
@click.option("--profiles", "profile_file", type=FILE, help="JSON Lines: the people of the outcomes.")
@click.option("--offer", "offer_file", type=FILE, help="CSV; by default offer.csv of the folder, if it has one.")
@click.option("--today", type=Day(), help="By default the day of the judgements.")
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
    from .. import tuning
    from ..readers.outcomes import read_outcomes
    from ..readers.profiles import read_profiles
    from ..reports import print_tuned
    from ..schedule import BRUSSELS
    from ..vocabulary import hand_set_weights

    if (outcomes_file is None) != (profile_file is None):
        raise click.UsageError("--outcomes and --profiles must be given together.")
    activities, judgements, day = _judged(folder, offer_file, today)
    left_out: list[Problem] = []
    if outcomes_file and profile_file:
        outcomes, problems = read_outcomes(outcomes_file)
        profiles, more = read_profiles(profile_file)
        left_out = [*problems, *more]
        tell(left_out)
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
@click.option("--from", "since", type=Day(), required=True, help="First day, as 2026-01-01.")
@click.option("--to", "until", type=Day(), required=True, help="Last day, included.")
@click.option("-o", "outcomes_file", type=NEW_FILE, required=True, help="JSON Lines, as tune reads them.")
@click.option(
    "--profiles", "profile_file", type=NEW_FILE, help="The people of the outcomes, without what they wrote."
)
@click.option("--municipality", default=MUNICIPALITY, show_default=True, help="Whose dossiers.")
def extract(since: date, until: date, outcomes_file: Path, profile_file: Path | None, municipality: str) -> None:
    """Write what came of proposals, for analysts: without codes, and about ten people or more."""
    import orjson

    from ..model.access import Asker
    from ..service.extracting import extract_outcomes
    from ..store import Store

    if since > until:
        raise click.UsageError(f"--from must not be after --to; got {since} and {until}.")
    if profile_file and profile_file.resolve() == outcomes_file.resolve():
        raise click.UsageError("-o and --profiles must be two files.")
    store = Store(os.environ.get("DATABASE_URL") or DATABASE_URL)
    store.must_be_there()
    where = municipality.strip().lower()
    asker = Asker(account="command", role="analyst", municipality=where, municipalities=(where,))
    with store.reading() as work:
        found = extract_outcomes(work, asker, since=since, until=until, key=secrets.token_bytes(32))
    store.close()
    if profile_file:
        write_file(profile_file, b"".join(orjson.dumps(one) + b"\n" for one in found.profiles), "--profiles")
    write_file(outcomes_file, b"".join(orjson.dumps(one) + b"\n" for one in found.outcomes), "-o")
    click.echo(f"{len(found.outcomes)} outcomes of {len(found.profiles)} people.")


def _judged(
    folder: Path | None, offer_file: Path | None, today: date | None
) -> tuple[list[Activity], Judgements, date]:
    """Read judgements with their offer, and settle for which day they hold."""
    from ..readers.csv_offer import read_offer
    from ..readers.judgements import read_judgements
    from ..schedule import BRUSSELS
    from ..vocabulary import data_folder

    folder = folder or data_folder() / "judgements"
    own = folder / "offer.csv"
    judgements, problems = read_judgements(folder)
    offer = offer_file or (own if own.is_file() else data_folder() / "herent_offer.csv")
    activities, more = read_offer(offer)
    problems = [problem for problem in [*problems, *more] if problem.severity == "error"]
    tell(problems)
    if problems:
        # A figure over part of the people or of the offer would pass for one over all of them.
        sys.exit(1)
    return activities, judgements, today or judgements.today or datetime.now(BRUSSELS).date()
