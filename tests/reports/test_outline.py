"""The report as blocks: what is shown, what is left out, in which order; and that it comes out of every form whole."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from app.audit.plan.changes import Changes, WhatIf
from app.audit.told.report import Report
from app.knowledge.load import Knowledge
from app.reports.blocks import (
    Block,
    Bullets,
    Checklist,
    Heading,
    LaterChange,
    Panel,
    Paragraph,
    Picture,
    Quotes,
    ScoreFigure,
    Section,
    Table,
    TaskChange,
)
from app.reports.brand import Brand
from app.reports.layout import Outline
from app.reports.letters import direction, visible
from app.reports.spans import Link, Span, Text, Typed, text_of
from tests.audit.ledgers import NOON, all_at, entry, ledger_of
from tests.reports.printed import flat, laid_out, markdown_of, page_of, pdf_of, text_of_pdf, text_of_word, word_of
from tests.reports.reports import EVIL, KINDS, report, report_of


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Panel):
            yield from every(block.blocks)


def blocks_of(outline: Outline) -> list[Block]:
    sections = (*outline.board, *outline.sections)
    return [*every(outline.lead), *(block for section in sections for block in every(section.blocks))]


def spans_of(block: Block) -> list[Span]:
    match block:
        case Heading() | Paragraph():
            return list(block.spans)
        case Bullets():
            return [span for item in block.items for span in (*item.spans, *item.note)]
        case Table():
            return [span for row in block.rows for cell in row.cells for span in cell]
        case Quotes():
            return [span for quote in block.quotes for span in (quote.words, quote.source)]
        case Checklist():
            return [Text(text=text) for line in block.lines for text in (line.text, line.answer)]
        case ScoreFigure():
            return [Text(text=text) for text in (block.value, block.of if block.value else "", block.band, block.range)]
        case Panel():
            return [Text(text=block.title), Text(text=block.badge)]
        case Picture():
            return []


def section(outline: Outline, id_: str) -> Section:
    return next(one for one in outline.sections if one.id == id_)


def on_board(outline: Outline, id_: str) -> Section:
    return next(one for one in outline.board if one.id == id_)


def ids(sections: tuple[Section, ...]) -> list[str]:
    return [one.id for one in sections]


def panels(outline: Outline, place: str) -> list[Panel]:
    return [block for block in blocks_of(outline) if isinstance(block, Panel) and block.place == place]


def tried_out(knowledge: Knowledge) -> Report:
    made = report(knowledge, "stalled")
    lost = made.roadmap.model_copy(update={"refusals": (f"There is no task “{EVIL}” in this plan.",)})
    return made.model_copy(update={"what_if": WhatIf(changes=Changes(dropped=("data.pipeline:0-1",))), "roadmap": lost})


def page_text(knowledge: Knowledge, made: Report) -> str:
    page = re.sub(r"<style>.*?</style>|<title>.*?</title>", "", page_of(knowledge, made), flags=re.DOTALL)
    return flat(html.unescape(re.sub(r"<[^>]+>", "", page)))


def markdown_text(knowledge: Knowledge, made: Report) -> str:
    return flat(re.sub(r"\\(.)", r"\1", markdown_of(knowledge, made).replace("**", "")))


FORMS: dict[str, Callable[[Knowledge, Report], str]] = {
    "page": page_text,
    "markdown": markdown_text,
    "pdf": lambda knowledge, made: text_of_pdf(pdf_of(knowledge, made)),
    "word": lambda knowledge, made: text_of_word(word_of(knowledge, made)),
}


def same(text: str) -> str:
    """Without what a form may set in its own way: ligatures, spaces and the capital at the beginning of a line."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(text.replace("**", "")))).lower()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["nothing", "mixed", "people", "again", "tried out"])
