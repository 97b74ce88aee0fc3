"""A server on loopback that takes traces as LangSmith does, and remembers them."""

import json
import threading
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import zstandard

INFO: dict[str, Any] = {
    "version": "0.15.0",
    "instance_flags": {"zstd_compression_enabled": True},
    "batch_ingest_config": {
        "use_multipart_endpoint": True,
        "size_limit": 100,
        "size_limit_bytes": 20_000_000,
        "scale_up_nthreads_limit": 2,
        "scale_up_qsize_trigger": 1000,
        "scale_down_nempty_trigger": 4,
    },
}
SESSION: dict[str, Any] = {
    "id": "11111111-1111-4111-8111-111111111111",
    "tenant_id": "22222222-2222-4222-8222-222222222222",
    "name": "audit",
    "start_time": "2026-11-23T12:00:00Z",
    "reference_dataset_id": None,
}
"""The project, as it is told when it is asked for."""


class Recorder:
    """`runs` holds what was sent, by run id; `feedback` what was thought of them; `raw` everything as text."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self.feedback: list[dict[str, Any]] = []
        self.raw: list[str] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer([SESSION] if self.path.startswith("/sessions") else INFO)

            def do_POST(self) -> None:
                body = self._body()
                if self.headers.get("Content-Encoding") == "zstd":
                    body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
                recorder.receive(self.path, self.headers["Content-Type"], body)
                self._answer({})

            def _body(self) -> bytes:
                if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                chunks = []
                while size := int(self.rfile.readline(), 16):
                    chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                return b"".join(chunks)

            def _answer(self, value: Any) -> None:
                content = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def receive(self, path: str, content_type: str, body: bytes) -> None:
        self.raw.append(body.decode(errors="replace"))
        if path == "/feedback":
            self.feedback.append(json.loads(body))
            return
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
            self.take(part.get_param("name", header="Content-Disposition"), part.get_payload(decode=True))

    def take(self, name: Any, content: Any) -> None:
        kind, run_id, *field = str(name).split(".", 2)
        value = json.loads(content)
        if kind == "feedback":
            self.feedback.append(value)
            return
        run = self.runs.setdefault(run_id, {})
        run.update({field[0]: value} if field else {k: v for k, v in value.items() if v is not None})

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
