"""The report's charts as SVG: a radar of the five gaps, and bars with their ranges.

The colours stand on white; a page with a dark side overrides them by the classes `ink`, `muted` and `accent`.
"""

import math
from html import escape

from app.audit.told.findings import GapReport
from app.audit.told.report import Report
from app.reports.phrases import Phrases

ACCENT = "#0f766e"
MUTED = "#7c8a88"
INK = "#52615e"
FONT = "font-family='system-ui, Liberation Sans, Arial, Libertinus Serif, sans-serif'"
_TEXT = f"class='ink' fill='{INK}' {FONT}"
_FILL, _STROKE = f"class='accent-fill' fill='{ACCENT}'", f"class='accent-stroke' stroke='{ACCENT}'"
_RULE = f"class='muted-stroke' stroke='{MUTED}'"

_WIDTH, _HEIGHT, _RADIUS = 560, 372, 130
_CENTRE = (_WIDTH / 2, 196)
_BAR_X, _BAR_WIDTH, _ROW = 150, 310, 46
_LABEL_LENGTH = 20

_Corner = tuple[float, float]


def _short(name: str) -> str:
    return escape(name if len(name) <= _LABEL_LENGTH else name[: _LABEL_LENGTH - 1].rstrip() + "…")


def _corner(index: int, share: float, count: int) -> _Corner:
    """Place a share of the radius, 0 to 1, on the spoke of a gap."""
    angle = -math.pi / 2 + 2 * math.pi * index / count
    return _CENTRE[0] + math.cos(angle) * _RADIUS * share, _CENTRE[1] + math.sin(angle) * _RADIUS * share


def _path(corners: list[_Corner]) -> str:
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in corners) + " Z"


def _line(start: _Corner, end: _Corner, style: str) -> str:
    return f"<line x1='{start[0]:.1f}' y1='{start[1]:.1f}' x2='{end[0]:.1f}' y2='{end[1]:.1f}' {style}/>"


def _grid(count: int) -> list[str]:
    rings = [
        f"<path d='{_path([_corner(i, step / 4, count) for i in range(count)])}' fill='none' {_RULE} stroke-opacity='.35'/>"
        for step in range(1, 5)
    ]
    return rings + [_line(_CENTRE, _corner(i, 1, count), f"{_RULE} stroke-opacity='.35'") for i in range(count)]


def _band(gaps: tuple[GapReport, ...]) -> str:
    """Shade everything between the lowest and the highest that each gap could be."""
    sides = ([gap.high for gap in gaps], [gap.low for gap in gaps])
    rims = [[_corner(i, points / 100, len(gaps)) for i, points in enumerate(side)] for side in sides]
    return f"<path d='{' '.join(map(_path, rims))}' fill-rule='evenodd' {_FILL} fill-opacity='.13'/>"


def _values(gaps: tuple[GapReport, ...]) -> list[str]:
    """Draw the known scores; the line is not drawn to a gap that has none, as if it were zero."""
    at = [None if gap.score is None else _corner(i, gap.score / 100, len(gaps)) for i, gap in enumerate(gaps)]
    known = [corner for corner in at if corner]
    dots = [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' {_FILL}/>" for x, y in known]
    if len(known) == len(gaps):
        shape = f"<path d='{_path(known)}' {_FILL} fill-opacity='.25'/>"
        return [shape, f"<path d='{_path(known)}' fill='none' {_STROKE} stroke-width='2.5'/>", *dots]
    sides = zip(at, at[1:] + at[:1], strict=True)
    return [_line(one, other, f"{_STROKE} stroke-width='2.5'") for one, other in sides if one and other] + dots


def _label(gap: GapReport, index: int, count: int, says: Phrases) -> str:
    x, y = _corner(index, 1.14, count)
    y += -18 if y < _CENTRE[1] - _RADIUS else 0 if y < _CENTRE[1] else 8
    anchor = "middle" if abs(x - _CENTRE[0]) < 20 else "start" if x > _CENTRE[0] else "end"
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-size='14' {_TEXT}>{_short(gap.name)}"
        f"<tspan x='{x:.1f}' dy='17' font-weight='700'>{escape(says.gap_value(gap))}</tspan></text>"
    )


def _unknown(index: int, count: int) -> str:
    """Mark the spoke of a gap that has no score with an open circle."""
    x, y = _corner(index, 0.5, count)
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='11' class='blank' fill='#ffffff' stroke='{MUTED}' stroke-dasharray='3 3'/>"
        f"<text x='{x:.1f}' y='{y + 5:.1f}' text-anchor='middle' font-size='14' {_TEXT}>?</text>"
    )


def _svg(width: int, height: int, title: str, parts: list[str]) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' "
        f"role='img'><title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def radar(report: Report, says: Phrases, *, paper: str | None = None) -> str:
    """Draw the five gaps' scores, 0 to 100, with what they could be as a band; on a sheet of `paper` where one is needed."""
    gaps, count = report.gaps, len(report.gaps)
    sheet = [f"<rect width='{_WIDTH}' height='{_HEIGHT}' rx='12' fill='{escape(paper)}'/>"] if paper else []
    marks = [_unknown(i, count) for i, gap in enumerate(gaps) if gap.score is None and gap.total]
    labels = [_label(gap, i, count, says) for i, gap in enumerate(gaps)]
    parts = [*sheet, *_grid(count), _band(gaps), *_values(gaps), *marks, *labels]
    return _svg(_WIDTH, _HEIGHT, says.say("reports.charts.radar_title", gaps=says.gaps(gaps)), parts)


def _whisker(gap: GapReport, y: float) -> str:
    """Draw the range under a bar, with an end cap on either side."""
    low, high = (_BAR_X + _BAR_WIDTH * share / 100 for share in (gap.low, gap.high))
    style = f"class='ink-stroke' stroke='{INK}' stroke-width='1.5'"
    caps = [_line((x, y - 4), (x, y + 4), style) for x in (low, high)]
    return "".join([_line((low, y), (high, y), style), *caps])


def _bar(gap: GapReport, y: int, says: Phrases) -> str:
    width = _BAR_WIDTH * (gap.score or 0) / 100
    whisker = "" if round(gap.low) == round(gap.high) else _whisker(gap, y + 27)
    return (
        f"<text x='0' y='{y + 15}' font-size='14' {_TEXT}>{_short(gap.name)}</text>"
        f"<rect x='{_BAR_X}' y='{y}' width='{_BAR_WIDTH}' height='20' rx='3' fill='{MUTED}' fill-opacity='.16'/>"
        f"<rect x='{_BAR_X}' y='{y}' width='{width:.1f}' height='20' rx='3' {_FILL}/>{whisker}"
        f"<text x='{_BAR_X + _BAR_WIDTH + 12}' y='{y + 15}' font-size='14' font-weight='700' {_TEXT}>{escape(says.gap_value(gap))}</text>"
    )


def bars(report: Report, says: Phrases) -> str:
    """Draw a bar for each gap, and under it a line from the lowest to the highest that it could be."""
    parts = [_bar(gap, 6 + index * _ROW, says) for index, gap in enumerate(report.gaps)]
    height = _ROW * len(report.gaps)
    return _svg(_WIDTH + 20, height, says.say("reports.charts.bars_title", gaps=says.gaps(report.gaps)), parts)