def test_every_word_of_the_outline_comes_out_of_every_form(knowledge: Knowledge, kind: str, form: str) -> None:
    made = tried_out(knowledge) if kind == "tried out" else report(knowledge, kind)
    outline, printed = laid_out(knowledge, made), same(FORMS[form](knowledge, made))
    headings = [one.title for one in (*outline.board, *outline.sections)]
    said = [span.text for block in blocks_of(outline) for span in spans_of(block)]
    missing = [text for text in (*headings, outline.title.text, *said) if direction(text) == "ltr" and same(text) not in printed]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_typed_is_marked_as_typed_wherever_it_stands(knowledge: Knowledge, kind: str) -> None:
    outline = laid_out(knowledge, report(knowledge, kind))
    untyped = [span for block in blocks_of(outline) for span in spans_of(block) if not isinstance(span, Typed)]
    assert all("<script>" not in span.text and "<b>none" not in span.text for span in untyped)
    assert all("<script>" not in one.title for one in (*outline.board, *outline.sections))


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_something_that_is_printed(knowledge: Knowledge, kind: str) -> None:
    outline = laid_out(knowledge, report(knowledge, kind))
    blocks = blocks_of(outline)
    there = {(block.place, block.id) for block in blocks if isinstance(block, Panel)}
    there |= {("section", one.id) for one in outline.sections}
    there |= {("claim", row.claim) for block in blocks if isinstance(block, Table) for row in block.rows}
    links = {(span.place, span.id) for block in blocks for span in spans_of(block) if isinstance(span, Link)}
    assert links <= there


def test_the_parts_stand_in_one_order(knowledge: Knowledge) -> None:
    outline = laid_out(knowledge, report(knowledge, "again"))
    assert ids(outline.board) == ["checklist", "bottleneck", "waiting", "moves", "not-yet", "asks"]
    gaps = [f"gap-{gap.id}" for gap in knowledge.rubric.gaps]
    assert ids(outline.sections) == ["since", "gaps", *gaps, "unknown", "waiting", "plan", "playbook", "figures", "about", "method"]
    assert [one.short for one in outline.sections if one.short] == [
        "Since the last audit",
        "The five gaps",
        "Not known yet",
        "Cost of waiting",
        "The next 90 days",
        "Playbook",
        "Figures",
        "Method",
    ]


def test_where_nothing_is_known_there_is_no_score_no_bottleneck_and_whom_to_ask(knowledge: Knowledge) -> None:
    outline = laid_out(knowledge, report(knowledge, "nothing"))
    score = next(block for block in outline.lead if isinstance(block, ScoreFigure))
    assert (score.value, score.band) == ("", "Not scored yet")
    assert score.range == "Between 0 and 100, depending on what is not known yet; 0 of 21 criteria known."
    assert "bottleneck" not in ids(outline.board)
    table = section(outline, "unknown").blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 21
    asked = on_board(outline, "asks").blocks[0]
    assert isinstance(asked, Bullets)
    counts = [sum(isinstance(span, Link) for span in item.spans) for item in asked.items]
    assert sum(counts) == 21
    assert counts == sorted(counts, reverse=True)
    assert all(panel.badge == "" for panel in panels(outline, "finding"))
    assert {"since", "statements", "corrections"}.isdisjoint(ids(outline.sections))


def test_where_all_is_known_nobody_is_to_be_asked(knowledge: Knowledge) -> None:
    outline = laid_out(knowledge, report(knowledge, "ready"))
    assert "asks" not in ids(outline.board)
    assert "unknown" not in ids(outline.sections)
    score = next(block for block in outline.lead if isinstance(block, ScoreFigure))
    assert (score.value, score.of, score.range) == ("100", "of 100", "Nothing is open; 21 of 21 criteria known.")


def test_a_reason_stands_once_on_page_one_with_three_titles_and_how_many_more(knowledge: Knowledge) -> None:
    made = report(knowledge, "stalled")
    later = on_board(laid_out(knowledge, made), "not-yet").blocks[0]
    assert isinstance(later, Bullets)
    told = text_of(later.items[0].spans)
    assert told.startswith("Bring whole teams to regular use; build a fixed test set with expected results; test rollback")
    assert "; and 8 more: it does not fit" in told
    in_plan = section(laid_out(knowledge, made), "plan").blocks[-1]
    assert isinstance(in_plan, Bullets)
    assert len(in_plan.items) == len(made.not_yet)


