"""What typed places mean: one unit, or a question, never a guess. Over all units of the data files."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.places.rules import AnswerState, Candidate, Place, UnitLevel
from tests.factories.places import gazetteer, of_level

RESOLVED = {
    # What people type: (the unit of today, the former unit it names or "")
    "Bến Tre": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "tỉnh Bến Tre": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "BẾN TRE": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "ben tre": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "Ben Tre province": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "tỉnh Bến Tre (cũ)": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "Bến Tre, nay là Vĩnh Long": ("tỉnh Vĩnh Long", "tỉnh Bến Tre"),
    "Vĩnh Long": ("tỉnh Vĩnh Long", ""),
    "TP. HCM": ("thành phố Hồ Chí Minh", ""),
    "TPHCM": ("thành phố Hồ Chí Minh", ""),
    "tp.hcm": ("thành phố Hồ Chí Minh", ""),
    "TP.HCM-Việt Nam": ("thành phố Hồ Chí Minh", ""),
    "Sài Gòn": ("thành phố Hồ Chí Minh", ""),
    "Ho Chi Minh City": ("thành phố Hồ Chí Minh", ""),
    "Hà nội": ("thành phố Hà Nội", ""),
    "Hanoi": ("thành phố Hà Nội", ""),
    "HN": ("thành phố Hà Nội", ""),
    "Hà Nội, Hà Nội": ("thành phố Hà Nội", ""),
    "Huế": ("thành phố Huế", ""),
    "Thừa Thiên Huế": ("thành phố Huế", "tỉnh Thừa Thiên Huế"),
    "TT. Huế": ("thành phố Huế", "tỉnh Thừa Thiên Huế"),
    "Bà Rịa - Vũng Tàu": ("thành phố Hồ Chí Minh", "tỉnh Bà Rịa - Vũng Tàu"),
    "Bà Rịa – Vũng Tàu": ("thành phố Hồ Chí Minh", "tỉnh Bà Rịa - Vũng Tàu"),
    "BR-VT": ("thành phố Hồ Chí Minh", "tỉnh Bà Rịa - Vũng Tàu"),
    "Dak Lak": ("tỉnh Đắk Lắk", ""),
    "Daklak": ("tỉnh Đắk Lắk", ""),
    "Đăk Lăk": ("tỉnh Đắk Lắk", ""),
    "Đắc Lắc": ("tỉnh Đắk Lắk", ""),
    "Kontum": ("tỉnh Quảng Ngãi", "tỉnh Kon Tum"),
    "tỉnh Đồng Nai": ("thành phố Đồng Nai", ""),
    "thành phố Đồng Nai": ("thành phố Đồng Nai", ""),
    "Hoàng Liên Sơn": ("tỉnh Lào Cai", "tỉnh Hoàng Liên Sơn"),
    "Việt Nam": ("Việt Nam", ""),
    "Quận 3": ("thành phố Hồ Chí Minh", "quận 3"),
    "Q.3 TP.HCM": ("thành phố Hồ Chí Minh", "quận 3"),
    "District 3, Ho Chi Minh City": ("thành phố Hồ Chí Minh", "quận 3"),
    "TX. Sơn Tây": ("thành phố Hà Nội", "thị xã Sơn Tây"),
    "P1, Q3, TPHCM": ("phường Bàn Cờ", "phường 1"),
    "P. 01, quận 03, TP HCM": ("phường Bàn Cờ", "phường 1"),
    "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh, Việt Nam": ("phường Sài Gòn", "phường Bến Nghé"),
    "số 5, đường Trần Phú, P. Thắng Tam, TP Vũng Tàu, Bà Rịa-Vũng Tàu": (
        "phường Vũng Tàu",
        "phường Thắng Tam",
    ),
    "TT. Ba Tri, H. Ba Tri, Bến Tre": ("xã Ba Tri", "thị trấn Ba Tri"),
    "Bến Tre, huyện Ba Tri, thị trấn Ba Tri": ("xã Ba Tri", "thị trấn Ba Tri"),
    "thị trấn Ba Tri huyện Ba Tri tỉnh Bến Tre": ("xã Ba Tri", "thị trấn Ba Tri"),
    "thi tran ba tri - huyen ba tri - ben tre": ("xã Ba Tri", "thị trấn Ba Tri"),
    "thị trấn Ba Tri, huyện Ba Tri, tỉnh Vĩnh Long": ("xã Ba Tri", "thị trấn Ba Tri"),
    "xã Ba Tri, tỉnh Vĩnh Long": ("xã Ba Tri", ""),
    "Ba Tri Commune, Vinh Long Province": ("xã Ba Tri", ""),
    "xã Tân Xã, huyện Thạch Thất": ("xã Hòa Lạc", "xã Tân Xã"),
    "phường Phường Đúc, Huế": ("phường Thuận Hóa", "phường Phường Đúc"),
    "Văn Miếu - Quốc Tử Giám, Hà Nội": ("phường Văn Miếu - Quốc Tử Giám", ""),
    "B’Lao": ("phường B'Lao", ""),
    "xã Kỳ Trinh, huyện Kỳ Anh, Hà Tĩnh": ("phường Sông Trí", "phường Kỳ Trinh"),
    "huyện đảo Lý Sơn, Quảng Ngãi": ("đặc khu Lý Sơn", "huyện Lý Sơn"),
    "Hoàng Sa, Đà Nẵng": ("đặc khu Hoàng Sa", ""),
    "Trường Sa, Khánh Hòa": ("đặc khu Trường Sa", ""),
    "Khánh Hoà": ("tỉnh Khánh Hòa", ""),
    "Phú Quí, Bình Thuận": ("đặc khu Phú Quý", ""),
}


@pytest.mark.parametrize(("typed", "expected"), RESOLVED.items())
def test_a_typed_place_is_one_unit_of_today(typed: str, expected: tuple[str, str]) -> None:
    answer = gazetteer().resolve(typed)
    assert answer.unit is not None, answer.words()
    former = answer.former.full_name if answer.former is not None else ""
    assert (answer.unit.full_name, former) == expected
    assert answer.unit.is_current


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("Tân Phú", ""),
        ("xã Tân Phú", ""),
        ("Phường 1", "phường 1, quận 3, thành phố Hồ Chí Minh, nay là phường Bàn Cờ, thành phố Hồ Chí Minh"),
        ("Ba Tri, Bến Tre", "huyện Ba Tri, tỉnh Bến Tre, nay thuộc tỉnh Vĩnh Long"),
        ("Vũng Tàu", "phường Vũng Tàu, thành phố Hồ Chí Minh"),
        ("Nha Trang", "thành phố Nha Trang (cũ), tỉnh Khánh Hòa"),
        ("Hải Hưng", "Hải Hưng, nay là Hải Phòng"),
        ("ĐN", "thành phố Đồng Nai"),
        ("QN", "Quảng Nam, nay là Đà Nẵng"),
        ("Tân Phú, Đồng Tháp", "xã Tân Phú, tỉnh Đồng Tháp"),
        ("phường Dịch Vọng, quận Cầu Giấy, Hà Nội", ""),
    ],
)
def test_a_name_of_several_places_is_a_question_with_candidates(typed: str, among: str) -> None:
    answer = gazetteer().resolve(typed)
    assert (answer.state, answer.unit) == (AnswerState.AMBIGUOUS, None)
    assert len(answer.candidates) > 1
    assert answer.total >= len(answer.candidates)
    if among:
        assert among in [one.words() for one in answer.candidates] or answer.total > len(answer.candidates)


@pytest.mark.parametrize("typed", ["Bến Trẻ", "Tỉnh Vĩnh Lòng", "Hà Nọi", "Thái Nguyền"])
def test_marks_that_conflict_do_not_match_but_the_name_is_offered(typed: str) -> None:
    answer = gazetteer().resolve(typed)
    assert (answer.state, answer.unit) == (AnswerState.UNKNOWN, None)
    assert answer.candidates


def test_an_unmarked_word_fits_any_marks_beside_marked_ones() -> None:
    answer = gazetteer().resolve("thi trấn Ba Tri, Ba Tri, Ben Tre")
    assert answer.unit is not None
    assert answer.unit.name == "Ba Tri"


def test_communes_of_one_province_that_differ_only_in_marks_are_both_shown() -> None:
    pairs = pairs_without_marks()
    assert len(pairs) == 10
    assert len([one for one, other in pairs if one.kind is other.kind]) == 8
    for one, other in pairs:
        typed = f"{plain(one.name)}, {one.parent.full_name if one.parent else ''}"
        offered = {candidate.unit.id for candidate in gazetteer().resolve(typed).candidates}
        assert {one.id, other.id} <= offered, typed
        for exact in (one, other):
            found = gazetteer().resolve(exact.words()).unit
            assert found is exact


def pairs_without_marks() -> list[tuple[Place, Place]]:
    by_key: dict[tuple[str, str], list[Place]] = {}
    for place in of_level(UnitLevel.COMMUNE, current=True):
        assert place.parent is not None
        by_key.setdefault((place.parent.code, plain(place.name).lower()), []).append(place)
    return [(found[0], found[1]) for found in by_key.values() if len(found) == 2]


def plain(text: str) -> str:
    """The text as typed without a Vietnamese keyboard."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@pytest.mark.parametrize(
    "typed", ["Xứ Lạ Kỳ", "24", "Hà Nội và TP.HCM", "An Thủy, Hà Nội", "x" * 201, "…", "a,b,c"]
)
def test_what_names_no_place_stays_without_a_unit(typed: str) -> None:
    answer = gazetteer().resolve(typed)
    assert answer.unit is None
    assert answer.words()


