"""Small SVG drawings from plain numbers and finished labels.

Pure: no request, no clock, no formats; callers bring the words. Sizes are SVG presentation attributes and colours
are classes of the stylesheet, because the content policy forbids style attributes. Every string is escaped. A
drawing with a label is an image with that name; one without stands beside its number and is hidden from readers.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

FULL_POINTS = 10_000
_RING_RADIUS = 29.0
_RING_LENGTH = 2 * math.pi * _RING_RADIUS
_CELL_STEP = 20
_CELL_WIDTH = 17
_BAR_UNITS = 1000
_SEGMENT_GAP = 4.0
_BULLET_GOAL = 200


class Segment(NamedTuple):
    """One part of a stacked bar: points that are certain and the most it can reach, both in hundredths.

    Templates pass plain tuples of this shape.
    """

    points: int | None
    potential: int | None
    key: str


def ring(
    points: int | None, potential: int | None, label: str, text: str = "", maximum: int = FULL_POINTS
) -> Markup:
    """A ring filled to `points`, in a lighter tone up to `potential`, with `text` in the middle.

    Numbers are hundredths of a point; what lies outside 0…`maximum` is drawn at the edge.
    """
    certain = _share(points, maximum)
    possible = max(certain, _share(potential, maximum))
    arcs = Markup("")
    if possible > certain:
        arcs += _arc("ring-potential", possible)
    if certain > 0:
        arcs += _arc("ring-certain", certain)
    size = "ring-text-small" if len(text) > 5 else "ring-text"
    return Markup(
        '<svg class="ring" viewBox="0 0 68 68" width="68" height="68" role="img" aria-label="{}">'
        '<circle class="ring-track" cx="34" cy="34" r="29" fill="none" stroke-width="7"/>{}'
        '<text class="{}" x="34" y="39.5" text-anchor="middle">{}</text></svg>'
    ).format(label, arcs, size, text)


def stack_bar(
    segments: Sequence[tuple[int | None, int | None, str]], label: str = "", maximum: int = FULL_POINTS
) -> Markup:
    """Parts beside each other on one scale of 0…`maximum` hundredths.

    First the certain points of every part, so that the end of the dark bar is the score; then, lighter, what each
    part could add, so that the end of the light bar is the potential.
    """
    at = 0.0
    drawn: list[Markup] = []
    for points, _potential, key in segments:
        width = _BAR_UNITS * _share(points, maximum)
        drawn.append(_rect(key, at, width))
        at += width
    for points, potential, key in segments:
        extra = _BAR_UNITS * _share((potential or 0) - (points or 0), maximum)
        drawn.append(_rect(f"{key} potential", at, extra))
        at += extra
    return Markup(
        '<svg class="stackbar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(_role(label), _joined(drawn))


def bar(value: float | None, maximum: float = 100, tone: str = "", label: str = "") -> Markup:
    """A bar for a table cell; `tone` is empty, `mid`, `low` or `good`. The number is printed beside it."""
    return Markup(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(_role(label), _rect(f"bar-value {tone}".strip(), 0, _BAR_UNITS * _share(value, maximum), gap=0))


def progress(done: float | None, total: float | None, label: str = "") -> Markup:
    """How far a run of steps or rows has come; nothing is filled while the total is unknown."""
    share = _share(done, total)
    return Markup(
        '<svg class="progressbar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(_role(label), _rect("bar-value", 0, _BAR_UNITS * share, gap=0))


def bullet(
    value: float | None, maximum: float, due: float | None = None, tone: str = "", label: str = ""
) -> Markup:
    """A value against a goal: a bar, a brown tick at what is due now, a dark one at the goal. `tone` as of `bar`."""
    share = _BULLET_GOAL * _share(value, maximum)
    ticks = Markup("")
    if due is not None and maximum > 0:
        ticks += Markup('<rect class="bullet-due" x="{}" y="1" width="3" height="16"/>').format(
            round(_BULLET_GOAL * _share(due, maximum), 1)
        )
    ticks += Markup('<rect class="bullet-goal" x="{}" y="1" width="3" height="16"/>').format(_BULLET_GOAL)
    return Markup(
        '<svg class="bullet" viewBox="0 0 280 18" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" y="3" width="280" height="12"/>'
        '<rect class="bar-value {}" y="6" width="{}" height="6"/>{}</svg>'
    ).format(_role(label), tone, round(share, 1), ticks)


class FunnelRow(NamedTuple):
    """A step of a funnel: its name, how many, the number as it is written, what is said at the right edge."""

    name: str
    number: int
    text: str
    aside: str


def funnel(rows: Sequence[tuple[str, int, str, str]], label: str, *, narrow: bool = False) -> Markup:
    """Bars of steps, their lengths by the square root so that the last ones can be seen. Rows are `FunnelRow`s.

    `narrow` is for phones: the name stands on a line of its own above its bar. What nobody reached has no bar.
    """
    most = max((row[1] for row in rows), default=0)
    width, step, left, full = (326, 52, 0, 210) if narrow else (660, 47, 158, 300)
    drawn: list[Markup] = []
    for number, (name, count, text, aside) in enumerate(rows):
        top = step * number + (22 if narrow else 8)
        length = round(full * math.sqrt(count / most), 1) if most and count > 0 else 0
        at_name = (0, top - 7) if narrow else (0, top + 17)
        bar_of = Markup('<rect class="funnel-bar" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
            left, top, length, 20 if narrow else 26
        )
        drawn.append(
            Markup('<text x="{}" y="{}">{}</text>{}<text class="strong" x="{}" y="{}">{}</text>').format(
                *at_name,
                name,
                bar_of if length else "",
                left + length + 8,
                top + (15 if narrow else 18),
                text,
            )
        )
        if aside:
            drawn.append(
                Markup('<text class="aside" x="{}" y="{}" text-anchor="end">{}</text>').format(
                    width, (top - 7) if narrow else (top + 18), aside
                )
            )
    return Markup('<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        "for-narrow" if narrow else "for-wide",
        width,
        max(1, step * len(rows) + (4 if narrow else 0)),
        label,
        _joined(drawn),
    )


class PlanLines(NamedTuple):
    """Three lines over the same days: planned, reached (None: not yet), and the end the forecast leads to.

    `days` are the words under the axis; `planned_words` and `forecast_words` stand at the ends of their lines.
    """

    days: Sequence[str]
    planned: Sequence[int]
    reached: Sequence[int | None]
    forecast: int | None
    planned_words: str
    forecast_words: str


def plan_lines(lines: PlanLines, label: str, *, narrow: bool = False) -> Markup:
    """Plan, what was reached, and the forecast, over time; nothing is drawn of a line without points.

    `narrow` is for phones: every second day is named, the ends of lines are not (the legend says which is which).
    """
    width, height, left, right = (326, 220, 30, 10) if narrow else (470, 250, 34, 96)
    known = [one for one in lines.reached if one is not None]
    top = _ceiling(max([*lines.planned, *known, lines.forecast or 0, 1]))
    count = len(lines.days)

    def x(number: int) -> float:
        span = width - left - right
        return round(left + (span * number / (count - 1) if count > 1 else span), 1)

    def y(value: float) -> float:
        return round(12 + (height - 44) * (1 - value / top), 1)

    drawn = [_grid(y, top, left, width - right)]
    drawn += [
        Markup('<text class="aside" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            x(at), height - 10, day
        )
        for at, day in enumerate(lines.days)
        if not narrow or at % 2 == 0
    ]
    drawn.append(_line("line-plan", [(x(at), y(value)) for at, value in enumerate(lines.planned)]))
    reached = [(x(at), y(value)) for at, value in enumerate(lines.reached) if value is not None]
    drawn.append(_line("line-reached", reached))
    drawn += [
        Markup('<circle class="line-dot" cx="{}" cy="{}" r="3.2"/>').format(*point) for point in reached
    ]
    if lines.forecast is not None and reached and len(reached) < count:
        drawn.append(_line("line-forecast", [reached[-1], (x(count - 1), y(lines.forecast))]))
    if not narrow:
        drawn.append(_ends(lines, x(count - 1) + 8, y))
    return Markup('<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        "for-narrow" if narrow else "for-wide", width, height, label, _joined(drawn)
    )


def _grid(y: Callable[[float], float], top: int, left: float, right: float) -> Markup:
    """Five lines across, with their numbers; whole ones, since `top` is a multiple of four."""
    return _joined(
        Markup(
            '<line class="grid-line" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text class="aside" x="{}" y="{}" text-anchor="end">{}</text>'
        ).format(left, right, y(value), y(value), left - 8, y(value) + 4, value)
        for value in range(0, top + 1, top // 4)
    )


def _ends(lines: PlanLines, at: float, y: Callable[[float], float]) -> Markup:
    """The words at the ends of the lines, kept apart where the lines end close together."""
    ends = [(y(lines.planned[-1]) + 4, lines.planned_words)] if lines.planned else []
    if lines.forecast is not None:
        low = y(lines.forecast) + 4
        ends.append(
            (low if not ends or abs(low - ends[0][0]) >= 16 else ends[0][0] + 16, lines.forecast_words)
        )
    return _joined(
        Markup('<text class="strong" x="{}" y="{}">{}</text>').format(at, high, words) for high, words in ends
    )


def _line(css_class: str, points: Sequence[tuple[float, float]]) -> Markup:
    if len(points) < 2:
        return Markup("")
    return Markup('<polyline class="{}" fill="none" points="{}"/>').format(
        css_class, " ".join(f"{x},{y}" for x, y in points)
    )


def _ceiling(value: float) -> int:
    """The next multiple of four that makes round steps: 4, 8, 12, 16, 20, 40, 60, 80 …"""
    size = 1
    while True:
        for step in (1, 2, 3, 4, 5, 10, 15, 20):
            if 4 * step * size >= value:
                return 4 * step * size
        size *= 10


def levels(have: int | None, need: int | None, maximum: int = 5, label: str = "") -> Markup:
    """One cell per level: filled = held, outlined in red = missing, pale with an outline = above what is needed.

    A tick stands at the level needed (none when `need` is None). A level that was not stated (`have` None) is drawn
    dashed up to the level needed, because it may be any of them.
    """
    top = max(1, maximum)
    needed = None if need is None else min(max(need, 0), top)
    held = None if have is None else min(max(have, 0), top)
    cells = _joined(_cell(level, _cell_state(level, held, needed)) for level in range(1, top + 1))
    tick = Markup("")
    if needed:
        tick = Markup('<rect class="level-need" x="{}" y="0" width="3" height="18" rx="1"/>').format(
            needed * _CELL_STEP - 2
        )
    width = top * _CELL_STEP + 1
    return Markup('<svg class="levels" viewBox="0 0 {} 18" width="{}" height="18" {}>{}{}</svg>').format(
        width, width, _role(label), cells, tick
    )


def _share(value: float | None, maximum: float | None) -> float:
    """`value` as a share of `maximum`, between 0 and 1; 0 when either is missing or makes no sense."""
    if value is None or not maximum or maximum < 0:
        return 0.0
    return min(max(value / maximum, 0.0), 1.0)


def _role(label: str) -> Markup:
    if label:
        return Markup('role="img" aria-label="{}"').format(label)
    return Markup('aria-hidden="true" focusable="false"')


def _joined(pieces: Iterable[Markup]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704 - each piece is markup


def _arc(css_class: str, share: float) -> Markup:
    return Markup(  # noqa: S704 - as `_rect`
        f'<circle class="{escape(css_class)}" cx="34" cy="34" r="29" fill="none" stroke-width="7" '
        f'stroke-dasharray="{_RING_LENGTH * share:.1f} {_RING_LENGTH:.1f}" transform="rotate(-90 34 34)"/>'
    )


def _rect(css_class: str, at: float, width: float, gap: float = _SEGMENT_GAP) -> Markup:
    """One block of a bar; narrower by the gap to its neighbour, and nothing at all for nothing."""
    if width <= 0:
        return Markup("")
    shown = max(width - gap, min(width, 1.0))
    # A page of a ranking draws two hundred pieces: `Markup.format` took a tenth of its time. Numbers need no escaping.
    return Markup(  # noqa: S704
        f'<rect class="{escape(css_class)}" x="{at:.1f}" width="{shown:.1f}" height="10"/>'
    )


def _cell_state(level: int, held: int | None, needed: int | None) -> str:
    if held is None:
        return "unknown" if level <= (needed or 0) else "off"
    if level <= held:
        return "over" if needed is not None and level > needed else "on"
    return "gap" if needed is not None and level <= needed else "off"


@lru_cache(maxsize=256)
def _cell(level: int, state: str) -> Markup:
    # Outlined cells are inset by half their stroke so that every cell covers the same ground.
    inset = 1 if state in {"gap", "over", "unknown"} else 0
    return Markup('<rect class="level-{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
        state, (level - 1) * _CELL_STEP + inset, 4 + inset, _CELL_WIDTH - 2 * inset, 10 - 2 * inset
    )
