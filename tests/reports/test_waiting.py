import json

import pytest

from app.audit.ledger.profile import Profile
from app.audit.plan.changes import Changes, WhatIf
from app.audit.told.case_file import CaseFile
from app.audit.told.report import Report, build
from app.audit.waiting.money import MoneyRange
from app.knowledge.load import Knowledge
from app.reports.phrases import Phrases
from app.reports.to_json import to_json
from tests.audit.ledgers import NOON, all_at, ledger_of
from tests.reports.printed import markdown_of
from tests.reports.reports import EVIL, KINDS, report

TOLD = Profile(tasks_per_month=1000, value_per_task="EUR 10", spend="EUR 80k", months_in_pilot=8, target_date="October 2026")


def made(knowledge: Knowledge, profile: Profile, changes: Changes | None = None, **assumptions: tuple[float, float]) -> Report:
    case = CaseFile(
        audit_id="a",
        profile=profile,
        ledger=tuple(ledger_of(all_at(knowledge.rubric, 1))),
        depth="full",
        assessor="encoder 0123456789ab",
        what_if=WhatIf(changes=changes or Changes(), assumptions={n.replace("_", "-"): figures for n, figures in assumptions.items()}),
    )
    return build(knowledge, case, NOON)


def waiting(knowledge: Knowledge, report: Report) -> str:
    text = markdown_of(knowledge, report)
    said, rests_on = text.split("### What it costs to wait\n")[1], text.partition("## What the cost of waiting rests on\n")[2]
    return said.split("\n##")[0] + rests_on.split("\n## ")[0]


def test_the_cost_of_waiting_is_told_with_all_that_it_rests_on(knowledge: Knowledge) -> None:
    text = waiting(knowledge, made(knowledge, TOLD))
    assert "Waiting costs EUR 15,200 to 60,000 in value that does not come: EUR 3,800 to 10,000 a month, over 4 to 6 months." in text
    assert "EUR 10,000 a month, EUR 40,000 to 60,000 in all" in text
    assert "A target of October 2026 would move to between February 2027 and April 2027." in text
    assert "38% to 100%" in text
    rests_on, missing = text.split("What is missing")
    assert rests_on.count("\n- ") == 5
    assert missing.count("No source names a figure") == 4


def test_the_sources_of_its_figures_are_listed(knowledge: Knowledge) -> None:
    assert {"case-share", "rebuild-delay"} <= {claim.id for claim in made(knowledge, TOLD).claims}


@pytest.mark.parametrize("kind", KINDS)
def test_without_numbers_no_sum_is_printed(knowledge: Knowledge, kind: str) -> None:
    text = waiting(knowledge, report(knowledge, kind))
    assert "Waiting costs" not in text
    assert "a month," not in text


def test_what_a_person_wrote_is_quoted_as_text(knowledge: Knowledge) -> None:
    text = waiting(knowledge, made(knowledge, TOLD.model_copy(update={"value_per_task": EVIL})))
    assert "<script" not in text.replace("\\<script", "")


def test_a_report_can_be_made_for_another_plan_and_other_figures(knowledge: Knowledge) -> None:
    changed = made(knowledge, TOLD, Changes(dropped=("data.pipeline:1-2",), moved={"data.pipeline:1-2": 2}), months_of_delay=(1, 2))
    assert changed.impact.months_of_delay == (1, 2)
    assert "## What could not be changed" in markdown_of(knowledge, changed)
    assert changed.result == made(knowledge, TOLD).result
    assert json.loads(to_json(changed))["roadmap"]["refusals"]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(9, 9, "EUR 9"), (9.5, 9.5, "EUR 9.50"), (1234.5, 1234.5, "EUR 1,234"), (3800, 10_000, "EUR 3,800 to 10,000")],
)
def test_a_sum_is_written_without_false_precision(knowledge: Knowledge, low: float, high: float, text: str) -> None:
    assert Phrases(knowledge.words).money(MoneyRange(currency="EUR", low=low, high=high)) == text
