"""`fivegap doctor`: what is configured and what works."""

import time

import typer
from rich.table import Table

from app.cli.terminal import console, with_services
from app.llm.errors import ModelError
from app.services import Services


def doctor() -> None:
    """Check every part and say what works; exits with 1 when something does not."""

    async def work(services: Services) -> bool:
        table = Table("Part", "Works", "What", box=None, pad_edge=False)
        rows = [_encoder(services), await _store(services), await _playbook(services), _tracing(services), await _model(services)]
        for part, works, what in rows:
            table.add_row(part, {True: "yes", False: "NO", None: "off"}[works], what)
        console.print(table)
        return all(works is not False for _, works, _ in rows)

    if not with_services(work):
        raise typer.Exit(1)


Row = tuple[str, bool | None, str]


def _encoder(services: Services) -> Row:
    begun = time.perf_counter()
    services.encoder.read("Where does the data come from?", "From a nightly export.")
    milliseconds = (time.perf_counter() - begun) * 1000
    return "encoder", True, f"weights {services.encoder.fingerprint}, one answer in {milliseconds:.0f} ms"


async def _store(services: Services) -> Row:
    try:
        await services.audits.ping()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor reports
        return "store", False, f"{services.settings.database}: {error}"
    return "store", True, f"{services.settings.database}, {len(await services.audits.all())} audits"


async def _playbook(services: Services) -> Row:
    found = await services.playbook.search("What is drift detection?", limit=1)
    where = services.settings.chroma_url or str(services.settings.playbook)
    return (
        "playbook (Chroma)",
        bool(found),
        f"{where}, {len(services.knowledge.passages)} passages, rubric {services.knowledge.rubric.version}",
    )


def _tracing(services: Services) -> Row:
    settings = services.settings
    if not settings.langsmith_tracing:
        return "tracing", None, "nothing is sent; set LANGSMITH_TRACING=true and LANGSMITH_API_KEY"
    if not services.tracer.on:
        lacks = " and ".join(settings.trace_lacks)
        return "tracing", False, f"LANGSMITH_TRACING is on, but {lacks} is not set: nothing is sent"
    langsmith = f"LangSmith, project {settings.langsmith_project}"
    otel = f"OpenTelemetry at {(settings.otlp_endpoint or '').rpartition('@')[2]}"
    where = {"langsmith": langsmith, "otel": otel, "both": f"{langsmith}, and {otel}"}[settings.trace_to]
    share = f"{settings.trace_sampling * 100:g}% of the turns"
    content = "with what people say" if settings.trace_content else "without what people say"
    private = "redacted" if settings.trace_redaction else "NOT redacted"
    return "tracing", True, f"to {where}; {share}, {content}, {private}"


async def _model(services: Services) -> Row:
    settings, model = services.settings, services.model
    if model is None:
        why = "FIVEGAP_ASSESSOR=encoder" if settings.assessor == "encoder" else "set OPENAI_API_KEY or OPENAI_BASE_URL"
        return "language model", None, f"the embedded encoder reads, the authored questions ask ({why})"
    where = f"{model.fingerprint} at {settings.openai_base_url or 'OpenAI'}, prompts {settings.prompts} {services.prompts.fingerprint}"
    spent = f"{await services.budget.spent_today():.2f} of {settings.budget_day_usd:.2f} US dollars spent today"
    begun = time.perf_counter()
    try:
        await model.ping()
    except ModelError as error:
        return "language model", False, f"{where}: {error}; {spent}. The embedded encoder stands in."
    return "language model", True, f"{where}, answers in {time.perf_counter() - begun:.1f} s; {spent}"
