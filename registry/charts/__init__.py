"""Small SVG drawings from plain numbers and finished labels.

Pure: no request, no clock, no formats; callers bring the words. Sizes are SVG presentation attributes and colours
are classes of the stylesheet, because the content policy forbids style attributes. Every string is escaped. A
drawing with a label is an image with that name; one without stands beside its number and is hidden from readers.
A chart takes the same rows as the table beneath it.
"""

from registry.charts.bars import PlanBullet, Segment, bar, bullet, plan_bullet, progress, stack_bar
from registry.charts.funnels import FunnelRow, funnel
from registry.charts.lines import PlanLines, plan_lines
from registry.charts.pairs import CategoryRow, PairedHeads, PairedRow, category_bars, paired_bars
from registry.charts.rings import levels, ring
from registry.charts.shapes import FULL_POINTS
from registry.charts.tiles import TONES, Tile, TileRow, gap_tone, tile_map, tiles

__all__ = [
    "FULL_POINTS",
    "TONES",
    "CategoryRow",
    "FunnelRow",
    "PairedHeads",
    "PairedRow",
    "PlanBullet",
    "PlanLines",
    "Segment",
    "Tile",
    "TileRow",
    "bar",
    "bullet",
    "category_bars",
    "funnel",
    "gap_tone",
    "levels",
    "paired_bars",
    "plan_bullet",
    "plan_lines",
    "progress",
    "ring",
    "stack_bar",
    "tile_map",
    "tiles",
]
