"""What models worded of the reports."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "tellings",
        sa.Column("audit_id", sa.String(), primary_key=True),
        sa.Column("content", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("tellings")
