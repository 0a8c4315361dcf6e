"""The catalogue of facts a condition may ask about: names, types, operators, values, where each comes from. Pure.

A fact that is absent is unknown; an empty set, «none» or `{}` is the statement that there is nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


def N_(sentence: str) -> str:  # noqa: N802 - what the collection of sentences looks for
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


class FactKind(StrEnum):
    """How the values of a fact look and compare."""

    YES_NO = "yes_no"
    NUMBER = "number"
    SCALE = "scale"  # one of `values`, in rising order
    CHOICE = "choice"  # one code, in no order
    CODES = "codes"  # a set of codes
    UNIT = "unit"  # a set of administrative units, «code@as_of», the unit itself and what it lies in
    LADDER = "ladder"  # a set of degrees; each policy has its own ladder of them
    FIELDS = "fields"  # a set of codes of fields of study; a longer code lies within a shorter one
    RANKING = "ranking"  # place of the university by table and year
    MONEY = "money"  # whole đồng; amounts are computed from it, conditions do not ask about it


class Source(StrEnum):
    """Who knows the fact: the record of a person, the post, or the officer who enters the application."""

    PERSON = "person"
    POST = "post"
    APPLICATION = "application"


ORDER = (">=", "<=", ">", "<")
OPERATORS: Mapping[FactKind, tuple[str, ...]] = MappingProxyType(
    {
        FactKind.YES_NO: ("=", "!="),
        FactKind.NUMBER: (*ORDER, "=", "!="),
        FactKind.SCALE: (*ORDER, "=", "!=", "in"),
        FactKind.CHOICE: ("=", "!=", "in"),
        FactKind.CODES: ("has_any",),
        FactKind.UNIT: ("=", "!=", "in"),
        FactKind.LADDER: (*ORDER, "=", "has_any"),
        FactKind.FIELDS: ("has_any",),
        FactKind.RANKING: ("<=", "<", ">=", ">"),
        FactKind.MONEY: (),
    }
)
MANY = frozenset({"in", "has_any"})
"""Operators whose value is a list."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the catalogue.

    `arguments` are the allowed `of`; with `any_argument` every code is, and without `needs_argument` none is
    needed. `values` are the codes with their Vietnamese words, rising for a scale; without `is_closed` others
    may be held. `can_change` is false for what nobody can bring about (an age that has passed, a sex).
    """

    key: str
    vi: str
    kind: FactKind
    source: Source = Source.PERSON
    unit: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])
    any_argument: bool = False
    needs_argument: bool = False
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    is_closed: bool = True
    lowest: int = 0
    highest: int = 0
    can_change: bool = True

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators a condition about this fact may use."""
        return OPERATORS[self.kind]


