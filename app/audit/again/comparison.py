"""Two audits of one project side by side: which ratings moved, what of the plan was done, the scores before and after."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from app.audit.again.snapshot import Planned, Snapshot, Stood
from app.audit.ledger.evidence import Rating
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.rubric import Criterion, Level
from app.audit.score.scoring import Range, Score
from app.audit.words import Words

Change = Literal["rose", "fell", "settled", "lost"]
"""`settled` was not known before and is now; `lost` was known and is not any more."""
WorkOutcome = Literal["done", "not done", "not known"]


class Moved(Value):
    """One criterion that stands elsewhere than in the earlier audit."""

    criterion: str
    name: str
    change: Change
    before: Level | None
    now: Level | None
    was: str
    """Where it stood, in words."""
    stands: str
    """Where it stands now, in words."""


class Work(Value):
    """One piece of work of the earlier plan, and what became of it."""

    title: str
    criterion: str
    sprint: int
    outcome: WorkOutcome


class Pair(Value):
    """One score before and after."""

    name: str
    before: Range
    now: Range


class Comparison(Value):
    """What became of the project since an earlier audit."""

    since: date
    overall: Pair
    gaps: tuple[Pair, ...]
    moved: tuple[Moved, ...]
    unchanged: int
    """How many criteria are known in both and stand where they stood."""
    work: tuple[Work, ...]


def compare(before: Snapshot, ratings: Mapping[str, Rating], result: Score, methodology: Methodology) -> Comparison:
    """Compare an audit with an earlier one of the same project; both scores are by the same arithmetic."""
    rubric, words = methodology.rubric, methodology.words
    moved = [found for c in rubric.criteria.values() if (found := _moved(c, before.stood.get(c.id), ratings[c.id], words))]
    levels = {c: stood.level for c, stood in before.stood.items()}
    return Comparison(
        since=before.taken_on,
        overall=Pair(name=words.say("again.overall"), before=before.overall, now=result.overall),
        gaps=tuple(
            Pair(name=rubric.gap(found.gap).name, before=before.gaps[found.gap], now=found.score)
            for found in result.gaps
            if found.gap in before.gaps
        ),
        moved=tuple(moved),
        unchanged=sum(rating.level is not None and rating.level == levels.get(c) for c, rating in ratings.items()),
        work=tuple(_outcome(one, ratings) for one in before.planned if one.criterion in ratings),
    )


def _moved(criterion: Criterion, stood: Stood | None, rating: Rating, words: Words) -> Moved | None:
    before, now = stood.level if stood else None, rating.level
    if before == now:
        return None
    change: Change = "settled" if before is None else "lost" if now is None else "rose" if now > before else "fell"
    return Moved(
        criterion=criterion.id,
        name=criterion.name,
        change=change,
        before=before,
        now=now,
        was=_where(criterion, before, stood.standing if stood else "open", words),
        stands=_where(criterion, now, rating.standing, words),
    )


def _where(criterion: Criterion, level: int | None, standing: str, words: Words) -> str:
    """Say where a criterion stands, or stood."""
    return words.say("again.not_rated", standing=standing) if level is None else criterion.levels[level]


def _outcome(planned: Planned, ratings: Mapping[str, Rating]) -> Work:
    level = ratings[planned.criterion].level
    outcome: WorkOutcome = "not known" if level is None else "done" if level >= planned.to_level else "not done"
    return Work(title=planned.title, criterion=planned.criterion, sprint=planned.sprint, outcome=outcome)
