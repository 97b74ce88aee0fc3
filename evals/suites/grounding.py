"""Grounding: whether all that a report says can be traced to what was said, to the playbook or to a source."""

import re
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.audit.guidance import Passage
from app.audit.told.findings import CriterionReport
from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from evals.figures import Figure, defined, figure, mean
from evals.respondent import read_personas
from evals.run import Options, Result, run_record, thrown_away
from evals.suites.interviews import CASES, hold_all

_AMOUNT = re.compile(r"(?:[$€£] ?\d[\d,.]*\d|\b\d+(?:\.\d+)?) ?%|[$€£] ?\d[\d,.]*(?: ?(?:k|m|million|billion|thousand)\b)?")
"""A percentage or a sum of money: figures that need a source."""
_STATED_WITHOUT_WORDS = ("open", "skipped")


@dataclass(frozen=True)
class Grounded:
    """How well one report is founded; each list names what is not."""

    id: str
    findings: int
    ungrounded_findings: list[str]
    recommendations: int
    ungrounded_recommendations: list[str]
    figures: int
    ungrounded_figures: list[str]


def founded(finding: CriterionReport, said: Iterable[str]) -> bool:
    """Say whether a finding names verbatim words or a tapped statement, or says that none was given."""
    if not finding.quotes:
        return finding.standing in _STATED_WITHOUT_WORDS and finding.level is None and bool(finding.statement)
    return all(quote.read_by == "tap" or any(quote.text in text for text in said) for quote in finding.quotes)


def recommendations(report: Report) -> list[tuple[str, str | None]]:
    """Return every piece of advice with the passage that it names."""
    tasks = [(task.id, task.passage) for sprint in report.roadmap.sprints for task in sprint.tasks]
    return tasks + [(move.title, move.passage) for move in report.first_moves]


def figures_without_claim(passage: Passage, knowledge: Knowledge) -> tuple[int, list[str]]:
    """Count a passage's percentages and sums, and name those that stand in no claim of its own."""
    text, values = passage.text, [knowledge.claims[claim].value for claim in passage.claims if claim in knowledge.claims]
    amounts = [match.group().strip() for match in _AMOUNT.finditer(text)]
    return len(amounts), [f"{passage.id}: {amount}" for amount in amounts if not any(amount in value for value in values)]


def grounded(name: str, report: Report, said: Iterable[str], knowledge: Knowledge) -> Grounded:
    """Check one report."""
    heard = list(said)
    findings = [finding for gap in report.gaps for finding in gap.findings]
    advice, passages = recommendations(report), {passage.id for passage in knowledge.passages}
    printed = {passage.id for passage in report.passages}
    claims = {claim.id: claim for claim in report.claims}
    wanted = {claim for passage in report.passages for claim in passage.claims}
    unsourced = [c for c in wanted if c not in claims or not claims[c].source or claims[c].state == "disputed"]
    counted = [figures_without_claim(passage, knowledge) for passage in report.passages]
    return Grounded(
        id=name,
        findings=len(findings),
        ungrounded_findings=[f.criterion for f in findings if not founded(f, heard)],
        recommendations=len(advice),
        ungrounded_recommendations=[title for title, passage in advice if passage not in passages or passage not in printed],
        figures=len(wanted) + sum(n for n, _ in counted),
        ungrounded_figures=unsourced + [amount for _, amounts in counted for amount in amounts],
    )


def _share(of: int, not_founded: list[str]) -> float:
    return 1 - len(not_founded) / of if of else 1.0


def figures_of(reports: list[Grounded], seed: int) -> dict[str, Figure]:
    """Compute the shares, each the mean of the reports'."""
    shares = {
        "findings": [_share(r.findings, r.ungrounded_findings) for r in reports],
        "recommendations": [_share(r.recommendations, r.ungrounded_recommendations) for r in reports],
        "figures": [_share(r.figures, r.ungrounded_figures) for r in reports],
    }
    return defined({name: figure(values, mean, seed) for name, values in shares.items()})


async def measure(options: Options) -> Result:
    """Measure the reports that the personas' interviews give."""
    started, folder = time.perf_counter(), options.cases or CASES
    personas = read_personas(folder)
    async with thrown_away(options) as program:
        held = await hold_all(program, personas, "full")
        checked = [grounded(h.persona.id, h.report, h.said, program.parts.knowledge) for h in held if h.report]
        figures = figures_of(checked, options.seed)
        run = run_record(program, folder, options.seed, started)
    return Result("grounding", figures, [asdict(one) for one in checked], run)
