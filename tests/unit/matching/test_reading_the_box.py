"""The reader of the search box: what unmarked, misspelt, former, levelled and hostile queries are understood as."""

import time
from copy import copy
from functools import lru_cache

import pytest

from registry.matching.rules import LONGEST_QUERY, Lexicon, Part, read_box
from registry.matching.views.search_address import reads_by
from registry.places.queries import country_index
from tests.factories.places import gazetteer
from tests.factories.skills import shipped


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon(shipped(), gazetteer(), country_index())


def told(part: Part) -> str:
    """A part in a few signs: kind:key, and the level or years asked for."""
    if part.kind == "years":
        return f"years:{part.rank}-{'' if part.most is None else part.most}"
    key = part.name.split(" (")[0] if part.kind in {"place", "origin", "skill"} else part.key
    rank = f"≥{part.rank}" if part.rank is not None and part.kind in {"skill", "language"} else ""
    return f"{part.kind.value}:{key}{rank}"


TABLE: list[tuple[str, set[str], tuple[str, ...]]] = [
    ("ky su du lieu tieng nhat", {"skill:Kỹ thuật dữ liệu", "language:ja"}, ()),
    ("kỹ sư dữ liệu tiếng Nhật", {"skill:Kỹ thuật dữ liệu", "language:ja"}, ()),
    ("Kỹ Sư Dữ Liệu, tiếng Nhật", {"skill:Kỹ thuật dữ liệu", "language:ja"}, ()),
    ("data engineer japanese", {"skill:Kỹ thuật dữ liệu", "language:ja"}, ()),
    ("tiếng Nhật N2", {"language:ja≥4"}, ()),
    ("tieng nhat n2", {"language:ja≥4"}, ()),
    ("JLPT N2", {"language:ja≥4"}, ()),
    ("tiếng Nhật JLPT N1", {"language:ja≥5"}, ()),
    ("tiếng Anh B2", {"language:en≥4"}, ()),
    ("IELTS 6.5", {"language:en≥4"}, ()),
    ("tiếng Hàn TOPIK 4", {"language:ko≥4"}, ()),
    ("python", {"skill:Python"}, ()),
    ("Python bậc 4", {"skill:Python≥4"}, ()),
    ("kế toán giỏi", {"skill:Kế toán≥4"}, ()),
    ("ke toan", {"skill:Kế toán"}, ()),
    ("thạc sĩ kế toán", {"degree:THS", "skill:Kế toán"}, ()),
    ("thac si ke toan", {"degree:THS", "skill:Kế toán"}, ()),
    ("ThS kế toán", {"degree:THS", "skill:Kế toán"}, ()),
    ("tiến sĩ", {"degree:TS"}, ()),
    ("PGS.TS", {"title:associate_professor", "degree:TS"}, ()),
    ("phó giáo sư", {"title:associate_professor"}, ()),
    ("giáo sư", {"title:professor"}, ()),
    ("bác sĩ chuyên khoa II", {"degree:CKII"}, ()),
    ("kế toán ở Lai Châu", {"skill:Kế toán", "place:Lai Châu"}, ()),
    ("ke toan lai chau", {"skill:Kế toán", "place:Lai Châu"}, ()),
    ("kế toán Bến Tre", {"skill:Kế toán", "place:Bến Tre"}, ()),
    ("ben tre", {"place:Bến Tre"}, ()),
    ("quê Hải Phòng", {"origin:Hải Phòng"}, ()),
    ("python ở Nhật Bản", {"skill:Python", "country:JP"}, ()),
    ("python o duc", {"skill:Python", "country:DE"}, ()),
    ("người Việt Nam ở nước ngoài", {"kind:overseas"}, ()),
    ("viet kieu", {"kind:overseas"}, ()),
    ("chuyên gia nước ngoài", {"kind:foreign_expert"}, ()),
    ("cong chuc python", {"kind:civil_servant", "skill:Python"}, ()),
    ("viên chức", {"kind:public_employee"}, ()),
    ("python đã xác minh", {"skill:Python", "evidence:verified"}, ()),
    ("ke toan da xac minh", {"skill:Kế toán", "evidence:verified"}, ()),
    ("kế toán có minh chứng", {"skill:Kế toán", "evidence:attached"}, ()),
    ("kế toán nhận việc ngay", {"skill:Kế toán", "availability:now"}, ()),
    ("python available within 3 months", {"skill:Python", "availability:now"}, ()),
    ("tiến sĩ nông nghiệp", {"degree:TS", "field:762"}, ()),
    ("bằng luật", {"field:738"}, ()),
    ("Nguyễn Văn Luật", set(), ("Nguyễn Văn Luật",)),
    ("python 5 năm", {"skill:Python", "years:5-"}, ()),
    ("python 5 nam kinh nghiem", {"skill:Python", "years:5-"}, ()),
    ("kế toán trên 10 năm", {"skill:Kế toán", "years:10-"}, ()),
    ("kế toán dưới 3 năm", {"skill:Kế toán", "years:0-3"}, ()),
    ("ke toan 3-5 nam", {"skill:Kế toán", "years:3-5"}, ()),
    ("Lò Văn Chiến", set(), ("Lò Văn Chiến",)),
    ("lo van chien", set(), ("lo van chien",)),
    ("chien", set(), ("chien",)),
    ("Nguyen Van Tai", set(), ("Nguyen Van Tai",)),
    ("Nguyễn Hải Dương", set(), ("Nguyễn Hải Dương",)),
    ("Lò Văn Chiến python", {"skill:Python"}, ("Lò Văn Chiến",)),
    ("chien ke toan", {"skill:Kế toán"}, ("chien",)),
    ("HS-20418", set(), ("HS-20418",)),
    ("kỹ sư dữ liệuu", {"skill:Kỹ thuật dữ liệu"}, ()),
    ("tiêng nhật", {"language:ja"}, ()),
    ("machin lerning", {"skill:Học máy"}, ()),
    ("machin", {"skill:Sản xuất mạch in"}, ()),
    ("ketoan pyhton", {"skill:Kế toán", "skill:Python"}, ()),
    ("lập trình viên pyhton", {"skill:Kỹ thuật phần mềm", "skill:Python"}, ()),
    ("Watson", set(), ("Watson",)),
    ("giáo viên tiếng anh Mường Tè", {"skill:Dạy tiếng Anh trẻ em, trung tâm"}, ("Mường Tè",)),
    ("AI expert living abroad", {"skill:Trí tuệ nhân tạo≥5", "residence:abroad"}, ()),
    ("civil servant law degree", {"kind:civil_servant", "field:738"}, ()),
    ("ky su du lieu N1", {"skill:Kỹ thuật dữ liệu", "language:ja≥5"}, ()),
    ("tieng nhaat", {"language:ja"}, ()),
    ("xyzzy plugh", set(), ("xyzzy plugh",)),
    ("", set(), ()),
    ("   ", set(), ()),
    ("%_\\'\"", set(), ("%_\\'\"",)),
]


