"""What model calls cost, by audit and day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "spend",
        sa.Column("audit_id", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True, index=True),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in ("calls", "tokens_in", "tokens_out")],
        sa.Column("cost_usd", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("spend")
