"""The tables, as the migrations leave them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A moment with its zone, as ISO text in UTC: SQLite knows no zones, and so both sort alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Write a moment."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read a moment."""
        return None if value is None else datetime.fromisoformat(value)


def _word(length: int) -> String:
    """Return the type of a code or a name, put in the order of its signs by both engines alike."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

_NOW: dict[str, Any] = {"sqlite_where": text("until IS NULL"), "postgresql_where": text("until IS NULL")}
"""Of what holds now there is one of each."""

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

dossiers = Table(
    "dossiers",
    metadata,
    Column("code", _word(64), primary_key=True),
    Column("municipality", String(80), nullable=False),
    Column("profile", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("asked_by", String(20), nullable=False),
    Column("ending", String(20)),
    Index(None, "municipality", "code"),
)

events = Table(
    "events",
    metadata,
    Column("code", ForeignKey("dossiers.code", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("activity_id", String(80)),
    Column("day", Date),
    Column("data", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
    Index(None, "activity_id", "kind"),
    Index(None, "day"),
)
"""What was noted, one row each; ``activity_id`` and ``day`` stand in ``data`` too, and are here to look for."""

feeds = Table(
    "feeds",
    metadata,
    Column("code", ForeignKey("dossiers.code", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Index(None, "digest", unique=True),
)
"""Calendar links: only a digest of the secret is kept; a link that is revoked has no row."""

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(80), nullable=False),
    Column("day", Date, nullable=False),
    Column("asked_by", String(20), nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "municipality", "day"),
)
"""What was asked at the desk, as little as counting needs: no words, no place, no age."""

offer_versions = Table(
    "offer_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("municipality", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("role", String(20), nullable=False),
    Column("note", String(300), nullable=False),
    Column("n_activities", Integer, nullable=False),
)
"""Every change of the offer has a number; ``kind`` is one of `matcher.model.offer.CHANGES`."""

offer_records = Table(
    "offer_records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("activity_id", _word(80), nullable=False),
    Column("municipality", String(80), nullable=False),
    Column("content", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Index("ix_offer_records_now", "activity_id", unique=True, **_NOW),
    Index(None, "activity_id", "since"),
    Index(None, "until", "municipality"),
)
"""Records of the offer, each valid from one version to before another; without ``until`` it is valid now."""

local_facts = Table(
    "local_facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("activity_id", _word(80), nullable=False),
    Column("municipality", String(80), nullable=False),
    Column("content", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Index("ix_local_facts_now", "activity_id", "municipality", unique=True, **_NOW),
    Index(None, "until", "municipality"),
)
"""What a municipality knows of a record itself; with an empty municipality it holds for all."""

ledgers = Table(
    "ledgers",
    metadata,
    Column("municipality", String(80), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""Where the records of a municipality came from, as an import left it at a version; empty before the first."""

uploads = Table(
    "uploads",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("municipality", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("sources", LargeBinary, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
    Index(None, "at"),
)
"""Files that were sent to be imported, and what they come to, until somebody decides; they do not stay."""

answers = Table(
    "answers",
    metadata,
    Column("account", String(80), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("code", String(64)),
    Column("content", Text),
    Index(None, "at"),
    Index(None, "code"),
)
"""What was answered to a request with a key, so that the same request again writes nothing.

``code`` is of the dossier that the answer tells of; when that is deleted, the content goes too.
"""
