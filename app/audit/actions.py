"""Actions of the playbook: what takes one criterion from one level to the next, as the domain sees it."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from app.audit.model import Value
from app.audit.rubric import Level, NonEmptyText

Theme = Literal["foundation", "connection", "adoption"]
"""Which 30-day sprint an action belongs to: days 1-30, 31-60, 61-90."""
Estimate = tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]]
"""A low and a high estimate."""


class Action(Value):
    """What takes one criterion from one level to the next."""

    criterion: NonEmptyText
    from_level: Annotated[Level, Field(alias="from")]
    to_level: Annotated[Level, Field(alias="to")]
    title: NonEmptyText
    steps: Annotated[tuple[NonEmptyText, ...], Field(min_length=1)]
    owner: NonEmptyText
    effort_days: Estimate
    """Person-days, the playbook's planning estimate."""
    weeks: Estimate
    """Calendar weeks, the playbook's planning estimate."""
    done_when: NonEmptyText
    depends_on: dict[str, Level] = Field(default_factory=dict)
    """Criterion → the least level that must hold first."""
    theme: Theme
    passage: NonEmptyText

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def id(self) -> str:
        """Identify the action: `data.pipeline:1-2`."""
        return f"{self.criterion}:{self.from_level}-{self.to_level}"

    @model_validator(mode="after")
    def _one_step(self) -> Self:
        if self.to_level != self.from_level + 1:
            raise ValueError(f"to: an action goes up one level, not from {self.from_level} to {self.to_level}")
        for field in ("effort_days", "weeks"):
            low, high = getattr(self, field)
            if low > high:
                raise ValueError(f"{field}: the low estimate {low} is above the high one {high}")
        return self
