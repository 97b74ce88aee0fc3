"""What people try out on their reports."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "what_ifs",
        sa.Column("audit_id", sa.String(), primary_key=True),
        sa.Column("content", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("what_ifs")
