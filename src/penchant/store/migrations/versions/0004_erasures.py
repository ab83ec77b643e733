"""Marks of erasures under way and lately done; which collection of the index is the catalogue."""

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
    op.create_table(
        "catalogues",
        sa.Column("name", ID, nullable=False),
        sa.Column("collection", ID, nullable=False),
        sa.Column("embedder", ID, nullable=False),
        sa.Column("successor", ID, nullable=True),
        sa.Column("successor_embedder", ID, nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
