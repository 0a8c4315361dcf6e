"""Evidence: recorded behind claims, listed for those who check, verified or sent back with a reason."""

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.people import operations
from registry.people.models import Education, Evidence, Person
from registry.people.rules import (
    EducationDraft,
    EvidenceDraft,
    EvidenceResult,
    EvidenceState,
    VerificationMethod,
)
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS, AT, NAMED

VERIFIED = {"result": "verified", "method": "original_seen"}


def study(session: Session, person: Person) -> Education:
    row = operations.add_entry(session, person, EducationDraft(5, "THS", "748"), by=None, at=AT)
    assert isinstance(row, Education)
    return row


def paper(session: Session, person: Person, title: str = "Bằng thạc sĩ", number: str = "KS-0099") -> Evidence:
    draft = EvidenceDraft(title, issuer="Đại học Kín", number=number)
    return operations.attach_evidence(session, person, [study(session, person)], draft, by=None, at=AT)


def test_evidence_is_recorded_behind_the_claims_that_were_chosen(officer: Client, session: Session) -> None:
    person = make.person(session)
    row = study(session, person)
    path = f"/ung-vien/{person.public_id}/minh-chung/tao"
    assert "Học vấn: Thạc sĩ" in officer.get(path).text
    fields = {"title": "Bằng thạc sĩ", "claims": [row.public_id], "expires_on": ["1", "1", "2030"]}
    assert post(officer, path, fields).status_code == 303
    session.refresh(row)
    assert (row.evidence_state, row.evidence_until) == (EvidenceState.ATTACHED, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "", "claims": ["x"]}, "Nhập tên giấy tờ"),
        ({"title": "Bằng", "claims": []}, "Chọn ít nhất một mục"),
        ({"title": "Bằng", "claims": ["x"]}, "Chọn một mục trong danh sách"),
    ],
)
def test_evidence_of_nothing_is_refused(
    officer: Client, session: Session, fields: dict[str, object], sentence: str
) -> None:
    person = make.person(session)
    study(session, person)
    answer = post(officer, f"/ung-vien/{person.public_id}/minh-chung/tao", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(Evidence)).all() == []


def test_a_record_without_claims_says_what_to_do_first(officer: Client, session: Session) -> None:
    person = make.person(session)
    assert "Chưa có mục nào để chứng minh" in officer.get(f"/ung-vien/{person.public_id}/minh-chung/tao").text


def test_waiting_evidence_of_people_in_scope_is_listed(officer: Client, session: Session) -> None:
    assert "Không có giấy tờ nào chờ xác minh" in officer.get("/xac-minh").text
    here = paper(session, make.person(session, "Lò Văn Chiến"))
    hidden = paper(session, make.person(session, "Vàng A Páo", consents=ANONYMOUS), "Chứng chỉ")
    elsewhere = paper(session, make.person(session, unit_path="VN/14/"), "Bằng Sơn La")
    page = officer.get("/xac-minh").text
    assert "Lò Văn Chiến" in page
    assert f"Hồ sơ ẩn danh {hidden.person.code}" in page
    assert "Páo" not in page
    assert "Bằng Sơn La" not in page
    assert page.index(here.title) < page.index(hidden.title)
    assert officer.get(f"/xac-minh/{elsewhere.public_id}").status_code == 404
    assert officer.get("/xac-minh/%00").status_code in {400, 404}


def test_papers_of_anonymous_people_come_last_with_the_reason_and_no_button(
    officer: Client, session: Session
) -> None:
    hidden = paper(session, make.person(session, "Vàng A Páo", consents=ANONYMOUS), "Chứng chỉ")
    here = paper(session, make.person(session, "Lò Văn Chiến"))
    page = officer.get("/xac-minh").text
    assert page.index(here.title) < page.index(hidden.title)
    assert f'href="/xac-minh/{here.public_id}"' in page
    assert f'href="/xac-minh/{hidden.public_id}"' not in page
    assert "Chưa xem được: người này chưa đồng ý cho biết tên" in page
    assert page.count("Xem và ghi kết quả") == 1
    assert "Giấy tờ chờ xác minh, cũ nhất trước" in page


def test_the_page_of_a_paper_belongs_to_the_list_it_comes_from(officer: Client, session: Session) -> None:
    evidence = paper(session, make.person(session))
    page = officer.get(f"/xac-minh/{evidence.public_id}").text
    assert re.search(r'<a href="/xac-minh"[^>]*aria-current', page)
    crumb = page.split('class="crumb"')[1].split("</nav>")[0]
    assert 'href="/xac-minh"' in crumb
    assert 'href="/ung-vien"' not in crumb


