"""Each gap told in a few sentences out of authored patterns."""

from collections import Counter
from collections.abc import Sequence

from app.audit.grammar import capital, sentence
from app.audit.methodology import Methodology
from app.audit.patterns import PatternKind, Patterns
from app.audit.told.facts import Facts, Point
from app.audit.told.findings import GapSentence, Slot
from app.audit.words import Words


class _PatternsInTurn:
    """Hands out patterns of a kind in turn, so that none comes twice before all have come once."""

    def __init__(self, patterns: Patterns, start: int) -> None:
        self._patterns = patterns
        self._start = start
        self._used: Counter[PatternKind] = Counter()

    def fill(self, kind: PatternKind, **values: str | int) -> str:
        of_kind = self._patterns[kind]
        pattern = of_kind[(self._start + self._used[kind]) % len(of_kind)]
        self._used[kind] += 1
        return capital(pattern.format(**values))


def tell(facts: Sequence[Facts], methodology: Methodology, audit_id: str) -> dict[str, tuple[GapSentence, ...]]:
    """Tell each gap in authored sentences; another audit begins with other patterns, the same one always with the same."""
    chosen, words = _PatternsInTurn(methodology.prose, sum(audit_id.encode())), methodology.words
    return {one.gap: tuple(GapSentence(slot=slot, text=text) for slot, text in _sentences(one, chosen, words).items()) for one in facts}


def _sentences(facts: Facts, patterns: _PatternsInTurn, words: Words) -> dict[Slot, str]:
    told: dict[Slot, str] = {}
    if facts.score:
        told["standing"] = patterns.fill("standing", gap=facts.name, score=facts.score, place=facts.place)
    else:
        told["standing"] = patterns.fill("unscored", gap=facts.name)
    if facts.strong:
        told["strength"] = _strength(facts.strong, patterns, words)
    if facts.weak:
        told["weakness"] = _weakness(facts.weak, patterns, words)
    if facts.unknown:
        told["unknown"] = _unknown(facts.unknown, patterns, words)
    if facts.task:
        told["next"] = patterns.fill("next", task=facts.task, sprint=facts.sprint)
    return told


def _strength(strong: Sequence[Point], patterns: _PatternsInTurn, words: Words) -> str:
    if len(strong) > 1:
        return patterns.fill("strength_many", names=_names(strong, words))
    return patterns.fill("strength_one", name=strong[0].name, statement=strong[0].statement)


def _weakness(weak: Sequence[Point], patterns: _PatternsInTurn, words: Words) -> str:
    worst, *others = weak
    said = patterns.fill("said", quote=worst.quote, turn=worst.turn) if worst.quote else ""
    values = {"name": worst.name, "statement": worst.statement, "said": _ended(said)}
    if not others:
        return patterns.fill("weakness_one", **values)
    return patterns.fill("weakness_many", more=_names(others, words), **values)


def _ended(said: str) -> str:
    """End a sentence that ends with a quote: with the quote's own mark, else with a full stop."""
    if said.endswith("”"):
        return said if said[-2] in ".!?…" else f"{said}."
    return sentence(said) if said else ""


def _unknown(unknown: Sequence[Point], patterns: _PatternsInTurn, words: Words) -> str:
    if len(unknown) > 1:
        return patterns.fill("unknown_many", names=_names(unknown, words))
    point = unknown[0]
    return patterns.fill("unknown_one", name=point.name, Name=capital(point.name), who=point.who)


def _names(points: Sequence[Point], words: Words) -> str:
    return words.listed([point.name for point in points])
