"""What was said before: the audits of a visitor, their transcripts, what people thought of a message, and erasing it all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.access.permission import Act
from app.access.principal import Principal, Visitor
from app.audit.ledger.text import cleaned
from app.audit.rubric import Rubric
from app.interview.events import Event
from app.interview.interviewer import Outcome
from app.interview.messages import Message
from app.interview.state import Interview
from app.interview.view import View
from app.observability.tracing import Tracer
from app.storage.audits import Audits
from app.storage.records import AuditRecord, SavedTurn
from app.storage.thumbs import Thumb, Thumbs
from app.storage.transcripts import Transcripts as StoredTranscripts
from app.use.permitted import permitted
from app.use.written import EVENTS, MESSAGE, write_down

LONGEST_TITLE = 60
"""Characters of a name that somebody gives an audit."""
LONGEST_COMMENT = 2_000


@dataclass(frozen=True)
class TranscriptTurn:
    """One turn as it was: who said what, and what the program said to it."""

    number: int
    """Its place in the audit, from 1; it never changes, also where the audit was started over."""
    at: datetime
    who: str
    said: Message | None
    events: tuple[Event, ...]
    run_id: UUID | None


@dataclass(frozen=True)
class Transcript:
    """An audit's whole conversation."""

    audit: AuditRecord
    turns: tuple[TranscriptTurn, ...]


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of what a run said."""

    key: str
    """What it is about: `thumb` or `misread`."""
    score: float
    comment: str | None = None


class Transcripts:
    """Reads conversations back, and erases them."""

    def __init__(
        self,
        *,
        audits: Audits,
        stored: StoredTranscripts,
        thumbs: Thumbs,
        rubric: Rubric,
        tracer: Tracer,
        clock: Callable[[], datetime],
    ) -> None:
        self._audits = audits
        self._stored = stored
        self._thumbs = thumbs
        self._rubric = rubric
        self._tracer = tracer
        self._clock = clock

    async def owner_of(self, audit_id: str) -> str | None:
        """Return the id of the visitor that an audit belongs to; None where there is no such audit, or nobody's browser holds it."""
        record = await self._audits.by_id(audit_id)
        return record.visitor if record else None

    async def of(self, principal: Principal, audit_id: str) -> Transcript:
        """Return an audit's conversation.

        Raises:
            NoSuchAuditError: there is no audit of this id.
            NotAllowedError: it is not theirs to read.
        """
        saved = await permitted(self._audits, principal, Act.READ, audit_id)
        turns = tuple(_turn(one) for one in await self._stored.of(audit_id))
        return Transcript(audit=saved.record, turns=turns)

    async def listed(self, visitor: Visitor, limit: int, before: datetime | None = None) -> Sequence[AuditRecord]:
        """List a visitor's audits, the latest first; `before` is where the last page ended."""
        return await self._audits.of_visitor(visitor.id, limit, before)

    async def rename(self, principal: Principal, audit_id: str, name: str) -> None:
        """Call an audit by another name, on its report too; an empty one takes the name back.

        Raises as `of` does, and OvertakenError where somebody else changed the audit at that very moment.
        """
        saved = await permitted(self._audits, principal, Act.RENAME, audit_id)
        interview = Interview.model_validate_json(saved.state)
        called = " ".join(cleaned(name).split())[:LONGEST_TITLE] or None
        named = interview.changed(profile=interview.profile.model_copy(update={"called": called}))
        written = write_down(Outcome(named, ()), None, self._clock(), None, self._rubric)
        await self._audits.save_turn(audit_id, saved.record.version, written.standing, written.state, written.turn)

    async def rate(self, principal: Principal, audit_id: str, run_id: UUID, opinion: Opinion) -> None:
        """Pass on what somebody thinks of a message to the run that it came from. Raises as `of` does."""
        saved = await permitted(self._audits, principal, Act.RATE, audit_id)
        names = View(Interview.model_validate_json(saved.state), self._rubric).names
        self._tracer.feedback(run_id, opinion.key, opinion.score, opinion.comment, names)

    async def thumbs_of(self, principal: Principal, audit_id: str) -> dict[str, Thumb]:
        """Return what people thought of an audit's messages, by message. Raises as `of` does."""
        await permitted(self._audits, principal, Act.READ, audit_id)
        return {thumb.message_id: thumb for thumb in await self._thumbs.of(audit_id)}

    async def keep_thumb(self, principal: Principal, audit_id: str, thumb: Thumb) -> None:
        """Keep a thumb beside its message. Raises as `of` does."""
        await permitted(self._audits, principal, Act.RATE, audit_id)
        await self._thumbs.keep(audit_id, replace(thumb, comment=cleaned(thumb.comment)[:LONGEST_COMMENT]))

    async def drop_thumb(self, principal: Principal, message_id: str) -> bool:
        """Take a thumb back, and say whether there was one. Raises NotAllowedError where it is somebody else's."""
        audit_id = await self._thumbs.audit_of(message_id)
        if audit_id is None:
            return False
        await permitted(self._audits, principal, Act.RATE, audit_id)
        await self._thumbs.drop(message_id)
        return True

    async def erase(self, principal: Principal, audit_id: str) -> None:
        """Erase an audit with everything that belongs to it. Raises as `of` does."""
        await permitted(self._audits, principal, Act.ERASE, audit_id)
        await self._audits.erase(audit_id)


def _turn(stored: SavedTurn) -> TranscriptTurn:
    return TranscriptTurn(
        number=stored.number,
        at=stored.at,
        who=stored.who,
        said=MESSAGE.validate_json(stored.said) if stored.said else None,
        events=tuple(EVENTS.validate_json(stored.events)),
        run_id=stored.run_id,
    )
