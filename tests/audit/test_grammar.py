import pytest

from app.audit.grammar import capital, sentence, within


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Production pipeline", "production pipeline"),
        ("AgentOps", "AgentOps"),
        ("SLO report", "SLO report"),
        ("A plan", "a plan"),
        ("AI plan", "AI plan"),
        ("", ""),
    ],
)
def test_a_name_stands_small_in_a_sentence_unless_it_is_an_abbreviation(name: str, inside: str) -> None:
    assert within(name) == inside


@pytest.mark.parametrize(("text", "begun"), [("the gap", "The gap"), ("42 of", "42 of"), ("aB", "AB"), ("", "")])
def test_a_sentence_begins_with_a_capital(text: str, begun: str) -> None:
    assert capital(text) == begun


@pytest.mark.parametrize(
    ("text", "ended"), [("So", "So."), ("So. ", "So. "), ("So!", "So!"), ("So?", "So?"), ("So…", "So…"), ("So ", "So."), ("", ".")]
)
def test_a_sentence_ends_once(text: str, ended: str) -> None:
    assert sentence(text) == ended
