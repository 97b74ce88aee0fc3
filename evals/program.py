"""The whole program on a store of its own, driven as its operator does: what suites and tests talk to."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.principal import OPERATOR
from app.audit.told.report import Report
from app.bootstrap import choose
from app.interview.choices import value_of
from app.interview.events import Depth, Event
from app.interview.messages import Message, Tap, Typed
from app.interview.view import View
from app.reports.to_markdown import to_markdown
from app.settings import Settings
from app.use.cases import UseCases, use_cases
from app.use.interviews import Beginning
from app.use.parts import Parts


@dataclass(frozen=True)
class Program:
    """The use cases and the parts that they are made of, with the usual ways to talk to an audit."""

    use: UseCases
    parts: Parts

    async def begin(self, audit_id: str, depth: Depth = "full", *, follows: str | None = None) -> list[Event]:
        """Begin an audit."""
        return await self.use.interviews.begin(OPERATOR, audit_id, Beginning(depth=depth, follows=follows))

    async def take(self, audit_id: str, message: Message) -> list[Event]:
        """Send any message."""
        return await self.use.interviews.take(OPERATOR, audit_id, message)

    async def say(self, audit_id: str, text: str) -> list[Event]:
        """Answer in words."""
        return await self.take(audit_id, Typed(text=text))

    async def tap(self, audit_id: str, key: str, question_id: str | None = None) -> list[Event]:
        """Tap a choice by its short text: `level:2`, `change:data.pipeline`, `skip`."""
        return await self.take(audit_id, Tap(choice=value_of(key), question_id=question_id))

    async def stream(self, audit_id: str, text: str) -> AsyncGenerator[Sequence[Event]]:
        """Answer in words, and yield what each step brings."""
        async with aclosing(self.use.interviews.reply(OPERATOR, audit_id, Typed(text=text))) as steps:
            async for events in steps:
                yield events

    async def view(self, audit_id: str) -> View:
        """Return what is saved of an audit."""
        return await self.use.interviews.view(OPERATOR, audit_id)

    async def runs(self, audit_id: str) -> list[UUID | None]:
        """Return the id of the run that each turn was traced as; None where it was not."""
        return [turn.run_id for turn in (await self.use.transcripts.of(OPERATOR, audit_id)).turns]

    async def markdown(self, audit_id: str) -> str:
        """Write an audit's report as Markdown."""
        return to_markdown(await self.use.reports.outlined(OPERATOR, audit_id))

    async def report(self, audit_id: str) -> Report:
        """Build an audit's report."""
        return await self.use.reports.of(OPERATOR, audit_id)


@asynccontextmanager
async def running(settings: Settings, **replacements: Any) -> AsyncIterator[Program]:
    """Build the program, with replacements for its parts as `bootstrap.choose` takes them, and close it in the end."""
    async with choose(settings, **replacements) as parts, use_cases(parts) as use:
        yield Program(use, parts)
