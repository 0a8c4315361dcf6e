"""Sums and their refusals, parts of a whole, kinds of indicators, comparisons, restatement."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.indicators.rules.comparing import Standing, Trend, two_verdicts
from registry.indicators.rules.contradictions import ContradictionState, beside, may_move
from registry.indicators.rules.figures import Figure, Missing, Period, Refused
from registry.indicators.rules.kinds import Assignment, coverage, reduction, share, shown_share
from registry.indicators.rules.parts import Breakdown, Part, break_down
from registry.indicators.rules.restating import RestatedBy, Succession, from_rows, from_totals
from registry.indicators.rules.sums import Addend, Origin, Total, attendances_of, total
from registry.indicators.rules.units import ATTENDANCES, MONEY, PEOPLE, PERCENT, WORKERS, read_unit
from registry.indicators.rules.verdicts import Finding

CATEGORIES = [429, 1297, 1335, 1075, 15185, 2549, 4127]
_S = ContradictionState


def refusal(found: object) -> str:
    assert isinstance(found, Refused)
    assert found.text
    return found.code


def test_people_of_categories_are_not_added_but_attendances_are_bt2() -> None:
    """BT2: 25,997 is computed, in attendances; distinct people stand beside it, or «–» with the reason."""
    people = [Figure.of(one, PEOPLE) for one in CATEGORIES]
    named = [Addend(str(at), one) for at, one in enumerate(people)]
    assert refusal(total(named)) == "distinct"
    both = attendances_of(people, None)
    assert (both.attendances.amount, both.attendances.unit) == (25997, ATTENDANCES)
    assert (both.people.number, both.people.why_missing) == ("–", Missing.ONLY_TOTALS)
    one_in_two = attendances_of([Figure.of(1, PEOPLE), Figure.of(1, PEOPLE)], 1)
    assert (one_in_two.attendances.amount, one_in_two.people.amount) == (2, 1)
    assert attendances_of([Figure.missing(PEOPLE, Missing.NOT_COLLECTED)], None).attendances.number == "–"


def test_attendances_are_added_and_say_where_they_come_from() -> None:
    found = total(
        [
            Addend("2021", Figure.of(470, ATTENDANCES), Origin.RECORDS),
            Addend("2022", Figure.of(483, ATTENDANCES)),
        ]
    )
    assert isinstance(found, Total)
    assert (found.figure.amount, found.from_records, found.by_hand) == (953, 470, 483)
    assert found.is_complete


def test_about_and_missing_stay_outside_exact_totals() -> None:
    about = Addend("đại biểu", Figure(Decimal(100), ATTENDANCES, is_about=True))
    missing = Addend("lớp chậm", Figure.missing(ATTENDANCES, Missing.NOT_PRINTED))
    found = total([Addend("lớp", Figure.of(30, ATTENDANCES)), about, missing])
    assert isinstance(found, Total)
    assert found.figure.amount == 30
    assert found.left_out == (about, missing)
    assert not found.is_complete
    nothing = total([about, missing])
    assert isinstance(nothing, Total)
    assert nothing.figure.number == "–"


def test_a_total_of_parts_needs_all_of_them_bt13() -> None:
    """BT13: agricultural and non-agricultural make the total when both are known, else it is «–»."""
    farm, other = (
        Addend("nông nghiệp", Figure.of(120, PEOPLE)),
        Addend("phi nông nghiệp", Figure.of(80, PEOPLE)),
    )
    both = total([farm, other], are_apart=True)
    assert isinstance(both, Total)
    assert both.whole.amount == 200
    unknown = Addend("phi nông nghiệp", Figure.missing(PEOPLE, Missing.NOT_COLLECTED))
    one = total([farm, unknown], are_apart=True)
    assert isinstance(one, Total)
    assert (one.whole.number, one.figure.amount) == ("–", 120)


def test_what_has_no_sum_is_refused() -> None:
    assert refusal(total([])) == "nothing_to_add"
    mixed = [Addend("a", Figure.of(1, PEOPLE)), Addend("b", Figure.of(1, ATTENDANCES))]
    assert refusal(total(mixed)) == "units_differ"
    shares = [Addend("a", Figure.of(1, PERCENT)), Addend("b", Figure.of(1, PERCENT))]
    assert refusal(total(shares)) == "shares"
    apart = total([Addend("a", Figure.of(1, PEOPLE)), Addend("b", Figure.of(2, WORKERS))], are_apart=True)
    assert isinstance(apart, Total)
    assert apart.figure.amount == 3


def test_a_part_lies_inside_its_whole_lc3() -> None:
    """LC3: 213 is inside 5,647; the other ways are 5,434; 5,648 is refused; the total stays."""
    jobs, abroad = Figure.of(5647, WORKERS), Part("xuất khẩu lao động", Figure.of(213, PEOPLE))
    found = break_down(jobs, [abroad])
    assert isinstance(found, Breakdown)
    assert (found.rest.amount, found.total.amount) == (5434, 5647)
    assert refusal(break_down(jobs, [Part("x", Figure.of(5648, PEOPLE))])) == "part_exceeds"
    both = total([Addend("việc làm", jobs), Addend("ra nước ngoài", abroad.figure, is_part_of="việc làm")])
    assert isinstance(both, Total)
    assert both.figure.amount == 5647
    assert both.is_complete
    assert [one.name for one in both.parts] == ["ra nước ngoài"]


def test_parts_together_do_not_exceed_the_whole_unless_they_may_overlap() -> None:
    whole, parts = Figure.of(10, PEOPLE), [Part("a", Figure.of(6, PEOPLE)), Part("b", Figure.of(5, PEOPLE))]
    assert refusal(break_down(whole, parts)) == "parts_exceed"
    overlapping = break_down(whole, parts, are_apart=False)
    assert isinstance(overlapping, Breakdown)
    assert overlapping.rest.number == "–"
    assert refusal(break_down(whole, [Part("a", Figure.of(1, ATTENDANCES))])) == "units_differ"
    unknown = break_down(whole, [Part("a", Figure.missing(PEOPLE, Missing.NOT_COLLECTED))])
    assert isinstance(unknown, Breakdown)
    assert unknown.rest.number == "–"
    about = break_down(whole, [Part("a", Figure(Decimal(4), PEOPLE, is_about=True))])
    assert isinstance(about, Breakdown)
    assert about.rest.number == "khoảng 6"


def test_a_station_counts_from_three_days_a_week_bt7() -> None:
    """BT7: at 2 days the station drops out, at 3 it counts; the parameter is told."""
    stations = ["trạm 1", "trạm 2"]
    three = coverage(stations, [Assignment("trạm 1", 5), Assignment("trạm 2", 3)], 3)
    assert (three.share.amount, three.uncovered, three.least_days) == (100, (), 3)
    two = coverage(stations, [Assignment("trạm 1", 5), Assignment("trạm 2", 2), Assignment("trạm 2", 2)], 3)
    assert (two.share.amount, two.uncovered) == (50, ("trạm 2",))
    assert coverage([], [], 3).share.number == "–"


def test_kinds_of_indicators_lc10() -> None:
    """LC10: shares of their sets, a ratio of amounts, a reduction that is «–» without a baseline."""
    services = read_unit("dịch vụ")
    assert services is not None
    online = share(Figure.of(80, services.unit), Figure.of(100, services.unit))
    assert not isinstance(online, Refused)
    assert online.rounded == 80
    assert refusal(share(Figure.of(3, PEOPLE), Figure.of(2, PEOPLE))) == "not_inside"
    digital = share(Figure.of(65, MONEY), Figure.of(1000, MONEY))
    assert not isinstance(digital, Refused)
    assert digital.rounded == Decimal("6.5")
    cut = reduction(10, 7)
    assert (cut.amount, cut.unit.name, cut.words) == (30, "phần trăm giảm", "30\u00a0%")
    assert reduction(None, 7).why_missing is Missing.NO_BASELINE
    assert reduction(10, None).number == "–"
    assert reduction(10, 11).amount == -10
    assert [shown_share(2, 3).number, shown_share(None, 3).number, shown_share(2, 0).number] == [
        "66,7",
        "–",
        "–",
    ]


def test_no_number_is_not_a_nought_kh1() -> None:
    """KH1: no printed value is «–» with the reason; ours is holders ÷ all."""
    printed = Figure.missing(PERCENT, Missing.NOT_PRINTED)
    assert (printed.number, printed.words, printed.why) == ("–", "–", "Nguồn không ghi số")
    verdict = beside(printed, shown_share(31, 80))
    assert (verdict.finding, verdict.difference) == (Finding.NOT_CHECKABLE, None)
    assert shown_share(31, 80).amount == Decimal("38.8")
    with pytest.raises(ValueError, match="either"):
        Figure(None, PERCENT)


def test_up_and_still_below_are_two_verdicts_bt11() -> None:
    """BT11: both are kept; about 100 is «khoảng» and decides nothing."""
    found = two_verdicts(Figure.of(12, PEOPLE), Figure.of(9, PEOPLE), Figure.of(20, PEOPLE), reported="tăng")
    assert (found.trend, found.standing, found.reported) == (Trend.UP, Standing.NOT_REACHED, "tăng")
    about = Figure(Decimal(100), PEOPLE, is_about=True)
    assert about.words == "khoảng 100 người"
    unknown = two_verdicts(about, Figure.of(9, PEOPLE), None)
    assert (unknown.trend, unknown.standing) == (Trend.UNKNOWN, Standing.UNKNOWN)
    falling = two_verdicts(
        Figure.of(9, PEOPLE), Figure.of(9, PEOPLE), Figure.of(10, PEOPLE), lower_is_better=True
    )
    assert (falling.trend, falling.standing) == (Trend.SAME, Standing.REACHED)
    assert two_verdicts(Figure.of(9, PEOPLE), Figure.of(9, ATTENDANCES), None).trend is Trend.UNKNOWN


def test_reported_beside_computed_names_the_difference_lc8() -> None:
    """LC8: 5 as printed against 8 known; named, not corrected."""
    unit = read_unit("đơn vị")
    assert unit is not None
    found = beside(Figure.of(5, unit.unit), Figure.of(8, unit.unit))
    assert (found.finding, found.difference) == (Finding.CONTRADICTS, 3)
    assert found.reported.amount == 5
    assert found.text == "Báo cáo ghi 5 đơn vị, hệ thống đếm được 8 đơn vị (lệch +3)"
    rounded = beside(Figure.of(Decimal("66.4"), PERCENT), Figure.of(Decimal("66.435"), PERCENT))
    assert rounded.finding is Finding.CONSISTENT
    finer = beside(Figure.of(Decimal("66.40"), PERCENT), Figure.of(Decimal("66.435"), PERCENT))
    assert finer.finding is Finding.CONTRADICTS
    across = beside(Figure.of(5, PEOPLE), Figure.of(5, ATTENDANCES))
    assert (across.finding, across.difference) == (Finding.CONTRADICTS, None)
    about = beside(Figure(Decimal(100), PEOPLE, is_about=True), Figure.of(97, PEOPLE))
    assert about.finding is Finding.NOT_CHECKABLE


def test_a_contradiction_moves_with_a_reason() -> None:
    assert may_move(_S.OPEN, _S.EXPLAINED, "kế hoạch riêng của sở") is None
    assert may_move(_S.EXPLAINED, _S.ACCEPTED, "đã đối chiếu") is None
    assert may_move(_S.ACCEPTED, _S.OPEN, "có số mới") is None
    missing = may_move(_S.OPEN, _S.ACCEPTED, " ")
    refused = may_move(_S.ACCEPTED, _S.EXPLAINED, "x")
    assert missing is not None
    assert refused is not None
    assert (missing.code, refused.code) == ("reason_missing", "not_permitted")


def test_former_units_are_told_for_present_ones_by_a_named_method_pt4() -> None:
    """PT4: the same rows give the merged province and its former ones; a share is used only where it is stated."""
    rows = [("PT", 3), ("VP", 4), ("HB", 5), ("VP", 1)]
    merged = from_rows(rows, {"VP": "PT", "HB": "PT"})
    former = from_rows(rows, {})
    assert [(one.unit_code, one.amount, one.method) for one in merged] == [("PT", 13, RestatedBy.ROWS)]
    assert sum(one.amount or 0 for one in former) == 13
    whole = from_totals({"VP": 5, "PT": 3}, [Succession("VP", "PT")])
    assert [(one.amount, one.method) for one in whole] == [(8, RestatedBy.WHOLE_UNITS)]
    divided = [Succession("X", "A"), Succession("X", "B")]
    assert [(one.amount, one.why_missing, one.not_moved) for one in from_totals({"X": 9}, divided)] == [
        (None, Missing.UNIT_DIVIDED, ("X",)),
        (None, Missing.UNIT_DIVIDED, ("X",)),
    ]
    stated = [Succession("X", "A", Fraction(1, 3)), Succession("X", "B", Fraction(2, 3))]
    assert [(one.amount, one.method) for one in from_totals({"X": 9}, stated)] == [
        (3, RestatedBy.STATED_SHARE),
        (6, RestatedBy.STATED_SHARE),
    ]
    with pytest.raises(ValueError, match="more than the whole"):
        from_totals({"X": 9}, [Succession("X", "A", Fraction(2, 3)), Succession("X", "B", Fraction(2, 3))])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=12))
def test_people_are_never_more_than_attendances(rows: list[tuple[int, int]]) -> None:
    """Rows of (participant, category): the distinct of each category, added, lie between people and rows."""
    by_category = Counter(category for _person, category in set(rows))
    both = attendances_of(
        [Figure.of(count, PEOPLE) for count in by_category.values()], len({person for person, _ in rows})
    )
    if rows:
        assert both.people.amount is not None
        assert both.attendances.amount is not None
        assert both.people.amount <= both.attendances.amount <= len(rows)


def test_a_period_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(Period.year(2025).end, Period.year(2025).start)
    assert Period.half(2025, 2).months == 6
    assert Period.year(2025).holds(Period.half(2025, 1))
