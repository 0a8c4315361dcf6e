"""Syllables and tone placement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text import is_vietnamese_syllable, tone_placed

VIETNAMESE = """
kế toán thủy thuỷ hoà khoẻ Nguyễn nghiêng giếng gì gìn quý quí quốc quyết khuỷu ngoằn xoong người đường
ơi yêu uỷ ĐIỆN huỳnh chuyên viên kỹ sĩ nước ngách các một
"""
OTHERS = "class boot fax python java cac mot kê1 c ghà gé gê ngí cế ngế tranhh šar ươ1 C++"


@pytest.mark.parametrize(
    "word",
    VIETNAMESE.split(),
)
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_vietnamese_syllable(word)


@pytest.mark.parametrize("word", [*OTHERS.split(), ""])
def test_other_words_are_not_syllables(word: str) -> None:
    assert not is_vietnamese_syllable(word)


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("Hoá học", "Hóa học"),
        ("THUỶ SẢN", "THỦY SẢN"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("quý", "quý"),
        ("hòan", "hoàn"),
        ("tóan", "toán"),
        ("gìa", "già"),
        ("giếng", "giếng"),
        ("khuỷu", "khuỷu"),
        ("ngoài", "ngoài"),
        ("ủy", "ủy"),
        ("uỷ ban", "ủy ban"),
        ("José", "José"),
    ],
)
def test_the_tone_goes_where_the_older_school_puts_it(typed: str, placed: str) -> None:
    assert tone_placed(typed) == placed


@given(st.text(alphabet="aăâeêioôơuưybcdđghklmnpqrstvx áàảãạóòỏõọúùủũụýỳỷỹỵíìỉĩị", max_size=30))
def test_placing_twice_changes_nothing(text: str) -> None:
    assert tone_placed(tone_placed(text)) == tone_placed(text)
