"""Our own pages over a program, as one browser sees them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from app.access.cookie import set_cookie_header
from app.server import pages
from evals.program import Program

SECRET = "a secret for tests, long enough"


def site(program: Program) -> FastAPI:
    """Return the pages, with the program behind them."""
    app = pages(SECRET)
    app.state.use = program.use
    return app


def cookie_of(visitor: str) -> str:
    """Return the Cookie header of a visitor's browser."""
    return set_cookie_header(visitor, SECRET, secure=False).split(";")[0]


@asynccontextmanager
async def browsing(
    program: Program, path: str = "", *, visitor: str | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[httpx.AsyncClient]:
    """Open a browser on the pages, from a host; addresses are relative to `path`."""
    headers = {"cookie": cookie_of(visitor)} if visitor else {}
    transport = httpx.ASGITransport(site(program), client=(host, 1234))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://audit{path}", headers=headers) as client:
        yield client
