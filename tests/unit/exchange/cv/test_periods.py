"""Periods as CVs write them."""

import pytest

from registry.exchange.readers.cv.periods import period_in


@pytest.mark.parametrize(
    ("text", "started", "ended", "goes_on"),
    [
        ("09/2015 – nay", "09/2015", "", True),
        ("2015-2019", "2015", "2019", False),
        ("Từ tháng 8 năm 2014 đến tháng 12/2018", "08/2014", "12/2018", False),
        ("T9/2015 - T6/2019", "09/2015", "06/2019", False),
        ("Sept. 2015 to date", "09/2015", "", True),
        ("12 March 2015 – 3 April 2016", "12/03/2015", "03/04/2016", False),
        ("2015-09 – 2016-02", "09/2015", "02/2016", False),
        ("tháng 3 – tháng 8 năm 2020", "03/2020", "08/2020", False),
        ("Mar – Aug 2020", "03/2020", "08/2020", False),
        ("từ năm 2019 đến nay", "2019", "", True),
        ("since 2019", "2019", "", True),
        ("01.02.2010-03.04.2011", "01/02/2010", "03/04/2011", False),
        ("(2018 -)", "", "2018", False),
        ("2019 –", "2019", "", True),
        ("tốt nghiệp năm 2018", "", "2018", False),
    ],
)
def test_a_period_is_read(text: str, started: str, ended: str, goes_on: bool) -> None:
    found = period_in(text)
    assert found is not None
    assert (found.started, found.ended, found.is_ongoing) == (started, ended, goes_on)


@pytest.mark.parametrize(
    "text",
    ["", "Kế toán", "99/2015", "2019 – 2015 và 2012", "0912 345 678", "từ 2010, 2011 và 2012", "x" * 400],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_in(text) is None


def test_the_rest_of_the_line_is_kept() -> None:
    found = period_in("Kỹ sư dữ liệu (09/2015 – nay), Osaka")
    assert found is not None
    assert found.rest == "Kỹ sư dữ liệu\tOsaka"
