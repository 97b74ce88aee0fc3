"""The first tables: audits, and the chat's users, threads, steps, elements and feedbacks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text()) for name in names]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "audits",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        sa.Column("code", sa.String(), nullable=False, unique=True),
        sa.Column("visitor", sa.String(), index=True),
        *[sa.Column(n, sa.String(), nullable=False) for n in ("title", "depth", "phase", "created_at")],
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.String(), nullable=False, index=True),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("identifier", sa.String(), nullable=False, unique=True),
        sa.Column("metadata", sa.Text(), nullable=False),
        *_text("createdAt"),
    )
    op.create_table(
        "threads",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("userId", sa.String(), sa.ForeignKey("users.id", ondelete="CASCADE"), index=True),
        *_text("createdAt", "name", "userIdentifier", "tags", "metadata"),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("threadId", sa.String(), nullable=False, index=True),
        *[sa.Column(n, sa.Boolean()) for n in ("streaming", "waitForAnswer", "isError", "defaultOpen", "autoCollapse")],
        sa.Column("indent", sa.Integer()),
        *_text("parentId", "metadata", "tags", "input", "output", "createdAt", "command", "start", "end", "generation"),
        *_text("showInput", "language", "modes"),
    )
    op.create_table(
        "elements",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("threadId", sa.String(), index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("autoPlay", sa.Boolean()),
        *_text("type", "url", "chainlitKey", "display", "objectKey", "size", "language", "forId", "mime", "props", "playerConfig"),
    )
    op.create_table(
        "feedbacks",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("forId", sa.String(), nullable=False),
        sa.Column("threadId", sa.String(), nullable=False, index=True),
        sa.Column("value", sa.Integer(), nullable=False),
        *_text("comment"),
    )


def downgrade() -> None:
    """Drop them again."""
    for table in ("feedbacks", "elements", "steps", "threads", "users", "audits"):
        op.drop_table(table)
