"""What is injected into a turn and never saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from app.audit.guidance import Passage
from app.audit.ledger.assessment import Assessor
from app.audit.ledger.evidence import Grade
from app.audit.rubric import Rubric
from app.audit.told.speech import Voice
from app.audit.words import Words
from app.interview.state import Interview
from app.interview.view import View


class PassageHit(Protocol):
    """A passage that answers a query."""

    @property
    def passage(self) -> Passage: ...  # noqa: D102


class PassageSearch(Protocol):
    """Searches the playbook; nothing found is an empty answer."""

    async def search(self, query: str, limit: int = 5, about: str | None = None) -> Sequence[PassageHit]: ...  # noqa: D102


class _LatestView:
    """Remembers the last view of one turn."""

    def __init__(self) -> None:
        self._view: View | None = None

    def of(self, interview: Interview, rubric: Rubric) -> View:
        if self._view is None:
            self._view = View(interview, rubric)
        elif self._view.interview is not interview:
            self._view = self._view.of(interview)
        return self._view


@dataclass(frozen=True)
class Context:
    """The parts that a turn needs."""

    rubric: Rubric
    assessor: Assessor
    playbook: PassageSearch
    words: Words
    """The program's own sentences."""
    graded: Callable[[str], Grade]
    """Grades a person's words, where they are written down without having been read for a level."""
    clock: Callable[[], datetime]
    voice: Voice | None = None
    """Words questions and explanations; without one the authored words are used."""
    read_at: str | None = None
    """The host that answers are sent to for reading; None where they stay on this server."""
    choose_prompts: Callable[[str], str | None] = lambda _audit_id: None
    """Chooses the set of prompts of a new audit."""
    latest: _LatestView = field(default_factory=_LatestView, repr=False, compare=False)

    def of_one_turn(self) -> "Context":
        """Return the same parts for one turn, whose view is worked out once."""
        return replace(self, latest=_LatestView())

    def view(self, interview: Interview) -> View:
        """Return the view of an interview, the same as long as the interview is."""
        return self.latest.of(interview, self.rubric)
