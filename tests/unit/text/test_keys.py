"""Folded, accented and matching keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text import accented_key, fold, match_key, syllables

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵĐÐƉ +#.&/-,C", max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("Ðà Nẵng", "da nang"),
        ("Ɖà Nẵng", "da nang"),
        ("HOÀ BÌNH", "hoa binh"),
        ("Tài chính - ngân hàng", "tai chinh ngan hang"),
        ("Tiếp công dân, khiếu nại (tố cáo).", "tiep cong dan khieu nai to cao"),
        ("C", "c"),
        ("C++", "c++"),
        ("c #", "c#"),
        ("C ++", "c++"),
        (".NET Core", ".net core"),
        ("Node.js", "node.js"),
        ("KH&CN", "kh&cn"),
        ("KH & CN", "kh cn"),
        ("CI/CD", "ci/cd"),
        ("  nhiều   khoảng\ttrắng ", "nhieu khoang trang"),
        ("", ""),
    ],
)
def test_folding_drops_case_marks_and_separators(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kỹ thuật", "kĩ thuật"),
        ("Lý luận", "lí luận"),
        ("quý", "quí"),
        ("bác sỹ", "bác sĩ"),
        ("tỷ lệ", "tỉ lệ"),
    ],
)
def test_i_and_y_are_one_letter_in_matching_keys(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)
    assert accented_key(one) == accented_key(other)


@pytest.mark.parametrize(("one", "other"), [("thủy", "thủi"), ("say", "sai"), ("tây", "tâi"), ("tuy", "tui")])
def test_i_and_y_stay_apart_where_they_make_another_word(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("công chứng", "công chúng"), ("dược", "được"), ("hàn", "hán"), ("truyền thông", "truyền thống")],
)
def test_words_that_coincide_without_marks_differ_in_the_accented_key(one: str, other: str) -> None:
    assert accented_key(one) != accented_key(other)


def test_the_accented_key_knows_both_tone_placements() -> None:
    assert accented_key("Thuỷ sản, hoá học") == accented_key("thủy sản hóa học") == "thủy sản hóa học"


def test_tokens_keep_their_signs_and_case() -> None:
    assert syllables("Kế toán, C++ và .NET/Node.js") == ("Kế", "toán", "C++", "và", ".NET/Node.js")


@given(st.text(max_size=60) | VIETNAMESE)
def test_keys_are_idempotent(text: str) -> None:
    for key in (fold, match_key, accented_key):
        assert key(key(text)) == key(text)


@given(st.text(max_size=60) | VIETNAMESE)
def test_keys_are_equal_for_both_unicode_forms(text: str) -> None:
    for key in (fold, match_key, accented_key):
        assert key(unicodedata.normalize("NFC", text)) == key(unicodedata.normalize("NFD", text))


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(VIETNAMESE)
def test_equal_accented_keys_mean_equal_folded_keys(text: str) -> None:
    assert match_key(accented_key(text)) == match_key(text)


@given(st.text("abgihklmnoquyAIQUTY019", min_size=1, max_size=8))
def test_a_word_without_marks_has_the_key_it_has_in_a_text(word: str) -> None:
    assert accented_key(word) == accented_key(f"{word} ,") == accented_key(accented_key(word))
