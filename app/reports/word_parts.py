"""The parts that a Word file is made of: headings with bookmarks, links to them, tables, quotes, pictures with words for them."""

import io
import re
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from app.reports.letters import direction, visible
from app.reports.runs import blocks

_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
"""What XML does not take."""
_STYLES = {"paragraph": "Normal", "item": "List Bullet", "step": "List Number"}
"""The styles of a passage's blocks."""
_LONGEST_NAME = 40
"""Letters of a bookmark's name that Word takes."""


def clean(text: str) -> str:
    """Take out what cannot be seen, or stand in a Word file."""
    return _REFUSED.sub("", visible(text))


class Sheet:
    """Writes one document from top to bottom."""

    def __init__(self, document: Document, accent: str) -> None:
        self.document = document
        self._accent = RGBColor.from_string(accent.removeprefix("#").upper())
        self._bookmarks: dict[str, str] = {}
        self._marks = 0

    def set_up(self, *, title: str, running: str, brand: str) -> None:
        """Set page, styles, running header and page numbers."""
        about = self.document.core_properties
        about.title, about.author, about.language = clean(title)[:250], clean(brand), "en"
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.25)
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Subtitle"):
            styles[name].font.color.rgb = self._accent
        section.header.paragraphs[0].text = clean(f"{running}\t\t{brand}")
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for field, after in (("PAGE", " of "), ("NUMPAGES", "")):
            self._field(foot, field)
            foot.add_run(after)

    def heading(self, text: str, level: int, bookmark: str | None = None) -> None:
        """Write a heading, 0 being the title, that links may lead to."""
        made = self.document.add_heading(clean(text), level)
        if bookmark is not None:
            self._marks += 1
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for element in (start, end):
                element.set(qn("w:id"), str(self._marks))
            start.set(qn("w:name"), self._name(bookmark))
            made._p.insert(0, start)
            made._p.append(end)

    def text(self, text: str, *, style: str = "Normal", bold: bool = False, italic: bool = False) -> None:
        """Write a paragraph."""
        run = self._paragraph(text, style).add_run(clean(text))
        run.bold, run.italic = bold or None, italic or None

    def item(self, strong: str, text: str, *, numbered: bool = False, style: str | None = None) -> None:
        """Write an item of a list, with a strong beginning."""
        made = self._paragraph(text, style or ("List Number" if numbered else "List Bullet"))
        if strong:
            made.add_run(clean(strong)).bold = True
        made.add_run(clean(text))

    def quote(self, text: str, said: str) -> None:
        """Write what a person said, and where."""
        made = self._paragraph(text, "Intense Quote")
        made.add_run(clean(text))
        made.add_run().add_break(WD_BREAK.LINE)
        source = made.add_run(clean(said))
        source.italic, source.font.size = False, Pt(9)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float]) -> None:
        """Write a table; its head, where there is one, comes again on each page. `widths` are in centimetres."""
        made: Table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        for cells in ([head] if head else []) + list(rows):
            row = made.add_row()
            for cell, text, width in zip(row.cells, cells, widths, strict=True):
                cell.text, cell.width = clean(str(text)), Cm(width)
        if head:
            for cell in made.rows[0].cells:
                cell.paragraphs[0].runs[0].bold = True
            first = made.rows[0]._tr.get_or_add_trPr()
            first.append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph()

    def links(self, before: str, targets: Sequence[tuple[str, str]], *, style: str = "Normal") -> None:
        """Write links to bookmarks, set apart by commas."""
        made = self.document.add_paragraph(clean(before), style=style)
        for number, (bookmark, text) in enumerate(targets):
            if number:
                made.add_run(", ")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), self._name(bookmark))
            run = made.add_run(clean(text))
            run.font.color.rgb, run.font.underline = self._accent, True
            link.append(run._r)
            made._p.append(link)

    def picture(self, png: io.BytesIO, width: Length, told: str) -> None:
        """Put a picture, with words for those who cannot see it."""
        made = self.document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = made.add_run().add_picture(png, width=width)
        shape._inline.docPr.set("descr", clean(told))

    def markdown(self, text: str) -> None:
        """Write the playbook's own Markdown: paragraphs and lists."""
        for block in blocks(text):
            made = self.document.add_paragraph(style=_STYLES[block["kind"]])
            for run in block["runs"]:
                made.add_run(clean(run["text"])).bold = run["bold"] or None

    def page_break(self) -> None:
        """Begin a new page."""
        self.document.add_page_break()

    def _paragraph(self, text: str, style: str) -> Paragraph:
        made = self.document.add_paragraph(style=style)
        if direction(text) == "rtl":
            made._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        return made

    def _name(self, bookmark: str) -> str:
        """Give a bookmark a name that Word takes: letters, digits and underscores, not too long, and its own."""
        if bookmark not in self._bookmarks:
            number = len(self._bookmarks) + 1
            self._bookmarks[bookmark] = re.sub(r"\W", "_", f"b{number}_{bookmark}")[:_LONGEST_NAME]
        return self._bookmarks[bookmark]

    @staticmethod
    def _field(paragraph: Paragraph, name: str) -> None:
        run = paragraph.add_run()
        for kind in ("begin", None, "end"):
            if kind is None:
                element = OxmlElement("w:instrText")
                element.set(qn("xml:space"), "preserve")
                element.text = name
            else:
                element = OxmlElement("w:fldChar")
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
