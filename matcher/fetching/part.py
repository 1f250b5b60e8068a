"""What was fetched so far, beside the file it will become; a fetch that broke off goes on from there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import orjson

from ..errors import Problem
from .pages import Event, read_event

KEPT_FOR = timedelta(days=1)
"""Later, too much has changed in the list to go on in the middle of it."""

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the list was read.

    Parameters
    ----------
    created_from : str or None
        Where the present slice of the list begins; None in the first.
    start : int
        How many of the slice to skip.
    last_key, last_created : str or None
        Of the last event that was read, and of the last one with a date.
    total : int
        Events that the source says there are.
    """

    created_from: str | None = None
    start: int = 0
    last_key: str | None = None
    last_created: str | None = None
    total: int = 0


class Part:
    """The lines of a file that is not complete yet, and how far they go.

    Parameters
    ----------
    path : Path
        The file to be; ``.part`` and ``.part.json`` come beside it.
    query : mapping
        What is asked: only what the same question gave is gone on with.
    now : datetime
        With a time zone.

    Attributes
    ----------
    keys : set of str
        The events that it holds.
    notes : list of Problem
        What became of the part that an earlier fetch left.
    """

    def __init__(self, path: Path, query: Mapping[str, str], *, now: datetime) -> None:
        # A link stays a link: what it points to is replaced.
        self._target = path.resolve()
        self._lines = self._target.with_name(f"{self._target.name}.part")
        self._state = self._target.with_name(f"{self._target.name}.part.json")
        self._query = dict(query)
        self._began = now
        self.keys: set[str] = set()
        self.reached = Reached()
        self.notes: list[Problem] = []
        n_bytes = self._resume(now)
        self._file = self._lines.open("r+b" if n_bytes else "wb")
        self._file.truncate(n_bytes)
        self._file.seek(n_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, events: Iterable[Event], reached: Reached) -> None:
        """Keep a page: first its events, then how far they go; half a page is cut off when going on."""
        for event in events:
            if event.key not in self.keys:
                self.keys.add(event.key)
                self._file.write(event.line + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        state = {
            "format": _FORMAT,
            "query": self._query,
            "began": self._began.isoformat(),
            "bytes": self._file.tell(),
            "reached": asdict(reached),
        }
        new = self._state.with_name(f"{self._state.name}.new")
        with new.open("wb") as file:
            file.write(orjson.dumps(state))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._state)
        self.reached = reached

    def complete(self) -> None:
        """Put the file in its place in one step; the rights of the old one hold for it."""
        self._file.close()
        if self._target.exists():
            self._lines.chmod(self._target.stat().st_mode & 0o777)
        os.replace(self._lines, self._target)
        self._state.unlink(missing_ok=True)

    def drop(self) -> None:
        """Throw away what was kept."""
        self._file.close()
        self._lines.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)

    def _resume(self, now: datetime) -> int:
        """Take up what an earlier fetch kept; return how many bytes of it hold."""
        try:
            state = orjson.loads(self._state.read_bytes())
            unfit = self._unfit(state, now)
            if not unfit:
                keys = _keys_of(self._lines, state["bytes"])
                began, reached = datetime.fromisoformat(state["began"]), Reached(**state["reached"])
                self.keys, self._began, self.reached = keys, began, reached
                self._note(f"goes on where an earlier fetch stopped, with {len(keys)} events", "fetch_resumed")
                return int(state["bytes"])
        except FileNotFoundError:
            # Nothing was left, or the last step of an earlier fetch was not: its file is in place.
            return 0
        except (KeyError, TypeError, ValueError):
            unfit = "it is damaged"
        self._note(f"begins anew: an earlier fetch left a part, but {unfit}", "fetch_anew")
        return 0

    def _unfit(self, state: dict[str, Any], now: datetime) -> str:
        if state["format"] != _FORMAT or state["query"] != self._query:
            return "of another question"
        age = now - datetime.fromisoformat(state["began"])
        if not timedelta() <= age <= KEPT_FOR:
            return f"it began {state['began'][:16]}, more than {KEPT_FOR.days * 24} hours from now"
        return ""

    def _note(self, rule: str, code: str) -> None:
        self.notes.append(Problem(source=str(self._lines), rule=rule, severity="note", code=code))


def _keys_of(path: Path, n_bytes: int) -> set[str]:
    keys, read = set(), 0
    with path.open("rb") as lines:
        for line in lines:
            if read >= n_bytes:
                break
            keys.add(read_event(orjson.loads(line)).key)
            read += len(line)
    if read != n_bytes:
        raise ValueError("the part is shorter than its state says")
    return keys
