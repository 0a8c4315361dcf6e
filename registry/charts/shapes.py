"""What every drawing is put together from: shares of a scale, the name of an image, blocks of bars. Pure."""

import textwrap
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

FULL_POINTS = 10_000
BAR_UNITS = 1000
SEGMENT_GAP = 4.0
LINE_STEP = 15
"""From one base line of a wrapped name to the next."""


def share_of(value: float | None, maximum: float | None) -> float:
    """`value` as a share of `maximum`, between 0 and 1; 0 when either is missing or makes no sense."""
    if value is None or not maximum or maximum < 0:
        return 0.0
    return min(max(value / maximum, 0.0), 1.0)


def role(label: str) -> Markup:
    """Attributes of an image with that name, or of a drawing that stands beside its number and is hidden."""
    if label:
        return Markup('role="img" aria-label="{}"').format(label)
    return Markup('aria-hidden="true" focusable="false"')


def joined(pieces: Iterable[Markup]) -> Markup:
    """One piece of markup from many."""
    return Markup("".join(pieces))  # noqa: S704 - each piece is markup


def rect(css_class: str, at: float, width: float, gap: float = SEGMENT_GAP) -> Markup:
    """One block of a bar; narrower by the gap to its neighbour, and nothing at all for nothing."""
    if width <= 0:
        return Markup("")
    shown = max(width - gap, min(width, 1.0))
    # A page of a ranking draws two hundred pieces: `Markup.format` took a tenth of its time. Numbers need no escaping.
    return Markup(  # noqa: S704
        f'<rect class="{escape(css_class)}" x="{at:.1f}" width="{shown:.1f}" height="10"/>'
    )


def line(css_class: str, points: Sequence[tuple[float, float]]) -> Markup:
    """A line through points; nothing for a single one."""
    if len(points) < 2:
        return Markup("")
    return Markup('<polyline class="{}" fill="none" points="{}"/>').format(
        css_class, " ".join(f"{x},{y}" for x, y in points)
    )


def words(at: tuple[float, float], text: str, css_class: str = "", anchor: str = "") -> Markup:
    """A text with its base line at a point; `anchor` is `middle` or `end`."""
    named = Markup(' class="{}"').format(css_class) if css_class else ""
    held = Markup(' text-anchor="{}"').format(anchor) if anchor else ""
    return Markup('<text{} x="{}" y="{}">{}</text>').format(named + held, at[0], at[1], text)


def image(css_class: str, size: tuple[float, float], label: str, pieces: Iterable[Markup]) -> Markup:
    """The whole of a chart: its view box begins at nothing."""
    return Markup('<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        css_class, size[0], size[1], label, joined(pieces)
    )


def wrapped(text: str, most: int) -> list[str]:
    """A name in lines of at most so many characters, at least one line. All but the last keep the blank they end with."""
    lines = textwrap.wrap(text, most) or [""]
    return [f"{one} " for one in lines[:-1]] + lines[-1:]


def paragraph(at: tuple[float, float], lines: Sequence[str], anchor: str = "") -> Markup:
    """A wrapped name: the first base line at a point, the others below it."""
    if len(lines) == 1:
        return words(at, lines[0], anchor=anchor)
    held = Markup(' text-anchor="{}"').format(anchor) if anchor else ""
    spans = joined(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(at[0], at[1] + LINE_STEP * number, line_of)
        for number, line_of in enumerate(lines)
    )
    return Markup("<text{}>{}</text>").format(held, spans)
