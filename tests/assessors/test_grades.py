"""How well words are founded: a document counts only where one is named that could be asked for."""

import pytest

from app.assessors.grades import graded
from app.audit.ledger.evidence import Grade

NAMES_ONE = (
    "See the runbook in Confluence",
    "It is in https://wiki.example/ops",
    "www.example.org/report has it",
    "Wind wrote the jobs that feed it, see the runbook",
    "Signed off, the letter is SEC-114.",
    "the sign-off memo of 3 March",
    "It follows our runbook.",
    "The report of 3 March says so.",
    "the report from 2025-11 says so",
    "the security policy, version 2",
    "Look at results.xlsx",
    "I've attached the letter",
    "It is written down in the wiki",
    "the DPIA covers it",
    "the ticket number 4711",
    "InfoSec signed the design document.",
    "It's in the steering committee minutes",
    "it says so in the minutes",
    "see our policy",
    "the attached screenshot shows it",
    "see the screenshot",
    "We have a runbook and a named owner",
    "No idea about that one, but see the runbook",
)
NAMES_NONE = (
    "report writing is what users do",
    "Users get a report each morning",
    "the report writing takes them hours",
    "it writes the report for them",
    "we send them the report",
    "It takes five minutes a day",
    "the minutes we save",
    "support tickets are answered",
    "our agent reads Confluence and SharePoint",
    "We don't have a runbook",
    "without a runbook",
    "No sign-off memo yet",
    "Nobody wrote a runbook",
    "There should be a runbook",
    "We will write a runbook",
    "a label is attached to each one",
    "users upload screenshots",
    "Each page is scanned",
    "the plan is to start",
    "we use GPT-4 here",
    "hashed with SHA-256",
)


@pytest.mark.parametrize("quote", NAMES_ONE)
def test_a_document_that_is_named_is_evidence(quote: str) -> None:
    assert graded(quote) is Grade.EVIDENCED


@pytest.mark.parametrize("quote", NAMES_NONE)
def test_a_word_for_a_document_is_none(quote: str) -> None:
    assert graded(quote) is not Grade.EVIDENCED


@pytest.mark.parametrize(
    ("quote", "grade"),
    [
        ("Yes, sure", Grade.CLAIMED),
        ("Loads run every night at 2", Grade.DESCRIBED),
        ("loads run from Oracle into Snowflake", Grade.DESCRIBED),
        ("Oracle, then", Grade.CLAIMED),
        ("one two three four five six seven eight nine ten eleven", Grade.CLAIMED),
        ("one two three four five six seven eight nine ten eleven twelve", Grade.DESCRIBED),
        ("", Grade.CLAIMED),
    ],
)
def test_a_figure_two_names_or_twelve_words_describe(quote: str, grade: Grade) -> None:
    assert graded(quote) is grade
