"""Each gap told in a few sentences out of authored patterns, and the facts that these sentences tell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from app.audit.grammar import capital, listed, sentence, within
from app.audit.ledger.evidence import RESPONDENT
from app.audit.model import Value
from app.audit.plan.roadmap import Roadmap
from app.audit.rubric import READY_LEVEL
from app.audit.told.findings import CriterionReport, GapReport, Sentence, Slot

Kind = Literal[
    "standing", "unscored", "strength_one", "strength_many", "weakness_one", "weakness_many", "said", "unknown_one", "unknown_many", "next"
]
Patterns = Mapping[Kind, tuple[str, ...]]
"""Of each kind at least as many as there are gaps."""
FIELDS: Mapping[Kind, frozenset[str]] = {
    "standing": frozenset({"gap", "score", "place"}),
    "unscored": frozenset({"gap"}),
    "strength_one": frozenset({"name", "statement"}),
    "strength_many": frozenset({"names"}),
    "weakness_one": frozenset({"name", "statement", "said"}),
    "weakness_many": frozenset({"name", "statement", "said", "more"}),
    "said": frozenset({"quote", "turn"}),
    "unknown_one": frozenset({"name", "Name", "who"}),
    "unknown_many": frozenset({"names"}),
    "next": frozenset({"task", "sprint"}),
}
"""What a pattern of each kind may name."""
LONGEST_QUOTE = 160
"""Characters of a quote that is told in a sentence; a longer one stands with its rating only."""
_PLACES = (
    "the weakest of the five",
    "the second weakest of the five",
    "in the middle of the five",
    "the second strongest of the five",
    "the strongest of the five",
)


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

    @property
    def text(self) -> str:
        """The facts as text: what a model words them from, and what its sentences are held against."""
        lines = [f"Gap: {self.name}", f"Score: {self.score} of 100, {self.place}" if self.score else "Score: none, nothing is known"]
        for head, points in (("Ready", self.strong), ("Not ready, the worst first", self.weak), ("Not known", self.unknown)):
            lines += [f"{head}: {_line(point)}" for point in points]
        return "\n".join([*lines, *([f"First task of the plan: {self.task}, in sprint {self.sprint}"] if self.task else [])])


def _line(point: Point) -> str:
    said = f" (turn {point.turn}: “{point.quote}”)" if point.quote else ""
    return f"{point.name}: {point.statement}{said}" if not point.who else f"{point.name}; the {point.who} would know"


def facts_of(gaps: Sequence[GapReport], roadmap: Roadmap) -> tuple[Facts, ...]:
    """Gather the facts of each gap that applies."""
    scores = {gap.gap: round(gap.score) for gap in gaps if gap.score is not None}
    return tuple(_facts(gap, scores, {g.gap: within(g.name) for g in gaps}, roadmap) for gap in gaps if gap.total)


def _facts(gap: GapReport, scores: Mapping[str, int], names: Mapping[str, str], roadmap: Roadmap) -> Facts:
    known = [finding for finding in gap.findings if finding.level is not None]
    weak = sorted((f for f in known if (f.level or 0) < READY_LEVEL), key=lambda f: (f.level or 0, not f.core))
    tasks = ((task, sprint.number) for sprint in roadmap.sprints for task in sprint.tasks if task.to_level is not None)
    task, sprint = next(((t.title, n) for t, n in tasks if t.criterion in {f.criterion for f in gap.findings}), ("", 0))
    return Facts(
        gap=gap.gap,
        name=within(gap.name),
        score=str(scores[gap.gap]) if gap.gap in scores else "",
        place=_place(gap.gap, scores, names) if gap.gap in scores else "",
        strong=tuple(_point(f) for f in known if (f.level or 0) >= READY_LEVEL),
        weak=tuple(map(_point, weak)),
        unknown=tuple(_point(f) for f in gap.findings if f.who_knows),
        task=task,
        sprint=sprint,
    )


def _place(gap: str, scores: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Say where a gap stands among the others, in words that fit behind its score."""
    if same := [names[other] for other, score in scores.items() if other != gap and score == scores[gap]]:
        return f"the same as {listed(same)}" if len(same) < len(_PLACES) - 1 else "the same as all the others"
    lower, scored = sum(score < scores[gap] for score in scores.values()), len(scores)
    if scored == len(_PLACES):
        return _PLACES[lower]
    if scored == 1:
        return "the only one that can be scored yet"
    end = "the lowest" if lower == 0 else "the highest" if lower == scored - 1 else "in the middle"
    return f"{end} of the {('two', 'three', 'four')[scored - 2]} that can be scored yet"


