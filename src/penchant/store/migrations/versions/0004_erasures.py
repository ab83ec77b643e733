"""Marks of erasures that are running or ended lately."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("number", SERIAL, autoincrement=True, nullable=False),
        sa.Column("subject", ID, nullable=True, comment="whose data are being erased; nothing once that is done"),
        sa.Column("salt", ID, nullable=False),
        sa.Column("digest", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("overwritten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )
