"""The reader by a language model: it proposes evidence, the rules bound it, and the embedded reader checks it and stands in for it."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from app.assessors import phrases
from app.assessors.by_encoder import EncoderAssessor
from app.assessors.grades import graded
from app.assessors.heard import SentenceHeard
from app.assessors.proposal import Evidence, Proposal
from app.audit.ledger.assessment import Assessment, Finding, Intent, Scene
from app.audit.ledger.ceilings import bounded, ceiling_of
from app.audit.ledger.evidence import Distribution
from app.audit.rubric import TOP_LEVEL, Rubric
from app.audit.told.speech import fault_of
from app.errors import ModelError
from app.llm.model import Call, ChatModel
from app.llm.prompts import Rendered
from app.llm.releases import Releases
from app.observability.tracing import note, traced

READ = "assess/read"
MOST_TOKENS = 900
REPORT_CALLS = 1
"""Of an audit's budget, so many calls are left for wording its report."""
STATED = 4
"""Criteria whose statements are put to the model: the one that was asked and those that the embedded reader hears."""
TRUST = 0.8
"""How often a model is taken to name the exact level, unless the settings say otherwise: as often as the embedded reader does."""
_MISSES = (0.4, 0.08, 0.015, 0.005)
"""How the share that is left falls on each side, one to four levels away."""
DISAGREEMENT = 2
"""So many levels apart neither reading is believed: both keep half the weight, so that the agenda asks."""
SPECIAL_SURE = 0.85
"""How sure a model's "bare" or "unknown" is taken to be, before the embedded reader has its half."""
LONGEST_WISH = 40
"""Words: a wish to skip, pause or finish is a short message, whatever a model hears in a long one."""
HEARD = 0.85
"""How surely a sentence that a model quotes is taken to be about its criterion."""
_WISHES = (Intent.SKIP, Intent.BACK, Intent.PAUSE, Intent.FINISH, Intent.RESTART)
_WITHOUT_EVIDENCE = (*_WISHES, Intent.OFF_TOPIC, Intent.ATTACK, Intent.QUESTION)


