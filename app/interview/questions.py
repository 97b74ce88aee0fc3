"""The questions, put together: what is asked, why, and what can be tapped."""

from app.audit.rubric import Criterion
from app.audit.words import Words
from app.interview import agenda, wording
from app.interview.choices import ChangeChoice, Choice
from app.interview.events import (
    Asked,
    AskedChange,
    AskedContradiction,
    AskedCover,
    AskedCriterion,
    AskedFollowup,
    AskedOpening,
    AskedProbe,
    AskedReason,
    AskedRestart,
    AskedSummary,
)
from app.interview.state import Clash
from app.interview.view import View

AskingStep = agenda.Opening | agenda.AskCriterion | agenda.AskDetail | agenda.Probe | agenda.SumUp | agenda.PutClash | agenda.AskCover
"""A step of the agenda that is a question."""


def question_of(view: View, step: AskingStep, words: Words) -> Asked:
    """Put the question of a step together."""
    match step:
        case agenda.Opening():
            return _opening(view, words)
        case agenda.AskCriterion(criterion):
            return _criterion(view, view.rubric.criteria[criterion], words)
        case agenda.AskDetail(criterion):
            return _followup(view, view.rubric.criteria[criterion], words)
        case agenda.Probe(criterion, boundary):
            return _probe(view, view.rubric.criteria[criterion], boundary, words)
        case agenda.SumUp(gap):
            return _summary(view, gap, words)
        case agenda.PutClash(clash):
            return _contradiction(view, clash, words)
        case agenda.AskCover():
            text, why = words.say("interview.cover.text"), words.say("interview.cover.why")
            return AskedCover(question_id=_id(view, "cover"), text=text, why=why, choices=(wording.skip(words),))


def change_question(view: View, criterion_id: str | None, words: Words) -> AskedChange:
    """Ask what holds instead; where it is not said of which criterion, ask which answer is meant."""
    criterion = view.rubric.criteria.get(criterion_id or "")
    if criterion is None:
        answered = [c for c in view.rubric.criteria.values() if view.ratings[c.id].standing != "open"]
        which = tuple(Choice(value=ChangeChoice(criterion=c.id), label=c.name) for c in answered)
        return AskedChange(question_id=_id(view, "change"), text=words.say("interview.change.which"), choices=which)
    return AskedChange(
        question_id=_id(view, "change"),
        text=words.say("interview.change.what_holds", name=criterion.name),
        why=criterion.question,
        criterion=criterion.id,
        choices=(*wording.level_choices(criterion), wording.dont_know(words), wording.not_applicable(words)),
    )


def reason_question(view: View, criterion_id: str, words: Words) -> AskedReason:
    """Ask why a criterion does not apply: it leaves the score, so the report has to say why."""
    text = words.say("interview.reason", name=view.rubric.criteria[criterion_id].name.lower())
    return AskedReason(question_id=_id(view, "reason"), text=text, criterion=criterion_id, choices=(wording.skip(words),))


def restart_question(view: View, words: Words) -> AskedRestart:
    """Ask whether to clear everything."""
    return AskedRestart(question_id=_id(view, "restart"), text=words.say("interview.restart.text"), choices=wording.yes_no(words))


def _id(view: View, asks: str) -> str:
    return f"{view.interview.turn}-{asks}"


def _opening(view: View, words: Words) -> AskedOpening:
    if view.interview.before:
        text, why = words.say("interview.opening_again.text"), words.say("interview.opening_again.why")
    else:
        text, why = words.say("interview.opening.text"), words.say("interview.opening.why")
    return AskedOpening(question_id=_id(view, "opening"), text=text, why=why)


def _all_choices(criterion: Criterion, words: Words) -> tuple[Choice, ...]:
    return (*wording.level_choices(criterion), wording.dont_know(words), wording.not_applicable(words), wording.skip(words))


def _criterion(view: View, criterion: Criterion, words: Words) -> AskedCriterion:
    """Ask a criterion's question; say where it stood in the earlier audit, and offer that it still stands there."""
    why, choices, before = criterion.why, _all_choices(criterion, words), view.interview.before
    if before and (stood := before.stood.get(criterion.id)):
        why = f"{wording.last_time(words, criterion, stood, before.planned_for(criterion.id))} {why}"
        choices = choices if stood.level is None else (wording.as_before(words), *choices)
    return AskedCriterion(question_id=_id(view, "criterion"), text=criterion.question, why=why, criterion=criterion.id, choices=choices)


def _followup(view: View, criterion: Criterion, words: Words) -> AskedFollowup:
    return AskedFollowup(
        question_id=_id(view, "followup"),
        text=criterion.followup,
        why=criterion.why,
        criterion=criterion.id,
        choices=_all_choices(criterion, words),
    )


def _probe(view: View, criterion: Criterion, boundary: int, words: Words) -> AskedProbe:
    return AskedProbe(
        question_id=_id(view, "probe"),
        text=criterion.probes[boundary],
        why=words.say("interview.probe_why"),
        criterion=criterion.id,
        boundary=boundary,
        choices=(*wording.yes_no(words), wording.dont_know(words)),
    )


def _summary(view: View, gap_id: str, words: Words) -> AskedSummary:
    gap = view.rubric.gap(gap_id)
    text, choices = wording.summary(words, gap, view.ratings), wording.confirm_or_change(words, gap)
    return AskedSummary(question_id=_id(view, "summary"), text=text, gap=gap_id, choices=choices)


def _contradiction(view: View, clash: Clash, words: Words) -> AskedContradiction:
    criterion, earlier = view.rubric.criteria[clash.criterion], view.ledger[clash.earlier - 1]
    return AskedContradiction(
        question_id=_id(view, "contradiction"),
        text=wording.contradiction(words, criterion, earlier, clash.finding),
        criterion=criterion.id,
        choices=wording.contradiction_choices(words, criterion, earlier, clash.finding),
    )
