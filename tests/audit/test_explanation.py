import re
from collections.abc import Sequence
from typing import get_args

import pytest

from app.audit.ledger.evidence import Entry, ReadBy, rate
from app.audit.score.explanation import OVERALL, explain
from app.audit.score.scoring import score
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry, ledger_of

SUM = re.compile(r"(?:: |^)([\d.×+÷() ]+) = ([\d.]+)", re.MULTILINE)


def worked(line: str) -> tuple[float, float]:
    """Work a printed sum out again: what comes out, and what was printed."""
    found = SUM.search(line)
    assert found, line
    return eval(found[1].replace("×", "*").replace("÷", "/")), float(found[2])


@pytest.fixture
def ledger(knowledge: Knowledge) -> list[Entry]:
    levels = {c: [1, 3, None, 2, 4][n % 5] for n, c in enumerate(knowledge.rubric.criteria)}
    return [
        *ledger_of(levels),
        entry(22, "data.pipeline", 2, quote="Now it is better.", replaces=1, distribution=(0.1, 0.3, 0.3, 0.2, 0.1), note="only a plan"),
        entry(23, "data.governance", standing="not_applicable", replaces=2, note="no data of ours"),
    ]


def test_every_printed_sum_gives_the_score_of_the_report(knowledge: Knowledge, ledger: Sequence[Entry]) -> None:
    result = score(knowledge.rubric, rate(ledger, knowledge.rubric))
    for what, scored in [(gap.gap, gap.score) for gap in result.gaps] + [(OVERALL, result.overall)]:
        lines = explain(what, ledger, knowledge)
        value = next(line for line in lines if line.startswith("Score: "))
        assert worked(value) == (pytest.approx(scored.value, abs=0.01), pytest.approx(scored.value, abs=0.01))
        ends = {line.split(",")[0]: worked(line) for line in lines if "every unknown" in line}
        for end, expected in (("At the lowest", scored.low), ("At the highest", scored.high)):
            if ends:
                assert ends[end] == (pytest.approx(expected, abs=0.01), pytest.approx(expected, abs=0.01))


def test_a_criterion_shows_words_chances_ceiling_level_and_weight(knowledge: Knowledge, ledger: Sequence[Entry]) -> None:
    text = "\n".join(explain("data.pipeline", ledger, knowledge))
    assert "Replaced, counts no longer: turn 1, respondent: “words about data.pipeline”" in text
    assert "Turn 22, respondent, read from the words: “Now it is better.”" in text
    assert "0.100 + 0.300 + 0.300 = 0.700, so level 2" in text
    assert "Ceiling, with the chances above it moved onto it: only a plan" in text
    assert "2 × 25 = 50 points, with weight 2 as the core criterion" in text
    assert "Score: (50 × 2 + " in text


def test_what_is_not_known_or_does_not_apply_leaves_the_mean(knowledge: Knowledge, ledger: Sequence[Entry]) -> None:
    assert "It does not apply: no data of ours" in explain("data.governance", ledger, knowledge)
    assert "It leaves the mean, with its weight of 1" in explain("data.monitoring", ledger, knowledge)


def test_without_answers_there_is_no_sum(knowledge: Knowledge) -> None:
    assert "Nothing is known yet, so there is no score." in explain(OVERALL, [], knowledge)
    assert "Nothing is known yet, so it has no score." in explain("data", [], knowledge)
    gone = [entry(n, c, standing="not_applicable") for n, c in enumerate(knowledge.rubric.criteria, start=1)]
    assert "None of the criteria applies, so there is no score." in explain(OVERALL, gone, knowledge)
    assert "None of its criteria applies, so it has no score." in explain("data", gone, knowledge)


def test_a_tap_says_that_it_was_one(knowledge: Knowledge) -> None:
    lines = explain("data.pipeline", [entry(1, "data.pipeline", 2, read_by="tap")], knowledge)
    assert any("tapped" in line for line in lines)
    assert "  Level 2, as chosen" in lines


def test_what_is_not_there_cannot_be_explained(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        explain("data.magic", [], knowledge)


def test_every_way_of_reading_has_its_words(knowledge: Knowledge) -> None:
    for read_by in get_args(ReadBy):
        told = "\n".join(explain("data.pipeline", [entry(1, "data.pipeline", 2, read_by=read_by)], knowledge))
        assert "Turn 1" in told


def test_where_several_spoke_each_is_named_with_the_rule(knowledge: Knowledge) -> None:
    ledger = [entry(1, "data.pipeline", 3, who="Ana"), entry(2, "data.pipeline", 1, who="Ben"), entry(3, "data.pipeline", who="Cleo")]
    lines = explain("data.pipeline", ledger, knowledge)
    assert lines[1:4] == ("Ana: level 3, claimed", "Ben: level 1, claimed; this counts", "Cleo: is not known")
    assert "with equal evidence, the lower level" in lines[4]


def test_what_stands_from_an_earlier_audit_says_so(knowledge: Knowledge) -> None:
    lines = explain("data.pipeline", [entry(1, "data.pipeline", 3, carried_from="2026-05-04")], knowledge)
    assert any(line.startswith("The audit of 4 May 2026, ") for line in lines)
