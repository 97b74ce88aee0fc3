"""What became of a project since an earlier audit of it."""

from app.audit.again.comparison import Change, Comparison, Moved, WorkOutcome
from app.audit.grammar import capital, sentence, within
from app.audit.told.report import Report
from app.reports.before_after import before_after, scores_told
from app.reports.blocks import AnswerLine, Block, Checklist, Heading, Paragraph, Picture, Row, Section, Table
from app.reports.phrases import Phrases
from app.reports.spans import Link, Text

_ORDER: tuple[Change, ...] = ("fell", "lost", "rose", "settled")
"""What moved, the worst first."""


def since(report: Report, says: Phrases) -> Section | None:
    """Compare with the earlier audit, where there is one."""
    found = report.comparison
    if found is None:
        return None
    blocks: list[Block] = [
        Paragraph(spans=(Text(text=" ".join([_score(found, says), _moves(found, says), *_plan(found, says)])),)),
        Picture(name="before_after", svg=before_after(found, says), told=scores_told(found, says)),
    ]
    if found.moved:
        blocks += [Heading(level=2, spans=says.line("reports.since.moved")), _moved(found, says)]
    if found.work:
        blocks += [Heading(level=2, spans=says.line("reports.since.plan")), _work(found, says)]
    heading = says.say("reports.since.heading")
    return Section(id="since", title=heading, short=heading, blocks=tuple(blocks))


def _score(found: Comparison, says: Phrases) -> str:
    before, now, day = found.overall.before.value, found.overall.now.value, says.day(found.since)
    if before is None and now is None:
        return says.say("reports.since.last_was", day=day)
    if before is None or now is None:
        return says.say("reports.since.one_score", day=day)
    if round(before) == round(now):
        return says.say("reports.since.same", day=day, now=now)
    return says.say("reports.since.changed", day=day, way="rose" if now > before else "fell", before=before, now=now)


def _moves(found: Comparison, says: Phrases) -> str:
    count = {change: sum(one.change == change for one in found.moved) for change in _ORDER}
    told = []
    if rose := count["rose"]:
        told.append(says.say("reports.since.rose", count=rose))
    if fell := count["fell"]:
        told.append(says.say("reports.since.fell_too", count=fell) if rose else says.say("reports.since.fell", count=fell))
    if settled := count["settled"]:
        told.append(says.say("reports.since.settled", count=settled))
    if lost := count["lost"]:
        told.append(says.say("reports.since.lost", count=lost))
    if not told:
        return says.say("reports.since.nothing_moved")
    moves = says.listed(told)
    if found.unchanged:
        return says.say("reports.since.moves_and_stays", moves=moves, count=found.unchanged)
    return says.say("reports.since.moves", moves=moves)


def _plan(found: Comparison, says: Phrases) -> list[str]:
    if not found.work:
        return []
    done = sum(one.outcome == "done" for one in found.work)
    return [says.say("reports.since.done", count=len(found.work), done=done)]


def _moved(found: Comparison, says: Phrases) -> Table:
    head = (says.say("reports.since.point"), says.say("reports.since.then"), says.say("reports.since.now"))
    rows = [_row(one, says) for one in sorted(found.moved, key=lambda one: _ORDER.index(one.change))]
    return Table(head=head, rows=tuple(rows), widths=(0.2, 0.4, 0.4))


def _row(one: Moved, says: Phrases) -> Row:
    was, stands = _level(one.before, one.was, says), _level(one.now, one.stands, says)
    return Row(cells=((Link(text=one.name, place="finding", id=one.criterion),), (Text(text=was),), (Text(text=stands),)))


def _level(level: int | None, told: str, says: Phrases) -> str:
    if level is None:
        return sentence(capital(told))
    return says.say("reports.since.level", level=level, told=sentence(within(told)))


def _work(found: Comparison, says: Phrases) -> Checklist:
    head = (says.say("reports.since.planned"), says.say("reports.since.today"))
    return Checklist(head=head, lines=tuple(_done(one.title, one.outcome, says) for one in found.work))


def _done(title: str, outcome: WorkOutcome, says: Phrases) -> AnswerLine:
    if outcome == "done":
        return AnswerLine(text=title, answer=says.say("reports.outcome.done"), state="yes")
    if outcome == "not done":
        return AnswerLine(text=title, answer=says.say("reports.outcome.not_done"), state="no")
    return AnswerLine(text=title, answer=says.say("reports.outcome.not_known"), state="unknown")
