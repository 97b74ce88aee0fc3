"""The report's charts as SVG: a radar of the five gaps, and bars with their ranges."""

import math
from html import escape

from app.audit.report import GapReport, Report

ACCENT = "#0f766e"
MUTED = "#7c8a88"
INK = "#5b6967"
"""Readable on white and on near-black alike."""
_SIZE, _RADIUS = 420, 130
_FONT = "font-family='system-ui, Liberation Sans, Arial, sans-serif'"


def _point(index: int, share: float, count: int) -> tuple[float, float]:
    angle = -math.pi / 2 + 2 * math.pi * index / count
    return _SIZE / 2 + math.cos(angle) * _RADIUS * share, _SIZE / 2 - 10 + math.sin(angle) * _RADIUS * share


def _polygon(shares: list[float], style: str) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_point(i, s, len(shares)) for i, s in enumerate(shares)))
    return f"<polygon points='{corners}' {style}/>"


def _label(gap: GapReport, index: int, count: int) -> str:
    x, y = _point(index, 1.2, count)
    anchor = "middle" if abs(x - _SIZE / 2) < 20 else "start" if x > _SIZE / 2 else "end"
    value = "not known" if gap.score is None else f"{gap.score:.0f}"
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-size='13' fill='{INK}' {_FONT}>{escape(gap.name)}"
        f"<tspan x='{x:.1f}' dy='16' font-weight='700'>{value}</tspan></text>"
    )


def radar(report: Report, *, paper: str | None = None) -> str:
    """Draw the five gaps' scores, 0 to 100, with what they could be as a band; on a sheet of `paper` where one is needed."""
    gaps, count = report.gaps, len(report.gaps)
    sheet = f"<rect x='-50' width='{_SIZE + 100}' height='{_SIZE - 20}' rx='12' fill='{paper}'/>" if paper else ""
    rings = [_polygon([step / 4] * count, f"fill='none' stroke='{MUTED}' stroke-opacity='.35'") for step in range(1, 5)]
    spokes = []
    for index in range(count):
        x, y = _point(index, 1, count)
        spokes.append(f"<line x1='{_SIZE / 2}' y1='{_SIZE / 2 - 10}' x2='{x:.1f}' y2='{y:.1f}' stroke='{MUTED}' stroke-opacity='.35'/>")
    high = _polygon(
        [gap.high / 100 for gap in gaps], f"fill='{ACCENT}' fill-opacity='.10' stroke='{ACCENT}' stroke-opacity='.4' stroke-dasharray='4 4'"
    )
    value = _polygon([(gap.score or 0) / 100 for gap in gaps], f"fill='{ACCENT}' fill-opacity='.28' stroke='{ACCENT}' stroke-width='2.5'")
    labels = [_label(gap, index, count) for index, gap in enumerate(gaps)]
    told = "; ".join(f"{gap.name}: {'not known' if gap.score is None else f'{gap.score:.0f} of 100'}" for gap in gaps)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-50 0 {_SIZE + 100} {_SIZE - 20}' "
        f"width='{_SIZE + 100}' height='{_SIZE - 20}' role='img'>"
        f"<title>Scores of the five gaps. {escape(told)}</title>{''.join([sheet, *rings, *spokes, high, value, *labels])}</svg>"
    )


def bars(report: Report) -> str:
    """Draw a bar for each gap, with a line from the lowest to the highest it could be."""
    rows = []
    for index, gap in enumerate(report.gaps):
        y = 14 + index * 38
        width = 3.4 * (gap.score or 0)
        value = "not known" if gap.score is None else f"{gap.score:.0f}"
        rows.append(
            f"<text x='0' y='{y + 15}' font-size='13' fill='{INK}' {_FONT}>{escape(gap.name)}</text>"
            f"<rect x='120' y='{y}' width='340' height='20' rx='4' fill='{MUTED}' fill-opacity='.15'/>"
            f"<rect x='120' y='{y}' width='{width:.1f}' height='20' rx='4' fill='{ACCENT}' fill-opacity='.85'/>"
            f"<line x1='{120 + 3.4 * gap.low:.1f}' x2='{120 + 3.4 * gap.high:.1f}' y1='{y + 10}' y2='{y + 10}' "
            f"stroke='{INK}' stroke-width='2'/>"
            f"<text x='472' y='{y + 15}' font-size='13' font-weight='700' fill='{INK}' {_FONT}>{value}</text>"
        )
    height = 20 + 38 * len(report.gaps)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 550 {height}' width='550' height='{height}' role='img'>"
        f"<title>Score of each gap, with the range it could be in</title>{''.join(rows)}</svg>"
    )
