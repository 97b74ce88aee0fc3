"""What the operator sees: `/metrics` for Prometheus and `/operator` for people; closed to everybody else."""

import secrets
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.settings import Settings
from app.use.operations import Operations
from app.web.given import Use

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


def _for_operators(request: Request, use: Use) -> Operations:
    if not _admitted(use.operations.settings, request):
        raise HTTPException(404, use.words.say("web.not_found"))
    return use.operations


ForOperators = Annotated[Operations, Depends(_for_operators)]


@router.get("/metrics")
async def metrics(operations: ForOperators) -> Response:
    """Give the metrics in Prometheus' text format."""
    return Response(await operations.exposition(), media_type=EXPOSITION)


@router.get("/operator")
async def operator(operations: ForOperators, use: Use) -> HTMLResponse:
    """Show how the program is doing: the model, what was done without it and why, money, and the reader."""
    now = await operations.overview()
    return HTMLResponse(_template().render(settings=operations.settings, now=now, model=now.model, say=use.words.say))


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
