"""How numbers, dates, states and links read in every form of the report, so that all forms say the same."""

from datetime import date

from app.audit import grammar
from app.audit.guidance import Claim
from app.audit.ledger.evidence import RESPONDENT
from app.audit.plan.roadmap import Sprint, Task
from app.audit.score.scoring import Range
from app.audit.told.findings import CriterionReport, GapReport, Quote
from app.audit.told.report import Report
from app.reports.letters import visible

capital, count, listed, sentence, within = grammar.capital, grammar.count, grammar.listed, grammar.sentence, grammar.within
"""So that a template finds all words in one place."""
ANSWERS = {"yes": "Yes", "no": "No", "unknown": "Not known", "n/a": "Does not apply"}
GRADES = {
    "claimed": "claimed",
    "described": "described with detail",
    "evidenced": "a document or link named",
    "verified": "verified",
}
_TITLE_LENGTH = 120


def day(value: date | None) -> str:
    """Write a date out: 23 December 2026."""
    return grammar.written(value) if value else ""


def points(value: float | None) -> str:
    """Round a score to whole points; one that does not exist is a dash."""
    return "–" if value is None else f"{value:.0f}"


def title(report: Report, length: int = _TITLE_LENGTH) -> str:
    """Name the report; what is longer than `length` letters is cut."""
    name = visible(" ".join(report.profile.title.split()))
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"


def spread(score: Range) -> str:
    """Say what a score could still be, or that nothing is open."""
    if round(score.low) == round(score.high):
        return "nothing is open"
    return f"between {score.low:.0f} and {score.high:.0f}, depending on what is not known yet"


def coverage(report: Report) -> str:
    """Say how much is known."""
    if report.result.total == 0:
        return "none of the criteria applies"
    return f"{report.result.known} of {count(report.result.total, 'criterion', 'criteria')} known"


def gap_value(gap: GapReport) -> str:
    """Write a gap's score, or why it has none."""
    if gap.score is not None:
        return points(gap.score)
    return "not known" if gap.total else "does not apply"


def gap_line(gap: GapReport) -> str:
    """Say where a gap stands in one line."""
    if not gap.total:
        return "None of its criteria applies."
    known = f"{gap.known} of {gap.total} known"
    if gap.score is None:
        return f"Not known yet · {known}"
    ranged = "" if round(gap.low) == round(gap.high) else f", between {gap.low:.0f} and {gap.high:.0f}"
    return f"{points(gap.score)} of 100{ranged} · {known}"


def gaps(report: Report) -> str:
    """Say all gaps' scores in a line: the charts in words, for those who cannot see them."""
    return "; ".join(f"{gap.name}: {gap_line(gap).replace(' · ', ', ').rstrip('.')}" for gap in report.gaps)


def days(low_high: tuple[float, float]) -> str:
    """Write an effort in person-days."""
    low, high = low_high
    return count(high, "person-day") if low == high else f"{low:g} to {count(high, 'person-day')}"


def sure(finding: CriterionReport) -> str:
    """Say in words how sure the reading is."""
    if finding.level is None:
        return ""
    return "high" if finding.confidence >= 0.75 else "medium" if finding.confidence >= 0.5 else "low"


def footing(finding: CriterionReport) -> str:
    """Say in one line how well a rating is founded, how surely it was read, and what was noted."""
    parts = [f"Evidence: {GRADES[finding.grade]}", f"confidence: {sure(finding)}"] if finding.grade else []
    noted = finding.note if finding.standing != "not_applicable" else ""
    return capital(" · ".join([*parts, *([noted] if noted else [])]))


def gain(value: float) -> str:
    """Write what a lever is worth, in whole points."""
    return "less than a point" if value < 0.5 else count(round(value), "point")


def lever(finding: CriterionReport) -> tuple[str, str] | None:
    """Say what would move a rating, or settle what is not known: a heading and a sentence."""
    found = finding.lever
    if found is None:
        return None
    proof = sentence(within(found.proof))
    if finding.level is None:
        return "What would settle it", f"{found.fact} A yes lifts the lowest possible score by {gain(found.points)}. Proof: {proof}"
    return "What would move it", f"{found.fact} A yes is worth {gain(found.points)}. Proof: {proof}"


