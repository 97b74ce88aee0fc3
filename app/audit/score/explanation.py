"""How a score came about, line by line, so that anybody can work it out again by hand."""

from collections.abc import Mapping, Sequence

from app.audit.grammar import written
from app.audit.ledger.evidence import SETTLING, Entry, Rating, ReadBy, level_of, rate
from app.audit.rubric import LEVEL_NAMES, TOP_LEVEL, Criterion, Gap, Rubric
from app.audit.score.scoring import POINTS_PER_LEVEL, Score, score

OVERALL = "overall"
_READ_BY: Mapping[ReadBy, str] = {
    "encoder": "read from the words",
    "model": "read by the language model beside the embedded one",
    "tap": "tapped",
    "probe": "a yes or no to a question",
    "stated": "chosen by whoever said it",
}
_OPEN: Mapping[str, str] = {
    "open": "was not asked yet",
    "unknown": "is not known",
    "skipped": "was skipped",
    "bare": "was claimed without a detail to rate it by",
    "not_applicable": "does not apply",
}


def explain(target: str, ledger: Sequence[Entry], rubric: Rubric) -> tuple[str, ...]:
    """Explain a criterion, a gap or the overall score.

    Raises:
        KeyError: `target` is none of them.
    """
    ratings = rate(ledger, rubric)
    result = score(rubric, ratings)
    if target == OVERALL:
        return tuple(_overall(rubric, result))
    if target in rubric.criteria:
        return tuple(_criterion(rubric.criteria[target], ratings, rubric, result))
    return tuple(_gap(rubric.gap(target), ratings, result))


def _number(value: float) -> str:
    """Write a number to two decimals, without a tail of noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _criterion(criterion: Criterion, ratings: Mapping[str, Rating], rubric: Rubric, result: Score) -> list[str]:
    rating = ratings[criterion.id]
    lines = [f"{criterion.name} ({criterion.id})"]
    for entry in rating.history:
        lines += [f"Replaced, counts no longer: turn {entry.turn}, {entry.who}: “{entry.quote}”"]
    for account in rating.statements:
        lines += [_account(account, counts=account.who == rating.who)]
    if rating.statements:
        lines += [f"Several people spoke on it: {SETTLING}"]
    for entry in rating.quotes:
        lines += _entry(entry)
    if rating.level is None:
        why = f": {rating.note}" if rating.note else ""
        lines += [f"It {_OPEN[rating.standing]}{why}", f"It leaves the mean, with its weight of {criterion.weight}"]
    else:
        points = POINTS_PER_LEVEL * rating.level
        core = " as the core criterion" if criterion.core else ""
        lines += [
            f"Level {rating.level}, {LEVEL_NAMES[rating.level]}: {criterion.levels[rating.level]}",
            f"{rating.level} × {POINTS_PER_LEVEL} = {points} points, with weight {criterion.weight}{core}",
        ]
    return [*lines, "", *_gap(rubric.gap(criterion.gap), ratings, result)]


def _account(account: Rating, *, counts: bool) -> str:
    says = f"level {account.level}, {account.grade}" if account.level is not None else _OPEN[account.standing]
    return f"{account.who}: {says}{'; this counts' if counts else ''}"


def _entry(entry: Entry) -> list[str]:
    """Say what one entry holds and how its level follows."""
    when = f"Turn {entry.turn}" if entry.carried_from is None else f"The audit of {written(entry.carried_from)}"
    lines = [f"{when}, {entry.who}, {_READ_BY[entry.read_by]}: “{entry.quote}”"]
    if entry.distribution is not None:
        chances = ", ".join(f"level {level} {chance:.3f}" for level, chance in enumerate(entry.distribution))
        lines += [f"  Chances: {chances}", f"  {_median(entry.distribution)}"]
    elif entry.level is not None:
        lines += [f"  Level {entry.level}, as chosen"]
    if entry.note and entry.standing == "rated":
        bounded = "  Ceiling, with the chances above it moved onto it" if entry.distribution is not None else "  Noted"
        lines += [f"{bounded}: {entry.note}"]
    return lines


def _median(chances: Sequence[float]) -> str:
    """Write the sum out that makes a level the middle one."""
    level = level_of(chances)
    parts = " + ".join(f"{chance:.3f}" for chance in chances[: level + 1])
    total = sum(chances[: level + 1])
    return f"The level is the first at which the chances add up to half: {parts} = {total:.3f}, so level {level}"


def _gap(gap: Gap, ratings: Mapping[str, Rating], result: Score) -> list[str]:
    found = next(one for one in result.gaps if one.gap == gap.id)
    lines = [f"{gap.name} ({gap.id}): {found.known} of {found.total} known"]
    for criterion in gap.criteria:
        rating = ratings[criterion.id]
        stands = (
            _OPEN[rating.standing] if rating.level is None else f"{rating.level} × {POINTS_PER_LEVEL} = {POINTS_PER_LEVEL * rating.level}"
        )
        lines += [f"  {criterion.id}, weight {criterion.weight}: {stands}"]
    if not found.total:
        return [*lines, "None of its criteria applies, so it has no score."]
    if found.score.value is None:
        lines += ["Nothing is known yet, so it has no score."]
    else:
        known = [(POINTS_PER_LEVEL * (ratings[c.id].level or 0), c.weight) for c in gap.criteria if ratings[c.id].known]
        lines += [f"Score: {_mean(known)} = {_number(found.score.value)}"]
    if found.known < found.total:
        for end, level, value in (("lowest", 0, found.score.low), ("highest", TOP_LEVEL, found.score.high)):
            applies = [c for c in gap.criteria if ratings[c.id].standing != "not_applicable"]
            pairs = [(POINTS_PER_LEVEL * (level if (own := ratings[c.id].level) is None else own), c.weight) for c in applies]
            lines += [f"At the {end}, with every unknown at level {level}: {_mean(pairs)} = {_number(value)}"]
    return lines


def _mean(pairs: Sequence[tuple[float, int]]) -> str:
    """Write a weighted mean out."""
    return f"({' + '.join(f'{_number(points)} × {weight}' for points, weight in pairs)}) ÷ {sum(weight for _, weight in pairs)}"


def _overall(rubric: Rubric, result: Score) -> list[str]:
    lines = [f"Overall: {result.known} of {result.total} criteria known"]
    for found in result.gaps:
        unscored = "not known yet" if found.total else "does not apply"
        lines += [f"  {rubric.gap(found.gap).name} ({found.gap}): {unscored if found.score.value is None else _number(found.score.value)}"]
    if not result.total:
        return [*lines, "None of the criteria applies, so there is no score."]
    if result.overall.value is None:
        lines += ["Nothing is known yet, so there is no score."]
    else:
        values = [found.score.value for found in result.gaps if found.score.value is not None]
        lines += [f"Score: {_plain_mean(values)} = {_number(result.overall.value)}"]
    if result.known < result.total:
        counted = [found.score for found in result.gaps if found.total]
        lines += [f"At the lowest, with every unknown at level 0: {_plain_mean([s.low for s in counted])} = {_number(result.overall.low)}"]
        high = _plain_mean([s.high for s in counted])
        lines += [f"At the highest, with every unknown at level {TOP_LEVEL}: {high} = {_number(result.overall.high)}"]
    noes = sum(line.answer == "no" for line in result.checklist)
    return [*lines, f"Checklist: {noes} no. Band: {result.band}"]


def _plain_mean(values: Sequence[float]) -> str:
    """Write the mean of the gaps out."""
    return f"({' + '.join(map(_number, values))}) ÷ {len(values)}"
