"""The transcripts: what was said in each turn of an audit and what came back, saved with the turn and never changed."""

from sqlalchemy import select

from app.storage.database import Database
from app.storage.records import SavedTurn
from app.storage.tables import turns

_TURN = (turns.c.turn, turns.c.at, turns.c.who, turns.c.said, turns.c.events, turns.c.run_id, turns.c.number)


class Transcripts:
    """Reads transcripts; `Audits` writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, audit_id: str) -> list[SavedTurn]:
        """Return an audit's turns, oldest first."""
        wanted = select(*_TURN).where(turns.c.audit_id == audit_id).order_by(turns.c.number)
        return await self._database.read(lambda connection: [SavedTurn(*row) for row in connection.execute(wanted)])
