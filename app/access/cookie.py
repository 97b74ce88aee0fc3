"""The signed visitor cookie: who comes back, without an account."""

import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from uuid import UUID, uuid4

from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "fivegap_visitor"
KEPT_SECONDS = 180 * 24 * 3600
"""How long a browser is known: half a year."""


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="visitor")


def visitor_of(cookie_header: str, secret: str) -> str | None:
    """Return the visitor's id from a Cookie header; None when there is none or its signature is not ours."""
    try:
        morsel = SimpleCookie(cookie_header).get(COOKIE)
        return str(UUID(_serializer(secret).loads(morsel.value))) if morsel else None
    except (BadSignature, CookieError, ValueError, TypeError, AttributeError):
        return None


def kept_secret(path: Path) -> str:
    """Return the secret that a file keeps; it is made once, readable by the owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def new_visitor() -> str:
    """Make an id for somebody who comes for the first time."""
    return str(uuid4())


def set_cookie_header(visitor: str, secret: str, *, secure: bool) -> str:
    """Return the Set-Cookie header that lets a visitor be known again."""
    signed = _serializer(secret).dumps(visitor)
    flags = "; Secure" if secure else ""
    return f"{COOKIE}={signed}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax{flags}"
