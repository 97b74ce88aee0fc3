"""How the report is shown in the chat: its first page, its files, and the ways on."""

from app.access.principal import Visitor
from app.audit.words import Words
from app.chat.cards import Attachment, Card
from app.chat.wired import wired
from app.reports.forms import FORMS
from app.reports.to_markdown import board_page
from app.use.cases import UseCases

_FILES = ("pdf", "docx", "xlsx")


async def report_card(use: UseCases, visitor: Visitor, audit_id: str) -> Card:
    """Make the message that shows an audit's report. Raises as `use.reports.of` does."""
    report, links = await use.reports.of(visitor, audit_id), await use.shares.links(visitor, audit_id)
    base, words = wired().public_url or "", use.words
    parts = [
        board_page(await use.reports.lay_out(report)),
        words.say("chat.whole_report", address=f"{base}/reports/{links.token}"),
        words.say("chat.elsewhere", address=f"{base}/open/{links.code}"),
        *([words.say("chat.ask_a_colleague")] if report.unknown else []),
    ]
    return Card("\n\n".join(parts), attachments=attachments(links.token, words))


def attachments(token: str, words: Words) -> tuple[Attachment, ...]:
    """Return the radar as a picture and the report's files."""
    base = f"/reports/{token}"
    radar = Attachment("image", "radar.svg", f"{base}/radar.svg", "image/svg+xml")
    return radar, *(_file(base, ending, words) for ending in _FILES)


def _file(base: str, ending: str, words: Words) -> Attachment:
    return Attachment("file", words.say("chat.file", ending=ending), f"{base}/report.{ending}", FORMS[ending].media_type)
