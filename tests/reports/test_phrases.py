"""Sentences with links and people's words in them; and that each of the report's sentences is used."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.audit.told.findings import Quote
from app.knowledge.load import Knowledge
from app.reports.phrases import Phrases
from app.reports.spans import Link, Text, Typed

SOURCES = Path(__file__).resolve().parents[2] / "app" / "reports"


@pytest.fixture
def says(knowledge: Knowledge) -> Phrases:
    return Phrases(knowledge.words)


def test_what_is_strong_in_a_sentence_is_a_strong_span(says: Phrases) -> None:
    made = says.line("reports.task.done_when", done="It runs.")
    assert made == (Text(text="Done when:", strong=True), Text(text=" "), Text(text="It runs."))


def test_a_person_s_words_stay_theirs_in_a_sentence_and_cannot_make_it_strong(says: Phrases) -> None:
    made = says.line("reports.people.quote", words=Typed(text="<b>bold</b> {who} \ue0000\ue001"))
    assert made == (Text(text="“"), Typed(text="<b>bold</b> {who} \ue0000\ue001"), Text(text="”"))


def test_links_are_set_apart_by_commas(says: Phrases) -> None:
    one, two, three = (Link(text=name, place="finding", id=name) for name in "abc")
    assert says.joined([]) == ()
    assert says.joined([one]) == (one,)
    assert says.joined([one, two, three]) == (one, Text(text=", "), two, Text(text=", "), three)


@pytest.mark.parametrize(
    ("read_by", "who", "said_on", "told"),
    [
        ("encoder", "respondent", None, "said in turn 2"),
        ("tap", "Ana Ruiz", None, "tapped by Ana Ruiz in turn 2"),
        ("encoder", "Ana", date(2026, 5, 4), "said by Ana before, in the audit of 4 May 2026"),
        ("tap", "respondent", date(2026, 12, 23), "tapped before, in the audit of 23 December 2026"),
        ("stated", "respondent", None, "in our own words"),
    ],
)
def test_a_quote_says_where_it_comes_from(says: Phrases, read_by: str, who: str, said_on: date | None, told: str) -> None:
    assert says.source(Quote(text="x", turn=2, who=who, read_by=read_by, said_on=said_on)) == told


@pytest.mark.parametrize(
    ("effort", "told"),
    [((1, 1), "1 person-day"), ((0.5, 1), "0.5 to 1 person-day"), ((2.5, 4), "2.5 to 4 person-days"), ((0.5, 0.5), "0.5 person-days")],
)
def test_an_effort_is_told_in_person_days(says: Phrases, effort: tuple[float, float], told: str) -> None:
    assert says.days(effort) == told


@pytest.mark.parametrize(("months", "told"), [((1, 1), "1 month"), ((4, 6), "4 to 6 months"), ((0.5, 1), "0.5 to 1 month")])
def test_a_span_is_told_in_months(says: Phrases, months: tuple[float, float], told: str) -> None:
    assert says.months(months) == told


@pytest.mark.parametrize(("points", "told"), [(None, "–"), (0.0, "0"), (24.5, "24"), (24.51, "25"), (100.0, "100")])
def test_points_are_whole_and_a_missing_score_is_a_dash(says: Phrases, points: float | None, told: str) -> None:
    assert says.points(points) == told


def test_every_sentence_of_the_report_is_used_and_every_one_used_is_there(knowledge: Knowledge) -> None:
    sources = [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*") if path.suffix in (".py", ".j2")]
    used = {key for text in sources for key in re.findall(r'"(reports\.[a-z_.]+)"', text)}
    assert used == {key for key in knowledge.words.keys if key.startswith("reports.")}
