"""Reads the patterns that the report tells of a gap in."""

from pathlib import Path
from string import Formatter
from typing import Any

from app.audit.patterns import FIELDS, PatternKind, Patterns
from app.audit.rubric import GAP_IDS
from app.errors import KnowledgeError
from app.knowledge.reading import read_yaml


def load_prose(path: Path) -> Patterns:
    """Read `prose.yaml`: of each kind as many patterns as there are gaps, with known fields only. Raises KnowledgeError."""
    read = read_yaml(path)
    if not isinstance(read, dict) or read.keys() != FIELDS.keys():
        raise KnowledgeError.at(path, problem=f"expected the kinds {', '.join(FIELDS)}")
    return {kind: _patterns(kind, read[kind], path) for kind in FIELDS}


def _patterns(kind: PatternKind, listed: Any, path: Path) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(pattern, str) and pattern.strip() for pattern in listed):
        raise KnowledgeError.at(path, kind, problem="expected patterns as text")
    if len(set(listed)) < len(GAP_IDS):
        raise KnowledgeError.at(path, kind, problem=f"expected at least {len(GAP_IDS)} different patterns")
    for index, pattern in enumerate(listed):
        try:
            fields = {field for _, field, _, _ in Formatter().parse(pattern) if field is not None}
        except ValueError as error:
            raise KnowledgeError.at(path, f"{kind}.{index}", problem=str(error)) from error
        if strange := fields - FIELDS[kind]:
            raise KnowledgeError.at(path, f"{kind}.{index}", problem=f"unknown: {', '.join(sorted(strange))}")
    return tuple(listed)
