"""Ask: put the next question of the agenda, or the open one again."""

from typing import Any

from langgraph.runtime import Runtime

from app.audit.ledger.assessment import Finding
from app.audit.rubric import Criterion
from app.interview import wording
from app.interview.agenda import Step, is_settled, minutes_left, next_step
from app.interview.events import Asked, Choice, Event, GapProgress, Progressed, Said
from app.interview.speaking import worded
from app.interview.state import Asks, Context, InterviewState, View, emitted

LATELY, LATELY_CHARACTERS = 6, 240
"""Lines of the conversation that are kept at hand for wording and reading, and the longest of them."""


async def ask(state: InterviewState, runtime: Runtime[Context]) -> dict[str, Any]:
    """Ask one question and say how far the interview is."""
    view = View(state, runtime.context.rubric)
    if pending := view.pending:
        return {"events": emitted(pending)}
    if state["phase"] == "finished":
        return {"route": "conclude"}
    step = next_step(view)
    if step.asks == "conclude":
        return {"route": "conclude"}
    asked = await worded(view, _asked(view, step), runtime.context.voice)
    events: list[Event] = [asked]
    if step.asks == "opening":
        events.insert(0, Said(text=_greeting(view, runtime.context.read_at)))
    else:
        events.append(progress(view, asked.gap))
    return {
        "pending": asked.model_copy(update={"lead": ""}).model_dump(mode="json"),
        "lately": lately(view, asked),
        "asked": _remembered(view, step),
        "topic": step.criterion or state.get("topic"),
        "events": emitted(*events),
        "route": "asked",
    }


def _greeting(view: View, read_at: str | None) -> str:
    return wording.greeting_again(view.before, read_at) if view.before else wording.greeting(view.state["depth"], read_at)


def lately(view: View, asked: Asked) -> list[str]:
    """Keep the last lines of the conversation, shortened."""
    told = view.message.text if view.state.get("incoming") else ""
    new = [f"They: {told}", f"You: {asked.text}"] if told else [f"You: {asked.text}"]
    return [" ".join(line.split())[:LATELY_CHARACTERS] for line in [*view.state.get("lately", []), *new][-LATELY:]]


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
    asked = dict(view.state.get("asked", {}))
    if step.criterion is None:
        return asked
    asks: Asks = {**view.asks(step.criterion)}
    if step.asks == "criterion":
        asks["question"] = True
    elif step.asks == "followup":
        asks["followup"] = True
    elif step.asks == "probe" and step.boundary is not None:
        asks["probes"] = [*asks.get("probes", []), step.boundary]
    return asked | {view.asks_of(step.criterion): asks}


def _asked(view: View, step: Step) -> Asked:
    question_id = f"{view.state['turn']}-{step.asks}"
    if step.asks == "opening":
        text, why = (wording.OPENING_AGAIN, wording.OPENING_AGAIN_WHY) if view.before else (wording.OPENING, wording.OPENING_WHY)
        return Asked(question_id=question_id, asks="opening", text=text, why=why)
    if step.asks == "cover":
        return Asked(question_id=question_id, asks="cover", text=wording.COVER, why=wording.COVER_WHY, choices=(wording.SKIP,))
    if step.asks == "summary" and step.gap:
        return _summary(view, step.gap, question_id)
    if step.asks == "contradiction":
        return _contradiction(view, question_id)
    criterion = view.rubric.criteria[step.criterion or ""]
    common = {"question_id": question_id, "criterion": criterion.id, "gap": criterion.gap}
    if step.asks == "probe" and step.boundary is not None:
        sides = (wording.YES, wording.NO, wording.DONT_KNOW)
        text, why = criterion.probes[step.boundary], wording.PROBE_WHY
        return Asked(asks="probe", text=text, why=why, boundary=step.boundary, choices=sides, **common)
    choices = (*wording.level_choices(criterion), wording.DONT_KNOW, wording.NOT_APPLICABLE, wording.SKIP)
    if step.asks == "followup":
        return Asked(asks="followup", text=criterion.followup, why=criterion.why, choices=choices, **common)
    why, choices = _since(view, criterion, choices)
    return Asked(asks="criterion", text=criterion.question, why=why, choices=choices, **common)


def _since(view: View, criterion: Criterion, choices: tuple[Choice, ...]) -> tuple[str, tuple[Choice, ...]]:
    """Say with a question where it stood in the earlier audit, and offer that it still stands there."""
    before = view.before
    stood = before.stood.get(criterion.id) if before else None
    if before is None or stood is None:
        return criterion.why, choices
    said = wording.last_time(criterion, stood, before.planned_for(criterion.id))
    return f"{said} {criterion.why}", choices if stood.level is None else (wording.AS_BEFORE, *choices)


def _summary(view: View, gap_id: str, question_id: str) -> Asked:
    gap = view.rubric.gap(gap_id)
    changes = tuple(Choice(value=f"change:{c.id}", label=f"Change: {c.name}") for c in gap.criteria)
    choices = (Choice(value="confirm", label="That's right"), *changes)
    return Asked(question_id=question_id, asks="summary", text=wording.summary(gap, dict(view.ratings)), gap=gap_id, choices=choices)


def _contradiction(view: View, question_id: str) -> Asked:
    clash = view.state["clashes"][0]
    criterion = view.rubric.criteria[clash["criterion"]]
    earlier, finding = view.ledger[clash["earlier"] - 1], Finding.model_validate(clash["finding"])
    return Asked(
        question_id=question_id,
        asks="contradiction",
        text=wording.contradiction(criterion, earlier, finding),
        criterion=criterion.id,
        gap=criterion.gap,
        choices=wording.contradiction_choices(view.rubric, criterion.id, earlier, finding),
    )
