"""Syllables that somebody does not tell apart by ear, and those that everybody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xử", "sử"),
        ("chồng", "trồng"),
        ("giáo", "dáo"),
        ("ráo", "dáo"),
        ("vược", "dược"),
        ("nàm", "làm"),
        ("kông", "công"),
        ("qốc", "quốc"),
        ("cuốc", "quốc"),
        ("cuản", "quản"),
        ("koa", "qua"),
        ("ghà", "gà"),
        ("ngề", "nghề"),
        ("ngiệp", "nghiệp"),
        ("nghành", "ngành"),
        ("ky", "ki"),
        ("yêu", "iêu"),
        ("bão", "bảo"),
        ("bàng", "bàn"),
        ("các", "cát"),
        ("giếng", "diếng"),
        ("ghi", "gi"),
        ("chín", "chính"),
        ("quít", "quýt"),
        ("nghỉ", "ngĩ"),
        ("tính", "tíng"),
        ("nhiệt", "nhiệc"),
    ],
)
def test_these_sound_alike_to_somebody(one: str, other: str) -> None:
    assert sound(one) == sound(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("đang", "dang"),
        ("cua", "qua"),
        ("hoa", "hua"),
        ("tính", "tình"),
        ("lam", "lăm"),
        ("thuy", "thui"),
        ("tai", "tay"),
        ("nha", "na"),
        ("kha", "ca"),
        ("pha", "pa"),
    ],
)
def test_these_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("word", ["java", "c++", "9001", "x", "web", ""])
def test_other_words_have_no_sound(word: str) -> None:
    assert sound(word) is None


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("quốc", "quoc"),
        ("giết", "giet"),
        ("nghiệp", "ngiep"),
        ("đường", "duong"),
        ("quyết", "cuyet"),
        ("quan", "cuan"),
    ],
)
def test_without_marks_the_sound_is_that_of_the_letters(marked: str, plain: str) -> None:
    one, other = sound(marked), sound(plain)
    assert one is not None
    assert other is not None
    assert one.unmarked == other.unmarked


@given(st.text(max_size=8))
def test_any_text_is_read_without_error(text: str) -> None:
    sound(text)
