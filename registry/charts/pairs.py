"""Bars of rows: two on one scale with what lies between them (supply and demand), and one for each category. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from registry.charts.shapes import LINE_STEP, image, joined, paragraph, share_of, words, wrapped

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
    """Where the bars of a drawing begin, how long the longest may be, how wide all is, how many characters a name's line has.

    Names stand beside the bars, or, `over`, on lines of their own above them.
    """

    width: int
    left: int
    full: int
    name_line: int
    over: bool = False


_PAIRS, _NARROW_PAIRS = _Place(556, 158, 286, 23), _Place(326, 0, 250, 40, over=True)
_CATEGORIES, _NARROW_CATEGORIES = _Place(660, 268, 310, 38), _Place(326, 0, 250, 48, over=True)


def paired_bars(rows: Sequence[PairedRow], heads: PairedHeads, label: str, *, narrow: bool = False) -> Markup:
    """Two bars a row from the same zero, the signed difference at the right edge.

    `narrow` is for phones: the name stands on lines of its own above its bars.
    """
    place = _NARROW_PAIRS if narrow else _PAIRS
    most = max((number for row in rows for number in row[1:3] if number is not None), default=0)
    pieces = [
        words((place.left, 12), heads.counted, "aside"),
        words((place.width, 12), heads.gap, "aside", "end"),
    ]
    top = 22
    for row in rows:
        piece, height = _pair(row, top, most, place)
        pieces.append(piece)
        top += height
    return image(_name("", narrow), (place.width, top), label, pieces)


def category_bars(rows: Sequence[CategoryRow], label: str, *, narrow: bool = False) -> Markup:
    """One bar for each category, in the order given, the number at its end."""
    place = _NARROW_CATEGORIES if narrow else _CATEGORIES
    most = max((row.number for row in rows if row.number is not None), default=0)
    pieces: list[Markup] = []
    top = 4
    for row in rows:
        lines = wrapped(row.name, place.name_line)
        height = _height(len(lines), 34 if not place.over else 28, place)
        bar_at = top + LINE_STEP * len(lines) + 4 if place.over else top + height / 2 - 10
        pieces += [
            paragraph((0, _first_line(top, len(lines), height, place)), lines),
            _bar("category-bar", (place.left, bar_at), _long(row.number, most, place), 18),
            _at_end(row.number, row.text, most, place, bar_at + 14, "strong"),
        ]
        top += height
    return image(_name("categories ", narrow), (place.width, top), label, pieces)


def _pair(row: PairedRow, top: int, most: int, place: _Place) -> tuple[Markup, int]:
    """The drawing of a row and how deep it is."""
    lines = wrapped(row.name, place.name_line)
    height = _height(len(lines), 54, place)
    bars_at = top + LINE_STEP * len(lines) + 4 if place.over else top + height / 2 - 24
    line = top + height - 5
    pieces = [
        paragraph((0, _first_line(top, len(lines), height, place)), lines),
        _bar("pair-first", (place.left, bars_at), _long(row.first, most, place), _BAR_HEIGHT),
        _bar("pair-second", (place.left, bars_at + 18), _long(row.second, most, place), _BAR_HEIGHT),
        _at_end(row.first, row.first_text, most, place, bars_at + 12),
        _at_end(row.second, row.second_text, most, place, bars_at + 30),
        words((place.width, top + (12 if place.over else height / 2 - 3)), row.gap_text, "strong", "end"),
        Markup('<line class="grid-line" x1="0" x2="{}" y1="{}" y2="{}"/>').format(place.width, line, line),
    ]
    return joined(pieces), height


def _height(lines: int, least: int, place: _Place) -> int:
    """How deep a row is: its bars and, where names stand over them, the lines of the name; else whichever is deeper."""
    return least + LINE_STEP * lines if place.over else max(least, LINE_STEP * lines + 18)


def _first_line(top: int, lines: int, height: int, place: _Place) -> float:
    """The first base line of a name: at the top of its row, or so that its lines stand about the middle."""
    return top + 12 if place.over else top + height / 2 - 3 - LINE_STEP * (lines - 1) / 2


def _name(kind: str, narrow: bool) -> str:
    return f"chart {kind}{'for-narrow' if narrow else 'for-wide'}"


def _long(number: int | None, most: int, place: _Place) -> float:
    return round(place.full * share_of(number, most), 1)


def _bar(css_class: str, at: tuple[float, float], length: float, height: int) -> Markup:
    if length <= 0:
        return Markup("")
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
        css_class, at[0], at[1], length, height
    )


def _at_end(number: int | None, text: str, most: int, place: _Place, y: float, css_class: str = "") -> Markup:
    return words((round(place.left + _long(number, most, place) + 6, 1), y), text, css_class)
