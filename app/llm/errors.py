"""What a model's answer lacks when it does not have the shape that was asked for."""

from app.errors import ModelError, Reason
from app.observability.cost import Usage


class MalformedError(ModelError):
    """The answer does not have the shape that was asked for. It says what was wrong, and what the attempt used."""

    def __init__(self, problem: str, usage: Usage, reason: Reason = "malformed") -> None:
        """Keep what to tell the model; `problem` may quote what was said and never goes into a log."""
        super().__init__(reason)
        self.problem = problem
        self.usage = usage
