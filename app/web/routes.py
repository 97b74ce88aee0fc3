"""The addresses: `/reports/{token}` and its files, `/about/our-own-audit`, `/open/{code}`, `/healthz`, `/readyz`."""

from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from app.access.cookie import set_cookie_header
from app.errors import NoSuchAuditError
from app.reports.forms import FORMS
from app.reports.to_json import schema
from app.web.given import Asking, Linked, Use
from app.web.middleware import OWN_AUDIT

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """Say that the process is alive."""
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(use: Use) -> JSONResponse:
    """Say whether the database answers and the playbook is there."""
    ready = use.operations.ready()
    checks: dict[str, str] = {"playbook": f"{ready.passages} passages", "encoder": ready.encoder}
    try:
        await use.operations.reach_store()
        checks["store"] = "ok"
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is "not ready"
        return JSONResponse({**checks, "store": type(error).__name__}, status_code=503)
    return JSONResponse(checks)


@router.get("/reports/schema.json")
async def report_schema() -> JSONResponse:
    """Publish the schema of report.json."""
    return JSONResponse(schema())


@router.get("/reports/{token}")
async def report_page(token: str, linked: Linked, use: Use, asking: Asking) -> HTMLResponse:
    """Show a report as a page."""
    edit = f"/reports/{token}/what-if" if await use.plans.may_try_out(asking, linked.audit_id) else ""
    return HTMLResponse(await use.reports.page(linked.holder, linked.audit_id, edit=edit))


@router.get("/reports/{token}/radar.svg")
async def report_radar(linked: Linked, use: Use) -> Response:
    """Draw a report's radar, on white: the chat shows it on light and on dark."""
    return Response(await use.reports.radar(linked.holder, linked.audit_id), media_type="image/svg+xml")


@router.get("/reports/{token}/report.{form}")
async def report_file(linked: Linked, form: Literal["pdf", "docx", "xlsx", "json", "md"], use: Use) -> Response:
    """Hand out a report as a file."""
    content = await use.reports.written(linked.holder, linked.audit_id, form)
    name = {"Content-Disposition": f'attachment; filename="five-gap-audit.{form}"'}
    return Response(content, media_type=FORMS[form].media_type, headers=name)


@router.get(OWN_AUDIT)
async def our_own_audit(request: Request, use: Use) -> HTMLResponse:
    """Show what we say about this program itself; the page is made once and kept."""
    state = request.app.state
    if not hasattr(state, "our_own_audit"):
        state.our_own_audit = await use.reports.own_page()
    return HTMLResponse(state.our_own_audit, headers={"Cache-Control": "public, max-age=3600"})


@router.get("/open/{code}")
async def open_elsewhere(request: Request, code: str, use: Use) -> Response:
    """Open an audit on another device: whoever has its code becomes its visitor."""
    try:
        audit_id, visitor = await use.shares.open(code)
    except NoSuchAuditError as error:
        raise HTTPException(404, use.words.say("web.no_audit")) from error
    response = RedirectResponse(f"/thread/{audit_id}", status_code=303)
    secure = request.url.scheme == "https"
    response.headers.append("Set-Cookie", set_cookie_header(visitor.id, request.app.state.secret, secure=secure))
    response.delete_cookie("access_token")  # Chainlit's own log-in, of whoever used this browser before
    return response
