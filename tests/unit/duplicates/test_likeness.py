"""When two records may be of one person: names, birth dates, reasons, ORCID iDs, and what counts after a merge."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.duplicates.rules import (
    Reason,
    Told,
    Verdict,
    is_pair,
    likeness,
    newest_verdict,
    orcids_in,
    strength_of,
    strictest_state,
    swapped,
    undo_until,
    variants,
)
from registry.people.rules import DatePrecision, PersonState
from registry.text import fold

DAY = DatePrecision.DAY


def told(
    name: str, born: date | None = date(1985, 3, 7), precision: DatePrecision | None = DAY, *names: str
) -> Told:
    return Told(1, tuple(fold(one) for one in (name, *names)), born, precision if born else None)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", Reason.NAME),
        ("Nguyễn Thị Hoà", "Nguyen Thi Hoa", Reason.NAME),
        ("Nguyễn Thị Hòa", "Hòa Thị Nguyễn", Reason.NAME_ORDER),
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hào", Reason.NAME_TYPO),
        ("Nguyễn Thị Hoan", "Thị Hoa Nguyễn", Reason.NAME_TYPO),
        ("Nguyễn Thị Hòa", "Nguyễn Hòa", Reason.NAME_SHORT),
        ("Nguyễn Thị Hòa", "Trần Thị Hòa", Reason(0)),
        ("Lò An", "Lò Anh", Reason(0)),
        ("Hòa", "Nguyễn Hòa", Reason(0)),
    ],
)
def test_names(one: str, other: str, reason: Reason) -> None:
    assert likeness(told(one), told(other)) == reason | Reason.BIRTH
    assert is_pair(likeness(told(one), told(other))) is bool(reason)


def test_birth_dates() -> None:
    name = "Nguyễn Thị Hòa"
    year = told(name, date(1985, 1, 1), DatePrecision.YEAR)
    assert likeness(told(name), told(name, date(1985, 7, 3))) == Reason.NAME | Reason.BIRTH_SWAPPED
    assert likeness(told(name), year) == Reason.NAME | Reason.BIRTH_YEAR
    assert likeness(told(name), told(name, date(1985, 4, 1), DatePrecision.MONTH)) == Reason.NAME
    assert not is_pair(likeness(told("Lò An"), told("Lò An", date(1985, 1, 1), DatePrecision.YEAR)))
    assert not is_pair(likeness(told(name), told(name, date(1986, 3, 7))))
    assert not is_pair(likeness(told(name), told(name, None)))
    slipped = told("Nguyễn Thị Hào", date(1985, 7, 3))
    assert not is_pair(likeness(told(name), slipped))  # a slip in both brings more strangers than duplicates


def test_a_former_name_counts() -> None:
    assert likeness(
        told("Trần Thị Hòa", date(1985, 3, 7), DAY, "Nguyễn Thị Hòa"), told("Nguyễn Thị Hòa")
    ) == (Reason.NAME | Reason.BIRTH)


def test_strength() -> None:
    assert strength_of(Reason.IDENTITY) == 3
    assert strength_of(Reason.NAME | Reason.BIRTH | Reason.PHONE) == 3
    assert strength_of(Reason.NAME | Reason.BIRTH) == strength_of(Reason.EMAIL) == 2
    assert strength_of(Reason.PHONE) == strength_of(Reason.NAME | Reason.BIRTH_SWAPPED) == 1


def test_orcids_are_checked() -> None:
    assert orcids_in("https://orcid.org/0000-0002-1825-0097") == {"0000-0002-1825-0097"}
    assert orcids_in("0000-0002-9079-593X 0000-0002-9079-593x") == {"0000-0002-9079-593X"}
    assert orcids_in("https://orcid.org/0000-0002-1825-0098 1234") == set()


_LETTERS = st.sampled_from("abcdeghin")
_WORDS = st.lists(st.text(_LETTERS, min_size=2, max_size=6), min_size=2, max_size=5)


@given(_WORDS, st.data())
def test_whoever_is_alike_shares_a_variant(words: list[str], data: st.DataObject) -> None:
    """In a large group only those who share a variant are compared: nobody `likeness` grades may be missed."""
    name = " ".join(words)
    other = data.draw(
        st.one_of(
            st.permutations(words).map(" ".join),
            st.integers(0, len(name) - 1).flatmap(
                lambda at: _LETTERS.map(lambda letter: name[:at] + letter + name[at + 1 :])
            ),
            st.integers(0, len(name) - 1).map(lambda at: name[:at] + name[at + 1 :]),
            st.integers(0, len(words) - 1).map(lambda at: " ".join(words[:at] + words[at + 1 :])),
        )
    )
    if likeness(Told(1, (name,), None, None), Told(2, (other,), None, None)):
        assert set(variants(name)) & set(variants(other))


def test_exchanged_days() -> None:
    assert swapped(date(1985, 3, 7)) == date(1985, 7, 3)
    assert swapped(date(1985, 3, 3)) is None
    assert swapped(date(1985, 3, 13)) is None
    assert swapped(date(2024, 2, 29)) is None


def test_what_counts_after_a_merge() -> None:
    early, late = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    given_late = Verdict(True, late, (7,))
    assert newest_verdict([Verdict(False, early), given_late]) == given_late
    assert newest_verdict([Verdict(True, early, (1,)), Verdict(False, late)]) == Verdict(False, late)
    assert newest_verdict([Verdict(True, late, (1,)), Verdict(False, late)]) == Verdict(False, late)
    assert newest_verdict([]) is None
    assert strictest_state([PersonState.ACTIVE, PersonState.PENDING]) is PersonState.PENDING
    assert undo_until(date(2024, 2, 1)) == date(2024, 3, 2)
