"""Names of groups are in the versions of the taxonomy and in readings: nothing reads or writes the table of names any more."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("names")