def test_two_or_more_no_are_told_with_the_figure_and_its_source(knowledge: Knowledge) -> None:
    warned = on_board(laid_out(knowledge, report(knowledge, "stalled")), "checklist").blocks[1]
    assert isinstance(warned, Paragraph)
    assert text_of(warned.spans).startswith("Two or more no: a project like this is on the path of those that are cancelled. Gartner")
    assert [span.id for span in warned.spans if isinstance(span, Link)] == ["cancelled-share"]
    assert len(on_board(laid_out(knowledge, report(knowledge, "ready")), "checklist").blocks) == 1


def test_a_disputed_figure_is_shown_nowhere(knowledge: Knowledge) -> None:
    cancelled = knowledge.claims["cancelled-share"].model_copy(update={"state": "disputed", "reason": "It was withdrawn."})
    made = report(knowledge, "stalled").model_copy(update={"claims": (cancelled, knowledge.claims["rebuild-delay"])})
    outline = laid_out(knowledge, made)
    figures = section(outline, "figures").blocks[0]
    assert isinstance(figures, Table)
    assert [row.claim for row in figures.rows] == ["rebuild-delay"]
    assert text_of(figures.rows[0].cells[3]) == "as reported by the article"
    assert cancelled.text not in outline.model_dump_json()
    only = made.model_copy(update={"claims": (cancelled,)})
    assert "figures" not in ids(laid_out(knowledge, only).sections)


def test_where_people_differ_each_is_told_by_name_and_one_counts(knowledge: Knowledge) -> None:
    made = report(knowledge, "people")
    told = section(laid_out(knowledge, made), "statements").blocks
    headings = [block for block in told if isinstance(block, Heading)]
    disputed = [finding for gap in made.gaps for finding in gap.findings if finding.disputed]
    assert [block.spans for block in headings] == [(Link(text=f.name, place="finding", id=f.criterion),) for f in disputed]
    lists = [block for block in told if isinstance(block, Bullets)]
    for block, finding in zip(lists, disputed, strict=True):
        said = [text_of(item.spans) for item in block.items]
        assert sum("; this counts." in line for line in said) == 1
        assert len(said) == len(finding.statements)
    first = lists[0].items
    assert text_of(first[0].spans).startswith("Without a name: level 3, ")
    assert first[1].spans[0] == Typed(text=EVIL, strong=True)
    assert isinstance(told[-1], Paragraph)
    assert text_of(told[-1].spans).startswith("Which answer a rating follows from: the better evidence counts")


def test_what_fell_since_the_last_audit_stands_before_what_rose(knowledge: Knowledge) -> None:
    made = report(knowledge, "again")
    assert made.comparison is not None
    blocks = section(laid_out(knowledge, made), "since").blocks
    table = next(block for block in blocks if isinstance(block, Table))
    change = {one.criterion: one.change for one in made.comparison.moved}
    order = [change[span.id] for row in table.rows for span in row.cells[0] if isinstance(span, Link)]
    assert order == sorted(order, key=["fell", "lost", "rose", "settled"].index)
    then, now = (text_of(cell) for cell in table.rows[0].cells[1:])
    assert then.startswith("Level 1: scripts")
    assert now.startswith("Level 0: files")
    done = next(block for block in blocks if isinstance(block, Checklist))
    assert {(line.answer, line.state) for line in done.lines} == {("Done", "yes"), ("Not done", "no"), ("Not known", "unknown")}
    picture = next(block for block in blocks if isinstance(block, Picture))
    assert picture.told.startswith("Scores before and now. Overall: 35 before, 53 now; Data pipelines: 44 before, 31 now")


def test_a_try_out_is_told_first_in_the_plan_with_what_could_not_be_done(knowledge: Knowledge) -> None:
    outline = laid_out(knowledge, tried_out(knowledge))
    first = section(outline, "plan").blocks[0]
    assert isinstance(first, Panel)
    assert (first.place, first.title) == ("try_out", "This is a try-out")
    told, heading, refused = first.blocks
    assert isinstance(told, Paragraph)
    assert text_of(told.spans).startswith("After the ninety days ")
    assert isinstance(heading, Heading)
    assert text_of(heading.spans) == "What could not be changed"
    assert isinstance(refused, Bullets)
    assert [type(span) for item in refused.items for span in item.spans] == [Typed]
    assert outline.tried_out
    as_planned = laid_out(knowledge, report(knowledge, "stalled"))
    assert not as_planned.tried_out
    assert panels(as_planned, "try_out") == []


