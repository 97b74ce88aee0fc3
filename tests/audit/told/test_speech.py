"""What a model may say: by table, each rule with what breaks it and what does not."""

import pytest

from app.audit.told.speech import fault_of

FACTS = "We pilot a claims bot. Mark exports 3 tables from Guidewire every Monday. Who looks after that data?"
ANSWERS = ("Files are picked or exported by hand", "Automated for every source, in version control, tested at volume, and live")

FINE = [
    "So Mark exports the 3 tables from Guidewire himself every Monday.",
    "Who would notice when the export is missing?",
    "You said “every Monday”, is that always so?",
    "And how does that export reach the claims bot?",
    "I'd like to hear how that export reaches the bot.",
]
BROKEN = [
    ("Most companies lose 40% there.", "an invented figure"),
    ("Two sources, then.", "an invented figure"),
    ("You said “we do it nightly”, right?", "an invented quote"),
    ("Do you use Snowflake for that?", "an invented name"),
    ("We will make sure that this works.", "a promise"),
    ("Rest assured, that is normal.", "a promise"),
    ("Das garantiere ich Ihnen.", "a promise"),
    ("Great, that helps a lot.", "praise"),
    ("That is level 3 then.", "ratings"),
    ("See https://example.org for that.", "markup"),
    ("<b>Who</b> owns it?", "markup"),
    ("Is it automated for every source, in version control?", "a suggested answer"),
    ("word " * 100, "too long"),
]


@pytest.mark.parametrize("sentence", FINE)
def test_what_rests_on_what_was_said_may_be_said(sentence: str) -> None:
    assert fault_of(sentence, FACTS, answers=ANSWERS) is None


@pytest.mark.parametrize(("sentence", "fault"), BROKEN)
def test_what_breaks_a_rule_may_not(sentence: str, fault: str) -> None:
    assert fault_of(sentence, FACTS, answers=ANSWERS) == fault


def test_german_nouns_are_no_invented_names() -> None:
    assert fault_of("Wer merkt es, wenn der Export ausbleibt?", FACTS, language="de") is None


def test_words_of_a_statement_that_the_person_used_suggest_nothing() -> None:
    said = FACTS + " It is automated for every source, more or less."
    assert fault_of("What is automated for every source, exactly?", said, answers=ANSWERS) is None
