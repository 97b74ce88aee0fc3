"""An assessor that reads what a test tells it to."""

from collections.abc import Mapping, Sequence

from app.assessors import phrases
from app.audit.ledger.assessment import Assessment, Finding, Intent, Scene


def finding(criterion: str, level: int, quote: str, sure: float = 0.9, **special: float) -> Finding:
    rest = (1 - sure) / 4
    levels = [sure if n == level else rest for n in range(5)]
    return Finding.model_validate({"criterion": criterion, "quote": quote, "distribution": levels, **special})


class Scripted:
    """Answers by text; a text that is not in the script says nothing."""

    fingerprint = "scripted"

    def __init__(self, script: Mapping[str, Assessment | Sequence[Finding]]) -> None:
        self._script = script

    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        read = self._script.get(text, ())
        return read if isinstance(read, Assessment) else Assessment(intent=Intent.ANSWER, findings=tuple(read))

    async def polarity(self, probe: str, text: str) -> Mapping[str, float]:
        return {answer: float(answer == phrases.polarity(text)) for answer in ("yes", "no", "unknown", "neither")}

    async def which(self, text: str) -> str | None:
        return phrases.which(text)
