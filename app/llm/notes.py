"""What a model call leaves behind on the turn and in its trace."""

from app.errors import Reason
from app.llm.model import Call
from app.observability.cost import Usage
from app.observability.tracing import note
from app.observability.turns import current_turn

CHARACTERS_PER_TOKEN = 3
"""Fewer than in reality: an estimate is rather too dear."""


def note_fallback(reason: Reason) -> None:
    """Note on the turn, and in its trace, why a model was done without."""
    note(fallback=reason)
    if turn := current_turn():
        turn.fallbacks.append(reason)


def seconds_for(call: Call) -> float:
    """Return how long a call may take: no longer than what is left of the turn."""
    turn = current_turn()
    return call.seconds if turn is None else min(call.seconds, turn.seconds_left)


def estimated(call: Call, said: int) -> Usage:
    """Return about what a call used whose provider did not tell: one that was left in the middle, `said` characters long by then."""
    return Usage((len(call.prompt.system) + len(call.prompt.user)) // CHARACTERS_PER_TOKEN, 0, said // CHARACTERS_PER_TOKEN)


def as_metadata(usage: Usage) -> dict[str, object]:
    """Return a usage as traces name it."""
    return {
        "input_tokens": usage.tokens_in,
        "output_tokens": usage.tokens_out,
        "total_tokens": usage.tokens_in + usage.tokens_out,
        "input_token_details": {"cache_read": usage.tokens_cached},
    }
