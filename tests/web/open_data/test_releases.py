"""A release is built by the code of the internal reports, frozen, and held against what was public before.

Names in capitals at the end of tests are items of «The five source programmes».
"""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.indicators.queries.overview import lines_of
from registry.indicators.queries.reading import indicators_of
from registry.indicators.rules.figures import Period
from registry.needs.rules import NeedState
from registry.open_data.models import OpenRelease
from registry.open_data.operations.errors import NoReason, OwnRelease, TellsTooMuch, WrongState
from registry.open_data.operations.releasing import (
    publish_release,
    refuse_release,
    send_release,
    withdraw_release,
)
from registry.open_data.rules.columns import COLUMNS
from registry.open_data.rules.grids import Why, read
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.lines import HIDDEN, MISSING, SHOWN
from registry.open_data.rules.states import ReleaseState
from registry.training.models import SessionLecturer
from registry.training.queries.counting import Period as Days
from registry.training.queries.counting import by_category
from registry.web.clock import today
from tests.factories.accounts import account
from tests.factories.candidates import candidate, crowd, free_from, worked
from tests.factories.indicators import lai_chau_training, printed
from tests.factories.needs import need
from tests.factories.open_data import AT, HALF, YEAR, dataset, draft, published, taught, waiting


@pytest.fixture
def two(session: Session) -> tuple[int, int]:
    """Who prepares and who publishes, by account."""
    return account(session, Role.OFFICER, "VN/12/").id, account(session, Role.CAMPAIGN_ADMIN, "VN/12/").id


def rows_of(release: OpenRelease) -> list[dict[str, str]]:
    """The lines of the CSV file."""
    text = release.csv.decode("utf-8-sig")
    assert release.csv.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text)))


def by(rows: list[dict[str, str]], *names: str) -> dict[tuple[str, ...], dict[str, str]]:
    """The lines by the values of some columns."""
    return {tuple(row[name] for name in names): row for row in rows}


def test_each_kpi_leaves_as_csv_and_json_with_dictionary_and_date_pt2(
    session: Session, two: tuple[int, int]
) -> None:
    """PT2: every indicator of the page, the same figure, with its dictionary; what is missing says why and is never 0."""
    lai_chau_training(session)
    printed(session, "LC")
    release = published(session, dataset(session, DatasetKind.INDICATORS, "chi-tieu"), *two)
    rows = by(rows_of(release), "ma")
    page = lines_of(session, indicators_of(session, Viewer.installation()), HALF, "VN/12/")
    assert set(rows) == {(one.indicator.code,) for one in page}
    for one in page:
        row = rows[one.indicator.code,]
        assert row["so_lieu_ngay"] == "2026-11-27"
        if one.figure.amount is None:
            assert (row["gia_tri"], row["trang_thai"]) == ("", MISSING)
            assert row["ly_do"] == one.figure.why
        else:
            assert float(row["gia_tri"]) == float(one.figure.amount), one.indicator.code
            assert row["trang_thai"] == SHOWN
    assert (rows["LC-DTN",]["gia_tri"], rows["LC-DTN",]["ty_le"]) == ("716", "10.6")
    said: dict[str, Any] = json.loads(release.json, parse_float=Decimal)
    told = {row["ma"]: row for row in said["rows"]}
    assert (told["LC-DTN"]["ty_le"], told["LC-DTN"]["gia_tri"]) == (Decimal("10.6"), 716)
    names = [one.name for one in COLUMNS[DatasetKind.INDICATORS]]
    assert said["columns"] == names == list(rows_of(release)[0])
    assert [str(row["ma"]) for row in said["rows"]] == [row["ma"] for row in rows_of(release)]
    assert (said["as_of"], said["period"]["end"]) == ("2026-11-27", "2025-06-30")
    schema = json.loads(release.dictionary)
    assert [one["name"] for one in schema["tableSchema"]["columns"]] == names
    assert all(one["dc:description"] and one["titles"]["en"] for one in schema["tableSchema"]["columns"])
    assert schema["dc:license"]["@id"].endswith("/by/4.0/")


