"""One profile leaves in the open formats: one's own whole, that of others as far as their page shows it, and they see it."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.exchange.readers.cv.reading import read_items
from registry.people.models import Person, SkillClaim
from registry.people.rules import (
    AchievementDraft,
    AchievementKind,
    ContactDraft,
    ContactKind,
    EducationDraft,
    ExperienceDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    PartialDate,
    SelfDraft,
)
from registry.skills.models import ExternalConcept, Skill
from registry.skills.rules import ExternalScheme, ExternalState
from tests.conftest import Client
from tests.factories.accounts import Account, account, post, sign_in
from tests.factories.claims import claim
from tests.factories.people import ANONYMOUS
from tests.factories.rights import with_account

FORMATS = ("json-resume", "europass", "orcid")
ASKED = {"purpose": "partner", "purpose_text": "Gửi hồ sơ cho trường đối tác"}
ADDRESS = "http://data.europa.eu/esco/skill/thu"
HIDDEN = (
    "Lò Văn", "Chiến", "chien@vidu.vn", "912345678", "1984", "Bệnh viện Thử", "Trường Thử", "Khám bệnh", "Bằng khen",
    "Giới thiệu dài", "001199012345",
)  # fmt: skip


def rich(session: Session, **traits: Any) -> tuple[Person, Account]:
    """A person with something in every section, whose skill ESCO knows too."""
    person, own = with_account(
        session,
        about=SelfDraft("", birth=PartialDate(1984, 5, 6), headline="Bác sĩ tim mạch", summary="Giới thiệu dài"),
        contacts=(ContactDraft(ContactKind.EMAIL, "chien@vidu.vn"), ContactDraft(ContactKind.PHONE, "+84912345678")),
        identities=(IdentityDraft(IdentityKind.CCCD, "001199012345"),),
        education=(EducationDraft(5, "THS", major="Tim mạch", school="Trường Thử"),),
        experience=(ExperienceDraft("Bác sĩ", "Bệnh viện Thử", description="Khám bệnh"),),
        languages=(LanguageDraft("en", 4, "IELTS 6.5"),),
        achievements=(AchievementDraft(AchievementKind.AWARD, "Bằng khen"),),
        **traits,
    )  # fmt: skip
    held: SkillClaim = claim(session, person, 4)
    session.add(
        ExternalConcept(
            scheme=ExternalScheme.ESCO, code="thu", uri=ADDRESS, label="trial", state=ExternalState.ACCEPTED, skill_id=held.skill_id
        )
    )  # fmt: skip
    session.commit()
    return person, own


def taken(client: Client, address: str, **sent: str) -> str:
    answer = post(client, address, sent)
    assert answer.status_code == 200, answer.text[:2000]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return answer.data.decode("utf-8")


def events(session: Session) -> list[dict[str, Any]]:
    found = select(AuditEvent).where(AuditEvent.action == "person.formats_taken").order_by(AuditEvent.id)
    return [json.loads(one.content) for one in session.scalars(found)]


def test_one_takes_ones_own_profile_and_the_reader_knows_it_again(client: Client, session: Session) -> None:
    person, own = rich(session)
    sign_in(client, own)
    assert 'href="/toi/dinh-dang-mo"' in client.get("/toi").text
    assert "Europass (.xml)" in client.get("/toi/dinh-dang-mo").text
    skill = session.scalars(select(Skill).where(Skill.code == "IT01")).one()
    files = {one: taken(client, "/toi/dinh-dang-mo", format=one) for one in FORMATS}
    for name, file in files.items():
        items = read_items(file.encode(), "xml" if name == "europass" else "json")
        found = {field: value for one in items for field, value in one.fields.items()}
        assert found["full_name"] == "Lò Văn Chiến"
        assert (found["email"], found["degree"], found["school"]) == ("chien@vidu.vn", "THS", "Trường Thử")
        if name != "orcid":
            assert found["skill"] == f"{skill.vi} (bậc 4/5)"
            assert (found["code"], found["esco"], found["level"]) == ("IT01", ADDRESS, "B2")
        assert "001199012345" not in file
    assert [one["detail"]["format"] for one in events(session)] == list(FORMATS)
    assert events(session)[0]["people"] == [person.public_id]
    assert "định dạng mở" not in client.get("/toi/ai-da-xem").text


def test_an_officer_says_what_for_and_the_person_sees_it(client: Client, session: Session) -> None:
    person, own = rich(session)
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Phạm Bí Danh"))
    address = f"/ung-vien/{person.public_id}/dinh-dang-mo"
    assert address in client.get(f"/ung-vien/{person.public_id}/cv").text
    assert "Lò Văn Chiến" in client.get(address).text
    refused = post(client, address, {"format": "europass", "purpose": "", "purpose_text": "ngắn"})
    assert refused.status_code == 422
    assert "Chọn mục đích" in refused.text
    assert "Nói rõ hơn" in refused.text
    assert events(session) == []
    assert "Bệnh viện Thử" in taken(client, address, format="europass", **ASKED)
    [event] = events(session)
    assert (event["detail"]["for"], event["detail"]["format"]) == ("partner", "europass")
    sign_in(client, own)
    shown = client.get("/toi/ai-da-xem").text
    assert "Lấy hồ sơ của bạn theo định dạng mở" in shown
    assert "Bí Danh" not in shown


@pytest.mark.parametrize("chosen", FORMATS)
def test_of_somebody_anonymous_only_what_the_page_shows_leaves(
    client: Client, session: Session, chosen: str
) -> None:
    person, _own = rich(session, consents=ANONYMOUS)
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    address = f"/ung-vien/{person.public_id}/dinh-dang-mo"
    page = client.get(address).text
    assert "Hồ sơ ẩn danh" in page
    assert "Hồ sơ của Hồ sơ" not in page
    file = taken(client, address, format=chosen, **ASKED)
    assert [words for words in HIDDEN if words in file] == []
    for words in (person.code, "Bác sĩ", "Tim mạch"):
        assert words in file


def test_of_people_out_of_scope_nothing_leaves(client: Client, session: Session) -> None:
    person, _own = rich(session)
    sign_in(client, account(session, Role.OFFICER, "VN/01/"))
    address = f"/ung-vien/{person.public_id}/dinh-dang-mo"
    assert client.get(address).status_code == 404
    assert post(client, address, {"format": "orcid", **ASKED}).status_code == 404
    assert events(session) == []
