"""What the cost of waiting rests on: each figure with its source, open to be replaced by the person's own."""

from collections.abc import Mapping
from math import isfinite
from typing import Literal, get_args

from app.audit.guidance import Claim
from app.audit.model import Value
from app.audit.words import Words

AssumptionId = Literal["tasks-per-month", "value-per-task", "assisted-share", "months-of-delay", "spend-per-month"]


class Assumption(Value):
    """One figure that the result rests on."""

    id: AssumptionId
    text: str
    low: float
    high: float
    unit: str
    """`tasks`, `months`, `share` (0 to 1), or the ISO code of a currency."""
    source: str


class Missing(Value):
    """A number that nobody has given yet, and how to get it."""

    what: str
    how_to_get_it: str


def check(given: Mapping[str, tuple[float, float]]) -> None:
    """Refuse what cannot be an assumption.

    Raises:
        ValueError: an id is unknown, or a range is negative, upside down, not finite, or above 100 % for a share.
    """
    for id_, (low, high) in given.items():
        if id_ not in get_args(AssumptionId):
            raise ValueError(f"{id_}: no such assumption; there are {', '.join(get_args(AssumptionId))}")
        if not (isfinite(low) and isfinite(high) and 0 <= low <= high):
            raise ValueError(f"{id_}: {low:g} to {high:g} is no range from low to high")
        if id_ == "assisted-share" and high > 1:
            raise ValueError(f"{id_}: a share is between 0 and 1")


class AssumptionSheet:
    """Collects what was assumed and what is missing while the figures are worked out."""

    def __init__(self, given: Mapping[str, tuple[float, float]], words: Words) -> None:
        self.given = given
        """The person's own figures, by assumption."""
        self.words = words
        self.assumptions: list[Assumption] = []
        self.missing: list[Missing] = []
        self.claims: list[str] = []
        """Ids of the claims that a figure rests on."""

    def assume(self, assumption: Assumption, claim: Claim | None = None) -> Assumption:
        """Write an assumption down, with the person's own figures where they gave some; its claim counts only where they gave none."""
        if own := self.given.get(assumption.id):
            low, high = own
            assumption = assumption.model_copy(update={"low": low, "high": high, "source": self.words.say("waiting.source.own")})
        elif claim:
            self.claims.append(claim.id)
        self.assumptions.append(assumption)
        return assumption

    def lack(self, what: str, how_to_get_it: str) -> None:
        """Write down what is missing and whom to ask."""
        self.missing.append(Missing(what=what, how_to_get_it=how_to_get_it))
