"""What a board reads first: where the project stands in a sentence, and the first three moves."""

from datetime import date, timedelta

from app.audit.model import Value
from app.audit.plan.roadmap import Roadmap
from app.audit.score.scoring import Band, Score
from app.audit.words import Words

FIRST_MOVES = 3


class FirstMove(Value):
    """One of the first things to do."""

    title: str
    first_step: str
    owner: str
    by: date
    done_when: str
    passage: str | None


def verdict_of(result: Score, words: Words) -> str:
    """Say in a sentence or two where the project stands and how sure that is."""
    if result.total == 0:
        return words.say("told.verdict.nothing_applies")
    sentences = [words.say("told.verdict.band", band=result.band)]
    if result.noes:
        sentences += [words.say("told.verdict.noes", noes=result.noes)]
    if result.band is not Band.NOT_SCORED and result.known < result.total:
        sentences += [words.say("told.verdict.coverage", known=result.known, total=result.total)]
    return " ".join(sentences)


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
