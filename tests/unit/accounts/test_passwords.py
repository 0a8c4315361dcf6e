"""Which passwords are refused, and that one password has one spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.accounts.operations import PasswordHashing, fault_of, hashed_password, new_password
from registry.accounts.rules import PasswordFault, password_fault
from registry.accounts.rules.passwords import guessing_form, is_too_long, spelled

HASHING = PasswordHashing(8, 1, 1)
AROUND = ["duyen.pham@haiphong.gov.vn", "Phạm Thị Duyên"]


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("ngắn", PasswordFault.TOO_SHORT),
        ("bảyký.1", PasswordFault.TOO_SHORT),
        ("đ" * 600, PasswordFault.TOO_LONG),
        ("Mật Khẩu 123", PasswordFault.COMMON),
        ("matkhau2026!", PasswordFault.COMMON),
        ("P@ssw0rd", PasswordFault.COMMON),
        ("iloveyou", PasswordFault.COMMON),
        ("Anh Yêu Em", PasswordFault.COMMON),
        ("１２３４５６７８", PasswordFault.COMMON),
        ("        ", PasswordFault.PREDICTABLE),
        ("zzzzzzzzzz", PasswordFault.PREDICTABLE),
        ("xyxyxyxyxy", PasswordFault.PREDICTABLE),
        ("sdfghjkl", PasswordFault.PREDICTABLE),
        ("34567890", PasswordFault.PREDICTABLE),
        ("15/08/1990", PasswordFault.PREDICTABLE),
        ("19900815", PasswordFault.PREDICTABLE),
        ("0912345678", PasswordFault.PREDICTABLE),
        ("+84 912 345 678", PasswordFault.PREDICTABLE),
        ("Duyên1990", PasswordFault.PERSONAL),
        ("phamthiduyen", PasswordFault.PERSONAL),
        ("haiphong@1990", PasswordFault.COMMON),
        ("nhanluc@@2027", PasswordFault.PERSONAL),
        ("đàn gà con chạy quanh sân", None),
        ("kzjq-7vdm", None),
        ("31/02/1990", None),
    ],
)
def test_a_password_is_refused_for_the_first_reason_that_holds(
    password: str, fault: PasswordFault | None
) -> None:
    assert fault_of(password, AROUND) == fault


def test_eight_and_sixty_four_characters_are_allowed() -> None:
    assert fault_of("tr4.Vq9z", []) is None
    assert fault_of("nước non ngàn dặm ra đi, cái tình chi mượn màu son phấn đền nợ ô", []) is None


def test_the_cap_is_1024_bytes_not_characters() -> None:
    assert not is_too_long("a" * 1024)
    assert is_too_long("a" * 1025)
    assert is_too_long("ệ" * 342)


def test_an_empty_list_and_no_context_refuse_only_by_rule() -> None:
    assert password_fault("matkhaumoi", frozenset(), []) is None


@given(st.text(min_size=1, max_size=60))
def test_composed_and_decomposed_typing_is_one_password(password: str) -> None:
    assert spelled(unicodedata.normalize("NFC", password)) == spelled(unicodedata.normalize("NFD", password))


def test_a_hash_of_one_form_verifies_the_others() -> None:
    stored = HASHING.hash(unicodedata.normalize("NFC", "Đường về quê ngoại"))
    assert HASHING.verify(stored, unicodedata.normalize("NFD", "Đường về quê ngoại"))
    assert HASHING.verify(HASHING.hash("mưa rơi 2468"), "mưa rơi ２４６８")
    assert not HASHING.verify(stored, "đường về quê ngoại")
    assert not HASHING.verify(stored, "Duong ve que ngoai")


def test_nobody_and_nonsense_verify_nothing() -> None:
    assert not HASHING.verify(None, "đàn gà con chạy quanh sân")
    assert not HASHING.verify("không phải là một mã băm", "x")
    assert not HASHING.verify(HASHING.hash("\ud800 lạc lõng"), "x")


def test_a_text_too_long_is_neither_hashed_nor_verified() -> None:
    with pytest.raises(ValueError, match="too long"):
        HASHING.hash("a" * 1025)
    assert not HASHING.verify(HASHING.hash(""), "a" * 1025)


def test_a_hash_of_another_cost_is_outdated() -> None:
    stored = HASHING.hash("mưa rơi 2468")
    assert not HASHING.is_outdated(stored)
    assert PasswordHashing(16, 1, 1).is_outdated(stored)


def test_the_usual_cost_is_what_settings_begin_with() -> None:
    stored = hashed_password("mưa rơi 2468")
    assert "m=65536,t=3,p=4" in stored


def test_new_passwords_are_fine_and_differ() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(fault_of(password, AROUND) is None for password in made)


@given(st.text(max_size=40))
def test_the_guessing_form_has_neither_marks_nor_blanks(text: str) -> None:
    form = guessing_form(text)
    assert not any(character.isspace() or unicodedata.combining(character) for character in form)
