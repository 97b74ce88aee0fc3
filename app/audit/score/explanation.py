"""How a score came about, line by line, so that anybody can work it out again by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.audit.ledger.evidence import Entry, Rating, level_of, rate
from app.audit.methodology import Methodology
from app.audit.rubric import TOP_LEVEL, Criterion, Gap, Rubric
from app.audit.score.scoring import POINTS_PER_LEVEL, Range, Score, points_of, score
from app.audit.words import Words

OVERALL = "overall"


def explain(target: str, ledger: Sequence[Entry], methodology: Methodology) -> tuple[str, ...]:
    """Explain a criterion, a gap or the overall score.

    Raises:
        KeyError: `target` is none of them.
    """
    rubric = methodology.rubric
    ratings = rate(ledger, rubric)
    explanation = _Explanation(rubric, ratings, score(rubric, ratings), methodology.words)
    if target == OVERALL:
        return tuple(explanation.overall())
    if target in rubric.criteria:
        return tuple(explanation.criterion(rubric.criteria[target]))
    return tuple(explanation.gap(rubric.gap(target)))


@dataclass(frozen=True)
class _Explanation:
    """One audit's ratings and score, told in lines."""

    rubric: Rubric
    ratings: Mapping[str, Rating]
    result: Score
    words: Words

    def criterion(self, criterion: Criterion) -> list[str]:
        """Say what was said on a criterion, what it counts for, and then how its gap comes out."""
        rating, say = self.ratings[criterion.id], self.words.say
        lines = [say("score.criterion.heading", name=criterion.name, id=criterion.id)]
        lines += [say("score.criterion.replaced", turn=entry.turn, who=entry.who, quote=entry.quote) for entry in rating.history]
        lines += [self._statement(one, counts=one.who == rating.who) for one in rating.statements]
        if rating.statements:
            lines += [say("score.criterion.settling", rule=say("ledger.settling"))]
        lines += [line for entry in rating.quotes for line in self._entry(entry)]
        lines += self._counts_for(criterion, rating)
        return [*lines, "", *self.gap(self.rubric.gap(criterion.gap))]

    def gap(self, gap: Gap) -> list[str]:
        """Say what each criterion of a gap counts for, and write the mean out."""
        say, found = self.words.say, next(one for one in self.result.gaps if one.gap == gap.id)
        lines = [say("score.gap.heading", name=gap.name, id=gap.id, known=found.known, total=found.total)]
        lines += [say("score.gap.criterion", id=c.id, weight=c.weight, stands=self._stands(self.ratings[c.id])) for c in gap.criteria]
        if not found.total:
            return [*lines, say("score.gap.nothing_applies")]
        if found.score.value is None:
            lines += [say("score.gap.nothing_known")]
        sums = [self._weighed(points_of(gap, self.ratings, unknown_at=level)) for level in (None, 0, TOP_LEVEL)]
        return [*lines, *self._sums(found.score, sums, open_=found.known < found.total)]

    def overall(self) -> list[str]:
        """Say what each gap comes to, write their mean out, and name the band."""
        say, result = self.words.say, self.result
        lines = [say("score.overall.heading", known=result.known, total=result.total)]
        for found in result.gaps:
            unscored = say("score.overall.gap_not_known") if found.total else say("score.overall.gap_does_not_apply")
            stands = unscored if found.score.value is None else self._number(found.score.value)
            lines += [say("score.overall.gap", name=self.rubric.gap(found.gap).name, id=found.gap, stands=stands)]
        if not result.total:
            return [*lines, say("score.overall.nothing_applies")]
        if result.overall.value is None:
            lines += [say("score.overall.nothing_known")]
        scores = [found.score for found in result.gaps if found.total]
        values = [one.value for one in scores if one.value is not None]
        sums = [self._mean(values), self._mean([one.low for one in scores]), self._mean([one.high for one in scores])]
        lines += self._sums(result.overall, sums, open_=result.known < result.total)
        return [*lines, say("score.overall.checklist", noes=result.noes, band=say("score.band", band=result.band))]

    def _counts_for(self, criterion: Criterion, rating: Rating) -> list[str]:
        """Say what a rating adds to its gap, or that it leaves the mean."""
        say = self.words.say
        if rating.level is None:
            standing = say("score.not_rated", standing=rating.standing)
            why = say("score.criterion.not_rated_because", standing=standing, why=rating.note)
            return [
                why if rating.note else say("score.criterion.not_rated", standing=standing),
                say("score.criterion.leaves", weight=criterion.weight),
            ]
        level, points, weight = rating.level, POINTS_PER_LEVEL * rating.level, criterion.weight
        sum_ = {"level": level, "worth": POINTS_PER_LEVEL, "points": points, "weight": weight}
        return [
            say("score.criterion.level", level=level, name=self.words.many("score.levels")[level], statement=criterion.levels[level]),
            say("score.criterion.core_points", **sum_) if criterion.core else say("score.criterion.points", **sum_),
        ]

    def _statement(self, statement: Rating, *, counts: bool) -> str:
        """Say what one of several people puts a criterion at."""
        say = self.words.say
        if statement.level is None or statement.grade is None:
            says = say("score.not_rated", standing=statement.standing)
        else:
            says = say("score.statement.rated", level=statement.level, grade=statement.grade)
        return say("score.statement.counts" if counts else "score.statement.other", who=statement.who, says=says)

    def _entry(self, entry: Entry) -> list[str]:
        """Say what one entry holds and how its level follows."""
        say = self.words.say
        by = {"who": entry.who, "read_by": say("score.read_by", by=entry.read_by), "quote": entry.quote}
        if entry.carried_from is None:
            lines = [say("score.entry.now", turn=entry.turn, **by)]
        else:
            lines = [say("score.entry.before", on=entry.carried_from, **by)]
        if entry.distribution is not None:
            chances = [say("score.entry.chance", level=n, chance=self._chance(chance)) for n, chance in enumerate(entry.distribution)]
            lines += [say("score.entry.chances", chances=", ".join(chances)), self._median(entry.distribution)]
        elif entry.level is not None:
            lines += [say("score.entry.chosen", level=entry.level)]
        if entry.note and entry.standing == "rated":
            lines += [say("score.entry.ceiling" if entry.distribution is not None else "score.entry.noted", note=entry.note)]
        return lines

    def _median(self, chances: Sequence[float]) -> str:
        """Write the sum out that makes a level the middle one."""
        level = level_of(chances)
        added = chances[: level + 1]
        return self.words.say("score.entry.median", sum=" + ".join(map(self._chance, added)), total=self._chance(sum(added)), level=level)

    def _stands(self, rating: Rating) -> str:
        if rating.level is None:
            return self.words.say("score.not_rated", standing=rating.standing)
        return self.words.say("score.gap.points", level=rating.level, worth=POINTS_PER_LEVEL, points=POINTS_PER_LEVEL * rating.level)

    def _sums(self, scored: Range, sums: Sequence[str], *, open_: bool) -> list[str]:
        """Write out what makes a score, and where something is not known, its lowest and highest."""
        known, low, high = sums
        lines = [] if scored.value is None else [self.words.say("score.sum.score", sum=known, value=self._number(scored.value))]
        if open_:
            lines += [self.words.say("score.sum.lowest", level=0, sum=low, value=self._number(scored.low))]
            lines += [self.words.say("score.sum.highest", level=TOP_LEVEL, sum=high, value=self._number(scored.high))]
        return lines

    def _weighed(self, pairs: Sequence[tuple[float, int]]) -> str:
        """Write a weighted mean out."""
        return f"({' + '.join(f'{self._number(points)} × {weight}' for points, weight in pairs)}) ÷ {sum(weight for _, weight in pairs)}"

    def _mean(self, values: Sequence[float]) -> str:
        """Write the mean of the gaps out."""
        return f"({' + '.join(map(self._number, values))}) ÷ {len(values)}"

    def _number(self, value: float) -> str:
        """Write a number to two decimals, without a tail of noughts."""
        return self.words.say("score.number", n=value)

    def _chance(self, value: float) -> str:
        return self.words.say("score.chance", chance=value)
