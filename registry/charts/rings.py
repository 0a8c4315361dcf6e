"""A ring of points and the level bar of a skill. Pure."""

import math
from functools import lru_cache

from markupsafe import Markup, escape

from registry.charts.shapes import FULL_POINTS, joined, role, share_of

_RING_RADIUS = 29.0
_RING_LENGTH = 2 * math.pi * _RING_RADIUS
_CELL_STEP = 20
_CELL_WIDTH = 17


def ring(
    points: int | None, potential: int | None, label: str, text: str = "", maximum: int = FULL_POINTS
) -> Markup:
    """A ring filled to `points`, in a lighter tone up to `potential`, with `text` in the middle.

    Numbers are hundredths of a point; what lies outside 0…`maximum` is drawn at the edge.
    """
    certain = share_of(points, maximum)
    possible = max(certain, share_of(potential, maximum))
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


def levels(have: int | None, need: int | None, maximum: int = 5, label: str = "") -> Markup:
    """One cell per level: filled = held, outlined in red = missing, pale with an outline = above what is needed.

    A tick stands at the level needed (none when `need` is None). A level that was not stated (`have` None) is drawn
    dashed up to the level needed, because it may be any of them.
    """
    top = max(1, maximum)
    needed = None if need is None else min(max(need, 0), top)
    held = None if have is None else min(max(have, 0), top)
    cells = joined(_cell(level, _cell_state(level, held, needed)) for level in range(1, top + 1))
    tick = Markup("")
    if needed:
        tick = Markup('<rect class="level-need" x="{}" y="0" width="3" height="18" rx="1"/>').format(
            needed * _CELL_STEP - 2
        )
    width = top * _CELL_STEP + 1
    return Markup('<svg class="levels" viewBox="0 0 {} 18" width="{}" height="18" {}>{}{}</svg>').format(
        width, width, role(label), cells, tick
    )


def _arc(css_class: str, share: float) -> Markup:
    return Markup(  # noqa: S704 - as `rect`
        f'<circle class="{escape(css_class)}" cx="34" cy="34" r="29" fill="none" stroke-width="7" '
        f'stroke-dasharray="{_RING_LENGTH * share:.1f} {_RING_LENGTH:.1f}" transform="rotate(-90 34 34)"/>'
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
