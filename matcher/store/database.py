"""The database: SQLite in a file, or PostgreSQL; tables made or brought up to date by migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from ..errors import InputError
from .work import Work

BUSY_S = 30.0
"""A writer waits so long for another one before it gives up."""
_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x50_4E_54
"""Names the lock under which one process migrates while others wait."""


class Store:
    """The only door to the tables.

    Parameters
    ----------
    url : str
        As SQLAlchemy reads it: ``sqlite:///matcher.db`` or ``postgresql://…``; PostgreSQL is spoken to by psycopg.

    Raises
    ------
    InputError
        If the address cannot be read, is of another database, or nothing answers there.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._is_sqlite = self._engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Make the tables, or bring them up to date; several processes may do so at once."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        try:
            with self._engine.begin() as connection:
                if not self._is_sqlite:
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except OperationalError as error:
            raise InputError(f"DATABASE_URL must be of a database that answers; it said {error.orig}.") from None

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Open a unit of work that is written as a whole at the end, or not at all."""
        with self._engine.begin() as connection:
            yield Work(connection)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Open a unit of work that sees one state of the tables and writes nothing."""
        options: dict[str, Any] = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect() as connection:
            connection.info["reading"] = True
            try:
                yield Work(connection.execution_options(**options) if options else connection)
            finally:
                connection.rollback()
                connection.info.pop("reading", None)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise InputError("DATABASE_URL must start with sqlite:/// or postgresql://.")
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    except (ArgumentError, NoSuchModuleError, SQLAlchemyError):
        raise InputError("DATABASE_URL must be an address like sqlite:///matcher.db or postgresql://….") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Set what SQLite forgets with each connection; transactions are begun by `_begin`."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {int(BUSY_S * 1000)}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    """Take the lock of a writer at once: who starts as a reader may find the tables changed when it writes."""
    connection.exec_driver_sql("BEGIN" if connection.info.get("reading") else "BEGIN IMMEDIATE")
