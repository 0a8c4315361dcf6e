"""Contacts, identity numbers and sensitive traits."""

import pytest
from sqlalchemy.orm import Session

from registry.people.queries import contacts_in_clear, identities_in_clear, traits_in_clear
from registry.people.rules import (
    ContactDraft,
    ContactKind,
    IdentityDraft,
    IdentityKind,
    SelfDraft,
)
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import path_of


def test_contacts_are_kept_in_one_form(officer: Client, session: Session) -> None:
    person = make.person(session)
    page = officer.get(path_of(person, "lien-he")).text
    version = page.split('name="version" type="hidden" value="')[1].split('"')[0]
    fields = {"version": version, "email": "hoa@vidu.vn", "phone": "+81 90 1234 5678", "preferred": "phone"}
    assert post(officer, path_of(person, "lien-he"), fields).status_code == 303
    session.refresh(person)
    assert sorted(contacts_in_clear(session, person).values()) == ["+819012345678", "hoa@vidu.vn"]
    answer = post(officer, path_of(person, "lien-he"), {**fields, "email": "khac@vidu.vn"})
    assert answer.status_code == 409
    assert "khac@vidu.vn" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"email": "hoa@"}, "Nhập địa chỉ thư điện tử đúng"), ({"phone": "123"}, "Số điện thoại phải gọi được")],
)
def test_contacts_nobody_can_reach_are_refused(
    officer: Client, session: Session, fields: dict[str, str], sentence: str
) -> None:
    person = make.person(session, contacts=(ContactDraft(ContactKind.EMAIL, "cu@vidu.vn"),))
    answer = post(officer, path_of(person, "lien-he"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert next(iter(fields.values())) in answer.text


def test_an_identity_number_is_kept_and_doubts_are_told(officer: Client, session: Session) -> None:
    person = make.person(session, about=SelfDraft("x"))
    fields = {"kind": "cccd", "number": "999188456789", "country": "Việt Nam"}
    answer = post(officer, path_of(person, "giay-to"), fields, follow_redirects=True)
    assert "Ba số đầu của CCCD (999) không phải mã tỉnh" in answer.text
    assert "999188456789" in answer.text
    assert list(identities_in_clear(session, person).values()) == ["999188456789"]
    assert post(officer, path_of(person, "giay-to/cccd/xoa")).status_code == 303
    session.refresh(person)
    assert person.identities == []
    assert post(officer, path_of(person, "giay-to/cccd/xoa")).status_code == 404


def test_a_number_of_somebody_else_is_refused_without_telling_whose(
    officer: Client, session: Session
) -> None:
    number = IdentityDraft(IdentityKind.CCCD, "001188456789")
    make.person(session, "Người Sơn La", unit_path="VN/14/", identities=(number,))
    person = make.person(session)
    answer = post(officer, path_of(person, "giay-to"), {"kind": "cccd", "number": "001188456789"})
    assert answer.status_code == 422
    assert "Số này đã có trong một hồ sơ khác" in answer.text
    assert "Sơn La" not in answer.text


def test_full_width_digits_are_no_identity_number(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(officer, path_of(person, "giay-to"), {"kind": "cccd", "number": "００1188456789"})
    assert answer.status_code == 422
    assert "đúng 12 chữ số" in answer.text


def test_sensitive_traits_have_a_page_of_their_own(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"ethnicity": "Thái", "religion": "", "party_member": "yes"}
    assert post(officer, path_of(person, "nhay-cam"), fields).status_code == 303
    assert traits_in_clear(session, person)["ethnicity"] == "Thái"
    assert "selected" in officer.get(path_of(person, "nhay-cam")).text
    assert "Thái" not in officer.get(f"/ung-vien/{person.public_id}").text
