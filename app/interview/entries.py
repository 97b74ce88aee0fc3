"""Writing into the ledger: the only place where an answer becomes an entry."""

from typing import Any

from app.audit.again.snapshot import Snapshot, carried
from app.audit.ledger.assessment import Finding
from app.audit.ledger.evidence import Entry, ReadBy, Standing, rate
from app.interview import wording
from app.interview.events import ReadBack
from app.interview.state import Context, InterviewState, View

DECIDED = 0.7
"""A special label counts from this probability."""


def beginning(state: InterviewState) -> dict[str, Any]:
    """Return the ledger and the profile that an audit begins with: none, or what an earlier one hands on."""
    before = state.get("before")
    if not before:
        return {"ledger": [], "profile": {}}
    snapshot = Snapshot.model_validate(before)
    return {"ledger": [entry.model_dump(mode="json") for entry in carried(snapshot)], "profile": snapshot.profile.model_dump(mode="json")}


class Scribe:
    """Appends entries to a copy of the ledger during one node."""

    def __init__(self, state: InterviewState, context: Context) -> None:
        self.view = View(state, context.rubric)
        self._state = state
        self._context = context
        self.ledger = list(state.get("ledger", []))

    def latest(self, criterion: str) -> Entry | None:
        """Return the entry that counts now for a criterion, of what its speaker said or an earlier audit holds."""
        of_theirs = (entry for entry in self.ledger if entry["who"] == self.view.speaker or entry.get("carried_from"))
        mine = [entry for entry in of_theirs if entry["criterion"] == criterion]
        return Entry.model_validate(mine[-1]) if mine else None

    def write(self, criterion: str, standing: Standing, quote: str, read_by: ReadBy, *, adds: bool = False, **fields: Any) -> Entry:
        """Append an entry that replaces the criterion's latest one, or adds to it."""
        latest = self.latest(criterion)
        number = latest.number if latest else None
        entry = Entry(
            number=len(self.ledger) + 1,
            turn=self._state["turn"],
            at=self._context.clock(),
            who=self.view.speaker,
            criterion=criterion,
            standing=standing,
            quote=quote,
            read_by=read_by,
            replaces=None if adds else number,
            adds_to=number if adds else None,
            **fields,
        )
        self.ledger.append(entry.model_dump(mode="json"))
        return entry

    def write_finding(self, finding: Finding, *, adds: bool = False) -> Entry:
        """Append what an assessor found; a bare claim is kept as such and never rated."""
        if finding.unknown >= DECIDED and not adds:
            return self.write(finding.criterion, "unknown", finding.quote, finding.read_by, confidence=finding.unknown)
        if finding.needs_followup >= DECIDED:
            return self.write(finding.criterion, "bare", finding.quote, finding.read_by, adds=adds, confidence=finding.needs_followup)
        return self.write(
            finding.criterion,
            "rated",
            finding.quote,
            finding.read_by,
            adds=adds,
            level=finding.level,
            confidence=finding.confidence,
            distribution=finding.distribution,
            note=finding.note,
        )

    def read_back(self, entry: Entry) -> ReadBack:
        """Read an entry back, and say where somebody else sees it otherwise."""
        ledger = [Entry.model_validate(one) for one in self.ledger if one["criterion"] == entry.criterion]
        statements = rate(ledger, self.view.rubric)[entry.criterion].statements
        others = [account for account in statements if account.who != entry.who and account.level != entry.level]
        return wording.read_back(self.view.rubric.criteria[entry.criterion], entry, others)
