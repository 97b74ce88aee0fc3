"""What it costs to wait, and what that rests on."""

from app.audit.grammar import sentence
from app.audit.told.report import Report
from app.audit.waiting.assumptions import Assumption, Missing
from app.audit.waiting.money import MoneyRange
from app.reports.blocks import AssumptionChange, Block, Bullet, Bullets, Paragraph, Section
from app.reports.phrases import Phrases
from app.reports.spans import Typed


def sentences(report: Report, says: Phrases) -> list[str]:
    """Say in sentences what it costs to wait, as far as it is known."""
    said = [*_value(report, says), *_burn(report, says), *_target(report, says)]
    return ([report.impact.note] if report.impact.note else said) or [says.say("reports.waiting.no_figure")]


def _value(report: Report, says: Phrases) -> list[str]:
    found = report.impact
    if found.cost_of_waiting and found.per_month and found.months_of_delay:
        all_in_all, each, months = says.money(found.cost_of_waiting), says.money(found.per_month), says.months(found.months_of_delay)
        return [says.say("reports.waiting.costs", total=all_in_all, each=each, months=months)]
    if found.per_month:
        return [says.say("reports.waiting.each_month", each=says.money(found.per_month))]
    if found.months_of_delay:
        return [says.say("reports.waiting.held_up", months=says.months(found.months_of_delay))]
    return []


def _burn(report: Report, says: Phrases) -> list[str]:
    found = report.impact
    if not (found.burn and found.spend_per_month):
        return []
    return [says.say("reports.waiting.burn", each=says.money(found.spend_per_month), total=says.money(found.burn))]


def _target(report: Report, says: Phrases) -> list[str]:
    found = report.impact
    if not (found.target and found.slips_to):
        return []
    target, first, last = (says.say("reports.month", on=day) for day in (found.target, *found.slips_to))
    if first == last:
        return [says.say("reports.waiting.moves", target=target, to=first)]
    return [says.say("reports.waiting.moves_between", target=target, first=first, last=last)]


def has_proof(report: Report) -> bool:
    """Say whether there is anything that the cost of waiting rests on, or that is missing for it."""
    return bool(report.impact.assumptions or report.impact.missing)


def waiting_proof(report: Report, says: Phrases) -> Section | None:
    """List what the cost of waiting rests on, and what is missing for it."""
    found = report.impact
    blocks: list[Block] = []
    if found.assumptions:
        blocks.append(Paragraph(spans=says.line("reports.waiting.rests_on")))
        blocks.append(Bullets(items=tuple(_assumption(made, says) for made in found.assumptions)))
    if found.missing:
        blocks.append(Paragraph(spans=says.line("reports.waiting.missing")))
        blocks.append(Bullets(items=tuple(_missing(one, says) for one in found.missing)))
    if not blocks:
        return None
    title, short = says.say("reports.waiting.proof"), says.say("reports.waiting.short")
    return Section(id="waiting", title=title, short=short, blocks=tuple(blocks))


def _assumption(made: Assumption, says: Phrases) -> Bullet:
    """Write down what a figure rests on: what it is, how much, and who says so; open to the person's own figures."""
    scale = 100 if made.unit == "share" else 1
    change = AssumptionChange(assumption=made.id, low=made.low * scale, high=made.high * scale, percent=made.unit == "share")
    told = says.say("reports.waiting.assumption", what=made.text, much=_much(made, says), source=made.source)
    return Bullet(spans=(Typed(text=sentence(told)),), change=change)


def _much(made: Assumption, says: Phrases) -> str:
    if made.unit == "share":
        low, high = (says.say("reports.share", share=share) for share in (made.low, made.high))
    elif made.unit == "tasks":
        low, high = (says.say("reports.tasks", tasks=tasks) for tasks in (made.low, made.high))
    elif made.unit == "months":
        return says.months((made.low, made.high))
    else:
        return says.money(MoneyRange(currency=made.unit, low=made.low, high=made.high))
    return low if low == high else says.say("reports.low_high", low=low, high=high)


def _missing(one: Missing, says: Phrases) -> Bullet:
    return Bullet(spans=says.line("reports.waiting.lacks", what=Typed(text=one.what), how=Typed(text=one.how_to_get_it)))
