"""The one question that every use case asks: is there such an audit, and may they?"""

from app.access.permission import Act, permit
from app.access.principal import Principal
from app.errors import NoSuchAuditError
from app.storage.audits import Audits
from app.storage.records import SavedAudit


async def permitted(audits: Audits, principal: Principal, act: Act, audit_id: str) -> SavedAudit:
    """Return an audit as it is saved.

    Raises:
        NoSuchAuditError: there is no audit of this id.
        NotAllowedError: there is, and the principal may not do that to it.
    """
    saved = await audits.load(audit_id)
    if saved is None:
        raise NoSuchAuditError(audit_id)
    permit(principal, act, saved.record)
    return saved
