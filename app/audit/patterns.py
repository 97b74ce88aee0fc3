"""The authored patterns that the report tells of a gap in: which kinds there are, and what each may name."""

from collections.abc import Mapping
from typing import Literal

PatternKind = Literal[
    "standing", "unscored", "strength_one", "strength_many", "weakness_one", "weakness_many", "said", "unknown_one", "unknown_many", "next"
]
Patterns = Mapping[PatternKind, tuple[str, ...]]
"""Of each kind at least as many as there are gaps."""
FIELDS: Mapping[PatternKind, frozenset[str]] = {
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
