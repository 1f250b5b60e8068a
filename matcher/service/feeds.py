"""The calendar link of a dossier: a secret that only its holder has."""

from __future__ import annotations

import base64
import hashlib
import random
from datetime import datetime

from ..errors import ConflictError
from ..model.access import Asker
from ..model.dossier import Dossier
from ..store import Work
from .dossiers import read_dossier

SECRET_BYTES = 32


def make_feed(work: Work, asker: Asker, code: str, *, now: datetime, rng: random.Random) -> str:
    """Make a link for a calendar, and return its secret part; an older link stops working.

    Parameters
    ----------
    rng : random.Random
        `random.SystemRandom` where secrets must not be guessed.

    Returns
    -------
    str
        43 signs for an address. Only a digest of it is kept: it can be shown this once.

    Raises
    ------
    ConflictError
        If the dossier has ended.
    """
    asker.must_have("outcome")
    dossier = read_dossier(work, asker, code, lock=True)
    if dossier.ending:
        raise ConflictError(f"The dossier has ended ({dossier.ending}). There is nothing to put in a calendar.")
    token = base64.urlsafe_b64encode(rng.randbytes(SECRET_BYTES)).rstrip(b"=").decode()
    work.dossiers.set_feed(code, _digest(token), at=now)
    return token


def revoke_feed(work: Work, asker: Asker, code: str) -> None:
    """Make the calendar link of a dossier stop working; there need not be one."""
    asker.must_have("outcome")
    work.dossiers.revoke_feed(read_dossier(work, asker, code, lock=True).code)


def feed_made_at(work: Work, asker: Asker, code: str) -> datetime | None:
    """Return when the calendar link of a dossier was made; None when there is none."""
    return work.dossiers.feed_made_at(read_dossier(work, asker, code).code)


def dossier_of_feed(work: Work, token: str) -> Dossier:
    """Return the dossier that a calendar link is of; who has the secret needs no account.

    Raises
    ------
    NotFoundError
        If the secret is wrong, or was revoked.

    Notes
    -----
    What is looked up is a digest of what was sent, so how long it takes says nothing of the secrets that exist.
    """
    return work.dossiers.of_feed(_digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
