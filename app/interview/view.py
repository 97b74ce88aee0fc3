"""An interview, read: what follows from its ledger, worked out once."""

from collections.abc import Mapping
from functools import cached_property

from app.audit.ledger.evidence import RESPONDENT, Entry, Rating, rate
from app.audit.ledger.profile import Profile
from app.audit.rubric import Rubric
from app.interview.state import Asks, Interview


class View:
    """An interview as domain values; a changed interview is another view."""

    def __init__(self, interview: Interview, rubric: Rubric) -> None:
        self.interview = interview
        self.rubric = rubric

    def of(self, interview: Interview) -> "View":
        """Return the view of a changed interview; what follows from an unchanged ledger is not worked out again."""
        view = View(interview, self.rubric)
        if interview.ledger is self.interview.ledger:
            known = ("ratings", "own") if interview.speaker == self.interview.speaker else ("ratings",)
            vars(view).update({name: vars(self)[name] for name in known if name in vars(self)})
        return view

    @cached_property
    def ratings(self) -> Mapping[str, Rating]:
        """What the ledger says about each criterion."""
        return rate(self.ledger, self.rubric)

    @cached_property
    def own(self) -> Mapping[str, Rating]:
        """The ratings by what the one who answers now has said, and by what stands from an earlier audit."""
        if all(entry.who == self.speaker for entry in self.ledger):
            return self.ratings
        return rate([entry for entry in self.ledger if entry.who == self.speaker or entry.carried_from], self.rubric)

    @property
    def ledger(self) -> tuple[Entry, ...]:
        """Every entry, oldest first."""
        return self.interview.ledger

    @property
    def profile(self) -> Profile:
        """What is known about the project."""
        return self.interview.profile

    @property
    def speaker(self) -> str:
        """Who answers now."""
        return self.interview.speaker

    @property
    def names(self) -> tuple[str, ...]:
        """What tells whose audit this is: the company, the project, and who answered."""
        speakers = dict.fromkeys([*(entry.who for entry in self.ledger), self.speaker])
        return (*self.profile.names, *(name for who in speakers for name in names_in(who)))

    @cached_property
    def scope(self) -> tuple[str, ...]:
        """The criteria that the chosen depth asks for."""
        criteria = self.rubric.core if self.interview.depth == "quick" else tuple(self.rubric.criteria.values())
        return tuple(criterion.id for criterion in criteria)

    @property
    def open_questions(self) -> int:
        """How many criteria of the scope nobody has spoken about yet."""
        return sum(self.ratings[c].standing == "open" for c in self.scope)

    def asks(self, criterion: str) -> Asks:
        """What the one who answers now was asked about a criterion already."""
        return self.interview.asked.get(self.asks_of(criterion), Asks())

    def asks_of(self, criterion: str) -> str:
        """Name what was asked about a criterion: each person is asked for themselves, by number, as a name has no place in a key."""
        return criterion if self.speaker == RESPONDENT else f"{criterion} {self.interview.speakers.index(self.speaker) + 1}"


def names_in(who: str) -> tuple[str, ...]:
    """Return a person's name whole and in its parts; what stands behind a comma is a role."""
    return () if who == RESPONDENT else (who, *who.partition(",")[0].split())
