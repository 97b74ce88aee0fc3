"""The embedded reader: sentence by sentence for what is wanted and what is touched, the whole answer for its level."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.assessors import phrases
from app.assessors.grades import graded
from app.assessors.language import is_english
from app.assessors.profile import profile_of
from app.audit.ledger.assessment import Assessment, Finding, Intent, Scene
from app.audit.ledger.ceilings import bounded, ceiling_of
from app.audit.ledger.profile import Profile
from app.audit.rubric import Rubric
from app.encoder.model import Encoder
from app.encoder.sentences import sentences
from app.observability.tracing import traced

INTENT_SURE = 0.6
"""A sentence wants something else than to answer only from this probability."""
ATTACK_SURE = 0.4
"""A sentence or a message is an attack from this probability; no labelled answer kept from training comes near it."""
MENTIONED = 0.15
"""A sentence may be about a criterion that was not asked from this probability; reading it for that criterion decides."""
PLAINLY = 0.75
"""A sentence is plainly about a criterion from this probability: it then says nothing about the one that was asked."""
MENTIONED_IN_CORRECTION = 0.4
TOLD = 0.5
"""A criterion heard in passing is rated only when it is this likely that the sentence is about it and states a level."""
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
_SHORT = 14
"""Words: a wish to skip, pause, finish or go back is a short message; a long one is an answer that mentions it."""


@dataclass(frozen=True)
class _Read:
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


class EncoderAssessor:
    """Reads with the embedded model; no network, no key."""

    def __init__(self, encoder: Encoder, rubric: Rubric, watch: Callable[[Sequence[float]], None] = lambda _confidences: None) -> None:
        """Take the model and the rubric; `watch` is told how surely each answer to an open question was read."""
        self._encoder = encoder
        self._rubric = rubric
        self._watch = watch

    @property
    def fingerprint(self) -> str:
        """The encoder's name and the fingerprint of its weights."""
        return f"encoder {self._encoder.fingerprint}"

    @traced("read message", "chain")
    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        """Read a message; see `Assessor.assess`."""
        return self.assess_now(text, asked, context, topic)

    def assess_now(self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None) -> Assessment:
        """Read a message on this thread."""
        if (wish := phrases.command(text)) is not None:
            return Assessment(intent=wish)
        if not is_english(text):
            return Assessment(intent=Intent.ANSWER, unread=True)
        read = self._sentences(text)
        intent = Intent.ATTACK if self._attacks(text) else self._intent(read, text)
        evidence = [s for s in read if s.intent not in (Intent.QUESTION, Intent.ATTACK)]
        questions = [s.text for s in read if s.intent is Intent.QUESTION]
        if intent not in (Intent.ANSWER, Intent.CORRECT, Intent.UNKNOWN, Intent.NOT_APPLICABLE):
            return Assessment(intent=intent, question=" ".join(questions) or None)
        if intent is Intent.CORRECT:
            return Assessment(intent=intent, findings=self._corrections(evidence, text, topic))
        findings = []
        if asked and evidence:
            quote = text[evidence[0].start : evidence[-1].end]
            mine = [s.text for s in evidence if s.criterion in (asked, "none") or s.about[s.criterion] < PLAINLY]
            findings.append(self.read(asked, quote, context, " ".join(mine) or quote))
            self._watch([findings[0].confidence])
        findings += self._mentions(evidence, text, asked)
        if asked and findings and intent is Intent.UNKNOWN and findings[0].unknown < INTENT_SURE and len(text.split()) > _SHORT:
            intent = Intent.ANSWER
        profile = profile_of(text) if asked is None else Profile()
        return Assessment(intent=intent, findings=tuple(findings), question=" ".join(questions) or None, profile=profile)

    async def polarity(self, probe: str, text: str) -> Mapping[str, float]:
        """Read a reply to a yes/no question by its first words; see `Assessor.polarity`."""
        return {answer: float(answer == phrases.polarity(text)) for answer in ("yes", "no", "unknown", "neither")}

    async def which(self, text: str) -> str | None:
        """Read a reply to "which of the two holds?"; see `Assessor.which`."""
        return phrases.which(text)

    def read(self, criterion: str, quote: str, context: Sequence[str] = (), part: str | None = None) -> Finding:
        """Read one answer to a criterion's question, bounded by the rules; `part` is what of the quote is about it."""
        words = " ".join([*context, part or quote])
        reading = self._encoder.read(self._rubric.criteria[criterion].question, words)
        ceiling = ceiling_of(words)
        levels = bounded(reading.levels, ceiling)
        lowered = ceiling is not None and reading.level > ceiling.level
        return Finding(
            criterion=criterion,
            quote=quote,
            distribution=levels,
            unknown=reading.unknown,
            needs_followup=reading.needs_followup,
            bounded_by=ceiling.reason if ceiling and lowered else None,
            grade=graded(quote),
        )

    def touched(self, text: str) -> list[str]:
        """Return the criteria that any sentence may be about, the likeliest first."""
        best: dict[str, float] = {}
        for about in self._encoder.criteria([span.text for span in sentences(text)]):
            for criterion, chance in about.items():
                if criterion != "none" and chance >= MENTIONED:
                    best[criterion] = max(chance, best.get(criterion, 0.0))
        return sorted(best, key=lambda criterion: -best[criterion])

    def _attacks(self, text: str) -> bool:
        """Say whether a message as a whole is an attack; what plays a machine is cut into sentences at odd places."""
        return self._encoder.intents([text])[0][Intent.ATTACK] >= ATTACK_SURE

    def _sentences(self, text: str) -> list[_Read]:
        spans = sentences(text)
        texts = [span.text for span in spans]
        if not texts:
            return []
        rows = zip(spans, self._encoder.intents(texts), self._encoder.criteria(texts), strict=True)
        return [self._one(span.start, span.end, span.text, wants, about) for span, wants, about in rows]

    def _one(self, start: int, end: int, text: str, wants: Mapping[str, float], about: Mapping[str, float]) -> _Read:
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
        return _Read(start, end, text, intent, sure, about)

    @staticmethod
    def _intent(read: Sequence[_Read], text: str) -> Intent:
        wanted = {s.intent for s in read}
        if Intent.ATTACK in wanted:
            return Intent.ATTACK
        if Intent.CORRECT in wanted and read[0].intent is Intent.CORRECT:
            return Intent.CORRECT
        if Intent.NOT_APPLICABLE in wanted and phrases.says_not_applicable(text):
            return Intent.NOT_APPLICABLE
        if len(text.split()) <= _SHORT:
            for intent in _WHOLE_MESSAGE:
                if intent in wanted and (intent is not Intent.FINISH or phrases.speaks_of_finishing(text)):
                    return intent
        if wanted and wanted <= {Intent.QUESTION, Intent.OFF_TOPIC} and Intent.QUESTION in wanted:
            return Intent.QUESTION
        for intent in (Intent.OFF_TOPIC, Intent.UNKNOWN):
            if wanted == {intent}:
                return intent
        return Intent.ANSWER

    def _mentions(self, read: Sequence[_Read], text: str, asked: str | None) -> list[Finding]:
        """Rate the criteria that the message touches beside the one that was asked; neighbouring sentences go together."""
        found: dict[str, Finding] = {}
        touched = {c for s in read for c, chance in s.about.items() if chance >= MENTIONED} - {asked, "none"}
        for criterion in sorted(touched):
            told = 0.0
            for run in _runs(read, criterion):
                finding = self.read(criterion, text[run[0].start : run[-1].end])
                stated = 1 - finding.unknown - finding.needs_followup
                sure = stated * max(s.about[criterion] for s in run)
                if sure >= max(TOLD, told):
                    found[criterion], told = finding.model_copy(update={"about": sure}), sure
        return list(found.values())

    def _corrections(self, read: Sequence[_Read], text: str, topic: str | None) -> tuple[Finding, ...]:
        """Rate what a correction is about: the criterion it names most clearly, else the one last talked about."""
        best = max((s for s in read if s.criterion != "none"), key=lambda s: s.about[s.criterion], default=None)
        criterion = best.criterion if best and best.about[best.criterion] >= MENTIONED_IN_CORRECTION else topic
        return (self.read(criterion, text),) if criterion else ()


def _runs(read: Sequence[_Read], criterion: str) -> list[list[_Read]]:
    """Return the stretches of neighbouring sentences that may be about a criterion."""
    runs: list[list[_Read]] = [[]]
    for sentence in read:
        if sentence.about[criterion] >= MENTIONED and len(sentence.text.split()) >= FEWEST_WORDS_OF_MENTION:
            runs[-1].append(sentence)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
