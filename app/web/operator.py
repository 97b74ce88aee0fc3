"""What the operator sees: `/metrics` for Prometheus and `/operator` for people; closed to everybody else."""

import secrets
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.services import Services
from app.settings import Settings
from app.web.records import services_of

_LOOPBACK = ("127.0.0.1", "::1", "testclient")
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter(include_in_schema=False)


def _admitted(settings: Settings, request: Request) -> bool:
    """Let in who has the token; without a token only this machine, and nobody where a proxy makes everyone look like it."""
    if settings.metrics_token is not None:
        sent = request.headers.get("authorization", "").removeprefix("Bearer ") or request.query_params.get("token", "")
        return secrets.compare_digest(sent.encode(), settings.metrics_token.get_secret_value().encode())
    proxied = settings.public_url is not None or "x-forwarded-for" in request.headers or "forwarded" in request.headers
    return not proxied and request.client is not None and request.client.host in _LOOPBACK


def _services(request: Request) -> Services:
    services = services_of(request)
    if not _admitted(services.settings, request):
        raise HTTPException(404, "Not found")
    return services


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Give the metrics in Prometheus' text format."""
    services = _services(request)
    return Response(services.metrics.exposition(await services.audits.count_open()), media_type=EXPOSITION)


@router.get("/operator")
async def operator(request: Request) -> HTMLResponse:
    """Show how the program is doing: the model, what was done without it and why, money, and the reader."""
    services = _services(request)
    failure = services.model.last_failure if services.model else None
    return HTMLResponse(
        _template().render(
            settings=services.settings,
            model=services.model,
            failure=failure,
            failed_at=datetime.fromtimestamp(failure.at, UTC) if failure else None,
            spent=await services.budget.spent_today(),
            fallbacks=services.metrics.fallbacks(),
            prompts=services.prompts,
            metrics=services.metrics,
            open_interviews=await services.audits.count_open(),
            encoder=services.encoder.fingerprint,
            rubric=services.knowledge.rubric.version,
            traced=services.tracer.on,
        )
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("operator.html.j2")
