"""The time a list was given replaces the moment of its profile: many lists have the same moment."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE recommendations RENAME COLUMN as_of TO given_at")
