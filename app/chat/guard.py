"""Guards the socket: what a client says about itself is checked before Chainlit believes it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

CLIENT_TYPES = ("webapp",)
Connect = Callable[[str, dict[str, Any], Any], Awaitable[Any]]


def is_uuid(value: object) -> bool:
    """Say whether a value is the plain text of a UUID: nothing else may become a path or a part of a query."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def auth_is_sound(auth: object) -> bool:
    """Check the ids and the client type that a socket brings along."""
    if not isinstance(auth, Mapping):
        return False
    thread = auth.get("threadId")
    return is_uuid(auth.get("sessionId")) and (not thread or is_uuid(thread)) and auth.get("clientType") in CLIENT_TYPES


def origin_is_ours(environ: Mapping[str, Any], public_url: str | None) -> bool:
    """Check that a browser's socket comes from our own page; a client without an Origin is not a browser."""
    origin = environ.get("HTTP_ORIGIN")
    if not origin:
        return True
    ours = {environ.get("HTTP_HOST")}
    if public_url:
        ours.add(urlsplit(public_url).netloc)
    return urlsplit(str(origin)).netloc in ours


def guarded(connect: Connect, open_sockets: Callable[[], int], most_sockets: int, public_url: str | None) -> Connect:
    """Wrap a connect handler so that an unsound, foreign or surplus socket is refused."""

    async def checked(sid: str, environ: dict[str, Any], auth: Any) -> Any:
        if not auth_is_sound(auth) or not origin_is_ours(environ, public_url) or open_sockets() >= most_sockets:
            raise ConnectionRefusedError("refused")
        return await connect(sid, environ, auth)

    return checked
