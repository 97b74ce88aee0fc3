"""A finished audit as it stood on a day: what a later audit of the same project starts from, and is compared with."""

from collections.abc import Mapping
from datetime import date

from app.audit.ledger.evidence import Entry, Rating, Standing
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.audit.plan.roadmap import Roadmap
from app.audit.rubric import Level
from app.audit.score.scoring import Range, Score


class Planned(Value):
    """One piece of work that the earlier audit's plan held."""

    title: str
    criterion: str
    to_level: Level
    """The level that it was to reach."""
    sprint: int


class Stood(Value):
    """Where one criterion stood."""

    standing: Standing
    level: Level | None
    quotes: tuple[Entry, ...]
    """The entries it rested on, oldest first."""


class Snapshot(Value):
    """What an audit held on a day. It is never changed: what is corrected there later, is corrected there only."""

    audit_id: str
    taken_on: date
    profile: Profile
    overall: Range
    gaps: dict[str, Range]
    """Gap → its score then."""
    stood: dict[str, Stood]
    """Criterion → where it stood; those that nobody was asked about are left out."""
    planned: tuple[Planned, ...]

    def planned_for(self, criterion: str) -> tuple[Planned, ...]:
        """Return what was planned for a criterion, in order."""
        return tuple(one for one in self.planned if one.criterion == criterion)


def take(audit_id: str, day: date, profile: Profile, *, ratings: Mapping[str, Rating], result: Score, roadmap: Roadmap) -> Snapshot:
    """Take a snapshot of an audit, its plan included."""
    work = [(task, sprint.number) for sprint in roadmap.sprints for task in sprint.tasks]
    return Snapshot(
        audit_id=audit_id,
        taken_on=day,
        profile=profile,
        overall=result.overall,
        gaps={found.gap: found.score for found in result.gaps},
        stood={c: Stood(standing=r.standing, level=r.level, quotes=r.quotes) for c, r in ratings.items() if r.standing != "open"},
        planned=tuple(
            Planned(title=task.title, criterion=task.criterion, to_level=task.to_level, sprint=sprint)
            for task, sprint in work
            if task.to_level is not None
        ),
    )


def carried(snapshot: Snapshot) -> list[Entry]:
    """Return the ledger that a later audit begins with: what was known then, and was not planned to change."""
    ledger: list[Entry] = []
    for criterion, stood in snapshot.stood.items():
        if stood.standing in ("rated", "not_applicable") and not snapshot.planned_for(criterion):
            ledger += carried_on(snapshot, criterion, len(ledger))
    return ledger


def carried_on(snapshot: Snapshot, criterion: str, before: int) -> list[Entry]:
    """Return what a criterion rested on as entries of a later ledger that holds `before` already; turn 0 is before its first question.

    Raises:
        KeyError: it was not spoken of then.
    """
    return [
        entry.model_copy(
            update={
                "number": before + place,
                "turn": 0,
                "replaces": None,
                "adds_to": before + place - 1 if place > 1 else None,
                "carried_from": entry.carried_from or snapshot.taken_on,
            }
        )
        for place, entry in enumerate(snapshot.stood[criterion].quotes, start=1)
    ]
