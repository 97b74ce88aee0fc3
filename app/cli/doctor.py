"""`fivegap doctor`: what is configured and what works."""

import typer
from rich.table import Table

from app.cli.terminal import console, with_use_cases, words
from app.settings import Settings
from app.use.cases import UseCases
from app.use.operations import Operations, Overview

Row = tuple[str, bool | None, str]
"""A part, whether it works (None: it is off), and what there is to say."""


def doctor() -> None:
    """Check every part and say what works; exits with 1 when something does not."""

    async def work(use: UseCases) -> bool:
        operations = use.operations
        now = await operations.overview()
        rows = [
            await _encoder(operations),
            await _store(operations),
            await _playbook(operations, now),
            _tracing(operations.settings, now),
            await _model(operations, now),
        ]
        table = Table(*words().many("doctor.columns"), box=None, pad_edge=False)
        for part, works, what in rows:
            table.add_row(part, words().say({True: "doctor.works", False: "doctor.fails", None: "doctor.off"}[works]), what)
        console.print(table)
        return all(works is not False for _, works, _ in rows)

    if not with_use_cases(work):
        raise typer.Exit(1)


async def _encoder(operations: Operations) -> Row:
    told = words().say("doctor.encoder", weights=operations.ready().encoder, ms=round(await operations.time_encoder()))
    return words().say("doctor.parts.encoder"), True, told


async def _store(operations: Operations) -> Row:
    part, where = words().say("doctor.parts.store"), operations.settings.shown_database
    try:
        await operations.reach_store()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor reports
        return part, False, f"{where}: {error}"
    return part, True, words().say("doctor.store", where=where, audits=len(await operations.audits()))


async def _playbook(operations: Operations, now: Overview) -> Row:
    where = operations.settings.chroma_url or str(operations.settings.playbook)
    told = words().say("doctor.playbook", where=where, passages=operations.ready().passages, rubric=now.rubric)
    return words().say("doctor.parts.playbook"), await operations.search_playbook(), told


def _tracing(settings: Settings, now: Overview) -> Row:
    part = words().say("doctor.parts.tracing")
    if not settings.langsmith_tracing:
        return part, None, words().say("doctor.tracing.off")
    if not now.traced:
        return part, False, words().say("doctor.tracing.lacks", settings=words().listed(settings.trace_lacks))
    langsmith = words().say("doctor.tracing.langsmith", project=settings.langsmith_project)
    otel = words().say("doctor.tracing.otel", where=(settings.otlp_endpoint or "").rpartition("@")[2])
    both = words().say("doctor.tracing.both", one=langsmith, other=otel)
    told = words().say(
        "doctor.tracing.on",
        where={"langsmith": langsmith, "otel": otel, "both": both}[settings.trace_to],
        share=settings.trace_sampling * 100,
        content=words().say("doctor.tracing.with_content" if settings.trace_content else "doctor.tracing.without_content"),
        private=words().say("doctor.tracing.redacted" if settings.trace_redaction else "doctor.tracing.not_redacted"),
    )
    return part, True, told


async def _model(operations: Operations, now: Overview) -> Row:
    part, settings = words().say("doctor.parts.model"), operations.settings
    tried = await operations.try_model()
    if now.model is None or tried is None:
        why = "doctor.model.not_wanted" if settings.assessor == "encoder" else "doctor.model.not_set"
        return part, None, words().say("doctor.model.off", why=words().say(why))
    prompts = next(iter(now.model.prompts.values()))
    where = words().say(
        "doctor.model.where", model=now.model.fingerprint, at=settings.openai_base_url or "OpenAI", set=settings.prompts, prompts=prompts
    )
    spent = words().say("doctor.model.spent", spent=f"{now.spent_today_usd:.2f}", limit=f"{settings.budget_day_usd:.2f}")
    if tried.error:
        return part, False, words().say("doctor.model.fails", where=where, error=tried.error, spent=spent)
    return part, True, words().say("doctor.model.answers", where=where, seconds=f"{tried.seconds:.1f}", spent=spent)
