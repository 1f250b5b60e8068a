"""The import itself: read the sources, find what is one activity, keep what persons wrote, replace the offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ..errors import InputError, Problem, must, shown
from ..merging import Decision, Pair
from ..model import Activity
from ..readers.source import read_source
from ..writers.csv_offer import fill_rows
from ..writers.files import BUFFER, replacing_all
from ..writers.offer import ending, write_offer
from .assembling import Item, assemble
from .comparing import compare_records
from .decisions import Row, doubtful_of, fill_decisions, read_decisions
from .ledger import Entry, Fields, last_line, ledger_of, pending_of, settle
from .present import KEPT, Present, read_present
from .remembering import Known, remember
from .report import STALE_DAYS, Report
from .rows import Rows
from .sources import Complete, Key, Progress, Read, Record, Tell, gather


def check_call(sources: Sequence[Path], offer: Path) -> None:
    """Refuse what cannot be meant.

    Raises
    ------
    InputError
        If the ending of the offer is unknown, its folder is not there, two sources have one name, or the offer is
        a source of itself.
    """
    ending(offer)
    must(offer.resolve().parent.is_dir(), "the offer", "in a folder that is there", shown(str(offer)))
    names = [source.name for source in sources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"Sources must have different names, as they are known by them the next time; got {twice}."
        )
    if offer.resolve() in [source.resolve() for source in sources]:
        raise InputError("The offer is read by itself: leave it out of the sources")


def import_offer(
    sources: Sequence[Path],
    offer: Path,
    *,
    today: date,
    format: str | None = None,
    read: Read = read_source,
    complete: Complete = lambda proposals: proposals,
    tell: Tell = lambda problem: None,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Make or renew an offer from sources.

    Parameters
    ----------
    sources : sequence of Path
        With different names; their order does not matter.
    offer : Path
        Replaced in one step when the new one is complete; beside it stand its ledger and its doubtful pairs.
    today : date
    format : str, optional
        Of all sources; by default each is guessed.
    read : callable
        Gives the records and problems of a source.
    complete : callable
        Derives what the source does not tell of some records, and marks it as derived.
    tell : callable
        Is given every problem as soon as it is found.
    progress : callable
        Is told the stage, how far it is, and of how many.

    Returns
    -------
    Report
        ``written`` is False when nothing could be read; then nothing was touched.

    Raises
    ------
    InputError
        If the present offer, its ledger or its decisions cannot be read, or were changed meanwhile; nothing was
        touched.
    OSError
        If something cannot be written; the offer stays as it was.
    """
    report = Report(offer=offer, n_sources=len(sources))

    def count(problem: Problem) -> None:
        problem = problem if problem.source else replace(problem, source=str(offer))
        report.errors += problem.severity == "error"
        report.warnings += problem.severity == "warning"
        tell(problem)

    settle(offer)
    stamps = _stamps(offer)
    present = read_present(offer, today=today)
    decisions, wrong = read_decisions(doubtful_of(offer))
    for problem in wrong:
        count(problem)
    gathered = gather(
        sources, read=read, complete=complete, today=today, format=format, tell=count, progress=progress
    )
    if gathered.failed:
        report.written = False
        return report
    known = remember(present, gathered, tell=count)
    pairing = compare_records(
        known.records, decisions=decisions, progress=lambda done, total: progress("comparing", done, total)
    )
    items = assemble(known, pairing.clusters, present, tell=count)
    _compare(report, items, known, present, today=today)
    rows = Rows(items, known.records, progress=lambda done, total: progress(f"writing {offer.name}", done, total))
    if offer.suffix.lower() not in KEPT:
        for note in write_offer(rows, offer, today=today):
            count(note)
        return report
    pairs = [_row(pair, known.records) for pair in pairing.doubtful]
    report.doubtful = len(pairs)
    told = [*pairs, *_decided(decisions, known.records)]
    beside = [doubtful_of(offer)] if told or doubtful_of(offer).exists() else []

    def check() -> None:
        if _stamps(offer) != stamps:
            raise InputError([_changed_meanwhile(offer)])

    with replacing_all(pending_of(offer), offer, *beside, check=check) as (ledger, new, *new_beside):
        if offer.suffix.lower() == ".csv":
            # To make objects of the rows takes twice as long as to write them.
            fill_rows(rows.plain(), new)
        else:
            write_offer(rows, new, today=today)
        with ledger.open("wb", buffering=BUFFER) as lines:
            lines.writelines(item.line(known.records) for item in items)
            lines.write(last_line(new, name=offer.name))
        for file in new_beside:
            fill_decisions(told, file)
    settle(offer)
    return report


