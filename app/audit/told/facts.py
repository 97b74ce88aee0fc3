"""What can be told of a gap: its place, what stands, what does not, what is open, and the plan's first task for it."""

from collections.abc import Mapping, Sequence

from app.audit.grammar import within
from app.audit.ledger.evidence import RESPONDENT
from app.audit.model import Value
from app.audit.plan.roadmap import Roadmap
from app.audit.rubric import READY_LEVEL
from app.audit.told.findings import CriterionReport, GapReport
from app.audit.words import Words

LONGEST_QUOTE = 160
"""Characters of a quote that is told in a sentence; a longer one stands with its rating only."""


class Point(Value):
    """One criterion as a fact of its gap."""

    name: str
    statement: str
    quote: str = ""
    turn: int = 0
    who: str = ""
    """Whom to ask, for what is not known."""


class Facts(Value):
    """All that the sentences on one gap may say."""

    gap: str
    name: str
    score: str
    place: str
    strong: tuple[Point, ...]
    weak: tuple[Point, ...]
    """The furthest from ready first."""
    unknown: tuple[Point, ...]
    task: str = ""
    sprint: int = 0
    text: str = ""
    """The facts as lines: what a model words them from, and what its sentences are held against."""


def facts_of(gaps: Sequence[GapReport], roadmap: Roadmap, words: Words) -> tuple[Facts, ...]:
    """Gather the facts of each gap that applies."""
    scores = {gap.gap: round(gap.score) for gap in gaps if gap.score is not None}
    names = {gap.gap: within(gap.name) for gap in gaps}
    made = (_facts(gap, scores, names, roadmap, words) for gap in gaps if gap.total)
    return tuple(facts.model_copy(update={"text": _text(facts, words)}) for facts in made)


def _facts(gap: GapReport, scores: Mapping[str, int], names: Mapping[str, str], roadmap: Roadmap, words: Words) -> Facts:
    known = [(finding.level, finding) for finding in gap.findings if finding.level is not None]
    weak = sorted((one for one in known if one[0] < READY_LEVEL), key=lambda one: (one[0], not one[1].core))
    task, sprint = _first_task(gap, roadmap)
    return Facts(
        gap=gap.gap,
        name=names[gap.gap],
        score=str(scores[gap.gap]) if gap.gap in scores else "",
        place=_place(gap.gap, scores, names, words) if gap.gap in scores else "",
        strong=tuple(_point(finding) for level, finding in known if level >= READY_LEVEL),
        weak=tuple(_point(finding) for _, finding in weak),
        unknown=tuple(_point(finding) for finding in gap.findings if finding.who_knows),
        task=task,
        sprint=sprint,
    )


def _first_task(gap: GapReport, roadmap: Roadmap) -> tuple[str, int]:
    """Return the title and sprint of the plan's first work on a gap; nothing and 0 where there is none."""
    criteria = {finding.criterion for finding in gap.findings}
    work = ((task, sprint.number) for sprint in roadmap.sprints for task in sprint.tasks if task.to_level is not None)
    return next(((task.title, number) for task, number in work if task.criterion in criteria), ("", 0))


def _place(gap: str, scores: Mapping[str, int], names: Mapping[str, str], words: Words) -> str:
    """Say where a gap stands among the others, in words that fit behind its score."""
    places = words.many("told.place.of_five")
    if same := [names[other] for other, score in scores.items() if other != gap and score == scores[gap]]:
        return (
            words.say("told.place.same_as_all") if len(same) == len(places) - 1 else words.say("told.place.same", names=words.listed(same))
        )
    lower, scored = sum(score < scores[gap] for score in scores.values()), len(scores)
    if scored == len(places):
        return places[lower]
    if scored == 1:
        return words.say("told.place.alone")
    if lower == 0:
        return words.say("told.place.lowest", scored=str(scored))
    return words.say("told.place.highest" if lower == scored - 1 else "told.place.middle", scored=str(scored))


def _point(finding: CriterionReport) -> Point:
    name, statement = within(finding.name), within(finding.statement.rstrip("."))
    spoken = [quote for quote in finding.quotes if quote.read_by not in ("tap", "probe") and not quote.said_on]
    told = next((quote for quote in spoken if len(quote.text) <= LONGEST_QUOTE), None)
    if finding.who_knows:
        return Point(name=name, statement=statement, who=finding.who_knows)
    if told is None or finding.quotes[0].read_by == "stated" or any(quote.who != RESPONDENT for quote in spoken):
        return Point(name=name, statement=statement)
    return Point(name=name, statement=statement, quote=" ".join(told.text.split()), turn=told.turn)


def _text(facts: Facts, words: Words) -> str:
    say = words.say
    scored = say("told.facts.score", score=facts.score, place=facts.place) if facts.score else say("told.facts.no_score")
    lines = [say("told.facts.gap", name=facts.name), scored]
    lines += [say("told.facts.strong", point=_line(point, words)) for point in facts.strong]
    lines += [say("told.facts.weak", point=_line(point, words)) for point in facts.weak]
    lines += [say("told.facts.unknown", point=_line(point, words)) for point in facts.unknown]
    if facts.task:
        lines += [say("told.facts.task", task=facts.task, sprint=facts.sprint)]
    return "\n".join(lines)


def _line(point: Point, words: Words) -> str:
    if point.who:
        return words.say("told.facts.point_unknown", name=point.name, who=point.who)
    if point.quote:
        return words.say("told.facts.point_quoted", name=point.name, statement=point.statement, turn=point.turn, quote=point.quote)
    return words.say("told.facts.point", name=point.name, statement=point.statement)
