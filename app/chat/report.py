"""How the report is shown in the chat: its first page, its files, and the ways on."""

import asyncio

import chainlit as cl

from app.chat.cards import report_elements
from app.chat.wired import services
from app.reports.outline import outline
from app.reports.to_markdown import board_page

ASK_A_COLLEAGUE = (
    "A colleague can answer what you did not know: they open that link, put their name into the settings beside the text field, "
    "and are asked only what is open."
)
_wording: set[asyncio.Task[None]] = set()
"""Reports that a model words; nobody waits for them."""


async def show_report(audit_id: str) -> None:
    """Show an audit's report, and have its paragraphs worded."""
    report, record = await services().report(audit_id), await services().audits.by_id(audit_id)
    if record is None:
        return
    base = services().settings.public_url or ""
    text = board_page(outline(report, services().knowledge.words, services().brand))
    text += f"\n\n[Open the whole report]({base}/reports/{record.token})"
    text += f"\n\n*To go on in another browser, open [this link]({base}/open/{record.code}) there. Keep it among yourselves.*"
    text += f"\n\n*{ASK_A_COLLEAGUE}*" if report.unknown else ""
    await cl.Message(content=text, elements=report_elements(record.token)).send()
    _wording.add(task := asyncio.create_task(services().narrate(audit_id)))
    task.add_done_callback(_wording.discard)
