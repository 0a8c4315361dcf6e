"""A career as a line, and whole years from periods."""

from datetime import date

from registry.people.rules import PartialDate, Span, Stretch, career_line, whole_years

TODAY = date(2026, 11, 25)


def span(key: int, start: PartialDate | None, end: PartialDate | None, *, ongoing: bool = False) -> Span:
    return Span(key, start, end, ongoing)


FIRST = span(1, PartialDate(2010, 1), PartialDate(2012, 12))
SECOND = span(2, PartialDate(2014, 1), PartialDate(2015, 12))
NOW = span(3, PartialDate(2016, 2), None, ongoing=True)
UNDATED = span(4, None, None)


def test_years_are_those_of_the_union() -> None:
    assert whole_years([FIRST, SECOND], TODAY) == 5
    assert whole_years([FIRST, span(9, PartialDate(2011, 1), PartialDate(2012, 6))], TODAY) == 3
    assert whole_years([NOW], TODAY) == 10


def test_no_dated_period_gives_no_years() -> None:
    assert whole_years([UNDATED], TODAY) is None
    assert whole_years([], TODAY) is None


def test_a_line_runs_from_the_newest_to_the_oldest_with_unrecorded_stretches_between() -> None:
    line = career_line([FIRST, UNDATED, NOW, SECOND], TODAY)
    gap = Stretch(PartialDate(2013, 1), PartialDate(2013, 12))
    assert line == [NOW, SECOND, gap, FIRST, UNDATED]


def test_short_stretches_and_overlaps_are_no_gaps() -> None:
    overlapping = span(5, PartialDate(2012, 6), PartialDate(2013, 11))
    assert career_line([FIRST, overlapping, SECOND], TODAY) == [SECOND, overlapping, FIRST]


def test_a_bare_year_covers_what_it_may_cover() -> None:
    assert career_line(
        [span(1, PartialDate(2010), PartialDate(2011)), span(2, PartialDate(2012), None)], TODAY
    ) == [
        span(2, PartialDate(2012), None),
        span(1, PartialDate(2010), PartialDate(2011)),
    ]
