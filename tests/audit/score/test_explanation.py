import re
from collections.abc import Sequence
from typing import get_args

import pytest

from app.audit.ledger.evidence import Entry, ReadBy, rate
from app.audit.methodology import Methodology
from app.audit.score.explanation import OVERALL, explain
from app.audit.score.scoring import score
from app.knowledge.load import Knowledge
from tests.audit.ledgers import entry, ledger_of
from tests.audit.small import CORE, MORE

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


def test_a_criterion_is_explained_from_its_words_to_its_gap(method: Methodology) -> None:
    read = entry(2, "data.core", 2, quote="Better now.", replaces=1, distribution=(0.1, 0.3, 0.3, 0.2, 0.1), note="only a plan")
    lines = explain("data.core", [entry(1, "data.core", 1), read, entry(3, "data.more")], method)
    assert lines == (
        "Data core (data.core)",
        "Replaced, counts no longer: turn 1, respondent: “words about data.core”",
        "Turn 2, respondent, read from the words: “Better now.”",
        "  Chances: level 0 0.100, level 1 0.300, level 2 0.300, level 3 0.200, level 4 0.100",
        "  The level is the first at which the chances add up to half: 0.100 + 0.300 + 0.300 = 0.700, so level 2",
        "  Ceiling, with the chances above it moved onto it: only a plan",
        "Level 2, partial: Data core at 2",
        "2 × 25 = 50 points, with weight 2 as the core criterion",
        "",
        "Data (data): 1 of 2 known",
        "  data.core, weight 2: 2 × 25 = 50",
        "  data.more, weight 1: is not known",
        "Score: (50 × 2) ÷ 2 = 50",
        "At the lowest, with every unknown at level 0: (50 × 2 + 0 × 1) ÷ 3 = 33.33",
        "At the highest, with every unknown at level 4: (50 × 2 + 100 × 1) ÷ 3 = 66.67",
    )


def test_the_overall_score_is_the_mean_of_the_gaps_that_are_scored(method: Methodology) -> None:
    ledger = [
        entry(1, "data.core", 1),
        entry(2, "data.more", 2),
        entry(3, "agentops.core", 0),
        entry(4, "security.core", standing="not_applicable"),
        entry(5, "security.more", standing="not_applicable"),
    ]
    assert explain(OVERALL, ledger, method) == (
        "Overall: 3 of 8 criteria known",
        "  Data (data): 33.33",
        "  Agentops (agentops): 0",
        "  Security (security): does not apply",
        "  Integration (integration): not known yet",
        "  Adoption (adoption): not known yet",
        "Score: (33.33 + 0) ÷ 2 = 16.67",
        "At the lowest, with every unknown at level 0: (33.33 + 0 + 0 + 0) ÷ 4 = 8.33",
        "At the highest, with every unknown at level 4: (33.33 + 33.33 + 100 + 100) ÷ 4 = 66.67",
        "Checklist: 2 no. Band: Stalled",
    )


def test_where_all_is_known_no_range_is_written_out(method: Methodology) -> None:
    ledger = ledger_of(dict.fromkeys((*CORE, *MORE), 3))
    assert explain("data", ledger, method) == (
        "Data (data): 2 of 2 known",
        "  data.core, weight 2: 3 × 25 = 75",
        "  data.more, weight 1: 3 × 25 = 75",
        "Score: (75 × 2 + 75 × 1) ÷ 3 = 75",
    )
    assert explain(OVERALL, ledger, method)[-2:] == ("Score: (75 + 75 + 75 + 75 + 75) ÷ 5 = 75", "Checklist: 0 no. Band: Ready")


def test_without_answers_there_is_no_sum_but_a_range(method: Methodology) -> None:
    assert explain("data", [], method)[3:] == (
        "Nothing is known yet, so it has no score.",
        "At the lowest, with every unknown at level 0: (0 × 2 + 0 × 1) ÷ 3 = 0",
        "At the highest, with every unknown at level 4: (100 × 2 + 100 × 1) ÷ 3 = 100",
    )
    assert explain(OVERALL, [], method)[6] == "Nothing is known yet, so there is no score."
    assert explain(OVERALL, [], method)[-1] == "Checklist: 0 no. Band: Not scored yet"


def test_what_does_not_apply_has_neither_score_nor_range(method: Methodology) -> None:
    gone = [entry(n, c, standing="not_applicable") for n, c in enumerate((*CORE, *MORE), start=1)]
    assert explain("data", gone, method)[-1] == "None of its criteria applies, so it has no score."
    assert explain(OVERALL, gone, method)[-1] == "None of the criteria applies, so there is no score."


@pytest.mark.parametrize(
    ("standing", "note", "line"),
    [
        ("unknown", "", "It is not known"),
        ("skipped", "", "It was skipped"),
        ("bare", "no detail", "It was claimed without a detail to rate it by: no detail"),
        ("not_applicable", "no data", "It does not apply: no data"),
    ],
)
def test_what_is_not_rated_says_why_and_leaves_the_mean(method: Methodology, standing: str, note: str, line: str) -> None:
    lines = explain("data.more", [entry(1, "data.more", standing=standing, note=note)], method)
    assert lines[2:4] == (line, "It leaves the mean, with its weight of 1")


def test_what_nobody_was_asked_about_says_so(method: Methodology) -> None:
    assert explain("data.more", [], method)[1] == "It was not asked yet"


@pytest.mark.parametrize(
    ("read_by", "how"),
    [
        ("encoder", "read from the words"),
        ("model", "read by the language model beside the embedded one"),
        ("tap", "tapped"),
        ("probe", "a yes or no to a question"),
        ("stated", "chosen by whoever said it"),
    ],
)
def test_every_way_of_reading_has_its_words(method: Methodology, read_by: str, how: str) -> None:
    assert read_by in get_args(ReadBy)
    lines = explain("data.more", [entry(1, "data.more", 2, read_by=read_by, quote="So.", note="a note")], method)
    assert lines[1:6] == (
        f"Turn 1, respondent, {how}: “So.”",
        "  Level 2, as chosen",
        "  Noted: a note",
        "Level 2, partial: Data more at 2",
        "2 × 25 = 50 points, with weight 1",
    )


def test_where_several_spoke_each_is_named_with_the_rule(method: Methodology) -> None:
    ledger = [entry(1, "data.core", 3, who="Ana"), entry(2, "data.core", 1, who="Ben"), entry(3, "data.core", who="Cleo")]
    lines = explain("data.core", ledger, method)
    assert lines[1:5] == (
        "Ana: level 3, claimed",
        "Ben: level 1, claimed; this counts",
        "Cleo: is not known",
        "Several people spoke on it: the better evidence counts; with equal evidence, the lower level;"
        " an answer counts before a “don't know”",
    )


def test_what_stands_from_an_earlier_audit_says_so(method: Methodology) -> None:
    lines = explain("data.core", [entry(1, "data.core", 3, carried_from="2026-05-04", quote="So.")], method)
    assert lines[1] == "The audit of 4 May 2026, respondent, read from the words: “So.”"


def test_what_is_not_there_cannot_be_explained(method: Methodology) -> None:
    with pytest.raises(KeyError):
        explain("data.magic", [], method)
