"""Loading the units into a database, and reading them back."""

import time
import unicodedata
from datetime import date

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.places import queries
from registry.places.models import AdministrativeUnit, PlaceEdition, Succession, UnitKindSeen
from registry.places.operations import load_places
from registry.places.rules import AnswerState, UnitKind, UnitLevel


def counts(session: Session) -> dict[UnitLevel, int]:
    rows = session.execute(
        select(AdministrativeUnit.level, func.count())
        .where(AdministrativeUnit.valid_to.is_(None))
        .group_by(AdministrativeUnit.level)
    )
    return dict(rows.all())


def test_the_database_holds_34_provinces_and_3321_communes(session: Session) -> None:
    assert counts(session) == {UnitLevel.COUNTRY: 1, UnitLevel.PROVINCE: 34, UnitLevel.COMMUNE: 3321}
    former = select(func.count()).where(AdministrativeUnit.valid_to == date(2025, 6, 30))
    assert session.scalar(former) == 63 + 698 + 10807
    assert session.scalar(select(func.count()).select_from(Succession)) == 10833 + 63 + 14 + 43


def test_loading_again_writes_nothing(session: Session) -> None:
    before = session.scalars(select(PlaceEdition.public_id)).one()
    assert load_places(session) is False
    assert session.scalars(select(PlaceEdition.public_id)).one() == before


@pytest.mark.slow
def test_another_edition_is_loaded_over_the_old_one_and_keeps_the_ids(session: Session) -> None:
    unit = queries.unit_by_code(session, "86")
    assert unit is not None
    kept = unit.id
    session.execute(update(AdministrativeUnit).where(AdministrativeUnit.id == kept).values(name="Sai"))
    session.execute(update(PlaceEdition).values(digest="another"))
    session.execute(delete(UnitKindSeen))
    session.expire_all()
    assert load_places(session) is True
    session.expire_all()
    mended = queries.unit_by_code(session, "86")
    assert mended is not None
    assert (mended.id, mended.name) == (kept, "Vĩnh Long")
    assert session.scalar(select(func.count()).select_from(Succession)) == 10953
    assert session.scalar(select(func.count()).select_from(UnitKindSeen)) == 68


def test_a_unit_may_be_added_after_loading(session: Session) -> None:
    session.add(
        AdministrativeUnit(
            code="99999",
            kind=UnitKind.COMMUNE,
            level=UnitLevel.COMMUNE,
            name="Thử",
            full_name="xã Thử",
            folded="thu",
            sort_key="Z",
            path="VN/86/99999/",
            valid_from=date(2030, 1, 1),
        )
    )
    session.flush()


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("24", None, "Bắc Ninh"),
        ("24", date(2025, 7, 1), "Bắc Ninh"),
        ("24", date(2025, 6, 30), "Bắc Giang"),
        ("83", date(2025, 6, 30), "Bến Tre"),
        ("83", None, None),
        ("00000", None, None),
    ],
)
def test_a_code_is_read_on_a_day(session: Session, code: str, on: date | None, name: str | None) -> None:
    unit = queries.unit_by_code(session, code, on=on)
    assert (unit.name if unit else None) == name


def test_the_kind_of_a_province_is_dated(session: Session) -> None:
    unit = queries.unit_by_code(session, "75")
    assert unit is not None
    assert unit.kind is UnitKind.CITY
    assert queries.kind_on(session, unit, date(2025, 7, 1)) is UnitKind.PROVINCE
    assert queries.kind_on(session, unit, date(2026, 9, 20)) is UnitKind.CITY
    assert queries.kind_on(session, unit, date(2020, 1, 1)) is UnitKind.CITY, "nothing older is known"


def test_provinces_are_in_dictionary_order_on_both_databases(session: Session) -> None:
    names = [unit.name for unit in queries.provinces(session)]
    assert len(names) == 34
    assert names[:6] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng"]


def test_communes_of_all_provinces_add_up(session: Session) -> None:
    counted = queries.commune_counts(session)
    assert sum(counted.values()) == 3321
    hanoi = queries.unit_by_code(session, "01")
    assert hanoi is not None
    communes = queries.communes_of(session, hanoi)
    assert len(communes) == counted[hanoi.id] == 126
    former = queries.former_provinces_of(session)
    vinh_long = queries.unit_by_code(session, "86")
    assert vinh_long is not None
    assert former[vinh_long.id] == ["Bến Tre", "Trà Vinh"]


@pytest.mark.parametrize(
    "typed", ["Bến Tre", unicodedata.normalize("NFD", "Bến Tre"), "BEN TRE", "  bến   tre "]
)
def test_a_typed_place_is_resolved_however_it_is_encoded(session: Session, typed: str) -> None:
    answer = queries.resolve_place(session, typed)
    assert answer.words() == "Bến Tre, nay là Vĩnh Long"
    assert answer.unit is not None
    stored = session.get(AdministrativeUnit, answer.unit.id)
    assert stored is not None
    assert stored.path == answer.unit.path == "VN/86/"


@pytest.mark.parametrize("typed", ["Bến\x00Tre", "Bến \u202eTre", "x" * 100_000, "\ufffd"])
def test_text_that_may_not_enter_is_unknown_and_raises_nothing(session: Session, typed: str) -> None:
    answer = queries.resolve_place(session, typed)
    assert (answer.state, answer.unit) == (AnswerState.UNKNOWN, None)
    assert answer.words()


def test_units_are_described_by_unit_and_by_path(session: Session) -> None:
    old = queries.unit_by_code(session, "83", on=date(2025, 1, 1))
    assert old is not None
    assert queries.describe_unit(session, old) == "Bến Tre, nay là Vĩnh Long"
    commune = queries.unit_by_path(session, "VN/86/29110/")
    assert commune is not None
    assert queries.describe_unit(session, commune) == "xã Ba Tri, tỉnh Vĩnh Long"
    assert queries.describe_unit(session, "VN/86/29110/", locale="en") == "Ba Tri Commune, Vĩnh Long Province"
    assert queries.describe_unit(session, "VN/nowhere/") == ""


def test_a_divided_unit_is_described_without_a_guess(session: Session) -> None:
    divided = queries.unit_by_code(session, "00166", on=date(2025, 1, 1))
    assert divided is not None
    assert queries.describe_unit(session, divided) == "phường Dịch Vọng, quận Cầu Giấy, thành phố Hà Nội"


def test_the_index_is_built_once_and_answers_many_rows_without_the_database(session: Session) -> None:
    places = queries.gazetteer(session)
    assert queries.gazetteer(session) is places
    started = time.perf_counter()
    for number in range(200):
        places.resolve(f"xã Tân Phú, huyện Châu Thành {number}, Đồng Tháp")
    assert time.perf_counter() - started < 10, "a bound far above the 0.3 seconds of this slowest kind"


def test_an_empty_database_answers_too(session: Session) -> None:
    session.execute(delete(PlaceEdition))
    session.execute(delete(Succession))
    answer = queries.gazetteer(session).resolve("quận Cầu Giấy, Hà Nội")
    assert answer.state in set(AnswerState)
