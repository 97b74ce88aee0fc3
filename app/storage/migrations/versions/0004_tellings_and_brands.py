"""What models worded of the reports, and the brands that single reports go out under."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
TABLES = ("tellings", "brands")


def upgrade() -> None:
    """Create the tables."""
    for table in TABLES:
        op.create_table(
            table,
            sa.Column("audit_id", sa.String(), primary_key=True),
            sa.Column("content", sa.Text(), nullable=False),
        )


def downgrade() -> None:
    """Drop them again."""
    for table in TABLES:
        op.drop_table(table)