@pytest.mark.parametrize("typed", ["", "   ", " , . - "])
def test_nothing_typed_is_empty_not_unknown(typed: str) -> None:
    assert gazetteer().resolve(typed).state is AnswerState.EMPTY


def test_a_part_that_is_not_understood_leaves_the_rest_as_an_offer() -> None:
    answer = gazetteer().resolve("Xóm Chài Lưới Nào Đó, Bến Tre")
    assert answer.unit is not None, "a hamlet is below the list"
    strange = gazetteer().resolve("Vương Quốc Xa Xôi, Bến Tre")
    assert strange.unit is None
    assert [one.words() for one in strange.candidates] == ["Bến Tre, nay là Vĩnh Long"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Hà Nội - Xứ Lạ Kỳ", "thành phố Hà Nội"),
        ("Xứ Lạ Kỳ tỉnh Bến Tre", "Bến Tre, nay là Vĩnh Long"),
    ],
)
def test_the_understood_part_is_offered_however_the_text_is_cut(typed: str, offered: str) -> None:
    answer = gazetteer().resolve(typed)
    assert (answer.state, answer.unit) == (AnswerState.UNKNOWN, None)
    assert [one.words() for one in answer.candidates] == [offered]


def test_what_a_place_is_now_narrows_a_question_only_to_one_answer() -> None:
    one = gazetteer().resolve("phường 1, nay là phường Bàn Cờ, thành phố Hồ Chí Minh")
    assert one.unit is not None
    assert one.unit.full_name == "phường Bàn Cờ"
    several = gazetteer().resolve("xã Tân Phú, nay là tỉnh Đồng Tháp")
    assert several.state is AnswerState.AMBIGUOUS
    assert gazetteer().resolve("Bến Tre, nay là Xứ Lạ").unit is not None


