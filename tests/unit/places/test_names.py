"""Spelling, kind words and the words of answers."""

import pytest

from registry.places.rules import AnswerState, Candidate, Country, CountryIndex, PlaceAnswer
from registry.places.rules.kinds import UnitKind, kinds_typed
from registry.places.rules.segments import ways_to_cut
from registry.places.rules.spelling import Grade, grade, key_of, name_tokens
from tests.factories.places import gazetteer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ea H’leo", "Ea H'Leo"),
        ("Kon Tum", "Kontum"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("Quy Nhơn", "Qui Nhơn"),
        ("Phường 01", "phường 1"),
        ("P1", "P. 1"),
        ("Bà Rịa - Vũng Tàu", "bà rịa vũng tàu"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Bến Tre", "Bến Tre"),
    ],
)
def test_spellings_of_one_name_have_one_key_and_agree(one: str, other: str) -> None:
    assert key_of(name_tokens(one)) == key_of(name_tokens(other))
    assert grade(name_tokens(one), name_tokens(other)) is not Grade.CONFLICT


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("Tân Thành", "Tân Thành", Grade.EXACT),
        ("Tan Thanh", "Tân Thành", Grade.LENIENT),
        ("Tân Thanh", "Tân Thạnh", Grade.LENIENT),
        ("Tân Thành", "Tân Thạnh", Grade.CONFLICT),
        ("Tân Thành", "Tan Thành", Grade.CONFLICT),
        ("Đien Bien", "Điện Biên", Grade.CONFLICT),
        ("Kontum", "Kon Tum", Grade.EXACT),
        ("Daklak", "Đắk Lắk", Grade.LENIENT),
        ("Đaklak", "Đắk Lắk", Grade.CONFLICT),
    ],
)
def test_marks_that_were_typed_must_agree(typed: str, name: str, expected: Grade) -> None:
    assert grade(name_tokens(typed), name_tokens(name)) is expected


def test_kind_words_are_seen_at_both_ends_and_leave_a_name() -> None:
    assert kinds_typed(("thi", "trấn", "ba", "tri")) == [(frozenset({UnitKind.TOWNSHIP}), ("ba", "tri"))]
    assert kinds_typed(("ben", "tre", "province")) == [(frozenset({UnitKind.PROVINCE}), ("ben", "tre"))]
    assert kinds_typed(("xã",)) == []


def test_a_hyphen_inside_a_name_does_not_cut_it() -> None:
    cut = ways_to_cut("Phường 1 - Vũng Tàu - Bà Rịa - Vũng Tàu", gazetteer().knows)
    assert [" ".join(part) for part in cut[0]] == ["phường 1", "vũng tàu", "bà rịa vũng tàu"]


def test_words_of_an_answer_name_the_former_unit_and_what_it_is_now() -> None:
    assert gazetteer().resolve("Bến Tre").words() == "Bến Tre, nay là Vĩnh Long"
    assert gazetteer().resolve("Bến Tre").words("en") == "Bến Tre, now Vĩnh Long"
    assert (
        gazetteer().resolve("thị trấn Ba Tri, huyện Ba Tri, Bến Tre").words()
        == "thị trấn Ba Tri, huyện Ba Tri, tỉnh Bến Tre, nay là xã Ba Tri, tỉnh Vĩnh Long"
    )
    assert (
        gazetteer().resolve("huyện Ba Tri").words() == "huyện Ba Tri, tỉnh Bến Tre, nay thuộc tỉnh Vĩnh Long"
    )
    assert gazetteer().resolve("Quận 3").words() == "quận 3 (cũ), thành phố Hồ Chí Minh"
    assert (
        gazetteer().resolve("xã Ba Tri, tỉnh Vĩnh Long").words("en") == "Ba Tri Commune, Vĩnh Long Province"
    )
    assert gazetteer().resolve("P1, Q3, TPHCM").words("en").startswith("Ward 1, District 3, Hồ Chí Minh City")


def test_a_question_is_a_sentence_that_says_how_to_answer_it() -> None:
    sentence = gazetteer().resolve("Tân Phú").words()
    assert sentence.startswith("«Tân Phú» có thể là ")
    assert "huyện và tỉnh" in sentence
    assert sentence.endswith("…")
    assert PlaceAnswer("z" * 500, AnswerState.UNKNOWN).words().count("z") == 60


def test_a_candidate_of_today_needs_no_former_unit() -> None:
    unit = gazetteer().by_path("VN/86/")
    assert unit is not None
    assert Candidate(unit).words() == "tỉnh Vĩnh Long"


def test_units_of_today_are_listed_by_how_their_names_begin() -> None:
    found = gazetteer().starting_with(name_tokens("Vinh L"), most=5)
    assert "tỉnh Vĩnh Long" in [place.full_name for place in found]
    assert gazetteer().starting_with((), most=5) == []
    assert len(gazetteer().starting_with(name_tokens("tan"), most=5)) == 5


def test_two_countries_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two countries"):
        CountryIndex([Country("AA", "Một", "One"), Country("BB", "Hai", "Two", ("mot",))])
