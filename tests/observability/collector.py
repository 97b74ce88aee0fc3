"""A server on loopback that takes spans as an OpenTelemetry collector does, over HTTP, and remembers them."""

import gzip
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse

from tests.loopback import Answering, Loopback


class Collector(Loopback):
    """`spans` holds what was sent; `raw` everything as text; `paths` where it was sent."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.raw: list[str] = []
        self.paths: list[str] = []
        collector = self

        class Handler(Answering):
            def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                collector.take(self.path, body)
                self.answer(ExportTraceServiceResponse().SerializeToString(), "application/x-protobuf")

        super().__init__(Handler)

    def take(self, path: str, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        self.paths.append(path)
        self.raw.append(str(request))
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
