"""The 34 provinces and cities as tiles, with both archipelagos. Pure.

The places of the tiles are the project's own drawing (`data/tiles.csv`): roughly where the provinces of 2025-07-01
lie, no boundary of any kind. The two archipelagos are drawn in every map, whatever it shows: they belong to the
territory whose figures it tells, and to their province, under whose name their figures are counted.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import image, joined, paragraph, words

_FILE = Path(__file__).parent / "data" / "tiles.csv"
TONES = ("gap-1", "gap-2", "gap-3", "gap-4", "gap-5", "gap-none")
"""Classes of tiles: great shortage, shortage, small shortage, small surplus, surplus, no figure."""


class Tile(NamedTuple):
    """Where a province or archipelago stands. An archipelago has the code of the province it belongs to."""

    code: str
    name: str
    belongs_to: str
    column: int
    row: int


class TileRow(NamedTuple):
    """The figure of one province: its code, the signed number as it is written, one of `TONES`.

    The table beneath the map is made from the same rows.
    """

    code: str
    text: str
    tone: str


@lru_cache(maxsize=1)
def tiles() -> tuple[Tile, ...]:
    """All tiles, provinces first; what has `belongs_to` is an archipelago."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(row["code"], row["name"], row["belongs_to"], int(row["column"]), int(row["row"]))
            for row in csv.DictReader(file)
        )


def gap_tone(value: int | None, near: int, far: int) -> str:
    """The tone of a signed number: `far` and beyond is dark, below `near` is pale; None has a tone of its own.

    Five classes and no more are told apart: ≤ −far, ≤ −near, < 0, < near, the rest. Raises ValueError unless
    0 < near < far.
    """
    if not 0 < near < far:
        raise ValueError(f"classes must grow: {near}, {far}")
    if value is None:
        return "gap-none"
    if value < 0:
        return "gap-1" if value <= -far else "gap-2" if value <= -near else "gap-3"
    return "gap-4" if value < near else "gap-5"


class _Grid(NamedTuple):
    """The size of tiles, and of those of the archipelagos, which stand in the last column."""

    width: int
    height: int
    islands: int
    is_narrow: bool = False


_WIDE, _NARROW = _Grid(84, 47, 102), _Grid(44, 56, 72, is_narrow=True)


def tile_map(
    rows: Iterable[TileRow], label: str, *, own: str = "", missing: str = "–", narrow: bool = False
) -> Markup:
    """One tile a province with its number; a province without a row has `missing`. `own` is outlined, drawn last.

    `narrow` is for phones: names stand on two lines, so that the whole map with both archipelagos is seen at once.
    """
    grid = _NARROW if narrow else _WIDE
    figures: Mapping[str, TileRow] = {row.code: row for row in rows}
    provinces = sorted((one for one in tiles() if not one.belongs_to), key=lambda one: one.code == own)
    pieces = [
        _province(one, figures.get(one.code) or TileRow(one.code, missing, "gap-none"), grid, own)
        for one in provinces
    ]
    pieces += [_archipelago(one, grid) for one in tiles() if one.belongs_to]
    columns, rows_down = max(one.column for one in tiles()), max(one.row for one in tiles()) + 1
    size = (columns * grid.width + grid.islands + 2, rows_down * grid.height + 4)
    return image(f"chart tile-map {'for-narrow' if narrow else 'for-wide'}", size, label, pieces)


def _province(tile: Tile, figure: TileRow, grid: _Grid, own: str) -> Markup:
    left, top = _corner(tile, grid)
    middle = left + (grid.width - 3) / 2
    lines = _two_lines(tile.name) if grid.is_narrow else [tile.name]
    first = top + (15 if len(lines) == 2 else 23 if grid.is_narrow else 18)
    return Markup('<g class="tile {}{}"><title>{}: {}</title>{}</g>').format(
        figure.tone,
        " own" if tile.code == own else "",
        tile.name,
        figure.text,
        joined(
            [
                _box((left, top), grid.width - 3, grid),
                paragraph((middle, first), lines, "middle"),
                words((middle, top + grid.height - 10), figure.text, "strong", "middle"),
            ]
        ),
    )


def _archipelago(tile: Tile, grid: _Grid) -> Markup:
    left, top = _corner(tile, grid)
    middle = left + (grid.islands - 3) / 2
    name, province = f"QĐ {tile.name}", f"({tile.belongs_to})"
    lines = ["QĐ ", tile.name] if grid.is_narrow else [name]
    return Markup('<g class="tile-islands"><title>{} {}</title>{}</g>').format(
        name,
        province,
        joined(
            [
                _box((left, top), grid.islands - 3, grid),
                paragraph((middle, top + (15 if grid.is_narrow else 18)), lines, "middle"),
                words((middle, top + grid.height - 10), province, anchor="middle"),
            ]
        ),
    )


def _corner(tile: Tile, grid: _Grid) -> tuple[int, int]:
    return tile.column * grid.width + 2, tile.row * grid.height + 2


def _two_lines(name: str) -> list[str]:
    first, blank, second = name.partition(" ")
    return [first + blank, second] if second else [name]


def _box(at: tuple[float, float], width: int, grid: _Grid) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
        at[0], at[1], width, grid.height - 3
    )
