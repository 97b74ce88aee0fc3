"""`python -m evals mutants`: how many mutants of the domain and the interview the fast tests kill, and which survive."""

import random
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.figures import figure, mean
from evals.mutants.source import ROOT, Mutant, mutants
from evals.mutants.trial import Outcome, outcomes

Trials = Sequence[tuple[Mutant, Outcome]]


def show(sample: int | None, seed: int, out: Console) -> None:
    """Try all mutants, or a sample of them; print the tally by room and each survivor with its diff."""
    every = mutants()
    chosen = random.Random(seed).sample(every, min(sample, len(every))) if sample else every
    tried = [(mutant, outcome) for mutant, outcome in zip(chosen, outcomes(chosen), strict=True) if outcome is not Outcome.INVALID]
    for mutant, outcome in sorted(tried, key=lambda trial: (trial[0].path, trial[0].line)):
        if outcome in (Outcome.SURVIVED, Outcome.TIMED_OUT):
            out.print(
                f"{outcome} {mutant.path.relative_to(ROOT)}:{mutant.line}\n{mutant.diff}\n", markup=False, highlight=False, soft_wrap=True
            )
    out.print(f"{len(every)} mutants in all, {len(tried)} tried, seed {seed}")
    out.print(_tally(tried, seed))


def _tally(tried: Trials, seed: int) -> Table:
    table = Table("room", box=None, pad_edge=False)
    for heading in ("mutants", *(Outcome.KILLED, Outcome.SURVIVED, Outcome.TIMED_OUT), "share killed", "95 % interval"):
        table.add_column(heading, justify="right")
    for room in sorted({mutant.room for mutant, _ in tried}):
        _add(table, room, [outcome for mutant, outcome in tried if mutant.room == room], seed)
    _add(table, "all", [outcome for _, outcome in tried], seed)
    return table


def _add(table: Table, room: str, ended: Sequence[Outcome], seed: int) -> None:
    counts = [str(ended.count(outcome)) for outcome in (Outcome.KILLED, Outcome.SURVIVED, Outcome.TIMED_OUT)]
    if share := figure([float(outcome is Outcome.KILLED) for outcome in ended], mean, seed):
        table.add_row(room, str(share.n), *counts, f"{share.value:.3f}", f"{share.low:.3f} to {share.high:.3f}")