@pytest.mark.parametrize(("query", "parts", "leftover"), TABLE, ids=[row[0] or "nothing" for row in TABLE])
def test_a_query_is_understood_as(query: str, parts: set[str], leftover: tuple[str, ...]) -> None:
    found = read_box(query, lexicon())
    assert {told(part) for part in found.parts} == parts
    assert found.leftover == leftover


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("a" * 1_000_000, "too_long"),
        ("tiếng Nhật " * 100_000, "too_long"),
        ("tieng\x00nhat", "control"),
        ("tieng \u202enhat", "bidi"),
        ("tieng \ud800", "encoding"),
        ("a\u0300\u0301\u0302\u0303\u0304" * 10, "control"),
    ],
)
def test_hostile_text_is_refused_unread_and_at_once(query: str, reason: str) -> None:
    lexicon()
    began = time.perf_counter()
    found = read_box(query, lexicon())
    assert time.perf_counter() - began < 0.5
    assert (found.refused, found.parts, found.leftover) == (reason, (), ())


@pytest.mark.parametrize(
    "query", ["a " * 100, "kỹ sư " * 33, "n" * LONGEST_QUERY, "5 năm " * 33, "((((" * 50]
)
def test_the_longest_query_costs_little(query: str) -> None:
    lexicon()
    began = time.perf_counter()
    read_box(query[:LONGEST_QUERY], lexicon())
    assert time.perf_counter() - began < 1.0


def test_zero_width_signs_are_dropped_and_marks_typed_apart_are_joined() -> None:
    pasted = read_box("tie\u0302\u0301ng\u200b Nha\u0323\u0302t", lexicon())
    assert {told(part) for part in pasted.parts} == {"language:ja"}


def test_every_part_says_its_words_and_what_the_query_is_without_them() -> None:
    found = read_box("ky su du lieu tieng nhat N2 o Lai Chau", lexicon())
    assert [part.words for part in found.parts] == ["ky su du lieu", "tieng nhat N2", "Lai Chau"]
    assert found.rests == (
        "tieng nhat N2 o Lai Chau",
        "ky su du lieu o Lai Chau",
        "ky su du lieu tieng nhat N2 o",
    )


def test_marks_typed_are_never_overlooked() -> None:
    """«dược» is a craft and «được» is no word for it."""
    assert not read_box("được", lexicon()).parts
    assert read_box("dược", lexicon()).parts


def test_reading_never_depends_on_what_was_read_before() -> None:
    first = read_box("ky su du lieu tieng nhat", lexicon())
    read_box("Lò Văn Chiến", lexicon())
    assert read_box("ky su du lieu tieng nhat", lexicon()) == first


def test_a_box_is_read_once_by_a_vocabulary_and_places_and_anew_by_others() -> None:
    skills, places = lexicon().skills, lexicon().places
    read = reads_by(skills, places).of("kế toán")
    assert read == read_box("kế toán", lexicon())
    assert reads_by(skills, places).of("kế toán") is read
    assert reads_by(skills, places).of("ke toan") is not read
    for changed in ((copy(skills), places), (skills, copy(places))):
        again = reads_by(*changed).of("kế toán")
        assert again is not read
        assert again == read
