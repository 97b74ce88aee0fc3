"""One record an audit: its state with a version, its transcript, what calls may cost, and an outbox; moments as moments.

The chat's own tables go; what was said in them becomes the transcript. Audits without a saved state were never answered and go too.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.sql.schema import SchemaItem

from app.errors import StorageError
from app.storage.moments import Moment
from app.storage.old_chats import RESPONDENT, Step, numbered, old_turns
from app.storage.old_interviews import SCHEMA_VERSION, State, as_json, old_states, upgrade_state

revision = "0005"
down_revision = "0004"

log = logging.getLogger(__name__)
KEPT = ("what_ifs", "tellings", "brands")
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
Row = dict[str, Any]


def upgrade() -> None:
    """Read everything, make the tables anew, write everything; in one transaction, like every migration here."""
    connection = op.get_bind()
    path: Path | None = context.config.attributes.get("old_interviews")
    states = dict(old_states(path)) if path else {}
    if not states and any(row["turns"] for row in _rows("audits")):
        raise StorageError(f"the interviews of these audits are not there: put {path or 'interviews.db'} back beside the database first")
    audits = [row for row in _rows("audits") if row["id"] in states]
    steps = _rows("steps")
    known = {audit["id"] for audit in audits}
    kept = {name: [row for row in _rows(name) if row["audit_id"] in known] for name in KEPT}
    spend = [row | {"day": date.fromisoformat(row["day"])} for row in _rows("spend")]
    for table in ("feedbacks", "elements", "steps", "threads", "users", "spend", *KEPT, "audits"):
        op.drop_table(table)
    made = _tables()
    made.create_all(connection)
    for audit in audits:
        mine = [_step(step, audit) for step in steps if step["threadId"] == audit["id"] and step["type"].endswith("_message")]
        turns = _turns(audit, sorted(mine, key=lambda step: step.at))
        _fill(made.tables["audits"], [_audit(audit, states[audit["id"]], len(turns))])
        _fill(made.tables["turns"], turns)
    for name, rows in {**kept, "spend": spend}.items():
        _fill(made.tables[name], rows)
    if states:
        log.info("audits carried over", extra={"audits": len(audits), "interviews": len(states)})


def downgrade() -> None:
    """Refuse: the old tables have no place for what is in the new ones."""
    raise NotImplementedError("there is no way back from here but a backup")


def _rows(table: str) -> list[Row]:
    old = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    return [dict(row) for row in op.get_bind().execute(sa.select(old)).mappings()]


def _fill(table: sa.Table, rows: list[Row]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(table), rows)


def _audit(old: Row, state: State, version: int) -> Row:
    moments = {name: _moment(old[name]) for name in ("created_at", "updated_at")}
    return old | moments | {"version": version, "state": as_json(upgrade_state(state)), "schema_version": SCHEMA_VERSION}


def _step(old: Mapping[str, Any], audit: Row) -> Step:
    return Step(old["type"], old["output"] or "", old["metadata"] or "", _moment(old["createdAt"] or audit["created_at"]))


def _turns(audit: Row, steps: list[Step]) -> list[Row]:
    """Make the transcript of an audit; one that was held in a terminal has nothing but where it stands."""
    row: Row = {"audit_id": audit["id"], "who": RESPONDENT, "said": None, "events": "[]", "run_id": None}
    turns = numbered(old_turns(steps), audit["turns"])
    if not turns:
        return [row | {"number": 1, "turn": audit["turns"], "at": _moment(audit["updated_at"])}]
    return [
        row | {"number": number, "turn": turn, "at": one.at, "said": one.said_json, "events": one.events_json, "run_id": one.run_id}
        for number, (turn, one) in enumerate(turns, start=1)
    ]


def _moment(written: str) -> datetime:
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _tables() -> sa.MetaData:
    """Describe the tables as they were made by this migration; `app/storage/tables.py` says what they are today."""
    made = sa.MetaData(naming_convention=NAMES)

    def table(name: str, *parts: SchemaItem) -> None:
        sa.Table(name, made, *parts)

    def of_an_audit(**options: bool) -> sa.Column[Any]:
        return sa.Column("audit_id", sa.ForeignKey("audits.id", ondelete="CASCADE"), **options)  # type: ignore[arg-type]

    def text(name: str, *, nullable: bool = False, unique: bool = False) -> sa.Column[str]:
        return sa.Column(name, sa.String, nullable=nullable, unique=unique or None)

    def number(name: str) -> sa.Column[int]:
        return sa.Column(name, sa.Integer, nullable=False)

    table(
        "audits",
        sa.Column("id", sa.String, primary_key=True),
        number("version"),
        sa.Column("state", sa.Text, nullable=False),
        number("schema_version"),
        text("token", unique=True),
        text("code", unique=True),
        text("visitor", nullable=True),
        text("title"),
        text("depth"),
        text("phase"),
        number("turns"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Index(None, "visitor", "updated_at"),
        sa.Index(None, "updated_at"),
    )
    table(
        "turns",
        of_an_audit(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        number("turn"),
        sa.Column("at", Moment, nullable=False),
        text("who"),
        sa.Column("said", sa.Text),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("run_id", sa.Uuid),
    )
    table(
        "spend",
        sa.Column("audit_id", sa.String, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True, index=True),
        *[number(name) for name in ("calls", "tokens_in", "tokens_out")],
        sa.Column("cost_usd", sa.Float, nullable=False),
    )
    table(
        "reservations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("audit_id", sa.String, nullable=False, index=True),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("most_usd", sa.Float, nullable=False),
    )
    table(
        "outbox",
        sa.Column("id", sa.Uuid, primary_key=True),
        of_an_audit(nullable=True),
        text("kind"),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("done_at", Moment),
        sa.Index(None, "audit_id"),
        sa.Index(None, "kind", "done_at", "created_at"),
    )
    table(
        "thumbs",
        sa.Column("message_id", sa.String, primary_key=True),
        of_an_audit(nullable=False),
        number("value"),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Index(None, "audit_id"),
    )
    for name in KEPT:
        table(name, of_an_audit(primary_key=True), sa.Column("content", sa.Text, nullable=False))
    return made
