"""What the cost of waiting rests on: each figure with its source, open to be replaced by the person's own."""

from collections.abc import Mapping
from math import isfinite

from app.audit.guidance import Claim
from app.audit.ledger.evidence import Rating
from app.audit.model import Value
from app.audit.numbers import low_high
from app.audit.rubric import READY_LEVEL, Rubric

IDS = ("tasks-per-month", "value-per-task", "assisted-share", "months-of-delay", "spend-per-month")
SHARE_CLAIM = "case-share"
DELAYS = {"data.pipeline": "rebuild-delay"}
"""Core criterion → the claim that names how long it holds a project up; no source names one for the other four."""


class Assumption(Value):
    """One figure that the result rests on."""

    id: str
    text: str
    low: float
    high: float
    unit: str
    """`tasks`, `months`, `share` (0 to 1), or the ISO code of a currency."""
    source: str
    editable: bool = True


class Missing(Value):
    """A number that nobody has given yet, and how to get it."""

    what: str
    how_to_get_it: str


def check(given: Mapping[str, tuple[float, float]]) -> None:
    """Refuse what cannot be an assumption.

    Raises:
        ValueError: an id is unknown, or a range is negative, upside down, not finite, or above 100 % for a share.
    """
    for id_, (low, high) in given.items():
        if id_ not in IDS:
            raise ValueError(f"{id_}: no such assumption; there are {', '.join(IDS)}")
        if not (isfinite(low) and isfinite(high) and 0 <= low <= high):
            raise ValueError(f"{id_}: {low:g} to {high:g} is no range from low to high")
        if id_ == "assisted-share" and high > 1:
            raise ValueError(f"{id_}: a share is between 0 and 1")


def assumed(assumption: Assumption, given: Mapping[str, tuple[float, float]]) -> Assumption:
    """Return the assumption, with the person's own figures where they gave some."""
    if assumption.id not in given:
        return assumption
    low, high = given[assumption.id]
    return assumption.model_copy(update={"low": low, "high": high, "source": "Your own figure"})


def sourced(claims: Mapping[str, Claim], id_: str) -> Claim | None:
    """Return a claim that may be used: a disputed one never is."""
    claim = claims.get(id_)
    return claim if claim and claim.state != "disputed" else None


def share_of(claims: Mapping[str, Claim]) -> tuple[Assumption, str | None]:
    """Return the part of the tasks that the AI would take, and the claim it rests on.

    No source gives a general share, so the high end is every task the person counted; the low end is one named client's.
    """
    claim = sourced(claims, SHARE_CLAIM)
    reached = low_high(claim.value) if claim else None
    text = "The part of these tasks that the AI would take: "
    if claim is None or reached is None:
        text += "all of them, as you counted them"
        return Assumption(id="assisted-share", text=text, low=1, high=1, unit="share", source="You said so"), None
    return Assumption(
        id="assisted-share",
        text=f"{text}at the low end what one client had reached after ninety days, at the high end all of them, as you counted them",
        low=reached[0] / 100,
        high=1,
        unit="share",
        source=f"Low end: {claim.source}, {claim.date}, {claim.state}. High end: you said so",
    ), claim.id


def delay_of(
    ratings: Mapping[str, Rating], rubric: Rubric, claims: Mapping[str, Claim], *, own: bool
) -> tuple[Assumption | None, str | None, list[Missing]]:
    """Return the months that waiting adds, the claim that says so, and what no source can say.

    Delays of several gaps overlap, so the longest counts; they are never added. `own`: the person gives their own months.
    """
    found: list[tuple[tuple[float, float], Claim, str]] = []
    missing = []
    for criterion in rubric.core:
        level, name = ratings[criterion.id].level, criterion.name.lower()
        if ratings[criterion.id].standing == "not_applicable" or (level is not None and level >= READY_LEVEL):
            continue
        claim = sourced(claims, DELAYS.get(criterion.id, ""))
        months = low_high(claim.value) if claim else None
        if level is None:
            how = f"Ask the {criterion.knows}: {criterion.question}"
            missing.append(Missing(what=f"Whether {name} holds the project up", how_to_get_it=how))
        elif claim and months:
            found.append((months, claim, name))
        else:
            how = f"No source names a figure. Ask the {criterion.knows} how many months it takes, and put your own figure in."
            missing.append(Missing(what=f"How long {name} holds the project up", how_to_get_it=how))
    if own:
        missing = []
    if found:
        months, claim, name = max(found, key=lambda one: (one[0][1], one[0][0]))
        text, source = f"Months that {name} adds to the project while it is not ready", f"{claim.source}, {claim.date}, {claim.state}"
        return Assumption(id="months-of-delay", text=text, low=months[0], high=months[1], unit="months", source=source), claim.id, missing
    if own:
        text = "Months that the project is held up"
        return Assumption(id="months-of-delay", text=text, low=0, high=0, unit="months", source="Your own figure"), None, missing
    return None, None, missing


def held_up(ratings: Mapping[str, Rating], rubric: Rubric) -> str:
    """Say why nothing holds the project up; empty where something does or may."""
    applies = [ratings[c.id] for c in rubric.core if ratings[c.id].standing != "not_applicable"]
    if not applies:
        return "No line of the checklist applies, so no delay can be named."
    if all(rating.level is not None and rating.level >= READY_LEVEL for rating in applies):
        return "Every line of the checklist that applies is a yes, so nothing on it holds the project up."
    return ""


def money_missing(what: str, said: str | None, whom: str) -> Missing:
    """Say that a sum is missing; words that were given but are no plain sum are quoted."""
    if not said:
        return Missing(what=what, how_to_get_it=f"Ask {whom} for a sum with its currency; a rough one is enough.")
    how = f"You said “{said}”, which cannot be read as one sum. Ask {whom} for one amount with its currency."
    return Missing(what=what, how_to_get_it=how)
