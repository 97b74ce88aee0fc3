"""What it costs to wait: a range from the person's own numbers and sourced delays; without numbers there is none."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.audit.ledger.evidence import Rating
from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.waiting.assumptions import Assumption, AssumptionSheet, Missing, check
from app.audit.waiting.delay import delay_of, nothing_holds_up
from app.audit.waiting.money import MoneyRange, parse_money
from app.audit.waiting.target import later, target_day


class Impact(Value):
    """What a delay costs, as far as it is known, with everything that was assumed and everything that is missing."""

    per_month: MoneyRange | None
    """Value forgone a month."""
    months_of_delay: tuple[float, float] | None
    cost_of_waiting: MoneyRange | None
    """Value forgone over the delay."""
    spend_per_month: MoneyRange | None
    burn: MoneyRange | None
    """What the pilot goes on costing over the delay; never added to the value forgone."""
    target: date | None
    """The target as a day, where the person's words name one."""
    slips_to: tuple[date, date] | None
    assumptions: tuple[Assumption, ...]
    missing: tuple[Missing, ...]
    """Empty where nothing holds the project up: there is then nothing to work out."""
    note: str
    """Why nothing holds the project up, where that is so."""
    claims: tuple[str, ...]
    """Ids of the claims that the figures rest on."""


def impact(
    methodology: Methodology, profile: Profile, ratings: Mapping[str, Rating], own: Mapping[str, tuple[float, float]] = MappingProxyType({})
) -> Impact:
    """Work out what waiting costs.

    `own` lays the person's own low and high figures over the assumptions of these ids.

    Raises:
        ValueError: an id is no assumption, or a range is negative, upside down, or above 100 % for a share.
    """
    check(own)
    sheet = AssumptionSheet(own, methodology.words)
    note = "" if "months-of-delay" in own else nothing_holds_up(methodology, ratings, methodology.words)
    per_month = _forgone(profile, methodology, sheet)
    delay = delay_of(methodology, ratings, sheet)
    months = (delay.low, delay.high) if delay else None
    spend = _spend(profile, sheet)
    target = target_day(profile.target_date)
    return Impact(
        per_month=per_month,
        months_of_delay=months,
        cost_of_waiting=per_month.times(*months) if per_month and months else None,
        spend_per_month=spend,
        burn=spend.times(*months) if spend and months else None,
        target=target,
        slips_to=(later(target, months[0]), later(target, months[1])) if target and months else None,
        assumptions=tuple(sheet.assumptions),
        missing=() if note else tuple(sheet.missing),
        note=note,
        claims=tuple(sheet.claims),
    )


def _forgone(profile: Profile, methodology: Methodology, sheet: AssumptionSheet) -> MoneyRange | None:
    """Return the value forgone a month: tasks × value of a task × the part that could be assisted."""
    tasks, value = _tasks(profile, sheet), _value(profile, sheet)
    if tasks is None or value is None:
        return None
    part = _share(methodology, sheet)
    return MoneyRange(currency=value.unit, low=value.low, high=value.high).times(tasks.low * part.low, tasks.high * part.high)


def _tasks(profile: Profile, sheet: AssumptionSheet) -> Assumption | None:
    said, say = profile.tasks_per_month, sheet.words.say
    if said is None and "tasks-per-month" not in sheet.given:
        sheet.lack(say("waiting.missing.tasks_per_month.what"), say("waiting.missing.tasks_per_month.how"))
        return None
    low, text = float(said or 0), say("waiting.assumption.tasks_per_month")
    return sheet.assume(Assumption(id="tasks-per-month", text=text, low=low, high=low, unit="tasks", source=say("waiting.source.said")))


def _value(profile: Profile, sheet: AssumptionSheet) -> Assumption | None:
    said, say = profile.value_per_task, sheet.words.say
    if (money := parse_money(said)) is None:
        how = say("waiting.missing.value_per_task.unclear", said=said) if said else say("waiting.missing.value_per_task.how")
        sheet.lack(say("waiting.missing.value_per_task.what"), how)
        return None
    text, source, sum_ = say("waiting.assumption.value_per_task"), say("waiting.source.said"), money.amount
    return sheet.assume(Assumption(id="value-per-task", text=text, low=sum_, high=sum_, unit=money.currency, source=source))


def _share(methodology: Methodology, sheet: AssumptionSheet) -> Assumption:
    """Return the part of the tasks that the AI would take.

    No source gives a general share, so the high end is every task the person counted; the low end is one named client's.
    """
    say = sheet.words.say
    claim = next(iter(methodology.claims_for("assisted_share")), None)
    if claim is None:
        text, source = say("waiting.assumption.assisted_share_all"), say("waiting.source.said")
        return sheet.assume(Assumption(id="assisted-share", text=text, low=1, high=1, unit="share", source=source))
    text, low = say("waiting.assumption.assisted_share"), claim.figure[0] / 100
    source = say("waiting.source.low_end", source=claim.source, date=claim.date, state=claim.state)
    return sheet.assume(Assumption(id="assisted-share", text=text, low=low, high=1, unit="share", source=source), claim)


def _spend(profile: Profile, sheet: AssumptionSheet) -> MoneyRange | None:
    """Return what the pilot has cost a month so far."""
    said, months, say = profile.spend, profile.months_in_pilot, sheet.words.say
    if (money := parse_money(said)) is None:
        how = say("waiting.missing.spend.unclear", said=said) if said else say("waiting.missing.spend.how")
        sheet.lack(say("waiting.missing.spend.what"), how)
    if not months:
        sheet.lack(say("waiting.missing.months_in_pilot.what"), say("waiting.missing.months_in_pilot.how"))
    if money is None or not months:
        return None
    each, text, source = money.amount / months, say("waiting.assumption.spend_per_month"), say("waiting.source.spent")
    made = sheet.assume(Assumption(id="spend-per-month", text=text, low=each, high=each, unit=money.currency, source=source))
    return MoneyRange(currency=made.unit, low=made.low, high=made.high)
