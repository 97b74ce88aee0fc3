"""A figure that is not in claims.yaml cannot appear in a report, unless the program computed it or the person said it."""

import re

import pytest

from app.audit.told.report import Report
from app.errors import KnowledgeError
from app.knowledge.load import Knowledge
from app.knowledge.passages import load_passages
from tests.reports.reports import KINDS, report

FIGURE = re.compile(
    r"\d[\d,.]*\s?(?:%|percent)|[$€£]\s?\d[\d,.]*\s?[KkMm]?|\b\d[\d,.]*\s(?:months?|weeks?|hours?|times|users|years?)\b", re.IGNORECASE
)


def figures(text: str) -> set[str]:
    return {match.strip() for match in FIGURE.findall(text)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_in_a_report_is_a_claim_with_source_and_check_state(knowledge: Knowledge, kind: str) -> None:
    made = report(knowledge, kind)
    listed = " ".join(f"{claim.value} {claim.text}" for claim in made.claims)
    assert all(claim.source and claim.state for claim in made.claims)
    for passage in made.passages:
        assert figures(passage.text) <= figures(listed)
    assert figures(authored(made)) == set()


def authored(made: Report) -> str:
    """All sentences of the report that the playbook's other files wrote."""
    findings = [f for gap in made.gaps for f in gap.findings]
    tasks = [task for sprint in made.roadmap.sprints for task in sprint.tasks]
    parts = [made.verdict, made.bottleneck.why.replace(" of 100", "") if made.bottleneck else ""]
    parts += [f"{f.statement} {f.question}" for f in findings] + [f.lever.fact for f in findings if f.lever]
    parts += [f"{task.title} {' '.join(task.steps)} {task.done_when}" for task in tasks]
    return " ".join(parts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disputed_figure_is_never_shown(knowledge: Knowledge, kind: str) -> None:
    made = report(knowledge, kind)
    assert all(claim.state != "disputed" for claim in made.claims)
    assert "89" not in " ".join(p.text for p in made.passages)


def test_the_figure_that_could_not_be_confirmed_is_disputed_with_the_reason(knowledge: Knowledge) -> None:
    claim = knowledge.claims["never-production"]
    assert claim.state == "disputed"
    assert claim.reason


def test_guidance_that_names_an_unknown_or_disputed_claim_is_refused(tmp_path, knowledge: Knowledge) -> None:  # type: ignore[no-untyped-def]
    for claim in ("no-such-claim", "never-production"):
        (tmp_path / "doc.md").write_text(f"---\ntitle: T\nkind: case\n---\n\n## Part\n\nIt is [[{claim}]].\n")
        with pytest.raises(KnowledgeError, match=r"doc\.md: Part"):
            load_passages(tmp_path, knowledge.claims)


def test_no_passage_of_the_playbook_types_a_figure_itself(knowledge: Knowledge) -> None:
    for passage in knowledge.passages:
        values = " ".join(knowledge.claims[c].value for c in passage.claims)
        assert figures(passage.text) <= figures(values), passage.id
