"""`python -m evals probing`: how the number of questions and the agreement trade off, so that the agenda's threshold is chosen."""

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from app.interview import agenda
from evals.figures import Figure
from evals.respondent import read_personas
from evals.run import Options, thrown_away
from evals.suites.interviews import CASES, figures_of, hold_all, outcome_of

DOUBTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 1.1)
"""Thresholds to try; above 1 nothing is ever probed."""
SHOWN = ("kappa", "checklist_accuracy", "weakest_gap_accuracy", "questions", "questions_per_criterion")


async def curve(personas: Path | None, seed: int) -> list[tuple[float, dict[str, Figure]]]:
    """Hold every interview once for each threshold."""
    people = read_personas(personas or CASES)
    points = []
    async with thrown_away(Options()) as program:
        scope = list(program.parts.knowledge.rubric.criteria)
        for doubt in DOUBTS:
            with patch.object(agenda, "DOUBT", doubt):
                outcomes = [outcome_of(held, scope) for held in await hold_all(program, people, "full")]
            points.append((doubt, figures_of(outcomes, seed)))
    return points


def show(points: Sequence[tuple[float, dict[str, Figure]]], out: Console) -> None:
    """Print one row a threshold, the agenda's own marked."""
    table = Table(box=None, pad_edge=False)
    for heading in ("probed from a doubt of", *SHOWN):
        table.add_column(heading, justify="right")
    for doubt, figures in points:
        name = "never" if doubt > 1 else f"{doubt:g}{' (chosen)' if doubt == agenda.DOUBT else ''}"
        table.add_row(name, *(f"{figures[shown].value:.3f}" for shown in SHOWN))
    out.print(table)
