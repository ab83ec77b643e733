"""Lists by when they were given: many are as of the same moment of a profile."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE recommendations RENAME COLUMN as_of TO given_at")
