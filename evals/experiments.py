"""The datasets and results in LangSmith: datasets created or updated and tagged, each run an experiment. Nothing goes without a key."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import langsmith as ls
from langsmith.schemas import Example
from langsmith.utils import LangSmithNotFoundError

from evals.compare import distance
from evals.run import CasesError, Result

PREFIX = "fivegap"
BATCH = 100


@dataclass(frozen=True)
class Synced:
    """What bringing a dataset up to date changed."""

    dataset: str
    created: int
    updated: int
    deleted: int
    unchanged: int


def client_from_environment() -> ls.Client:
    """Return a client for LANGSMITH_API_KEY (and LANGSMITH_ENDPOINT). Raises CasesError without a key."""
    key = os.environ.get("LANGSMITH_API_KEY")
    if not key:
        raise CasesError("--langsmith needs LANGSMITH_API_KEY; nothing was sent")
    return ls.Client(api_key=key, api_url=os.environ.get("LANGSMITH_ENDPOINT"))


def example_id(suite: str, case: str) -> UUID:
    """Return the id of a case's example, the same on every upload."""
    return uuid5(NAMESPACE_URL, f"{PREFIX}/{suite}/{case}")


def _fingerprint(inputs: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]


def sync(client: ls.Client, result: Result) -> Synced:
    """Create or update a suite's dataset: only cases that are new or changed are sent; the version is tagged by its content."""
    name = f"{PREFIX}-{result.suite}"
    try:
        dataset = client.read_dataset(dataset_name=name)
    except LangSmithNotFoundError:
        dataset = client.create_dataset(name, description=f"Cases of `python -m evals {result.suite}`")
    expected = {case["id"]: case.get("expected") for case in result.cases}
    want = {
        str(example_id(result.suite, case)): {
            "inputs": {"id": case, **inputs},
            "outputs": {"expected": expected.get(case)},
            "metadata": {"case": case, "fingerprint": _fingerprint(inputs)},
        }
        for case, inputs in result.inputs.items()
    }
    have = {str(one.id): (one.metadata or {}).get("fingerprint") for one in client.list_examples(dataset_id=dataset.id)}
    new = [{"id": i, **example} for i, example in want.items() if i not in have]
    changed = [{"id": i, **example} for i, example in want.items() if i in have and have[i] != example["metadata"]["fingerprint"]]
    gone = [i for i in have if i not in want]
    for at in range(0, len(new), BATCH):
        client.create_examples(dataset_id=dataset.id, examples=new[at : at + BATCH])
    for at in range(0, len(changed), BATCH):
        client.update_examples(dataset_id=dataset.id, updates=changed[at : at + BATCH])
    if gone:
        client.delete_examples(gone)
    if new or changed or gone:
        version = hashlib.sha256("".join(sorted(e["metadata"]["fingerprint"] for e in want.values())).encode()).hexdigest()[:12]
        client.update_dataset_tag(dataset_id=dataset.id, as_of=datetime.now(UTC), tag=version)
    return Synced(name, len(new), len(changed), len(gone), len(want) - len(new) - len(changed))


def upload(client: ls.Client, result: Result) -> Synced:
    """Bring the dataset up to date and add the run as an experiment, with how far off each case is."""
    synced = sync(client, result)
    told = {case["id"]: case for case in result.cases}

    def target(inputs: dict[str, Any]) -> dict[str, Any]:
        return dict(told[inputs["id"]])

    def off(outputs: dict[str, Any], reference_outputs: dict[str, Any]) -> dict[str, Any]:
        return {"key": "distance", "score": distance(reference_outputs.get("expected"), outputs.get("actual"))}

    examples: list[Example] = [one for one in client.list_examples(dataset_name=synced.dataset) if (one.inputs or {}).get("id") in told]
    metadata = {"figures": {name: one.as_json() for name, one in result.figures.items()}, **result.run}
    client.evaluate(
        target,
        data=examples,
        evaluators=[off],
        experiment_prefix=f"{result.suite}-{result.run['commit']}",
        metadata=metadata,
        max_concurrency=0,
    )
    client.flush(timeout=30)
    return synced
