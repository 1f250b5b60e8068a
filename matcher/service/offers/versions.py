"""Versions of the offer: what changed, and an old one put back for the records of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...errors import ConflictError, NotFoundError
from ...model import read_activity
from ...model.access import Asker
from ...model.offer import OfferVersion
from ...store import Work
from .outcome import Difference, differences_between

RECORD_KINDS = ("import", "record", "restored")
MOST_VERSIONS = 200


def list_versions(work: Work, asker: Asker, *, facts: bool = False, limit: int = 50) -> list[OfferVersion]:
    """Return the last versions of the records, or those of local facts, the newest first."""
    asker.must_have("request")
    kinds = ("facts",) if facts else RECORD_KINDS
    return work.offers.versions(kinds=kinds, limit=min(limit, MOST_VERSIONS))


def compare_versions(
    work: Work, asker: Asker, old: int, new: int, *, municipality: str | None = None
) -> list[Difference]:
    """Return how the records of two versions differ.

    Parameters
    ----------
    municipality : str or None
        Only records of one owner.

    Raises
    ------
    NotFoundError
        If there is no such version.
    """
    asker.must_have("request")
    _must_be(work, old, least=0)
    _must_be(work, new, least=0)
    return differences_between(_contents(work, old, municipality), _contents(work, new, municipality))


def restore_version(work: Work, asker: Asker, number: int, *, seen: int, now: datetime) -> OfferVersion:
    """Put back the records of the municipality that is worked for as they were in a version.

    Parameters
    ----------
    seen : int
        The last version when the difference was looked at.

    Raises
    ------
    NotFoundError
        If there is no such version.
    ConflictError
        If the records changed since they were looked at, or are as they were in that version.

    Notes
    -----
    It is a version of its own, so it can be taken back. What other municipalities own stays, also where they took
    up a record since then that was ours. What the next import needs to know comes back too.
    """
    asker.must_have("import")
    work.offers.lock()
    _must_be(work, number, least=1)
    own = asker.municipality
    if work.offers.records_version(own) > seen:
        raise ConflictError(
            "The offer was changed since you looked at this version. Look at the difference again."
        )
    now_there, then = _contents(work, None, own), _contents(work, number, own)
    owners = work.offers.owners()
    wanted = {one: content for one, content in then.items() if owners.get(one, own) == own}
    changed = {
        one: read_activity(wanted[one]) if one in wanted else None
        for one in sorted(now_there.keys() | wanted.keys())
        if now_there.get(one) != wanted.get(one)
    }
    if not changed:
        raise ConflictError("The records are as they were in this version: there is nothing to put back.")
    ledger = work.offers.ledger(own, number=number)
    version = work.offers.change_records(
        changed, municipality=own, kind="restored", note=str(number), at=now, role=asker.role
    )
    work.offers.keep_ledger(own, ledger or b"")
    return version


def _contents(work: Work, number: int | None, municipality: str | None) -> dict[str, dict[str, Any]]:
    records = work.offers.records(number=number, municipality=municipality)
    return {record.activity_id: dict(record.content) for record in records}


def _must_be(work: Work, number: int, *, least: int) -> None:
    if not least <= number <= work.offers.version():
        raise NotFoundError(f"There is no version {number} of the offer.")
