"""Bad files and bad forms: a clear sentence, nothing lost, nothing stored, the same on both databases, no fault."""

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.operations import grant_role
from registry.accounts.rules import Role, Scope
from registry.exchange.models import ImportBatch
from registry.exchange.views import blueprint
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import parts_of, people_workbook, with_part, workbook, zipped
from tests.web.exchange.conftest import NEEDS, PEOPLE, only_batch

Upload = Callable[..., Any]
Work = Callable[[], int]

FORM = "application/x-www-form-urlencoded"
HONEST = people_workbook([{"full_name": "Nguyễn Thị Hòa"}])
SHEET = "xl/worksheets/sheet1.xml"

REFUSED = [
    ("nothing", b"", "a.xlsx", "Tệp trống"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "a.png", "không phải bảng tính .xlsx"),
    ("text called a workbook", "Họ và tên;Ngày sinh".encode(), "a.xlsx", "không phải bảng tính .xlsx"),
    ("an old workbook", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "a.xls", "bỏ mật khẩu"),
    ("a macro workbook", HONEST, "a.xlsm", "macro"),
    ("hidden macros", with_part(HONEST, "xl/vbaProject.bin", b"x"), "a.xlsx", "macro"),
    ("a broken workbook", HONEST[:-200], "a.xlsx", "Tệp hỏng"),
    ("noise", b"PK\x03\x04" + os.urandom(5_000), "a.xlsx", "Tệp hỏng"),
    (
        "thirty megabytes in thirty kilobytes",
        with_part(HONEST, SHEET, b" " * 30_000_000),
        "a.xlsx",
        "quá nặng",
    ),
    ("a document type", with_part(HONEST, SHEET, "<!DOCTYPE x><worksheet/>"), "a.xlsx", "không an toàn"),
    ("no rows", workbook({"A": [["Họ và tên"]]}), "a.xlsx", "Không có dòng dữ liệu"),
    ("an empty sheet", workbook({"A": []}), "a.xlsx", "Không tìm thấy dòng tên cột"),
]


