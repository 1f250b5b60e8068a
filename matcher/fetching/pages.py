"""What an answer of the Search API holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

TOTAL_MOST = 1_000_000
"""More events than UiTdatabank can hold: a page that speaks of more is not what it should be."""


class TroubleError(Exception):
    """What went wrong this time and may be over at the next try."""

    def __init__(self, got: str, *, retry_after: str | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(got)


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it was received.

    Parameters
    ----------
    key : str
        Its ``@id``; the text of the event itself when it has none.
    created : str or None
        When it was made, in UTC to the second.
    line : bytes
        The whole of it, as JSON on one line.
    """

    key: str
    created: str | None
    line: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list of events; ``total`` is the length of the whole list."""

    total: int
    events: tuple[Event, ...]


def read_page(body: bytes, *, start: int) -> Page | None:
    """Read one page of a list of events; None when it is JSON, but not such a page.

    Parameters
    ----------
    body : bytes
    start : int
        How many events of the list come before this page.

    Raises
    ------
    TroubleError
        If the JSON breaks off, or events are left out that the page says there are.
    """
    try:
        page = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise TroubleError("JSON that breaks off or cannot be read") from None
    total, members = (page.get("totalItems"), page.get("member")) if isinstance(page, dict) else (None, None)
    if type(total) is not int or not 0 <= total <= TOTAL_MOST or not isinstance(members, list):
        return None
    if not all(isinstance(member, dict) for member in members):
        return None
    if len(members) < min(2, total - start):
        # Pages are laid over one another by one event: this takes two, but for the last of a list.
        raise TroubleError(f"{len(members)} events where it says there are {total - start}")
    return Page(total, tuple(map(read_event, members)))


def read_event(member: dict[str, Any]) -> Event:
    """Take from an event what fetching needs to know of it."""
    line = orjson.dumps(member)
    key = member.get("@id")
    return Event(key if isinstance(key, str) else line.decode(), _utc(member.get("created")), line)


def _utc(moment: object) -> str | None:
    try:
        created = datetime.fromisoformat(str(moment))
        return created.astimezone(UTC).isoformat(timespec="seconds") if created.tzinfo else None
    except (ValueError, OverflowError):
        return None
