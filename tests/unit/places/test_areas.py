"""What kind of area a place is on a day, over the reform of 2025-07-01."""

from datetime import date

from registry.places.rules import AreaKind, AreaRecord, Place, UnitLevel, area_of, spans_of
from registry.places.rules.areas import Records
from tests.factories.places import gazetteer, of_level

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
PRIORITY, MOUNTAIN = AreaKind.PRIORITY, AreaKind.MOUNTAIN


def district(name: str) -> Place:
    [found] = [
        one
        for one in of_level(UnitLevel.DISTRICT, current=False)
        if one.name == name and one.parent is not None and one.parent.name == "Khánh Hòa"
    ]
    return found


def commune(code: str) -> Place:
    [found] = [one for one in gazetteer().by_code(code) if one.is_current]
    return found


def said(*rows: tuple[Place, set[AreaKind], date]) -> Records:
    found: dict[int, list[AreaRecord]] = {}
    for place, kinds, day in sorted(rows, key=lambda row: row[2]):
        found.setdefault(place.id, []).append(AreaRecord(place.id, frozenset(kinds), day))
    return found


def test_what_is_said_of_a_former_district_goes_on_for_its_communes() -> None:
    khanh_son = district("Khánh Sơn")
    records = said((khanh_son, {PRIORITY, MOUNTAIN}, date(2024, 1, 1)))
    for day in (OLD, NEW, date(2030, 1, 1)):
        for code in ("22714", "22720", "22732"):
            found = area_of(gazetteer(), records, commune(code), day)
            assert (found.kinds, found.of) == ({PRIORITY, MOUNTAIN}, khanh_son)
    assert area_of(gazetteer(), records, commune("22714"), date(2023, 12, 31)).kinds is None
    assert area_of(gazetteer(), records, commune("22609"), NEW).kinds is None


def test_an_island_that_was_never_divided_keeps_what_it_was() -> None:
    truong_sa = district("Trường Sa")
    records = said((truong_sa, {AreaKind.ISLAND, PRIORITY}, date(2024, 1, 1)))
    assert area_of(gazetteer(), records, commune("22736"), NEW).kinds == {AreaKind.ISLAND, PRIORITY}


def test_a_record_of_ones_own_goes_before_and_says_when_it_ends() -> None:
    khanh_son, tay = district("Khánh Sơn"), commune("22720")
    records = said((khanh_son, {PRIORITY}, date(2024, 1, 1)), (tay, set(), date(2026, 1, 1)))
    assert area_of(gazetteer(), records, tay, date(2025, 12, 31)).kinds == {PRIORITY}
    assert area_of(gazetteer(), records, tay, date(2026, 1, 1)).kinds == frozenset()
    assert area_of(gazetteer(), records, commune("22714"), date(2026, 1, 1)).kinds == {PRIORITY}


def test_of_parts_that_differ_nothing_is_concluded() -> None:
    place = commune("22714")
    first, *others = gazetteer().former(place)
    assert others
    records = said((first, {PRIORITY}, date(2024, 1, 1)))
    found = area_of(gazetteer(), records, place, NEW)
    assert (found.kinds, found.is_divided) == (None, True)
    assert spans_of(gazetteer(), records, PRIORITY) == []


def test_spans_begin_and_end_with_the_records() -> None:
    khanh_son, tay = district("Khánh Sơn"), commune("22720")
    records = said((khanh_son, {PRIORITY}, date(2024, 1, 1)), (tay, set(), date(2026, 1, 1)))
    before, after = spans_of(gazetteer(), records, PRIORITY)
    assert (before.first, before.last) == (date(2024, 1, 1), date(2025, 12, 31))
    assert (after.first, after.last) == (date(2026, 1, 1), None)
    assert set(before.paths) - set(after.paths) == {tay.path}
    assert spans_of(gazetteer(), records, AreaKind.BORDER) == []


def test_a_province_and_its_communes_are_each_named() -> None:
    [lai_chau] = [one for one in of_level(UnitLevel.PROVINCE, current=True) if one.path == "VN/12/"]
    [span] = spans_of(gazetteer(), said((lai_chau, {MOUNTAIN}, date(2024, 1, 1))), MOUNTAIN)
    assert "VN/12/" in span.paths
    assert len(span.paths) == 1 + len(gazetteer().communes_of(lai_chau))