@pytest.mark.parametrize(
    ("content", "name", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_files_that_cannot_be_read_are_refused_in_words(
    upload: Upload, session: Session, content: bytes, name: str, words: str
) -> None:
    answer = upload(content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Lỗi:" in answer.text
    assert session.scalars(select(ImportBatch)).all() == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_text_where_the_file_belongs_is_no_file(signed_in: Client, session: Session) -> None:
    answer = accounts.post(signed_in, PEOPLE, {"file": "danh-sach.xlsx"})
    assert answer.status_code == 422
    assert "Chọn tệp cần nhập" in answer.text
    assert session.scalars(select(ImportBatch)).all() == []


def test_a_form_without_file_says_what_to_choose(signed_in: Client) -> None:
    answer = accounts.post(signed_in, PEOPLE, {"office": "VN/12/|"})
    assert answer.status_code == 422
    assert "Chọn tệp cần nhập" in answer.text


def test_a_browser_that_sends_no_file_is_told_to_choose_one(signed_in: Client) -> None:
    body = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{accounts.form_token(signed_in)}\r\n'
        '--x\r\nContent-Disposition: form-data; name="office"\r\n\r\nVN/12/|\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n"
    )
    answer = signed_in.post(PEOPLE, data=body.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert "Chọn tệp cần nhập" in answer.text
    assert "Tệp trống" not in answer.text


def test_the_file_field_speaks_the_language_of_the_page(signed_in: Client) -> None:
    """Our words lie over the browser's own while the control is required and empty."""
    for address, words in ((PEOPLE, "Chưa chọn tệp nào"), (f"{PEOPLE}&lang=en", "No file chosen yet")):
        shown = signed_in.get(address).text
        assert f'<span class="none" aria-hidden="true">{words}</span>' in shown
        assert re.search(r'<input [^>]*type="file"[^>]*>', shown)
        assert " required" in re.findall(r'<input [^>]*type="file"[^>]*>', shown)[0]


def test_an_office_out_of_scope_cannot_be_chosen(upload: Upload, session: Session) -> None:
    upload(HONEST, office="VN/01/|")
    assert only_batch(session).unit_path == "VN/12/"


def test_of_several_offices_one_must_be_chosen(client: Client, upload: Upload, session: Session) -> None:
    several = accounts.account(session, unit_path="VN/12/")
    scope = Scope("VN/11/")
    grant_role(
        session, several, Role.OFFICER, scope, by=None, starts_on=date(2026, 1, 1), at=datetime.now(UTC)
    )
    accounts.sign_in(client, several)
    assert "Nhập vào đơn vị" in client.get(PEOPLE).text
    assert upload(HONEST, office="VN/01/|").status_code == 422
    assert session.scalars(select(ImportBatch)).all() == []
    assert upload(HONEST, office="VN/11/|").status_code == 303
    assert only_batch(session).unit_path == "VN/11/"


def test_a_body_that_is_too_large_is_refused(
    signed_in: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upload takes more than other pages do, and not everything."""
    large = b"PK\x03\x04" + b"x" * (17 * 1024 * 1024)
    assert upload(large).status_code == 422
    assert signed_in.post("/dang-nhap", data=large, content_type=FORM).status_code == 413
    monkeypatch.setattr(blueprint, "MAX_UPLOAD_BYTES", 1024 * 1024)
    assert upload(large).status_code == 413


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b'[{"slug": "a\xff"}]', "bảng mã UTF-8"),
        (b"[" * 100_000, "không phải JSON"),
        (b'{"a": 1}', "danh sách tin"),
        (b"[]", "Không có dòng dữ liệu"),
    ],
)
def test_posts_that_cannot_be_read_are_refused_in_words(upload: Upload, content: bytes, words: str) -> None:
    answer = upload(content, "tin.json", NEEDS)
    assert answer.status_code == 422
    assert words in answer.text


def check(client: Client, session: Session, work: Work) -> str:
    """Map and check the one batch there is; its page."""
    batch = only_batch(session)
    fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", fields)
    work()
    return client.get(f"/nhap-excel/{batch.public_id}").text


def test_a_skill_of_a_million_characters_is_an_error_of_its_cell(
    signed_in: Client, upload: Upload, session: Session, work: Work
) -> None:
    parts = parts_of(
        people_workbook([{"full_name": "Nguyễn Thị Hòa", "skills": "Python"}, {"full_name": "Đức"}])
    )
    long = b"<t>" + b"k" * 1_000_000 + b"</t>"
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<t>Python</t>", long)
    upload(zipped(parts, compression=0))
    shown = check(signed_in, session, work)
    assert "Rút gọn còn không quá 4000 ký tự" in shown
    assert len(shown) < 60_000
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.errors) == (2, 1, 1)


def test_hidden_characters_are_errors_and_are_made_visible(
    signed_in: Client, upload: Upload, session: Session, work: Work
) -> None:
    rows = [
        {"full_name": "Nguyễn\x00 Thị Hòa"},
        {"full_name": "Trần\u202e Văn Đức"},
        {"full_name": "Lò Văn Chiến", "headline": "a\ufffdb"},
        {"full_name": "Zero\u200b Width"},
        {"full_name": "<script>alert(1)</script> Hòa", "birth": "<b>"},
    ]
    upload(people_workbook(rows))
    shown = check(signed_in, session, work)
    assert "Bỏ ký tự điều khiển (ký tự ẩn) trong ô này" in shown
    assert "Bỏ ký tự đổi chiều chữ (ký tự ẩn) trong ô này" in shown
    assert "Chữ không đọc được" in shown
    assert "[U+0000]" in shown
    assert "[U+202E]" in shown
    assert "<script>alert" not in shown
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.errors) == (5, 1, 4)
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/luu", {"mode": "valid_only"})
    work()
    assert [person.full_name for person in session.scalars(select(Person))] == ["Zero Width"]


@pytest.mark.parametrize(
    "name", ["\u202egnp.xlsx", 'a";\r\nSet-Cookie: x=1.xlsx', "../../etc/passwd.xlsx", "a" * 300 + ".xlsx"]
)
def test_strange_file_names_do_no_harm(
    signed_in: Client, upload: Upload, session: Session, name: str
) -> None:
    assert upload(HONEST, name).status_code in {303, 422}
    for batch in session.scalars(select(ImportBatch)):
        page = signed_in.get(f"/nhap-excel/{batch.public_id}")
        assert page.status_code == 200
        assert "\u202e" not in page.text
        assert "/etc/" not in page.text


def test_identity_numbers_that_excel_turned_into_numbers(
    signed_in: Client, upload: Upload, session: Session, work: Work
) -> None:
    rows: list[dict[str, Any]] = [
        {"full_name": "Hai Số Không", "identity": 1188456789},
        {"full_name": "Một Số Không", "identity": 12085000123},
        {"full_name": "Đủ Mười Hai", "identity": "001188456780"},
        {"full_name": "Chữ Thiếu Số", "identity": "12085000124"},
        {"full_name": "Mất Chữ Số", "identity": "1,18846E+11"},
        {"full_name": "Quá Lớn", "identity": 1.23456789012e18},
        {"full_name": "Toàn Giác", "identity": "０１２０８５０００１２３"},
        {"full_name": "Lạ Mã Tỉnh", "identity": 99085000123},
    ]
    upload(people_workbook(rows))
    shown = check(signed_in, session, work)
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.warnings, batch.errors) == (8, 3, 2, 5)
    assert "Excel đã bỏ số 0 ở đầu; đã thêm lại" in shown
    assert "Số CCCD phải gồm đúng 12 chữ số" in shown


def test_a_column_that_is_not_offered_is_refused(signed_in: Client, upload: Upload, session: Session) -> None:
    upload(HONEST)
    batch = only_batch(session)
    path = f"/nhap-excel/{batch.public_id}"
    answer = accounts.post(signed_in, f"{path}/ghep-cot", {"column_1": "password_hash"})
    assert answer.status_code == 422
    assert "Chọn một mục trong danh sách" in answer.text
    assert accounts.post(signed_in, f"{path}/luu", {"mode": "everything"}).status_code == 400
    assert accounts.post(signed_in, f"{path}/bo").status_code == 303
    assert "bước khác" in signed_in.get(accounts.post(signed_in, f"{path}/ghep-cot", {}).location).text


def test_a_key_of_another_account_leads_nowhere(client: Client, upload: Upload, session: Session) -> None:
    key = "0123456789abcdefghjkmnpqrs"
    upload(HONEST, submission=key)
    accounts.sign_in(client, accounts.account(session, unit_path="VN/12/"))
    assert upload(HONEST, submission=key).status_code == 400
    assert only_batch(session).submission_key == key
