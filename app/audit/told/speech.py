"""What the assistant may say in its own words: the rules that a model's sentences must keep, and the task it words them for."""

import re
from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from app.audit.model import Value
from app.audit.numbers import NUMBER_WORDS

LONGEST = 420
"""Characters of a sentence that may be shown."""
TELLTALE_WORDS = 4
"""So many words in a row out of a level's statement, which nobody has said, suggest the answer."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDING = re.compile(r"['’]?s$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[“\"„«]([^”\"“»]{2,})[”\"“»]")
_NUMBER_WORDS = re.compile(
    r"\b(?:half|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million)\b", re.I
)
_PROMISES = re.compile(
    r"\b(?:guarantee\w*|promis\w+|rest assured|no worries|don'?t worry)\b"
    r"|\b(?:i|we)(?: will|'ll) (?:make sure|ensure|fix|solve|take care|get you)\b"
    r"|\b(?:garantier\w+|versprech\w+|keine sorge|garantiz\w+|promet\w+|garanti\w+)\b",
    re.IGNORECASE,
)
_RATINGS = re.compile(r"\b(?:level|score[sd]?|rating|rated|points?|grade)\b|\bcriteri(?:on|a)\b|\brubric\b", re.IGNORECASE)
_MARKUP = re.compile(r"https?://|www\.|[<>`]|\]\(|^\s*[#>*-]\s", re.MULTILINE)
_PRAISE = re.compile(r"\b(?:great|excellent|impressive|fantastic|amazing|awesome|perfect|wonderful|well done)\b", re.IGNORECASE)


class Brief(Value):
    """What a question is worded from: nothing else may come up in it."""

    question: str
    """The criterion's authored question, which the wording must ask for."""
    why: str
    said: str = ""
    """The person's last message."""
    project: str = ""
    lately: tuple[str, ...] = ()
    """The last lines of the conversation, oldest first."""
    answers: tuple[str, ...] = ()
    """The level statements: what the wording must not suggest."""
    language: str = "en"
    prompts: str | None = None
    """The set of prompts that this audit uses."""
    calls_kept: int = 0
    """Model calls of this audit that are to be left for reading."""

    @property
    def facts(self) -> str:
        """Everything that the wording may take figures, names and quotes from."""
        return "\n".join([self.question, self.why, self.said, self.project, *self.lately])


class Voice(Protocol):
    """Words questions and explanations. It yields whole sentences that keep the rules, and ends early rather than break one."""

    def word(self, brief: Brief) -> AsyncGenerator[str]:
        """Yield an acknowledgement and one question; without a question, the authored one has to be asked."""

    def explain(self, question: str, passages: Sequence[str], brief: Brief) -> AsyncGenerator[str]:
        """Yield an answer that rests on the passages; nothing, where the passages themselves have to speak."""


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _invented_name(sentence: str, facts: str, language: str) -> bool:
    """Say whether a name comes up that nobody has said. German writes every noun large, so only other languages are looked at."""
    if language == "de":
        return False
    known = set(_words(facts))
    names = [word for word in _WORD.findall(sentence)[1:] if word[0].isupper() and word not in ("I", "I'd", "I'm", "AI", "OK")]
    return any(not known & {name.lower(), _ENDING.sub("", name.lower())} for name in names)


def _suggests(sentence: str, facts: str, answers: Sequence[str]) -> bool:
    """Say whether a sentence has a run of words out of a level's statement that was not said before."""
    said, told = f" {' '.join(_words(facts))} ", f" {' '.join(_words(sentence))} "
    for answer in answers:
        words = _words(answer)
        for start in range(len(words) - TELLTALE_WORDS + 1):
            run = f" {' '.join(words[start : start + TELLTALE_WORDS])} "
            if run in told and run not in said:
                return True
    return False


def figures(text: str) -> set[str]:
    """Return the figures in a text, those in words as digits where that can be."""
    words = [word.lower() for word in _NUMBER_WORDS.findall(text)]
    return {*_NUMBER.findall(text), *(str(NUMBER_WORDS.get(word, word)) for word in words)}


def fault_of(sentence: str, facts: str, *, answers: Sequence[str] = (), language: str = "en") -> str | None:
    """Return which rule a sentence breaks, or None: it may be shown.

    A figure, a quote or a name must stand in the facts; there is no promise, no praise, no talk of ratings, no markup and no link, and no
    suggestion of an answer.
    """
    stated = facts.lower()
    checks = (
        ("too long", len(sentence) > LONGEST),
        ("markup", bool(_MARKUP.search(sentence))),
        ("a promise", bool(_PROMISES.search(sentence))),
        ("praise", bool(_PRAISE.search(sentence)) and not _PRAISE.search(facts)),
        ("ratings", bool(_RATINGS.search(sentence)) and not _RATINGS.search(facts)),
        ("an invented figure", bool(figures(sentence) - figures(facts))),
        ("an invented quote", any(quote.strip(" .,!?").lower() not in stated for quote in _QUOTED.findall(sentence))),
        ("an invented name", _invented_name(sentence, facts, language)),
        ("a suggested answer", _suggests(sentence, facts, answers)),
    )
    return next((fault for fault, broken in checks if broken), None)
