"""Ask: put the next question of the agenda, or the open one again."""

from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from app.interview import wording
from app.interview.agenda import AskDetail, Conclude, Opening, Probe, Step, is_settled, minutes_left, next_step
from app.interview.context import Context
from app.interview.events import Asked, Event, GapProgress, Progressed, Said
from app.interview.questions import question_of
from app.interview.speaking import worded
from app.interview.state import Asks
from app.interview.turn import Turn, go
from app.interview.view import View

LATELY, LATELY_CHARACTERS = 6, 240
"""Lines of the conversation that are kept at hand for wording and reading, and the longest of them."""


async def ask(state: Turn, runtime: Runtime[Context]) -> Command[Literal["conclude", "__end__"]]:
    """Ask one question and say how far the interview is."""
    context, interview = runtime.context, state.interview
    if interview.pending:
        return go("__end__", events=[interview.pending])
    if interview.phase == "finished":
        return go("conclude")
    view = context.view(interview)
    step = next_step(view)
    if isinstance(step, Conclude):
        return go("conclude")
    asked = await worded(state, view, question_of(view, step, context.words), context.voice)
    changed = interview.changed(
        pending=asked.model_copy(update={"lead": ""}),
        lately=lately(state, asked),
        asked=_remembered(view, step),
        topic=asked.about or interview.topic,
    )
    return go("__end__", changed, _told(view, step, asked, context))


def _told(view: View, step: Step, asked: Asked, context: Context) -> list[Event]:
    if isinstance(step, Opening):
        greeting = wording.greeting(context.words, view.interview.depth, view.interview.before, context.read_at)
        return [Said(text=greeting), asked]
    return [asked, progress(view, asked.about_gap)]


def lately(turn: Turn, asked: Asked) -> tuple[str, ...]:
    """Keep the last lines of the conversation, shortened."""
    new = [f"They: {turn.text}", f"You: {asked.text}"] if turn.text else [f"You: {asked.text}"]
    return tuple(" ".join(line.split())[:LATELY_CHARACTERS] for line in [*turn.interview.lately, *new][-LATELY:])


def progress(view: View, gap: str | None) -> Progressed:
    """Count what is settled, gap by gap."""
    gaps = []
    for one in view.rubric.gaps:
        scope = [c.id for c in one.criteria if c.id in view.scope]
        gaps.append(GapProgress(gap=one.id, name=one.name, settled=sum(is_settled(view, c) for c in scope), total=len(scope)))
    return Progressed(
        gap=gap,
        settled=sum(g.settled for g in gaps),
        total=sum(g.total for g in gaps),
        minutes_left=minutes_left(view),
        gaps=tuple(gaps),
    )


def _remembered(view: View, step: Step) -> dict[str, Asks]:
    """Note what was asked about a criterion beside its question."""
    match step:
        case AskDetail(criterion):
            asks = view.asks(criterion).model_copy(update={"followup": True})
        case Probe(criterion, boundary):
            before = view.asks(criterion)
            asks = before.model_copy(update={"probes": (*before.probes, boundary)})
        case _:
            return view.interview.asked
    return view.interview.asked | {view.asks_of(criterion): asks}
