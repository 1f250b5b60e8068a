"""The new offer as a sequence of activities that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, overload

from ..model import Activity
from ..schedule import parse_pause, parse_schedule
from .assembling import Item
from .ledger import Fields
from .sources import Record

EVERY = 1000
_schedule = lru_cache(maxsize=10_000)(parse_schedule)
_pause = lru_cache(maxsize=10_000)(parse_pause)
_READ: dict[str, Callable[[Any], Any]] = {
    "schedule": _schedule,
    "pauses": lambda texts: tuple(map(_pause, texts)),
    "new_people": lambda answer: answer == "yes",
    **dict.fromkeys(("start_date", "end_date", "last_verified"), date.fromisoformat),
    **dict.fromkeys(("interests", "audience", "facilities", "assumed", "derived"), tuple),
}

_BLANK = Activity(id="x", title="x", organiser="x", kind="informal")


class Rows(Sequence[Activity]):
    """The activities of an offer, one object at a time: two hundred thousand would take a gigabyte.

    Parameters
    ----------
    items : sequence of Item
    records : sequence of Record
        Those that the items are made of.
    progress : callable
        Is told how many of how many were made in a round.
    """

    def __init__(
        self,
        items: Sequence[Item],
        records: Sequence[Record],
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._items, self._records, self._progress = items, records, progress

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Activity: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Activity | Rows:
        if isinstance(at, slice):
            return Rows(self._items[at], self._records)
        return made_activity(self._items[at].row(self._records))

    def __iter__(self) -> Iterator[Activity]:
        return map(made_activity, self.plain())

    def plain(self) -> Iterator[Fields]:
        """Give the activities with the keys of the offer file, each as its ``to_json`` would be."""
        for number, item in enumerate(self._items):
            if number % EVERY == 0:
                self._progress(number, len(self._items))
            yield item.row(self._records)
        self._progress(len(self._items), len(self._items))


def made_activity(fields: Fields) -> Activity:
    """Make an activity of fields that were taken from valid ones, without checking them a second time."""
    values = {key: _READ[key](value) if key in _READ else value for key, value in fields.items()}
    return _BLANK.model_copy(update=values)
