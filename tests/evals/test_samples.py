"""The sample reports under docs/ are what the program makes today."""

import pytest

from app.reports.brand import DEFAULT
from app.reports.forms import FORMS
from app.reports.outline import outline
from app.reports.to_markdown import to_markdown
from evals.samples import FOLDER, SAMPLES, sample


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_sample_is_what_the_program_makes_today(name: str) -> None:
    report, words = await sample(SAMPLES[name])
    kept = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert to_markdown(outline(report, words, DEFAULT)) == kept, "make them again: python -m evals samples"
    assert report.result.band.lower() == name


@pytest.mark.parametrize("name", SAMPLES)
def test_every_form_of_a_sample_is_there(name: str) -> None:
    assert {path.suffix for path in FOLDER.glob(f"{name}.*")} == {f".{ending}" for ending in FORMS}
