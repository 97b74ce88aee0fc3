"""What the program adds to a language model: a scripted endpoint of fixed delay, a dead one, and the calls and tokens of a whole audit.

Tokens are counted with the embedded encoder's word pieces, which are rather more than a language model's own.
"""

import re
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.encoder.tokens import load_tokenizer
from app.encoder.weights import SHIPPED
from app.interview.events import TurnBegan
from app.observability.tracing import Tracer
from app.settings import Settings
from evals.endpoint import Endpoint, report_on, serving
from evals.program import Program, running
from evals.respondent import Persona, Respondent
from evals.suites.interviews import hold

FIRST_TOKEN_MS = 400.0
TURNS = 40
AUDITS = 3
_SECTION = re.compile(r"<([a-z_]+)>\n(.*?)\n</\1>", re.DOTALL)
TALK = {"acknowledgement": "So that is how it goes today, with the people who do it week by week.", "language": "en"}
"""A sentence of the usual length, written by hand, so that the tokens that come back are counted as they would be."""


def wordy(user: str) -> dict[str, Any]:
    """Report on a message at the length that a model would."""
    findings = [{**one, "missing": "who does the last step, and how often"} for one in report_on(user)["findings"]]
    return report_on(user) | TALK | {"findings": findings, "followup": "What is the last step that somebody still does, and who is it?"}


@asynccontextmanager
async def with_endpoint(endpoint: Endpoint) -> AsyncIterator[Program]:
    """Build the program on a throwaway store with an endpoint."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var=Path(folder), chroma_url=None, langsmith_tracing=False, openai_base_url=endpoint.url, assessor="auto")
        async with running(settings, tracer=Tracer()) as program:
            yield program


async def first_visible(program: Program, persona: Persona, turns: int) -> list[float]:
    """Talk for some turns; return the milliseconds of each until something can be seen. Turns that call no model are left out."""
    times: list[float] = []
    while len(times) < turns:
        respondent, audit = Respondent(persona), str(uuid4())
        events = await program.begin(audit)
        while len(times) < turns and (text := respondent.reply(events)) is not None:
            started, first, events = time.perf_counter(), None, []
            calls = program.parts.metrics.model_calls
            async for step in program.stream(audit, text):
                events += [event for event in step if not isinstance(event, TurnBegan)]
                first = first or (time.perf_counter() if events else None)
            if program.parts.metrics.model_calls > calls and first is not None:
                times.append(1000 * (first - started))
    return times


async def added(persona: Persona) -> list[float]:
    """Return what the program adds to the first visible text, in milliseconds a turn."""
    with serving(Endpoint(first_token_ms=FIRST_TOKEN_MS, report=wordy)) as endpoint:
        async with with_endpoint(endpoint) as program:
            await first_visible(program, persona, 2)
            return [ms - FIRST_TOKEN_MS for ms in await first_visible(program, persona, TURNS)]


async def without(persona: Persona) -> list[float]:
    """Return how long a turn takes while a dead endpoint is spared, in milliseconds."""
    with serving(Endpoint(fault="500")) as endpoint:
        async with with_endpoint(endpoint) as program:
            audit, respondent = str(uuid4()), Respondent(persona)
            times: list[float] = []
            events = await program.begin(audit)
            while (text := respondent.reply(events)) is not None and len(times) <= TURNS:
                started = time.perf_counter()
                events = await program.say(audit, text)
                if program.parts.model is not None and program.parts.model.breaker.state == "open":
                    times.append(1000 * (time.perf_counter() - started))
            return times[1:]


async def whole_audits(personas: Sequence[Persona]) -> tuple[dict[str, list[float]], Mapping[str, float]]:
    """Hold whole audits; return calls and tokens an audit, and the tokens in an audit by section of the prompts."""
    tokenizer = load_tokenizer(str(SHIPPED / "tokenizer.json"))
    tokenizer.no_truncation()

    def count(text: str) -> int:
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    samples: dict[str, list[float]] = {"model_calls": [], "model_tokens_in": [], "model_tokens_out": []}
    sections: Counter[str] = Counter()
    for persona in personas:
        with serving(Endpoint(report=wordy, count=count)) as endpoint:
            async with with_endpoint(endpoint) as program:
                held = await hold(program, persona, "full")
                if held.report:
                    await program.use.reports.word(held.report.audit_id)
            samples["model_calls"].append(len(endpoint.asked))
            samples["model_tokens_in"].append(endpoint.tokens_in)
            samples["model_tokens_out"].append(endpoint.tokens_out)
            for kind, request in zip(endpoint.asked, endpoint.requests, strict=True):
                text = "\n".join(message["content"] for message in request["messages"])
                found = {f"{kind}: {name}": count(inside) for name, inside in _SECTION.findall(text)}
                sections.update(found | {f"{kind}: instructions": count(text) - sum(found.values())})
    return samples, {name: round(tokens / len(personas)) for name, tokens in sections.most_common()}
