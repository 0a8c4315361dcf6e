"""The office's queue: nearer clock first, own scope only; answering, extending, refusing; paper and telephone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.people.models import Person
from registry.privacy.models import RightsRequest
from registry.privacy.rules import RequestState, RightKind
from registry.web.clock import now
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.rights import asked, recorded
from tests.web.reading import text_of


def test_the_nearer_clock_comes_first_and_late_ones_say_so(
    officer: Client, session: Session, me: Person
) -> None:
    asked(session, me, RightKind.ERASURE, at=now())
    asked(session, me, RightKind.ACCESS, at=now() - timedelta(days=40))
    shown = text_of(officer.get("/yeu-cau-quyen").text)
    assert shown.index("Xem và nhận bản sao") < shown.index("Còn 2 ngày làm việc")
    assert "1 yêu cầu đã quá hạn" in shown
    assert "Quá hạn" in shown
    home = text_of(officer.get("/").text)
    assert "1 yêu cầu về quyền đã quá hạn" in home
    assert "1 yêu cầu về quyền sắp đến hạn" in home


def test_another_office_sees_nothing(client: Client, session: Session, me: Person) -> None:
    found = asked(session, me)
    sign_in(client, account(session, Role.OFFICER, "VN/14/"))
    assert "Không có yêu cầu nào đang chờ" in text_of(client.get("/yeu-cau-quyen").text)
    for path in ("", "/tra-loi", "/xoa"):
        assert client.get(f"/yeu-cau-quyen/{found.public_id}{path}").status_code == 404
    assert post(client, f"/yeu-cau-quyen/{found.public_id}/tai-du-lieu").status_code == 404
    refused = post(client, "/yeu-cau-quyen/ghi", dict(recorded(me.code)))
    assert refused.status_code == 422
    assert "Không có hồ sơ nào mang mã này" in text_of(refused.text)
    assert "Yêu cầu về quyền đang mở" not in text_of(client.get("/").text)


@pytest.mark.parametrize("role", [Role.CAMPAIGN_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CANDIDATE])
def test_other_roles_do_not_handle_requests(client: Client, session: Session, role: Role) -> None:
    sign_in(client, account(session, role, ""))
    assert client.get("/yeu-cau-quyen").status_code == 403


def test_a_request_is_answered_extended_and_done_on_its_pages(
    officer: Client, session: Session, me: Person
) -> None:
    found = asked(session, me, words="Trường ghi sai", at=now())
    path = f"/yeu-cau-quyen/{found.public_id}"
    assert "Trường ghi sai" in officer.get(path).text
    empty = post(officer, f"{path}/tra-loi", {"words": ""})
    assert empty.status_code == 422
    assert "Ghi lời trả lời" in empty.text
    assert post(officer, f"{path}/tra-loi", {"words": "Sẽ sửa"}).status_code == 303
    assert post(officer, f"{path}/tra-loi", {"words": "Lại"}).status_code == 303
    assert "không còn làm được" in officer.get(path).text
    too_long = post(officer, f"{path}/gia-han", {"days": "99", "words": "Chờ trường"})
    assert too_long.status_code == 422
    assert "Chờ trường" in too_long.text
    assert post(officer, f"{path}/gia-han", {"days": "5", "words": "Chờ trường"}).status_code == 303
    assert post(officer, f"{path}/hoan-tat", {"words": "Đã sửa"}).status_code == 303
    session.refresh(found)
    assert found.state is RequestState.DONE
    assert found.extended_days == 5
    shown = text_of(officer.get(path).text)
    assert "Đã sửa" in shown
    assert "đúng hạn" in shown
    assert "Đã hoàn tất" in text_of(officer.get("/yeu-cau-quyen?trang-thai=da-xong").text)


def test_a_refusal_needs_its_reason(officer: Client, session: Session, me: Person) -> None:
    found = asked(session, me, RightKind.OBJECTION)
    path = f"/yeu-cau-quyen/{found.public_id}/tu-choi"
    assert post(officer, path, {"words": " "}).status_code == 422
    assert post(officer, path, {"words": "Luật buộc"}).status_code == 303
    session.refresh(found)
    assert found.state is RequestState.REFUSED
    assert session.get_one(Person, me.id).closed_purposes == 0


def test_a_request_on_paper_counts_from_its_day_and_names_how_the_person_was_made_sure_of(
    officer: Client, session: Session, me: Person
) -> None:
    sent = post(officer, "/yeu-cau-quyen/ghi", dict(recorded(me.code.lower())))
    assert sent.status_code == 303
    found = session.scalars(select(RightsRequest)).one()
    assert found.received_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert found.recorded_by_id is not None
    shown = text_of(officer.get(sent.location).text)
    assert "Đã xem giấy tờ tùy thân" in shown
    assert "Đơn giấy" in shown
    again = post(officer, "/yeu-cau-quyen/ghi", dict(recorded(me.code)))
    assert again.location == sent.location


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Chọn một mục trong danh sách"),
        ({"channel": ""}, "Chọn một mục trong danh sách"),
        ({"code": "HS-0"}, "Không có hồ sơ nào mang mã này"),
        ({"received_on": ["31", "2", "2026"]}, "Ngày nhận phải có thật"),
        ({"received_on": ["1", "1", "2999"]}, "Ngày nhận không được sau hôm nay"),
        ({"received_on": ["1", "1", "2020"]}, "Chưa có thời hạn nào áp dụng"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    officer: Client, me: Person, changed: dict[str, Any], sentence: str
) -> None:
    answer = post(officer, "/yeu-cau-quyen/ghi", {**recorded(me.code), **changed})
    assert answer.status_code == 422
    assert sentence in text_of(answer.text)
    assert "Đề nghị xóa hồ sơ" in answer.text


def test_somebody_who_withdrew_everything_may_still_ask(
    officer: Client, session: Session, me: Person
) -> None:
    asked(session, me, RightKind.WITHDRAWAL)
    assert officer.get(f"/ung-vien/{me.public_id}").status_code == 410
    sent = post(officer, "/yeu-cau-quyen/ghi", dict(recorded(me.code)))
    assert sent.status_code == 303
    shown = text_of(officer.get(sent.location).text)
    assert "Hồ sơ không còn hiện ở đâu" in shown
    assert me.full_name not in shown
    assert me.code in shown


def test_the_profile_leads_to_recording_with_its_code(officer: Client, session: Session) -> None:
    person = make.person(session)
    assert f"/yeu-cau-quyen/ghi?ho-so={person.code}" in officer.get(f"/ung-vien/{person.public_id}").text
    assert person.code in officer.get(f"/yeu-cau-quyen/ghi?ho-so={person.code}").text


def test_opening_a_request_is_a_look_the_person_sees(officer: Client, session: Session, me: Person) -> None:
    found = asked(session, me)
    officer.get(f"/yeu-cau-quyen/{found.public_id}")
    officer.get("/yeu-cau-quyen")
    reads = session.scalars(
        select(AuditEvent.action).where(AuditEvent.person.is_(None)).order_by(AuditEvent.id)
    )
    assert {"rights_request.read", "people.listed"} <= set(reads)


def test_limits_and_calendar_are_shown_with_their_sources(officer: Client) -> None:
    shown = text_of(officer.get("/yeu-cau-quyen/thoi-han").text)
    assert "Tết Đinh Mùi" in shown
    assert "Điều 112" in shown
    assert "chưa kiểm chứng" in shown
    assert "2 ngày làm việc" in shown


def test_the_kind_narrows_the_queue(officer: Client, session: Session, me: Person) -> None:
    asked(session, me, RightKind.ERASURE)
    assert "Xóa hồ sơ" in text_of(officer.get("/yeu-cau-quyen?loai=xoa").text)
    assert "Không có yêu cầu nào" in text_of(officer.get("/yeu-cau-quyen?loai=sua").text)
    assert officer.get("/yeu-cau-quyen?loai=gi-do&trang=zzz").status_code == 200
