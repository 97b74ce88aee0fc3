"""Speed and size: starting, turns, storage, memory, indexing, printing the report, and what is added to a language model."""

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from app.interview.events import Finished
from app.knowledge.playbook import Playbook
from app.reports.brand import DEFAULT
from app.reports.forms import FORMS
from evals.figures import Figure, defined, figure, mean, percentile
from evals.program import Program
from evals.respondent import Persona, Respondent, read_personas
from evals.run import Options, Result, run_record, thrown_away
from evals.suites import crowd, model_speed
from evals.suites.interviews import CASES, hold
from evals.suites.measured import Measured, resident_mb

ROOT = Path(__file__).resolve().parents[2]
LONG_TURNS = 104
EARLY, LATE = range(1, 10), range(96, 105)
"""The turns around the 5th and the 100th, each with four before and four after."""
START_SECONDS = 120.0
REPEATS = 5
REPORTS = 20
"""How often each form of a report is made."""
SPREAD = ("turn_ms.", "report_", "model_adds_ms", "model_spared_ms")
"""Figures that are told as median and 95th percentile."""
FIRST_QUESTION = """
import asyncio, sys
from pathlib import Path
from evals.run import settings_in, thrown_away
from evals.program import running
async def main():
    async with running(settings_in(Path(sys.argv[1]))) as program:
        await program.begin("first")
asyncio.run(main())
"""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server on loopback
            reply.read()
            return bool(reply.status == 200)
    except OSError:
        return False


def _wait(url: str, server: subprocess.Popen[bytes], started: float) -> None:
    while not _answers(url):
        if server.poll() is not None or time.perf_counter() - started > START_SECONDS:
            raise RuntimeError(f"the server does not answer at {url} (exit code {server.poll()})")
        time.sleep(0.02)


