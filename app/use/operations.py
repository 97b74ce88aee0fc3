"""What the operator sees and does: how the program is running, whether its parts work, which audits there are."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.errors import ModelError
from app.storage.audits import Audits
from app.storage.records import AuditRecord
from app.use.parts import Parts


@dataclass(frozen=True)
class ModelState:
    """How the language model is doing."""

    fingerprint: str
    spared: bool
    """Whether it failed and the embedded reader stands in."""
    failure: str | None
    """The last failure's reason and detail; None where there was none since the start."""
    failed_at: datetime | None
    prompts: Mapping[str, str]
    """Set of prompts in use → its fingerprint."""
    canary: str | None
    canary_share: float


@dataclass(frozen=True)
class Overview:
    """How the program is running."""

    model: ModelState | None
    spent_today_usd: float
    fallbacks: Mapping[str, int]
    """Why the model was done without → how often since the start."""
    open_interviews: int
    confidence: float | None
    drift: float | None
    encoder: str
    rubric: str
    traced: bool


@dataclass(frozen=True)
class Ready:
    """What is there to work with."""

    passages: int
    encoder: str


@dataclass(frozen=True)
class ModelTry:
    """What came of asking the language model something."""

    error: str | None
    seconds: float


class Operations:
    """Looks at the program from outside of any audit."""

    def __init__(self, parts: Parts, audits: Audits) -> None:
        """Take everything there is to look at."""
        self.settings = parts.settings
        self.indexed = parts.indexed
        self._parts = parts
        self._audits = audits

    async def overview(self) -> Overview:
        """Say how the program is running."""
        return Overview(
            model=self._model_state(),
            spent_today_usd=await self._parts.budget.spent_today(),
            fallbacks=self._parts.metrics.fallbacks(),
            open_interviews=await self._audits.count_open(),
            confidence=self._parts.metrics.confidence,
            drift=self._parts.metrics.drift,
            encoder=self._parts.encoder.fingerprint,
            rubric=self._parts.knowledge.rubric.version,
            traced=self._parts.tracer.on,
        )

    def ready(self) -> Ready:
        """Say what is there to work with."""
        return Ready(passages=len(self._parts.knowledge.passages), encoder=self._parts.encoder.fingerprint)

    async def exposition(self) -> bytes:
        """Give the metrics in Prometheus' text format."""
        return self._parts.metrics.exposition(await self._audits.count_open())

    async def audits(self) -> Sequence[AuditRecord]:
        """List every audit, the latest first."""
        return await self._audits.all()

    async def reach_store(self) -> None:
        """Raise what the database raises when it does not answer."""
        await self._audits.ping()

    async def time_encoder(self) -> float:
        """Read one answer with the embedded model and return the milliseconds it took."""
        begun = time.perf_counter()
        await self._parts.executor.run(self._parts.encoder.read, "Where does the data come from?", "From a nightly export.")
        return (time.perf_counter() - begun) * 1000

    async def warm(self) -> None:
        """Read and search once, so that nobody's first message waits for what is loaded at first use.

        What tells languages apart stays out: its tables take 74 MB, and are loaded beside the loop when a first longer message comes.
        """
        await self.time_encoder()
        await self.search_playbook()

    async def search_playbook(self) -> bool:
        """Say whether the playbook is found in."""
        return bool(await self._parts.playbook.search("What is drift detection?", limit=1))

    async def try_model(self) -> ModelTry | None:
        """Ask the language model something; None where there is none."""
        model = self._parts.model
        if model is None:
            return None
        begun = time.perf_counter()
        try:
            await model.ping()
        except ModelError as error:
            return ModelTry(str(error), time.perf_counter() - begun)
        return ModelTry(None, time.perf_counter() - begun)

    def _model_state(self) -> ModelState | None:
        model, prompts = self._parts.model, self._parts.prompts
        if model is None:
            return None
        failure = model.last_failure
        return ModelState(
            fingerprint=model.fingerprint,
            spared=model.breaker.state != "closed",
            failure=" ".join(filter(None, (failure.reason, f"({failure.detail})" if failure.detail else ""))) if failure else None,
            failed_at=datetime.fromtimestamp(failure.at, UTC) if failure else None,
            prompts=prompts.fingerprints(),
            canary=prompts.canary,
            canary_share=prompts.share,
        )
