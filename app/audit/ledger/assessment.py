"""What an assessor proposes about one message; the rules decide what of it is believed."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal, Protocol

from app.audit.ledger.ceilings import CeilingReason
from app.audit.ledger.evidence import Distribution, Grade, ReadBy, level_of
from app.audit.ledger.profile import Profile
from app.audit.model import Value


class Intent(StrEnum):
    """What a person wants with a message."""

    ANSWER = "answer"
    QUESTION = "question"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    SKIP = "skip"
    CORRECT = "correct"
    BACK = "back"
    PAUSE = "pause"
    FINISH = "finish"
    RESTART = "restart"
    OFF_TOPIC = "off_topic"
    ATTACK = "attack"


class Finding(Value):
    """What a stretch of the message says about one criterion."""

    criterion: str
    quote: str
    """Verbatim from the message."""
    distribution: Distribution
    unknown: float = 0.0
    """Probability that the person plainly does not know."""
    needs_followup: float = 0.0
    """Probability that this is a bare claim, evasive or off the point."""
    about: float = 1.0
    """Probability that the words are about this criterion at all, and state a level; 1 for the one that was asked."""
    bounded_by: CeilingReason | None = None
    """Why a rule bounded the reading, where one did."""
    grade: Grade = Grade.CLAIMED
    """How well the words are founded."""
    missing: str = ""
    """The one fact that would settle the level, where the assessor names it."""
    read_by: ReadBy = "encoder"

    @property
    def level(self) -> int:
        """The best single level, special labels set aside."""
        return level_of(self.distribution)

    @property
    def confidence(self) -> float:
        """The probability of that level."""
        return self.distribution[self.level]


class Assessment(Value):
    """An assessor's whole proposal for one message."""

    intent: Intent
    findings: tuple[Finding, ...] = ()
    question: str | None = None
    """The part of the message that asks something back, verbatim."""
    profile: Profile = Profile()
    unread: bool = False
    """The message is in a language that the assessor does not read, so nothing is proposed."""
    yes_no: Literal["yes", "no"] | None = None
    """What the message says to a question that can be answered with yes or no, where the assessor tells."""
    acknowledgement: str = ""
    """A sentence that picks up what was said, where the assessor words one; checked by `audit.speech`."""
    followup: str = ""
    """The one question that would settle the answer, likewise."""
    language: str = "en"
    """The two-letter code of the message's language."""
    assessed_by: str = "encoder"
    """What read the message: `encoder`, or the name of a model."""
    fallback: str = ""
    """Why a model was done without, where one was asked."""


class Scene(Value):
    """What a message is an answer to: what an assessor may know of the conversation, bounded in length."""

    question: str = ""
    """The open question, as it was asked."""
    settled: tuple[str, ...] = ()
    """What is known so far, a line each."""
    lately: tuple[str, ...] = ()
    """The last lines of the conversation, oldest first."""
    prompts: str | None = None
    """The set of prompts that this audit uses; None for the current one."""


class Assessor(Protocol):
    """Reads messages. It proposes; it never decides."""

    @property
    def fingerprint(self) -> str:
        """Identify what reads: model weights, or model name and prompts."""

    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        """Read a message.

        `asked` is the criterion of the open question, if there is one; `context` holds the person's earlier
        words on that criterion, oldest first, so that a detail is read together with what it belongs to;
        `topic` is the criterion last talked about, for a correction that does not name one; `scene` is what else
        is known of the conversation.
        """

    async def polarity(self, probe: str, text: str) -> Mapping[str, float]:
        """Read a reply to a yes/no question: probabilities of `yes`, `no`, `unknown` and `neither`."""

    async def which(self, text: str) -> str | None:
        """Read a reply to "which of the two statements holds?": `earlier`, `later`, or None where it says something else."""
