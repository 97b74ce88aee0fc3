"""How numbers, dates and states read in every form of the report."""

from datetime import date

from app.audit.report import Finding, Report
from app.audit.scoring import Range

ANSWERS = {"yes": "Yes", "no": "No", "unknown": "Not known", "n/a": "Does not apply"}
GRADES = {
    "claimed": "claimed",
    "described": "described with detail",
    "evidenced": "a document or link named",
    "verified": "verified",
}


def day(value: date | None) -> str:
    """Write a date out: 23 December 2026."""
    return f"{value.day} {value:%B %Y}" if value else ""


def points(value: float | None) -> str:
    """Round a score to whole points; one that does not exist is a dash."""
    return "–" if value is None else f"{value:.0f}"


def spread(score: Range) -> str:
    """Say what a score could still be, or that nothing is open."""
    if round(score.low) == round(score.high):
        return "nothing is open"
    return f"between {score.low:.0f} and {score.high:.0f}, depending on what is not known yet"


def coverage(report: Report) -> str:
    """Say how much is known."""
    if report.result.total == 0:
        return "none of the criteria applies"
    return f"{report.result.known} of {report.result.total} criteria known"


def days(low_high: tuple[float, float]) -> str:
    """Write an effort in person-days."""
    low, high = (f"{n:g}" for n in low_high)
    return f"{low} person-days" if low == high else f"{low} to {high} person-days"


def sure(finding: Finding) -> str:
    """Say in words how sure the reading is."""
    if finding.level is None:
        return ""
    return "high" if finding.confidence >= 0.75 else "medium" if finding.confidence >= 0.5 else "low"


def gain(value: float) -> str:
    """Write what a lever is worth."""
    rounded = f"{value:.1f}".removesuffix(".0")
    return f"{rounded} point" if rounded == "1" else f"{rounded} points"


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