def test_a_number_alone_is_no_ward_but_the_wards_are_offered() -> None:
    answer = gazetteer().resolve("1, Đông Hà, Quảng Trị")
    assert answer.unit is None
    assert [one.former.words() for one in answer.candidates if one.former] == [
        "phường 1, thành phố Đông Hà, tỉnh Quảng Trị"
    ]


def test_a_wrong_kind_word_is_a_question_until_district_and_province_are_named() -> None:
    without = gazetteer().resolve("xã Ba Đình, Hà Nội")
    assert without.unit is None
    assert [one.words() for one in without.candidates] != []
    assert gazetteer().resolve("xã Kỳ Trinh, thị xã Kỳ Anh, tỉnh Hà Tĩnh").unit is not None


def test_the_full_name_of_a_unit_of_today_tells_former_units_of_that_name() -> None:
    answer = gazetteer().resolve("xã Tân Phú, tỉnh Đồng Tháp")
    assert answer.unit is not None
    assert answer.former is None
    assert answer.also
    assert all(one.unit is not answer.unit for one in answer.also)


def test_a_day_decides_between_the_eras() -> None:
    typed = "xã Tân Phú, huyện Tân Phú Đông, Tiền Giang"
    before = gazetteer().resolve("Tân Phú, Tiền Giang", on=date(2024, 1, 1))
    assert all(one.former is not None for one in before.candidates)
    today = gazetteer().resolve("Tân Phú, Đồng Tháp", on=date(2026, 11, 25))
    assert today.unit is not None
    assert today.unit.full_name == "xã Tân Phú"
    assert gazetteer().resolve(typed, on=date(2026, 11, 25)).unit is not None, "former names stay accepted"


