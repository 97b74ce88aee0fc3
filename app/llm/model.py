"""What the program asks of a language model, whoever runs it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

from app.llm.prompts import Rendered
from app.observability.cost import Usage

Tier = Literal["fast", "careful"]
"""`careful` reads answers, `fast` words questions; settings name a model for each."""
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """One request."""

    prompt: Rendered
    tier: Tier
    most_tokens: int
    """Tokens that the answer may have; a longer one is cut off, which is an error."""
    seconds: float = 60.0
    """How long it may take; less where the turn has less left."""
    calls_kept: int = 0
    """Calls of this audit's budget that are left for what matters more: without that many, this one is not made."""


@dataclass(frozen=True)
class Spoken:
    """A piece of a streamed answer; the last one, with no text, tells what the whole used."""

    text: str = ""
    usage: Usage | None = None


class Endpoint(Protocol):
    """One OpenAI-compatible endpoint. It raises ModelError and nothing else."""

    def model_of(self, tier: Tier) -> str:
        """Return the name of the model that serves a tier."""

    async def ask(self, call: Call, shape: type[T], problem: str | None = None) -> tuple[T, Usage]:
        """Return an answer in a shape; `problem` says what was wrong with the one before.

        Raises:
            MalformedError: the answer does not have the shape; it can be asked once more.
            ModelError: it could not be had.
        """

    def write(self, call: Call) -> AsyncGenerator[Spoken]:
        """Stream an answer in plain words. Raises ModelError, also when some words are out already."""


class PingedEndpoint(Endpoint, Protocol):
    """An endpoint that can be tried without asking anything of it."""

    wait_seconds: float

    async def ping(self) -> None:
        """See whether it answers. Raises ModelError."""

    async def close(self) -> None: ...  # noqa: D102


class ChatModel(Protocol):
    """A model as the rest of the program uses it: guarded by budget, time and breaker. It raises ModelError and nothing else."""

    @property
    def fingerprint(self) -> str:
        """Name the models behind the tiers."""

    async def ask(self, call: Call, shape: type[T]) -> T:
        """Return an answer in a shape. Raises ModelError."""

    def write(self, call: Call) -> AsyncGenerator[str]:
        """Stream an answer in plain words. Raises ModelError."""
