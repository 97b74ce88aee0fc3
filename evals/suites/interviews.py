"""A whole interview: simulated respondents talk to the program; the report is compared with the truth about them."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from app.audit.told.report import Report
from app.executor import WORKERS
from app.interview.asked import Asked, AskedProbe
from app.interview.events import Depth, Event, Finished
from evals.figures import Figure, Pair, defined, figure, mean, pooled_kappa, share
from evals.program import Program
from evals.respondent import Persona, Respondent, read_personas
from evals.run import DATASETS, Options, Result, run_record, thrown_away

CASES = DATASETS / "personas"
MOST_TURNS = 160
"""An interview that is longer is broken off and counted as a failed turn."""
MOST_FAILURES = 3
_ON_CRITERIA = ("criterion", "followup", "probe", "contradiction", "change")


@dataclass
class Held:
    """One interview as it went."""

    persona: Persona
    said: list[str] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    """Every question put, without those that came back after the person asked something."""
    repeated: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    attacks: int = 0
    attacks_that_worked: list[str] = field(default_factory=list)
    unsent: int = 0
    turns: int = 0
    report: Report | None = None


def _same(one: Asked, other: Asked) -> bool:
    return _put(one) == _put(other)


def _put(asked: Asked) -> tuple[str, str | None, str | None, int | None]:
    return asked.asks, asked.about, asked.about_gap, asked.boundary if isinstance(asked, AskedProbe) else None


def _note(held: Held, events: Sequence[Event], answered: bool) -> None:
    """Keep the question put; one that comes back although it was answered is a repeated one."""
    for asked in (event for event in events if isinstance(event, Asked)):
        known = any(_same(asked, earlier) for earlier in held.questions)
        if known and answered:
            held.repeated.append(asked.text)
        if not known or answered:
            held.questions.append(asked)


async def hold(program: Program, persona: Persona, depth: Depth) -> Held:
    """Hold one interview from the greeting to the report."""
    held, respondent, audit = Held(persona), Respondent(persona), str(uuid4())
    events = await program.begin(audit, depth)
    _note(held, events, answered=True)
    while (text := respondent.reply(events)) is not None:
        if held.turns >= MOST_TURNS or len(held.failures) >= MOST_FAILURES:
            held.failures.append(f"broken off after {held.turns} turns, at: {text[:80]}")
            break
        held.turns += 1
        before = (await program.view(audit)).ledger if respondent.kind == "attack" else None
        try:
            events = await program.say(audit, text)
        except Exception as error:  # noqa: BLE001 - any crash is what is counted here
            held.failures.append(f"{type(error).__name__}: {error} at: {text[:80]}")
            continue
        _note(held, events, answered=respondent.kind == "answer")
        if before is not None:
            held.attacks += 1
            after = (await program.view(audit)).ledger
            if after != before or any(isinstance(event, Finished) for event in events):
                held.attacks_that_worked.append(text)
    held.said, held.unsent = respondent.said, respondent.unsent
    held.report = await program.report(audit)
    return held


async def hold_all(program: Program, personas: Sequence[Persona], depth: Depth) -> list[Held]:
    """Hold all interviews, as many at once as there are threads to read on."""
    places = asyncio.Semaphore(WORKERS)

    async def held(persona: Persona) -> Held:
        async with places:
            return await hold(program, persona, depth)

    return list(await asyncio.gather(*map(held, personas)))


@dataclass(frozen=True)
class Outcome:
    """One interview as it is counted."""

    id: str
    expected: dict[str, int | str]
    actual: dict[str, int | str]
    checklist: tuple[int, int]
    at_risk: bool
    weakest_gap: str | None
    weakest_gap_right: bool
    questions: int
    on_criteria: int
    settled: int
    repeated_questions: list[str]
    open_but_known: list[str]
    invented: list[str]
    """Criteria that the person does not know or that do not apply, and that got a level all the same."""
    without_level: int
    quotes_not_verbatim: list[str]
    attacks: int
    attacks_that_worked: list[str]
    unsent: int
    failed_turns: list[str]
    turns: int

    @property
    def pairs(self) -> list[Pair]:
        both = ((self.expected[c], self.actual.get(c)) for c in self.expected)
        return [(e, a) for e, a in both if isinstance(e, int) and isinstance(a, int)]


def outcome_of(held: Held, scope: Sequence[str]) -> Outcome:
    """Compare a report with the truth about the persona, over the criteria that the depth asks for."""
    report, persona = held.report, held.persona
    assert report is not None  # noqa: S101 - hold builds it for every interview
    findings = {f.criterion: f for gap in report.gaps for f in gap.findings}
    actual: dict[str, int | str] = {c: f.standing if f.level is None else f.level for c, f in findings.items()}
    truth = {c: persona.truth[c] for c in scope if c in persona.truth}
    lines = {line.gap: line.answer for line in report.result.checklist}
    right = sum(lines.get(gap) == answer for gap, answer in persona.expected.checklist.items())
    weakest = report.bottleneck.gap if report.bottleneck else None
    spoken = [q.text for f in findings.values() for q in (*f.quotes, *f.corrected) if q.read_by != "tap"]
    known_to_person = {c for c, level in truth.items() if isinstance(level, int)}
    return Outcome(
        id=persona.id,
        expected=dict(truth),
        actual=actual,
        checklist=(right, len(persona.expected.checklist)),
        at_risk=report.result.at_risk == persona.expected.at_risk,
        weakest_gap=weakest,
        weakest_gap_right=weakest in persona.expected.weakest_gap,
        questions=len(held.questions),
        on_criteria=sum(asked.asks in _ON_CRITERIA for asked in held.questions),
        settled=sum(findings[c].standing not in ("open", "bare") for c in scope),
        repeated_questions=held.repeated,
        open_but_known=[c for c in scope if c in known_to_person and findings[c].level is None],
        invented=[c for c in truth if c not in known_to_person and findings[c].level is not None],
        without_level=len(truth) - len(known_to_person),
        quotes_not_verbatim=[quote for quote in spoken if not any(quote in text for text in held.said)],
        attacks=held.attacks,
        attacks_that_worked=held.attacks_that_worked,
        unsent=held.unsent,
        failed_turns=held.failures,
        turns=held.turns,
    )


def figures_of(outcomes: list[Outcome], seed: int) -> dict[str, Figure]:
    """Compute every figure of measures.md; counts are means per audit."""

    def per_audit(counts: Sequence[int]) -> Figure | None:
        return figure([float(count) for count in counts], mean, seed)

    pairs = [o.pairs for o in outcomes]
    return defined(
        {
            "kappa": figure(pairs, pooled_kappa, seed, sum(map(len, pairs))),
            "checklist_accuracy": figure([o.checklist for o in outcomes], share, seed, sum(o.checklist[1] for o in outcomes)),
            "at_risk_accuracy": per_audit([o.at_risk for o in outcomes]),
            "weakest_gap_accuracy": per_audit([o.weakest_gap_right for o in outcomes]),
            "questions": per_audit([o.questions for o in outcomes]),
            "questions_per_criterion": figure([(o.on_criteria, o.settled) for o in outcomes], share, seed),
            "repeated_questions": per_audit([len(o.repeated_questions) for o in outcomes]),
            "open_but_known": per_audit([len(o.open_but_known) for o in outcomes]),
            "unknown_given_a_level": figure([(len(o.invented), o.without_level) for o in outcomes], share, seed),
            "quotes_not_verbatim": per_audit([len(o.quotes_not_verbatim) for o in outcomes]),
            "attacks_that_worked": per_audit([len(o.attacks_that_worked) for o in outcomes]),
            "failed_turns": per_audit([len(o.failed_turns) for o in outcomes]),
        }
    )


def _as_case(outcome: Outcome) -> dict[str, Any]:
    return asdict(outcome)


async def measure(options: Options) -> Result:
    """Measure whole interviews."""
    started, folder = time.perf_counter(), options.cases or CASES
    personas = read_personas(folder)
    depth: Depth = "quick" if options.depth == "quick" else "full"
    async with thrown_away(options) as program:
        rubric = program.parts.knowledge.rubric
        scope = [c.id for c in (rubric.core if depth == "quick" else rubric.criteria.values())]
        outcomes = [outcome_of(held, scope) for held in await hold_all(program, personas, depth)]
        figures = figures_of(outcomes, options.seed)
        run = run_record(program, folder, options.seed, started)
    return Result(
        "interviews", figures, [_as_case(o) for o in outcomes], run | {"depth": depth}, inputs={p.id: p.model_dump() for p in personas}
    )
