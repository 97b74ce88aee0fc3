"""As much of LangSmith as datasets and experiments need, in memory, on loopback."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

from tests.loopback import Answering, Loopback
from tests.observability.recorder import INFO as MULTIPART

NOW = datetime(2026, 11, 23, tzinfo=UTC).isoformat()
INFO = {**MULTIPART, "instance_flags": {}, "batch_ingest_config": {**MULTIPART["batch_ingest_config"], "use_multipart_endpoint": False}}


class LangSmithServer(Loopback):
    """`datasets`, `examples`, `sessions`, `tags`, `feedback` and `runs` hold what was sent."""

    def __init__(self) -> None:
        self.datasets: dict[str, dict[str, Any]] = {}
        self.examples: dict[str, dict[str, Any]] = {}
        self.sessions: list[dict[str, Any]] = []
        self.tags: list[str] = []
        self.feedback: list[dict[str, Any]] = []
        self.runs: dict[str, dict[str, Any]] = {}
        self.requests: list[str] = []
        server = self

        class Handler(Answering):
            def _handle(self) -> None:
                address = urlparse(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"null") if length else None
                answer = server.answer(self.command, address.path, parse_qs(address.query), body)
                self.answer(json.dumps(answer).encode())

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _handle  # noqa: N815 - the names that http.server calls

        super().__init__(Handler)

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Any:
        """Take one request, by its method and the words of its path."""
        self.requests.append(f"{method} {path}")
        kind, *rest = path.strip("/").split("/")
        take = getattr(self, f"_{method.lower()}_{rest[-1] if kind == 'datasets' and rest[-1:] == ['tags'] else kind}", None)
        return take(query, body) if take else {}

    def _get_info(self, _query: Any, _body: Any) -> Any:
        return INFO

    def _get_datasets(self, query: dict[str, list[str]], _body: Any) -> Any:
        return [dataset for dataset in self.datasets.values() if dataset["name"] in query.get("name", [dataset["name"]])]

    def _post_datasets(self, _query: Any, body: Any) -> Any:
        made = {"id": str(uuid4()), "created_at": NOW, "modified_at": NOW, "data_type": "kv", **body}
        self.datasets[made["id"]] = made
        return made

    def _put_tags(self, _query: Any, body: Any) -> Any:
        self.tags.append(body["tag"])
        return {}

    def _get_examples(self, query: dict[str, list[str]], _body: Any) -> Any:
        at = int(query.get("offset", ["0"])[0])
        return list(self.examples.values())[at : at + int(query["limit"][0])]

    def _post_examples(self, _query: Any, body: Any) -> Any:
        for example in body:
            kept = self.examples.get(example["id"], {"created_at": NOW, "modified_at": NOW})
            self.examples[example["id"]] = kept | {k: v for k, v in example.items() if v is not None}
        return list(body)

    _patch_examples = _post_examples

    def _delete_examples(self, query: dict[str, list[str]], _body: Any) -> Any:
        for gone in query["example_ids"]:
            self.examples.pop(gone)
        return {}

    def _post_sessions(self, _query: Any, body: Any) -> Any:
        made = {"id": str(uuid4()), "start_time": NOW, "tenant_id": str(uuid4()), **body}
        self.sessions.append(made)
        return made

    def _get_sessions(self, _query: Any, _body: Any) -> Any:
        return self.sessions[-1]

    _patch_sessions = _get_sessions

    def _post_feedback(self, _query: Any, body: Any) -> Any:
        self.feedback.append(body)
        return {}

    def _post_runs(self, _query: Any, body: Any) -> Any:
        for run in [*body.get("post", []), *body.get("patch", [])]:
            self.runs.setdefault(run["id"], {}).update(run)
        return {}
