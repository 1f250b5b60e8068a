"""The office: what is kept, and the offer of each municipality ready to be matched."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from datetime import datetime

from ..errors import InputError, Problem
from ..model import Activity
from ..store import Store, Work
from ..store.offers import activities_of
from . import Matcher

__all__ = ["Office", "Work", "fill_office", "is_demonstration"]

N_KEPT = 4
"""So many offers are kept ready: of the municipalities that were asked for last."""
_DEMONSTRATION, _SECRET = "demonstration", "secret"


class Office:
    """Where all use cases come together that keep something.

    Parameters
    ----------
    store : Store
        With its tables up to date.
    municipality : str
        The one that is meant when nobody says which.

    Notes
    -----
    An offer never changes: a new version makes another `Matcher`, and who is at work with the old one goes on
    with it.
    """

    def __init__(self, store: Store, *, municipality: str = "herent") -> None:
        self.store = store
        self.municipality = municipality
        self._matchers: dict[tuple[str, int], Matcher] = {}
        self._lock = threading.Lock()
        with store.writing() as work:
            self.secret = work.keep_setting(_SECRET, secrets.token_urlsafe(32))

    def matcher(self, municipality: str | None = None) -> Matcher:
        """Return the offer of now as a municipality sees it, ready to be matched."""
        where = municipality or self.municipality
        with self.store.reading() as work:
            key = (where, work.offers.version(where))
        found = self._matchers.get(key)
        if found is None:
            # Nobody waits here with a connection in hand.
            with self._lock:
                found = self._newest(where)
        return found

    def _newest(self, where: str) -> Matcher:
        with self.store.reading() as work:
            key = (where, work.offers.version(where))
            made = self._matchers.get(key)
            if made is not None:
                return made
            records, facts = work.offers.records(), work.offers.facts(where)
        made = Matcher(activities_of(records, facts))
        others = {other: one for other, one in self._matchers.items() if other[0] != where}
        self._matchers = {**dict(list(others.items())[-N_KEPT + 1 :]), key: made}
        return made


def is_demonstration(work: Work) -> bool:
    """Tell whether all that is kept is made up."""
    return work.setting(_DEMONSTRATION) == "yes"


def fill_office(store: Store, activities: Sequence[Activity], *, municipality: str, now: datetime) -> None:
    """Take up a first offer, unless there is one already.

    Raises
    ------
    InputError
        If the store holds other than demonstration data and the offer is a demonstration, or the reverse.
    """
    is_demonstration = any(activity.is_demonstration for activity in activities)
    with store.writing() as work:
        kept = work.keep_setting(_DEMONSTRATION, "yes" if is_demonstration else "no")
        if kept != ("yes" if is_demonstration else "no"):
            wanted, found = ("demonstration", "real") if is_demonstration else ("real", "demonstration")
            rule = f"must be of an empty database, or of one with {wanted} data; this one holds {found} data"
            raise InputError([Problem(key="DATABASE_URL", rule=rule, remedy="Choose another database.")])
        if work.offers.version() == 0:
            work.offers.change_records(
                {activity.id: activity for activity in activities},
                municipality=municipality,
                kind="import",
                note="",
                at=now,
                role="coordinator",
            )
