"""From ratings to what the report shows of each criterion and gap."""

from collections.abc import Mapping

from app.audit.ledger.evidence import Entry, Rating
from app.audit.methodology import Methodology
from app.audit.rubric import Criterion, Gap
from app.audit.score.levers import Lever, levers
from app.audit.score.scoring import GapScore, Score
from app.audit.told.findings import CriterionReport, GapReport, PersonStatement, Quote
from app.audit.words import Words


def gap_reports(methodology: Methodology, ratings: Mapping[str, Rating], result: Score) -> tuple[GapReport, ...]:
    """Report on every gap, in the order of the rubric; they are not told in sentences yet."""
    lever_of = {lever.criterion: lever for lever in levers(methodology.rubric, ratings)}
    return tuple(
        _gap(gap, scored, tuple(_criterion(methodology, c, ratings[c.id], lever_of.get(c.id)) for c in gap.criteria))
        for gap, scored in zip(methodology.rubric.gaps, result.gaps, strict=True)
    )


def _gap(gap: Gap, scored: GapScore, findings: tuple[CriterionReport, ...]) -> GapReport:
    return GapReport(
        gap=gap.id,
        name=gap.name,
        title=gap.title,
        summary=gap.summary,
        score=scored.score.value,
        low=scored.score.low,
        high=scored.score.high,
        known=scored.known,
        total=scored.total,
        findings=findings,
    )


def _criterion(methodology: Methodology, criterion: Criterion, rating: Rating, lever: Lever | None) -> CriterionReport:
    words, is_open = methodology.words, rating.level is None and rating.standing != "not_applicable"
    return CriterionReport(
        criterion=criterion.id,
        name=criterion.name,
        core=criterion.core,
        question=criterion.question,
        standing=rating.standing,
        level=rating.level,
        level_name=None if rating.level is None else words.many("score.levels")[rating.level],
        statement=_statement(rating, criterion, words),
        confidence=rating.confidence,
        grade=rating.grade,
        note=rating.note,
        quotes=tuple(map(_quote, rating.quotes)),
        corrected=tuple(map(_quote, rating.history)),
        statements=tuple(_of_person(one, criterion, words, counts=one.who == rating.who) for one in rating.statements),
        lever=lever,
        passages=methodology.passages_of[criterion.id],
        who_knows=criterion.knows if is_open else None,
    )


def _of_person(statement: Rating, criterion: Criterion, words: Words, *, counts: bool) -> PersonStatement:
    return PersonStatement(
        who=statement.who,
        level=statement.level,
        statement=_statement(statement, criterion, words),
        grade=statement.grade,
        quotes=tuple(map(_quote, statement.quotes)),
        counts=counts,
    )


def _quote(entry: Entry) -> Quote:
    return Quote(text=entry.quote, turn=entry.turn, who=entry.who, read_by=entry.read_by, said_on=entry.carried_from)


def _statement(rating: Rating, criterion: Criterion, words: Words) -> str:
    """Return the words of a level, or why there is none."""
    if rating.level is not None:
        return criterion.levels[rating.level]
    if rating.standing == "not_applicable" and rating.note:
        return words.say("told.statement.does_not_apply_because", why=rating.note)
    return words.say("told.statement.not_rated", standing=rating.standing)
