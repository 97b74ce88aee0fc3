"""How several people's answers read in every form of the report."""

from app.audit.ledger.evidence import RESPONDENT, SETTLING
from app.audit.told.findings import CriterionReport, PersonStatement
from app.audit.told.report import Report
from app.reports import words

HEADING = "Where people see it differently"
RULE = f"Which answer a rating follows from: {SETTLING}."


def disputed(report: Report) -> list[CriterionReport]:
    """List what people put at different levels, or only some of them could say."""
    return [finding for gap in report.gaps for finding in gap.findings if finding.disputed]


def name(who: str) -> str:
    """Name who answered, at the beginning of a line."""
    return "Without a name" if who == RESPONDENT else words.capital(who)


def line(account: PersonStatement) -> str:
    """Say where one person puts it, and on which evidence."""
    said = words.within(account.statement.rstrip("."))
    level = said if account.level is None else f"level {account.level}, {said}"
    evidence = f" ({words.GRADES[account.grade]})" if account.grade else ""
    return words.sentence(f"{level}{evidence}{'; this counts' if account.counts else ''}")
