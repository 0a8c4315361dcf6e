"""What a release hides, and what it tells together with one that was public before."""

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.balance.rules.tables import TOTAL, Cell, Table
from registry.open_data.rules import exposed
from registry.open_data.rules.against import How, clashes
from registry.open_data.rules.dictionary import Column
from registry.open_data.rules.grids import Counted, Grid, Why, kept, list_of, read
from registry.open_data.rules.hiding import chosen, hide
from registry.open_data.rules.lines import HIDDEN, MISSING, SHOWN, Content, Line, written
from registry.open_data.rules.remainders import remainders

PLACE, HALF, YEAR = "VN/12/", ("2025-01-01", "2025-06-30"), ("2025-01-01", "2025-12-31")


def trained(days: tuple[str, str] = HALF, place: str = PLACE, **counts: int) -> Grid:
    """People by category with their sum."""
    return list_of("training", counts, place, days, has_sum=True)


def shown(counted: Counted, number: int = 0) -> dict[str, int | None]:
    """{row: its count, None where it is hidden}."""
    cells = counted.grids[number].cells()
    return {row: None if (number, (row, c)) in counted.hidden else n for (row, c), n in cells.items()}


def uncovered(counted: Counted) -> list[Cell]:
    """Small cells that the release bares by itself."""
    return [
        cell
        for number, grid in enumerate(counted.grids)
        for cell in exposed(grid.table, frozenset(counted.of_grid(number)))
    ]


def test_a_line_goes_whole_and_what_it_hides_is_kept_from_the_sums_around_it() -> None:
    people = trained(a=3, b=12, c=40)
    other = list_of("beside", {"a": 30, "b": 50, "c": 60}, PLACE, HALF, has_sum=True)
    together = [[(0, (row, "people")), (1, (row, "people"))] for row in "abc"]
    counted = hide([people, other], together)
    assert shown(counted) == {"a": None, "b": None, "c": 40, TOTAL: 55}
    assert shown(counted, 1) == {"a": None, "b": None, "c": 60, TOTAL: 140}
    alone = hide([people, other], together[:1])
    assert shown(alone, 1)["a"] is None
    assert list(shown(alone, 1).values()).count(None) > 1  # else the sum would tell it
    assert counted.tally() == {Why.SMALL: 1, Why.BESIDES: 3, Why.EARLIER: 0}


def test_one_group_in_two_tables_is_hidden_in_both() -> None:
    rows = Table(
        ("a", "b"), ("yes", "no"), {("a", "yes"): 2, ("a", "no"): 10, ("b", "yes"): 20, ("b", "no"): 9}
    )
    trait = Grid(
        "trait", rows, PLACE, *HALF, same={(r, TOTAL): (f"training|{r}|people", PLACE) for r in "ab"}
    )
    counted = hide([list_of("training", {"a": 12, "b": 29}, PLACE, HALF), trait])
    first = {row for _at, (row, _c) in counted.hidden if _at == 0}
    second = {row for at, (row, c) in counted.hidden if at == 1 and c == TOTAL and row != TOTAL}
    assert first == second
    assert uncovered(counted) == []


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_small_cell_is_bare_whatever_is_joined(counts: list[list[int]]) -> None:
    rows = tuple(f"r{n}" for n in range(len(counts)))
    cells = {(row, f"c{n}"): counts[i][n] for i, row in enumerate(rows) for n in range(3)}
    table = Grid("t", Table(rows, ("c0", "c1", "c2"), cells), PLACE, *HALF)
    sums = list_of("s", {row: sum(line) for row, line in zip(rows, counts, strict=True)}, PLACE, HALF)
    counted = hide([table, sums], [[(0, (row, TOTAL)), (1, (row, "people"))] for row in rows])
    assert uncovered(counted) == []
    assert read(kept(counted)) == counted


def test_a_second_release_of_the_same_people_shows_no_small_difference() -> None:
    """Two releases of a half-year, between which two people came to «a»: the second hides what would tell of them."""
    before = hide([trained(a=20, b=30, c=40)])
    now = [trained(a=22, b=30, c=40)]
    bare = clashes(hide(now), before, "bản 1")
    assert [(one.how, one.words, one.first, one.second) for one in bare if one.blocks] == [
        (How.DIFFERENCE, "a · people", 20, 22),
        (How.DIFFERENCE, "* · people", 90, 92),
    ]
    counted, left = chosen(now, [], {"bản 1": before})
    assert not [one for one in left if one.blocks]
    assert shown(counted)["a"] is None
    assert shown(counted)[TOTAL] is None
    assert Why.EARLIER in counted.hidden.values()
    apart, named = chosen([trained(a=25, b=30, c=40)], [], {"bản 1": before})
    assert (apart.hidden, named) == ({}, [])


