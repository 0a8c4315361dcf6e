"""One reading of every value, and the sentence that says how to mend what cannot be read."""

import re
from datetime import date

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from registry.people.rules import (
    ContactKind,
    IdentityKind,
    PartialDate,
    Problem,
    Sex,
    check_identity_number,
    contact_key,
    identity_warnings,
    normalise_contact,
    normalise_email,
    normalise_phone,
    parse_birth_date,
    parse_date,
    parse_degree,
    parse_language,
    parse_name,
    parse_sex,
    parse_years,
    shown_phone,
    split_titles,
)

TODAY = date(2026, 11, 25)


def code_of(found: object) -> str:
    assert isinstance(found, Problem), found
    assert found.text
    assert "%(" not in found.text
    return found.code


@pytest.mark.parametrize("text", ["", "   ", "PGS.TS "])
def test_an_empty_name_is_a_problem(text: str) -> None:
    assert code_of(parse_name(text)) == "empty_name"


def test_a_name_has_letters() -> None:
    assert code_of(parse_name("12345")) == "name_without_letters"
    assert (
        parse_name("Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên") == "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên"
    )
    assert parse_name("O'Brien-Nguyễn Y Ban") == "O'Brien-Nguyễn Y Ban"


@pytest.mark.parametrize(
    ("text", "titles", "name"),
    [
        ("PGS.TS Nguyễn Văn A", ("PGS", "TS"), "Nguyễn Văn A"),
        ("ThS.BS. Lò Thị Hạnh", ("ThS", "BS"), "Lò Thị Hạnh"),
        ("BS.CKII Vàng A Páo", ("BS.CKII",), "Vàng A Páo"),
        ("GS.TSKH. Trần Đức", ("GS", "TSKH"), "Trần Đức"),
        ("Ksor Phước", (), "Ksor Phước"),
        ("Ts Ngọc", ("Ts",), "Ngọc"),
    ],
)
def test_titles_come_off_names(text: str, titles: tuple[str, ...], name: str) -> None:
    assert split_titles(text) == (titles, name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/1988", "impossible_date"),
        ("25/12/2026", "future_birth_date"),
        ("2027", "future_birth_date"),
        ("1850", "birth_too_early"),
        ("hôm qua", "impossible_date"),
    ],
)
def test_birth_dates_that_cannot_be(text: str, code: str) -> None:
    assert code_of(parse_birth_date(text, TODAY)) == code


def test_birth_dates_may_be_partial_or_missing() -> None:
    assert parse_birth_date("", TODAY) is None
    assert parse_birth_date("1988", TODAY) == PartialDate(1988)
    assert parse_birth_date("25/11/2026", TODAY) == PartialDate(2026, 11, 25)


def test_other_dates_lie_in_living_memory() -> None:
    assert parse_date("") is None
    assert parse_date("2030") == PartialDate(2030)
    assert code_of(parse_date("1850")) == "impossible_date"
    assert code_of(parse_date("2150")) == "impossible_date"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("12", 12),
        ("0", 0),
        ("60", 60),
        ("12 năm", 12),
        ("12,5", 12),
        ("12.0", 12),
        ("7 years", 7),
        ("", None),
    ],
)
def test_years_are_whole_numbers_up_to_sixty(text: str, years: int | None) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mười", "years_not_number"),
        ("-1", "years_out_of_range"),
        ("61", "years_out_of_range"),
        ("60,5", "years_out_of_range"),
        ("1e3", "years_not_number"),
        ("１２", "years_not_number"),
        ("12 tháng", "years_not_number"),
    ],
)
def test_years_that_cannot_be(text: str, code: str) -> None:
    assert code_of(parse_years(text)) == code


def test_a_cccd_is_exactly_twelve_ascii_digits() -> None:
    assert check_identity_number(IdentityKind.CCCD, "001188456789") == "001188456789"
    assert check_identity_number(IdentityKind.CCCD, " 001188456789 ") == "001188456789"


@pytest.mark.parametrize(
    "number",
    [
        "00118845678",
        "0011884567890",
        "００1188456789",
        "0011884567８9",
        "00118845678a",
        "001188 456789",
        "1,18845E+09",
    ],
)
def test_other_texts_are_no_cccd(number: str) -> None:
    assert code_of(check_identity_number(IdentityKind.CCCD, number)) == "identity_not_12_digits"


@given(st.text(max_size=14))
def test_a_kept_cccd_has_the_shape_it_must_have(text: str) -> None:
    found = check_identity_number(IdentityKind.CCCD, text)
    assert isinstance(found, Problem) or re.fullmatch("[0-9]{12}", found)


def test_old_cards_and_passports_have_their_own_shapes() -> None:
    assert check_identity_number(IdentityKind.CMND, "012345678") == "012345678"
    assert code_of(check_identity_number(IdentityKind.CMND, "0123456789")) == "identity_not_9_digits"
    assert check_identity_number(IdentityKind.PASSPORT, "c 1234567") == "C1234567"
    assert code_of(check_identity_number(IdentityKind.PASSPORT, "C12_4567")) == "passport_malformed"