def test_training_says_what_the_internal_report_says_and_hides_few(
    session: Session, two: tuple[int, int]
) -> None:
    taught(session, "vocational", range(1, 41))
    taught(session, "vocational", range(1, 11), day=date(2025, 4, 1))
    taught(session, "digital", range(100, 112))
    taught(session, "foreign_language", range(1, 4))
    taught(session, "digital", range(500, 700), unit_path="VN/01/")
    taught(session, "digital", range(700, 720), day=date(2025, 8, 1))
    rows = by(rows_of(draft(session, dataset(session), two[0])), "nhom_ma")
    inside = by_category(session, Viewer.installation(), Days(HALF.start, HALF.end, "VN/12/"))
    assert (rows["vocational",]["so_nguoi"], rows["vocational",]["so_luot"]) == ("40", "50")
    assert (inside["vocational"].people, inside["vocational"].attendances) == (40, 50)
    for code in ("foreign_language", "digital"):  # three people, and what would tell them
        assert (rows[code,]["so_nguoi"], rows[code,]["so_luot"]) == ("", "")
        assert rows[code,]["trang_thai"] == HIDDEN
    assert (rows["*",]["so_nguoi"], rows["*",]["so_luot"]) == ("52", "65")
    empty = rows_of(draft(session, dataset(session, code="trong", unit_path="VN/56/"), two[0]))
    assert [(row["so_nguoi"], row["trang_thai"]) for row in empty] == [("", MISSING)]


def test_breakdown_rural_minority_vulnerable_sex_teacher_with_small_cells_hidden_lc7_pt7(
    session: Session, two: tuple[int, int]
) -> None:
    """LC7, PT7: by trait and category; teachers as learners, and lecturers as trainers apart."""
    told: dict[str, Any] = {"is_rural": True, "is_minority": True, "is_vulnerable": False}
    told |= {"sex": "female", "is_teacher": True}
    taught(session, "vocational", range(1, 31), **told)
    taught(session, "vocational", range(31, 34), is_minority=False, is_rural=True, is_teacher=False)
    taught(session, "vocational", range(40, 60))
    lecture(session, "vocational", [f"Giảng viên {number}" for number in range(6)])
    lecture(session, "digital", ["Giảng viên 1", "Giảng viên 2"])
    rows = by(
        rows_of(draft(session, dataset(session, DatasetKind.BREAKDOWN), two[0])),
        "nhom_ma",
        "dac_diem_ma",
        "tra_loi",
    )
    counts = {
        key[1:]: row["so_nguoi"] or row["trang_thai"] for key, row in rows.items() if key[0] == "vocational"
    }
    assert counts["rural", "có"] == "33"
    assert counts["rural", "chưa rõ"] == "50"
    assert counts["rural", "không"] == "0"
    assert counts["minority", "không"] == counts["teacher", "không"] == HIDDEN
    hidden = [answer for answer in ("có", "không", "chưa rõ") if counts["minority", answer] == HIDDEN]
    assert len(hidden) > 1  # else the sum would tell it
    assert counts["vulnerable", "không"] == counts["female", "có"] == "30"
    assert counts["lecturer", "có"] in {"6", HIDDEN}
    assert rows["digital", "lecturer", "có"]["trang_thai"] == HIDDEN
    assert rows["*", "lecturer", "có"]["so_nguoi"] in {"6", ""}
    assert not [row for row in rows.values() if row["so_nguoi"] in {"1", "2", "3", "4"}]
    assert "Giảng viên 1" not in str(rows)


def lecture(session: Session, category: str, names: list[str]) -> None:
    """Lecturers by name of the class of a category."""
    where = taught(session, category, range(1_000, 1_030)).session
    session.add_all(SessionLecturer(session_id=where.id, name=name) for name in names)
    session.flush()


def test_supply_and_demand_leave_by_sector_and_area_with_few_people_hidden(
    session: Session, two: tuple[int, int]
) -> None:
    free = free_from(today())
    need(session, "Kỹ sư", state=NeedState.OPEN, experience_field="748", experience_years=1, headcount=2)
    crowd(session, 7, experience=(worked(2020, None),), availability=free)
    for number in range(2):
        candidate(session, f"Lò Thị Y {number}", experience=(worked(2020, None, "772"),), availability=free)
    session.flush()
    sectors = draft(session, dataset(session, DatasetKind.SECTORS, "linh-vuc"), two[0], on=today())
    rows = by(rows_of(sectors), "linh_vuc_ma")
    assert sectors.starts is None
    assert (rows["74",]["cau"], rows["74",]["chenh_lech"]) in {("2", "5"), ("2", "")}
    assert (rows["77",]["cau"], rows["77",]["cung"], rows["77",]["chenh_lech"]) == ("0", "", "")
    assert rows["77",]["trang_thai"] == HIDDEN
    assert not [row for row in rows.values() if row["cung"] in {"1", "2", "3", "4"}]
    areas = draft(session, dataset(session, DatasetKind.AREAS, "dia-ban"), two[0], on=today())
    assert by(rows_of(areas), "dia_ban_ma")["*",]["cung"] == "9"


