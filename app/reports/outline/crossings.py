"""Where the report's parts lead to one another: plan to finding to passage, and back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.audit.guidance import Passage
from app.audit.plan.roadmap import Task
from app.audit.told.findings import CriterionReport
from app.audit.told.report import Report
from app.reports.spans import Link


@dataclass(frozen=True)
class Crossings:
    """The links of one report; every target it names is printed."""

    passages: dict[str, Passage]
    findings: dict[str, CriterionReport]
    tasks_of: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    """Criterion → the plan's tasks for it."""
    users_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Passage → the criteria whose finding or task rests on it."""

    def to_findings(self, criteria: Sequence[str]) -> list[Link]:
        """Return links to the findings of these criteria."""
        return [to_finding(self.findings[criterion]) for criterion in criteria]

    def to_passages(self, ids: Sequence[str]) -> list[Link]:
        """Return links to those of these passages that the report prints."""
        return [Link(text=self.passages[id_].section, place="passage", id=id_) for id_ in ids if id_ in self.passages]

    def to_tasks(self, criterion: str) -> list[Link]:
        """Return links to the plan's tasks for a criterion."""
        return [Link(text=task.title, place="task", id=task.id) for task in self.tasks_of.get(criterion, [])]


def to_finding(finding: CriterionReport) -> Link:
    """Return a link to a finding."""
    return Link(text=finding.name, place="finding", id=finding.criterion)


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
