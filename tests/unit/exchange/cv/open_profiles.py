"""Profiles to write into open formats: one with everything, and any that hypothesis draws."""

from datetime import date
from typing import Any

from hypothesis import strategies as some

from registry.exchange.writers.open_profile import (
    OpenDeed,
    OpenLanguage,
    OpenPost,
    OpenProfile,
    OpenSkill,
    OpenStudy,
)
from registry.people.rules import AchievementKind, PartialDate, vocabulary
from registry.text import clean

ESCO = "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d"
FULL = OpenProfile(
    code="HS-20418",
    name="Nguyễn Thị Hòa",
    given="Thị Hòa",
    family="Nguyễn",
    made_on=date(2026, 11, 27),
    supplier="Sổ đăng ký nhân tài",
    headline="Kỹ sư dữ liệu",
    summary="Mười năm làm dữ liệu y tế.\nThích dạy học.",
    email="hoa@vidu.vn",
    phone="+84912345678",
    orcid="0000-0002-1825-0097",
    birth=PartialDate(1990, 8, 15),
    nationalities=("VN",),
    residence="xã Ba Tri, tỉnh Vĩnh Long",
    country="VN",
    posts=(
        OpenPost(
            "Kỹ sư", "Bệnh viện Minh Hòa", "Huế", "VN", PartialDate(2018, 10), None, True, "Kho <dữ liệu> & báo cáo\n\nDạy"
        ),
        OpenPost("Thực tập", "Công ty Thử", started=PartialDate(2016), ended=PartialDate(2017, 5, 2)),
    ),
    studies=(
        OpenStudy("THS", "Khoa học máy tính", "Trường Đại học Thử", "VN", PartialDate(2013, 9), PartialDate(2015), True, "Giỏi"),
        OpenStudy("TS", "Tin y sinh", "Trường Đại học Thử", "VN", PartialDate(2020), None, False),
    ),
    languages=(OpenLanguage("en", 4, "IELTS 6.5"), OpenLanguage("fr")),
    skills=(
        OpenSkill("Python", "it.python", ESCO, 4),
        OpenSkill("Vi sinh, ký sinh trùng", "health.micro"),
        OpenSkill("Hàn điện", "craft.weld", "", 3, 7),
        OpenSkill("từ chưa có trong danh mục"),
    ),
    deeds=(
        OpenDeed(AchievementKind.AWARD, "Khen thưởng", "Bằng khen", "cấp tỉnh", when=PartialDate(2020)),
        OpenDeed(AchievementKind.PUBLICATION, "Bài báo", "Dữ liệu y tế", role="tác giả", when=PartialDate(2021, 3), doi="10.1000/182"),
        OpenDeed(AchievementKind.PATENT, "Sáng chế", "Máy đo", when=None),
    ),
)  # fmt: skip

_HOSTILE = (
    "<script>alert(1)</script>", "]]>", "&amp;", "&lt;p&gt;", "a<b>c</b>", '"}],{"', "=1+1", "'", "\\u0000", "<!DOCTYPE x [<!ENTITY",
    "Nguyễn", "Đặng Thị Thu Hà", "e\u0301", "😀", "ﬁ", "a, b; c", "a · b", "</p>", "x (bậc 4/5)", "true", "null", "--03",
)  # fmt: skip
_SIGNS = some.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf"), max_codepoint=0x1FFFF)
_RAW = some.one_of(some.sampled_from(_HOSTILE), some.text(_SIGNS, min_size=1, max_size=12))


def _kept(text: str, *, multiline: bool = False) -> str:
    try:
        return clean(text, limit=200, multiline=multiline)
    except ValueError:
        return ""


LINES = _RAW.map(_kept)
TEXTS = some.lists(_RAW, max_size=3).map(lambda lines: _kept("\n".join(lines), multiline=True))
DATES = some.one_of(
    some.none(),
    some.dates(date(1950, 1, 1), date(2030, 12, 31)).flatmap(
        lambda day: some.sampled_from(
            [
                PartialDate(day.year),
                PartialDate(day.year, day.month),
                PartialDate(day.year, day.month, day.day),
            ]
        )
    ),
)
POSTS = some.builds(
    OpenPost, LINES, LINES, LINES, some.sampled_from(["", "VN", "DE"]), DATES, DATES, some.booleans(), TEXTS
)
STUDIES = some.builds(
    OpenStudy,
    some.sampled_from([one.code for one in vocabulary().degrees]),
    LINES, LINES, some.just(""), DATES, DATES, some.booleans(), some.just("Giỏi"),
)  # fmt: skip
SKILLS = some.builds(
    OpenSkill,
    LINES.filter(bool),
    some.sampled_from(["", "it.python", "craft.weld"]),
    some.sampled_from(["", ESCO]),
    some.one_of(some.none(), some.integers(1, 5)),
)
DEEDS = some.builds(
    OpenDeed,
    some.sampled_from(AchievementKind),
    some.just("Loại"),
    LINES,
    LINES,
    LINES,
    DATES,
    some.sampled_from(["", "10.1000/182", "10.1000/a(b)<c>;d"]),
)
LANGUAGES = some.lists(
    some.builds(
        OpenLanguage,
        some.sampled_from([one.code for one in vocabulary().languages]),
        some.one_of(some.none(), some.integers(1, 6)),
        LINES,
    ),
    max_size=4,
    unique_by=lambda one: one.code,
)


def _named(words: list[str], is_family_first: bool) -> dict[str, str]:
    whole = " ".join(words)
    first, last = (words[:1], words[1:]) if is_family_first else (words[-1:], words[:-1])
    if len(words) == 1:
        return {"name": whole, "given": whole, "family": ""}
    return {"name": whole, "given": " ".join(last), "family": " ".join(first)}


NAMES = some.builds(
    _named,
    some.lists(LINES.map(lambda text: text.replace(" ", "")).filter(bool), min_size=1, max_size=4),
    some.booleans(),
)


def _profile(names: dict[str, str], **fields: Any) -> OpenProfile:
    return OpenProfile(code="HS-1", made_on=date(2026, 11, 27), **names, **fields)


PROFILES: Any = some.builds(
    _profile,
    NAMES,
    language=some.sampled_from(["vi", "en"]),
    headline=LINES,
    summary=TEXTS,
    email=some.sampled_from(["", "a@vidu.vn"]),
    phone=some.sampled_from(["", "+84912345678"]),
    birth=DATES,
    residence=LINES,
    posts=some.lists(POSTS, max_size=3),
    studies=some.lists(STUDIES, max_size=3),
    languages=LANGUAGES,
    skills=some.lists(SKILLS, max_size=4),
    deeds=some.lists(DEEDS, max_size=3),
)
