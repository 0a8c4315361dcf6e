"""The full text of profiles: what of it is kept, what a query asks of it, where the words are marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.people.rules.full_text import (
    BREAK,
    Fragment,
    Kept,
    Place,
    ProfileText,
    TextField,
    asked_text,
    holds,
    kept_words,
    places_of,
)
from registry.text import fold

SYLLABLES = (
    "kỹ",
    "kĩ",
    "sư",
    "trưởng",
    "được",
    "dược",
    "Hoà",
    "hòa",
    "IT",
    "c++",
    "node.js",
    "đường",
    "5s",
)


def kept(*told: ProfileText) -> Kept:
    return kept_words({1: told})[1]


def said(text: str) -> str:
    """The words kept of one headline."""
    return kept(ProfileText(TextField.HEADLINE, text)).open_words


def finds(typed: str, text: str) -> bool:
    asked = asked_text(typed)
    return asked is not None and holds(said(text), asked)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("kỹ sư trưởng", "Kỹ sư trưởng, nhà máy thủy điện"),
        ("ky su truong", "Kỹ sư trưởng, nhà máy thủy điện"),
        ("KĨ SƯ", "kỹ sư"),
        ("thuỷ điện", "nhà máy thủy điện"),
        ("nhà máy kỹ sư", "Kỹ sư trưởng nhà máy"),
        ('"kỹ sư trưởng"', "Kỹ sư trưởng nhà máy"),
        ("«ky su truong»", "Kỹ sư trưởng nhà máy"),
        ("kỹ sư và trưởng", "kỹ sư trưởng"),
        ("node.js C++", "C++, Node.js"),
        ("duoc", "được"),
        ("duoc", "dược"),
        ("tie\u0302\u0301ng", "tiếng"),
    ],
)
def test_words_find_a_text(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("dược", "được việc"),
        ("được", "dược sĩ"),
        ("kỹ sư", "kỹ thuật"),
        ("truong", "trườngan"),
        ('"kỹ sư nhà máy"', "Kỹ sư trưởng nhà máy"),
        ('"trưởng kỹ sư"', "kỹ sư trưởng"),
        ("c", "c++"),
    ],
)
def test_other_words_do_not(typed: str, text: str) -> None:
    assert not finds(typed, text)


@pytest.mark.parametrize("typed", ["", "%", "_", "%_%_" * 50, '""', "\\'", "( ) *", "-"])
def test_signs_alone_ask_for_nothing(typed: str) -> None:
    assert asked_text(typed) is None


def test_no_phrase_goes_from_one_text_into_the_next() -> None:
    both = kept(
        ProfileText(TextField.HEADLINE, "kỹ sư"), ProfileText(TextField.POST, "trưởng phòng")
    ).open_words
    phrase, words = asked_text('"sư trưởng"'), asked_text("sư trưởng")
    assert phrase is not None
    assert words is not None
    assert not holds(both, phrase)
    assert holds(both, words)


def test_what_an_anonymous_profile_hides_is_kept_apart() -> None:
    both = kept(ProfileText(TextField.POST, "Kỹ sư"), ProfileText(TextField.EMPLOYER, "Bưu điện"))
    assert both == Kept(f" kĩ sư {BREAK} ki su ", f" bưu điện {BREAK} buu dien ")


def test_the_name_is_taken_out_of_what_everybody_may_read() -> None:
    name = ProfileText(TextField.NAME, "Lò Văn Chiến")
    both = kept(
        name,
        ProfileText(TextField.HEADLINE, "Kỹ sư Lò Văn Chiến, lo van chien"),
        ProfileText(TextField.SUMMARY, "Tôi là Lò Văn Chiến"),
    )
    assert "chiến" not in both.open_words
    assert "chien" not in both.open_words
    assert "kĩ sư" in both.open_words
    assert "lò văn chiến" in both.closed_words


@pytest.mark.parametrize(
    "text",
    ["gọi 0912345678", "0912 345 678", "+84 912.345.678", "CCCD 012345678901", "thư lo.chien@vidu.vn nhé"],
)
def test_numbers_and_addresses_that_identify_are_not_kept(text: str) -> None:
    words = said(text)
    assert not any(sign.isdigit() for sign in words)
    assert "chien" not in words


@pytest.mark.parametrize("text", ["từ 2015-2020", "01/2015 đến 12/2020", "1234/QĐ-UBND", "100.000 đồng"])
def test_years_and_short_numbers_are_kept(text: str) -> None:
    assert any(sign.isdigit() for sign in said(text))


def test_a_long_text_without_blanks_costs_little() -> None:
    assert said("a" * 200_000 + "1" * 200_000) == f" {BREAK} "
    assert said("kỹ " + "ơ" * 5_000 + " sư") == f" kĩ {BREAK} sư {BREAK} ki {BREAK} su "


texts = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=9).map(" ".join)


@given(texts, st.data())
def test_a_text_is_found_by_any_of_its_words_and_any_stretch_of_it_with_and_without_marks(
    text: str, data: st.DataObject
) -> None:
    words = text.split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    stretch = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    chosen = " ".join(data.draw(st.permutations(words))[:3])
    for typed in (chosen, fold(chosen), f'"{stretch}"', f'"{fold(stretch)}"', stretch.upper()):
        assert finds(typed, text)


@given(texts, texts)
def test_who_is_found_is_shown_where(typed: str, text: str) -> None:
    for query in (typed, f'"{typed}"'):
        asked = asked_text(query)
        assert asked is not None
        places = places_of([ProfileText(TextField.HEADLINE, text)], asked)
        assert bool(places) == finds(query, text)
        for place in places:
            assert any(part.is_found for part in place.excerpt)
            assert "".join(part.text for part in place.excerpt).strip("… ") in text


def test_the_fewest_texts_that_hold_all_words_are_shown() -> None:
    told = [
        ProfileText(TextField.HEADLINE, "Kỹ sư"),
        ProfileText(TextField.POST, "Kỹ sư trưởng"),
        ProfileText(TextField.EMPLOYER, "Bưu điện tỉnh"),
    ]
    asked = asked_text("ky su truong buu dien")
    assert asked is not None
    assert [place.field for place in places_of(told, asked)] == [TextField.POST, TextField.EMPLOYER]


def test_an_excerpt_stands_around_the_words() -> None:
    long = " ".join(f"chữ{number}" for number in range(50)) + " kỹ sư trưởng " + "nữa " * 50
    asked = asked_text('"kỹ sư trưởng"')
    assert asked is not None
    (place,) = places_of([ProfileText(TextField.DUTIES, long)], asked)
    assert place == Place(
        TextField.DUTIES,
        tuple(
            Fragment(text, text == "kỹ sư trưởng")
            for text in (
                "… ", "chữ45 chữ46 chữ47 chữ48 chữ49 ", "kỹ sư trưởng", " nữa nữa nữa", " …",
            )
        ),
    )  # fmt: skip
