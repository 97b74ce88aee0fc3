"""The report: everything that is printed, decided here; the formats in app/reports only print it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from app.audit.again.comparison import Comparison, compare
from app.audit.again.snapshot import Snapshot
from app.audit.guidance import Claim, Passage
from app.audit.ledger.evidence import RESPONDENT, Entry, Rating, rate
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.audit.plan.actions import Action
from app.audit.plan.changes import AS_PLANNED, UNCHANGED, WhatIf
from app.audit.plan.roadmap import Postponed, Roadmap, plan
from app.audit.rubric import LEVEL_NAMES, READY_LEVEL, Gap, Rubric
from app.audit.score.levers import Bottleneck, Lever, bottleneck, levers
from app.audit.score.scoring import GapScore, Range, Score, score
from app.audit.told.findings import CriterionReport, GapReport, PersonStatement, Quote
from app.audit.told.prose import Patterns, facts_of, tell
from app.audit.told.verdict import FirstMove, first_moves, verdict_of
from app.audit.waiting.impact import Impact, impact

SCHEMA_VERSION = "3"


class Method(Value):
    """How the report came about: enough to repeat it."""

    rubric_version: str
    assessor: str
    """What read the answers, with the fingerprint of its weights."""
    read_by: dict[str, int] = Field(default_factory=dict)
    """How many of the entries that count were read by what: `model`, `encoder`, `tap` or `probe`."""
    asked: int
    depth: str
    schema_version: str = SCHEMA_VERSION


class Report(Value):
    """A whole audit, ready to print in any format."""

    audit_id: str
    made_at: datetime
    profile: Profile
    verdict: str
    result: Score
    bottleneck: Bottleneck | None
    first_moves: tuple[FirstMove, ...]
    not_yet: tuple[Postponed, ...]
    gaps: tuple[GapReport, ...]
    unknown: tuple[CriterionReport, ...]
    roadmap: Roadmap
    what_if: WhatIf = UNCHANGED
    """What the person tries out; the ratings never change by it."""
    expected_as_planned: Range
    """The score after the ninety days, had the plan not been changed."""
    impact: Impact
    """What it costs to wait."""
    comparison: Comparison | None = None
    """What became of the project since an earlier audit, where this one follows one."""
    respondents: tuple[str, ...] = ()
    """Who answered by name, in the order they first did."""
    passages: tuple[Passage, ...]
    """Every passage that the report names, in full."""
    claims: tuple[Claim, ...]
    """Every figure from outside that stands in the report, with its source and check state."""
    method: Method


def _quote(entry: Entry) -> Quote:
    return Quote(text=entry.quote, turn=entry.turn, who=entry.who, read_by=entry.read_by, said_on=entry.carried_from)


def _account(account: Rating, levels: Sequence[str], *, counts: bool) -> PersonStatement:
    return PersonStatement(
        who=account.who,
        level=account.level,
        statement=_statement(account, levels),
        grade=account.grade,
        quotes=tuple(_quote(entry) for entry in account.quotes),
        counts=counts,
    )


def _statement(rating: Rating, levels: Sequence[str]) -> str:
    if rating.level is not None:
        return levels[rating.level]
    if rating.standing == "not_applicable":
        return "Does not apply" + (f": {rating.note}" if rating.note else "")
    return {"unknown": "Not known yet", "skipped": "Skipped", "bare": "Claimed, but without a detail to rate it by"}.get(
        rating.standing, "Not asked yet"
    )


def _finding(rubric: Rubric, rating: Rating, lever: Lever | None, passages: Mapping[str, Passage]) -> CriterionReport:
    criterion = rubric.criteria[rating.criterion]
    about = tuple(p.id for p in passages.values() if criterion.id in p.about and p.kind == "criterion")
    open_ = rating.level is None and rating.standing != "not_applicable"
    return CriterionReport(
        criterion=criterion.id,
        name=criterion.name,
        core=criterion.core,
        question=criterion.question,
        standing=rating.standing,
        level=rating.level,
        level_name=None if rating.level is None else LEVEL_NAMES[rating.level],
        statement=_statement(rating, criterion.levels),
        confidence=rating.confidence,
        grade=rating.grade,
        note=rating.note,
        quotes=tuple(_quote(e) for e in rating.quotes),
        corrected=tuple(_quote(e) for e in rating.history),
        statements=tuple(_account(one, criterion.levels, counts=one.who == rating.who) for one in rating.statements),
        lever=lever,
        passages=about,
        who_knows=criterion.knows if open_ else None,
    )


def _gap(gap: Gap, scored: GapScore, findings: Mapping[str, CriterionReport]) -> GapReport:
    return GapReport(
        gap=gap.id,
        name=gap.name,
        title=gap.title,
        summary=gap.summary,
        score=scored.score.value,
        low=scored.score.low,
        high=scored.score.high,
        known=scored.known,
        total=scored.total,
        findings=tuple(findings[c.id] for c in gap.criteria),
    )


def build(
    *,
    audit_id: str,
    made_at: datetime,
    profile: Profile,
    ledger: Sequence[Entry],
    depth: str,
    assessor: str,
    rubric: Rubric,
    actions: Sequence[Action],
    passages: Mapping[str, Passage],
    claims: Mapping[str, Claim],
    prose: Patterns,
    what_if: WhatIf = UNCHANGED,
    before: Snapshot | None = None,
) -> Report:
    """Build the report from the ledger; the same ledger, knowledge and day always give the same report.

    `what_if` asks what another plan would bring, and what waiting would cost with the person's own figures;
    `before` is an earlier audit of the same project to compare with.

    Raises:
        ValueError: an assumption is not one; see `impact`.
    """
    ratings = rate(ledger, rubric)
    result = score(rubric, ratings)
    lever_of = {lever.criterion: lever for lever in levers(rubric, ratings)}
    findings = {c: _finding(rubric, r, lever_of.get(c), passages) for c, r in ratings.items()}
    roadmap = plan(rubric, actions, ratings, made_at.date(), changes=what_if.changes)
    as_planned = plan(rubric, actions, ratings, made_at.date()) if what_if.changes != AS_PLANNED else roadmap
    waiting = impact(profile, ratings, rubric, claims, assumptions=what_if.assumptions)
    first = first_moves(roadmap)
    weak = [f for f in findings.values() if f.level is not None and f.level < READY_LEVEL]
    named = {passage for finding in weak for passage in finding.passages}
    named |= {task.passage for sprint in roadmap.sprints for task in sprint.tasks if task.passage}
    shown = tuple(p for p in passages.values() if p.id in named)
    cited = {c for p in shown for c in p.claims} | ({"cancelled-share", "two-or-more"} & set(claims) if result.at_risk else set())
    cited |= set(waiting.claims)
    gaps = [_gap(gap, scored, findings) for gap, scored in zip(rubric.gaps, result.gaps, strict=True)]
    told = tell(facts_of(gaps, roadmap), prose, audit_id)
    return Report(
        audit_id=audit_id,
        made_at=made_at,
        profile=profile,
        verdict=verdict_of(result),
        result=result,
        bottleneck=bottleneck(rubric, ratings, result),
        first_moves=first,
        not_yet=roadmap.not_yet,
        gaps=tuple(gap.model_copy(update={"told": told.get(gap.gap, ())}) for gap in gaps),
        unknown=tuple(f for f in findings.values() if f.who_knows),
        roadmap=roadmap,
        what_if=what_if,
        expected_as_planned=as_planned.sprints[-1].expected,
        impact=waiting,
        comparison=compare(before, ratings, result, rubric) if before else None,
        respondents=tuple(dict.fromkeys(entry.who for entry in ledger if entry.who != RESPONDENT)),
        passages=shown,
        claims=tuple(claims[c] for c in sorted(cited)),
        method=Method(
            rubric_version=rubric.version,
            assessor=assessor,
            read_by=dict(Counter(entry.read_by for rating in ratings.values() for entry in rating.quotes)),
            asked=len({entry.criterion for entry in ledger}),
            depth=depth,
        ),
    )
