"""The trace of a job, and the headers of a stored answer."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("traceparent", sa.Text()))
    op.add_column("idempotency_keys", sa.Column("headers", sa.Text()))
