"""What a model may say: by table, each rule with what breaks it and what does not."""

import pytest

from app.audit.told.speech import LONGEST, Brief, fault_of, figures

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


def test_a_sentence_may_be_as_long_as_the_longest() -> None:
    assert fault_of("x" * LONGEST, FACTS) is None
    assert fault_of("x" * (LONGEST + 1), FACTS) == "too long"


@pytest.mark.parametrize(
    ("sentence", "facts", "fault"),
    [
        ("Great, then.", "It went great.", None),
        ("Your level is low.", "We are at level 1.", None),
        ("Your level is low.", "We are at one.", "ratings"),
        ("We promise nothing.", "You promise nothing.", "a promise"),
        ("It costs 3 or 4.", "It costs 3.", "an invented figure"),
        ("It costs three.", "It costs 3.", None),
        ("It costs 3.", "It costs three.", None),
        ("It is half.", "It is all.", "an invented figure"),
        ("You said “By hand.”", "It runs by hand", None),
        ("You said “by foot”.", "It runs by hand", "an invented quote"),
        ("You said “x”.", "It runs by hand", None),
        ("And Anna's team?", "anna did it", None),
        ("And Anna’s team?", "Anna did it", None),
        ("And Annas team?", "Anna did it", None),
        ("And Bert's team?", "Anna did it", "an invented name"),
        ("Bert asks.", "Anna did it", None),
        ("Well, I think AI is OK, and I'd say I'm fine.", "", None),
        ("# Heading", "", "markup"),
        ("One.\n- two", "", "markup"),
        ("Is it -so- or so?", "", None),
    ],
)
def test_a_rule_goes_by_what_was_said(sentence: str, facts: str, fault: str | None) -> None:
    assert fault_of(sentence, facts) == fault


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Is it automated for every?", None),
        ("Is it automated for each source?", None),
        ("It is live, automated for every source.", "a suggested answer"),
        ("Is it tested at volume, and live?", "a suggested answer"),
        ("Is it about volume, and live?", None),
        ("Is it Exported By hand?", "an invented name"),
        ("Are files picked or exported by machine?", "a suggested answer"),
    ],
)
def test_four_words_in_a_row_out_of_a_statement_suggest_it(sentence: str, fault: str | None) -> None:
    assert fault_of(sentence, FACTS, answers=ANSWERS) == fault


def test_the_first_rule_that_is_broken_is_named() -> None:
    assert fault_of("Great, 40% at level 3, see https://example.org.", FACTS) == "markup"


def test_figures_are_read_in_digits_and_in_words() -> None:
    assert figures("Two of 14, or 1,200.5 and half a million; Twelve.") == {"2", "14", "1,200.5", "half", "million", "12"}
    assert figures("none at all, someone") == set()


def test_a_question_is_worded_from_all_that_is_known_and_nothing_of_the_answers() -> None:
    brief = Brief(question="Who?", why="Because.", said="I.", project="A bot.", lately=("So.", "Then."), answers=("Nobody",))
    assert brief.facts == "Who?\nBecause.\nI.\nA bot.\nSo.\nThen."
