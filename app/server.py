"""create_app(): the web application, with the chat mounted below our own addresses."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import Response
from starlette.types import Lifespan

from app.access.principal import Visitor
from app.bootstrap import build, secret_of
from app.observability.logs import set_up_logs
from app.settings import Settings
from app.use.cases import UseCases
from app.web.errors import tell_errors
from app.web.middleware import PageMiddleware
from app.web.operator import router as operator
from app.web.routes import router
from app.web.what_if import router as what_if

ROOT = Path(__file__).resolve().parents[1]


def _prepare_chainlit(secret: str) -> None:
    """Set what Chainlit reads from the environment when it is imported."""
    os.environ["CHAINLIT_APP_ROOT"] = str(ROOT)
    os.environ.setdefault("CHAINLIT_AUTH_SECRET", secret)
    for name in ("DATABASE_URL", "LITERAL_API_KEY"):
        os.environ.pop(name, None)  # either would make Chainlit send transcripts elsewhere


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application; its parts are built when it starts and closed when it stops."""
    settings = settings or Settings()
    set_up_logs(settings.log_level, settings.log_format)
    secret = secret_of(settings)
    _prepare_chainlit(secret)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with build(settings) as use:
            app.state.use = use
            _mount_chat(app, use, settings, secret)
            warming = asyncio.create_task(use.operations.warm())  # the first page does not wait for it
            yield
            await warming

    return pages(secret, secure=(settings.public_url or "").startswith("https"), lifespan=lifespan)


def pages(secret: str, *, secure: bool = False, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Build our own pages, without the chat; `app.state.use` has to hold the use cases before the first request."""
    app = FastAPI(title="Five-gap audit", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.secret = secret
    app.include_router(router)
    app.include_router(operator)
    app.include_router(what_if)
    tell_errors(app)
    app.add_middleware(PageMiddleware, secret=secret, secure=secure, way_back=_way_back(app))

    for path in ("/docs", "/redoc", "/openapi.json"):
        app.get(path, include_in_schema=False)(_nothing_here)
    return app


def _way_back(app: FastAPI) -> Callable[[Visitor], Awaitable[str | None]]:
    async def way_back(visitor: Visitor) -> str | None:
        use: UseCases = app.state.use
        audit_id = await use.interviews.open_audit_of(visitor)
        return f"/thread/{audit_id}" if audit_id else None

    return way_back


async def _nothing_here() -> Response:
    raise HTTPException(404, "Not found")


def _mount_chat(app: FastAPI, use: UseCases, settings: Settings, secret: str) -> None:
    from chainlit.utils import mount_chainlit

    from app.chat.wired import Wired, wire

    wire(Wired(use=use, secret=secret, public_url=settings.public_url, most_sockets=settings.most_sockets))
    mount_chainlit(app, target=str(ROOT / "app" / "chat" / "handlers.py"), path="/")
    logging.getLogger("chainlit").setLevel(logging.WARNING)
