"""Statements of users in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "statements",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("kind", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("polarity", ID, nullable=True),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("event_id", ID, nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("place", ID, nullable=True),
        sa.Column("source", ID, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("retracts", sa.Boolean(), nullable=False),
        sa.Column("ends", ID, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("user_id", "statement_id", name="uq_statements_user_statement"),
        sqlite_autoincrement=True,
    )
