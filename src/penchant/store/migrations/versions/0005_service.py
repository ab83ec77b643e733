"""Tables of the HTTP service: tokens, jobs, answers to repeated requests, and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("token_id", ID, nullable=False),
        sa.Column("digest", ID, nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("tenant", ID, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "jobs",
        sa.Column("job_id", ID, nullable=False),
        sa.Column("kind", ID, nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("status", ID, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("worker", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("job_id"),
    )
    op.create_index("ix_jobs_status", "jobs", ["status", "created_at"])
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", ID, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("digest", ID, nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", ID, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key"),
    )
    op.create_table(
        "audit_log",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("caller", ID, nullable=False),
        sa.Column("action", ID, nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_user", "audit_log", ["user_id", "seq"])
