"""Which audit a request is about, and whether it comes from the browser that held it."""

from fastapi import HTTPException, Request

from app.services import Services
from app.storage.audits import AuditRecord
from app.storage.visitor import visitor_of

NO_REPORT = "There is no report at this address. Please check the link; it has to be complete."


def services_of(request: Request) -> Services:
    """Return the parts that the application was built with."""
    services: Services = request.app.state.services
    return services


async def record_of(request: Request, token: str) -> AuditRecord:
    """Find the audit by its report's token; without one, the answer is 404."""
    record = await services_of(request).audits.by_token(token)
    if record is None:
        raise HTTPException(404, NO_REPORT)
    return record


def is_owner(request: Request, record: AuditRecord) -> bool:
    """Say whether the browser that asks is the one that the audit was held in."""
    return record.visitor is not None and record.visitor == visitor_of(request.headers.get("cookie", ""), services_of(request).secret)