def _stamps(offer: Path) -> list[tuple[int, int, int] | None]:
    """Return what tells whether somebody wrote the offer or what stands beside it."""
    files = [offer, ledger_of(offer), doubtful_of(offer)]
    stats = [file.stat() if file.exists() else None for file in files]
    return [stat and (stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in stats]


def _changed_meanwhile(offer: Path) -> Problem:
    return Problem(
        rule="must not be changed while it is imported into: by another import, or by somebody who writes in it",
        remedy="Nothing was written. Import again.",
        source=str(offer),
        code="changed_meanwhile",
    )


def _compare(report: Report, items: Sequence[Item], known: Known, present: Present, *, today: date) -> None:
    """Hold the new offer against the present one."""
    oldest = (today - timedelta(days=STALE_DAYS)).isoformat()
    for item, line in zip(items, present.ledger.lines(item.id for item in items), strict=True):
        lead = known.records[item.members[0]]
        report.n_local += bool(item.local)
        is_stale = "" < lead.verified < oldest
        if len(item.members) > 1 or item.local or (is_stale and item.imported is not None):
            row = item.row(known.records)
            is_stale = row.get("last_verified", oldest) < oldest and row.get("status") != "gone"
        report.n_stale += is_stale
        as_written = line and item.id not in present.removed
        if as_written and item.id not in present.rows and line == item.line(known.records):
            report.n_unchanged += 1
            continue
        old = present.rows.get(item.id)
        if old is None and as_written:
            old = Entry.of_line(line).written
        if old is None:
            report.new.append(item.id)
        else:
            _count(report, item, known.records, old)
    report.n_activities, report.n_records = len(items), len(known.records)
    here = {item.id for item in items}
    if known.earlier:
        parts = {known.earlier.get(known.records[member].key) for item in items for member in item.members}
        report.joined = sorted(identifier for identifier in parts - here if identifier)
    report.removed = sorted(present.removed - here)


def _count(report: Report, item: Item, records: Sequence[Record], old: Fields) -> None:
    identifier, new = item.id, item.row(records)
    keys = [key for key in Activity.model_fields if key != "id" and new.get(key) != old.get(key)]
    was_gone, is_gone = (fields.get("status") == "gone" for fields in (old, new))
    if is_gone and not was_gone:
        report.gone.append(identifier)
    elif was_gone and not is_gone:
        report.back.append(identifier)
    elif keys:
        report.changed[identifier] = keys
    else:
        report.n_unchanged += 1


def _row(pair: Pair, records: Sequence[Record]) -> Row:
    a, b = sorted((records[pair.a], records[pair.b]), key=lambda record: record.key)
    return _told(a, b, why=pair.likeness.why)


def _decided(decisions: Mapping[frozenset[Key], Decision], records: Sequence[Record]) -> Iterator[Row]:
    """Give the decisions whose records are both still there, to stand in the file the next time too."""
    by_key = {record.key: record for record in records} if decisions else {}
    for pair, decision in decisions.items():
        keys = sorted(pair)
        if len(keys) == 2 and all(key in by_key for key in keys):
            yield _told(by_key[keys[0]], by_key[keys[1]], why="decided", decision=decision)


def _told(a: Record, b: Record, *, why: str, decision: str = "") -> Row:
    one, other = a.fields, b.fields
    return Row(
        decision,
        one["title"],
        other["title"],
        one.get("organiser", ""),
        other.get("organiser", ""),
        why,
        *a.key,
        *b.key,
    )
