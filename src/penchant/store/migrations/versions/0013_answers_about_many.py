"""Stored answers about several users say whom they give reasons to, so that reasons are taken back without reading them all."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("reasons_for", sa.Text()))
    op.create_index("ix_idempotency_keys_reasons_for", "idempotency_keys", ["reasons_for"])
