"""What the playbook says and on what it rests, as the domain sees it: passages, and figures from outside with their sources."""

from typing import Literal, Self

from pydantic import model_validator

from app.audit.model import Value
from app.audit.numbers import low_high
from app.audit.rubric import NonEmptyText

ClaimUse = Literal["at_risk", "assisted_share", "delay"]
"""What two noes are told with; the share of the tasks that an AI takes; the months that a gap costs."""


class Claim(Value):
    """A figure from outside, with where it comes from and whether that was checked."""

    id: NonEmptyText
    text: NonEmptyText
    value: NonEmptyText
    source: NonEmptyText
    date: NonEmptyText
    state: Literal["as reported by the article", "confirmed", "disputed"]
    reason: str = ""
    used_for: ClaimUse | None = None
    """What the report works out or says by it, where it does."""
    criterion: str | None = None
    """The core criterion that a `delay` is about."""

    @model_validator(mode="after")
    def _disputed_says_why(self) -> Self:
        if self.state == "disputed" and not self.reason:
            raise ValueError("reason: a disputed claim says why")
        return self

    @model_validator(mode="after")
    def _a_delay_is_about_a_criterion(self) -> Self:
        if (self.used_for == "delay") != (self.criterion is not None):
            raise ValueError("criterion: a claim on a delay names one, the others name none")
        return self

    @model_validator(mode="after")
    def _what_is_reckoned_with_is_a_figure(self) -> Self:
        if self.used_for in ("delay", "assisted_share"):
            _ = self.figure
        return self

    @property
    def figure(self) -> tuple[float, float]:
        """Its value as a low and a high number. Raises ValueError where it is no figure."""
        if (found := low_high(self.value)) is None:
            raise ValueError(f"value: “{self.value}” is no figure to reckon with")
        return found


class Passage(Value):
    """A section of the playbook."""

    id: NonEmptyText
    """`document#section`."""
    document: NonEmptyText
    """The document's title."""
    section: NonEmptyText
    """The section's heading."""
    kind: Literal["criterion", "gap", "move", "case", "checklist", "glossary", "method"]
    about: tuple[str, ...] = ()
    text: NonEmptyText
    """Markdown, with the claims' values filled in."""
    claims: tuple[str, ...] = ()
    """Ids of the claims whose figures stand in the text."""

    @property
    def searched(self) -> str:
        """The text that search looks at."""
        return f"{self.document}: {self.section}. {self.text}"
