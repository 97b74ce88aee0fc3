"""Writing into the ledger: the only place where an answer becomes an entry."""

from collections.abc import Sequence

from app.audit.again.snapshot import carried
from app.audit.ledger.assessment import Finding
from app.audit.ledger.evidence import Distribution, Entry, Grade, ReadBy, Standing, rate_one
from app.audit.ledger.profile import Profile
from app.interview import wording
from app.interview.context import Context
from app.interview.events import ReadBack
from app.interview.messages import Typed
from app.interview.state import Interview
from app.interview.turn import Turn

DECIDED = 0.7
"""A special label counts from this probability."""


def beginning(interview: Interview) -> Interview:
    """Give an audit the ledger and the profile that it begins with: none, or what an earlier one hands on."""
    if interview.before is None:
        return interview.changed(ledger=(), profile=Profile())
    return interview.changed(ledger=tuple(carried(interview.before)), profile=interview.before.profile)


class Scribe:
    """Appends entries to a copy of the ledger during one step."""

    def __init__(self, turn: Turn, context: Context) -> None:
        self.view = context.view(turn.interview)
        self._context = context
        self._spoken = isinstance(turn.message, Typed)
        self._entries = list(turn.interview.ledger)

    @property
    def ledger(self) -> tuple[Entry, ...]:
        """The ledger with what was appended."""
        return tuple(self._entries)

    def latest(self, criterion: str) -> Entry | None:
        """Return the entry that counts now for a criterion, of what its speaker said or an earlier audit holds."""
        mine = (entry for entry in reversed(self._entries) if entry.who == self.view.speaker or entry.carried_from)
        return next((entry for entry in mine if entry.criterion == criterion), None)

    def carry_on(self, entries: Sequence[Entry]) -> None:
        """Append entries of an earlier audit as they are."""
        self._entries += entries

    def write(
        self,
        criterion: str,
        standing: Standing,
        quote: str,
        read_by: ReadBy,
        *,
        adds: bool = False,
        level: int | None = None,
        confidence: float = 1.0,
        distribution: Distribution | None = None,
        note: str = "",
        grade: Grade | None = None,
        read_with: str | None = None,
    ) -> Entry:
        """Append an entry that replaces the criterion's latest one, or adds to it.

        What is not given of `grade` and `read_with` follows from how the message came: a tap only claims, and was not read.
        """
        latest = self.latest(criterion)
        number = latest.number if latest else None
        entry = Entry(
            number=len(self._entries) + 1,
            turn=self.view.interview.turn,
            at=self._context.clock(),
            who=self.view.speaker,
            criterion=criterion,
            standing=standing,
            level=level,
            confidence=confidence,
            distribution=distribution,
            quote=quote,
            read_by=read_by,
            replaces=None if adds else number,
            adds_to=number if adds else None,
            note=note,
            grade=(grade or self._graded(quote)) if standing in ("rated", "bare") else None,
            read_with=self._reader if read_with is None else read_with,
        )
        self._entries.append(entry)
        return entry

    def write_finding(self, finding: Finding, *, adds: bool = False, read_with: str | None = None) -> Entry:
        """Append what an assessor found; a bare claim is kept as such and never rated."""
        if finding.unknown >= DECIDED and not adds:
            return self.write(finding.criterion, "unknown", finding.quote, finding.read_by, confidence=finding.unknown, read_with=read_with)
        bare = finding.needs_followup >= DECIDED
        return self.write(
            finding.criterion,
            "bare" if bare else "rated",
            finding.quote,
            finding.read_by,
            adds=adds,
            level=None if bare else finding.level,
            confidence=finding.needs_followup if bare else finding.confidence,
            distribution=None if bare else finding.distribution,
            note=self._context.words.say(finding.bounded_by) if finding.bounded_by and not bare else "",
            grade=finding.grade,
            read_with=read_with,
        )

    def read_back(self, entry: Entry) -> ReadBack:
        """Read an entry back, and say where somebody else sees it otherwise."""
        statements = rate_one(entry.criterion, [one for one in self._entries if one.criterion == entry.criterion]).statements
        others = [statement for statement in statements if statement.who != entry.who and statement.level != entry.level]
        return wording.read_back(self._context.words, self.view.rubric.criteria[entry.criterion], entry, others)

    @property
    def _reader(self) -> str:
        return self._context.assessor.fingerprint if self._spoken else ""

    def _graded(self, quote: str) -> Grade:
        return self._context.graded(quote) if self._spoken else Grade.CLAIMED
