"""The same suites with a language model: here a scripted endpoint that is none, so nothing is said about how well it reads."""

from pathlib import Path

import pytest

from evals.endpoint import serving
from evals.run import CasesError, Options
from evals.suites import reading

CASE = '{"id": "one", "criterion": "data.pipeline", "label": 0, "text": "Mark copies the files by hand every Monday."}\n'


async def test_without_a_model_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(CasesError, match="OPENAI_API_KEY"):
        await reading.measure(Options(assessor="llm"))


async def test_a_model_reads_the_cases_and_the_record_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(CASE)
    with serving() as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        result = await reading.measure(Options(cases=cases, assessor="llm"))
    assert endpoint.asked == ["read"]
    assert "gpt-6.1-terra" in result.run["fingerprints"]["assessor"]
    assert result.run["fallbacks"] == {}
    assert result.figures["exact"].n == 1


async def test_a_configured_model_is_left_alone_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(CASE)
    with serving() as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        await reading.measure(Options(cases=cases))
    assert endpoint.asked == []
