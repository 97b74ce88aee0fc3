"""Rules that bound what an assessor proposes; each says why it did, by the key of a sentence."""

import re
from collections.abc import Sequence
from typing import Literal

from app.audit.ledger.evidence import Distribution
from app.audit.model import Value

PLAN_CEILING = 1
PAPER_PLAN_CEILING = 2


CeilingReason = Literal["ledger.ceiling.plan", "ledger.ceiling.paper_plan"]
"""The key of the sentence that tells the person why."""


class Ceiling(Value):
    """The highest level that some words can count for, and why."""

    level: int
    reason: CeilingReason


_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_PLAN = re.compile(
    r"\b(?:we(?:'ll| will| are going to|'re going to| plan| want| intend| hope)(?: \w+)?"
    r"|will (?:be|have|get|start|do|look)|going to(?: \w+)?|planned|planning"
    r"|plan (?:is )?to|intend to|hope to|supposed to|on the roadmap|next (?:quarter|year|month|sprint|week)|in the future|soon|eventually"
    r"|after the pilot|to be (?:done|decided|built|defined))\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|runs?|ran|uses?|used|gets?|got|goes|went|works?|worked|since|already|today|currently|every"
    r"|daily|weekly|live|nobody|no one|none|never|until then)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:spec(?:ification)?s?|signed|scoped|written down|documented|on paper|estimate[ds]?|budgeted"
    r"|page document|design document|statement of work|SOW)\b",
    re.IGNORECASE,
)


def ceiling_of(text: str) -> Ceiling | None:
    """Bound words that speak of nothing but what is going to be: 1, or 2 for a plan that is scoped on paper."""
    sentences = [s for s in _SENTENCE_END.split(text.strip()) if s]
    if not sentences or not all(_PLAN.search(s) and not _PRESENT.search(_PLAN.sub(" ", s)) for s in sentences):
        return None
    if _PAPER.search(text):
        return Ceiling(level=PAPER_PLAN_CEILING, reason="ledger.ceiling.paper_plan")
    return Ceiling(level=PLAN_CEILING, reason="ledger.ceiling.plan")


def bounded(distribution: Sequence[float], ceiling: Ceiling | None) -> Distribution:
    """Move all probability above the ceiling onto the ceiling's level."""
    if ceiling is None:
        return _five(distribution)
    kept = list(distribution)
    kept[ceiling.level] += sum(kept[ceiling.level + 1 :])
    return _five([p if level <= ceiling.level else 0.0 for level, p in enumerate(kept)])


def narrowed(distribution: Sequence[float], boundary: int, *, above: bool) -> Distribution:
    """Keep the probability on one side of the boundary between `boundary` and `boundary` + 1, and renormalise it.

    Where the reading had almost nothing on that side, the level next to the boundary gets it.
    """
    kept = [p if (level > boundary) == above else 0.0 for level, p in enumerate(distribution)]
    total = sum(kept)
    if total < 1e-3:
        nearest = boundary + 1 if above else boundary
        return _five([1.0 if level == nearest else 0.0 for level in range(5)])
    return _five([p / total for p in kept])


def _five(values: Sequence[float]) -> Distribution:
    zero, one, two, three, four = values
    return (zero, one, two, three, four)
