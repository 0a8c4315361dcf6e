"""Bars that stand in cells of tables: parts of a score, a share, progress, a value against its goal. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import BAR_UNITS, FULL_POINTS, joined, rect, role, share_of

_BULLET_GOAL = 200
_PLAN_END = 140

Number = int | float | Decimal


class Segment(NamedTuple):
    """One part of a stacked bar: points that are certain and the most it can reach, both in hundredths.

    Templates pass plain tuples of this shape.
    """

    points: int | None
    potential: int | None
    key: str


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
        width = BAR_UNITS * share_of(points, maximum)
        drawn.append(rect(key, at, width))
        at += width
    for points, potential, key in segments:
        extra = BAR_UNITS * share_of((potential or 0) - (points or 0), maximum)
        drawn.append(rect(f"{key} potential", at, extra))
        at += extra
    return Markup(
        '<svg class="stackbar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(role(label), joined(drawn))


def bar(value: float | None, maximum: float = 100, tone: str = "", label: str = "") -> Markup:
    """A bar for a table cell; `tone` is empty, `mid`, `low` or `good`. The number is printed beside it."""
    return Markup(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(role(label), rect(f"bar-value {tone}".strip(), 0, BAR_UNITS * share_of(value, maximum), gap=0))


def progress(done: float | None, total: float | None, label: str = "") -> Markup:
    """How far a run of steps or rows has come; nothing is filled while the total is unknown."""
    share = share_of(done, total)
    return Markup(
        '<svg class="progressbar" viewBox="0 0 1000 10" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" width="1000" height="10"/>{}</svg>'
    ).format(role(label), rect("bar-value", 0, BAR_UNITS * share, gap=0))


def bullet(
    value: float | None, maximum: float, due: float | None = None, tone: str = "", label: str = ""
) -> Markup:
    """A value against a goal: a bar, a brown tick at what is due now, a dark one at the goal. `tone` as of `bar`."""
    share = _BULLET_GOAL * share_of(value, maximum)
    ticks = Markup("")
    if due is not None and maximum > 0:
        ticks += Markup('<rect class="bullet-due" x="{}" y="1" width="3" height="16"/>').format(
            round(_BULLET_GOAL * share_of(due, maximum), 1)
        )
    ticks += Markup('<rect class="bullet-goal" x="{}" y="1" width="3" height="16"/>').format(_BULLET_GOAL)
    return Markup(
        '<svg class="bullet" viewBox="0 0 280 18" preserveAspectRatio="none" {}>'
        '<rect class="bar-ground" y="3" width="280" height="12"/>'
        '<rect class="bar-value {}" y="6" width="{}" height="6"/>{}</svg>'
    ).format(role(label), tone, round(share, 1), ticks)


class PlanBullet(NamedTuple):
    """A percentage of plan on a scale of 0–140 %: what is reached, and what should be by today (None: nothing said).

    `percent` may be any exact number; None draws nothing, since «chưa giao chỉ tiêu» is no 0 %. `tone` as of `bar`.
    """

    percent: Number | None
    due: Number | None = None
    tone: str = ""


def plan_bullet(shown: PlanBullet, label: str = "") -> Markup:
    """The bar of a percentage of plan; a dark tick at 100 %, a brown one at the pace, an arrow where it goes on."""
    if shown.percent is None:
        return Markup("")
    value = float(shown.percent)
    pieces = [
        Markup('<rect class="bar-ground" y="3" width="280" height="12"/>'),
        Markup('<rect class="bar-value {}" y="6" width="{}" height="6"/>').format(
            shown.tone, _plan_at(value)
        ),
    ]
    if value > _PLAN_END:
        pieces.append(Markup('<path class="bullet-over" d="M268 3l10 6-10 6z"/>'))
    if shown.due is not None:
        pieces.append(_tick("bullet-due", _plan_at(float(shown.due))))
    pieces.append(_tick("bullet-goal", _BULLET_GOAL))
    return Markup('<svg class="bullet" viewBox="0 0 280 18" preserveAspectRatio="none" {}>{}</svg>').format(
        role(label), joined(pieces)
    )


def _plan_at(percent: float) -> float:
    return round(280 * share_of(percent, _PLAN_END), 1)


def _tick(css_class: str, at: float) -> Markup:
    return Markup('<rect class="{}" x="{}" y="1" width="3" height="16"/>').format(css_class, at)
