"""A report under somebody's own brand: name, colours, logo and words; and what is refused."""

import base64
from pathlib import Path

import pymupdf
import pytest

from app.errors import BrandError
from app.knowledge.load import Knowledge
from app.reports.brand import DEFAULT, contrast, load_brand
from app.reports.forms import FORMS
from tests.reports.printed import page_of, pdf_of, text_of_pdf
from tests.reports.reports import report

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
FILE = """
name: Fjord Advisory
accent: "#7a1f5c"
accent_dark: "#f0a6d8"
logo: logo.png
contact: {name: Solveig Dahl, email: solveig@fjord.example, web: "https://fjord.example"}
closing: "We gladly talk it through. {{ 7*7 }} #panic() <script>alert(1)</script>"
"""


def written(folder: Path, text: str = FILE, logo: bytes = PIXEL) -> Path:
    (folder / "logo.png").write_bytes(logo)
    path = folder / "brand.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"json"}))
def test_every_form_carries_the_brand(knowledge: Knowledge, tmp_path: Path, form: str) -> None:
    brand = load_brand(written(tmp_path))
    content = FORMS[form].write(report(knowledge, "mixed"), knowledge.words, brand)
    if form == "pdf":
        content = "".join(page.get_text() for page in pymupdf.open(stream=content)).encode()
    if form in ("docx", "xlsx"):
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"Fjord Advisory" in content


def test_what_stands_in_a_brand_is_never_run(knowledge: Knowledge, tmp_path: Path) -> None:
    brand = load_brand(written(tmp_path))
    page = page_of(knowledge, report(knowledge, "mixed"), brand)
    assert "{{ 7*7 }}" in page
    assert "<script" not in page
    printed = text_of_pdf(pdf_of(knowledge, report(knowledge, "mixed"), brand))
    assert "#panic()" in printed


def test_the_page_takes_the_colours_and_holds_the_logo_itself(knowledge: Knowledge, tmp_path: Path) -> None:
    page = page_of(knowledge, report(knowledge, "mixed"), load_brand(written(tmp_path)))
    assert "--accent: #7a1f5c" in page
    assert "--accent: #f0a6d8" in page
    assert 'src="data:image/png;base64,' in page


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('accent: "#ffff00"', "accent"),
        ('accent_dark: "#222222"', "accent_dark"),
        ('accent: "red; } body { display: none"', "accent"),
        ("contact: {email: nobody}", "contact.email"),
        ('contact: {web: "javascript:alert(1)"}', "contact.web"),
        ("logo: ../secret.png", "logo"),
        ("logo: missing.png", "logo"),
        ("shape: round", "shape"),
        ("- a list", "fields"),
        ("name: [", "brand.yaml"),
    ],
)
def test_a_bad_brand_is_refused_by_its_field(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(BrandError, match=rf"brand\.yaml: .*{field}|{field}"):
        load_brand(written(tmp_path, text))


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG" + b"0" * 1_000_001, b"<svg><script>alert(1)</script></svg>"])
def test_a_bad_logo_is_refused(tmp_path: Path, logo: bytes) -> None:
    with pytest.raises(BrandError, match="logo"):
        load_brand(written(tmp_path, logo=logo))


def test_our_own_colours_can_be_read() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(DEFAULT.accent, "#ffffff") >= 4.5
    assert contrast(DEFAULT.accent_dark, "#101817") >= 4.5
