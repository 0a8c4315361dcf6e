"""The pages of a campaign: written through the form, approved by a second person, told in the same numbers on page and file."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.campaigns.models import Campaign, CampaignMessage
from registry.campaigns.rules.states import CampaignState
from registry.needs.rules import NeedState
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.campaigns import campaign
from tests.factories.needs import need
from tests.factories.pages import opened, words_of


@pytest.fixture
def admin(client: Client, session: Session) -> Client:
    """The browser of a campaign administrator."""
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    return client


def typed(session: Session, **more: Any) -> dict[str, Any]:
    wanted = need(session, "Bác sĩ đa khoa", state=NeedState.OPEN)
    session.commit()
    return {
        "title": "Về với Lai Châu",
        "legal_basis": "Kế hoạch 112/KH-UBND",
        "office": "unit:VN/12/",
        "starts_on": ["01", "04", "2026"],
        "ends_on": ["31", "12", "2026"],
        "goals-0-of": "Bác sĩ",
        "goals-0-people": "24",
        "needs": [wanted.public_id],
        "lines-0-name": "Truyền thông",
        "lines-0-planned": "1.200.000.000",
        "per_hour": "100",
        "remind_after_days": "10",
        "link_days": "30",
        **more,
    }


def test_a_campaign_is_written_put_forward_and_approved_by_a_second_person(
    admin: Client, session: Session
) -> None:
    offered = admin.get("/chien-dich/tao").text
    assert 'value="ND179-2024"' in offered
    for not_in_force in ("KH-YTE-2026-DRAFT", "QN-28-2023"):  # a draft, and one that ended in 2025
        assert not_in_force not in offered
    assert post(admin, "/chien-dich/tao", typed(session)).status_code == 303
    made = session.scalars(select(Campaign)).one()
    assert (made.state, made.goal, made.lines[0].planned_vnd) == (CampaignState.DRAFT, 24, 1_200_000_000)
    path = f"/chien-dich/{made.public_id}"
    post(admin, f"{path}/chuyen", {"target": "submitted", "version": made.version})
    session.refresh(made)
    assert made.state is CampaignState.SUBMITTED
    post(admin, f"{path}/chuyen", {"target": "approved", "version": made.version})
    session.refresh(made)
    assert made.state is CampaignState.SUBMITTED
    second = browser(admin.application, session)
    sign_in(second, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert post(second, f"{path}/chuyen", {"target": "approved", "version": made.version}).status_code == 303
    session.refresh(made)
    assert made.state is CampaignState.APPROVED


def test_what_is_wrong_is_said_in_words_and_nothing_typed_is_lost(admin: Client, session: Session) -> None:
    wrong = typed(session, ends_on=["01", "01", "2026"], **{"goals-0-people": ""})
    answer = post(admin, "/chien-dich/tao", wrong)
    assert answer.status_code == 422
    for words in ("Ngày kết thúc không được trước ngày bắt đầu", "Nhập số người", "Về với Lai Châu"):
        assert words in answer.text
    made = campaign(session, "Về quê")
    session.commit()
    text = {"subject": "Mời {ho_va_ten_ban}", "body": "Chào {Số tiền} {{config}}"}
    answer = post(admin, f"/chien-dich/{made.public_id}/thu-moi/invitation/vi", text)
    assert answer.status_code == 422
    assert "Có phải bạn muốn viết {so_tien}?" in answer.text
    assert "{{config}}" in answer.text
    assert session.scalar(select(CampaignMessage.id)) is None


def test_page_and_workbook_tell_the_same_numbers(admin: Client, session: Session) -> None:
    made = campaign(session, "Về quê", needs=[need(session, state=NeedState.OPEN)], goal=37)
    session.commit()
    page = words_of(opened(admin, f"/chien-dich/{made.public_id}"))
    assert "0 / 37 người" in page
    assert "1.200.000.000" in page
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(admin.get(f"/chien-dich/{made.public_id}/bao-cao.xlsx").data)
    )
    told = {row[0]: row[1] for row in book.get_sheet_by_name("Tổng quan").to_python()}
    assert (told["Mục tiêu (người)"], told["Dự toán (₫)"]) == (37, 1_200_000_000)
    assert told["Đã chi cho một người đang làm việc"] == "chưa có"
    _head, *steps = book.get_sheet_by_name("Phễu").to_python()
    assert steps[0][:2] == ["Đã mời", 0]
    assert all(str(row[0]) in page for row in steps)
