"""What a model made of a report's facts, kept beside the audit: it is used for just those facts, and only as far as it holds."""

import hashlib
from collections.abc import Sequence

from app.audit.model import Value
from app.audit.prose import Facts, checked, facts_of
from app.audit.report import Report


class Telling(Value):
    """A model's sentences on a report's gaps, as it gave them."""

    facts: str
    """The fingerprint of the facts that they were worded from."""
    gaps: dict[str, dict[str, str]]
    """Gap → slot → text."""


def fingerprint_of(facts: Sequence[Facts]) -> str:
    """Identify facts by the first 12 hex digits of their SHA-256."""
    return hashlib.sha256("\n\n".join(one.text for one in facts).encode()).hexdigest()[:12]


def retold(report: Report, telling: Telling) -> Report:
    """Put a model's sentences in place of the authored ones; none where the facts changed, or a sentence says more than they."""
    facts = facts_of(report.gaps, report.roadmap)
    if fingerprint_of(facts) != telling.facts:
        return report
    by_gap = {one.gap: one for one in facts}
    gaps = [
        gap.model_copy(update={"told": checked(gap.told, telling.gaps.get(gap.gap, {}), by_gap[gap.gap])}) if gap.told else gap
        for gap in report.gaps
    ]
    return report.model_copy(update={"gaps": tuple(gaps)})
