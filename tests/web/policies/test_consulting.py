"""Agencies are asked about a draft; who is silent stands there, and no comment is left without an answer unseen."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.policies.models import PolicyComment, PolicyConsultation
from registry.policies.rules.consulting import CommentOutcome
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.web.reading import text_of

VERSION = "/chinh-sach/quan-tri/HN-92-2026/2"
ROOM = f"{VERSION}/lay-y-kien"


def boxes(day: Any) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def sent(client: Client, path: str, typed: Mapping[str, Any], status: int = 303) -> str:
    answer = post(client, path, dict(typed))
    assert answer.status_code == status, text_of(answer.text)[:2000]
    return text_of(answer.text)


def test_a_draft_is_sent_to_agencies_and_every_comment_is_answered(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    sent(client, "/chinh-sach/quan-tri/HN-92-2026/1/ban-moi", {})
    assert "Chưa hỏi cơ quan nào" in client.get(ROOM).text
    names = "Sở Khoa học và Công nghệ\nThống kê tỉnh\nSở khoa học và công nghệ"
    late = boxes(today() - timedelta(days=1))
    assert "từ hôm nay" in sent(client, f"{ROOM}/hoi", {"agencies": names, "due_on": late}, 422)
    sent(client, f"{ROOM}/hoi", {"agencies": names, "due_on": boxes(today() + timedelta(days=15))})
    first, second = session.scalars(select(PolicyConsultation).order_by(PolicyConsultation.id)).all()
    assert second.agency == "Thống kê tỉnh"
    answer = {"on": boxes(today()), "letter": "512/SKHCN", "clause": "Điều 3", "words": "Thêm bác sĩ nội trú"}
    early = {**answer, "on": boxes(today() - timedelta(days=3))}
    assert "không được trước ngày đó" in sent(client, f"{ROOM}/{first.public_id}/tra-loi", early, 422)
    sent(client, f"{ROOM}/{first.public_id}/tra-loi", answer)
    comment = session.scalars(select(PolicyComment)).one()
    settle = f"{ROOM}/gop-y/{comment.public_id}"
    assert "Viết dự thảo được sửa thế nào" in sent(client, settle, {"outcome": "accepted"}, 422)
    assert "Viết vì sao" in sent(client, settle, {"outcome": "rejected", "change": "x"}, 422)
    session.execute(update(PolicyConsultation).values(asked_on=late_day(), due_on=late_day()))
    session.commit()
    told = text_of(client.get(ROOM).text)
    for words in ("1 / 2", "1 quá hạn", "1 chưa xử lý", "512/SKHCN", "Thêm bác sĩ nội trú", "Thống kê tỉnh"):
        assert words in told, words
    sent(client, settle, {"outcome": "accepted", "reply": "", "change": "Khoản 2 thêm «bác sĩ nội trú»"})
    session.expire_all()
    assert (comment.outcome, comment.change) == (CommentOutcome.ACCEPTED, "Khoản 2 thêm «bác sĩ nội trú»")
    sent(client, f"{ROOM}/{second.public_id}/tra-loi", {"on": boxes(today())})
    assert "Thống nhất, không góp ý" in text_of(client.get(ROOM).text)
    assert client.get(f"{ROOM}/{comment.public_id}/tra-loi").status_code == 404
    assert client.get("/chinh-sach/quan-tri/HN-92-2026/1/lay-y-kien").status_code == 200
    assert client.get("/chinh-sach/quan-tri/HN-92-2026/1/lay-y-kien/hoi").status_code == 303


def late_day() -> Any:
    return today() - timedelta(days=1)
