"""Small SVG drawings from plain numbers and finished labels.

Pure: no request, no clock, no formats; callers bring the words. Sizes are SVG presentation attributes and colours
are classes of the stylesheet, because the content policy forbids style attributes. Every string is escaped. A
drawing with a label is an image with that name; one without stands beside its number and is hidden from readers.
"""

import math
from collections.abc import Iterable, Sequence
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
