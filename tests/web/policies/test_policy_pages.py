"""The pages of policies: what the public reads, and what administrators see and are told when something is refused."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.policies.models import FigureVerification, LegalDocument, Parameter, Policy, PolicyVersion
from registry.policies.queries.parameters import yearly_lists
from registry.policies.rules.states import VersionState
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.web.reading import statements, text_of

MANAGE = "/chinh-sach/quan-tri"
DOCUMENT = {
    "number": "12/2026/NQ-HĐND",
    "kind": "council_resolution",
    "issuer": "HĐND tỉnh Lai Châu",
    "title": "Thu hút nhân lực",
    "status": "in_force",
    "effective_after_days": "",  # a browser sends a box that was left empty
}


@pytest.fixture
def administrator(client: Client, session: Session) -> Account:
    """Signed in as a campaign administrator of one province."""
    made = account(session, Role.CAMPAIGN_ADMIN, "VN/12/")
    sign_in(client, made)
    return made


def boxes(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def figure_in(page: str, name: str) -> str:
    """What the button of a figure sends."""
    found = re.search(rf'value="({name}\|[0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def test_anybody_reads_who_gets_what_under_which_text(client: Client) -> None:
    page = client.get("/chinh-sach").text
    for words in (
        "thành phố Hà Nội",
        "2.530.000.000 ₫ một lần",
        "Dự thảo, chưa ban hành",
        "Hết hiệu lực",
        "chưa kiểm chứng",
    ):
        assert words in page.replace("\xa0", " ")
    shown = client.get("/chinh-sach/HN-92-2026").text.replace("\xa0", " ")
    assert "Có bằng Tiến sĩ hoặc tương đương (Chuyên khoa II) trở lên" in shown
    for words in (
        "Dưới 47 tuổi vào ngày quyết định",
        "1.000 lần mức lương cơ sở",
        "1.000 × 2.530.000 ₫ = 2.530.000.000 ₫",
    ):
        assert words in shown
    assert "làm việc ít nhất 8 năm" in (found := client.get("/chinh-sach/LS-23-2024").text)
    assert "Sửa đổi" in found
    assert "15/2022/NQ-HĐND" in found
    assert "Hoàn trả toàn bộ số đã nhận" in found


def test_other_states_and_versions_are_said(client: Client) -> None:
    assert "Đây là dự thảo" in client.get("/chinh-sach/KH-YTE-2026-DRAFT").text
    assert "Đã hết hiệu lực" in client.get("/chinh-sach/QN-28-2023").text
    assert "chưa có giá trị" in client.get("/chinh-sach/HP-53-2025").text  # the regional wage is not known
    assert "thuộc danh mục của năm quyết định" in client.get("/chinh-sach/HP-53-2025").text
    old = client.get("/chinh-sach/HCM-27-2023?ban=1").text
    assert "địa giới đến hết 30/06/2025" in old
    assert client.get("/chinh-sach/HCM-27-2023?ban=x").status_code == 200
    for wrong in ("/chinh-sach/KHONG-CO", "/chinh-sach/HCM-27-2023?ban=9", "/chinh-sach/%C3%A1"):
        assert client.get(wrong).status_code == 404


@pytest.mark.slow
def test_every_shipped_policy_can_be_read_and_managed(
    client: Client, session: Session, administrator: Account
) -> None:
    for code in session.scalars(select(Policy.code)).all():
        assert client.get(f"/chinh-sach/{code}").status_code == 200
        assert "không đọc được" not in client.get(f"{MANAGE}/{code}").text
    assert "Chính sách" in client.get(MANAGE).text
    assert "chưa kiểm chứng" in client.get("/van-ban").text


def test_lists_ask_a_fixed_number_of_questions(
    client: Client, session: Session, administrator: Account
) -> None:
    for path, most in (("/chinh-sach", 16), (MANAGE, 20), ("/van-ban", 12), ("/tham-so", 12)):
        client.get(path)
        with statements(session) as asked:
            client.get(path)
        assert len(asked) <= most, "\n".join(asked)


def test_a_draft_is_seen_by_nobody_until_a_second_person_publishes_it(
    client: Client, session: Session, administrator: Account
) -> None:
    path = f"{MANAGE}/HN-92-2026"
    assert post(client, f"{path}/1/ban-moi").location.endswith("/HN-92-2026?ban=2")
    assert client.get("/chinh-sach/HN-92-2026?ban=2").status_code == 404
    refused = post(client, f"{path}/2/gui-duyet", follow_redirects=True).text
    assert "Ngày hiệu lực 27/01/2026 trùng với phiên bản 1" in refused
    draft = session.scalars(select(PolicyVersion).where(PolicyVersion.state == VersionState.DRAFT)).one()
    opened = client.get(f"{path}/2/sua").text
    fields = {
        "title": "Tên mới",
        "purpose": "attract",
        "document": "HN-92-2026",
        "version": str(draft.version),
    }
    days = {"effective_from": ["1", "1", "2027"], "effective_to": ["", "", ""]}
    assert 'name="version"' in opened
    backwards = post(client, f"{path}/2/sua", fields | days | {"effective_to": ["1", "1", "2026"]})
    assert backwards.status_code == 422
    assert "Ngày cuối không được trước ngày đầu" in backwards.text
    assert "Tên mới" in backwards.text
    assert post(client, f"{path}/2/sua", fields | days).status_code == 303
    stale = post(client, f"{path}/2/sua", fields | days | {"title": "Tên khác"})
    assert stale.status_code == 409
    assert "Tên khác" in stale.text
    assert "Tên mới" in stale.text
    assert "hiệu lực: từ 01/01/2027" in client.get(f"{path}?ban=2").text
    post(client, f"{path}/2/gui-duyet")
    assert "Người lập hoặc gửi duyệt không tự duyệt được" in client.get(f"{path}?ban=2").text
    assert "cần người thứ hai" in post(client, f"{path}/2/duyet", follow_redirects=True).text
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/", email="thu.hai@vidu.vn"))
    assert "01/01/2027" in client.get(f"{path}/2/duyet").text
    assert "Đã duyệt và ban hành" in post(client, f"{path}/2/duyet", follow_redirects=True).text
    assert "31/12/2026" in client.get("/chinh-sach/HN-92-2026?ban=1").text
    assert "Chưa có hiệu lực" in client.get("/chinh-sach/HN-92-2026?ban=2").text
    assert post(client, f"{path}/2/rut").status_code == 422
    post(client, f"{path}/2/rut", {"why": "Ban hành nhầm"})
    assert "Ban hành nhầm" in client.get(f"{path}?ban=2").text
    assert client.get("/chinh-sach/HN-92-2026?ban=2").status_code == 404


def test_figures_are_verified_one_by_one_under_one_source(
    client: Client, session: Session, administrator: Account
) -> None:
    path = f"{MANAGE}/HN-92-2026/1/kiem-chung"
    figure = figure_in(client.get(path).text, "groups/ts/benefits/ts-mot-lan")
    days = {"checked_on": boxes(today()), "review_on": boxes(today() + timedelta(days=365))}
    sent = {"figure": figure, "source": "Nghị quyết 92/2026, Điều 4"} | days
    assert post(client, path, sent | {"source": ""}).status_code == 422
    late = post(client, path, sent | {"checked_on": boxes(today() + timedelta(days=1))})
    assert "Ngày đối chiếu không được sau hôm nay" in late.text
    assert "vừa được sửa" in post(client, path, sent | {"figure": "groups/ts/rule|0"}).text
    done = post(client, path, sent, follow_redirects=True).text
    assert "Nghị quyết 92/2026, Điều 4" in done
    assert "đã kiểm chứng" in done
    kept = session.scalars(select(FigureVerification)).one()
    assert (kept.figure, kept.by_id) == ("groups/ts/benefits/ts-mot-lan", administrator.id)
    assert f"1 trên {len(re.findall('name=.figure.', done))}" in client.get(MANAGE).text
    kept.review_on = today() - timedelta(days=1)
    session.commit()
    assert "Nghị quyết 92/2026, Điều 4" in client.get(f"{MANAGE}/can-xem-lai").text
    assert "1 con số đã quá hạn xem lại" in client.get(MANAGE).text


def test_documents_are_added_corrected_and_chained(
    client: Client, session: Session, administrator: Account
) -> None:
    unknown = post(client, "/van-ban/tao", DOCUMENT | {"replaces": "99/1999"})
    assert unknown.status_code == 422
    assert "Chưa có văn bản «99/1999» trong sổ" in unknown.text
    made = post(client, "/van-ban/tao", DOCUMENT | {"replaces": "15/2022/NQ-HĐND\nLS-23-2024"})
    shown = client.get(made.location).text
    assert shown.count("Thay thế <a") == 2
    assert "Bị thay thế bởi" in client.get("/van-ban/LS-15-2022").text
    again = post(client, "/van-ban/tao", DOCUMENT)
    assert "Số này đã có trong sổ" in again.text
    wrong = {
        "signed_on": ["2", "3", "2026"],
        "effective_from": ["1", "3", "2026"],
        "effective_after_days": "5",
    }
    refused = post(client, "/van-ban/tao", DOCUMENT | {"number": ""} | wrong).text
    assert "Ngày hiệu lực không được trước ngày ký" in refused
    assert "Đã có ngày hiệu lực" in refused
    row = session.scalars(select(LegalDocument).where(LegalDocument.number == DOCUMENT["number"])).one()
    circle = DOCUMENT | {"number": "15/2022/NQ-HĐND", "amends": row.number, "version": "1"}
    assert "sửa đổi hoặc thay thế chính văn bản này" in post(client, "/van-ban/LS-15-2022/sua", circle).text
    edited = post(
        client, f"{made.location}/sua", DOCUMENT | {"title": "Tên đúng", "version": str(row.version)}
    )
    assert edited.status_code == 303
    assert post(client, f"{made.location}/sua", DOCUMENT | {"version": "1"}).status_code == 409
    days = {"checked_on": boxes(today()), "review_on": boxes(today() + timedelta(days=90))}
    post(client, f"{made.location}/kiem-chung", {"source": "Công báo"} | days)
    assert "đã kiểm chứng" in client.get(made.location).text


def test_a_value_that_meets_another_is_refused_with_its_days(
    client: Client, session: Session, administrator: Account
) -> None:
    salary = session.scalars(select(Parameter).where(Parameter.key == "base_salary")).one()
    path = f"/tham-so/{salary.public_id}/them"
    sent = {"value": "2,6 triệu", "valid_from": ["1", "1", "2026"], "document": "ND73-2024"}
    refused = post(client, path, sent)
    assert refused.status_code == 422
    assert "01/07/2024 – 30/06/2026" in refused.text
    for wrong, words in (
        ({"value": "hai triệu"}, "Nhập số tiền nguyên đồng"),
        ({"document": ""}, "Chọn văn bản quy định giá trị này"),
        ({"valid_from": ["", "", ""]}, "Nhập ngày bắt đầu áp dụng"),
    ):
        assert words in post(client, path, sent | wrong).text
    assert post(client, path, sent | {"valid_from": ["1", "7", "2027"]}).status_code == 303
    page = client.get("/tham-so").text.replace("\xa0", " ")
    assert "2.600.000 ₫" in page
    assert "chưa đến ngày" in page
    assert "01/07/2026 – 30/06/2027" in page


def test_a_year_of_a_list_is_written_and_verified(
    client: Client, session: Session, administrator: Account
) -> None:
    of_list = yearly_lists(session)[0]
    assert f"chưa có danh mục năm {today().year}" in client.get("/danh-muc-nam").text
    path = f"/danh-muc-nam/{of_list.code}/them"
    sent = {"year": str(today().year), "document": ""}
    assert "không phải mã ngành" in post(client, path, sent | {"field_codes": "748, y tế"}).text
    post(client, path, sent | {"field_codes": "748, 7720101\n748"})
    page = client.get("/danh-muc-nam").text
    assert "748, 7720101" in page
    where = re.search(r'href="(/danh-muc-nam/nam/[^"]+)"', page)
    assert where is not None
    assert "748, 7720101" in client.get(where[1]).text


def test_who_only_reads_has_no_buttons_and_the_public_no_administration(
    client: Client, session: Session
) -> None:
    assert client.get(MANAGE).status_code == 302
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    page = client.get(f"{MANAGE}/HN-92-2026").text
    assert "Lập bản mới" not in page
    assert "Thêm mốc" not in client.get("/tham-so").text
    assert post(client, f"{MANAGE}/HN-92-2026/1/ban-moi").status_code == 403


def test_a_figure_says_a_multiple_once_and_what_the_policy_holds_equal(
    client: Client, administrator: Account
) -> None:
    assert administrator.id
    page = text_of(client.get(f"{MANAGE}/HN-92-2026").text).replace("\xa0", " ")
    assert "Có bằng Tiến sĩ hoặc tương đương (Chuyên khoa II) trở lên" in page
    assert page.count("800 lần mức lương cơ sở") == 1