def test_a_cccd_that_agrees_with_the_record_raises_no_doubt() -> None:
    assert identity_warnings("001188456789", Sex.FEMALE, PartialDate(1988, 5)) == ()
    assert identity_warnings("001188456789", None, None) == ()


def test_a_cccd_may_contradict_place_sex_and_year_without_being_refused() -> None:
    codes = [doubt.code for doubt in identity_warnings("999288456789", Sex.FEMALE, PartialDate(1988))]
    assert codes == ["identity_prefix_unknown", "identity_other_sex", "identity_other_year"]
    assert [d.code for d in identity_warnings("001301000000", Sex.OTHER, PartialDate(2001))] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912 345 678", "+84912345678"),
        ("912345678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("+81 90-1234-5678", "+819012345678"),
        ("024 3825 1234", "+842438251234"),
    ],
)
def test_telephone_numbers_of_any_country_become_one_form(text: str, number: str) -> None:
    assert normalise_phone(text) == number


@pytest.mark.parametrize("text", ["12345", "abc", "0912", "+84 1", "0" * 40])
def test_what_cannot_be_called_is_a_problem(text: str) -> None:
    assert code_of(normalise_phone(text)) == "bad_phone"


def test_numbers_are_shown_as_people_write_them() -> None:
    assert shown_phone("+84912345678") == "0912 345 678"
    assert shown_phone("+819012345678").startswith("+81 90")


@pytest.mark.parametrize("text", ["ten@vidu.vn", "a.b+c@example.com", "x@y.test"])
def test_addresses_are_kept_in_normal_form(text: str) -> None:
    assert normalise_email(text) == text


@pytest.mark.parametrize(
    "text", ["ten@", "@vidu.vn", "ten vidu.vn", "ten@vidu", "a b@vidu.vn", "ten@vidu..vn"]
)
def test_what_is_no_address_is_a_problem(text: str) -> None:
    assert code_of(normalise_email(text)) == "bad_email"


def test_contacts_without_text_are_none_and_addresses_compare_without_case() -> None:
    assert normalise_contact(ContactKind.EMAIL, "") is None
    assert normalise_contact(ContactKind.PHONE, " ") is None
    assert contact_key(ContactKind.EMAIL, "Ten@Vidu.vn") == contact_key(ContactKind.EMAIL, "ten@vidu.vn")


@pytest.mark.parametrize(
    ("text", "code", "rank"),
    [
        ("Thạc sĩ", "THS", 5),
        ("thac sy", "THS", 5),
        ("Th.S", "THS", 5),
        ("KỸ SƯ", "DH", 4),
        ("ĐH", "DH", 4),
        ("Tiến sĩ", "TS", 6),
        ("BSCKII", "CKII", 6),
        ("PhD", "TS", 6),
        ("Trung cấp", "TC", 2),
    ],
)
def test_degrees_are_known_by_many_names(text: str, code: str, rank: int) -> None:
    found = parse_degree(text)
    assert not isinstance(found, Problem)
    assert found is not None
    assert (found.code, found.rank) == (code, rank)


def test_an_unknown_degree_lists_the_known_ones() -> None:
    problem = parse_degree("giỏi lắm")
    assert code_of(problem) == "unknown_degree"
    assert "Thạc sĩ" in str(problem)
    assert parse_degree("") is None


def test_languages_are_known_by_name_and_code() -> None:
    for text in ("Tiếng Nhật", "nhật", "ja", "Japanese"):
        found = parse_language(text)
        assert found is not None
        assert not isinstance(found, Problem)
        assert found.code == "ja"
    assert parse_language("") is None
    assert code_of(parse_language("tiếng sao hỏa")) == "unknown_language"


def test_sex_is_read_in_both_languages() -> None:
    assert [parse_sex(text) for text in ("Nam", "NỮ", "khác", "female", "")] == [
        Sex.MALE,
        Sex.FEMALE,
        Sex.OTHER,
        Sex.FEMALE,
        None,
    ]
    assert code_of(parse_sex("x")) == "unknown_sex"


def by_the_library(typed: str) -> str | None:
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException:
        return None
    is_real = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if is_real else None


@pytest.mark.parametrize("last", ["123456", "000000"])
def test_plain_home_numbers_read_as_the_library_reads_them(last: str) -> None:
    for first in range(1_000):
        typed = f"0{first:03}{last}"
        found = normalise_phone(typed)
        assert (None if isinstance(found, Problem) else found) == by_the_library(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Ngan.Do+1@ViDu.vn", "a@b", "a..b@vidu.vn", ".a@vidu.vn", "a.@vidu.vn", "a-@vidu.vn", "a_b@-vidu.vn", "a@vidu..vn",
        f"{'x' * 64}@vidu.vn", f"{'x' * 65}@vidu.vn", "a@localhost", "a@vidu.test", "a@127.0.0.1", "a@xn--vi-du.vn",
        f"a@{'x' * 63}.vn", f"a@{'x' * 64}.vn", "a@vidu.vn.", "a@VIDU.VN", "1@2.vn", "a@example.invalid",
    ],
)  # fmt: skip
def test_plain_addresses_read_as_the_library_reads_them(typed: str) -> None:
    try:
        wanted: object = validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        wanted = None
    found = normalise_email(typed)
    assert (None if isinstance(found, Problem) else found) == wanted