@pytest.mark.slow
def test_every_unit_of_today_is_found_by_its_own_words() -> None:
    communes = of_level(UnitLevel.COMMUNE, current=True)
    assert len(communes) == 3321
    lost = [place.words() for place in communes if gazetteer().resolve(place.words()).unit is not place]
    assert lost == []


@pytest.mark.slow
def test_no_former_commune_named_with_district_and_province_goes_elsewhere() -> None:
    former = of_level(UnitLevel.COMMUNE, current=False)
    assert len(former) == 10807
    asked = 0
    for place in former:
        answer = gazetteer().resolve(place.words())
        if answer.unit is None:
            assert answer.state is AnswerState.AMBIGUOUS, place.words()
            asked += 1
        else:
            assert answer.unit in gazetteer().today(place), place.words()
    assert asked == 28


def test_every_candidate_answers_its_own_question() -> None:
    for place in of_level(UnitLevel.COMMUNE, current=False)[::7]:
        for unit in gazetteer().today(place):
            assert gazetteer().resolve(Candidate(unit, place).words()).unit is unit


def test_every_former_district_is_in_one_province() -> None:
    for place in of_level(UnitLevel.DISTRICT, current=False):
        answer = gazetteer().resolve(place.words())
        assert answer.unit is not None, place.words()
        assert answer.unit in gazetteer().today(place)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_raises_or_leads_to_a_unit_that_ended(typed: str) -> None:
    answer = gazetteer().resolve(typed)
    assert answer.unit is None or answer.unit.is_current
    assert answer.words()
    assert answer.words("en")


@given(st.sampled_from(sorted(RESOLVED)), st.sampled_from(["upper", "lower", "spaces", "dots"]))
@settings(max_examples=150, deadline=None)
def test_case_and_blanks_change_nothing(typed: str, how: str) -> None:
    changed = {
        "upper": typed.upper(),
        "lower": typed.lower(),
        "spaces": typed.replace(" ", "  "),
        "dots": f" {typed}. ",
    }
    assert gazetteer().resolve(changed[how]).unit is gazetteer().resolve(typed).unit


def test_a_flood_of_separators_and_kind_words_is_answered_quickly() -> None:
    for typed in ("," * 200, "xã " * 66, "- " * 100, "tân " * 50, "phường 1, " * 20, "P.P.P.P." * 25):
        assert gazetteer().resolve(typed).unit is None
