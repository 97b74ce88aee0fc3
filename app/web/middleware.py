"""What every request passes: security headers, and a visitor cookie for whoever opens a page. Pure ASGI."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.asking import asking
from app.access.cookie import COOKIE, new_visitor, set_cookie_header, visitor_of
from app.access.principal import Visitor

CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
)
"""What the chat page needs, and nothing from elsewhere: it also keeps Chainlit's fonts and styles from third parties out."""
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""A report has no script and loads nothing."""
OWN_AUDIT = "/about/our-own-audit"
"""The one report that everybody may find and keep."""


_PAPER = ("/reports/", "/operator", "/metrics")
"""Addresses of pages that have no script and load nothing."""
WayBack = Callable[[Visitor], Awaitable[str | None]]
"""Visitor → the address of the audit that they left open."""


class PageMiddleware:
    """Adds the headers, the visitor's cookie where there is none, and brings a visitor back to an open audit."""

    def __init__(self, app: ASGIApp, secret: str, *, secure: bool, way_back: WayBack) -> None:
        self._app = app
        self._way_back = way_back
        self._secret = secret
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        cookie = visitor_of(Headers(scope=scope).get("cookie", ""), self._secret)
        known = Visitor(id=cookie) if cookie else None
        asking.set(known)
        if known and path == "/" and scope["method"] == "GET" and b"new" not in scope["query_string"]:
            back = await self._way_back(known)
            if back:
                await RedirectResponse(back, status_code=303)(scope, receive, send)
                return
        wants_cookie = (
            known is None and scope["method"] == "GET" and not path.startswith((*_PAPER, OWN_AUDIT, "/healthz", "/readyz", "/public/"))
        )

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", REPORT_POLICY if path.startswith((*_PAPER, OWN_AUDIT)) else CHAT_POLICY)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("X-Frame-Options", "DENY")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                if path.startswith(_PAPER):
                    headers.setdefault("Cache-Control", "private, no-store")
                    headers.setdefault("X-Robots-Tag", "noindex")
                is_page = headers.get("content-type", "").startswith("text/html")
                if wants_cookie and is_page and COOKIE not in headers.get("set-cookie", ""):
                    headers.append("Set-Cookie", set_cookie_header(new_visitor(), self._secret, secure=self._secure))
            await send(message)

        await self._app(scope, receive, with_headers)
