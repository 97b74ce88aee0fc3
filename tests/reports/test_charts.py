import re
from xml.etree import ElementTree

import pytest

from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.charts import bars, radar
from app.reports.phrases import Phrases
from tests.reports.reports import EVIL, KINDS, report

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def says(knowledge: Knowledge) -> Phrases:
    return Phrases(knowledge.words)


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, knowledge: Knowledge) -> Report:
    return report(knowledge, request.param)


def test_charts_are_sound_svg_that_says_in_words_what_it_shows(made: Report, says: Phrases) -> None:
    for chart in (radar(made, says), bars(made, says)):
        root = ElementTree.fromstring(chart)
        title = root.find(f"{SVG}title")
        assert root.get("role") == "img"
        assert title is not None
        assert all(gap.name in (title.text or "") for gap in made.gaps)
        assert not re.search(r"\bNone\b(?! of its)|\bnan\b", chart)


def test_a_gap_that_is_not_known_is_marked_and_not_drawn_as_zero(knowledge: Knowledge, says: Phrases) -> None:
    chart = radar(report(knowledge, "nothing"), says)
    assert chart.count(">?</text>") == 5
    assert "class='accent-stroke'" not in chart
    assert ">?</text>" not in radar(report(knowledge, "quick"), says)


def test_a_gap_that_does_not_apply_is_not_called_unknown(knowledge: Knowledge, says: Phrases) -> None:
    for chart in (radar(report(knowledge, "all n/a"), says), bars(report(knowledge, "all n/a"), says)):
        assert chart.count("does not apply<") == 5
        assert "not known<" not in chart


def test_bars_carry_a_whisker_only_where_something_is_open(knowledge: Knowledge, says: Phrases) -> None:
    assert bars(report(knowledge, "quick"), says).count("<line") == 15
    assert "<line" not in bars(report(knowledge, "ready"), says)


def test_names_in_charts_are_escaped(knowledge: Knowledge, says: Phrases) -> None:
    made = report(knowledge, "quick")
    renamed = made.model_copy(update={"gaps": tuple(gap.model_copy(update={"name": EVIL}) for gap in made.gaps)})
    for chart in (radar(renamed, says), bars(renamed, says)):
        ElementTree.fromstring(chart)
        assert "<script" not in chart


def test_a_radar_stands_on_a_sheet_where_one_is_asked_for(knowledge: Knowledge, says: Phrases) -> None:
    assert "fill='#fafafa'" in radar(report(knowledge, "quick"), says, paper="#fafafa")
