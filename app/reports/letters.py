"""What a form has to know about the letters that a person typed: which can be shown, and which way they run."""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn round the text after them."""
_NOT_EMBEDDED = re.compile(
    "[\u0900-\u0e7f\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
"""Scripts that the typesetter's own fonts lack: Indic, Thai, Burmese, Khmer, Chinese, Japanese, Korean, and emoji."""


def visible(text: str) -> str:
    """Take out what cannot be seen and only disturbs."""
    return _INVISIBLE.sub("", text)


def has_boxes(text: str) -> bool:
    """Tell whether a text has letters that the PDF's fonts show as boxes."""
    return _NOT_EMBEDDED.search(text) is not None


def direction(text: str) -> str:
    """Tell which way a text runs, by its first letter that has a direction: ltr or rtl."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"
