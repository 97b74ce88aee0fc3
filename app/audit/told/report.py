"""The report: everything that is printed, decided here; the formats in app/reports only print it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import Field

from app.audit.again.comparison import Comparison, compare
from app.audit.guidance import Claim, Passage
from app.audit.ledger.evidence import RESPONDENT, Rating, rate
from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.plan.changes import AS_PLANNED, UNCHANGED, Changes, WhatIf
from app.audit.plan.ninety_days import plan
from app.audit.plan.roadmap import Postponed, Roadmap
from app.audit.rubric import READY_LEVEL
from app.audit.score.levers import Bottleneck, bottleneck
from app.audit.score.scoring import Range, Score, score
from app.audit.told.case_file import CaseFile
from app.audit.told.facts import facts_of
from app.audit.told.findings import CriterionReport, GapReport
from app.audit.told.gap_reports import gap_reports
from app.audit.told.prose import tell
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
    band_name: str
    """What the score's band is called."""
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


def build(methodology: Methodology, case: CaseFile, made_at: datetime) -> Report:
    """Build the report from the ledger; the same case, methodology and day always give the same report.

    Raises:
        ValueError: an assumption of the what-if is not one; see `impact`.
    """
    words = methodology.words
    ratings = rate(case.ledger, methodology.rubric)
    result = score(methodology.rubric, ratings)
    roadmap = plan(methodology, ratings, made_at.date(), case.what_if.changes)
    waiting = impact(methodology, case.profile, ratings, case.what_if.assumptions)
    gaps = _told(gap_reports(methodology, ratings, result), roadmap, methodology, case.audit_id)
    passages = _passages(methodology, gaps, roadmap)
    return Report(
        audit_id=case.audit_id,
        made_at=made_at,
        profile=case.profile,
        verdict=verdict_of(result, words),
        result=result,
        band_name=words.say("score.band", band=result.band),
        bottleneck=bottleneck(methodology, ratings, result),
        first_moves=first_moves(roadmap),
        not_yet=roadmap.not_yet,
        gaps=gaps,
        unknown=tuple(finding for gap in gaps for finding in gap.findings if finding.who_knows),
        roadmap=roadmap,
        what_if=case.what_if,
        expected_as_planned=_expected_as_planned(methodology, ratings, roadmap, made_at.date(), case.what_if.changes),
        impact=waiting,
        comparison=compare(case.before, ratings, result, methodology) if case.before else None,
        respondents=tuple(dict.fromkeys(entry.who for entry in case.ledger if entry.who != RESPONDENT)),
        passages=passages,
        claims=_claims(methodology, passages, result, waiting),
        method=_method(methodology, case, ratings),
    )


def _told(gaps: Sequence[GapReport], roadmap: Roadmap, methodology: Methodology, audit_id: str) -> tuple[GapReport, ...]:
    """Tell each gap in sentences."""
    told = tell(facts_of(gaps, roadmap, methodology.words), methodology, audit_id)
    return tuple(gap.model_copy(update={"told": told.get(gap.gap, ())}) for gap in gaps)


def _expected_as_planned(
    methodology: Methodology, ratings: Mapping[str, Rating], roadmap: Roadmap, starts: date, changes: Changes
) -> Range:
    """Return the score at the end of the plan that the person did not change."""
    as_planned = roadmap if changes == AS_PLANNED else plan(methodology, ratings, starts)
    return as_planned.sprints[-1].expected


def _passages(methodology: Methodology, gaps: Sequence[GapReport], roadmap: Roadmap) -> tuple[Passage, ...]:
    """Return every passage that explains what is not ready, or that the plan rests on."""
    findings = (finding for gap in gaps for finding in gap.findings)
    named = {id_ for finding in findings if finding.level is not None and finding.level < READY_LEVEL for id_ in finding.passages}
    named |= {task.passage for sprint in roadmap.sprints for task in sprint.tasks if task.passage}
    return tuple(passage for passage in methodology.passages if passage.id in named)


def _claims(methodology: Methodology, passages: Sequence[Passage], result: Score, waiting: Impact) -> tuple[Claim, ...]:
    """Return every figure from outside that the report rests on or quotes, by their ids."""
    cited = {*waiting.claims, *(id_ for passage in passages for id_ in passage.claims)}
    if result.at_risk:
        cited |= {claim.id for claim in methodology.claims_for("at_risk")}
    return tuple(methodology.claims[id_] for id_ in sorted(cited))


def _method(methodology: Methodology, case: CaseFile, ratings: Mapping[str, Rating]) -> Method:
    return Method(
        rubric_version=methodology.rubric.version,
        assessor=case.assessor,
        read_by=dict(Counter(entry.read_by for rating in ratings.values() for entry in rating.quotes)),
        asked=len({entry.criterion for entry in case.ledger}),
        depth=case.depth,
    )
