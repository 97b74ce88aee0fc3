"""What the program asks: one kind of question for each thing that it can want to know."""

from typing import Annotated, Literal

from pydantic import Field

from app.audit.model import Value
from app.interview.choices import Choice


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