def said(quote: Quote) -> str:
    """Say where a quote comes from."""
    if quote.read_by == "stated":
        return "in our own words"
    how = "tapped" if quote.read_by == "tap" else "said"
    by = "" if quote.who == RESPONDENT else f" by {visible(quote.who)}"
    return f"{how}{by} {f'before, in the audit of {day(quote.said_on)}' if quote.said_on else f'in turn {quote.turn}'}"


def first_moves(report: Report) -> str:
    """Head the list of what to do first."""
    return ("One thing", "Two things", "Three things")[min(len(report.first_moves), 3) - 1] + " to do first"


def owed(task: Task) -> str:
    """Say who does a task, how much work it is, and what comes first."""
    after = f" · after {', '.join(map(within, task.after))}" if task.after else ""
    return f"{task.owner} · {days(task.effort_days)}{after}"


def sprint_line(sprint: Sprint) -> str:
    """Say when a sprint is, what it takes, and which score is expected at its end."""
    parts = [f"{day(sprint.starts)} to {day(sprint.ends)}", *([days(sprint.effort_days)] if sprint.tasks else [])]
    score = sprint.expected
    if score.value is not None:
        ranged = "" if round(score.low) == round(score.high) else f" (between {score.low:.0f} and {score.high:.0f})"
        parts.append(f"expected score at its end: {points(score.value)}{ranged}")
    return " · ".join(parts)


def claims(report: Report) -> tuple[Claim, ...]:
    """Return the figures that may be shown: a disputed one never is."""
    return tuple(claim for claim in report.claims if claim.state != "disputed")


def about(report: Report) -> list[tuple[str, str]]:
    """List what the person said about the project, as label and value."""
    p = report.profile
    told = {
        "Company": p.company,
        "Industry": p.industry,
        "Size": p.size,
        "Answered by": ", ".join(report.respondents) or p.role,
        "Project": p.project,
        "Stage": p.stage,
        "In pilot for": None if p.months_in_pilot is None else count(p.months_in_pilot, "month"),
        "Spent so far": p.spend,
        "Tasks a month": None if p.tasks_per_month is None else f"{p.tasks_per_month:,}",
        "Value of a task": p.value_per_task,
        "Target date": p.target_date,
    }
    return [(label, value) for label, value in told.items() if value]


def method(report: Report) -> str:
    """Say how the report came about, in enough detail to repeat it."""
    made = report.method
    were = "was" if made.asked == 1 else "were"
    return (
        f"{made.asked} of the {sum(len(gap.findings) for gap in report.gaps)} criteria {were} talked about ({made.depth} depth). "
        "Each level is worth 25 points; a gap is the weighted mean of what is known, and the score is the mean of the gaps. "
        "What is not known is never counted as zero: it leaves the mean and widens the range. "
        "Effort figures are the playbook's own planning estimates. "
        f"{_readers(made.read_by)}{_worded(report)}"
        f"Rubric {made.rubric_version}, read by {made.assessor}, schema version {made.schema_version}."
    )


_READERS = {
    "model": "read by the language model",
    "encoder": "read by the embedded model",
    "tap": "tapped",
    "probe": "a yes or no to a question",
}


def _worded(report: Report) -> str:
    """Say whether a model worded some of the sentences on the gaps."""
    if not any(sentence.by == "model" for gap in report.gaps for sentence in gap.told):
        return ""
    return "A language model worded sentences on the gaps from the same facts; each was checked against them. "


def _readers(read_by: dict[str, int]) -> str:
    """Say which answers were read by what, where more than one reader was at work."""
    told = [f"{read_by[reader]} {words}" for reader, words in _READERS.items() if read_by.get(reader)]
    return f"Of the answers that count, {', '.join(told)}. " if len(told) > 1 else ""