def test_nested_days_and_places_are_held_against_each_other() -> None:
    year = hide([trained(YEAR, a=40)])
    assert [one.how for one in clashes(hide([trained(HALF, a=38)]), year, "năm")] == [How.DIFFERENCE] * 2
    assert clashes(hide([trained(HALF, a=30)]), year, "năm") == []
    commune = hide([trained(YEAR, "VN/12/03388/", a=37)])
    assert {one.how for one in clashes(commune, year, "năm")} == {How.DIFFERENCE}
    elsewhere = hide([trained(YEAR, "VN/01/", a=37)])
    assert clashes(elsewhere, year, "năm") == []
    overlapping = hide([trained(("2025-06-01", "2026-06-30"), a=39)])
    assert clashes(overlapping, year, "năm") == []


def test_parts_in_releases_of_their_own_leave_no_few_under_their_total() -> None:
    """EX-07, against totals: two communes are public, the province would tell the three people of a third."""
    communes = {
        name: hide([trained(HALF, f"VN/12/{name}/", a=count)]) for name, count in (("01", 20), ("02", 30))
    }
    new = [trained(HALF, a=53)]
    bare = remainders(hide(new), communes)
    assert {(one.how, one.release, one.first, one.second) for one in bare} == {
        (How.DIFFERENCE, "01, 02", 50, 53)
    }
    counted, left = chosen(new, [], communes)
    assert (shown(counted), left) == ({"a": None, TOTAL: None}, [])
    assert remainders(hide([trained(HALF, a=60)]), communes) == []
    assert remainders(hide([trained(HALF, a=50)]), communes) == []
    halves = {"n1": hide([trained(HALF, a=20)]), "n2": hide([trained(("2025-07-01", "2025-12-31"), a=30)])}
    assert [one.second for one in remainders(hide([trained(YEAR, a=52)]), halves)] == [52, 52]
    last = hide([trained(("2025-07-01", "2025-12-31"), a=30)])
    assert remainders(last, {"n1": halves["n1"], "năm": hide([trained(YEAR, a=52)])}) != []


def test_a_cell_hidden_to_protect_another_is_not_told_by_the_next_release() -> None:
    """First «a» (3) and «b» (12) are hidden under their sum; later «a» is 8, and «b» as it was would tell the 3."""
    before = hide([trained(a=3, b=12, c=40)])
    assert shown(before) == {"a": None, "b": None, "c": 40, TOTAL: 55}
    now = [trained(a=8, b=12, c=40)]
    bare = clashes(hide(now), before, "bản 1")
    assert [(one.how, one.first, one.second) for one in bare if one.how is How.UNCOVERED] == [
        (How.UNCOVERED, 3, 3)
    ]
    counted, left = chosen(now, [], {"bản 1": before})
    assert not [one for one in left if one.blocks]
    assert shown(counted)["b"] is None
    # The other way round: what was shown then may not protect now.
    first = hide([trained(a=8, b=12, c=40)])
    later, left = chosen([trained(a=3, b=12, c=40)], [], {"bản 1": first})
    assert not [one for one in left if one.blocks]
    assert uncovered(later) == []


def test_lines_say_why_a_cell_is_empty_and_only_what_the_dictionary_names() -> None:
    """Row 8 of the rules of security: a column nobody named is in no file."""
    columns = [Column("nhom", "", "", ""), Column("nguoi", "", "", ""), *_STATUS]
    content = Content(
        [trained(a=3, b=50)],
        [
            Line({"nhom": "a", "moi": "cột mới"}, {"nguoi": 3}, ((0, ("a", "people")),)),
            Line({"nhom": "b"}, {"nguoi": 50, "ten": "Lò Thị Hạnh"}, ()),
            Line({"nhom": "c"}, why="Chưa có số liệu"),
        ],
    )
    rows = written(content.lines, columns, hide(content.grids).hidden)
    assert rows == [
        {"nhom": "a", "nguoi": None, "trang_thai": HIDDEN, "ly_do": None},
        {"nhom": "b", "nguoi": 50, "trang_thai": SHOWN, "ly_do": None},
        {"nhom": "c", "nguoi": None, "trang_thai": MISSING, "ly_do": "Chưa có số liệu"},
    ]


_STATUS = [Column("trang_thai", "", "", ""), Column("ly_do", "", "", "")]
