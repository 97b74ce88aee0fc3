"""Everything that can go wrong, in one tree; only the interfaces turn it into words for people.

FivegapError
├── SetUpError              what the operator has to mend before anything runs
│   ├── KnowledgeError      a file under knowledge/ is bad, or the playbook's store cannot be used
│   ├── EncoderError        the embedded model's files
│   ├── PromptError         a prompt's file
│   ├── BrandError          a brand's file
│   └── TracingError        how traces are to be sent
├── StorageError            the database cannot be opened, read or brought up to date
│   └── OvertakenError      an audit was changed by somebody else in the meantime
├── AuditError              what was asked for cannot be had
│   ├── NoSuchAuditError    there is no such audit
│   ├── NotAllowedError     there is one, and it is not theirs
│   ├── BusyError           it was changed again and again while this message was taken; nothing of the message is lost
│   └── UnclearError        what was put in cannot be taken
├── OverBudgetError         a model call is not made, as it could pass a limit (in `observability.cost`)
└── ModelError              the language model did not give what was asked, for one of the reasons below; the embedded model stands in
    └── MalformedError      what it gave does not have the shape; it may be asked once more (in `llm.errors`)
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

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
"""Why a model was done without."""


class FivegapError(Exception):
    """Anything that the program itself says is wrong."""


class SetUpError(FivegapError):
    """The program cannot run as it is set up; the message says what to mend."""


class KnowledgeError(SetUpError):
    """A file under knowledge/ is missing or bad, or the playbook's store cannot be used."""

    @classmethod
    def at(cls, path: Path, *where: str, problem: str) -> Self:
        """Name the file as `knowledge/en/rubric/data.yaml`, then field or section, then the problem."""
        parts = path.parts
        inside = "knowledge" in parts
        shown = Path(*parts[len(parts) - 1 - parts[::-1].index("knowledge") :]) if inside else path
        return cls(": ".join([shown.as_posix(), *filter(None, where), problem]))

    @classmethod
    def of(cls, error: ValidationError, path: Path, *where: str) -> Self:
        """Turn the first finding of a validation into file, field and problem; `where` stands before the field."""
        first = error.errors()[0]
        field = ".".join([*where, *(str(part) for part in first["loc"])])
        return cls.at(path, field, problem=first["msg"].removeprefix("Value error, "))


class EncoderError(SetUpError):
    """The encoder's files are missing, changed or unreadable; the message says which and what to do."""


class PromptError(SetUpError):
    """A prompt's file is bad, or a variable is missing or too many; the message names the file."""


class BrandError(SetUpError):
    """A brand's file is missing or bad; the message names file and field."""


class TracingError(SetUpError):
    """Traces cannot be sent as they are configured."""


class StorageError(FivegapError):
    """The database cannot be opened, read or brought up to date."""


class OvertakenError(StorageError):
    """An audit was changed by somebody else between reading and saving it."""

    def __init__(self, audit_id: str, expected: int) -> None:
        """Keep which audit, and which version it was expected to have."""
        super().__init__(f"audit {audit_id} is no longer at version {expected}")
        self.audit_id = audit_id
        self.expected = expected


class AuditError(FivegapError):
    """What was asked for cannot be had."""


class NoSuchAuditError(AuditError):
    """There is no such audit."""

    def __init__(self, audit_id: str) -> None:
        """Keep which one was asked for."""
        super().__init__(f"there is no audit {audit_id}")
        self.audit_id = audit_id


class NotAllowedError(AuditError):
    """There is such an audit, and whoever asks may not do that to it."""

    def __init__(self, act: str) -> None:
        """Keep what was to be done."""
        super().__init__(f"not allowed: {act}")
        self.act = act


class BusyError(AuditError):
    """An audit was changed again and again while a message was taken; the message was not, and nothing else is lost."""

    def __init__(self, audit_id: str) -> None:
        """Keep which audit."""
        super().__init__(f"audit {audit_id} is being changed by somebody else")
        self.audit_id = audit_id


class UnclearError(AuditError):
    """What was put in cannot be taken; nothing was changed."""


class ModelError(FivegapError):
    """The language model did not give what was asked."""

    def __init__(self, reason: Reason, detail: str = "", wait_seconds: float | None = None, *, taken: bool = True) -> None:
        """Keep the reason, a detail without client text, how long the provider asks to wait, and whether it may have taken the call."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail
        self.wait_seconds = wait_seconds
        self.taken = taken
