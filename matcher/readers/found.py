"""What every reader of a source gives, and how a record that comes from elsewhere is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from ..errors import Problem
from ..model import Proposal

Found = Iterator[Proposal | Problem]
"""One by one, in the order of the source: records as far as they are known, each with an id, and problems with
their place in the source. A record with an error is not given; with warnings and notes it is."""

_RUNS = tuple("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula."""

_SLUG = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
_OTHER = re.compile(r"[^a-z0-9]+")
_MOST, _DIGEST = 80, 8


def unguarded(cell: str) -> str:
    """Take off the single quote that keeps a spreadsheet from running a cell.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''s avonds"), unguarded("'s avonds")
    ('=1+1', "'s avonds", "'s avonds")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_RUNS, "'")) else cell


def made_id(prefix: str, identifier: str) -> str:
    """Make the id of an activity from the source's own identifier: the same one gives the same id.

    Parameters
    ----------
    prefix : str
        Short word for the source, of a-z, 0-9 and -.
    identifier : str
        What cannot stand in an id is written as ``-``; when something is lost by it, a digest keeps ids apart.

    Examples
    --------
    >>> made_id("uit", "0f3f8c3e-9a01-4a3c-9d8f-0d6b6b0b6b0b")
    'uit-0f3f8c3e-9a01-4a3c-9d8f-0d6b6b0b6b0b'
    >>> made_id("blad", "Praatgroep Wijgmaal | Huis van het Kind")
    'blad-praatgroep-wijgmaal-huis-van-het-kind-16b6743c'
    """
    if _SLUG.fullmatch(identifier) and len(prefix) + 1 + len(identifier) <= _MOST:
        return f"{prefix}-{identifier}"
    plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    slug = _OTHER.sub("-", plain).strip("-")
    digest = hashlib.sha256(identifier.encode(errors="replace")).hexdigest()[:_DIGEST]
    slug = slug[: _MOST - len(prefix) - _DIGEST - 2].strip("-")
    return "-".join(part for part in (prefix, slug, digest) if part)
