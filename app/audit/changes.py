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
