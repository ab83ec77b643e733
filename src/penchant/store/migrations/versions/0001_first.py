"""The tables of the first version.

The types are defined here instead of imported: a migration must always create what it created when it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("purpose", ID, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consents_user", "consents", ["user_id", "purpose"], unique=False)
    op.create_table(
        "documents",
        sa.Column("name", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", "version"),
    )
    op.create_table(
        "edits",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("edit_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("action", ID, nullable=False),
        sa.Column("node_id", ID, nullable=True),
        sa.Column("path", JSON, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("details", JSON, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("user_id", "edit_id", name="uq_edits_user_edit"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "events",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("type", ID, nullable=False),
        sa.Column("item_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("context", JSON, nullable=True),
        sa.Column("media", JSON, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("user_id", "event_id", name="uq_events_user_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_user_at", "events", ["user_id", "at", "event_id"], unique=False)
    op.create_table(
        "llm_usage",
        sa.Column("day", ID, nullable=False),
        sa.Column("step", ID, nullable=False),
        sa.Column(
            "user_id", ID, nullable=False, comment="empty: spent for nobody in particular, or for someone erased since"
        ),
        sa.Column("model", ID, nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("repairs", sa.BigInteger(), nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger(), nullable=False),
        sa.Column("completion_tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "step", "user_id", "model"),
    )
    op.create_index("ix_llm_usage_user", "llm_usage", ["user_id"], unique=False)
    op.create_table(
        "names",
        sa.Column("language", ID, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("reading", JSON, nullable=False),
        sa.Column("source", ID, nullable=False),
        sa.Column("model", ID, nullable=True),
        sa.Column("owner", ID, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("language", "key"),
    )
    op.create_index("ix_names_owner", "names", ["owner"], unique=False)
    op.create_index("ix_names_source", "names", ["source", "language", "key"], unique=False)
    op.create_table(
        "profile_versions",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("kind", ID, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", JSON, nullable=False),
        sa.CheckConstraint("version >= 1", name="ck_profile_versions_from_one"),
        sa.PrimaryKeyConstraint("user_id", "version"),
    )
    op.create_table(
        "recommendations",
        sa.Column("recommendation_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("recommendation_id"),
    )
    op.create_index("ix_recommendations_user", "recommendations", ["user_id", "as_of"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("recommendation_id", ID, nullable=True),
        sa.Column("outcome", ID, nullable=False),
        sa.Column("rating", sa.Float(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.recommendation_id"], name="fk_feedback_recommendation"
        ),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_recommendation", "feedback", ["recommendation_id"], unique=False)
    op.create_index("ix_feedback_user", "feedback", ["user_id"], unique=False)
    op.create_table(
        "profile_heads",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id", "version"],
            ["profile_versions.user_id", "profile_versions.version"],
            name="fk_profile_heads_version",
        ),
        sa.PrimaryKeyConstraint("user_id"),
    )
