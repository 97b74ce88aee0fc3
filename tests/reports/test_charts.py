import re
from xml.etree import ElementTree

import pytest

from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.charts import bars, radar
from tests.reports.reports import EVIL, KINDS, report

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, knowledge: Knowledge) -> Report:
    return report(knowledge, request.param)


def test_charts_are_sound_svg_that_says_in_words_what_it_shows(made: Report) -> None:
    for chart in (radar(made), bars(made)):
        root = ElementTree.fromstring(chart)
        title = root.find(f"{SVG}title")
        assert root.get("role") == "img"
        assert title is not None
        assert all(gap.name in (title.text or "") for gap in made.gaps)
        assert not re.search(r"\bNone\b(?! of its)|\bnan\b", chart)


def test_a_gap_that_is_not_known_is_marked_and_not_drawn_as_zero(knowledge: Knowledge) -> None:
    chart = radar(report(knowledge, "nothing"))
    assert chart.count(">?</text>") == 5
    assert "class='accent-stroke'" not in chart
    assert ">?</text>" not in radar(report(knowledge, "quick"))


def test_a_gap_that_does_not_apply_is_not_called_unknown(knowledge: Knowledge) -> None:
    for chart in (radar(report(knowledge, "all n/a")), bars(report(knowledge, "all n/a"))):
        assert chart.count("does not apply<") == 5
        assert "not known<" not in chart


def test_bars_carry_a_whisker_only_where_something_is_open(knowledge: Knowledge) -> None:
    assert bars(report(knowledge, "quick")).count("<line") == 15
    assert "<line" not in bars(report(knowledge, "ready"))


def test_names_in_charts_are_escaped(knowledge: Knowledge) -> None:
    made = report(knowledge, "quick")
    renamed = made.model_copy(update={"gaps": tuple(gap.model_copy(update={"name": EVIL}) for gap in made.gaps)})
    for chart in (radar(renamed), bars(renamed)):
        ElementTree.fromstring(chart)
        assert "<script" not in chart


def test_a_radar_stands_on_a_sheet_where_one_is_asked_for(knowledge: Knowledge) -> None:
    assert "fill='#fafafa'" in radar(report(knowledge, "quick"), paper="#fafafa")
