"""A server on loopback that takes traces as LangSmith does, and remembers them."""

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import zstandard

from tests.loopback import Answering, Loopback

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


class Recorder(Loopback):
    """`runs` holds what was sent, by run id; `feedback` what was thought of them; `raw` everything as text."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self.feedback: list[dict[str, Any]] = []
        self.raw: list[str] = []
        recorder = self

        class Handler(Answering):
            def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
                self.answer(json.dumps([SESSION] if self.path.startswith("/sessions") else INFO).encode())

            def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
                body = self._body()
                if self.headers.get("Content-Encoding") == "zstd":
                    body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
                recorder.receive(self.path, self.headers["Content-Type"], body)
                self.answer(b"{}")

            def _body(self) -> bytes:
                if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                chunks = []
                while size := int(self.rfile.readline(), 16):
                    chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                return b"".join(chunks)

        super().__init__(Handler)

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
