"""Bars of rows: two on one scale with what lies between them (supply and demand), and one for each category. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import image, joined, share_of, words

_STEP = 54
_BAR_HEIGHT = 15


class PairedRow(NamedTuple):
    """Two numbers of one thing, as numbers and as they are written, and the signed difference as it is written.

    None stands for a number nobody has; its text says so («–»). The table beneath is made from the same rows.
    """

    name: str
    first: int | None
    second: int | None
    first_text: str
    second_text: str
    gap_text: str


class PairedHeads(NamedTuple):
    """Words over the columns: what is counted, and the difference."""

    counted: str
    gap: str


class CategoryRow(NamedTuple):
    """One category: its name, how many (None: nobody knows), the number as it is written."""

    name: str
    number: int | None
    text: str


class _Place(NamedTuple):
    """Where the bars of a drawing begin, how long the longest may be, how wide and how deep a row is."""

    width: int
    left: int
    full: int
    step: int
    name_height: int


_WIDE = _Place(556, 158, 286, _STEP, 0)
_NARROW = _Place(326, 0, 196, 76, 20)


def paired_bars(rows: Sequence[PairedRow], heads: PairedHeads, label: str, *, narrow: bool = False) -> Markup:
    """Two bars a row from the same zero, the signed difference at the right edge.

    `narrow` is for phones: the name stands on a line of its own above its bars.
    """
    place = _NARROW if narrow else _WIDE
    most = max((number for row in rows for number in row[1:3] if number is not None), default=0)
    pieces = [
        words((place.left, 12), heads.counted, "aside"),
        words((place.width, 12), heads.gap, "aside", "end"),
    ]
    for at, row in enumerate(rows):
        pieces.append(_pair(row, place.step * at + 22, most, place))
    return image(_name(narrow), (place.width, place.step * len(rows) + 22), label, pieces)


def category_bars(rows: Sequence[CategoryRow], label: str, *, narrow: bool = False) -> Markup:
    """One bar for each category, in the order given, the number at its end."""
    place = _Place(326, 0, 236, 46, 20) if narrow else _Place(660, 268, 310, 34, 0)
    most = max((row.number for row in rows if row.number is not None), default=0)
    pieces: list[Markup] = []
    for at, row in enumerate(rows):
        top = place.step * at + 6
        pieces.append(words((0, top + (12 if narrow else 15)), row.name))
        pieces.append(
            _bar("category-bar", (place.left, top + place.name_height), _long(row.number, most, place), 18)
        )
        pieces.append(_at_end(row.number, row.text, most, place, top + place.name_height + 14, "strong"))
    return image(_name(narrow), (place.width, max(1, place.step * len(rows))), label, pieces)


def _pair(row: PairedRow, top: int, most: int, place: _Place) -> Markup:
    bars_at = top + 3 + place.name_height
    name_at = top + (15 if place.name_height else 23)
    gap_at = name_at if place.name_height else top + 24
    line = top + place.step - 5
    return joined(
        [
            words((0, name_at), row.name),
            _bar("pair-first", (place.left, bars_at), _long(row.first, most, place), _BAR_HEIGHT),
            _bar("pair-second", (place.left, bars_at + 18), _long(row.second, most, place), _BAR_HEIGHT),
            _at_end(row.first, row.first_text, most, place, bars_at + 12),
            _at_end(row.second, row.second_text, most, place, bars_at + 30),
            words((place.width, gap_at), row.gap_text, "strong", "end"),
            Markup('<line class="grid-line" x1="0" x2="{}" y1="{}" y2="{}"/>').format(
                place.width, line, line
            ),
        ]
    )


def _name(narrow: bool) -> str:
    return "chart for-narrow" if narrow else "chart for-wide"


def _long(number: int | None, most: int, place: _Place) -> float:
    return round(place.full * share_of(number, most), 1)


def _bar(css_class: str, at: tuple[float, float], length: float, height: int) -> Markup:
    if length <= 0:
        return Markup("")
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
        css_class, at[0], at[1], length, height
    )


def _at_end(number: int | None, text: str, most: int, place: _Place, y: int, css_class: str = "") -> Markup:
    return words((round(place.left + _long(number, most, place) + 6, 1), y), text, css_class)
