"""Trying out another plan, or other figures, on one's own report: forms without a script, and back to the page."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from app.errors import NotAllowedError, UnclearError
from app.use.plans import PLAN_CHANGE, PlanChange
from app.web.given import Asking, Linked, Use

MOST_FIELDS = 8

router = APIRouter(include_in_schema=False)


@router.post("/reports/{token}/what-if")
async def change(request: Request, token: str, linked: Linked, use: Use, asking: Asking) -> Response:
    """Take one change and show the page again."""
    if asking is None:
        raise NotAllowedError("plan")
    await use.plans.try_out(asking, linked.audit_id, await _change(request))
    return RedirectResponse(f"/reports/{token}#what-if", status_code=303)


async def _change(request: Request) -> PlanChange:
    """Read the form. Raises UnclearError for what is no change."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        return PLAN_CHANGE.validate_python(fields)
    except ValidationError as error:
        raise UnclearError("not a change of the plan") from error
