"""What an officer takes home to mend: truthful counts, a workbook of the faulty rows, nobody made twice."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.exchange.readers.workbook import read_workbook
from registry.people.models import Person
from tests.conftest import Client
from tests.factories.exchange import people_workbook, workbook
from tests.web.exchange.conftest import Upload, go, newest

pytestmark = pytest.mark.slow

WRONG = {"full_name": "", "birth": "31/02/1988", "email": "khong"}
NAMES = ("Nguyễn Thị Hòa", "Trần Văn Đức")


@pytest.fixture
def three_rows() -> bytes:
    """Two people and a row with three errors, under a title, with a sheet that is nobody's business."""
    sent = read_workbook(people_workbook([{"full_name": NAMES[0]}, WRONG, {"full_name": NAMES[1]}]))
    rows = [list(row.cells) for row in sent.sheets[0].rows]
    return workbook({"Ứng viên": [["Danh sách"], *rows], "Ghi chú": [["giữ lại"]]})


def test_rows_and_cells_are_counted_and_named_as_what_they_are(
    signed_in: Client, session: Session, upload: Upload, work: Any, three_rows: bytes
) -> None:
    upload(three_rows)
    shown = go(signed_in, session, "ghep-cot", work)
    assert (newest(session).errors, newest(session).error_rows) == (3, 1)
    for page in (shown, go(signed_in, session, "luu", work, mode="valid_only")):
        assert "Dòng có lỗi" in page
        assert "3 lỗi ở 1 dòng" in page
        assert "dòng có lỗi không nhập được" not in page
    assert "1 dòng có lỗi chưa lưu" in page
    assert "3 lỗi ở 1 dòng" in signed_in.get("/nhap-excel").text
    assert "3 errors in 1 row" in signed_in.get("/nhap-excel?lang=en").text


def test_the_workbook_of_mistakes_holds_only_faulty_rows_where_they_stood(
    signed_in: Client, session: Session, upload: Upload, work: Any, three_rows: bytes
) -> None:
    upload(three_rows)
    go(signed_in, session, "ghep-cot", work)
    before = read_workbook(three_rows)
    after = read_workbook(signed_in.get(f"/nhap-excel/{newest(session).public_id}/tep-loi").data)
    assert [sheet.name for sheet in after.sheets] == ["Ứng viên", "Ghi chú"]
    assert [row.number for row in after.sheets[0].rows] == [1, 2, 4]
    for row in after.sheets[0].rows:
        old = next(one for one in before.sheets[0].rows if one.number == row.number)
        assert row.cells[: len(old.cells)] == old.cells
    assert after.sheets[1] == before.sheets[1]
    assert after.sheets[0].rows[1].cells[-1] == "Lỗi"


def test_mended_and_uploaded_again_the_workbook_makes_nobody_twice(
    signed_in: Client, session: Session, upload: Upload, work: Any, three_rows: bytes
) -> None:
    """The rows have no external id, no number and no birth date: nothing else could tell them apart."""
    upload(three_rows)
    go(signed_in, session, "ghep-cot", work)
    taken = read_workbook(signed_in.get(f"/nhap-excel/{newest(session).public_id}/tep-loi").data)
    go(signed_in, session, "luu", work, mode="valid_only")

    [title, header, wrong] = [list(row.cells) for row in taken.sheets[0].rows]
    for column, text in (("Họ và tên", "Lò Thị Mai"), ("Ngày sinh", "1990"), ("Thư điện tử", "")):
        wrong[header.index(column)] = text
    upload(workbook({"Ứng viên": [title, header, [""], wrong]}))
    go(signed_in, session, "ghep-cot", work)
    go(signed_in, session, "luu", work, mode="all")
    assert sorted(session.scalars(select(Person.full_name))) == sorted([*NAMES, "Lò Thị Mai"])


def test_rows_that_only_need_a_look_are_in_no_workbook_of_mistakes(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    upload(people_workbook([{"full_name": NAMES[0], "skills": "khrtp zqvxw"}]))
    shown = go(signed_in, session, "ghep-cot", work)
    assert newest(session).warnings == 1
    assert "Tải tệp lỗi" not in shown
    assert signed_in.get(f"/nhap-excel/{newest(session).public_id}/tep-loi").status_code == 404


def test_rows_a_stopped_job_did_not_reach_are_not_called_faulty(
    signed_in: Client, session: Session, upload: Upload, work: Any, three_rows: bytes, app: Flask
) -> None:
    upload(three_rows)
    go(signed_in, session, "ghep-cot", work)
    go(signed_in, session, "luu", work, mode="valid_only")
    batch = newest(session)
    batch.created = 1
    session.commit()
    shown = signed_in.get(f"/nhap-excel/{batch.public_id}").text
    assert "1 dòng có lỗi chưa lưu" in shown
    assert "1 dòng hợp lệ chưa lưu vì việc đã dừng" in shown
