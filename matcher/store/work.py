"""A unit of work: everything that is read and written together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ..errors import ConflictError, NotFoundError
from ..model.offer import DeskRequest
from ..model.track import Track
from . import tables
from .dossiers import Dossiers
from .inserting import insert_unless_there
from .offers import Offers
from .tracks import read_tracks
from .uploads import Uploads

DAYS_ANSWERS_KEPT = 7
"""A request that is sent again after more days is a new one."""


class Work:
    """What can be read and written in one transaction.

    Parameters
    ----------
    connection : Connection
        In a transaction.

    Attributes
    ----------
    dossiers : Dossiers
    offers : Offers
    uploads : Uploads
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dossiers = Dossiers(connection)
        self.offers = Offers(connection)
        self.uploads = Uploads(connection)

    def setting(self, name: str) -> str | None:
        """Return a setting of this database, or None."""
        table = tables.settings
        return self._connection.execute(select(table.c.value).where(table.c.name == name)).scalar_one_or_none()

    def keep_setting(self, name: str, value: str) -> str:
        """Set what is not set yet, and return what is set: of two processes at once the first one wins."""
        insert_unless_there(self._connection, tables.settings, {"name": name, "value": value})
        found = self.setting(name)
        assert found is not None
        return found

    def answered(self, account: str, key: str, digest: str, *, at: datetime) -> dict[str, Any] | None:
        """Return what was answered to this request before; None the first time, and then it is kept apart for it.

        Parameters
        ----------
        account, key : str
            Who asks, and the key of the request.
        digest : str
            Of the request as a whole.
        at : datetime

        Raises
        ------
        ConflictError
            If the key was used for another request.
        NotFoundError
            If what was answered told of a dossier that was deleted since.

        Notes
        -----
        A second request with the same key waits here until the first is done. Answers older than
        `DAYS_ANSWERS_KEPT` are deleted here.
        """
        table = tables.answers
        self._connection.execute(delete(table).where(table.c.at < at - timedelta(days=DAYS_ANSWERS_KEPT)))
        first = {"account": account, "key": key, "digest": digest, "at": at}
        if insert_unless_there(self._connection, table, first):
            return None
        row = self._connection.execute(select(table).where(table.c.account == account, table.c.key == key)).one()
        if row.digest != digest:
            raise ConflictError("The Idempotency-Key was used for another request. Use a new one.")
        if row.content is None:
            raise NotFoundError("What this request wrote was deleted since.")
        return dict(json.loads(row.content))

    def keep_answer(self, account: str, key: str, answer: dict[str, Any], *, code: str | None = None) -> None:
        """Keep what is answered to a request with a key.

        Parameters
        ----------
        account, key : str
        answer : dict
        code : str or None
            Of the dossier that the answer tells of.
        """
        table = tables.answers
        self._connection.execute(
            update(table)
            .where(table.c.account == account, table.c.key == key)
            .values(code=code, content=json.dumps(answer, ensure_ascii=False))
        )

    def forget_answers(self, code: str) -> None:
        """Delete what answers told of a dossier; their keys stay, so that nothing is written a second time."""
        table = tables.answers
        self._connection.execute(update(table).where(table.c.code == code).values(content=None))

    def add_request(self, request: DeskRequest) -> None:
        """Count a request at the desk."""
        data = {
            "interests": request.interests,
            "half_days": request.half_days,
            "n_allowed": request.n_allowed,
        }
        self._connection.execute(
            insert(tables.requests).values(
                municipality=request.municipality,
                day=request.on,
                asked_by=request.asked_by,
                data=json.dumps(data),
            )
        )

    def requests(self, municipalities: Sequence[str], *, since: date, until: date) -> list[DeskRequest]:
        """Return the requests of a period, both days included."""
        table = tables.requests
        rows = self._connection.execute(
            select(table)
            .where(table.c.municipality.in_(municipalities), table.c.day >= since, table.c.day <= until)
            .order_by(table.c.id)
        )
        return [_request(row) for row in rows]

    def tracks(self, municipality: str) -> list[Track]:
        """Return all dossiers of a municipality with what counts of them, in the order of their codes."""
        return read_tracks(self._connection, municipality)


def _request(row: Any) -> DeskRequest:
    data = json.loads(row.data)
    return DeskRequest(
        municipality=row.municipality,
        on=row.day,
        asked_by=row.asked_by,
        interests=tuple(data["interests"]),
        half_days=tuple(data["half_days"]),
        n_allowed=data["n_allowed"],
    )
