"""Every table there is. Migrations bring a database here; a test compares the two.

What belongs to an audit names it in `audit_id`: that is how `Audits.erase` finds it.
States, messages and events are JSON texts and not JSON columns: they come back as they were written, on both databases alike.
"""

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, Uuid

from app.storage.moments import Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _of_an_audit(*, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """Make a column that leads to an audit; the row goes when the audit does."""
    return Column("audit_id", ForeignKey("audits.id", ondelete="CASCADE"), primary_key=primary_key, nullable=nullable)


audits = Table(
    "audits",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, nullable=False),  # 1, and one more with each turn
    Column("state", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),  # of the state
    Column("token", String, nullable=False, unique=True),
    Column("code", String, nullable=False, unique=True),
    Column("visitor", String),
    Column("title", String, nullable=False),
    Column("depth", String, nullable=False),
    Column("phase", String, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index(None, "visitor", "updated_at"),
    Index(None, "updated_at"),
)

turns = Table(
    "turns",
    metadata,
    _of_an_audit(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the audit's version that it made
    Column("turn", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String, nullable=False),
    Column("said", Text),
    Column("events", Text, nullable=False),
    Column("run_id", Uuid),
)

spend = Table(
    "spend",
    metadata,
    Column("audit_id", String, primary_key=True),  # no key to audits: money stays spent
    Column("day", Date, primary_key=True, index=True),
    Column("calls", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost_usd", Float, nullable=False),
)

reservations = Table(
    "reservations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("audit_id", String, nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("most_usd", Float, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    _of_an_audit(nullable=True),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(None, "audit_id"),
    Index(None, "kind", "done_at", "created_at"),
)

thumbs = Table(
    "thumbs",
    metadata,
    Column("message_id", String, primary_key=True),
    _of_an_audit(),
    Column("value", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Index(None, "audit_id"),
)


def _kept(name: str) -> Table:
    return Table(name, metadata, _of_an_audit(primary_key=True), Column("content", Text, nullable=False))


KEPT = {name: _kept(name) for name in ("what_ifs", "tellings", "brands")}
"""One thing of a kind beside an audit."""
