"""Whether a text is in a language that the embedded model reads: English."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH_AT_LEAST = 0.02
"""Below this probability of English a text is taken as another language (tests/assessors/test_language.py counts what it costs)."""
FEWEST_WORDS = 3
"""Fewer words are too few to tell languages apart, unless their script does."""
_LAST_LATIN = "\u024f"


def is_english(text: str) -> bool:
    """Say whether a text can be read: False where its script or its language is plainly another one.

    Names of people and products say nothing about the language, so only the words in small letters are looked at.
    """
    letters = [character for character in text if character.isalpha()]
    if sum(letter > _LAST_LATIN for letter in letters) > len(letters) / 2:
        return False
    words = [word for word in text.split() if word.strip(".,;:!?()\"'“”’").islower()]
    if len(words) < FEWEST_WORDS:
        return True
    return float(dict(_identifier().rank(" ".join(words))).get("en", 0.0)) >= ENGLISH_AT_LEAST


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
