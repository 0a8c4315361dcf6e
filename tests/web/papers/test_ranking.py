"""The ranking of a need on paper: what is needed, who stands where and why, masked by the rights of whoever prints."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.ranked_needs import Story, story
from tests.web.papers.test_cv import words_of

SENT = {"purpose": "need", "purpose_text": "Họp chọn người ngày 02/12/2026", "rows": "20"}


@pytest.fixture
def told(client: Client, session: Session) -> Story:
    sign_in(client, account(session, Role.OFFICER, name="Lò Thị Hạnh"))
    return story(session)


def paper_of(told: Story) -> str:
    return f"/nhu-cau/{told.need.public_id}/xep-hang/in"


def test_the_paper_says_who_stands_where_why_and_for_what_it_was_printed(
    client: Client, session: Session, told: Story
) -> None:
    assert f'href="{paper_of(told)}"' in client.get(f"/nhu-cau/{told.need.public_id}/xep-hang").text
    said = words_of(post(client, paper_of(told), SENT))
    wanted = (
        told.need.title, told.need.code, "Trí tuệ nhân tạo", "Trình độ tối thiểu", told.best.full_name,
        f"Hồ sơ ẩn danh {told.hidden.code}", told.asked.full_name, "Lò Thị Hạnh", SENT["purpose_text"],
        "Phiên bản công thức", "Điểm bị trừ nhiều nhất",
    )  # fmt: skip
    assert [one for one in wanted if one not in said] == []
    for other in (told.hidden, told.low_degree, told.low_skill, told.empty):
        assert other.full_name not in said
    [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "match.printed"))
    kept = json.loads(event.content)
    shown = (told.best, told.hidden, told.asked)
    assert kept["people"] == sorted(one.public_id for one in shown)
    assert kept["detail"]["need"] == told.need.public_id


def test_what_is_tried_out_is_printed_and_said_so(client: Client, told: Story) -> None:
    way = f"{paper_of(told)}?ty-trong=100&ty-trong=0&ty-trong=0&ty-trong=0&ty-trong=0"
    said = words_of(post(client, way, SENT))
    assert "Bảng thử, không phải nhu cầu đã lưu." in said
    assert "100 – 0 – 0 – 0 – 0" in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": ""}, "Chọn mục đích"),
        ({"purpose_text": "ngắn"}, "Nói rõ hơn"),
        ({"rows": "999"}, "Chọn một mục trong danh sách"),
    ],
)
def test_what_is_wrong_is_said(client: Client, told: Story, wrong: dict[str, Any], words: str) -> None:
    answer = post(client, paper_of(told), {**SENT, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
