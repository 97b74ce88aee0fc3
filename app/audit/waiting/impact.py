"""What it costs to wait: a range from the person's own numbers and sourced delays; without numbers there is none."""

from collections.abc import Mapping
from datetime import date

from app.audit.guidance import Claim
from app.audit.ledger.evidence import Rating
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.audit.rubric import Rubric
from app.audit.waiting.assumptions import Assumption, Missing, assumed, check, delay_of, held_up, money_missing, share_of
from app.audit.waiting.money import Money, MoneyRange, parse_money
from app.audit.waiting.target import later, target_day

_PROCESS_OWNER = "the business process owner"
_BUDGET_HOLDER = "whoever holds the budget"


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


class _Sheet:
    """Collects what was assumed and what is missing while the figures are worked out."""

    def __init__(self, given: Mapping[str, tuple[float, float]]) -> None:
        self.given = given
        self.assumptions: list[Assumption] = []
        self.missing: list[Missing] = []
        self.claims: list[str] = []

    def assume(self, assumption: Assumption, claim: str | None = None) -> Assumption:
        """Write an assumption down, with the person's own figures where they gave some."""
        settled = assumed(assumption, self.given)
        self.assumptions.append(settled)
        if claim and settled is assumption:
            self.claims.append(claim)
        return settled

    def lack(self, what: str, how_to_get_it: str) -> None:
        """Write down what is missing and whom to ask."""
        self.missing.append(Missing(what=what, how_to_get_it=how_to_get_it))


def impact(
    profile: Profile,
    ratings: Mapping[str, Rating],
    rubric: Rubric,
    claims: Mapping[str, Claim],
    *,
    assumptions: Mapping[str, tuple[float, float]] | None = None,
) -> Impact:
    """Work out what waiting costs.

    `assumptions` lays the person's own low and high figures over the assumptions of these ids.

    Raises:
        ValueError: an id is no assumption, or a range is negative, upside down, or above 100 % for a share.
    """
    check(assumptions or {})
    sheet = _Sheet(assumptions or {})
    note = "" if "months-of-delay" in sheet.given else held_up(ratings, rubric)
    per_month = _forgone(profile, claims, sheet)
    months = _delay(ratings, rubric, claims, sheet)
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


def _forgone(profile: Profile, claims: Mapping[str, Claim], sheet: _Sheet) -> MoneyRange | None:
    """Return the value forgone a month: tasks × value of a task × the part that could be assisted."""
    tasks, value = _tasks(profile, sheet), _value(profile, sheet)
    if tasks is None or value is None:
        return None
    share, claim = share_of(claims)
    part = sheet.assume(share, claim)
    money, worth = value
    return MoneyRange(currency=money.currency, low=worth.low, high=worth.high).times(tasks.low * part.low, tasks.high * part.high)


def _tasks(profile: Profile, sheet: _Sheet) -> Assumption | None:
    said = profile.tasks_per_month
    if said is None and "tasks-per-month" not in sheet.given:
        sheet.lack("How many tasks there are a month", f"Ask {_PROCESS_OWNER} for last month's count; a rough one is enough.")
        return None
    low = float(said or 0)
    text = "Tasks a month that the AI is meant for"
    return sheet.assume(Assumption(id="tasks-per-month", text=text, low=low, high=low, unit="tasks", source="You said so"))


def _value(profile: Profile, sheet: _Sheet) -> tuple[Money, Assumption] | None:
    money = parse_money(profile.value_per_task)
    if money is None:
        sheet.missing.append(money_missing("What one task is worth", profile.value_per_task, f"{_PROCESS_OWNER} or your finance partner"))
        return None
    text = "What one task is worth when the AI takes it"
    made = Assumption(id="value-per-task", text=text, low=money.amount, high=money.amount, unit=money.currency, source="You said so")
    return money, sheet.assume(made)


def _spend(profile: Profile, sheet: _Sheet) -> MoneyRange | None:
    """Return what the pilot has cost a month so far."""
    money, months = parse_money(profile.spend), profile.months_in_pilot
    if money is None:
        sheet.missing.append(money_missing("What has been spent so far", profile.spend, _BUDGET_HOLDER))
    if not months:
        sheet.lack("How many months the pilot has run", "Ask the project sponsor when the pilot began.")
    if money is None or not months:
        return None
    each = money.amount / months
    text = "The pilot goes on costing what it has cost so far, a month"
    source = "What you said was spent, divided by the months in pilot"
    made = sheet.assume(Assumption(id="spend-per-month", text=text, low=each, high=each, unit=money.currency, source=source))
    return MoneyRange(currency=money.currency, low=made.low, high=made.high)


def _delay(ratings: Mapping[str, Rating], rubric: Rubric, claims: Mapping[str, Claim], sheet: _Sheet) -> tuple[float, float] | None:
    """Return the months that a source names for what is not ready, or the person's own."""
    found, claim, missing = delay_of(ratings, rubric, claims, own="months-of-delay" in sheet.given)
    sheet.missing.extend(missing)
    if found is None:
        return None
    settled = sheet.assume(found, claim)
    return settled.low, settled.high
