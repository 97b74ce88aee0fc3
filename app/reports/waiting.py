"""How the cost of waiting reads in every form of the report."""

from app.audit.told.report import Report
from app.audit.waiting.assumptions import Assumption
from app.audit.waiting.money import MoneyRange
from app.reports import words

HEADING = "What it costs to wait"
PROOF = "What the cost of waiting rests on"
RESTS_ON = "What this rests on; you can put in your own figures:"
MISSING = "What is missing, and how to get it:"


def money(sums: MoneyRange) -> str:
    """Write a sum or a range of sums: EUR 15,200 to 60,000; cents only where it is a small one."""
    low, high = (f"{sum_:,.0f}" if sum_ >= 100 or sum_ == round(sum_) else f"{sum_:,.2f}" for sum_ in (sums.low, sums.high))
    return f"{sums.currency} {low}" if low == high else f"{sums.currency} {low} to {high}"


def months(low_high: tuple[float, float]) -> str:
    """Write a span of months."""
    low, high = low_high
    return words.count(high, "month") if low == high else f"{low:g} to {words.count(high, 'month')}"


def sentences(report: Report) -> list[str]:
    """Say in sentences what it costs to wait, as far as it is known."""
    found, said = report.impact, []
    if found.cost_of_waiting and found.per_month and found.months_of_delay:
        over = f"{money(found.per_month)} a month, over {months(found.months_of_delay)}"
        said.append(f"Waiting costs {money(found.cost_of_waiting)} in value that does not come: {over}.")
    elif found.per_month:
        said.append(f"Each month of waiting costs {money(found.per_month)} in value that does not come.")
    elif found.months_of_delay:
        said.append(f"What is not ready holds the project up by {months(found.months_of_delay)}.")
    if found.burn and found.spend_per_month:
        each = f"{money(found.spend_per_month)} a month, {money(found.burn)} in all"
        said.append(f"Meanwhile the pilot goes on costing {each}. This is shown apart, since production costs something to run as well.")
    if found.target and found.slips_to:
        first, last = (f"{day_:%B %Y}" for day_ in found.slips_to)
        said.append(f"A target of {found.target:%B %Y} would move to {first if first == last else f'between {first} and {last}'}.")
    return [found.note] * bool(found.note) + said or ["There is no figure for it yet."]


def has_proof(report: Report) -> bool:
    """Say whether there is anything that the cost of waiting rests on, or that is missing for it."""
    return bool(report.impact.assumptions or report.impact.missing)


def assumption(made: Assumption) -> str:
    """Write down what a figure rests on: what it is, how much, and who says so."""
    if made.unit == "share":
        low, high = f"{made.low * 100:g}%", f"{made.high * 100:g}%"
        much = low if low == high else f"{low} to {high}"
    elif made.unit == "months":
        much = months((made.low, made.high))
    elif made.unit == "tasks":
        much = f"{made.low:,g}" if made.low == made.high else f"{made.low:,g} to {made.high:,g}"
    else:
        much = money(MoneyRange(currency=made.unit, low=made.low, high=made.high))
    return f"{made.text}: {much} ({made.source})"