def test_what_one_answer_makes_necessary_is_said_beside_the_question(
    officer: Client, session: Session
) -> None:
    evidence = paper(session, make.person(session))
    page = " ".join(officer.get(f"/xac-minh/{evidence.public_id}").text.split())
    assert 'Đã xác minh bằng cách nào <span class="opt-mark">(bắt buộc khi giấy tờ đúng)</span>' in page
    assert 'Lý do trả lại <span class="opt-mark">(bắt buộc khi trả lại)</span>' in page


def test_verifying_marks_the_claims_and_takes_the_paper_off_the_list(
    officer: Client, session: Session
) -> None:
    person = make.person(session)
    evidence = paper(session, person)
    page = officer.get(f"/xac-minh/{evidence.public_id}").text
    assert "KS-0099" in page
    assert "Thạc sĩ, Máy tính và công nghệ thông tin" in page
    fields = {**VERIFIED, "until": ["1", "1", "2031"], "version": evidence.version}
    answer = post(officer, f"/xac-minh/{evidence.public_id}", fields, follow_redirects=True)
    assert "Đã xác minh giấy tờ" in answer.text
    row = session.scalars(select(Education)).one()
    assert (row.evidence_state, row.evidence_until) == (EvidenceState.VERIFIED, date(2031, 1, 1))
    assert "Không có giấy tờ nào chờ xác minh" in officer.get("/xac-minh").text
    assert "người xem: Lò Thị Hạnh" in officer.get(f"/xac-minh/{evidence.public_id}").text


def test_sending_back_needs_a_reason_that_the_profile_shows(officer: Client, session: Session) -> None:
    person = make.person(session)
    evidence = paper(session, person)
    path = f"/xac-minh/{evidence.public_id}"
    answer = post(officer, path, {"result": "rejected", "reason": "", "version": evidence.version})
    assert answer.status_code == 422
    assert "Nhập lý do trả lại" in answer.text
    fields = {"result": "rejected", "reason": "Bản chụp mờ", "version": evidence.version}
    assert post(officer, path, fields).status_code == 303
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "Bản chụp mờ" in page
    assert "Bị từ chối" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"result": ""}, "Chọn kết quả"),
        ({"result": "verified"}, "Chọn đã xác minh bằng cách nào"),
        ({**VERIFIED, "until": ["1", "1", "2020"]}, "phải từ hôm nay trở đi"),
    ],
)
def test_a_result_says_how_it_was_reached(
    officer: Client, session: Session, fields: dict[str, object], sentence: str
) -> None:
    evidence = paper(session, make.person(session))
    answer = post(officer, f"/xac-minh/{evidence.public_id}", {**fields, "version": evidence.version})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert evidence.result is None


def test_two_officers_cannot_both_decide(officer: Client, session: Session) -> None:
    person = make.person(session)
    evidence = paper(session, person)
    opened_at = evidence.version
    operations.verify_evidence(
        session,
        person,
        evidence,
        method=VerificationMethod.ISSUER_ASKED,
        until=None,
        expected_version=opened_at,
        by=None,
        at=AT,
    )
    fields = {"result": "rejected", "reason": "Không đạt", "version": opened_at}
    answer = post(officer, f"/xac-minh/{evidence.public_id}", fields, follow_redirects=True)
    assert "vừa có người xem" in answer.text
    session.refresh(evidence)
    assert evidence.result is EvidenceResult.VERIFIED


def test_papers_of_anonymous_people_wait_for_their_consent(officer: Client, session: Session) -> None:
    evidence = paper(session, make.person(session, "Vàng A Páo", consents=ANONYMOUS))
    page = officer.get(f"/xac-minh/{evidence.public_id}").text
    assert "KS-0099" not in page
    assert "Đại học Kín" not in page
    fields = {**VERIFIED, "version": evidence.version}
    assert post(officer, f"/xac-minh/{evidence.public_id}", fields).status_code == 403


def test_roles_that_do_not_verify_are_refused(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    evidence = paper(session, make.person(session, consents=NAMED))
    assert client.get("/xac-minh").status_code == 403
    assert client.get(f"/xac-minh/{evidence.public_id}").status_code == 403
    assert post(client, f"/xac-minh/{evidence.public_id}", VERIFIED).status_code == 403
