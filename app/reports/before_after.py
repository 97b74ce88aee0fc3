"""Draws the scores of two audits side by side: one line a score, from where it stood to where it stands."""

from html import escape

from app.audit.again.comparison import Comparison, Pair
from app.reports.charts import ACCENT, FONT, INK, MUTED
from app.reports.phrases import Phrases

WIDTH, LABELS, ROW = 560, 190, 34
_RIGHT = 40


def scores_told(found: Comparison, says: Phrases) -> str:
    """Say the scores before and now in words, for those who cannot see them."""
    scores = [
        says.say("reports.charts.score", name=pair.name, before=says.points(pair.before.value), now=says.points(pair.now.value))
        for pair in (found.overall, *found.gaps)
    ]
    return says.say("reports.charts.scores_title", scores="; ".join(scores))


def before_after(found: Comparison, says: Phrases) -> str:
    """Draw the overall score and the gaps' before and after."""
    pairs = [found.overall, *found.gaps]
    height = ROW * len(pairs) + 34
    rows = "".join(_row(pair, 12 + ROW * place, says, bold=place == 0) for place, pair in enumerate(pairs))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}' role='img'>"
        f"<title>{escape(scores_told(found, says))}</title>{rows}{_legend(height, says)}</svg>"
    )


def _legend(height: int, says: Phrases) -> str:
    before, now = escape(says.say("reports.charts.before")), escape(says.say("reports.charts.now"))
    return (
        f"<circle cx='{LABELS + 6}' cy='{height - 12}' r='4.5' class='blank' fill='#fff' stroke='{MUTED}' stroke-width='2'/>"
        f"<text x='{LABELS + 16}' y='{height - 8}' font-size='12' class='ink' fill='{INK}' {FONT}>{before}</text>"
        f"<circle cx='{LABELS + 76}' cy='{height - 12}' r='5.5' class='accent-fill' fill='{ACCENT}'/>"
        f"<text x='{LABELS + 86}' y='{height - 8}' font-size='12' class='ink' fill='{INK}' {FONT}>{now}</text>"
    )


def _row(pair: Pair, y: int, says: Phrases, *, bold: bool) -> str:
    weight = " font-weight='700'" if bold else ""
    middle = y + ROW / 2
    parts = [
        f"<text x='0' y='{middle + 4:.1f}' font-size='13'{weight} class='ink' fill='{INK}' {FONT}>{escape(pair.name)}</text>",
        f"<line x1='{LABELS}' y1='{middle:.1f}' x2='{WIDTH - _RIGHT}' y2='{middle:.1f}' class='muted-stroke' stroke='{MUTED}'"
        " stroke-opacity='.3'/>",
    ]
    before, now = pair.before.value, pair.now.value
    if before is not None and now is not None:
        parts.append(
            f"<line x1='{_at(before):.1f}' y1='{middle:.1f}' x2='{_at(now):.1f}' y2='{middle:.1f}' class='accent-stroke' stroke='{ACCENT}'"
            " stroke-width='3'/>"
        )
    if before is not None:
        parts.append(
            f"<circle cx='{_at(before):.1f}' cy='{middle:.1f}' r='5' class='blank' fill='#fff' stroke='{MUTED}' stroke-width='2'/>"
        )
    if now is not None:
        parts.append(f"<circle cx='{_at(now):.1f}' cy='{middle:.1f}' r='6' class='accent-fill' fill='{ACCENT}'/>")
    number = escape(says.say("reports.charts.change", before=says.points(before), now=says.points(now)))
    parts.append(
        f"<text x='{WIDTH}' y='{middle - 6:.1f}' text-anchor='end' font-size='12'{weight} class='ink' fill='{INK}' {FONT}>{number}</text>"
    )
    return "".join(parts)


def _at(score: float) -> float:
    """Place a score, 0 to 100."""
    return LABELS + 8 + (WIDTH - _RIGHT - LABELS - 16) * score / 100
