"""What the first pages say for a decision: whom to ask, and what a try-out would bring."""

from app.audit.told.findings import CriterionReport
from app.audit.told.report import Report
from app.reports.words import points, sentence, within

MOST_TITLES = 3
"""Of what is left for later, so many are named on the first pages; the plan names all."""


def to_ask(report: Report) -> list[tuple[str, list[CriterionReport]]]:
    """Group what is not known by who would know it, the one with the most to tell first."""
    asked: dict[str, list[CriterionReport]] = {}
    for finding in report.unknown:
        asked.setdefault(finding.who_knows or "", []).append(finding)
    return sorted(asked.items(), key=lambda one: -len(one[1]))


def not_yet(report: Report) -> list[str]:
    """Say what not to do yet, in sentences, each reason once: what needs something else first before what is ready anyway."""
    by_reason: dict[str, list[str]] = {}
    for item in report.not_yet:
        by_reason.setdefault(item.reason, []).append(item.title)
    return [f"{_listed(titles)}: {sentence(reason)}" for reason, titles in by_reason.items()]


def _listed(titles: list[str]) -> str:
    """Join titles, the later ones within the sentence; of many, the first three and how many more."""
    shown = [titles[0], *(within(title) for title in titles[1:MOST_TITLES])]
    if more := len(titles) - len(shown):
        shown.append(f"{more} more")
    return shown[0] if len(shown) == 1 else f"{'; '.join(shown[:-1])}; and {shown[-1]}"


def tried_out(report: Report) -> str:
    """Say what a try-out does to the expected score."""
    now, before = report.roadmap.sprints[-1].expected.value, report.expected_as_planned.value
    if now is None or before is None:
        return "No score can be expected yet."
    if round(now) == round(before):
        return f"After the ninety days {points(now)} of 100 would be expected, as in the plan before."
    return f"After the ninety days {points(now)} of 100 would be expected, instead of {points(before)} as planned."
