"""An officer invites somebody whose record the office entered; the person takes it over by letter, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, SingleUseLink
from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.people.models import Person
from registry.people.operations import replace_contacts
from registry.people.rules import ContactDraft, ContactKind, PersonState
from tests.conftest import Client, browser
from tests.factories import people as make
from tests.factories.accounts import CHEAP, PASSWORD, account, post, sign_in
from tests.factories.letters import the_letter, waiting_letters

ADDRESS = "hoa@vidu.vn"
CHOSEN = "một câu thật dài khó đoán"


def entered(session: Session, *addresses: str, **traits: Any) -> Person:
    contacts = tuple(ContactDraft(ContactKind.EMAIL, one, False) for one in addresses or (ADDRESS,))
    made = make.person(session, contacts=contacts, **traits)
    session.commit()
    return made


def invite(client: Client, person: Person) -> Any:
    return post(client, f"/ung-vien/{person.public_id}/moi")


def invitation(client: Client, session: Session, person: Person) -> str:
    assert invite(client, person).status_code == 303
    return the_letter(session, "profile_invitation").path("/loi-moi/")


def accept(client: Client, path: str, password: str = CHOSEN) -> Any:
    return post(client, path, {"password": password, "again": password})


def visitor(client: Client) -> Client:
    return browser(client.application, client.session)


def test_somebody_who_was_invited_takes_the_record_over(officer: Client, session: Session) -> None:
    person = entered(session)
    path = f"/ung-vien/{person.public_id}"
    assert "Mời nhận hồ sơ" in officer.get(path).text
    link = invitation(officer, session, person)
    letter = the_letter(session, "profile_invitation")
    assert (letter.to, letter.row.person_public_id) == (ADDRESS, person.public_id)
    assert "Hòa" not in letter.body
    guest = visitor(officer)
    for _ in range(2):
        page = guest.get(link)
        assert page.status_code == 200
        assert "Hòa" not in page.text
        assert guest.head(link).status_code == 200
    done = accept(guest, link)
    assert (done.status_code, done.headers["Location"]) == (303, "/dang-ky")
    session.refresh(person)
    made = session.scalars(select(Account).where(Account.email_folded == ADDRESS)).one()
    assert person.account_id == made.id
    assert (made.display_name, [role.role for role in made.roles]) == (person.full_name, [Role.CANDIDATE])
    assert CHEAP.verify(made.password_hash, CHOSEN)
    assert guest.get("/tai-khoan").status_code == 200
    shown = officer.get(path).text
    assert "Mời nhận hồ sơ" not in shown
    assert "đã nhận hồ sơ" in shown
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.taken_over")).one()
    assert (event.by_id, event.subject_id) == (made.id, person.public_id)


def test_an_invitation_is_good_once_and_says_how_to_get_another(officer: Client, session: Session) -> None:
    person = entered(session)
    link = invitation(officer, session, person)
    assert accept(visitor(officer), link).status_code == 303
    for answer in (visitor(officer).get(link), accept(visitor(officer), link)):
        assert answer.status_code == 410
        assert "nhận thư mời mới" in answer.text
    invite(officer, person)
    assert len(waiting_letters(session, "profile_invitation")) == 1
    assert "đã nhận hồ sơ" in officer.get(f"/ung-vien/{person.public_id}").text


def test_an_invitation_runs_out_and_a_new_one_ends_the_one_before(officer: Client, session: Session) -> None:
    person = entered(session)
    first = invitation(officer, session, person)
    second = invitation(officer, session, person)
    assert first != second
    assert visitor(officer).get(first).status_code == 410
    assert visitor(officer).get(second).status_code == 200
    for link in session.scalars(select(SingleUseLink)):
        link.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert visitor(officer).get(second).status_code == 410


def test_whoever_holds_an_old_invitation_may_ask_for_another(officer: Client, session: Session) -> None:
    person = entered(session)
    old = invitation(officer, session, person)
    session.scalars(select(SingleUseLink)).one().expires_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    guest = visitor(officer)
    assert f"{old}/gui-lai" in guest.get(old).text
    said = [post(guest, f"{path}/gui-lai").headers["Location"] for path in (old, "/loi-moi/khong-co")]
    assert said == ["/dang-nhap", "/dang-nhap"]
    new = the_letter(session, "profile_invitation").path("/loi-moi/")
    assert new != old
    assert accept(guest, new).status_code == 303
    sent = len(waiting_letters(session))
    assert post(guest, f"{old}/gui-lai").status_code == 303
    assert len(waiting_letters(session)) == sent  # the record is somebody's by now


def test_an_address_that_was_taken_away_opens_nothing(officer: Client, session: Session) -> None:
    person = entered(session)
    link = invitation(officer, session, person)
    other = [ContactDraft(ContactKind.EMAIL, "khac@vidu.vn", False)]
    replace_contacts(session, person, other, by=None, at=datetime.now(UTC))
    assert visitor(officer).get(link).status_code == 410
    assert accept(visitor(officer), link).status_code == 410
    session.refresh(person)
    assert person.account_id is None


def test_a_record_that_may_no_longer_be_kept_is_not_taken_over(officer: Client, session: Session) -> None:
    person = entered(session)
    link = invitation(officer, session, person)
    person.state = PersonState.WITHDRAWN
    assert accept(visitor(officer), link).status_code == 410


def test_the_owner_of_an_account_proves_it_with_its_password_and_signs_in_as_always(
    officer: Client, session: Session
) -> None:
    person = entered(session)
    had = account(session, Role.OFFICER, "VN/12/", email=ADDRESS)
    link, guest = invitation(officer, session, person), visitor(officer)
    page = guest.get(link).text
    assert "đã có tài khoản" in page
    assert 'name="again"' not in page
    assert post(guest, link, {"password": "sai"}).status_code == 422
    done = post(guest, link, {"password": PASSWORD})
    assert (done.status_code, done.headers["Location"]) == (303, "/dang-nhap")
    assert guest.get("/tai-khoan").status_code == 302
    session.refresh(person)
    session.expire(had)
    assert person.account_id == had.id
    assert {role.role for role in had.roles} == {Role.OFFICER, Role.CANDIDATE}


def test_one_account_owns_one_record(officer: Client, session: Session) -> None:
    first, second = entered(session), entered(session, name="Lò Văn Chiến")
    accept(visitor(officer), invitation(officer, session, first))
    link = invitation(officer, session, second)
    assert post(visitor(officer), link, {"password": CHOSEN}).status_code == 410
    session.refresh(second)
    assert second.account_id is None


def test_a_record_without_an_address_says_what_is_missing(officer: Client, session: Session) -> None:
    person = make.person(session)
    session.commit()
    path = f"/ung-vien/{person.public_id}"
    assert "Mời nhận hồ sơ" not in officer.get(path).text
    assert invite(officer, person).status_code == 303
    assert "chưa có địa chỉ thư" in officer.get(path).text
    assert waiting_letters(session) == []


def test_the_preferred_address_is_written_to(officer: Client, session: Session) -> None:
    contacts = (
        ContactDraft(ContactKind.EMAIL, "mot@vidu.vn", False),
        ContactDraft(ContactKind.EMAIL, "hai@vidu.vn", True),
    )
    person = make.person(session, contacts=contacts)
    session.commit()
    invitation(officer, session, person)
    assert the_letter(session, "profile_invitation").to == "hai@vidu.vn"


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [
        (Role.OFFICER, "VN/01/", 404),
        (Role.AUDITOR, "", 403),
        (Role.SYSTEM_ADMIN, "", 403),
        (Role.CANDIDATE, "", 403),
    ],
)
def test_only_an_officer_of_the_office_invites(
    client: Client, session: Session, role: Role, unit: str, code: int
) -> None:
    person = entered(session)
    sign_in(client, account(session, role, unit))
    assert invite(client, person).status_code == code
    assert waiting_letters(session) == []


def test_somebody_who_did_not_agree_to_be_written_to_is_not_invited(
    officer: Client, session: Session
) -> None:
    person = entered(session, consents=make.ANONYMOUS)
    assert "Mời nhận hồ sơ" not in officer.get(f"/ung-vien/{person.public_id}").text
    assert invite(officer, person).status_code == 403
    assert waiting_letters(session) == []
