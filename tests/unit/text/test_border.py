"""What may enter: the normal form, what is removed, what is refused and why."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text import TextRefused, clean, nfc


def _reason(value: str, limit: int = 20, multiline: bool = False) -> str:
    with pytest.raises(TextRefused) as refused:
        clean(value, limit=limit, multiline=multiline)
    return refused.value.reason


def test_decomposed_text_is_stored_composed() -> None:
    assert clean(unicodedata.normalize("NFD", " Nguyễn Thị Hòa "), limit=20) == "Nguyễn Thị Hòa"


def test_runs_of_blanks_and_line_breaks_become_one_space_in_one_line() -> None:
    assert clean("Trần\u00a0 Văn\r\n\tAn", limit=20) == "Trần Văn An"


def test_lines_are_kept_in_long_text() -> None:
    assert clean(" một\r\nhai \u2028\n ba\n", limit=40, multiline=True) == "một\nhai\n\n ba"


def test_invisible_characters_from_pasted_text_disappear() -> None:
    assert clean("\ufeffKế\u200b to\u00adán\u2060", limit=20) == "Kế toán"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9f"])
def test_control_characters_are_refused(char: str) -> None:
    assert _reason(f"Kế{char} toán") == "control"


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_direction_marks_are_refused(char: str) -> None:
    assert _reason(f"Kế{char} toán") == "bidi"


@pytest.mark.parametrize("char", ["\ud800", "\uffff", "\ue000"])
def test_bytes_that_were_not_text_are_refused(char: str) -> None:
    assert _reason(f"Kế{char} toán") == "encoding"


def test_the_sign_of_a_failed_decoding_is_refused() -> None:
    assert _reason("Kế to\ufffdn") == "encoding"


def test_a_pile_of_combining_marks_is_refused() -> None:
    assert _reason("a" + "\u0301" * 12) == "control"


def test_the_limit_counts_code_points_of_the_normal_form() -> None:
    text = "ễ" * 20
    assert clean(unicodedata.normalize("NFD", text), limit=20) == text
    assert _reason(text + "x") == "too_long"


def test_a_million_characters_are_refused_before_any_work() -> None:
    assert _reason("\x00" + "x" * 1_000_000) == "too_long"


def test_blanks_around_do_not_count() -> None:
    assert clean(" " * 500 + "An" + " " * 500, limit=5) == "An"


@given(st.text(max_size=60), st.booleans())
def test_cleaning_twice_changes_nothing(value: str, multiline: bool) -> None:
    try:
        once = clean(value, limit=60, multiline=multiline)
    except TextRefused:
        return
    assert clean(once, limit=60, multiline=multiline) == once == nfc(once)


@given(st.text(max_size=60))
def test_both_unicode_forms_get_the_same_verdict(value: str) -> None:
    outcomes: list[str] = []
    for form in ("NFC", "NFD"):
        try:
            outcomes.append(clean(unicodedata.normalize(form, value), limit=60))
        except TextRefused as refused:
            outcomes.append(f"refused: {refused.reason}")
    assert outcomes[0] == outcomes[1]
