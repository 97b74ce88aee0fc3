"""Where the report's parts lead to one another: plan to finding to passage, and back."""

from collections import defaultdict
from dataclasses import dataclass, field

from app.audit.guidance import Passage
from app.audit.plan.roadmap import Task
from app.audit.told.findings import CriterionReport, Quote
from app.audit.told.report import Report


@dataclass(frozen=True)
class Crossings:
    """The links of one report; every target it names is printed."""

    passages: dict[str, Passage]
    findings: dict[str, CriterionReport]
    tasks_of: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    """Criterion → the plan's tasks for it."""
    users_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Passage → the criteria whose finding or task rests on it."""

    def shown(self, finding: CriterionReport) -> list[Passage]:
        """Return the passages of a finding that the report prints."""
        return [self.passages[id_] for id_ in finding.passages if id_ in self.passages]

    def passage(self, id_: str | None) -> Passage | None:
        """Return a passage if the report prints it."""
        return self.passages.get(id_) if id_ else None


def crossings(report: Report) -> Crossings:
    """Find every link between the report's parts."""
    found = Crossings(
        passages={p.id: p for p in report.passages},
        findings={f.criterion: f for gap in report.gaps for f in gap.findings},
    )
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for finding in found.findings.values():
        for id_ in finding.passages:
            used[id_][finding.criterion] = None
    for task in (task for sprint in report.roadmap.sprints for task in sprint.tasks):
        for criterion in task.covers:
            found.tasks_of[criterion].append(task)
        if task.passage:
            used[task.passage][task.criterion] = None
    for id_, criteria in used.items():
        found.users_of[id_].extend(criteria)
    return found


def corrections(report: Report) -> list[tuple[CriterionReport, Quote]]:
    """List every answer that was replaced, with the finding it was about."""
    return [(finding, quote) for gap in report.gaps for finding in gap.findings for quote in finding.corrected]