def _point(finding: CriterionReport) -> Point:
    spoken = [
        quote
        for quote in finding.quotes
        if quote.read_by not in ("tap", "probe") and not quote.said_on and len(quote.text) <= LONGEST_QUOTE
    ]
    statement = within(finding.statement.rstrip("."))
    name, who = within(finding.name), finding.who_knows or ""
    if who or not spoken or finding.quotes[0].read_by == "stated" or any(q.who != RESPONDENT for q in spoken):
        return Point(name=name, statement=statement, who=who)
    return Point(name=name, statement=statement, quote=" ".join(spoken[0].text.split()), turn=spoken[0].turn)


class _Patterns:
    """Hands out patterns of a kind in turn, so that none comes twice before all have come once."""

    def __init__(self, patterns: Patterns, start: int) -> None:
        self._patterns = patterns
        self._start = start
        self._used: Counter[Kind] = Counter()

    def fill(self, kind: Kind, **values: object) -> str:
        of_kind = self._patterns[kind]
        pattern = of_kind[(self._start + self._used[kind]) % len(of_kind)]
        self._used[kind] += 1
        return capital(pattern.format(**values))


def tell(facts: Sequence[Facts], patterns: Patterns, audit_id: str) -> dict[str, tuple[Sentence, ...]]:
    """Tell each gap in authored sentences; another audit begins with other patterns, the same one always with the same."""
    chosen = _Patterns(patterns, sum(audit_id.encode()))
    return {one.gap: tuple(Sentence(slot=slot, text=text) for slot, text in _sentences(one, chosen).items()) for one in facts}


def _sentences(facts: Facts, patterns: _Patterns) -> dict[Slot, str]:
    told: dict[Slot, str] = {}
    if facts.score:
        told["standing"] = patterns.fill("standing", gap=facts.name, score=facts.score, place=facts.place)
    else:
        told["standing"] = patterns.fill("unscored", gap=facts.name)
    if facts.strong:
        told["strength"] = _strength(facts.strong, patterns)
    if facts.weak:
        told["weakness"] = _weakness(facts.weak, patterns)
    if facts.unknown:
        told["unknown"] = _unknown(facts.unknown, patterns)
    if facts.task:
        told["next"] = patterns.fill("next", task=facts.task, sprint=facts.sprint)
    return told


def _strength(strong: Sequence[Point], patterns: _Patterns) -> str:
    if len(strong) > 1:
        return patterns.fill("strength_many", names=listed([point.name for point in strong]))
    return patterns.fill("strength_one", name=strong[0].name, statement=strong[0].statement)


def _weakness(weak: Sequence[Point], patterns: _Patterns) -> str:
    worst, *others = weak
    said = patterns.fill("said", quote=worst.quote, turn=worst.turn) if worst.quote else ""
    values = {"name": worst.name, "statement": worst.statement, "said": _ended(said)}
    if not others:
        return patterns.fill("weakness_one", **values)
    return patterns.fill("weakness_many", more=listed([point.name for point in others]), **values)


def _ended(said: str) -> str:
    """End a sentence that ends with a quote: with the quote's own mark, else with a full stop."""
    if said.endswith("”"):
        return said if said[-2] in ".!?…" else f"{said}."
    return sentence(said) if said else ""


def _unknown(unknown: Sequence[Point], patterns: _Patterns) -> str:
    if len(unknown) > 1:
        return patterns.fill("unknown_many", names=listed([point.name for point in unknown]))
    point = unknown[0]
    return patterns.fill("unknown_one", name=point.name, Name=capital(point.name), who=point.who)