DEGREES: Mapping[str, str] = MappingProxyType(
    {
        "SC": "Sơ cấp",
        "TC": "Trung cấp",
        "CD": "Cao đẳng",
        "DH": "Đại học",
        "THS": "Thạc sĩ",
        "CKI": "Chuyên khoa I",
        "BSNT": "Bác sĩ nội trú",
        "CKII": "Chuyên khoa II",
        "TS": "Tiến sĩ",
    }
)
TITLES = {"none": "Không có chức danh", "PGS": "Phó giáo sư", "GS": "Giáo sư"}
CLASSIFICATIONS = {"TB": "Trung bình", "TBK": "Trung bình khá", "K": "Khá", "G": "Giỏi", "XS": "Xuất sắc"}
INITIATIVES = {
    "none": "Không có sáng kiến",
    "base": "cấp cơ sở",
    "province": "cấp tỉnh",
    "nation": "cấp toàn quốc",
}
STUDY_MODES = {
    "full_time": "chính quy",
    "part_time": "vừa làm vừa học",
    "distance": "từ xa",
    "in_service": "tại chức",
    "bridge": "liên thông",
    "second_degree": "văn bằng hai",
    "other": "hình thức khác",
}
PURPOSES = {
    "attract": "thu hút",
    "retain": "giữ chân",
    "train": "đào tạo",
    "housing": "nhà ở",
    "relocation": "chuyển nơi làm việc",
}
WORKPLACES = {
    "commune_health_station": "trạm y tế xã",
    "commune": "cấp xã",
    "district": "tuyến huyện cũ",
    "province": "cấp tỉnh",
    "mountain": "miền núi",
    "border": "biên giới",
    "island": "hải đảo",
    "difficult": "vùng có điều kiện khó khăn",
}
AREAS = {
    "mountain": "miền núi",
    "border": "biên giới",
    "island": "hải đảo",
    "rural": "nông thôn",
    "ethnic_minority": "vùng đồng bào dân tộc thiểu số",
    "difficult": "vùng có điều kiện khó khăn",
    "priority": "địa bàn ưu tiên của tỉnh",
}
"""The attributes of places (`registry.places.rules.AreaKind`), which the registry keeps with dates and documents."""
PROFESSIONAL_DEGREES = {
    "BS": "Bác sĩ",
    "BSNT": "Bác sĩ nội trú",
    "CKI": "Bác sĩ chuyên khoa I",
    "CKII": "Bác sĩ chuyên khoa II",
}
AWARDS = {
    "NSND": "Nghệ sĩ nhân dân",
    "NSUT": "Nghệ sĩ ưu tú",
    "KIEN_TUONG": "Vận động viên kiện tướng",
    "GIAI_THE_THAO": "giải thể thao",
    "CSTD_TQ": "Chiến sĩ thi đua toàn quốc",
}
EXPERIENCES = {
    "any": "công tác",
    "continuous": "công tác liên tục",
    "specialist": "làm chuyên môn",
    "research_abroad": "nghiên cứu ở nước ngoài",
    "international_project": "trong dự án quốc tế",
}
LANGUAGES = {
    "en": "tiếng Anh",
    "fr": "tiếng Pháp",
    "zh": "tiếng Trung",
    "ja": "tiếng Nhật",
    "ko": "tiếng Hàn",
}
GENDERS = {"female": "Nữ", "male": "Nam", "other": "Giới tính khác"}
REGIONS = {"I": "Vùng I", "II": "Vùng II", "III": "Vùng III", "IV": "Vùng IV"}

