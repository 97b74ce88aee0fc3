"""What is heard in a message sentence by sentence: what each wants, what it may be about, and what the message as a whole wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.assessors import phrases
from app.audit.ledger.assessment import Intent
from app.encoder.reading import SentenceReading
from app.encoder.sentences import SentenceSpan

INTENT_SURE = 0.6
"""A sentence wants something else than to answer only from this probability."""
ATTACK_SURE = 0.4
"""A sentence or a message is an attack from this probability; no labelled answer kept from training comes near it."""
MENTIONED = 0.15
"""A sentence may be about a criterion that was not asked from this probability; reading it for that criterion decides."""
FEWEST_WORDS_OF_MENTION = 5
"""Shorter sentences are read as part of the answer to the open question: "Billing isn't." speaks of no other criterion."""
ASKED_BACK = (Intent.QUESTION, Intent.OFF_TOPIC, Intent.ATTACK)
"""What a sentence with a question mark can want."""
ASKED_BACK_SURE = 0.3
PLAINLY_NOT_APPLICABLE = 0.9
SAID_NOT_APPLICABLE = 0.3
"""That something does not apply is believed when it is said in so many words, or when it is very likely."""
_WHOLE_MESSAGE = (Intent.SKIP, Intent.PAUSE, Intent.FINISH, Intent.BACK, Intent.RESTART, Intent.NOT_APPLICABLE)
_NEEDED = {Intent.NOT_APPLICABLE: PLAINLY_NOT_APPLICABLE, Intent.QUESTION: 0.9}
"""Intents that must be surer than others: people state facts in such words too. A question with its mark need not."""
_INTENTS = frozenset(intent.value for intent in Intent)
SHORT = 14
"""Words: a wish to skip, pause, finish or go back is a short message; a long one is an answer that mentions it."""


@dataclass(frozen=True)
class SentenceHeard:
    """One sentence with what it wants and what it is about."""

    start: int
    end: int
    text: str
    intent: Intent
    sure: float
    about: Mapping[str, float]

    @property
    def criterion(self) -> str:
        """The criterion it is most likely about, or `none`."""
        return max(self.about, key=self.about.__getitem__)


def heard_in(span: SentenceSpan, reading: SentenceReading) -> SentenceHeard:
    """Decide what a sentence wants, from what the model makes of it and the words that must stand in it."""
    text, wants = span.text, reading.intents
    best = max(wants, key=wants.__getitem__)
    intent, sure = (Intent(best), wants[best]) if best in _INTENTS else (Intent.ANSWER, wants[best])
    if phrases.is_attack(text) or wants[Intent.ATTACK] >= ATTACK_SURE:
        intent = Intent.ATTACK
    elif text.rstrip().endswith("?") and wants[asked_back := max(ASKED_BACK, key=wants.__getitem__)] >= ASKED_BACK_SURE:
        intent = asked_back
    elif phrases.says_not_applicable(text) and wants[Intent.NOT_APPLICABLE] >= SAID_NOT_APPLICABLE:
        intent = Intent.NOT_APPLICABLE
    elif (intent is Intent.CORRECT and not phrases.speaks_of_correcting(text)) or (
        sure < _NEEDED.get(intent, INTENT_SURE) and not (intent is Intent.QUESTION and "?" in text and sure >= INTENT_SURE)
    ):
        intent = Intent.ANSWER
    return SentenceHeard(span.start, span.end, text, intent, sure, reading.criteria)


def wanted_of(heard: Sequence[SentenceHeard], text: str) -> Intent:
    """Decide what a message wants that does not attack, from what its sentences want."""
    wanted = {s.intent for s in heard}
    if Intent.CORRECT in wanted and heard[0].intent is Intent.CORRECT:
        return Intent.CORRECT
    if Intent.NOT_APPLICABLE in wanted and phrases.says_not_applicable(text):
        return Intent.NOT_APPLICABLE
    if len(text.split()) <= SHORT:
        for intent in _WHOLE_MESSAGE:
            if intent in wanted and (intent is not Intent.FINISH or phrases.speaks_of_finishing(text)):
                return intent
    if wanted and wanted <= {Intent.QUESTION, Intent.OFF_TOPIC} and Intent.QUESTION in wanted:
        return Intent.QUESTION
    for intent in (Intent.OFF_TOPIC, Intent.UNKNOWN):
        if wanted == {intent}:
            return intent
    return Intent.ANSWER


def stretches(heard: Sequence[SentenceHeard], criterion: str) -> list[list[SentenceHeard]]:
    """Return the stretches of neighbouring sentences that may be about a criterion."""
    runs: list[list[SentenceHeard]] = [[]]
    for sentence in heard:
        if sentence.about[criterion] >= MENTIONED and len(sentence.text.split()) >= FEWEST_WORDS_OF_MENTION:
            runs[-1].append(sentence)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
