"""What a model made of a report's facts, kept beside the audit: it is used for just those facts, and only as far as it holds."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from app.audit.model import Value
from app.audit.told.facts import Facts, facts_of
from app.audit.told.findings import GapSentence
from app.audit.told.report import Report
from app.audit.told.speech import fault_of, figures
from app.audit.words import Words

_SCORE, _TURN, _SPRINT = re.compile(r"\b(\d+) of 100\b"), re.compile(r"\bturn (\d+)"), re.compile(r"\bsprint (\d+)", re.IGNORECASE)


class Telling(Value):
    """A model's sentences on a report's gaps, as it gave them."""

    facts: str
    """The fingerprint of the facts that they were worded from."""
    gaps: dict[str, dict[str, str]]
    """Gap → slot → text."""


def fingerprint_of(facts: Sequence[Facts]) -> str:
    """Identify facts by the first 12 hex digits of their SHA-256."""
    return hashlib.sha256("\n\n".join(one.text for one in facts).encode()).hexdigest()[:12]


def retold(report: Report, telling: Telling, words: Words) -> Report:
    """Put a model's sentences in place of the authored ones; none where the facts changed, or a sentence says more than they."""
    facts = facts_of(report.gaps, report.roadmap, words)
    if fingerprint_of(facts) != telling.facts:
        return report
    by_gap = {one.gap: one for one in facts}
    gaps = [
        gap.model_copy(update={"told": checked(gap.told, telling.gaps.get(gap.gap, {}), by_gap[gap.gap])}) if gap.told else gap
        for gap in report.gaps
    ]
    return report.model_copy(update={"gaps": tuple(gaps)})


def checked(authored: Sequence[GapSentence], worded: Mapping[str, str], facts: Facts) -> tuple[GapSentence, ...]:
    """Take what a model worded in place of the authored sentences, but no sentence that says what is not in the facts."""
    return tuple(_better(one, worded.get(one.slot, ""), facts) for one in authored)


def _better(authored: GapSentence, worded: str, facts: Facts) -> GapSentence:
    text = " ".join(worded.split())
    asks = "?" in text.replace("?”", "")
    if not text or asks or _invents_a_figure(text, facts) or fault_of(text, facts.text):
        return authored
    return GapSentence(slot=authored.slot, text=text, by="model")


def _invents_a_figure(text: str, facts: Facts) -> bool:
    """Say whether a figure is not the fact that it poses as: a score, a turn, a sprint, a number of points, or what somebody said."""
    points = (*facts.strong, *facts.weak, *facts.unknown)
    turns = {str(point.turn) for point in points if point.quote}
    for pattern, allowed in ((_SCORE, {facts.score}), (_TURN, turns), (_SPRINT, {str(facts.sprint)})):
        if set(pattern.findall(text)) - allowed:
            return True
        text = pattern.sub("", text)
    said = " ".join([facts.name, facts.place, facts.task, *(f"{point.name} {point.statement} {point.quote}" for point in points)])
    counts = {str(len(some)) for some in (facts.strong, facts.weak, facts.unknown, facts.weak[1:])}
    return bool(figures(text) - figures(said) - counts)
