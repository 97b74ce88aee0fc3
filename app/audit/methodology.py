"""What we know, as one value: all that a ledger becomes a report by, in one language."""

from functools import cached_property
from typing import Annotated

from pydantic import ConfigDict, SkipValidation

from app.audit.actions import Action
from app.audit.guidance import Claim, ClaimUse, Passage
from app.audit.model import Value
from app.audit.patterns import Patterns
from app.audit.rubric import Rubric
from app.audit.words import Words


class Methodology(Value):
    """The rubric, what to do about a rating, what it rests on, and the words to say it in."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    rubric: Rubric
    actions: tuple[Action, ...]
    claims: dict[str, Claim]
    """Figures from outside, by their ids."""
    passages: tuple[Passage, ...]
    prose: Patterns
    """The patterns that the report tells of a gap in."""
    words: Annotated[Words, SkipValidation]
    """The program's own sentences."""

    def claims_for(self, use: ClaimUse) -> tuple[Claim, ...]:
        """Return the claims of one use that may be shown: a disputed one never is."""
        return tuple(claim for claim in self.claims.values() if claim.used_for == use and claim.state != "disputed")

    @cached_property
    def passages_of(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the passages about each criterion, where there are some."""
        return {
            criterion: tuple(p.id for p in self.passages if p.kind == "criterion" and criterion in p.about)
            for criterion in self.rubric.criteria
        }
