"""Sentences are verbatim spans, whatever is typed."""

import time
from itertools import pairwise

import pytest

from app.encoder import sentences
from app.encoder.sentences import LONGEST_CHARACTERS

AWKWARD = [
    "It works. Nobody tested it! Does it scale? No.",
    "cron on a VM pulls hourly. the emails get forwarded by hand, e.g. the invoices",
    "We run v1.2.3 on 3.5 TB. Dr. Weber owns it.",
    "- first point\n- second point\n3) third\r\n\r\n  indented one  ",
    "Works 😀👍🏽 mostly… Żółć is fine. “Quoted,” she said.",
    "no punctuation at all just somebody typing on and on about the pilot",
    "日本語の文です。次の文です。",
    "a\u0000b\tc \u200b d",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_every_sentence_is_found_again_where_it_was_said(text: str) -> None:
    for span in sentences(text):
        assert text[span.start : span.end] == span.text
        assert span.text == span.text.strip() != ""


@pytest.mark.parametrize("text", AWKWARD)
def test_sentences_come_in_order_and_leave_no_word_out(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= next_one.start for one, next_one in pairwise(spans))
    told = "".join(span.text for span in spans)
    assert [c for c in text if c.isalpha()] == [c for c in told if c.isalpha()]


def test_lines_and_bullets_part_sentences_without_their_marks() -> None:
    text = "We have:\n- a test set of 200 cases\n* alerts at night\n2. an owner"
    assert [span.text for span in sentences(text)] == ["We have:", "a test set of 200 cases", "alerts at night", "an owner"]


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    text = "We use v1.2 and 3.5 TB, e.g. for invoices. Dr. Weber owns it."
    assert [span.text for span in sentences(text)] == ["We use v1.2 and 3.5 TB, e.g. for invoices.", "Dr. Weber owns it."]


def test_a_sentence_that_starts_in_lower_case_is_still_one() -> None:
    assert [span.text for span in sentences("it runs hourly. nobody checks it")] == ["it runs hourly.", "nobody checks it"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t\n"])
def test_nothing_said_gives_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("piece", ["word ", "x", "😀", "Yes. ", '"', "(", "a\n", ". "])
def test_a_hundred_thousand_characters_are_cut_quickly_into_short_sentences(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    spans = sentences(text)
    assert time.process_time() - started < 2
    assert all(len(span.text) <= LONGEST_CHARACTERS for span in spans)
    assert all(text[span.start : span.end] == span.text for span in spans)
