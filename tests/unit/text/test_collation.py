"""The order of a Vietnamese dictionary, as bytes."""

import unicodedata
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from registry.text import person_sort_key, sort_key


def _sorted(words: Sequence[str]) -> list[str]:
    # Turned round first, since sorting is stable and would leave equal keys in the order wanted.
    turned = words[::-1]
    return sorted(turned, key=lambda word: sort_key(word).encode("ascii"))


def test_letters_follow_the_vietnamese_alphabet() -> None:
    letters = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z"
    alphabet = letters.split()
    assert _sorted(alphabet) == alphabet


def test_tones_follow_ngang_huyen_hoi_nga_sac_nang() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert _sorted(tones) == tones


def test_letters_decide_before_tones_and_syllables_before_what_follows() -> None:
    words = ["ba", "ba ba", "ba bị", "bà", "bà ba", "bạ", "bac", "bác", "băm", "bân"]
    assert _sorted(words) == words


def test_d_with_stroke_is_a_letter_of_its_own_after_d() -> None:
    assert _sorted(["Dương", "Duyên", "Đan", "Ê Đê"]) == ["Duyên", "Dương", "Đan", "Ê Đê"]


def test_numbers_sort_by_value_before_letters() -> None:
    assert _sorted(["Phường 1", "Phường 2", "Phường 10", "Phường An"]) == [
        "Phường 1",
        "Phường 2",
        "Phường 10",
        "Phường An",
    ]


def test_people_sort_by_given_name_then_family_then_middle() -> None:
    people = ["Trần Văn An", "Lê Thị Bình", "Nguyễn An Bình", "Nguyễn Văn Bình", "Đỗ Đạt"]
    assert sorted(people, key=person_sort_key) == people


def test_case_and_unicode_form_do_not_matter() -> None:
    assert sort_key("ĐẶNG Thị Hòa") == sort_key(unicodedata.normalize("NFD", "Đặng thị hòa"))
    assert person_sort_key("Hoa") == sort_key("Hoa")


def test_other_scripts_and_signs_sort_after_the_alphabet() -> None:
    assert _sorted(["C", "C#", "C++", "CA", "Müller", "Дом"])[-1] == "Дом"
    assert sort_key("Müller") == sort_key("Muller")


@given(st.text(max_size=40))
def test_every_key_is_ascii_and_the_same_for_both_forms(text: str) -> None:
    assert sort_key(text).isascii()
    assert person_sort_key(text).isascii()
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))
