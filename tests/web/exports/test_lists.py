"""Lists leave as files: asked for with a purpose, masked by what their taker may see, known to whoever stands in them."""

import csv
import html
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.exchange.operations.sources import header_of
from registry.exchange.readers.workbook import Workbook, read_workbook
from registry.exchange.rules.batches import ImportKind
from registry.exchange.writers.rows import INFO_SHEET
from registry.exports.models import Export, ExportPerson
from registry.people.models import Person
from registry.people.operations import set_availability
from registry.people.rules import AvailabilityDraft, AvailabilityState
from registry.text.formulas import unguarded
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, post, sign_in
from tests.factories.ranked_needs import Story, story
from tests.factories.rights import with_account

ASKED = {
    "purpose": "panel",
    "purpose_text": "Gửi hội đồng tuyển chọn họp ngày 02/12",
    "columns": ["code", "full_name", "headline", "email", "organisation"],
    "format": "csv",
}


@pytest.fixture
def national_officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, name="Lò Thị Hạnh"))
    return client


@pytest.fixture
def told(session: Session) -> Story:
    return story(session)


def form_of(client: Client, address: str) -> dict[str, Any]:
    page = client.get(address)
    assert page.status_code == 200, page.text[:500]
    found = re.search(r'name="filters"[^>]*value="([^"]*)"', page.text)
    return {"filters": found.group(1).replace("&amp;", "&") if found else ""}


def exported(client: Client, address: str, **asked: Any) -> str:
    """The address of the file asked for on the page at an address."""
    answer = post(client, address.split("?")[0], {**form_of(client, address), **ASKED, **asked})
    assert answer.status_code == 303, answer.text[:2000]
    return answer.headers["Location"]


def taken(client: Client, file: str) -> Any:
    answer = client.get(f"{file}/tai")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert re.match(
        r"attachment; filename=[\w.-]+; filename\*=UTF-8''[\w%.-]+$", answer.headers["Content-Disposition"]
    )
    return answer


def rows_of(client: Client, file: str) -> list[dict[str, str]]:
    content = taken(client, file).data.decode("utf-8")
    assert content.startswith("\ufeff")
    read = list(csv.DictReader(io.StringIO(content[1:], newline="")))
    about = [row.pop(INFO_SHEET) for row in read]
    assert all(word in about[0] for word in ("Người xuất: ", "Mục đích: ", "Mã lần xuất: "))
    assert not any(about[1:])
    return [{name: unguarded(cell) for name, cell in row.items()} for row in read]


def book_of(client: Client, file: str) -> Workbook:
    return read_workbook(taken(client, file).data)


def events(session: Session, action: str) -> list[AuditEvent]:
    return list(
        session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
    )


def pause(session: Session, person: Person) -> None:
    stated = AvailabilityDraft(today(), AvailabilityState.PAUSED)
    set_availability(session, person, stated, by=None, at=datetime.now(UTC))
    session.commit()


def test_whoever_a_search_finds_leaves_in_its_order_masked_as_on_the_page(
    national_officer: Client, session: Session, told: Story
) -> None:
    listed = re.findall(r'name="nguoi" value="(\w{26})"', national_officer.get("/ung-vien?xem=bang").text)
    rows = rows_of(national_officer, exported(national_officer, "/xuat/ung-vien"))
    people = {one.code: one for one in session.scalars(select(Person))}
    assert [people[row["Mã hồ sơ"]].public_id for row in rows] == listed
    by_code = {row["Mã hồ sơ"]: row for row in rows}
    hidden = by_code[told.hidden.code]
    assert hidden["Họ và tên"] == f"Hồ sơ ẩn danh {told.hidden.code}"
    assert (hidden["Thư điện tử"], hidden["Cơ quan công tác"]) == ("", "")
    assert by_code[told.best.code]["Họ và tên"] == told.best.full_name
    [made] = events(session, "export.made")
    detail = json.loads(made.content)
    assert (detail["purpose"], detail["rows"], detail["columns"]) == ("panel", len(rows), ASKED["columns"])
    [of_taking] = events(session, "export.taken")
    assert json.loads(of_taking.content)["rows"] == len(rows)
    [read] = events(session, "people.exported")
    assert set(json.loads(read.content)["people"]) == set(listed)


def test_filters_come_along_and_typed_words_are_not_in_the_log(
    national_officer: Client, session: Session, told: Story
) -> None:
    address = f"/xuat/ung-vien?q={told.best.code}&tat_ca=1"
    rows = rows_of(national_officer, exported(national_officer, address))
    assert [row["Mã hồ sơ"] for row in rows] == [told.best.code]
    [made] = events(session, "export.made")
    assert json.loads(made.content)["filters"] == "q&tat_ca=1"
    assert f"«{told.best.code}»" in " ".join(session.scalars(select(Export)).one().told)


def test_a_workbook_says_who_when_what_for_and_comes_in_again(
    national_officer: Client, session: Session, told: Story
) -> None:
    book = book_of(national_officer, exported(national_officer, "/xuat/ung-vien", format="xlsx"))
    assert [sheet.name for sheet in book.sheets] == ["Ứng viên", "Thông tin"]
    about = {row.cell(0): row.cell(1) for row in book.sheets[1].rows}
    assert about["Người xuất"] == "Lò Thị Hạnh"
    assert str(ASKED["purpose_text"]) in about["Mục đích"]
    header = header_of(book, ImportKind.PEOPLE)
    assert header is not None
    assert header.sheet == "Ứng viên"
    assert {"full_name", "email", "organisation", "headline"} <= set(header.mapping.values())


