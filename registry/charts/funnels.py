"""The funnel of a campaign. Pure."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import joined


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
        joined(drawn),
    )
