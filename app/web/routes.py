"""The addresses: `/reports/{token}` and its files, `/about/our-own-audit`, `/open/{code}`, `/healthz`, `/readyz`."""

import asyncio
from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from app.audit.told.report import Report
from app.knowledge.self_audit import own_report
from app.reports.brand import DEFAULT
from app.reports.charts import radar
from app.reports.forms import FORMS
from app.reports.outline import outline
from app.reports.phrases import Phrases
from app.reports.to_html import to_html
from app.reports.to_json import schema
from app.storage.visitor import set_cookie_header
from app.web.middleware import OWN_AUDIT
from app.web.records import is_owner, record_of, services_of

NO_AUDIT = "There is no audit with this code. Please check it; capital and small letters do not matter."


async def _report(request: Request, token: str) -> Report:
    return await services_of(request).report((await record_of(request, token)).id)


router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """Say that the process is alive."""
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Say whether the database answers and the playbook is there."""
    services = services_of(request)
    checks: dict[str, str] = {"playbook": f"{len(services.knowledge.passages)} passages", "encoder": services.encoder.fingerprint}
    try:
        await services.audits.ping()
        checks["store"] = "ok"
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is "not ready"
        return JSONResponse({**checks, "store": type(error).__name__}, status_code=503)
    return JSONResponse(checks)


@router.get("/reports/schema.json")
async def report_schema() -> JSONResponse:
    """Publish the schema of report.json."""
    return JSONResponse(schema())


@router.get("/reports/{token}")
async def report_page(request: Request, token: str) -> HTMLResponse:
    """Show a report as a page."""
    services, record = services_of(request), await record_of(request, token)
    edit, words = f"/reports/{token}/what-if" if is_owner(request, record) else "", services.knowledge.words
    laid_out = outline(await services.report(record.id), words, await services.brand_of(record.id))
    return HTMLResponse(to_html(laid_out, words, edit=edit))


@router.get("/reports/{token}/radar.svg")
async def report_radar(request: Request, token: str) -> Response:
    """Draw a report's radar, on white: the chat shows it on light and on dark."""
    says = Phrases(services_of(request).knowledge.words)
    return Response(radar(await _report(request, token), says, paper="#ffffff"), media_type="image/svg+xml")


@router.get("/reports/{token}/report.{form}")
async def report_file(request: Request, token: str, form: Literal["pdf", "docx", "xlsx", "json", "md"]) -> Response:
    """Hand out a report as a file."""
    services, report = services_of(request), await _report(request, token)
    brand = await services.brand_of(report.audit_id)
    content = await asyncio.to_thread(FORMS[form].write, report, services.knowledge.words, brand)
    name = {"Content-Disposition": f'attachment; filename="five-gap-audit.{form}"'}
    return Response(content, media_type=FORMS[form].media_type, headers=name)


@router.get(OWN_AUDIT)
async def our_own_audit(request: Request) -> HTMLResponse:
    """Show what we say about this program itself; the page is made once and kept."""
    state = request.app.state
    if not hasattr(state, "our_own_audit"):
        knowledge = services_of(request).knowledge
        state.our_own_audit = to_html(outline(own_report(knowledge), knowledge.words, DEFAULT), knowledge.words, listed=True)
    return HTMLResponse(state.our_own_audit, headers={"Cache-Control": "public, max-age=3600"})


@router.get("/open/{code}")
async def open_elsewhere(request: Request, code: str) -> Response:
    """Open an audit on another device: whoever has its code becomes its visitor."""
    services = services_of(request)
    record = await services.audits.by_code(code)
    if record is None or record.visitor is None:
        raise HTTPException(404, NO_AUDIT)
    response = RedirectResponse(f"/thread/{record.id}", status_code=303)
    response.headers.append("Set-Cookie", set_cookie_header(record.visitor, services.secret, secure=request.url.scheme == "https"))
    response.delete_cookie("access_token")  # Chainlit's own log-in, of whoever used this browser before
    return response
