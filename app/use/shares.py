"""What a code opens: the audit it belongs to, in another browser."""

from dataclasses import dataclass

from app.access.permission import Act
from app.access.principal import Principal, Visitor
from app.errors import NoSuchAuditError
from app.storage.audits import Audits
from app.use.permitted import permitted


@dataclass(frozen=True)
class Links:
    """What opens an audit elsewhere: the token of its report's address, and the code for another browser."""

    token: str
    code: str


class Shares:
    """Gives out the links of an audit, and opens it by them."""

    def __init__(self, audits: Audits) -> None:
        self._audits = audits

    async def links(self, principal: Principal, audit_id: str) -> Links:
        """Return an audit's links. Raises NoSuchAuditError, or NotAllowedError where they are not theirs to have."""
        record = (await permitted(self._audits, principal, Act.SHARE, audit_id)).record
        return Links(token=record.token, code=record.code)

    async def open(self, code: str) -> tuple[str, Visitor]:
        """Return the audit of a code, and as whom it is opened. Raises NoSuchAuditError where the code opens none."""
        record = await self._audits.by_code(code)
        if record is None or record.visitor is None:
            raise NoSuchAuditError("with this code")
        return record.id, Visitor(id=record.visitor)
