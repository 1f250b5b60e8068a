"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NOW: dict[str, Any] = {"sqlite_where": sa.text("until IS NULL"), "postgresql_where": sa.text("until IS NULL")}


def _word(length: int) -> sa.String:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "answers",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account", "key", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_at"), "answers", ["at"], unique=False)
    op.create_index(op.f("ix_answers_code"), "answers", ["code"], unique=False)
    op.create_table(
        "dossiers",
        sa.Column("code", _word(64), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=20), nullable=False),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_dossiers")),
    )
    op.create_index(op.f("ix_dossiers_municipality_code"), "dossiers", ["municipality", "code"], unique=False)
    op.create_table(
        "ledgers",
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "number", name=op.f("pk_ledgers")),
    )
    op.create_table(
        "local_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", _word(80), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_facts")),
    )
    op.create_index("ix_local_facts_now", "local_facts", ["activity_id", "municipality"], unique=True, **_NOW)
    op.create_index(
        op.f("ix_local_facts_until_municipality"), "local_facts", ["until", "municipality"], unique=False
    )
    op.create_table(
        "offer_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", _word(80), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_records")),
    )
    op.create_index(
        op.f("ix_offer_records_activity_id_since"), "offer_records", ["activity_id", "since"], unique=False
    )
    op.create_index("ix_offer_records_now", "offer_records", ["activity_id"], unique=True, **_NOW)
    op.create_index(
        op.f("ix_offer_records_until_municipality"), "offer_records", ["until", "municipality"], unique=False
    )
    op.create_table(
        "offer_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("n_activities", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_offer_versions")),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=20), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index(op.f("ix_requests_municipality_day"), "requests", ["municipality", "day"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "uploads",
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("sources", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_at"), "uploads", ["at"], unique=False)
    op.create_table(
        "events",
        sa.Column("code", _word(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("activity_id", sa.String(length=80), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["dossiers.code"], name=op.f("fk_events_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", "number", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_activity_id_kind"), "events", ["activity_id", "kind"], unique=False)
    op.create_index(op.f("ix_events_day"), "events", ["day"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("code", _word(64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["dossiers.code"], name=op.f("fk_feeds_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_feeds")),
    )
    op.create_index(op.f("ix_feeds_digest"), "feeds", ["digest"], unique=True)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_feeds_digest"), table_name="feeds")
    op.drop_table("feeds")
    op.drop_index(op.f("ix_events_day"), table_name="events")
    op.drop_index(op.f("ix_events_activity_id_kind"), table_name="events")
    op.drop_table("events")
    op.drop_index(op.f("ix_uploads_at"), table_name="uploads")
    op.drop_table("uploads")
    op.drop_table("settings")
    op.drop_index(op.f("ix_requests_municipality_day"), table_name="requests")
    op.drop_table("requests")
    op.drop_table("offer_versions")
    op.drop_index(op.f("ix_offer_records_until_municipality"), table_name="offer_records")
    op.drop_index("ix_offer_records_now", table_name="offer_records")
    op.drop_index(op.f("ix_offer_records_activity_id_since"), table_name="offer_records")
    op.drop_table("offer_records")
    op.drop_index("ix_local_facts_now", table_name="local_facts")
    op.drop_index(op.f("ix_local_facts_until_municipality"), table_name="local_facts")
    op.drop_table("local_facts")
    op.drop_table("ledgers")
    op.drop_index(op.f("ix_dossiers_municipality_code"), table_name="dossiers")
    op.drop_table("dossiers")
    op.drop_index(op.f("ix_answers_code"), table_name="answers")
    op.drop_index(op.f("ix_answers_at"), table_name="answers")
    op.drop_table("answers")