class LlmAssessor:
    """Reads with a model; whatever fails, the embedded reader's proposal counts, and says why."""

    def __init__(self, model: ChatModel, prompts: Releases, encoder: EncoderAssessor, rubric: Rubric, trust: float = TRUST) -> None:
        """Take the model, the prompts, what stands in for it, and how often the model is exact."""
        self._trust = trust
        self._model = model
        self._prompts = prompts
        self._encoder = encoder
        self._rubric = rubric
        self._names = "\n".join(f"{c.id}: {c.name}" for c in rubric.criteria.values())

    @property
    def fingerprint(self) -> str:
        """The models, the prompts and the embedded reader."""
        return f"{self._model.fingerprint}, prompts {self._prompts.fingerprint}, beside {self._encoder.fingerprint}"

    @traced("read message", "chain")
    async def assess(
        self, text: str, asked: str | None, context: Sequence[str] = (), topic: str | None = None, scene: Scene | None = None
    ) -> Assessment:
        """Read a message; see `Assessor.assess`."""
        if (wish := phrases.command(text)) is not None:
            return Assessment(intent=wish)
        heard = await self._encoder.executor.run(self._encoder.hear, text)
        prompt = await self._encoder.executor.run(self._rendered, text, asked, topic, heard, scene or Scene())
        call = Call(prompt, "careful", MOST_TOKENS, calls_kept=REPORT_CALLS)
        asking = asyncio.create_task(self._model.ask(call, Proposal))
        beside = await self._encoder.executor.run(self._encoder.assess_now, text, asked, context, topic, heard)
        try:
            proposal = await asking
        except ModelError as error:
            note(assessed_by="encoder", fallback=error.reason)
            return beside.model_copy(update={"fallback": error.reason})
        note(assessed_by=self._model.fingerprint)
        return await self._encoder.executor.run(self._assessment, proposal, text, asked, context, beside)

    async def polarity(self, probe: str, text: str) -> Mapping[str, float]:
        """Read a plain yes or no without a model; see `Assessor.polarity`."""
        return await self._encoder.polarity(probe, text)

    async def which(self, text: str) -> str | None:
        """Read a plain choice without a model; see `Assessor.which`."""
        return await self._encoder.which(text)

    def _rendered(self, text: str, asked: str | None, topic: str | None, heard: Sequence[SentenceHeard], scene: Scene) -> Rendered:
        about = [c for c in (asked, topic, *self._encoder.touched(heard)) if c]
        stated = list(dict.fromkeys(about))[:STATED]
        return self._prompts.prompt(READ, scene.prompts).render(
            names=self._names,
            statements="\n\n".join(self._statements(c) for c in stated) or "none",
            open_question=scene.question or (self._rubric.criteria[asked].question if asked else "What is the project?"),
            asked=asked or "none",
            settled="\n".join(scene.settled) or "nothing yet",
            lately="\n".join(scene.lately) or "nothing yet",
            message=text,
        )

    def _statements(self, criterion: str) -> str:
        about = self._rubric.criteria[criterion]
        levels = "\n".join(f"{level}: {words}" for level, words in enumerate(about.levels))
        return f"{criterion} ({about.question})\n{levels}"

    def _assessment(self, said: Proposal, text: str, asked: str | None, context: Sequence[str], beside: Assessment) -> Assessment:
        """Believe of a proposal what the message bears out."""
        heard = self._findings(said.findings, text, asked, context, beside)
        intent = _sound(said.intent, text, heard, beside)
        findings = [] if intent in _WITHOUT_EVIDENCE else heard
        if intent in (Intent.ANSWER, Intent.UNKNOWN) and asked and not any(f.criterion == asked for f in findings):
            findings += [finding for finding in beside.findings if finding.criterion == asked]
        question = said.question if said.question and said.question in text else beside.question
        about = self._rubric.criteria[asked] if asked else None
        keep = partial(
            _kept, facts=f"{text}\n{about.question if about else ''}", answers=about.levels if about else (), language=said.language
        )
        return Assessment(
            intent=intent,
            findings=tuple(findings),
            question=question if intent is not Intent.ATTACK else None,
            profile=beside.profile,
            yes_no=None if said.yes_no == "neither" else said.yes_no,
            acknowledgement=keep(said.acknowledgement, questions=0),
            followup=keep(said.followup or "", questions=1),
            language=said.language[:2].lower() or "en",
            assessed_by=self._model.fingerprint,
        )

    def _findings(
        self, proposed: Sequence[Evidence], text: str, asked: str | None, context: Sequence[str], beside: Assessment
    ) -> list[Finding]:
        heard: dict[str, list[Evidence]] = {}
        for one in proposed:
            if one.criterion in self._rubric.criteria and one.quote.strip() and one.quote in text:
                heard.setdefault(one.criterion, []).append(one)
        own = {finding.criterion: finding for finding in beside.findings}
        return [self._finding(c, mine, text, context if c == asked else (), own.get(c)) for c, mine in heard.items()]

    def _finding(self, criterion: str, heard: Sequence[Evidence], text: str, context: Sequence[str], own: Finding | None) -> Finding:
        """Weigh the model's reading of one criterion against the embedded one's of the same words, under the ceilings."""
        starts = [text.index(one.quote) for one in heard]
        quote = text[min(starts) : max(start + len(one.quote) for start, one in zip(starts, heard, strict=True))]
        beside = own or self._encoder.read(criterion, quote, context)
        levels = [int(one.says) for one in heard if one.says.isdigit()]
        missing = next((one.missing for one in heard if one.missing), "") or ""
        if not levels:
            special = {one.says for one in heard}
            if special == {"seen"}:
                return beside.model_copy(update={"missing": missing})
            sure = {
                "unknown": (SPECIAL_SURE * ("unknown" in special) + beside.unknown) / 2,
                "needs_followup": (SPECIAL_SURE * (special == {"bare"}) + beside.needs_followup) / 2,
            }
            return beside.model_copy(update={"quote": quote, "grade": graded(quote), "missing": missing, "read_by": "model", **sure})
        words = " ".join([*context, quote])
        ceiling, level = ceiling_of(words), min(levels)
        distribution = weighed(level, beside.distribution, beside.level, self._trust)
        return Finding(
            criterion=criterion,
            quote=quote,
            distribution=bounded(distribution, ceiling),
            unknown=beside.unknown,
            needs_followup=beside.needs_followup,
            about=max(own.about, HEARD) if own else HEARD,
            bounded_by=ceiling.reason if ceiling and level > ceiling.level else None,
            grade=graded(quote),
            missing=missing,
            read_by="model",
        )


def weighed(level: int, other: Distribution, other_level: int, trust: float) -> Distribution:
    """Weigh a level that a model names with the embedded reader's distribution, by Bayes' rule.

    The distribution is what is believed before; `trust` is how often the model names the exact level, and a miss is mostly by one. So a
    sure reading moves little and an unsure one much. Two or more levels apart both count alike instead, so that it gets asked.
    """
    missed = [(1 - trust) * share for share in _MISSES]
    likely = [trust if true == level else missed[abs(level - true) - 1] for true in range(TOP_LEVEL + 1)]
    if abs(level - other_level) >= DISAGREEMENT:
        scale = sum(likely)
        mixed = [(mine / scale + theirs) / 2 for mine, theirs in zip(likely, other, strict=True)]
    else:
        mixed = [mine * theirs for mine, theirs in zip(likely, other, strict=True)]
    total = sum(mixed)
    zero, one, two, three, four = (share / total for share in mixed)
    return (zero, one, two, three, four)


def _sound(intent: Intent, text: str, heard: Sequence[Finding], beside: Assessment) -> Intent:
    """Keep an intent only where the message can bear it: what would throw evidence away needs more than a model's word."""
    if beside.intent is Intent.ATTACK:
        return Intent.ATTACK
    if intent in _WISHES and len(text.split()) > LONGEST_WISH:
        return beside.intent
    if intent in (Intent.OFF_TOPIC, Intent.QUESTION) and any(f.read_by == "model" and f.unknown + f.needs_followup < 0.5 for f in heard):
        return Intent.ANSWER
    return intent


def _kept(sentence: str, *, facts: str, questions: int, answers: Sequence[str], language: str) -> str:
    """Keep a sentence of the model only when it keeps the rules for what may be said."""
    told = " ".join(sentence.split())
    if told.count("?") != questions or fault_of(told, facts, answers=answers, language=language[:2].lower()):
        return ""
    return told
