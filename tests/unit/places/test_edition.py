"""The data files put together: exact counts, keys, paths and successions."""

from collections import Counter
from datetime import date

from registry.places.rules import LAST_DAY_BEFORE, REFORM, UnitKind, UnitLevel
from registry.places.rules.edition import START_UNKNOWN, slug
from tests.factories.places import edition, gazetteer, of_level, places, words

REUSED_CODES = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}


def test_today_has_34_provinces_and_3321_communes_of_three_kinds() -> None:
    assert len(of_level(UnitLevel.PROVINCE, current=True)) == 34
    kinds = Counter(place.kind for place in of_level(UnitLevel.COMMUNE, current=True))
    assert kinds == {UnitKind.COMMUNE: 2621, UnitKind.WARD: 687, UnitKind.SPECIAL_ZONE: 13}
    assert not of_level(UnitLevel.DISTRICT, current=True)


def test_63_provinces_and_their_districts_and_communes_ended_on_the_last_day_before_the_reform() -> None:
    ended = Counter(place.level for place in places().values() if place.valid_to == LAST_DAY_BEFORE)
    assert ended == {UnitLevel.PROVINCE: 63, UnitLevel.DISTRICT: 698, UnitLevel.COMMUNE: 10807}
    older = [p for p in of_level(UnitLevel.PROVINCE, current=False) if p.valid_to != LAST_DAY_BEFORE]
    assert len(older) == 21
    assert max(p.valid_to for p in older if p.valid_to is not None) == date(2008, 7, 31)


def test_a_code_alone_is_not_a_key() -> None:
    reused = {
        code: (old.name, places()[code, REFORM].name)
        for (code, start), old in places().items()
        if start == START_UNKNOWN and (code, REFORM) in places() and len(code) == 2
        if old.name != places()[code, REFORM].name and code != "46"
    }
    assert reused == REUSED_CODES


def test_paths_are_unique_and_units_that_ended_lie_outside_every_scope() -> None:
    paths = [place.path for place in places().values()]
    assert len(set(paths)) == len(paths)
    for place in places().values():
        assert place.path.startswith("VN/") is place.is_current
        if place.is_current and place.parent is not None:
            assert place.path == f"{place.parent.path}{place.code}/"


def test_three_cities_were_provinces_on_the_day_of_the_reform() -> None:
    seen = {(key[0], day): kind for key, kind, day in edition().kinds_seen}
    changed = {
        places()[code, REFORM].name
        for code, day in seen
        if day == REFORM and seen[code, day] is not places()[code, REFORM].kind
    }
    assert changed == {"Đồng Nai", "Quảng Ninh", "Bắc Ninh"}
    assert Counter(place.kind for place in of_level(UnitLevel.PROVINCE, current=True))[UnitKind.CITY] == 9


def test_every_former_commune_has_a_successor_and_every_province_a_predecessor() -> None:
    for place in of_level(UnitLevel.COMMUNE, current=False):
        assert gazetteer().today(place)
        assert all(unit.level is UnitLevel.COMMUNE for unit in gazetteer().today(place))
    for place in of_level(UnitLevel.PROVINCE, current=True):
        former = [one for one in gazetteer().former(place) if one.level is UnitLevel.PROVINCE]
        assert former


def test_island_districts_went_whole_into_special_zones() -> None:
    named = {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}
    for district in of_level(UnitLevel.DISTRICT, current=False):
        if district.name in named:
            (zone,) = gazetteer().today(district)
            assert (zone.kind, zone.name) == (UnitKind.SPECIAL_ZONE, district.name)
            named.remove(district.name)
    assert named == set()


def test_what_a_commune_was_made_of_is_told_in_dictionary_order() -> None:
    commune = gazetteer().by_path("VN/86/29110/")
    assert commune is not None
    assert gazetteer().by_id(commune.id) is commune
    made_of = words(gazetteer().former(commune))
    assert "thị trấn Ba Tri, huyện Ba Tri, tỉnh Bến Tre" in made_of
    assert [place.sort_key for place in gazetteer().former(commune)] == sorted(
        place.sort_key for place in gazetteer().former(commune)
    )


def test_a_code_for_units_without_one_is_made_of_their_words() -> None:
    assert slug("huyện", "Ba Tri") == "huyen-ba-tri"
    assert slug("thành phố", "Phan Rang-Tháp Chàm") == "thanh-pho-phan-rang-thap-cham"
