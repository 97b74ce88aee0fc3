"""`python -m evals samples`: two complete sample reports, of simulated interviews with made-up people, in every form."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from app.audit.told.report import Report
from app.audit.words import Words
from app.interview.events import Finished
from app.observability.tracing import Tracer
from app.reports.brand import DEFAULT
from app.reports.forms import FORMS
from evals.program import running
from evals.respondent import Respondent, read_persona
from evals.run import settings_in
from evals.suites.interviews import CASES

SAMPLES = {"stalled": "17-museum-guide", "ready": "13-tyre-inspection"}
"""Name → persona."""
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "samples"
DAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The day that the samples are dated, so that they can be made again."""


async def sample(persona: str) -> tuple[Report, Words]:
    """Hold the whole interview with a persona and return its report, with the words that it is told in."""
    respondent, audit = Respondent(read_persona(CASES / f"{persona}.json")), str(uuid5(NAMESPACE_URL, persona))
    with tempfile.TemporaryDirectory() as folder:
        async with running(settings_in(Path(folder)), tracer=Tracer(), clock=lambda: DAY) as program:
            events = await program.begin(audit)
            while not any(isinstance(event, Finished) for event in events) and (text := respondent.reply(events)) is not None:
                events = await program.say(audit, text)
            return await program.report(audit), program.use.words


def write_samples(folder: Path = FOLDER) -> list[Path]:
    """Write every sample in every form; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, persona in SAMPLES.items():
        report, words = asyncio.run(sample(persona))
        for ending, form in FORMS.items():
            path = folder / f"{name}.{ending}"
            path.write_bytes(form.write(report, words, DEFAULT))
            written.append(path)
    return written
