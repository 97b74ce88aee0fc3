"""The embedded reader: sentence by sentence for what is wanted and what is touched, the whole answer for its level."""

from collections.abc import Callable, Mapping, Sequence

from app.assessors import phrases
from app.assessors.grades import graded
from app.assessors.heard import ATTACK_SURE, INTENT_SURE, MENTIONED, SHORT, SentenceHeard, heard_in, stretches, wanted_of
from app.assessors.language import is_english
from app.assessors.profile import profile_of
from app.audit.ledger.assessment import Assessment, Finding, Intent, Scene
from app.audit.ledger.ceilings import bounded, ceiling_of
from app.audit.ledger.profile import Profile
from app.audit.rubric import Rubric
from app.encoder.model import Encoder
from app.encoder.sentences import sentences
from app.executor import Executor
from app.observability.tracing import traced

PLAINLY = 0.75
"""A sentence is plainly about a criterion from this probability: it then says nothing about the one that was asked."""
MENTIONED_IN_CORRECTION = 0.4
TOLD = 0.5
"""A criterion heard in passing is rated only when it is this likely that the sentence is about it and states a level."""


class EncoderAssessor:
    """Reads with the embedded model; no network, no key."""

    def __init__(
        self,
        encoder: Encoder,
        rubric: Rubric,
        executor: Executor,
        watch: Callable[[Sequence[float]], None] = lambda _confidences: None,
    ) -> None:
        """Take the model, the rubric and where to read; `watch` is told how surely each answer to an open question was read."""
        self._encoder = encoder
        self._rubric = rubric
        self._watch = watch
        self.executor = executor

    @property
    def fingerprint(self) -> str:
        """The encoder's name and the fingerprint of its weights."""
        return f"encoder {self._encoder.fingerprint}"

    @traced("read message", "chain")
    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        """Read a message; see `Assessor.assess`."""
        return await self.executor.run(self.assess_now, text, asked, context, topic)

    def assess_now(
        self,
        text: str,
        asked: str | None,
        context: Sequence[str] = (),
        topic: str | None = None,
        heard: Sequence[SentenceHeard] | None = None,
    ) -> Assessment:
        """Read a message on this thread; `heard` are its sentences where they have been read already."""
        if (wish := phrases.command(text)) is not None:
            return Assessment(intent=wish)
        if not is_english(text):
            return Assessment(intent=Intent.ANSWER, unread=True)
        heard = self.hear(text) if heard is None else heard
        intent = Intent.ATTACK if self._attacks(text, heard) else wanted_of(heard, text)
        evidence = [s for s in heard if s.intent not in (Intent.QUESTION, Intent.ATTACK)]
        questions = [s.text for s in heard if s.intent is Intent.QUESTION]
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
        if asked and findings and intent is Intent.UNKNOWN and findings[0].unknown < INTENT_SURE and len(text.split()) > SHORT:
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

    def hear(self, text: str) -> tuple[SentenceHeard, ...]:
        """Read a message sentence by sentence, on this thread."""
        return tuple(heard_in(span, self._encoder.read_sentence(span.text)) for span in sentences(text))

    @staticmethod
    def touched(heard: Sequence[SentenceHeard]) -> list[str]:
        """Return the criteria that any sentence may be about, the likeliest first."""
        best: dict[str, float] = {}
        for sentence in heard:
            for criterion, chance in sentence.about.items():
                if criterion != "none" and chance >= MENTIONED:
                    best[criterion] = max(chance, best.get(criterion, 0.0))
        return sorted(best, key=lambda criterion: -best[criterion])

    def _attacks(self, text: str, heard: Sequence[SentenceHeard]) -> bool:
        """Say whether any sentence, or the message as a whole, attacks; what plays a machine is cut into sentences at odd places."""
        if any(s.intent is Intent.ATTACK for s in heard):
            return True
        if len(heard) == 1 and heard[0].text == text.strip():
            return False  # the message is its one sentence, which has been read
        return self._encoder.read_sentence(text).intents[Intent.ATTACK] >= ATTACK_SURE

    def _mentions(self, heard: Sequence[SentenceHeard], text: str, asked: str | None) -> list[Finding]:
        """Rate the criteria that the message touches beside the one that was asked; neighbouring sentences go together."""
        found: dict[str, Finding] = {}
        touched = {c for s in heard for c, chance in s.about.items() if chance >= MENTIONED} - {asked, "none"}
        for criterion in sorted(touched):
            told = 0.0
            for run in stretches(heard, criterion):
                about = max(s.about[criterion] for s in run)
                if about < max(TOLD, told):
                    continue  # no reading could make it sure enough
                finding = self.read(criterion, text[run[0].start : run[-1].end])
                stated = 1 - finding.unknown - finding.needs_followup
                sure = stated * about
                if sure >= max(TOLD, told):
                    found[criterion], told = finding.model_copy(update={"about": sure}), sure
        return list(found.values())

    def _corrections(self, heard: Sequence[SentenceHeard], text: str, topic: str | None) -> tuple[Finding, ...]:
        """Rate what a correction is about: the criterion it names most clearly, else the one last talked about."""
        best = max((s for s in heard if s.criterion != "none"), key=lambda s: s.about[s.criterion], default=None)
        criterion = best.criterion if best and best.about[best.criterion] >= MENTIONED_IN_CORRECTION else topic
        return (self.read(criterion, text),) if criterion else ()
