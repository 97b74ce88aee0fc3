"""Page one, what a board reads: where the project stands, the checklist, what waiting costs, what to do first and what not yet."""

from collections.abc import Sequence

from app.audit.grammar import capital, sentence, within
from app.audit.score.scoring import Answer, ChecklistLine
from app.audit.told.findings import CriterionReport
from app.audit.told.report import Report
from app.audit.told.verdict import FirstMove
from app.reports.blocks import AnswerLine, Block, Bullet, Bullets, Checklist, Paragraph, ScoreFigure, Section
from app.reports.outline.annex import claims
from app.reports.outline.crossings import to_finding
from app.reports.outline.waiting import has_proof, sentences
from app.reports.phrases import Phrases, is_settled
from app.reports.spans import Link, Spans, Text

_CANCELLED = "cancelled-share"
"""The figure on what becomes of projects with two or more no."""
_MOST_REASONS = 3
"""Of what is left for later, so many reasons are given on page one; the plan gives all."""
_MOST_TITLES = 3
"""Of what is left for later for one reason, so much is named on page one; the plan names all."""
_ANSWERS: dict[Answer, str] = {
    "yes": "reports.answer.yes",
    "no": "reports.answer.no",
    "unknown": "reports.answer.unknown",
    "n/a": "reports.answer.none",
}


def answer(given: Answer, says: Phrases) -> str:
    """Say how a line of the checklist is answered."""
    return says.say(_ANSWERS[given])


def lead(report: Report, says: Phrases) -> tuple[Block, ...]:
    """Say where the project stands."""
    return Paragraph(spans=(Text(text=report.verdict),), tone="lead"), _score(report, says)


def board(report: Report, says: Phrases) -> tuple[Section, ...]:
    """Lay out the sections of page one."""
    parts = (
        _checklist(report, says),
        _bottleneck(report, says),
        _waiting(report, says),
        _first_moves(report, says),
        _not_yet(report, says),
        _to_ask(report, says),
    )
    return tuple(section for section in parts if section)


def _score(report: Report, says: Phrases) -> ScoreFigure:
    overall = report.result.overall
    known, total = report.result.known, report.result.total
    covered = says.say("reports.coverage.some", known=known, total=total) if total else says.say("reports.coverage.none_applies")
    if is_settled(overall.low, overall.high):
        ranged = says.say("reports.range.settled", coverage=covered)
    else:
        ranged = says.say("reports.range.open", low=overall.low, high=overall.high, coverage=covered)
    return ScoreFigure(
        value="" if overall.value is None else says.points(overall.value),
        of=says.say("reports.of_hundred"),
        band=report.band_name,
        range=ranged,
    )


def _checklist(report: Report, says: Phrases) -> Section:
    head = (says.say("reports.checklist.line"), says.say("reports.checklist.answer"))
    blocks: list[Block] = [Checklist(head=head, lines=tuple(_line(line, says) for line in report.result.checklist))]
    if report.result.at_risk:
        cited = next((claim for claim in claims(report) if claim.id == _CANCELLED), None)
        spans: Spans = says.line("reports.checklist.at_risk")
        if cited:
            source = Link(text=cited.source, place="claim", id=cited.id)
            spans = says.line("reports.checklist.at_risk_cited", claim=cited.text, source=source)
        blocks.append(Paragraph(spans=spans, tone="small"))
    return Section(id="checklist", title=says.say("reports.checklist.heading"), blocks=tuple(blocks))


def _line(line: ChecklistLine, says: Phrases) -> AnswerLine:
    return AnswerLine(text=line.text, answer=answer(line.answer, says), state="none" if line.answer == "n/a" else line.answer)


def _bottleneck(report: Report, says: Phrases) -> Section | None:
    if report.bottleneck is None:
        return None
    why = Paragraph(spans=(Text(text=report.bottleneck.why),))
    return Section(id="bottleneck", title=says.say("reports.bottleneck"), blocks=(why,))


def _waiting(report: Report, says: Phrases) -> Section:
    blocks = [Paragraph(spans=(Text(text=said),)) for said in sentences(report, says)]
    if has_proof(report):
        proof = Link(text=says.say("reports.waiting.proof"), place="section", id="waiting")
        blocks.append(Paragraph(spans=says.line("reports.waiting.see", section=proof), tone="small"))
    return Section(id="waiting", title=says.say("reports.waiting.heading"), blocks=tuple(blocks))


def _first_moves(report: Report, says: Phrases) -> Section | None:
    if not report.first_moves:
        return None
    moves = Bullets(items=tuple(_move(move, says) for move in report.first_moves), numbered=True)
    return Section(id="moves", title=says.say("reports.moves.heading", count=len(report.first_moves)), blocks=(moves,))


def _move(move: FirstMove, says: Phrases) -> Bullet:
    done = sentence(move.done_when)
    return Bullet(
        spans=says.line("reports.moves.move", title=sentence(move.title), step=move.first_step),
        note=says.line("reports.moves.owed_by", owner=move.owner, by=move.by, done=done)
        if move.by
        else says.line("reports.moves.owed", owner=move.owner, done=done),
    )


def _not_yet(report: Report, says: Phrases) -> Section | None:
    """Say what not to do yet, each reason once: what needs something else first before what is ready anyway."""
    by_reason: dict[str, list[str]] = {}
    for item in report.not_yet:
        by_reason.setdefault(item.reason, []).append(item.title)
    if not by_reason:
        return None
    items = [
        Bullet(spans=says.line("reports.later.item", title=_titles(titles, says), reason=sentence(reason)))
        for reason, titles in list(by_reason.items())[:_MOST_REASONS]
    ]
    return Section(id="not-yet", title=says.say("reports.later.heading"), blocks=(Bullets(items=tuple(items)),))


def _titles(titles: Sequence[str], says: Phrases) -> str:
    """Join titles, the later ones within the sentence; of many, the first ones and how many more."""
    shown = [titles[0], *(within(title) for title in titles[1:_MOST_TITLES])]
    if more := len(titles) - len(shown):
        shown.append(says.say("reports.later.more", count=more))
    joined = shown[0]
    for title in shown[1:-1]:
        joined = says.say("reports.later.between", first=joined, next=title)
    return joined if len(shown) == 1 else says.say("reports.later.last", first=joined, last=shown[-1])


def _to_ask(report: Report, says: Phrases) -> Section | None:
    """Group what is not known by who would know it, the one with the most to tell first."""
    asked: dict[str, list[CriterionReport]] = {}
    for finding in report.unknown:
        asked.setdefault(finding.who_knows or "", []).append(finding)
    if not asked:
        return None
    items = [
        Bullet(spans=says.line("reports.ask.item", who=capital(who), points=says.joined([to_finding(finding) for finding in findings])))
        for who, findings in sorted(asked.items(), key=lambda one: -len(one[1]))
    ]
    return Section(id="asks", title=says.say("reports.ask.heading"), blocks=(Bullets(items=tuple(items)),))
