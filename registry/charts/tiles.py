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

from registry.charts.shapes import image, joined, words

_FILE = Path(__file__).parent / "data" / "tiles.csv"
_WIDTH, _HEIGHT = 84, 47
_ISLAND_WIDTH = 102
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


def tile_map(
    rows: Iterable[TileRow], label: str, *, own: str = "", missing: str = "–", archipelago: str = "QĐ"
) -> Markup:
    """One tile a province with its number; a province without a row has `missing`. `own` is outlined, drawn last."""
    figures: Mapping[str, TileRow] = {row.code: row for row in rows}
    provinces = sorted((one for one in tiles() if not one.belongs_to), key=lambda one: one.code == own)
    pieces = [_province(one, figures.get(one.code), missing, is_own=one.code == own) for one in provinces]
    pieces += [_archipelago(one, archipelago) for one in tiles() if one.belongs_to]
    columns, rows_down = max(one.column for one in tiles()), max(one.row for one in tiles()) + 1
    size = (columns * _WIDTH + _ISLAND_WIDTH + 2, rows_down * _HEIGHT + 4)
    return image("chart tile-map", size, label, pieces)


def _province(tile: Tile, figure: TileRow | None, missing: str, *, is_own: bool) -> Markup:
    left, top = tile.column * _WIDTH + 2, tile.row * _HEIGHT + 2
    middle = left + (_WIDTH - 3) / 2
    tone, text = (figure.tone, figure.text) if figure else ("gap-none", missing)
    return Markup('<g class="tile {}{}"><title>{}: {}</title>{}</g>').format(
        tone,
        " own" if is_own else "",
        tile.name,
        text,
        joined(
            [
                _box((left, top), _WIDTH - 3),
                words((middle, top + 18), tile.name, anchor="middle"),
                words((middle, top + 35), text, "strong", "middle"),
            ]
        ),
    )


def _archipelago(tile: Tile, word: str) -> Markup:
    left, top = tile.column * _WIDTH + 2, tile.row * _HEIGHT + 2
    middle = left + (_ISLAND_WIDTH - 3) / 2
    return Markup('<g class="tile-islands">{}</g>').format(
        joined(
            [
                _box((left, top), _ISLAND_WIDTH - 3),
                words((middle, top + 18), f"{word} {tile.name}", anchor="middle"),
                words((middle, top + 35), f"({tile.belongs_to})", anchor="middle"),
            ]
        )
    )


def _box(at: tuple[float, float], width: int) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
        at[0], at[1], width, _HEIGHT - 3
    )