_K, _S = FactKind, Source
_FACTS = (
    Fact("degree_rank", N_("Bằng cấp"), _K.LADDER, values=DEGREES),
    Fact("academic_title", N_("Chức danh khoa học"), _K.SCALE, values=TITLES),
    Fact(
        "professional_degree",
        N_("Bằng chuyên môn y khoa"),
        _K.CODES,
        values=PROFESSIONAL_DEGREES,
        is_closed=False,
    ),
    Fact("field_code", N_("Ngành đào tạo"), _K.FIELDS, is_closed=False),
    Fact("classification", N_("Xếp loại tốt nghiệp"), _K.SCALE, values=CLASSIFICATIONS),
    Fact("study_mode", N_("Hình thức đào tạo"), _K.CHOICE, values=STUDY_MODES),
    Fact("university_rank", N_("Hạng của trường"), _K.RANKING, any_argument=True, lowest=1, highest=100_000),
    Fact("age_on", N_("Tuổi"), _K.NUMBER, unit=N_("tuổi"), highest=120, can_change=False),
    Fact("gender", N_("Giới tính"), _K.CHOICE, values=GENDERS, can_change=False),
    Fact(
        "years_experience",
        N_("Số năm kinh nghiệm"),
        _K.NUMBER,
        unit=N_("năm"),
        arguments=EXPERIENCES,
        needs_argument=True,
        highest=80,
    ),
    Fact("nationality", N_("Quốc tịch"), _K.CODES, is_closed=False),
    Fact("residence_country", N_("Nước cư trú"), _K.CHOICE, is_closed=False),
    Fact("origin_unit", N_("Quê quán"), _K.UNIT, is_closed=False, can_change=False),
    Fact("worked_here_before", N_("Từng làm việc tại nơi tuyển"), _K.YES_NO, can_change=False),
    Fact(
        "remaining_working_years",
        N_("Số năm công tác còn lại"),
        _K.NUMBER,
        unit=N_("năm"),
        highest=60,
        can_change=False,
    ),
    Fact("workplace_kind", N_("Loại nơi làm việc"), _K.CODES, _S.POST, values=WORKPLACES),
    Fact("workplace_area", N_("Đặc điểm địa bàn nơi làm việc"), _K.CODES, _S.POST, values=AREAS),
    Fact("owns_home_in_province", N_("Có nhà ở trong tỉnh"), _K.YES_NO),
    Fact(
        "language_level",
        N_("Bậc ngoại ngữ"),
        _K.NUMBER,
        unit=N_("bậc"),
        arguments=LANGUAGES,
        any_argument=True,
        needs_argument=True,
        highest=6,
    ),
    Fact("award", N_("Danh hiệu, giải thưởng"), _K.CODES, values=AWARDS, is_closed=False),
    Fact("initiative", N_("Sáng kiến được công nhận"), _K.SCALE, values=INITIATIVES),
    Fact("patent_applied", N_("Có sáng chế đã được áp dụng"), _K.YES_NO),
    Fact("outstanding_work", N_("Có công trình xuất sắc được ứng dụng"), _K.YES_NO),
    Fact("works_at_foreign_rnd", N_("Đang làm tại cơ sở nghiên cứu nước ngoài có uy tín"), _K.YES_NO),
    Fact(
        "led_programmes",
        N_("Số chương trình, dự án đã chủ trì"),
        _K.NUMBER,
        unit=N_("chương trình, dự án"),
        highest=1000,
    ),
    Fact(
        "current_employer_unit", N_("Địa bàn nơi đang công tác"), _K.UNIT, is_closed=False, can_change=False
    ),
    Fact("recognised_talent", N_("Đã được công nhận là người có tài năng"), _K.YES_NO),
    Fact(
        "application_purpose",
        N_("Mục đích của hồ sơ"),
        _K.CHOICE,
        _S.APPLICATION,
        values=PURPOSES,
        can_change=False,
    ),
    Fact(
        "training:kind", N_("Bậc đào tạo đi học"), _K.CHOICE, _S.APPLICATION, values=DEGREES, can_change=False
    ),
    Fact("training:abroad", N_("Học ở nước ngoài"), _K.YES_NO, _S.APPLICATION, can_change=False),
    Fact(
        "training:months",
        N_("Thời gian đào tạo"),
        _K.NUMBER,
        _S.APPLICATION,
        unit=N_("tháng"),
        highest=240,
        can_change=False,
    ),
    Fact("wage_region", N_("Vùng lương tối thiểu"), _K.CHOICE, _S.POST, values=REGIONS),
    Fact("current_salary", N_("Lương hiện hưởng"), _K.MONEY, unit=N_("₫/tháng")),
    Fact("agreed_salary", N_("Lương thỏa thuận"), _K.MONEY, _S.APPLICATION, unit=N_("₫/tháng")),
    Fact("housing_rent", N_("Tiền thuê nhà"), _K.MONEY, _S.APPLICATION, unit=N_("₫/tháng")),
    Fact("project_budget", N_("Kinh phí nhiệm vụ, dự án"), _K.MONEY, _S.APPLICATION, unit=N_("₫")),
)
CATALOGUE: Mapping[str, Fact] = MappingProxyType({fact.key: fact for fact in _FACTS})
"""Every fact by its key; the parts of a fact with named parts stand under «training:kind» and so on."""

YEARLY_LIST = "yearly_list"
NO_RULE = "rule"
"""Names of two conditions nobody composes: the yearly list of a version, and a group whose text states no rule."""
NEVER_CHANGE = frozenset({fact.key for fact in _FACTS if not fact.can_change} | {YEARLY_LIST})

Plain = bool | int | str
FactValue = Plain | date | frozenset[str] | Mapping[str, Plain]


def fact_of(key: str, of: str | None) -> Fact | None:
    """The fact a condition names, or its named part; nothing when the catalogue has none."""
    return CATALOGUE.get(key if of is None else f"{key}:{of}") or CATALOGUE.get(key)


def years_between(born: date, on: date) -> int:
    """Full years of age. Somebody born on 29 February grows older on the 28th where there is no 29th."""
    day = 28 if (born.month, born.day) == (2, 29) and not _is_leap(on.year) else born.day
    return on.year - born.year - ((on.month, on.day) < (born.month, day))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
