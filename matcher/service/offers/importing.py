"""Files become a version of the offer: first a look at what they come to, then one step that takes them over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ...errors import ConflictError, InputError, NotFoundError, Problem
from ...features.derive import derive_each
from ...importing import doubtful_of, import_offer, ledger_of, read_pairs, write_decisions
from ...model import Activity, read_activity
from ...model.access import Asker
from ...model.offer import OfferVersion, OwnedRecord
from ...privacy import looks_personal
from ...readers.csv_offer import read_offer
from ...schedule import local_day
from ...store.uploads import Upload
from ...writers.csv_offer import write_csv
from ..office import Office
from .outcome import (
    ORDER,
    Outcome,
    differences_between,
    packed,
    packed_ledger,
    unpacked,
    unpacked_ledger,
    unzipped,
    zipped,
)

MOST_BYTES = 50 * 1024 * 1024
"""All files of one import together."""
FILES_MOST = 50
KEPT_FOR = timedelta(days=2)
"""So long files wait for somebody to decide."""
DECISIONS = ("same", "different", "")
_OFFER = "aanbod.csv"
_NAME_MOST = 120


def send_files(
    office: Office, asker: Asker, files: Iterable[tuple[str, IO[bytes]]], *, token: str, now: datetime
) -> Upload:
    """Keep files, and what they come to, until somebody decides; nothing of the offer changes.

    Parameters
    ----------
    files : iterable of (name, file)
    token : str
        By which the upload is asked for; nobody can guess it.

    Raises
    ------
    InputError
        If there is no file, there are too many, or they are too large.

    Notes
    -----
    Comparing takes seconds for a large file: it is done outside a unit of work that writes, and the version that
    it was done with is kept.
    """
    asker.must_have("import")
    sources = _read_all(files)
    upload = _compared(office, asker, sources, (), token=token, now=now)
    with office.store.writing() as work:
        work.uploads.drop_older(now - KEPT_FOR)
        work.uploads.keep(upload)
    return upload


def look_at(office: Office, asker: Asker, token: str) -> tuple[Upload, Outcome, bool]:
    """Return an upload, what it comes to, and whether the offer is still the one that it was compared with.

    Raises
    ------
    NotFoundError
        If there is none, or it is of another municipality.
    """
    with office.store.reading() as work:
        asker.must_have("import")
        upload = work.uploads.get(token)
        _must_own(asker, upload)
        is_current = work.offers.records_version(asker.municipality) == upload.based_on
    return upload, unpacked(upload.outcome), is_current


def decide_pairs(
    office: Office, asker: Asker, token: str, decisions: Mapping[int, str], *, now: datetime
) -> Upload:
    """Compare anew with the offer of now, with what was decided about doubtful pairs.

    Parameters
    ----------
    decisions : mapping
        By position among the pairs of the outcome: ``same``, ``different``, or empty for not yet.
    """
    upload, outcome, _ = look_at(office, asker, token)
    wrong = [decision for decision in decisions.values() if decision not in DECISIONS]
    if wrong:
        rule = "must be same, different, or empty while nobody decided"
        raise InputError([Problem(key="decision", rule=rule, value=wrong[0])])
    pairs = [
        pair._replace(decision=decisions.get(number, pair.decision)) for number, pair in enumerate(outcome.pairs)
    ]
    anew = _compared(office, asker, unzipped(upload.sources), pairs, token=token, now=now)
    anew = replace(anew, at=upload.at)
    with office.store.writing() as work:
        work.uploads.compare_anew(anew)
    return anew


def take_over(office: Office, asker: Asker, token: str, *, now: datetime) -> OfferVersion | None:
    """Make what was looked at the new version of the offer, as a whole.

    Returns
    -------
    OfferVersion or None
        None when nothing changed.

    Raises
    ------
    ConflictError
        If the records of the municipality changed since they were compared, or nothing could be read.
    """
    upload, outcome, _ = look_at(office, asker, token)
    if not outcome.written:
        raise ConflictError("Nothing could be taken from these files. Mend them, and send them again.")
    changed = {
        activity_id: None if content is None else read_activity({**content, "id": activity_id})
        for activity_id, content in outcome.changed.items()
    }
    names = ", ".join(sorted(unzipped(upload.sources)))
    with office.store.writing() as work:
        work.offers.lock()
        work.uploads.get(token)
        owners = work.offers.owners()
        is_taken = any(owners.get(one, asker.municipality) != asker.municipality for one in changed)
        if work.offers.records_version(asker.municipality) != upload.based_on or is_taken:
            raise ConflictError(
                "The offer was changed since these files were compared with it. Compare them again."
            )
        version = None
        if changed:
            version = work.offers.change_records(
                changed, municipality=asker.municipality, kind="import", note=names, at=now, role=asker.role
            )
        work.offers.keep_ledger(asker.municipality, packed_ledger(outcome))
        work.uploads.drop(token)
    return version


def drop_files(office: Office, asker: Asker, token: str) -> None:
    """Forget files that are not to be taken over."""
    with office.store.writing() as work:
        asker.must_have("import")
        _must_own(asker, work.uploads.get(token))
        work.uploads.drop(token)


def source_names(upload: Upload) -> list[str]:
    """Return the names of the files of an upload."""
    return sorted(unzipped(upload.sources))


def _must_own(asker: Asker, upload: Upload) -> None:
    if upload.municipality != asker.municipality:
        raise NotFoundError("These files are no longer kept. Send them again.")


def _read_all(files: Iterable[tuple[str, IO[bytes]]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, file in files:
        content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            remedy = "Send them in parts, one after the other."
            raise InputError(
                [Problem(key="files", rule="must be 50 MiB at most, together", remedy=remedy, code="too_large")]
            )
        found[_own_name(name, found)] = content
        if len(found) > FILES_MOST:
            raise InputError([Problem(key="files", rule=f"must be {FILES_MOST} at most", code="too_many")])
    if not found:
        raise InputError(
            [Problem(key="files", rule="is required", remedy="Choose one or more files.", code="missing")]
        )
    return found


def _own_name(name: str, taken: Mapping[str, bytes]) -> str:
    """Return the name of a file without its folders; two files have two names, as they are known by them."""
    plain = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    plain = plain.strip(". ")[-_NAME_MOST:] or "bestand"
    if looks_personal(plain):
        # The name stands in the report and beside what was taken over.
        plain = f"bestand{PurePosixPath(plain).suffix}"
        plain = "bestand" if looks_personal(plain) else plain
    stem, dot, ending = plain.rpartition(".")
    number, chosen = 1, plain
    while chosen in taken:
        number += 1
        chosen = f"{stem}-{number}{dot}{ending}" if dot else f"{plain}-{number}"
    return chosen


def _compared(
    office: Office, asker: Asker, sources: Mapping[str, bytes], pairs: Sequence[Any], *, token: str, now: datetime
) -> Upload:
    """Import into a copy of the municipality's own records, in a folder that goes away."""
    with office.store.reading() as work:
        based_on = work.offers.records_version(asker.municipality)
        records = work.offers.records(municipality=asker.municipality)
        ledger, doubtful = unpacked_ledger(work.offers.ledger(asker.municipality))
        owners = work.offers.owners()
    today = local_day(now)
    with tempfile.TemporaryDirectory() as folder:
        offer = Path(folder) / _OFFER
        paths = _laid_out(Path(folder) / "bronnen", sources)
        if records:
            write_csv([read_activity(record.content) for record in records], offer, today=today)
        for file, content in ((ledger_of(offer), ledger), (doubtful_of(offer), doubtful)):
            if content:
                file.write_bytes(content)
        if pairs:
            write_decisions(list(pairs), doubtful_of(offer))
        problems: list[Problem] = []
        report = import_offer(paths, offer, today=today, complete=derive_each, tell=problems.append)
        after = read_offer(offer)[0] if report.written and offer.exists() else []
        outcome = _outcome(
            records,
            after,
            problems,
            owners={one: owner for one, owner in owners.items() if owner != asker.municipality},
            written=report.written,
            pairs=read_pairs(doubtful_of(offer)) if report.written else [],
            ledger=_bytes_of(ledger_of(offer)),
            doubtful=_bytes_of(doubtful_of(offer)),
        )
    return Upload(
        token=token,
        municipality=asker.municipality,
        at=now,
        based_on=based_on,
        sources=zipped(sources),
        outcome=packed(outcome),
    )


