"""Drawings: right lengths, right states, nothing unescaped, nothing that the content policy forbids."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from registry import charts
from registry.charts import Segment

EVIL = "<script>\"'&"


def drawn(markup: Markup) -> ElementTree.Element:
    """The drawing as a tree; raises when it is not well formed."""
    return ElementTree.fromstring(str(markup))  # noqa: S314 - our own output


def by_class(markup: Markup, name: str) -> list[ElementTree.Element]:
    return [node for node in drawn(markup).iter() if name in node.get("class", "").split()]


def widths(markup: Markup) -> list[tuple[str, float, float]]:
    """(class, start, width) of every block except the ground."""
    return [
        (node.get("class", ""), float(node.get("x", "0")), float(node.get("width", "0")))
        for node in drawn(markup).iter("rect")
        if "bar-ground" not in node.get("class", "")
    ]


def cells(have: int | None, need: int | None, maximum: int = 5) -> str:
    """The states of the cells as letters: on, over, gap, off, unknown."""
    letters = {"level-on": "n", "level-over": "o", "level-gap": "g", "level-off": ".", "level-unknown": "?"}
    markup = charts.levels(have, need, maximum)
    return "".join(
        letters[node.get("class", "")] for node in drawn(markup).iter("rect") if node.get("class") in letters
    )


@pytest.mark.parametrize(
    ("have", "need", "shown"),
    [
        (5, 4, "nnnno"),
        (4, 4, "nnnn."),
        (2, 3, "nng.."),
        (0, 3, "ggg.."),
        (None, 3, "???.."),
        (3, None, "nnn.."),
        (None, None, "....."),
        (9, 4, "nnnno"),
        (-1, 2, "gg..."),
        (2, 9, "nnggg"),
    ],
)
def test_each_level_is_held_missing_above_or_unknown(have: int | None, need: int | None, shown: str) -> None:
    assert cells(have, need) == shown


def test_the_tick_stands_at_the_level_needed() -> None:
    assert [node.get("x") for node in by_class(charts.levels(2, 3), "level-need")] == ["58"]
    assert by_class(charts.levels(2, None), "level-need") == []
    assert by_class(charts.levels(2, 0), "level-need") == []


def test_scales_may_have_six_or_seven_levels() -> None:
    assert cells(6, 7, 7) == "nnnnnng"
    assert cells(1, 1, 0) == "n"


def test_a_stack_ends_at_the_score_and_its_light_part_at_the_potential() -> None:
    blocks = widths(charts.stack_bar([(4250, 4550, "k1"), (1800, 1800, "k2"), (650, 1000, "k4")]))
    assert [block[0] for block in blocks] == ["k1", "k2", "k4", "k1 potential", "k4 potential"]
    assert blocks[2][1] == pytest.approx(605.0)  # pyright: ignore[reportUnknownMemberType]
    assert blocks[3][1] == pytest.approx(670.0)  # pyright: ignore[reportUnknownMemberType]
    last = blocks[-1]
    assert last[1] + last[2] == pytest.approx(735.0, abs=5)  # pyright: ignore[reportUnknownMemberType]


def test_parts_worth_nothing_are_not_drawn() -> None:
    assert widths(charts.stack_bar([Segment(0, 0, "k1"), Segment(None, None, "k2")])) == []
    assert widths(charts.stack_bar([])) == []


def test_the_ring_draws_the_potential_lighter_behind_the_score() -> None:
    both = charts.ring(8600, 9450, "Điểm 86,00", "86,00")
    assert [len(by_class(both, name)) for name in ("ring-potential", "ring-certain")] == [1, 1]
    alone = charts.ring(8600, 8600, "Điểm 86,00", "86,00")
    assert [len(by_class(alone, name)) for name in ("ring-potential", "ring-certain")] == [0, 1]
    empty = charts.ring(0, None, "Điểm 0,00", "0,00")
    assert [len(by_class(empty, name)) for name in ("ring-potential", "ring-certain")] == [0, 0]


def test_long_numbers_in_the_ring_are_set_smaller() -> None:
    assert len(by_class(charts.ring(10_000, None, "x", "100,00"), "ring-text-small")) == 1


@pytest.mark.parametrize(
    ("value", "maximum", "width"),
    [(50, 100, 500), (120, 100, 1000), (3, 46, 65.2), (1, 0, 0), (None, 9, 0), (-4, 9, 0)],
)
def test_bars_stay_between_nothing_and_full(value: float | None, maximum: float, width: float) -> None:
    shown = widths(charts.bar(value, maximum))
    assert sum(block[2] for block in shown) == pytest.approx(width, abs=0.1)  # pyright: ignore[reportUnknownMemberType]


def test_progress_is_empty_while_the_total_is_unknown() -> None:
    assert widths(charts.progress(3, None)) == []
    assert widths(charts.progress(400, 1000))[0][2] == 400.0


DRAWINGS: list[Callable[[str], Markup]] = [
    lambda label: charts.ring(5000, 6000, label, label),
    lambda label: charts.stack_bar([(1, 2, label)], label),
    lambda label: charts.bar(1, 2, label, label),
    lambda label: charts.progress(1, 2, label),
    lambda label: charts.levels(1, 2, 5, label),
]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_string_is_escaped_and_no_style_is_used(draw: Callable[[str], Markup]) -> None:
    markup = draw(EVIL)
    assert "<script" not in markup
    assert drawn(markup).get("aria-label") == EVIL
    assert drawn(markup).get("role") == "img"
    assert not re.search(r"\sstyle=|\son\w+=", str(draw("nhãn")))


def test_a_drawing_without_a_label_is_hidden_from_readers() -> None:
    for markup in (charts.bar(1), charts.levels(1, 2), charts.progress(1, 2), charts.stack_bar([])):
        assert drawn(markup).get("aria-hidden") == "true"


@given(st.lists(st.tuples(st.integers(-5, 12_000), st.integers(-5, 12_000)), max_size=5))
def test_any_numbers_give_a_drawing_inside_its_frame(pairs: list[tuple[int, int]]) -> None:
    for _css, start, width in widths(charts.stack_bar([(certain, most, "k1") for certain, most in pairs])):
        assert width > 0
        assert start >= 0
