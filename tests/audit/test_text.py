"""Text that a store refuses is cleaned at the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.ledger.text import cleaned


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("By hand. Straße, 日本, 🙂\n\tend", "By hand. Straße, 日本, 🙂\n\tend"),
        ("a\0b\0", "ab"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("turned \udc00\ud800 round", "turned \ufffd\ufffd round"),
        ("\ud83d\ude42", "🙂"),
        ("", ""),
    ],
)
def test_only_what_no_store_takes_is_changed(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_whatever_is_written_can_be_kept_and_stays_as_it_is_from_then_on(text: str) -> None:
    kept = cleaned(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert cleaned(kept) == kept


@given(st.text())
def test_text_without_faults_is_not_touched(text: str) -> None:
    assert cleaned(text) == text.replace("\0", "")