def test_what_may_be_seen_is_asked_when_the_file_is_taken(
    national_officer: Client, session: Session, told: Story
) -> None:
    file = exported(national_officer, "/xuat/ung-vien")
    before = {row["Mã hồ sơ"] for row in rows_of(national_officer, file)}
    pause(session, told.best)
    after = {row["Mã hồ sơ"] for row in rows_of(national_officer, file)}
    assert before - after == {told.best.code}


def test_the_ranking_leaves_with_places_points_and_why(
    national_officer: Client, session: Session, told: Story
) -> None:
    address = f"/nhu-cau/{told.need.public_id}/xep-hang"
    file = exported(
        national_officer,
        f"/xuat/xep-hang/{told.need.public_id}",
        columns=["rank", "certain", "why", "code", "full_name"],
    )
    rows = rows_of(national_officer, file)
    assert [row["Hạng"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["Mã hồ sơ"] == told.best.code
    assert re.fullmatch(r"\d+,\d\d", rows[0]["Điểm"])
    page = html.unescape(re.sub("<[^>]*>", "", national_officer.get(address).text))
    for row in rows:
        lead, _mark, rest = row["Vì sao khớp"].partition(" Điều kiện bắt buộc")
        assert rest.endswith("Theo công thức phiên bản 1.")
        assert lead.partition(".")[2].strip() in " ".join(page.split())
    named = {one.full_name for one in session.scalars(select(Person))}
    [hidden] = [row for row in rows if row["Mã hồ sơ"] == told.hidden.code]
    assert not any(name in cell for name in named for cell in hidden.values())


def test_a_shortlist_and_a_selection_leave_by_the_same_page(
    national_officer: Client, session: Session, told: Story
) -> None:
    ids = [told.best.public_id, told.hidden.public_id]
    sent = {"nguoi": ids, "ten": "Vòng một", f"ghi-chu-{told.best.public_id}": "=Gọi +84"}
    listed = post(national_officer, "/danh-sach/them", sent).headers["Location"].split("?")[0]
    page = national_officer.get(listed).text
    way = f"/xuat{listed}"
    assert f'href="{way}"' in page
    rows = rows_of(national_officer, exported(national_officer, way, columns=["code", "list_note"]))
    assert rows[0] == {"Mã hồ sơ": told.best.code, "Ghi chú trong danh sách": "=Gọi +84"}
    kept = post(national_officer, "/lua-chon/tao", {"nguoi": ids, "muc_dich": "Gửi hội đồng tuyển chọn"})
    way = f"/xuat{kept.headers['Location']}"
    assert f'href="{way}"' in national_officer.get(kept.headers["Location"]).text
    assert 'value="Gửi hội đồng tuyển chọn"' in national_officer.get(way).text
    rows = rows_of(national_officer, exported(national_officer, way))
    assert {row["Mã hồ sơ"] for row in rows} == {told.best.code, told.hidden.code}


def test_needs_leave_as_the_register_is_filtered(
    national_officer: Client, session: Session, told: Story
) -> None:
    make_needs.need(session, title="Kỹ sư khác hẳn")
    way = "/xuat/nhu-cau?tim=du+lieu&trang-thai=open"
    assert way.replace("&", "&amp;") in national_officer.get("/nhu-cau?tim=du+lieu&trang-thai=open").text
    columns = ["code", "title", "state", "essential", "workplace"]
    rows = rows_of(national_officer, exported(national_officer, way, columns=columns))
    assert [row["Tên nhu cầu"] for row in rows] == [told.need.title]
    assert rows[0]["Trạng thái"] == "Đang tuyển chọn"
    assert rows[0]["Kỹ năng bắt buộc"].endswith("(3, trọng số 3)")
    assert not events(session, "people.exported")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": ""}, "Chọn mục đích"),
        ({"purpose_text": "ngắn"}, "Nói rõ hơn"),
        ({"purpose_text": "x" * 301}, "không quá 300 ký tự"),
        ({"columns": []}, "Chọn ít nhất một cột"),
        ({"columns": ["identity"]}, "Chọn một mục trong danh sách"),
        ({"format": "exe"}, "Chọn một mục trong danh sách"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    national_officer: Client, session: Session, told: Story, wrong: dict[str, Any], words: str
) -> None:
    answer = post(national_officer, "/xuat/ung-vien", {**ASKED, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalars(select(Export)).first() is None


def test_a_file_is_for_its_owner_alone_and_can_be_done_without(
    national_officer: Client, session: Session, told: Story
) -> None:
    file = exported(national_officer, "/xuat/ung-vien")
    assert file in national_officer.get("/xuat").text
    sign_in(national_officer, account(session, Role.OFFICER))
    for address in (file, f"{file}/tai"):
        assert national_officer.get(address).status_code == 404
    assert post(national_officer, f"{file}/huy", {}).status_code == 404
    assert session.scalars(select(Export)).one().public_id in file


def test_an_export_no_longer_wanted_is_gone(national_officer: Client, session: Session, told: Story) -> None:
    file = exported(national_officer, "/xuat/ung-vien")
    assert post(national_officer, f"{file}/huy", {}).status_code == 303
    assert national_officer.get(f"{file}/tai").status_code == 404
    assert session.scalars(select(ExportPerson)).first() is None
    assert [json.loads(one.content) for one in events(session, "export.forgotten")] == [{}]


def test_who_was_exported_sees_it(client: Client, session: Session) -> None:
    me, own = with_account(session)
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Phạm Bí Danh"))
    rows_of(client, exported(client, "/xuat/ung-vien"))
    sign_in(client, own)
    shown = client.get("/toi/ai-da-xem").text
    assert "Xuất ra tệp" in shown
    assert "Bí Danh" not in shown
    assert me.full_name
