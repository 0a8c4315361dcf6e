"""Plan, what was reached and the forecast, over time. Pure."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import joined, line


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
    left = max(left, 10 + 8 * len(str(top)))  # the longest number of the axis stands whole beside it
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
    drawn.append(line("line-plan", [(x(at), y(value)) for at, value in enumerate(lines.planned)]))
    reached = [(x(at), y(value)) for at, value in enumerate(lines.reached) if value is not None]
    drawn.append(line("line-reached", reached))
    drawn += [
        Markup('<circle class="line-dot" cx="{}" cy="{}" r="3.2"/>').format(*point) for point in reached
    ]
    if lines.forecast is not None and reached and len(reached) < count:
        drawn.append(line("line-forecast", [reached[-1], (x(count - 1), y(lines.forecast))]))
    if not narrow:
        drawn.append(_ends(lines, x(count - 1) + 8, y))
    return Markup('<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        "for-narrow" if narrow else "for-wide", width, height, label, joined(drawn)
    )


def _grid(y: Callable[[float], float], top: int, left: float, right: float) -> Markup:
    """Five lines across, with their numbers; whole ones, since `top` is a multiple of four."""
    return joined(
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
    return joined(
        Markup('<text class="strong" x="{}" y="{}">{}</text>').format(at, high, words) for high, words in ends
    )


def _ceiling(value: float) -> int:
    """The next multiple of four that makes round steps: 4, 8, 12, 16, 20, 40, 60, 80 …"""
    size = 1
    while True:
        for step in (1, 2, 3, 4, 5, 10, 15, 20):
            if 4 * step * size >= value:
                return 4 * step * size
        size *= 10