def test_a_line_that_can_be_changed_says_how(knowledge: Knowledge) -> None:
    made = report(knowledge, "mixed")
    dropped = WhatIf(changes=Changes(dropped=(made.not_yet[0].id,)))
    outline = laid_out(knowledge, made.model_copy(update={"what_if": dropped}))
    tasks = [panel.change for panel in panels(outline, "task")]
    planned = [(task, sprint.number) for sprint in made.roadmap.sprints for task in sprint.tasks]
    assert tasks == [TaskChange(task=task.id, sprint=number, movable=task.to_level is not None) for task, number in planned]
    later = section(outline, "plan").blocks[-1]
    assert isinstance(later, Bullets)
    assert later.items[0].change == LaterChange(task=made.not_yet[0].id, taken_out=True)
    assert later.items[1].change == LaterChange(task=made.not_yet[1].id, taken_out=False)


def test_a_finding_says_how_well_it_is_founded_and_what_would_move_it(knowledge: Knowledge) -> None:
    made = report_of(knowledge, [entry(1, "data.pipeline", 1, quote="A script.", note="because *so*")])
    rated, unknown, *_ = panels(laid_out(knowledge, made), "finding")
    told = [text_of(block.spans) for block in rated.blocks if isinstance(block, Paragraph)]
    assert rated.badge == "level 1, ad hoc"
    assert told[1] == "Evidence: claimed · confidence: high · because *so*."
    assert told[2].startswith("What would move it: ")
    assert " A yes is worth 25 points. Proof: " in told[2]
    told = [text_of(block.spans) for block in unknown.blocks if isinstance(block, Paragraph)]
    assert told[:2] == ["Not asked yet.", "No words were given."]
    assert told[2].startswith("What would settle it: ")
    assert " A yes lifts the lowest possible score by " in told[2]


def test_a_gain_of_less_than_a_point_is_not_called_nothing(knowledge: Knowledge) -> None:
    made = report_of(knowledge, ledger_of(all_at(knowledge.rubric, 3)))
    gap = made.gaps[0]
    lever = gap.findings[0].lever
    assert lever is not None
    small = gap.findings[0].model_copy(update={"lever": lever.model_copy(update={"points": 0.4})})
    changed = made.model_copy(update={"gaps": (gap.model_copy(update={"findings": (small, *gap.findings[1:])}), *made.gaps[1:])})
    finding = panels(laid_out(knowledge, changed), "finding")[0]
    told = " ".join(text_of(block.spans) for block in finding.blocks if isinstance(block, Paragraph))
    assert "A yes is worth less than a point." in told


def test_the_outline_carries_the_brand(knowledge: Knowledge) -> None:
    outline = laid_out(knowledge, report(knowledge, "quick"), Brand(name="Fjord Advisory {page}", closing="Talk to us."))
    assert outline.document_title == "Fjord Advisory {page}: Nordwind AG"
    assert outline.kicker == "Fjord Advisory {page} · 23 November 2026"
    assert outline.logo_told == "Logo of Fjord Advisory {page}"
    assert outline.page_of == "{page} of {pages}"
    assert outline.brand.closing == "Talk to us."


def test_a_long_title_is_cut_and_a_missing_one_is_made_up(knowledge: Knowledge) -> None:
    long = laid_out(knowledge, report(knowledge, "odd"))
    assert len(long.title.text) == 120
    assert len(long.running) == 60
    assert long.title.text.endswith("…")
    assert laid_out(knowledge, report_of(knowledge, [])).title.text == "Your AI project"


def test_fonts_that_lack_a_script_are_told_of_only_where_it_is_used(knowledge: Knowledge) -> None:
    assert laid_out(knowledge, report(knowledge, "odd")).script_note
    assert not laid_out(knowledge, report(knowledge, "mixed")).script_note


def test_the_same_report_gives_the_same_outline(knowledge: Knowledge) -> None:
    made = report(knowledge, "mixed")
    assert made.made_at == NOON
    assert laid_out(knowledge, made) == laid_out(knowledge, made)
