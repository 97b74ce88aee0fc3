"""How long what is not ready holds the project up, and on whose word."""

from collections.abc import Mapping

from app.audit.grammar import within
from app.audit.guidance import Claim
from app.audit.ledger.evidence import Rating
from app.audit.methodology import Methodology
from app.audit.rubric import READY_LEVEL, Criterion
from app.audit.waiting.assumptions import Assumption, AssumptionSheet
from app.audit.words import Words


def delay_of(methodology: Methodology, ratings: Mapping[str, Rating], sheet: AssumptionSheet) -> Assumption | None:
    """Return the months that waiting adds, as a source names them or the person gives them; None where neither does.

    Delays of several gaps overlap, so the longest counts; they are never added. What no source can say is noted as
    missing, unless the person gives their own months.
    """
    say, own = sheet.words.say, "months-of-delay" in sheet.given
    sourced = {claim.criterion: claim for claim in methodology.claims_for("delay")}
    found: list[tuple[Claim, Criterion]] = []
    for criterion in methodology.rubric.core:
        rating, claim = ratings[criterion.id], sourced.get(criterion.id)
        if _ready(rating) or rating.standing == "not_applicable":
            continue
        if rating.level is not None and claim:
            found.append((claim, criterion))
        elif not own:
            _lack(rating, criterion, sheet)
    if found:
        claim, criterion = max(found, key=lambda one: one[0].figure[::-1])
        (low, high), text = claim.figure, say("waiting.assumption.months_of_delay", name=within(criterion.name))
        source = say("waiting.source.claim", source=claim.source, date=claim.date, state=claim.state)
        return sheet.assume(Assumption(id="months-of-delay", text=text, low=low, high=high, unit="months", source=source), claim)
    if own:
        text, source = say("waiting.assumption.months_of_delay_own"), say("waiting.source.own")
        return sheet.assume(Assumption(id="months-of-delay", text=text, low=0, high=0, unit="months", source=source))
    return None


def nothing_holds_up(methodology: Methodology, ratings: Mapping[str, Rating], words: Words) -> str:
    """Say why nothing holds the project up; empty where something does or may."""
    applies = [rating for c in methodology.rubric.core if (rating := ratings[c.id]).standing != "not_applicable"]
    if not applies:
        return words.say("waiting.note.nothing_applies")
    return words.say("waiting.note.all_ready") if all(map(_ready, applies)) else ""


def _ready(rating: Rating) -> bool:
    return rating.level is not None and rating.level >= READY_LEVEL


def _lack(rating: Rating, criterion: Criterion, sheet: AssumptionSheet) -> None:
    """Note what would have to be known of a delay, and who knows it."""
    say, name, knows = sheet.words.say, within(criterion.name), criterion.knows
    if rating.level is None:
        how = say("waiting.missing.delay_not_known.how", knows=knows, question=criterion.question)
        sheet.lack(say("waiting.missing.delay_not_known.what", name=name), how)
    else:
        sheet.lack(
            say("waiting.missing.delay_without_source.what", name=name), say("waiting.missing.delay_without_source.how", knows=knows)
        )
