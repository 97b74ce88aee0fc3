"""Errors in words for people: the only place of the web where it is decided what somebody is told, and with which status."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from app.audit.words import Words
from app.errors import AuditError, BusyError, NoSuchAuditError, NotAllowedError, UnclearError

_TOLD: dict[type[AuditError], tuple[int, str]] = {
    NoSuchAuditError: (404, "web.no_report"),
    NotAllowedError: (403, "web.not_yours"),
    UnclearError: (422, "web.unclear"),
    BusyError: (409, "web.busy"),
}


def tell_errors(app: FastAPI) -> None:
    """Have every error of a use case told in words."""
    app.add_exception_handler(AuditError, _audit_error)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http_error)  # type: ignore[arg-type]


async def _audit_error(request: Request, error: AuditError) -> Response:
    words: Words = request.app.state.use.words
    status, key = _TOLD[type(error)]
    return PlainTextResponse(words.say(key), status_code=status)


async def _http_error(_request: Request, error: HTTPException) -> Response:
    return PlainTextResponse(str(error.detail), status_code=error.status_code)
