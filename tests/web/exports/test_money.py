"""Decisions with their money and the commitment ledger leave as files: sums to the đồng, names as on the pages."""

from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.kinds import ExportList
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.grants import Office, office, paid, planned, running
from tests.factories.people import person
from tests.web.exports.test_lists import book_of, exported, pause, rows_of


def columns_of(listed: ExportList) -> list[str]:
    return [one.key for one in COLUMNS[listed]]


def test_money_leaves_to_the_dong_and_names_as_on_the_pages(client: Client, session: Session) -> None:
    of: Office = office(session)
    grant = running(session, of)
    paid(session, of, grant, on=date(2026, 11, 25))
    elsewhere = person(session, "Người Hà Nội", unit_path="VN/01/")
    planned(session, Office(elsewhere, of.officer, of.head))
    pause(session, of.person)
    sign_in(client, of.officer)
    asked = {"columns": columns_of(ExportList.GRANTS)}
    [row] = rows_of(client, exported(client, "/xuat/ho-tro?trang-thai=active&nam=2026", **asked))
    assert (row["Họ và tên"], row["Số quyết định"]) == (of.person.full_name, "1234/QĐ-UBND")
    sums = [row[one] for one in ("Kế hoạch (đồng)", "Đã cam kết chi (đồng)", "Đã chi (đồng)")]
    assert sums == ["800000000", "800000000", "80000000"]
    assert "Danh sách này không có dòng nào" in client.get("/xuat/ho-tro?nam=2025").text
    asked = {"columns": columns_of(ExportList.COMMITMENTS), "format": "xlsx"}
    book = book_of(client, exported(client, "/xuat/cam-ket?ngay=01/01/2030&trang-thai=running", **asked))
    heads, told = ([cell or "" for cell in line.cells] for line in book.sheets[0].rows)
    ledger = dict(zip(heads, told, strict=False))
    assert ledger["Hoàn trả nếu nghỉ ngày đã chọn (đồng)"] == "80000000"
    assert "toàn bộ" in ledger["Cách tính hoàn trả"]
    about = [row.cell(1) for row in book.sheets[1].rows]
    assert "Hoàn trả tính vào ngày 01/01/2030" in about
    sign_in(client, account(session, Role.AUDITOR, "", name="Hoàng Văn Tín"))
    both = rows_of(client, exported(client, "/xuat/ho-tro", columns=["code", "full_name"]))
    assert {row["Họ và tên"] for row in both} == {f"Hồ sơ {one.code}" for one in (of.person, elsewhere)}
