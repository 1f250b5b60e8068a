"""The database: SQLite in a file, or PostgreSQL; tables made or brought up to date by migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from ..errors import BusyError, InputError, LateError, Problem
from .work import Work

BUSY_S = 30.0
"""A writer waits so long for another one before it gives up."""
CONNECT_S = 10
"""A server that does not answer is given up after so long."""
ADDRESSES = "an address like sqlite:///matcher.db or postgresql://user:password@host/name"
_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x50_4E_54
"""Names the lock under which one process migrates while others wait."""
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""What SQLite says of the machine, rather than of the program."""


class Store:
    """The only door to the tables.

    Parameters
    ----------
    url : str
        As SQLAlchemy reads it: ``sqlite:///matcher.db`` or ``postgresql://…``; PostgreSQL is spoken to by psycopg.

    Raises
    ------
    InputError
        If the address cannot be read, or is of another kind of database.

    Notes
    -----
    Whoever locks several things does so in one order: the answer to a request, then one dossier, then the offer.
    """

    def __init__(self, url: str) -> None:
        self._url = _read_url(url)
        self._engine = _engine(self._url)
        self._is_sqlite = self._engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Make the tables, or bring them up to date; several processes may do so at once.

        Raises
        ------
        InputError
            If nothing answers there, it cannot be written, or a newer program made the tables.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        try:
            with self._engine.begin() as connection:
                if not self._is_sqlite:
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError:
            rule = "must be of a database whose tables this program knows; a newer one made them"
            raise self._refused(rule, "Install the newer program, or choose another database.") from None
        except SQLAlchemyError as error:
            said = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
            rule = f"must be of a database that answers, can be written, and is empty or its own; it said: {said}"
            raise self._refused(rule, "Look at the address, and who may write there.") from None

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Open a unit of work that is written as a whole at the end, or not at all.

        Raises
        ------
        BusyError
            If the database does not answer, or others keep it longer than `BUSY_S`.
        LateError
            If somebody else took away or wrote first what was to be written.
        """
        with _plain_errors(), self._engine.begin() as connection:
            yield Work(connection)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Open a unit of work that sees one state of the tables and cannot write.

        Raises
        ------
        BusyError
            If the database does not answer.
        """
        options: dict[str, Any] = {"reading": True}
        if not self._is_sqlite:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with _plain_errors(), self._engine.connect() as connection:
            yield Work(connection.execution_options(**options))

    def must_be_there(self) -> None:
        """Make sure that there is something to read; nothing is made.

        Raises
        ------
        InputError
            If there is no such database, or it has no dossiers.
        BusyError
            If the database does not answer.
        """
        there = not self._is_sqlite or Path(str(self._url.database)).is_file()
        if there:
            with _plain_errors(), self._engine.connect() as connection:
                there = inspect(connection).has_table("dossiers")
        if not there:
            raise self._refused("must be of a database with dossiers", "Start the service on it first.")

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _refused(self, rule: str, remedy: str) -> InputError:
        self.close()
        file = self._url.database if self._is_sqlite else None
        return InputError([Problem(key="DATABASE_URL", rule=rule, value=file, remedy=remedy)])


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Tell apart what passes, what somebody else was first with, and what is a fault of the program."""
    try:
        yield
    except IntegrityError as error:
        raise LateError("Somebody changed this in the meantime. Fetch it again.") from error
    except OperationalError as error:
        if isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode & 0xFF not in _PASSING:
            raise
        raise BusyError("The database does not answer now. Try again in a moment.") from error


def _read_url(text: str) -> URL:
    refused = InputError([Problem(key="DATABASE_URL", rule=f"must be {ADDRESSES}")])
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise refused from None
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:") or url.host:
        raise refused
    return url.set(drivername="sqlite")


def _engine(url: URL) -> Engine:
    # A thread of the server holds at most a few connections: no ceiling is needed, and none to wait under.
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, max_overflow=-1)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    arguments = {"connect_timeout": CONNECT_S, "client_encoding": "utf8"}
    engine = create_engine(url, max_overflow=-1, pool_pre_ping=True, connect_args=arguments)
    event.listen(engine, "connect", _limit_waiting)
    return engine


def _limit_waiting(connection: Any, _: object) -> None:
    """Let nobody wait for a row or a table longer than with SQLite."""
    connection.execute(f"SET lock_timeout = {int(BUSY_S * 1000)}")
    connection.commit()


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Set what SQLite forgets with each connection; transactions are begun by `_begin`."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {int(BUSY_S * 1000)}", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # Two that open a new file at once would wait for one another: SQLite then does not wait at all.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_S)


_AGAIN_S = 0.02


def _begin(connection: Any) -> None:
    """Take the lock of a writer at once: who starts as a reader may find the tables changed when it writes."""
    reads = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
