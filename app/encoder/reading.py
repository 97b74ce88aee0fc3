"""What the encoder makes of one answer to one criterion's question, and of one sentence by itself."""

from dataclasses import dataclass

from app.audit.ledger.evidence import level_of


@dataclass(frozen=True)
class Reading:
    """Calibrated probabilities for one answer.

    `levels` holds five probabilities given that the answer states a level: they sum to 1.
    `unknown`, `needs_followup` and the mass left for the levels (`stated`) sum to 1.
    """

    levels: tuple[float, ...]
    unknown: float
    needs_followup: float

    @property
    def stated(self) -> float:
        """The probability that the answer states a level at all."""
        return max(0.0, 1.0 - self.unknown - self.needs_followup)

    @property
    def level(self) -> int:
        """The best single level, 0 to 4, special readings set aside."""
        return level_of(self.levels)

    @property
    def expected(self) -> float:
        """The mean level, 0.0 to 4.0."""
        return sum(level * share for level, share in enumerate(self.levels))

    @property
    def confidence(self) -> float:
        """The probability of the best level, given that a level is stated."""
        return self.levels[self.level]


@dataclass(frozen=True)
class SentenceReading:
    """What a sentence wants and what it is about: the probability of each intent, and of each criterion and "none"; each sum to 1."""

    intents: dict[str, float]
    criteria: dict[str, float]
