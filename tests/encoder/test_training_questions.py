"""The reader was trained on the questions that are asked, word for word."""

import json
from pathlib import Path

import yaml

from app.encoder.weights import SHIPPED

RUBRIC = Path(__file__).resolve().parents[2] / "knowledge" / "en" / "rubric"


def test_the_reader_was_trained_on_the_questions_that_are_asked() -> None:
    trained = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["questions"]
    asked = {
        criterion["id"]: criterion["question"]
        for file in RUBRIC.glob("*.yaml")
        for criterion in yaml.safe_load(file.read_text(encoding="utf-8"))["criteria"]
    }
    changed = [name for name in asked if asked[name] != trained.get(name)]
    assert not changed, f"reworded since the training: {changed}; run `python -m evals.train` again"
