"""What a board reads first: where the project stands in a sentence, and the first three moves."""

from datetime import date, timedelta

from app.audit.model import Value
from app.audit.plan.roadmap import Roadmap
from app.audit.score.scoring import Band, Score

FIRST_MOVES = 3


class FirstMove(Value):
    """One of the first things to do."""

    title: str
    first_step: str
    owner: str
    by: date | None
    done_when: str
    passage: str | None


_VERDICTS = {
    Band.STALLED: "This project is not on its way to production: the foundations are still missing.",
    Band.AT_RISK: "This project is at risk of stalling before production.",
    Band.GETTING_THERE: "This project is on its way to production, with gaps to close first.",
    Band.READY: "This project is ready to run in production.",
    Band.NOT_SCORED: "There is too little known yet to say where this project stands.",
}
_NOTHING_APPLIES = "None of the criteria applies to this project, so there is nothing to score."
_COUNTS = ("None", "One", "Two", "Three", "Four", "All")


def verdict_of(result: Score) -> str:
    """Say in a sentence or two where the project stands and how sure that is."""
    if result.total == 0:
        return _NOTHING_APPLIES
    noes = sum(line.answer == "no" for line in result.checklist)
    sentence = _VERDICTS[result.band]
    if result.at_risk:
        sentence += f" {_COUNTS[noes]} of the five checklist lines are a no."
    elif noes:
        sentence += " One checklist line is a no."
    if result.band is not Band.NOT_SCORED and result.known < result.total:
        sentence += f" It rests on {result.known} of {result.total} criteria; the rest is not known yet."
    return sentence


def first_moves(roadmap: Roadmap) -> tuple[FirstMove, ...]:
    """Take the plan's first tasks of three criteria: those that change something, else those that find something out."""
    tasks = [(task, sprint) for sprint in roadmap.sprints for task in sprint.tasks]
    tasks.sort(key=lambda pair: pair[0].to_level is None)
    first = {task.criterion: (task, sprint) for task, sprint in reversed(tasks)}
    firsts = [pair for pair in tasks if first[pair[0].criterion] == pair]
    return tuple(
        FirstMove(
            title=task.title,
            first_step=task.steps[0],
            owner=task.owner,
            by=sprint.starts + timedelta(days=task.last_day - sprint.first_day),
            done_when=task.done_when,
            passage=task.passage,
        )
        for task, sprint in firsts[:FIRST_MOVES]
    )
