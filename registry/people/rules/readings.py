"""One reading of each value about a person, for forms and for files alike. Pure.

Each `parse_…` takes text as typed (already cleaned at the border) and returns the value or a `Problem`.
Empty optional values read as None. The current day is an argument.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from registry.people.rules.dates import EARLIEST_YEAR, PartialDate, read_date
from registry.people.rules.kinds import ContactKind, IdentityKind, Sex
from registry.people.rules.problems import N_, Problem
from registry.people.rules.vocabulary import Degree, Term, degree_by_name, language_by_name, vocabulary
from registry.text import fold

MOST_YEARS = 60
HOME_REGION = "VN"

_TITLE = re.compile(
    r"(?:GS|PGS|TSKH|TS|ThS|Th\.S|CN|KS|BS(?:\.?CK(?:II|I|1|2))?|BSNT|DS|KTS|CKII|CKI)(?=[.\s]|$)\.?",
    re.IGNORECASE,
)
# Letters and digits with single signs between: nothing is to be normalised in front of the @.
_PLAIN_ADDRESS = re.compile(
    r"(?P<local>(?=[^@]{1,64}@)[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+){0,8})@(?P<domain>[A-Za-z0-9.-]{1,100})"
)
_PLAIN_HOME_NUMBER = re.compile("0[0-9]{9}")
_DOMAINS_REMEMBERED = 10_000
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_YEARS_WORDS = re.compile(r"\s*(?:năm|nam|years?)\.?$", re.IGNORECASE)
_GOES_ON = frozenset({"nay", "den nay", "hien nay", "hien tai", "present", "now"})


def parse_name(text: str) -> str | Problem:
    """The full name without titles before it («PGS.TS Nguyễn Văn A» → «Nguyễn Văn A»)."""
    name = split_titles(text)[1]
    if not name:
        return Problem("empty_name", N_("Nhập họ và tên"))
    if not any(char.isalpha() for char in name):
        return Problem("name_without_letters", N_("Họ và tên phải có chữ, ví dụ Nguyễn Thị Hòa"))
    return name


def split_titles(text: str) -> tuple[tuple[str, ...], str]:
    """The academic titles in front of a name, and the name."""
    titles: list[str] = []
    rest = text.strip()
    while found := _TITLE.match(rest):
        titles.append(found.group().rstrip("."))
        rest = rest[found.end() :].lstrip(" .")
    return tuple(titles), rest


def parse_birth_date(text: str, today: date) -> PartialDate | Problem | None:
    """A birth date as dd/mm/yyyy, mm/yyyy or yyyy; not after today, not before 1900."""
    if not text.strip():
        return None
    found = read_date(text)
    if found is None:
        return Problem("impossible_date", N_("Ngày sinh phải có thật, ví dụ 15/08/1990"))
    if found.earliest > today:
        return Problem("future_birth_date", N_("Ngày sinh không được sau hôm nay"))
    if found.year < EARLIEST_YEAR:
        return Problem("birth_too_early", N_("Năm sinh phải từ %(first)d trở lên"), {"first": EARLIEST_YEAR})
    return found


def parse_date(text: str) -> PartialDate | Problem | None:
    """Any other date as dd/mm/yyyy, mm/yyyy or yyyy."""
    if not text.strip():
        return None
    found = read_date(text)
    if found is None or not EARLIEST_YEAR <= found.year <= 2100:
        return Problem("impossible_date", N_("Ngày phải có thật, ví dụ 15/08/1990, 08/1990 hoặc 1990"))
    return found


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """From and to as far as known; `is_ongoing` when it goes on."""

    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_ongoing: bool = False


def parse_period(start: str, end: str, today: date) -> PeriodRead | Problem:
    """A period from two texts; «đến nay» (also «nay», «hiện nay») goes on."""
    started = parse_date(start)
    goes_on = fold(end) in _GOES_ON
    ended = None if goes_on else parse_date(end)
    for found in (started, ended):
        if isinstance(found, Problem):
            return found
    assert not isinstance(started, Problem) and not isinstance(ended, Problem)  # noqa: S101, PT018 - for types
    if started and started.earliest > today:
        return Problem("period_in_future", N_("Thời gian bắt đầu không được sau hôm nay"))
    if started and ended and ended.latest < started.earliest:
        return Problem("period_reversed", N_("Thời gian kết thúc phải sau thời gian bắt đầu"))
    return PeriodRead(started, ended, goes_on)


def parse_years(text: str) -> int | Problem | None:
    """Whole years of experience, 0 to 60; «12», «12 năm» and «12,5» read as 12."""
    text = _YEARS_WORDS.sub("", text.strip())
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return Problem("years_not_number", N_("Số năm kinh nghiệm phải là số, ví dụ 12"))
    years = float(text.replace(",", "."))
    if not 0 <= years <= MOST_YEARS:
        return Problem(
            "years_out_of_range", N_("Số năm kinh nghiệm phải từ 0 đến %(most)d"), {"most": MOST_YEARS}
        )
    return int(years)


def check_identity_number(kind: IdentityKind, text: str) -> str | Problem:
    """The number as it is kept. CCCD: exactly twelve ASCII digits; CMND: nine; passport: letters and digits."""
    number = text.strip()
    if kind is IdentityKind.CCCD and not re.fullmatch("[0-9]{12}", number):
        return Problem("identity_not_12_digits", N_("Số CCCD phải gồm đúng 12 chữ số, ví dụ 001188456789"))
    if kind is IdentityKind.CMND and not re.fullmatch("[0-9]{9}", number):
        return Problem("identity_not_9_digits", N_("Số CMND phải gồm đúng 9 chữ số"))
    if kind is IdentityKind.PASSPORT:
        number = number.upper().replace(" ", "")
        if not _PASSPORT.fullmatch(number):
            return Problem(
                "passport_malformed", N_("Số hộ chiếu gồm 5 đến 15 chữ cái và chữ số, ví dụ C1234567")
            )
    return number


def identity_warnings(number: str, sex: Sex | None, birth: PartialDate | None) -> tuple[Problem, ...]:
    """Doubts about a CCCD of twelve digits, never refusals: registration may be late and data may be wrong.

    `PPP C YY RRRRRR`: place of birth registration, century and sex, year (NĐ 137/2015, TT 59/2021; not
    verified against the full text).
    """
    doubts: list[Problem] = []
    if number[:3] not in vocabulary().identity_prefixes:
        doubts.append(
            Problem(
                "identity_prefix_unknown",
                N_("Ba số đầu của CCCD (%(prefix)s) không phải mã tỉnh trong nước đã biết"),
                {"prefix": number[:3]},
            )
        )
    century_and_sex = int(number[3])
    if sex in {Sex.MALE, Sex.FEMALE} and (century_and_sex % 2 == 1) != (sex is Sex.FEMALE):
        doubts.append(Problem("identity_other_sex", N_("Số CCCD chỉ giới tính khác với mục «Giới tính»")))
    year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
    if birth is not None and year != birth.year:
        doubts.append(
            Problem(
                "identity_other_year",
                N_("Số CCCD chỉ năm sinh %(year)d, khác với ngày sinh đã nhập"),
                {"year": year},
            )
        )
    return tuple(doubts)


def normalise_phone(text: str) -> str | Problem | None:
    """A telephone number of any country as E.164; without a country code it is Vietnamese."""
    if not text.strip():
        return None
    if _PLAIN_HOME_NUMBER.fullmatch(text) and _home_mobile().fullmatch(text, 1):
        return f"+84{text[1:]}"
    wrong = Problem("bad_phone", N_("Số điện thoại phải gọi được, ví dụ 0912 345 678 hoặc +81 90 1234 5678"))
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return wrong
    if not phonenumbers.is_valid_number(number):
        return wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _home_mobile() -> re.Pattern[str]:
    """What the library knows of mobile numbers at home, without the zero in front: the numbers most files hold."""
    known: Any = phonenumbers.PhoneMetadata.metadata_for_region(HOME_REGION)
    return re.compile(known.mobile.national_number_pattern)


def shown_phone(number: str) -> str:
    """An E.164 number as people read it: home numbers nationally, others internationally."""
    parsed = phonenumbers.parse(number)
    at_home = phonenumbers.region_code_for_number(parsed) == HOME_REGION
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def normalise_email(text: str) -> str | Problem | None:
    """An e-mail address in its normal form; nothing is looked up on the network."""
    if not text.strip():
        return None
    plain = _PLAIN_ADDRESS.fullmatch(text)
    domain = _known_domain(plain["domain"]) if plain else None
    if plain and domain:
        return f"{plain['local']}@{domain}"
    try:
        # Addresses under .test are what examples and tests use; they reach nobody.
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return Problem("bad_email", N_("Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn"))


@lru_cache(_DOMAINS_REMEMBERED)
def _known_domain(domain: str) -> str | None:
    """A domain in its normal form when addresses may have it; thousands of them share a few."""
    try:
        made = validate_email(f"a@{domain}", check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None
    return made.rpartition("@")[2]


def normalise_contact(kind: ContactKind, text: str) -> str | Problem | None:
    """An e-mail address or a telephone number in its stored form."""
    return normalise_email(text) if kind is ContactKind.EMAIL else normalise_phone(text)


def contact_key(kind: ContactKind, value: str) -> str:
    """What makes two stored contacts the same: addresses differ in case only on paper."""
    return value.casefold() if kind is ContactKind.EMAIL else value


def parse_degree(text: str) -> Degree | Problem | None:
    """A degree by its name or abbreviation."""
    if not text.strip():
        return None
    found = degree_by_name(text)
    if found is None:
        names = ", ".join(degree.vi for degree in vocabulary().degrees)
        return Problem("unknown_degree", N_("Chọn trình độ có trong danh mục: %(names)s"), {"names": names})
    return found


def parse_language(text: str) -> Term | Problem | None:
    """A language by its name or code."""
    if not text.strip():
        return None
    found = language_by_name(text)
    if found is None:
        return Problem("unknown_language", N_("Chọn ngoại ngữ có trong danh mục, ví dụ Tiếng Anh"))
    return found


def parse_sex(text: str) -> Sex | Problem | None:
    """«Nam», «Nữ», «Khác» (also English, with or without accents)."""
    if not text.strip():
        return None
    found = _SEXES.get(fold(text))
    return found or Problem("unknown_sex", N_("Giới tính là Nam, Nữ hoặc Khác"))


_SEXES = {
    "nam": Sex.MALE,
    "male": Sex.MALE,
    "nu": Sex.FEMALE,
    "female": Sex.FEMALE,
    "khac": Sex.OTHER,
    "other": Sex.OTHER,
}
