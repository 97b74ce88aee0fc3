"""All that an interface ever sees of the conversation."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.interview.choices import Choice

Depth = Literal["quick", "full"]


class Said(Value):
    """Plain words of the assistant."""

    kind: Literal["said"] = "said"
    text: str


class Piece(Value):
    """A sentence of what is being worded; the whole comes with the next `Asked` or `Explained`, which may replace it."""

    kind: Literal["piece"] = "piece"
    text: str


class TurnBegan(Value):
    """A turn begins; what was shown of an earlier try at it no longer holds, as the audit was changed meanwhile."""

    kind: Literal["turn_began"] = "turn_began"
    number: int
    """Its place in the audit, from 1."""


class Question(Value):
    """What every question has, whatever it asks."""

    kind: Literal["asked"] = "asked"
    question_id: str
    lead: str = ""
    """What comes before the question: that the last answer was heard."""
    text: str
    why: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def about(self) -> str | None:
        """The criterion that it asks about."""
        return None

    @property
    def about_gap(self) -> str | None:
        """The gap that it belongs to."""
        return self.about.partition(".")[0] if self.about else None


class CriterionQuestion(Question):
    """What a question about one criterion has."""

    criterion: str

    @property
    def about(self) -> str | None:
        """The criterion that it asks about."""
        return self.criterion


class AskedOpening(Question):
    """Tell of the project."""

    asks: Literal["opening"] = "opening"


class AskedCriterion(CriterionQuestion):
    """A criterion's own question."""

    asks: Literal["criterion"] = "criterion"


class AskedFollowup(CriterionQuestion):
    """A detail, after a claim without one."""

    asks: Literal["followup"] = "followup"


class AskedProbe(CriterionQuestion):
    """Yes or no: on which side of a boundary the level lies."""

    asks: Literal["probe"] = "probe"
    boundary: Annotated[int, Field(ge=0, le=3)]
    """It decides between this level and the next."""


class AskedSummary(Question):
    """Whether a gap is understood rightly."""

    asks: Literal["summary"] = "summary"
    gap: str

    @property
    def about_gap(self) -> str | None:
        """The gap that it belongs to."""
        return self.gap


class AskedContradiction(CriterionQuestion):
    """Which of two statements holds."""

    asks: Literal["contradiction"] = "contradiction"


class AskedChange(Question):
    """What holds instead; without a criterion, which answer is meant."""

    asks: Literal["change"] = "change"
    criterion: str | None = None

    @property
    def about(self) -> str | None:
        """The criterion that it asks about."""
        return self.criterion


class AskedRestart(Question):
    """Whether to clear everything."""

    asks: Literal["restart"] = "restart"


class AskedCover(Question):
    """What stands on the cover."""

    asks: Literal["cover"] = "cover"


class AskedReason(CriterionQuestion):
    """Why a criterion does not apply."""

    asks: Literal["reason"] = "reason"


Asked = (
    AskedOpening
    | AskedCriterion
    | AskedFollowup
    | AskedProbe
    | AskedSummary
    | AskedContradiction
    | AskedChange
    | AskedRestart
    | AskedCover
    | AskedReason
)
"""The one open question."""
OpenQuestion = Annotated[Asked, Field(discriminator="asks")]
"""The same, as a field that is read from JSON."""


class ReadBack(Value):
    """How an answer was understood, with a way to change it."""

    kind: Literal["read_back"] = "read_back"
    entry: int
    criterion: str
    name: str
    level: int | None
    text: str
    note: str = ""


class Cited(Value):
    """A passage of the playbook that an explanation rests on."""

    id: str
    title: str
    text: str


class Explained(Value):
    """An answer to the person's question from the playbook."""

    kind: Literal["explained"] = "explained"
    text: str
    passages: tuple[Cited, ...] = ()


class GapProgress(Value):
    """How far one gap is."""

    gap: str
    name: str
    settled: int
    total: int


class Progressed(Value):
    """How far the interview is."""

    kind: Literal["progressed"] = "progressed"
    gap: str | None
    settled: int
    total: int
    minutes_left: int
    gaps: tuple[GapProgress, ...]


class Paused(Value):
    """The person takes a break; everything is saved."""

    kind: Literal["paused"] = "paused"
    text: str


class Finished(Value):
    """The audit has a report."""

    kind: Literal["finished"] = "finished"
    text: str
    can_deepen: bool = False
    """Whether there is more to ask: this was the quick depth, or the person stopped early."""


Event = Annotated[
    Said | Piece | TurnBegan | OpenQuestion | ReadBack | Explained | Progressed | Paused | Finished, Field(discriminator="kind")
]
