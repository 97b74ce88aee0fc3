"""Why a model was done without. Interfaces never see these: whoever calls a model has something to fall back to.

PromptError   a prompt's file is bad, or it was rendered with the wrong variables: a fault of ours, found at the start or by a test
ModelError    the model did not give what was asked, for one of the reasons below
└ MalformedError   what it gave does not have the shape; it may be asked once more
"""

from typing import Literal

from app.observability.cost import Usage

Reason = Literal[
    "unauthorised",  # the key is missing, wrong or not allowed
    "rate_limited",  # the provider asks to wait
    "server_error",  # 5xx
    "timed_out",  # no answer within the turn's time
    "unreachable",  # no connection
    "rejected",  # the endpoint does not take the request: a wrong model name, a prompt that is too long
    "malformed",  # the answer is not what was asked for, twice
    "truncated",  # the answer was cut off
    "refused",  # the model or a filter declined
    "unchecked",  # what the model wrote broke a rule for what may be said
    "budget_calls",  # the audit's calls are used up
    "budget_audit",  # the audit's money is used up
    "budget_day",  # the day's money is used up
    "turn_limit",  # the turn had its two calls
    "circuit_open",  # the endpoint failed a moment ago and is spared
]


class PromptError(ValueError):
    """A prompt's file is bad, or a variable is missing or too many; the message names the file."""


class ModelError(Exception):
    """The model did not give what was asked."""

    def __init__(self, reason: Reason, detail: str = "", wait_seconds: float | None = None) -> None:
        """Keep the reason, a detail without client text, and how long the provider asks to wait."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail
        self.wait_seconds = wait_seconds


class MalformedError(ModelError):
    """The answer does not have the shape that was asked for. It says what was wrong, and what the attempt used."""

    def __init__(self, problem: str, usage: Usage, reason: Reason = "malformed") -> None:
        """Keep what to tell the model; `problem` may quote what was said and never goes into a log."""
        super().__init__(reason)
        self.problem = problem
        self.usage = usage
