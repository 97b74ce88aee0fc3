import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli

OPENING = "We pilot an assistant for claims letters. Files are exported by hand every Monday."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("FIVEGAP_VAR", str(tmp_path / "var"))
    for name in ("LANGSMITH_TRACING", "LANGSMITH_API_KEY"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(arguments), input=typed)

    return invoke


@pytest.mark.parametrize("command", ["serve", "interview", "report", "brand", "audits", "index", "doctor"])
def test_every_command_explains_itself(run, command: str) -> None:  # type: ignore[no-untyped-def]
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 200


def test_an_interview_can_be_left_resumed_and_reported(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    left = run("interview", "--depth", "quick", typed=f"{OPENING}\n2\n")
    assert left.exit_code == 0
    audit = re.search(r"--resume\s+([0-9a-f-]{36})", left.output)
    assert audit
    again = run("interview", "--resume", audit[1], typed="finish now\n")
    assert again.exit_code == 0
    assert "report is ready" in again.output
    assert audit[1][:8] in run("audits").output
    assert json.loads(run("report", audit[1], "--format", "json").output)["result"]["total"] == 21
    assert "Score: " in run("report", audit[1], "--explain", "overall").output
    assert "points, with weight 2" in run("report", audit[1], "--explain", "data.pipeline").output
    unknown = run("report", audit[1], "--explain", "data.magic")
    assert unknown.exit_code == 2
    assert "nothing called data.magic" in unknown.output
    pdf = tmp_path / "report.pdf"
    assert run("report", audit[1], "--format", "pdf", "--out", str(pdf)).exit_code == 0
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("arguments", [("report", "no-such-audit"), ("interview", "--resume", "no-such-audit")])
def test_an_unknown_audit_is_a_clear_error(run, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    result = run(*arguments)
    assert result.exit_code == 1
    assert "there is no audit no-such-audit" in result.output
    assert "Traceback" not in result.output


def test_a_bad_setting_is_named(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("FIVEGAP_PORT", "many")
    result = run("audits")
    assert result.exit_code == 2
    assert "FIVEGAP_PORT" in result.output


def test_no_audits_say_how_to_begin_one(run) -> None:  # type: ignore[no-untyped-def]
    assert "fivegap interview" in run("audits").output


def test_a_colleague_goes_on_under_their_name_and_a_later_audit_starts_from_this_one(run) -> None:  # type: ignore[no-untyped-def]
    left = run("interview", "--depth", "quick", typed=f"{OPENING}\nfinish now\n")
    audit = re.search(r"fivegap report ([0-9a-f-]{36})", re.sub(r"\s+", " ", left.output))
    assert audit
    handed = run("interview", "--resume", audit[1], "--as", "Ana Ruiz, InfoSec", typed="3\nfinish now\n")
    assert handed.exit_code == 0
    assert "those of Ana Ruiz, InfoSec" in re.sub(r"\s+", " ", handed.output)
    told = json.loads(run("report", audit[1], "--format", "json").output)
    assert told["respondents"] == ["Ana Ruiz, InfoSec"]
    again = run("interview", "--again", audit[1], typed="nothing\nfinish now\n")
    assert "Welcome back. On " in again.output
    later = re.search(r"fivegap report ([0-9a-f-]{36})", re.sub(r"\s+", " ", again.output))
    assert later
    assert later[1] != audit[1]
    assert json.loads(run("report", later[1], "--format", "json").output)["comparison"]["since"]
    both = run("interview", "--again", audit[1], "--resume", audit[1])
    assert both.exit_code == 2
    nothing = run("interview", "--again", "no-such-audit")
    assert nothing.exit_code == 1
    assert "no-such-audit" in nothing.output


def test_one_report_can_go_out_under_a_brand_of_its_own(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    left = run("interview", "--depth", "quick", typed=f"{OPENING}\nfinish now\n")
    audit = re.search(r"fivegap report ([0-9a-f-]{36})", re.sub(r"\s+", " ", left.output))
    assert audit
    (tmp_path / "harbour.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    file = tmp_path / "harbour.yaml"
    file.write_text("name: Harbour Consulting\nlogo: harbour.png\n")
    assert "Harbour Consulting" in run("brand", audit[1], str(file)).output
    page = run("report", audit[1], "--format", "html").output
    assert "Harbour Consulting" in page
    assert "data:image/png;base64," in page
    assert "Five-gap audit" in re.sub(r"\s+", " ", run("brand", audit[1]).output)
    assert "Harbour Consulting" not in run("report", audit[1], "--format", "html").output
    assert run("brand", "no-such-audit", str(file)).exit_code == 1
    file.write_text("name: Harbour\ncolour: red\n")
    bad = run("brand", audit[1], str(file))
    assert bad.exit_code == 1
    assert "colour" in bad.output


def test_indexing_twice_changes_nothing_the_second_time(run) -> None:  # type: ignore[no-untyped-def]
    assert "0 unchanged" in run("index").output
    assert re.search(r"0 added, 0 updated, 0 removed, \d{3,} unchanged", run("index").output)


def test_the_doctor_says_what_works_and_what_is_off(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    result = run("doctor")
    assert result.exit_code == 0
    assert "encoder" in result.output
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    result = run("doctor")
    assert result.exit_code == 1
    assert "LANGSMITH_API_KEY" in result.output


def test_the_doctor_says_where_traces_go_how_many_and_whether_they_are_redacted(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("FIVEGAP_TRACE_TO", "otel")
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    missing = run("doctor")
    assert missing.exit_code == 1
    assert "OTEL_EXPORTER_OTLP_ENDPOINT is not set" in re.sub(r"\s+", " ", missing.output)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://bob:hunter2@127.0.0.1:9")
    monkeypatch.setenv("LANGSMITH_TRACING_SAMPLING_RATE", "0.25")
    found = run("doctor")
    assert found.exit_code == 0
    told = re.sub(r"\s+", " ", found.output)
    for words in ("127.0.0.1:9", "25%", "without what people say", "redacted"):
        assert words in told
    assert "hunter2" not in told


def test_a_bad_share_of_turns_is_named_as_it_was_given(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LANGSMITH_TRACING_SAMPLING_RATE", "2")
    result = run("audits")
    assert result.exit_code == 2
    assert "LANGSMITH_TRACING_SAMPLING_RATE" in result.output
    assert "FIVEGAP_LANGSMITH" not in result.output
