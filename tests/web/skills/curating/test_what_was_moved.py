"""Where a waiting text stands, and what a change of the vocabulary moved: told on its pages and in the log of the need."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.people.queries import holding
from tests.conftest import Client
from tests.factories import people
from tests.factories.accounts import account, post, sign_in
from tests.factories.curating import claim, last_change, need, term
from tests.factories.people import ANONYMOUS
from tests.factories.skills import pending_term, skill
from tests.web.reading import text_of

Work = Callable[[], int]
TYPED = "đếm sao chợ phiên"


def labelled(curating: Client, session: Session, work: Work) -> str:
    """The text becomes another name of accounting; the address of the change."""
    kept = term(session, TYPED)
    answer = post(
        curating, f"/ky-nang/cho-duyet/{kept.public_id}/ten-goi", {"skill": skill(session, "FI01").public_id}
    )
    assert answer.status_code == 303
    work()
    return f"/ky-nang/thay-doi/{last_change(session).public_id}"


def listed(session: Session) -> list[str]:
    return list(
        session.scalars(
            select(AuditEvent.content).where(AuditEvent.action == "people.listed").order_by(AuditEvent.id)
        )
    )


def test_a_change_lists_whose_records_it_moved_as_far_as_the_viewer_may_see(
    curating: Client, session: Session, work: Work
) -> None:
    named = people.person(session, "Lò Thị Mai")
    hidden = people.person(session, "Lò Thị Kín Đáo", consents=ANONYMOUS)
    away = people.person(session, "Người Nơi Khác", unit_path="VN/01/")
    for one in (named, hidden, away):
        claim(session, one, TYPED)
    here, elsewhere = need(session, TYPED), need(session, TYPED, unit_path="VN/01/")
    page = curating.get(labelled(curating, session, work))
    words = text_of(page.text)
    assert "Đã chuyển 5 mục" in words
    told = {named.code: f"Lò Thị Mai {named.code}", hidden.code: f"Hồ sơ ẩn danh {hidden.code}"}
    in_order = " ".join(told[code] for code in sorted(told))
    assert f"3 hồ sơ {in_order} 1 mục ngoài phạm vi của bạn" in words
    assert f"2 nhu cầu Hướng dẫn viên {here.code} 1 mục ngoài phạm vi của bạn" in words
    assert f'href="/ung-vien/{named.public_id}"' in page.text
    assert f'href="/nhu-cau/{here.public_id}"' in page.text
    assert "Kín Đáo" not in words
    assert "Nơi Khác" not in words
    assert elsewhere.code not in words
    read = listed(session)[-1]
    assert named.public_id in read
    assert away.public_id not in read


def test_only_the_first_are_listed_and_the_total_is_said(
    curating: Client, session: Session, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "LISTED", 2)
    for name in ("Lò Văn Một", "Lò Văn Hai", "Lò Văn Ba"):
        claim(session, people.person(session, name), TYPED)
    words = text_of(curating.get(labelled(curating, session, work)).text)
    assert "3 hồ sơ" in words
    assert "Chỉ liệt kê 2 trong 3 mục bạn được xem" in words
    assert words.count("Lò Văn") == 2


def test_who_may_not_read_people_is_told_of_none(
    curating: Client, session: Session, work: Work, client: Client
) -> None:
    claim(session, people.person(session, "Lò Thị Mai"), TYPED)
    address = labelled(curating, session, work)
    reads = len(listed(session))
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    words = text_of(client.get(address).text)
    assert "Đã chuyển 1 mục" in words
    assert "Lò Thị Mai" not in words
    assert len(listed(session)) == reads


def test_the_queue_leads_to_where_a_text_stands(curating: Client, session: Session) -> None:
    person = people.person(session, "Lò Thị Mai")
    claim(session, person, TYPED)
    asked = need(session, TYPED)
    kept = term(session, TYPED)
    queue = curating.get("/ky-nang/cho-duyet").text
    for place in ("people", "needs"):
        assert f'href="/ky-nang/cho-duyet/{kept.public_id}#{place}"' in queue
    page = curating.get(f"/ky-nang/cho-duyet/{kept.public_id}")
    assert f'href="/ung-vien/{person.public_id}"' in page.text
    assert f'href="/nhu-cau/{asked.public_id}"' in page.text
    assert 'id="people"' in page.text
    assert TYPED not in page.text.split("</title>")[0]
    assert f"/ky-nang/cho-duyet/{kept.public_id}/ky-nang-khac" in page.text
    assert person.public_id in listed(session)[-1]


def test_a_text_nobody_holds_any_more_says_so(officer: Client, session: Session) -> None:
    kept = pending_term(session, TYPED)
    page = officer.get(f"/ky-nang/cho-duyet/{kept.public_id}")
    assert "Không còn hồ sơ hay nhu cầu nào giữ chữ này" in text_of(page.text)
    assert "ky-nang-khac" not in page.text


def test_the_log_of_a_need_tells_what_its_words_are_said_to_mean_now(
    curating: Client, session: Session, work: Work
) -> None:
    asked = need(session, TYPED)
    log = f"/nhu-cau/{asked.public_id}/nhat-ky"
    assert "được hiểu" not in text_of(curating.get(log).text)
    change = labelled(curating, session, work)
    page = curating.get(log)
    assert f"«{TYPED}» nay được hiểu là «Kế toán»" in text_of(page.text)
    assert f'href="{change}"' in page.text
    post(curating, f"{change}/hoan-tac")
    work()
    words = text_of(curating.get(log).text)
    assert f"«{TYPED}» lại là chữ chờ duyệt, vì thay đổi của danh mục được hoàn tác" in words
    assert f"«{TYPED}» nay được hiểu là «Kế toán»" in words


def test_the_home_page_leads_to_the_queue(curating: Client, session: Session) -> None:
    pending_term(session, TYPED)
    page = curating.get("/").text
    assert "từ chỉ kỹ năng chưa có trong danh mục" in text_of(page)
    assert 'href="/ky-nang/cho-duyet"' in page
