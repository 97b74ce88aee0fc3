"""A scripted OpenAI-compatible endpoint on loopback, for timing and for faults. What it says was written by hand; it is no model.

It reads nothing: a read request gets a report that leaves the level to the embedded reader, a wording request gets the authored question.
"""

import asyncio
import json
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

Fault = Literal[
    "401",
    "429",
    "429 for a minute",
    "500",
    "503 once",
    "no answer",
    "not json",
    "wrong shape",
    "wrong shape once",
    "cut off",
    "refusal",
    "filtered",
    "empty",
    "breaks off",
    "no schemas",
    "not even json mode",
]
Kind = Literal["read", "word", "explain", "tell", "ping"]
CHARACTERS_PER_TOKEN = 4
_MESSAGE = re.compile(r"<message>\n(.*?)\n</message>", re.DOTALL)
_ASKED = re.compile(r"The open question, on topic (\S+):")
_QUESTION = re.compile(r"<next_question>\n(.*?)\n</next_question>", re.DOTALL)
_FACTS = re.compile(r"^Id: (\w+)\nGap: .*\nScore: (\d+ of 100)", re.MULTILINE)
_PASSAGE = re.compile(r"<passages>\n(.*?)\n</passages>", re.DOTALL)


def kind_of(system: str, user: str) -> Kind:
    """Tell which of our prompts a request is."""
    if "<message>" in user:
        return "read"
    if "<next_question>" in user:
        return "word"
    if "<facts>" in user:
        return "tell"
    return "explain" if "<passages>" in user else "ping"


def report_on(user: str) -> dict[str, Any]:
    """Report on a message without reading it: all of it speaks of what was asked, and others may say at which level."""
    message, asked = _MESSAGE.search(user), _ASKED.search(user)
    text, criterion = message.group(1) if message else "", asked.group(1) if asked else "none"
    findings = [] if criterion == "none" else [{"criterion": criterion, "quote": text, "says": "seen", "missing": None}]
    plain = {"intent": "answer", "yes_no": "neither", "findings": findings, "question": None}
    return plain | {"acknowledgement": "", "followup": None, "language": "en"}


def words_for(kind: Kind, user: str) -> str:
    """Write what a wording or an explanation says: the authored words themselves."""
    if kind == "word" and (asked := _QUESTION.search(user)):
        return f"Thank you for telling me that. {asked.group(1)}"
    if kind == "explain" and (told := _PASSAGE.search(user)):
        return told.group(1).strip().split(". ")[0][:300]
    if kind == "tell":
        return json.dumps({"gaps": [_tell(gap, score) for gap, score in _FACTS.findall(user)]})
    return "ok"


def _tell(gap: str, score: str) -> dict[str, str]:
    """Tell one gap's score, and nothing else."""
    told = {"standing": f"As things are, this gap comes to {score}.", "strength": "", "weakness": "", "unknown": "", "next": ""}
    return {"gap": gap, **told}


@dataclass
class Endpoint:
    """How it behaves, and what it was asked. Change it while it runs."""

    url: str = ""
    first_token_ms: float = 0.0
    fault: Fault | None = None
    at: Kind | None = None
    """Where the fault shows; None for everywhere."""
    report: Callable[[str], dict[str, Any]] = report_on
    words: Callable[[Kind, str], str] = words_for
    count: Callable[[str], int] = lambda text: len(text) // CHARACTERS_PER_TOKEN
    """Counts tokens."""
    asked: list[Kind] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    answered: list[float] = field(default_factory=list)
    """Readings of `time.perf_counter` at each first token."""
    _once: int = 0

    def faulty(self, kind: Kind) -> Fault | None:
        """Return the fault that a request of this kind meets."""
        return self.fault if self.at in (None, kind) else None


_STATUS: dict[str, tuple[int, str, dict[str, str]]] = {
    "401": (401, "invalid_api_key", {}),
    "429": (429, "rate_limit_exceeded", {"retry-after-ms": "50"}),
    "429 for a minute": (429, "rate_limit_exceeded", {"retry-after": "60"}),
    "500": (500, "server_error", {}),
}


