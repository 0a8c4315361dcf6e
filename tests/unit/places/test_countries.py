"""Countries by code, Vietnamese and English name."""

import pytest

from registry.places.queries import countries, country_index, country_name, resolve_country


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Đức", "DE"),
        ("CHLB Đức", "DE"),
        ("nước Đức", "DE"),
        ("duc", "DE"),
        ("Germany", "DE"),
        ("Mỹ", "US"),
        ("Hoa Kỳ", "US"),
        ("U.S.A.", "US"),
        ("Áo", "AT"),
        ("ao", "AT"),
        ("AO", "AO"),
        ("Ý", "IT"),
        ("Nhật", "JP"),
        ("Hàn Quốc", "KR"),
        ("Cote d'Ivoire", "CI"),
        ("vn", "VN"),
        ("Nhật Bản", "JP"),
    ],
)
def test_a_country_is_found_by_what_people_call_it(typed: str, code: str) -> None:
    found = resolve_country(typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "Xứ lạ", "x" * 500, "Đức\x00", "ZZ"])
def test_what_is_no_country_is_none(typed: str) -> None:
    assert resolve_country(typed) is None


def test_all_249_codes_have_names_in_both_languages() -> None:
    assert len(country_index().by_code) == 249
    assert all(one.vi and one.en and len(one.code) == 2 for one in country_index().by_code.values())
    assert country_name("FR") == "Pháp"
    assert country_name("FR", "en") == "France"
    assert country_name("XX") == "XX"


def test_countries_are_in_dictionary_order_of_the_language() -> None:
    vietnamese = [one.vi for one in countries()]
    assert vietnamese.index("Áo") < vietnamese.index("Ba Lan") < vietnamese.index("Đức")
    english = [one.en for one in countries("en")]
    assert english.index("Austria") < english.index("Germany")