def serve(measured: Measured, var: Path, start: str) -> None:
    """Start the server in a process of its own and time its first answers; `start` is cold or warm."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("FIVEGAP_", "LANGSMITH_"))}
    command = [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(port)]
    started = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment | {"FIVEGAP_VAR": str(var)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"{address}/healthz", server, started)
        measured.add(f"{start}_start_s", time.perf_counter() - started)
        _wait(f"{address}/", server, started)
        measured.add(f"{start}_start_first_page_s", time.perf_counter() - started)
        for _ in range(REPEATS):
            with measured.clock("page_warm_ms"):
                _answers(f"{address}/")
        if (idle := resident_mb(server.pid)) is not None:
            measured.add("resident_idle_mb", idle)
    finally:
        server.terminate()
        server.wait(30)


def first_question(measured: Measured, var: Path) -> None:
    """Time a fresh process up to the first question: on an empty store, then on the same one again."""
    for start in ("cold", "warm"):
        with measured.clock(f"first_question_{start}_s", unit=1):
            subprocess.run([sys.executable, "-c", FIRST_QUESTION, str(var)], cwd=ROOT, check=True, capture_output=True)  # noqa: S603


def stored_bytes(program: Program, audit: str) -> int:
    """Return how many bytes the store holds for one audit."""
    with closing(sqlite3.connect(program.parts.settings.var / "fivegap.db")) as store:
        (state,) = store.execute("SELECT length(state) FROM audits WHERE id = ?", (audit,)).fetchone()
        (turns,) = store.execute(
            "SELECT coalesce(sum(length(events) + coalesce(length(said), 0)), 0) FROM turns WHERE audit_id = ?", (audit,)
        ).fetchone()
    return int(state) + int(turns)


async def long_audit(measured: Measured, program: Program, persona: Persona) -> None:
    """Go on with corrections after the interview: does the 100th turn take longer than the 5th, and what is stored?"""
    audit, criteria = str(uuid4()), list(persona.answers)
    await program.begin(audit)
    await program.say(audit, persona.opening)
    times: dict[int, float] = {}
    for turn in range(1, LONG_TURNS + 1):
        criterion = criteria[turn % len(criteria)]
        await program.tap(audit, f"change:{criterion}")
        started = time.perf_counter()
        await program.say(audit, persona.answers[criterion])
        times[turn] = 1000 * (time.perf_counter() - started)
        if turn in (EARLY.stop - 1, LATE.stop - 1):
            measured.add(f"stored_bytes.after_{2 * turn + 1}_turns", stored_bytes(program, audit))
    early, late = (percentile([times[turn] for turn in span], 50) or 0.0 for span in (EARLY, LATE))
    measured.add("turn_5_ms", early)
    measured.add("turn_100_ms", late)
    measured.add("turn_100_to_5", late / early)
    sizes = [measured.samples[f"stored_bytes.after_{2 * span[-1] + 1}_turns"][-1] for span in (EARLY, LATE)]
    measured.add("stored_bytes_per_turn", (sizes[1] - sizes[0]) / (2 * (LATE[-1] - EARLY[-1])))


def indexing(measured: Measured, program: Program) -> None:
    """Time the indexing of the playbook into an empty store, as at a first start, and again when nothing has changed."""
    known, parts = program.parts.knowledge, program.parts
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            playbook = Playbook(
                known.passages, parts.encoder, parts.executor, questions=known.questions, kept=known.vectors, path=Path(folder)
            )
            with measured.clock("index_cold_ms"):
                playbook.index()
            with measured.clock("index_unchanged_ms"):
                playbook.index()


async def report(measured: Measured, program: Program, persona: Persona) -> None:
    """Hold an interview, then time its report in each format."""
    audit, respondent = str(uuid4()), Respondent(persona)
    events = await program.begin(audit)
    while (text := respondent.reply(events)) is not None and not any(isinstance(e, Finished) for e in events):
        events = await program.say(audit, text)
    measured.add("stored_bytes_per_audit", stored_bytes(program, audit))
    made = await program.report(audit)
    for name, form in FORMS.items():
        for _ in range(REPORTS):
            with measured.clock(f"report_{name}_ms"):
                form.write(made, program.use.words, DEFAULT)


def figures_of(measured: Measured, seed: int) -> dict[str, Figure]:
    """Turn samples into figures: means, and p50 and p95 for turns."""
    found: dict[str, Figure | None] = {}
    for name, values in measured.samples.items():
        if name.startswith(SPREAD):
            for percent in (50, 95):
                of_turn = name.replace("_ms", f"_ms_p{percent}")
                found[of_turn] = figure(values, lambda ms, p=percent: percentile(ms, p), seed)  # type: ignore[misc]
        else:
            found[name] = figure(values, mean, seed)
    return defined(found)


async def measure(options: Options) -> Result:
    """Measure speed and size."""
    started, measured = time.perf_counter(), Measured()
    personas = read_personas(options.cases or CASES)
    with tempfile.TemporaryDirectory() as folder:
        first_question(measured, Path(folder) / "first")
        for start in ("cold", "warm"):
            serve(measured, Path(folder) / "served", start)
    async with thrown_away(options) as program:
        await hold(program, personas[0], "quick")
        await crowd.sessions(measured, program, personas, 1, max(40, options.turns))
        await crowd.sessions(measured, program, personas, options.sessions, options.turns)
        await crowd.thinkers(measured, program, personas)
        for persona in personas[:3]:
            await crowd.longest_block(measured, program, persona)
        await crowd.on_postgres(measured, personas[0], percentile(measured.samples["turn_ms.1"], 95) or 0.0)
        for persona in personas[:3]:
            await long_audit(measured, program, persona)
            await report(measured, program, persona)
        indexing(measured, program)
        measured.add("model_adds_ms", *await model_speed.added(personas[0]))
        measured.add("model_spared_ms", *await model_speed.without(personas[0]))
        samples, sections = await model_speed.whole_audits(personas[: model_speed.AUDITS])
        for name, values in samples.items():
            measured.add(f"{name}_per_audit", *values)
        figures = figures_of(measured, options.seed)
        run = run_record(program, None, options.seed, started)
    run |= {"sessions": options.sessions, "turns": options.turns, "cores": os.cpu_count()}
    cases = [{"id": name, "samples": [round(value, 3) for value in values]} for name, values in measured.samples.items()]
    return Result("speed", figures, cases, run, {"tokens in an audit, by section of the prompts": sections})
