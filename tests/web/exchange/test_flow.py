"""An import in the browser: upload, columns, check, save, undo; on both databases."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.exchange.models import ImportBatch, ImportFile, ImportIssue
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.rules.batches import BatchState
from registry.needs.models import Need
from registry.people.models import IdentityDocument, Person, SkillClaim
from registry.people.operations import revise_person, self_of
from registry.people.rules import LegalBasis, PartialDate
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import needs_workbook, people_workbook, workbook
from tests.web.exchange.conftest import NEEDS, only_batch

Upload = Callable[..., Any]
Work = Callable[[], int]

HOA = {
    "external_id": "LC-1",
    "full_name": "PGS.TS Nguyễn Thị Hòa",
    "birth": "15/08/1988",
    "sex": "Nữ",
    "identity": "001188456789",
    "email": "hoa@vidu.vn",
    "phone": "0912 345 678",
    "residence": "Bến Tre",
    "years": "12",
    "degree": "ThS",
    "skills": "Python (4); khrtp zqvxw",
}
DUC = {"external_id": "LC-2", "full_name": "Trần Văn Đức", "birth": "1985", "residence": "Lai Châu"}
WRONG = {"external_id": "LC-3", "full_name": "", "birth": "31/02/1988", "email": "khong"}


def people(session: Session) -> list[Person]:
    return list(session.scalars(select(Person).order_by(Person.external_id)))


def go(client: Client, session: Session, step: str, work: Work | None = None, **fields: Any) -> Any:
    """Press a button of the one batch there is; run the worker when one is handed in."""
    answer = accounts.post(client, f"/nhap-excel/{only_batch(session).public_id}/{step}", fields)
    if work is not None:
        work()
    return answer


def mapping(session: Session) -> dict[str, str]:
    """The form of the columns as it was guessed."""
    return {f"column_{index}": key for index, key in only_batch(session).mapping.items()}


def page(client: Client, session: Session) -> str:
    return client.get(f"/nhap-excel/{only_batch(session).public_id}").text


@pytest.mark.slow
def test_a_file_goes_from_upload_to_people_and_back(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    answer = upload(people_workbook([HOA, DUC]))
    batch = only_batch(session)
    assert (answer.status_code, answer.location) == (303, f"/nhap-excel/{batch.public_id}")
    assert "Cột nào là gì?" in page(signed_in, session)
    assert people(session) == []

    go(signed_in, session, "ghep-cot", work, **mapping(session))
    batch = only_batch(session)
    assert (batch.state, batch.rows, batch.valid, batch.warnings, batch.errors) == (
        BatchState.CHECKED,
        2,
        2,
        1,
        0,
    )
    shown = page(signed_in, session)
    assert "«khrtp zqvxw» chưa có trong danh mục" in shown
    assert "Lưu tất cả" in shown
    assert people(session) == []

    go(signed_in, session, "luu", work, mode="all")
    batch = only_batch(session)
    assert (batch.state, batch.created, batch.skipped) == (BatchState.COMMITTED, 2, 0)
    hoa, duc = people(session)
    assert (hoa.full_name, hoa.birth, hoa.stated_years) == ("Nguyễn Thị Hòa", PartialDate(1988, 8, 15), 12)
    assert (hoa.unit_path, hoa.legal_basis) == ("VN/12/", LegalBasis.LAW)
    assert hoa.residence_text == "Bến Tre"
    assert hoa.residence_unit_path.startswith("VN/86/")
    assert duc.birth == PartialDate(1985)
    assert "Đã tạo 2 bản ghi" in page(signed_in, session)

    go(signed_in, session, "hoan-tac", work)
    assert only_batch(session).state is BatchState.UNDONE
    assert people(session) == []
    assert "Đã xóa 2 bản ghi" in page(signed_in, session)


def test_skills_become_concepts_or_wait_for_one(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([{**HOA, "skills": "Python (4); python; khrtp zqvxw; SQL"}]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "luu", work, mode="all")
    claims = session.scalars(select(SkillClaim).order_by(SkillClaim.id)).all()
    seen = [(claim.typed, claim.skill_id is None, claim.level) for claim in claims]
    assert seen == [("Python", False, 4), ("khrtp zqvxw", True, None), ("SQL", False, None)]


def test_errors_are_shown_by_row_and_column_and_only_valid_rows_are_saved(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([HOA, WRONG]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.errors) == (2, 1, 3)
    shown = page(signed_in, session)
    for sentence in (
        "Dòng 3",
        "Nhập họ và tên",
        "31/02/1988",
        "Ngày sinh phải có thật, ví dụ 15/08/1990",
        "Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn",
    ):
        assert sentence in shown
    assert "Lưu tất cả" not in shown

    assert "bước khác" in signed_in.get(go(signed_in, session, "luu", mode="all").location).text
    go(signed_in, session, "luu", work, mode="valid_only")
    batch = only_batch(session)
    assert (batch.state, batch.created) == (BatchState.COMMITTED, 1)
    assert [person.external_id for person in people(session)] == ["LC-1"]
    assert "1 dòng có lỗi chưa lưu" in page(signed_in, session)


@pytest.mark.slow
def test_the_workbook_that_goes_back_has_the_same_texts_and_a_column_of_mistakes(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    numeric = {**DUC, "years": 7, "birth": date(1985, 3, 4), "headline": "=1+1", "phone": "sai"}
    sent = people_workbook([HOA, WRONG, numeric], extra=["Cột riêng"])
    upload(sent)
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    answer = signed_in.get(f"/nhap-excel/{only_batch(session).public_id}/tep-loi")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    before, after = read_workbook(sent), read_workbook(answer.data)
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    width = len(before.sheets[0].rows[0].cells)
    faulty = [row for row in before.sheets[0].rows if row.number != 2]
    for old, new in zip(faulty, after.sheets[0].rows, strict=True):
        assert new.cells[: len(old.cells)] == old.cells
        assert (new.number, new.numbers) == (old.number, old.numbers)
    said = [row.cell(width) for row in after.sheets[0].rows]
    assert said[0] == "Lỗi"
    assert said[1].splitlines() == [
        "Họ và tên: Nhập họ và tên",
        "Ngày sinh: Ngày sinh phải có thật, ví dụ 15/08/1990",
        "Thư điện tử: Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn",
    ]
    assert said[2].splitlines() == [
        "Điện thoại: Số điện thoại phải gọi được, ví dụ 0912 345 678 hoặc +81 90 1234 5678"
    ]

    upload(answer.data, submission="")
    newest = session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc())).first()
    assert newest is not None
    assert str(width) not in newest.mapping


def test_other_headers_are_recognised_and_can_be_mended(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Hòa")
    rows: list[list[Any]] = [
        ["DANH SÁCH CÁN BỘ", None, None, None],
        ["STT", "HỌ TÊN (*)", "Sinh ngày", "Số ĐT", "Cơ quan"],
        [1, name, date(1990, 8, 15), 912345678, "Sở Y tế"],
    ]
    upload(workbook({"Trang 1": [["ghi chú"]], "Danh sách": rows}))
    batch = only_batch(session)
    assert (batch.sheet, batch.header_row) == ("Danh sách", 2)
    assert batch.mapping == {"1": "full_name", "2": "birth", "3": "phone", "4": "organisation"}
    answer = accounts.post(
        signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", {**mapping(session), "column_4": "full_name"}
    )
    assert answer.status_code == 422
    assert "«Họ và tên» đã được chọn cho cột «HỌ TÊN (*)»" in answer.text
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "co-so", work, basis="law")
    go(signed_in, session, "luu", work, mode="all")
    [person] = people(session)
    assert person.full_name == "Nguyễn Thị Hòa"
    assert person.birth == PartialDate(1990, 8, 15)


def test_a_required_column_must_be_pointed_to(signed_in: Client, session: Session, upload: Upload) -> None:
    upload(workbook({"A": [["Cột một", "Cột hai"], ["x", "y"]]}))
    answer = go(signed_in, session, "ghep-cot", column_0="", column_1="birth")
    assert answer.status_code == 422
    assert "Chọn cột nào là «Họ và tên»" in answer.text
    assert only_batch(session).state is BatchState.UPLOADED


def test_another_sheet_can_be_read(signed_in: Client, session: Session, upload: Upload) -> None:
    upload(workbook({"Đợt 1": [["Họ và tên", "Ngày sinh"], ["A B", "1990"]], "Đợt 2": [["Họ tên"], ["C D"]]}))
    go(signed_in, session, "trang", sheet="Đợt 2")
    batch = only_batch(session)
    assert (batch.sheet, batch.mapping) == ("Đợt 2", {"0": "full_name"})
    assert go(signed_in, session, "trang", sheet="không có").status_code == 400


def test_a_form_sent_twice_makes_one_batch(signed_in: Client, session: Session, upload: Upload) -> None:
    key = "0123456789abcdefghjkmnpqrs"
    first = upload(people_workbook([HOA]), submission=key)
    second = upload(people_workbook([HOA]), submission=key)
    assert first.location == second.location
    assert only_batch(session).submission_key == key


def test_pressing_save_twice_makes_one_set_of_people(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([HOA, DUC]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "luu", mode="all")
    again = go(signed_in, session, "luu", mode="all")
    assert again.status_code == 303
    work()
    assert go(signed_in, session, "luu", work, mode="all").status_code == 303
    assert len(people(session)) == 2


@pytest.mark.slow
def test_the_same_file_again_makes_nobody_twice(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    for _time in range(2):
        upload(
            people_workbook([HOA, {**DUC, "external_id": None, "identity": "012085000123", "birth": "1985"}])
        )
        for batch in session.scalars(select_open()):
            accounts.post(
                signed_in,
                f"/nhap-excel/{batch.public_id}/ghep-cot",
                {f"column_{index}": key for index, key in batch.mapping.items()},
            )
            work()
            accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/luu", {"mode": "all"})
            work()
    assert len(people(session)) == 2
    assert len(session.scalars(select(IdentityDocument)).all()) == 2


def select_open() -> Any:
    return select(ImportBatch).where(ImportBatch.state == BatchState.UPLOADED)


def test_undo_leaves_what_somebody_changed_since(
    signed_in: Client, session: Session, upload: Upload, work: Work, officer: Account
) -> None:
    upload(people_workbook([HOA, DUC]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "luu", work, mode="all")
    hoa, _duc = people(session)
    changed = replace(self_of(hoa), headline="Chuyên gia dữ liệu")
    revise_person(session, hoa, changed, expected_version=hoa.version, by=officer.id, at=datetime.now(UTC))
    go(signed_in, session, "hoan-tac", work)
    assert [person.external_id for person in people(session)] == ["LC-1"]
    shown = page(signed_in, session)
    assert "Đã xóa 1 bản ghi" in shown
    assert "Giữ lại 1 bản ghi" in shown


@pytest.mark.slow
def test_nothing_of_the_file_is_kept_once_all_rows_are_saved(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([HOA]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "luu", work, mode="all")
    assert session.scalars(select(ImportFile)).all() == []
    assert [issue.said_sealed for issue in session.scalars(select(ImportIssue))] == [None]
    assert only_batch(session).headers_sealed is None


def test_a_discarded_import_forgets_its_file(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([HOA, WRONG]))
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    go(signed_in, session, "bo")
    assert only_batch(session).state is BatchState.DISCARDED
    assert session.scalars(select(ImportFile)).all() == []
    assert "31/02/1988" not in page(signed_in, session)
    assert signed_in.get(f"/nhap-excel/{only_batch(session).public_id}/tep-loi").status_code == 404


@pytest.mark.slow
def test_needs_are_imported_as_drafts(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    row = {
        "external_id": "NC-1",
        "title": "Kỹ sư dữ liệu",
        "headcount": 2,
        "organisation": "Sở Khoa học và Công nghệ tỉnh Lai Châu",
        "workplace": "Lai Châu",
        "essential": "Python (3)",
        "desirable": "SQL (2, trọng số 3); Python (5)",
        "degree": "Đại học",
        "languages_required": "Tiếng Anh (B2)",
        "forms": "Làm từ xa",
        "expected_on": "15/02/2027",
    }
    upload(needs_workbook([row, {"title": "Giáo viên", "workplace": "Hà Nội"}]), path=NEEDS)
    go(signed_in, session, "ghep-cot", work, **mapping(session))
    assert "Bạn không lập nhu cầu cho nơi này" in page(signed_in, session)
    go(signed_in, session, "luu", work, mode="valid_only")
    [need] = session.scalars(select(Need)).all()
    assert (need.title, need.headcount, need.unit_path, need.state.value) == (
        "Kỹ sư dữ liệu",
        2,
        "VN/12/",
        "draft",
    )
    assert [(one.typed, one.level, one.weight, one.is_essential) for one in need.skills] == [
        ("Python", 3, 1, True),
        ("SQL", 2, 3, False),
    ]
    assert [(one.kind.value, one.language, one.rank) for one in need.conditions] == [("language", "en", 4)]
    assert need.expected_on == date(2027, 2, 15)
    go(signed_in, session, "hoan-tac", work)
    assert session.scalars(select(Need)).all() == []


def test_job_posts_become_draft_needs(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    posts = b"""[{"slug": "ky-su-du-lieu-1", "title": "K\xe1\xbb\xb9 s\xc6\xb0 d\xe1\xbb\xaf li\xe1\xbb\x87u", "company": "VNG",
        "location": "Ha Noi - Da Nang", "skills": ["Python", "SQL"], "tags": ["Python"]}, {"slug": "", "title": "x"}]"""
    upload(posts, "tin.json", NEEDS)
    go(signed_in, session, "kiem-tra", work)
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.errors) == (2, 1, 1)
    assert "Tin thứ 2" in page(signed_in, session)
    go(signed_in, session, "luu", work, mode="valid_only")
    [need] = session.scalars(select(Need)).all()
    assert (need.external_id, need.title, len(need.skills)) == ("ky-su-du-lieu-1", "Kỹ sư dữ liệu", 2)


def test_templates_can_be_taken(signed_in: Client) -> None:
    for kind, sheet in (("ung-vien", "Ứng viên"), ("nhu-cau", "Nhu cầu")):
        answer = signed_in.get(f"/nhap-excel/mau/{kind}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert read_workbook(answer.data).sheets[0].name == sheet
    assert signed_in.get("/nhap-excel/mau/khac").status_code == 404


def test_the_list_shows_the_imports(signed_in: Client, session: Session, upload: Upload) -> None:
    assert "Chưa nhập tệp nào" in signed_in.get("/nhap-excel").text
    upload(people_workbook([HOA]), name="C:\\Users\\hoa\\danh sách.xlsx")
    shown = signed_in.get("/nhap-excel").text
    assert "danh sách.xlsx" in shown
    assert "C:\\Users" not in shown
