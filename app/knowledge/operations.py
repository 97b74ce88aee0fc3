"""Reads the figures that running the program needs: what models cost, and how sure the reader was when it was measured."""

from pathlib import Path

from pydantic import Field, ValidationError

from app.audit.model import Value
from app.errors import KnowledgeError
from app.knowledge.load import ROOT
from app.knowledge.reading import read_yaml
from app.observability.cost import Prices


class ReaderBaseline(Value):
    """The embedded reader's mean confidence over the committed evaluation answers."""

    weights: str
    mean_confidence: float = Field(ge=0, le=1)
    answers: int = Field(ge=1)
    how: str


def load_prices(path: Path = ROOT / "prices.yaml") -> Prices:
    """Read the price table. Raises KnowledgeError."""
    try:
        return Prices.model_validate(read_yaml(path))
    except ValidationError as error:
        raise KnowledgeError.of(error, path) from error


def load_reader_baseline(weights: str, path: Path = ROOT / "reader-baseline.yaml") -> float | None:
    """Read the mean confidence that belongs to these weights; None when it was measured with others. Raises KnowledgeError."""
    try:
        baseline = ReaderBaseline.model_validate(read_yaml(path))
    except ValidationError as error:
        raise KnowledgeError.of(error, path) from error
    return baseline.mean_confidence if baseline.weights == weights else None
