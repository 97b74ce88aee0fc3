"""What is known about the project and the person: all optional, each used only where the report needs it."""

from pydantic import Field

from app.audit.model import Value


class Profile(Value):
    """The project under audit, in the person's own terms."""

    called: str | None = None
    """The name that a person gave the audit."""
    company: str | None = None
    industry: str | None = None
    size: str | None = None
    role: str | None = None
    project: str | None = None
    stage: str | None = None
    months_in_pilot: float | None = Field(default=None, ge=0)
    spend: str | None = None
    tasks_per_month: int | None = Field(default=None, ge=0)
    value_per_task: str | None = None
    target_date: str | None = None

    @property
    def title(self) -> str:
        """How the audit is called on its cover."""
        return self.known_as or "Your AI project"

    @property
    def known_as(self) -> str | None:
        """The name that it was given, else whose or what it is; None where nothing was said."""
        return self.called or self.company or self.project

    @property
    def names(self) -> tuple[str, ...]:
        """What tells whose audit this is: the company and the project."""
        return tuple(name for name in (self.company, self.project) if name)

    def merged(self, later: "Profile") -> "Profile":
        """Return this profile with everything that `later` knows laid over it."""
        return self.model_copy(update={k: v for k, v in later.model_dump().items() if v is not None})
