"""The rubric: five gaps, 21 criteria, five levels each, and the words that go with them."""

import hashlib
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.audit.model import Value

GapId = Literal["data", "agentops", "security", "integration", "adoption"]
GAP_IDS: tuple[GapId, ...] = ("data", "agentops", "security", "integration", "adoption")
Level = Annotated[int, Field(ge=0, le=4)]
TOP_LEVEL = 4
READY_LEVEL = 3
"""The least level that answers a checklist line with yes."""
NonEmptyText = Annotated[str, Field(min_length=1)]


class Criterion(Value):
    """One thing the audit rates, with every sentence a person may be shown about it."""

    id: NonEmptyText
    name: NonEmptyText
    weight: Annotated[int, Field(ge=1)]
    core: bool = False
    checklist: str = ""
    question: NonEmptyText
    why: NonEmptyText
    levels: Annotated[tuple[NonEmptyText, ...], Field(min_length=5, max_length=5)]
    """What each level, 0 to 4, looks like in a user's words."""
    probes: Annotated[tuple[NonEmptyText, ...], Field(min_length=4, max_length=4)]
    """`probes[n]` decides between level n and n + 1; yes is the higher side."""
    followup: NonEmptyText
    proof: Annotated[tuple[NonEmptyText, ...], Field(min_length=1)]
    knows: NonEmptyText

    @property
    def gap(self) -> str:
        """The id of the gap it belongs to: the part before the dot."""
        return self.id.partition(".")[0]

    @model_validator(mode="after")
    def _core_has_a_checklist_line(self) -> Self:
        if self.core != bool(self.checklist):
            raise ValueError("checklist: a core criterion has a checklist line, the others have none")
        if self.weight != (2 if self.core else 1):
            raise ValueError("weight: 2 for a core criterion, 1 for the others")
        return self


class Gap(Value):
    """One of the five operational gaps with its criteria, the core one first."""

    id: GapId
    name: NonEmptyText
    title: NonEmptyText
    summary: NonEmptyText
    short_fix: NonEmptyText
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _criteria_belong_here(self) -> Self:
        strangers = [c.id for c in self.criteria if c.gap != self.id]
        if strangers:
            raise ValueError(f"criteria: {', '.join(strangers)} does not belong to gap {self.id}")
        if [c.core for c in self.criteria] != [True] + [False] * (len(self.criteria) - 1):
            raise ValueError("criteria: exactly one core criterion, and it comes first")
        return self

    @property
    def core(self) -> Criterion:
        """The criterion that answers this gap's line of the checklist."""
        return self.criteria[0]


class Rubric(Value):
    """All five gaps, in the order in which they are told."""

    gaps: tuple[Gap, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if tuple(gap.id for gap in self.gaps) != GAP_IDS:
            raise ValueError(f"gaps: expected {', '.join(GAP_IDS)} in this order")
        return self

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its id, in rubric order."""
        return {c.id: c for gap in self.gaps for c in gap.criteria}

    @cached_property
    def core(self) -> tuple[Criterion, ...]:
        """The five core criteria, one a gap."""
        return tuple(gap.core for gap in self.gaps)

    def gap(self, gap_id: str) -> Gap:
        """Return one gap. Raises KeyError for an id that is not one of the five."""
        return {str(gap.id): gap for gap in self.gaps}[gap_id]

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of the SHA-256 over the whole content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