def application(endpoint: Endpoint) -> FastAPI:
    """Build the server."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        system = next((m["content"] for m in body["messages"] if m["role"] == "system"), "")
        user = next(m["content"] for m in body["messages"] if m["role"] == "user")
        kind = kind_of(system, user)
        endpoint.asked.append(kind)
        endpoint.requests.append(body)
        fault = endpoint.faulty(kind)
        if refused := _refused(endpoint, fault, body):
            return refused
        if fault == "no answer":
            await asyncio.sleep(3600)
        words = _json(endpoint, fault, kind, user) if kind in ("read", "tell") else endpoint.words(kind, user)
        tokens_in, tokens_out = endpoint.count(system) + endpoint.count(user), endpoint.count(words)
        endpoint.tokens_in += tokens_in
        endpoint.tokens_out += tokens_out
        usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
        await asyncio.sleep(endpoint.first_token_ms / 1000)
        endpoint.answered.append(time.perf_counter())
        finish = {"cut off": "length", "filtered": "content_filter"}.get(fault or "", "stop")
        if body.get("stream"):
            return StreamingResponse(_streamed(words, usage, finish, fault), media_type="text/event-stream")
        message = {
            "role": "assistant",
            "content": None if fault == "refusal" else words,
            "refusal": "I would rather not." if fault == "refusal" else None,
        }
        choices = [] if fault == "empty" else [{"index": 0, "message": message, "finish_reason": finish}]
        return JSONResponse({**_head(body), "object": "chat.completion", "choices": choices, "usage": usage})

    return app


def _head(body: dict[str, Any]) -> dict[str, Any]:
    return {"id": "scripted", "created": 0, "model": body["model"]}


def _error(status: int, code: str, message: str, headers: dict[str, str]) -> Response:
    return JSONResponse({"error": {"message": message, "type": code, "code": code}}, status_code=status, headers=headers)


def _refused(endpoint: Endpoint, fault: Fault | None, body: dict[str, Any]) -> Response | None:
    """Refuse a request as its fault says."""
    form = (body.get("response_format") or {}).get("type")
    if fault in _STATUS:
        status, code, headers = _STATUS[fault]
        return _error(status, code, "scripted", headers)
    if fault == "503 once" and endpoint._once == 0:
        endpoint._once += 1
        return _error(503, "overloaded", "scripted", {})
    if (fault == "no schemas" and form == "json_schema") or (fault == "not even json mode" and form):
        return _error(400, "invalid_request", f"response_format of type {form} is not supported", {})
    return None


def _json(endpoint: Endpoint, fault: Fault | None, kind: Kind, user: str) -> str:
    if fault == "not json":
        return "I would say that this is quite good."
    if fault == "wrong shape once" and endpoint._once:
        fault = None
    if fault in ("wrong shape", "wrong shape once"):
        endpoint._once += 1
        return json.dumps({"intent": "answer", "level": 9})
    words = json.dumps(endpoint.report(user)) if kind == "read" else endpoint.words(kind, user)
    return words[: len(words) // 2] if fault == "cut off" else words


async def _streamed(words: str, usage: dict[str, int], finish: str, fault: Fault | None) -> AsyncIterator[bytes]:
    pieces = [piece for piece in re.split(r"(?<= )", words) if piece]
    for number, piece in enumerate(pieces):
        if fault == "breaks off" and number >= len(pieces) // 2:
            raise ConnectionResetError("scripted")
        yield _chunk({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        if fault in ("cut off", "filtered") and number >= len(pieces) // 2:
            break
    yield _chunk({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    yield _chunk({"choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def _chunk(fields: dict[str, Any]) -> bytes:
    head = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    return f"data: {json.dumps(head | fields)}\n\n".encode()


@contextmanager
def serving(endpoint: Endpoint | None = None) -> Iterator[Endpoint]:
    """Serve on a free port of loopback, in a thread."""
    endpoint = endpoint or Endpoint()
    config = uvicorn.Config(application(endpoint), host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    endpoint.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield endpoint
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)
