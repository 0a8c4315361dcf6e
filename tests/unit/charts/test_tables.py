"""Charts say what their tables say: the drawn numbers and the rows they were drawn from are the same."""

import csv
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

import registry.places
from registry import charts
from registry.charts import CategoryRow, PairedHeads, PairedRow, PlanBullet, TileRow
from registry.formats import number, signed

HEADS = PairedHeads("Số người", "Chênh lệch")
COUNTS = st.none() | st.integers(0, 5000)


def drawn(markup: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(markup))  # noqa: S314 - our own output


def texts(markup: Markup) -> list[str]:
    return ["".join(node.itertext()) for node in drawn(markup).iter("text")]


def lengths(markup: Markup, css_class: str) -> list[float]:
    return [
        float(node.get("width", "0"))
        for node in drawn(markup).iter("rect")
        if css_class in node.get("class", "").split()
    ]


def paired(name: str, demand: int | None, supply: int | None) -> PairedRow:
    gap = None if demand is None or supply is None else supply - demand
    return PairedRow(name, demand, supply, number(demand), number(supply), signed(gap))


@settings(max_examples=25)
@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=6), st.booleans())
def test_paired_bars_draw_the_rows_of_their_table(
    counts: list[tuple[int | None, int | None]], narrow: bool
) -> None:
    rows = [paired(f"Ngành <{at}>", *pair) for at, pair in enumerate(counts)]
    chart = charts.paired_bars(rows, HEADS, "Cung và cầu", narrow=narrow)
    cells = [text for row in rows for text in (row.name, row.first_text, row.second_text, row.gap_text)]
    assert texts(chart) == ["Số người", "Chênh lệch", *cells]
    for css_class, numbers in (
        ("pair-first", [row.first for row in rows]),
        ("pair-second", [row.second for row in rows]),
    ):
        _grow_alike(lengths(chart, css_class), [one for one in numbers if one])


@settings(max_examples=25)
@given(st.lists(COUNTS, max_size=7), st.booleans())
def test_category_bars_draw_the_rows_of_their_table(counts: list[int | None], narrow: bool) -> None:
    rows = [CategoryRow(f"Nhóm {at}", one, number(one)) for at, one in enumerate(counts)]
    chart = charts.category_bars(rows, "Theo nhóm", narrow=narrow)
    assert texts(chart) == [text for row in rows for text in (row.name, row.text)]
    _grow_alike(lengths(chart, "category-bar"), [one for one in counts if one])


def _grow_alike(drawn_lengths: list[float], numbers: list[int]) -> None:
    """The more, the longer; what is too short to see is not drawn."""
    ordered = sorted(numbers)
    assert len(drawn_lengths) <= len(numbers)
    for shorter, longer in pairwise(sorted(drawn_lengths)):
        assert shorter <= longer
    if ordered:
        assert max(drawn_lengths) > 0


def test_bars_of_one_row_keep_their_proportion() -> None:
    chart = charts.paired_bars([paired("Y tế", 1090, 545)], HEADS, "x")
    (first,), (second,) = lengths(chart, "pair-first"), lengths(chart, "pair-second")
    assert (first, second) == (286, 143)
    assert "−545" in texts(chart)


@pytest.mark.parametrize(
    ("percent", "width", "is_over"), [("70", "140.0", False), ("140", "280.0", False), ("250", "280.0", True)]
)
def test_a_bullet_of_plan_ends_at_140_and_says_when_it_goes_on(
    percent: str, width: str, is_over: bool
) -> None:
    chart = charts.plan_bullet(PlanBullet(Decimal(percent), 50, "good"), "x")
    bar, due, goal = (
        next(node for node in drawn(chart).iter("rect") if css in node.get("class", ""))
        for css in ("bar-value", "bullet-due", "bullet-goal")
    )
    assert (bar.get("width"), due.get("x"), goal.get("x")) == (width, "100.0", "200")
    assert ("bullet-over" in chart) is is_over


def test_without_a_plan_there_is_no_bullet() -> None:
    assert charts.plan_bullet(PlanBullet(None, 50)) == ""
    assert "bullet-due" not in charts.plan_bullet(PlanBullet(10))


def test_every_province_has_one_tile_under_its_own_name() -> None:
    with (Path(registry.places.__file__).parent / "data" / "provinces.csv").open(encoding="utf-8") as file:
        provinces = {row["code"]: row["name"] for row in csv.DictReader(file)}
    tiles = [one for one in charts.tiles() if not one.belongs_to]
    assert {one.code: one.name.replace("TP. HCM", "Hồ Chí Minh") for one in tiles} == provinces
    assert len({(one.column, one.row) for one in charts.tiles()}) == 36
    assert (max(one.column for one in charts.tiles()), max(one.row for one in charts.tiles())) == (6, 13)
    islands = [(one.name, one.belongs_to, provinces[one.code]) for one in charts.tiles() if one.belongs_to]
    assert islands == [("Hoàng Sa", "Đà Nẵng", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa", "Khánh Hòa")]


@settings(max_examples=15)
@given(
    st.dictionaries(st.sampled_from(sorted({one.code for one in charts.tiles()})), st.integers(-2000, 2000)),
    st.booleans(),
)
def test_the_map_shows_the_numbers_of_its_table_and_both_archipelagos(
    values: dict[str, int], narrow: bool
) -> None:
    rows = [TileRow(code, signed(value), charts.gap_tone(value, 100, 300)) for code, value in values.items()]
    chart = charts.tile_map(rows, "Bản đồ", own="12", narrow=narrow)
    shown = texts(chart)
    assert shown.count("–") == 34 - len(values)
    assert sorted(row.text for row in rows) == sorted(
        shown[at + 1]
        for at, text in enumerate(shown)
        if text in {one.name for one in charts.tiles()} and shown[at + 1] != "–"
    )
    assert [text for text in shown if text.startswith("QĐ")] == ["QĐ Hoàng Sa", "QĐ Trường Sa"]
    assert {"(Đà Nẵng)", "(Khánh Hòa)"} <= set(shown)
    assert chart.count('class="tile-islands"') == 2
    assert chart.count(" own") == 1
    assert "style" not in chart


def test_the_shades_of_a_map_follow_their_bounds() -> None:
    tones = [charts.gap_tone(one, 100, 300) for one in (-300, -299, -100, -99, -1, 0, 99, 100, None)]
    assert [tone.removeprefix("gap-") for tone in tones] == ["1", "2", "2", "3", "3", "4", "4", "5", "none"]
    assert set(tones) == set(charts.TONES)
    with pytest.raises(ValueError, match="grow"):
        charts.gap_tone(1, 300, 100)


def test_every_class_of_a_drawing_has_one_rule() -> None:
    css = (Path(charts.__file__).parent.parent / "static" / "app.css").read_text("utf-8")
    for name in ("bullet-over", "pair-first", "pair-second", "category-bar", *charts.TONES):
        assert css.count(f"  .{name}{{") == 1, name