def test_bytes_never_change_and_two_people_stand_for_them(session: Session, two: tuple[int, int]) -> None:
    first, second = two
    taught(session, "vocational", range(1, 41))
    made = draft(session, dataset(session), first)
    before = (made.csv, made.json, made.dictionary)
    with pytest.raises(WrongState):
        publish_release(session, made, by=second, at=AT)
    send_release(session, made, by=first, at=AT)
    with pytest.raises(OwnRelease):
        publish_release(session, made, by=first, at=AT)
    with pytest.raises(OwnRelease):
        refuse_release(session, made, "Sai", by=first, at=AT)
    with pytest.raises(NoReason):
        refuse_release(session, made, "  ", by=second, at=AT)
    taught(session, "vocational", range(200, 240))
    publish_release(session, made, by=second, at=AT)
    session.flush()
    session.expire_all()
    assert (made.csv, made.json, made.dictionary) == before
    assert made.state is ReleaseState.PUBLISHED
    withdraw_release(session, made, "Nhầm kỳ", by=second, at=AT)
    with pytest.raises(WrongState):
        withdraw_release(session, made, "Nữa", by=second, at=AT)
    refused = waiting(session, made.dataset, first)
    refuse_release(session, refused, "Thiếu nhóm", by=second, at=AT)
    assert (refused.state, refused.number, refused.reason) == (ReleaseState.REFUSED, 2, "Thiếu nhóm")


def test_two_releases_do_not_tell_of_those_who_came_between(session: Session, two: tuple[int, int]) -> None:
    """EX-07: what was public, withdrawn or not, is held against; what would tell is hidden, and the arithmetic named."""
    first, second = two
    taught(session, "vocational", range(1, 41))
    taught(session, "digital", range(100, 140))
    withdraw_release(session, published(session, dataset(session), first, second), "Rút", by=second, at=AT)
    taught(session, "digital", range(140, 142))
    again = waiting(session, dataset(session, code="nam", unit_path="VN/12/"), first)
    rows = by(rows_of(again), "nhom_ma")
    assert rows["vocational",]["so_nguoi"] == "40"
    assert rows["digital",]["trang_thai"] == rows["*",]["trang_thai"] == HIDDEN
    assert Why.EARLIER in read(again.tables).hidden.values()
    publish_release(session, again, by=second, at=AT)
    # A year that holds the half-year and two people more; a commune that the province holds.
    taught(session, "vocational", range(50, 52), day=date(2025, 9, 1))
    year = by(rows_of(draft(session, dataset(session, code="ca-nam"), first, YEAR)), "nhom_ma")
    assert year["vocational",]["trang_thai"] == HIDDEN
    taught(session, "vocational", range(60, 160), day=date(2025, 9, 2))
    taught(session, "digital", range(160, 260), day=date(2025, 9, 2))
    enough = by(rows_of(draft(session, dataset(session, code="nam-sau"), first, YEAR)), "nhom_ma")
    assert enough["vocational",]["so_nguoi"] == "142"


def test_two_that_wait_at_once_are_held_against_each_other_when_published(
    session: Session, two: tuple[int, int]
) -> None:
    """Neither knew of the other when it was prepared; the second to come out is refused, with what it would tell."""
    first, second = two
    taught(session, "vocational", range(1, 41))
    one = waiting(session, dataset(session), first)
    taught(session, "vocational", range(41, 44))
    other = waiting(session, dataset(session, code="khac"), first)
    publish_release(session, one, by=second, at=AT)
    with pytest.raises(TellsTooMuch) as refused:
        publish_release(session, other, by=second, at=AT)
    assert {(clash.first, clash.second) for clash in refused.value.found} == {(40, 43)}
    assert other.state is ReleaseState.WAITING


def test_an_indicator_and_a_table_of_training_count_the_same_people(
    session: Session, two: tuple[int, int]
) -> None:
    """The figure of a measure, and the category it counts, published apart with two people between."""
    lai_chau_training(session)
    printed(session, "LC")
    published(session, dataset(session, DatasetKind.INDICATORS, "chi-tieu"), *two)
    taught(session, "vocational", range(60_001, 60_003))
    rows = by(rows_of(draft(session, dataset(session), two[0])), "nhom_ma")
    assert rows["vocational",]["trang_thai"] == HIDDEN
    apart = by(rows_of(draft(session, dataset(session, code="khac"), two[0], Period.year(2024))), "nhom_ma")
    assert apart["*",]["trang_thai"] == MISSING
