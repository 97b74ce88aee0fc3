"""Figures, days and names in words, the same in every form of the report; and sentences with links and people's words in them."""

import re
from collections.abc import Sequence
from datetime import date

from app.audit.grammar import capital
from app.audit.ledger.evidence import RESPONDENT
from app.audit.score.scoring import Range
from app.audit.told.findings import GapReport, Quote
from app.audit.waiting.money import MoneyRange
from app.audit.words import Words
from app.reports.letters import visible
from app.reports.spans import Link, Span, Spans, Text, Typed

_TOKEN = re.compile("(<b>|</b>|\ue000\\d+\ue001)")
"""Where something strong begins or ends in a sentence, and where a value stands."""
_GRADES = {
    "claimed": "reports.grade.claimed",
    "described": "reports.grade.described",
    "evidenced": "reports.grade.evidenced",
    "verified": "reports.grade.verified",
}
_SMALL_SUM = 100
"""Sums below it are written with cents."""

Given = Span | Spans | str | float | date


class Phrases:
    """Says things in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def say(self, key: str, /, **values: str | float | date) -> str:
        """Return the sentence of a key."""
        return self._words.say(key, **values)

    def many(self, key: str) -> tuple[str, ...]:
        """Return the sentences of a key that holds a list."""
        return self._words.many(key)

    def line(self, key: str, /, **values: Given) -> Spans:
        """Return the sentence of a key as spans; in it, `<b>…</b>` is strong, and a value that is text stays as it is given."""
        spans: list[Spans] = []
        plain: dict[str, str | float | date] = {}
        for name, value in values.items():
            if isinstance(value, int | float | date):
                plain[name] = value
            else:
                plain[name] = f"\ue000{len(spans)}\ue001"
                spans.append(_spans(value))
        made: list[Span] = []
        strong = False
        for part in _TOKEN.split(self._words.say(key, **plain)):
            if part in ("<b>", "</b>"):
                strong = part == "<b>"
            elif part.startswith("\ue000"):
                made += [_strong(span) if strong else span for span in spans[int(part[1:-1])]]
            elif part:
                made.append(Text(text=part, strong=strong))
        return tuple(made)

    def listed(self, items: Sequence[str]) -> str:
        """Join items as in a sentence: a, b and c."""
        return self._words.listed(items)

    def joined(self, links: Sequence[Link]) -> Spans:
        """Set links apart by commas."""
        made: Spans = tuple(links[:1])
        for link in links[1:]:
            made = self.line("lists.between", first=made, next=link)
        return made

    def day(self, on: date) -> str:
        """Write a date out: 23 December 2026."""
        return self.say("reports.day", on=on)

    def points(self, value: float | None) -> str:
        """Round a score to whole points; one that does not exist is a dash."""
        return self.say("reports.points.none") if value is None else self.say("reports.points.some", points=value)

    def grade(self, grade: str) -> str:
        """Say how well something is founded."""
        return self.say(_GRADES[grade])

    def gap_value(self, gap: GapReport) -> str:
        """Write a gap's score, or why it has none."""
        if gap.score is not None:
            return self.points(gap.score)
        return self.say("reports.gap.value.not_known") if gap.total else self.say("reports.gap.value.does_not_apply")

    def gap_line(self, gap: GapReport) -> str:
        """Say where a gap stands in one line."""
        if not gap.total:
            return self.say("reports.gap.none_applies")
        if gap.score is None:
            return self.say("reports.gap.not_known", known=gap.known, total=gap.total)
        if is_settled(gap.low, gap.high):
            return self.say("reports.gap.settled", points=gap.score, known=gap.known, total=gap.total)
        return self.say("reports.gap.open", points=gap.score, low=gap.low, high=gap.high, known=gap.known, total=gap.total)

    def gaps(self, gaps: Sequence[GapReport]) -> str:
        """Say all gaps' scores in a line: the charts in words, for those who cannot see them."""
        return "; ".join(f"{gap.name}: {self.gap_line(gap).replace(' · ', ', ').rstrip('.')}" for gap in gaps)

    def days(self, low_high: tuple[float, float]) -> str:
        """Write an effort in person-days."""
        low, high = low_high
        return self.say("reports.days.one", days=high) if low == high else self.say("reports.days.range", low=low, high=high)

    def months(self, low_high: tuple[float, float]) -> str:
        """Write a span of months."""
        low, high = low_high
        return self.say("reports.months.one", months=high) if low == high else self.say("reports.months.range", low=low, high=high)

    def money(self, sums: MoneyRange) -> str:
        """Write a sum or a range of sums: EUR 15,200 to 60,000; cents only where it is a small one."""
        low, high = self._sum(sums.low), self._sum(sums.high)
        if low == high:
            return self.say("reports.money.one", currency=sums.currency, sum=low)
        return self.say("reports.money.range", currency=sums.currency, low=low, high=high)

    def _sum(self, amount: float) -> str:
        if amount >= _SMALL_SUM or amount == round(amount):
            return self.say("reports.money.whole", amount=amount)
        return self.say("reports.money.cents", amount=amount)

    def expected(self, score: Range) -> str:
        """Say which score is expected, and between what it may lie."""
        value = 0.0 if score.value is None else score.value
        if is_settled(score.low, score.high):
            return self.say("reports.sprint.expected", points=value)
        return self.say("reports.sprint.expected_between", points=value, low=score.low, high=score.high)

    def source(self, quote: Quote) -> str:
        """Say where a quote comes from, to stand within a sentence; it holds the name of who said it."""
        if quote.read_by == "stated":
            return self.say("reports.quote.stated")
        how = "tapped" if quote.read_by == "tap" else "said"
        who = "" if quote.who == RESPONDENT else visible(quote.who)
        by = "named" if who else "nobody"
        if quote.said_on:
            return self.say("reports.quote.before", how=how, by=by, who=who, on=quote.said_on)
        return self.say("reports.quote.turn", how=how, by=by, who=who, turn=quote.turn)

    def corrected(self, quote: Quote) -> Spans:
        """Say what was said before and no longer counts."""
        return self.line("reports.quote.corrected", words=flat(quote.text), source=Typed(text=self.source(quote)))

    def name(self, who: str) -> Typed:
        """Name who answered, at the beginning of a line."""
        return Typed(text=self.say("reports.people.nameless") if who == RESPONDENT else capital(who))


def flat(text: str) -> Typed:
    """Take a person's words for use within a line."""
    return Typed(text=" ".join(text.split()))


def is_settled(low: float, high: float) -> bool:
    """Whether a score can be one number of points only."""
    return round(low) == round(high)


def _spans(value: Span | Spans | str) -> Spans:
    if isinstance(value, str):
        return (Text(text=value),)
    return value if isinstance(value, tuple) else (value,)


def _strong(span: Span) -> Span:
    return span if isinstance(span, Link) else span.model_copy(update={"strong": True})
