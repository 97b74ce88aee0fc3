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
from app.reports.spans import Link, Spans, text_of

Bookmark = tuple[str, str]
"""A kind of part, and its id."""
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
"""What XML does not take."""
_LONGEST_NAME = 40
"""Letters of a bookmark's name that Word takes."""
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_FIELD = re.compile(r"(\{pages?\})")


def clean(text: str) -> str:
    """Take out what cannot be seen, or stand in a Word file."""
    return _REFUSED.sub("", visible(text))


class WordFile:
    """Writes one document from top to bottom."""

    def __init__(self, document: Document, accent: str) -> None:
        self.document = document
        self._accent = RGBColor.from_string(accent.removeprefix("#").upper())
        self._bookmarks: dict[Bookmark, str] = {}
        self._marks = 0
        self._style_ids = {style.name: style.style_id for style in document.styles}

    def set_up(self, *, title: str, running: str, brand: str, language: str, page_of: str) -> None:
        """Set page, styles, running header and page numbers; `page_of` has `{page}` and `{pages}` where the numbers stand."""
        about = self.document.core_properties
        about.title, about.author, about.language = clean(title)[:250], clean(brand), language
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
        for part in _FIELD.split(page_of):
            if part in _FIELDS:
                self._field(foot, _FIELDS[part])
            else:
                foot.add_run(part)

    def heading(self, spans: Spans, level: int, bookmark: Bookmark | None = None) -> None:
        """Write a heading, 0 being the title, that links may lead to."""
        made = self._paragraph("", f"Heading {level}" if level else "Title")
        self._spans(made, spans)
        if bookmark is not None:
            self._mark(made, bookmark)

    def text(self, spans: Spans, *, style: str = "Normal", note: Spans = ()) -> None:
        """Write a paragraph, with a note on a line of its own."""
        made = self._paragraph(text_of(spans), style)
        self._spans(made, spans)
        if note:
            made.add_run().add_break(WD_BREAK.LINE)
            self._spans(made, note, size=Pt(9))

    def quote(self, text: str, said: str) -> None:
        """Write what a person said, and where."""
        made = self._paragraph(text, "Intense Quote")
        made.add_run(clean(text))
        made.add_run().add_break(WD_BREAK.LINE)
        source = made.add_run(clean(said))
        source.italic, source.font.size = False, Pt(9)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Spans]],
        *,
        widths: Sequence[float],
        bookmarks: Sequence[Bookmark | None] = (),
    ) -> None:
        """Write a table; its head, where there is one, comes again on each page. `widths` are in centimetres, `bookmarks` lead to rows."""
        made: Table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        if head:
            first = made.add_row()
            for cell, text, width in zip(first.cells, head, widths, strict=True):
                cell.paragraphs[0].add_run(clean(text)).bold = True
                cell.width = Cm(width)
            first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for number, cells in enumerate(rows):
            row = made.add_row()
            for cell, spans, width in zip(row.cells, cells, widths, strict=True):
                self._spans(cell.paragraphs[0], spans)
                cell.width = Cm(width)
            if bookmarks and (bookmark := bookmarks[number]):
                self._mark(row.cells[0].paragraphs[0], bookmark)
        self.document.add_paragraph()

    def picture(self, png: io.BytesIO, width: Length, told: str) -> None:
        """Put a picture, with words for those who cannot see it."""
        made = self.document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = made.add_run().add_picture(png, width=width)
        shape._inline.docPr.set("descr", clean(told))

    def page_break(self) -> None:
        """Begin a new page."""
        self.document.add_page_break()

    def _paragraph(self, text: str, style: str) -> Paragraph:
        made = self.document.add_paragraph()
        # By its id: looking a style up by its name for every paragraph takes longer than all the rest.
        made._p.style = self._style_ids[style]
        if direction(text) == "rtl":
            made._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        return made

    def _spans(self, paragraph: Paragraph, spans: Spans, size: Length | None = None) -> None:
        for span in spans:
            run = paragraph.add_run(clean(span.text))
            if size:
                run.font.size = size
            if isinstance(span, Link):
                link = OxmlElement("w:hyperlink")
                link.set(qn("w:anchor"), self._name((span.place, span.id)))
                run.font.color.rgb, run.font.underline = self._accent, True
                link.append(run._r)
                paragraph._p.append(link)
            elif span.strong:
                run.bold = True

    def _mark(self, paragraph: Paragraph, bookmark: Bookmark) -> None:
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), self._name(bookmark))
        paragraph._p.insert(0, start)
        paragraph._p.append(end)

    def _name(self, bookmark: Bookmark) -> str:
        """Give a bookmark a name that Word takes: letters, digits and underscores, not too long, and its own."""
        if bookmark not in self._bookmarks:
            number = len(self._bookmarks) + 1
            self._bookmarks[bookmark] = re.sub(r"\W", "_", f"b{number}_{'_'.join(bookmark)}")[:_LONGEST_NAME]
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
