import json
import logging

from app.observability.logs import JsonLines, PlainLines

SAID = "our chief Anna exports the claims by hand"


def failed() -> logging.LogRecord:
    try:
        raise ValueError(f"cannot read: {SAID}")
    except ValueError as error:
        return logging.LogRecord("app.chat", logging.ERROR, __file__, 1, "a turn failed", (), (type(error), error, error.__traceback__))


def test_a_line_has_its_fields() -> None:
    record = logging.LogRecord("app.observability", logging.INFO, __file__, 1, "turn", (), None)
    record.audit, record.ms = "a1", 12
    line = json.loads(JsonLines().format(record))
    assert (line["event"], line["audit"], line["ms"], line["level"]) == ("turn", "a1", 12, "info")
    assert "audit=a1" in PlainLines().format(record)


def test_an_error_says_where_and_never_what_was_said() -> None:
    for form in (JsonLines(), PlainLines()):
        line = form.format(failed())
        assert "ValueError" in line
        assert "test_logs.py" in line
        assert "Anna" not in line
        assert "cannot read" not in line
