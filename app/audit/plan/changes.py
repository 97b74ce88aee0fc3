"""What a person changes about the plan to see what then happens; it never changes a rating."""

from pydantic import Field

from app.audit.model import Value


class Changes(Value):
    """Tasks taken out, moved to a sprint or added, by their ids, and another capacity."""

    dropped: tuple[str, ...] = ()
    moved: dict[str, int] = Field(default_factory=dict)
    """Task → the number of the sprint it is to go into."""
    added: tuple[str, ...] = ()
    capacity_days: float | None = Field(default=None, gt=0)
    """Person-days a sprint."""


AS_PLANNED = Changes()


class WhatIf(Value):
    """Everything that a person tries out on a report: another plan, and figures of their own for what waiting costs."""

    changes: Changes = AS_PLANNED
    assumptions: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Assumption → low and high."""

    @property
    def anything(self) -> bool:
        """Whether something is tried out at all."""
        return bool(self.assumptions) or self.changes != AS_PLANNED

    def dropping(self, task: str) -> "WhatIf":
        """Take a task out of the plan."""
        rest = self._without(task)
        return self._with(rest.model_copy(update={"dropped": (*rest.dropped, task)}))

    def restoring(self, task: str) -> "WhatIf":
        """Leave a task to the plan again."""
        return self._with(self._without(task))

    def moving(self, task: str, sprint: int) -> "WhatIf":
        """Put a task into a sprint."""
        rest = self._without(task)
        return self._with(rest.model_copy(update={"moved": {**rest.moved, task: sprint}}))

    def adding(self, task: str) -> "WhatIf":
        """Put a task into the plan that it left for later."""
        rest = self._without(task)
        return self._with(rest.model_copy(update={"added": (*rest.added, task)}))

    def assuming(self, assumption: str, low: float, high: float) -> "WhatIf":
        """Use the person's own figures for an assumption."""
        return self.model_copy(update={"assumptions": {**self.assumptions, assumption: (low, high)}})

    def with_capacity(self, days: float) -> "WhatIf":
        """Plan with so many person-days a sprint. Raises ValueError where they are not above 0."""
        return self._with(Changes.model_validate(self.changes.model_dump() | {"capacity_days": days}))

    def _with(self, changes: Changes) -> "WhatIf":
        return self.model_copy(update={"changes": changes})

    def _without(self, task: str) -> Changes:
        kept = self.changes
        return kept.model_copy(
            update={
                "dropped": tuple(one for one in kept.dropped if one != task),
                "added": tuple(one for one in kept.added if one != task),
                "moved": {one: sprint for one, sprint in kept.moved.items() if one != task},
            }
        )


UNCHANGED = WhatIf()
