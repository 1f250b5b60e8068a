"""Files that were sent to be imported, and wait for somebody to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from ..errors import NotFoundError
from . import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Some files, and what they come to.

    token : by which it is asked for; nobody can guess it
    municipality : of whose offer it is to become part
    at : the moment of sending
    based_on : the version of the municipality's own records that they were compared with
    sources, outcome : packed, by who wrote them
    """

    token: str
    municipality: str
    at: datetime
    based_on: int
    sources: bytes
    outcome: bytes


class Uploads:
    """The uploads in one unit of work.

    Parameters
    ----------
    connection : Connection
        Of the unit of work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, upload: Upload) -> None:
        """Keep an upload until it is taken over, dropped, or too old."""
        values = {name: getattr(upload, name) for name in Upload.__slots__}
        self._connection.execute(insert(tables.uploads).values(**values))

    def get(self, token: str) -> Upload:
        """Return an upload.

        Raises
        ------
        NotFoundError
            If there is none: it was taken over, dropped, or is too old.
        """
        table = tables.uploads
        row = None
        if token.isprintable():  # as no token is otherwise, and PostgreSQL takes no NUL
            row = self._connection.execute(select(table).where(table.c.token == token)).one_or_none()
        if row is None:
            raise NotFoundError("These files are no longer kept. Send them again.")
        return Upload(**row._mapping)

    def compare_anew(self, upload: Upload) -> None:
        """Keep with an upload what it was compared with now, and what it comes to."""
        table = tables.uploads
        self._connection.execute(
            update(table)
            .where(table.c.token == upload.token)
            .values(based_on=upload.based_on, sources=upload.sources, outcome=upload.outcome)
        )

    def drop(self, token: str) -> None:
        """Forget an upload."""
        self._connection.execute(delete(tables.uploads).where(tables.uploads.c.token == token))

    def drop_older(self, at: datetime) -> None:
        """Forget what nobody decided about since a moment."""
        self._connection.execute(delete(tables.uploads).where(tables.uploads.c.at < at))