def _laid_out(folder: Path, sources: Mapping[str, bytes]) -> list[Path]:
    folder.mkdir()
    for name, content in sources.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in sources]


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _outcome(
    records: Sequence[OwnedRecord],
    after: Sequence[Activity],
    problems: Sequence[Problem],
    *,
    owners: Mapping[str, str],
    written: bool,
    **kept: Any,
) -> Outcome:
    """Hold the offer after the import against the one before; what others own is told and left alone."""
    told = [replace(one, source=Path(one.source).name if one.source else "") for one in problems]
    old = {record.activity_id: dict(record.content) for record in records}
    new = {one.id: one.to_json() for one in after if one.id not in owners} if written else old
    told += [_owned_by_another(one, owners[one.id]) for one in after if one.id in owners]
    return Outcome(
        changed={one: new.get(one) for one in sorted(old.keys() | new.keys()) if old.get(one) != new.get(one)},
        differences=differences_between(old, new),
        problems=sorted(told, key=lambda one: ORDER.index(one.severity)),
        n_activities=len(new),
        written=written,
        **kept,
    )


def _owned_by_another(activity: Activity, owner: str) -> Problem:
    return Problem(
        key="id",
        rule=f"is the id of a record of {owner}, which was left alone",
        value=activity.id,
        remedy="Note what you know yourself with that record, or give this one another id at its source.",
        code="owned",
    )
