"""The CV of a person leaves as PDF and Word: with the name where it may stand, without it where not, known to its person."""

import io
import json
import re
from typing import Any

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.consents.rules import Channel, PurposeCode
from registry.introductions.operations import grant_reveal
from registry.people.models import Person
from registry.people.operations import set_availability, withdraw_consent
from registry.people.rules import (
    AchievementDraft,
    AchievementKind,
    AvailabilityDraft,
    AvailabilityState,
    ContactDraft,
    ContactKind,
    EducationDraft,
    ExperienceDraft,
    LanguageDraft,
    SelfDraft,
)
from registry.web.clock import now, today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.introductions import asked, meeting
from tests.factories.people import ANONYMOUS, AT
from tests.factories.rights import with_account

NAME = "Lò Thị Mai Hoa"
SECTIONS = [
    "about", "contacts", "summary", "skills", "career", "education", "languages", "achievements", "ties", "wishes",
]  # fmt: skip
OWN = {"sections": SECTIONS, "language": "vi", "format": "pdf"}
SENT = {**OWN, "purpose": "panel", "purpose_text": "Gửi hội đồng tuyển chọn họp ngày 02/12"}
# Each of them stands in a CV with a name, none in one without.
SECRETS = (
    NAME, "mai.hoa@vidu.vn", "Bệnh viện Nhi Mặt Trời", "Trường Y Ban Mai", "Bằng khen của Mặt Trời", "Thích hoa ban",
    "Phó khoa Bệnh viện Nhi Mặt Trời", "Y của Trường Y Ban Mai", "số 0912 345 678",
)  # fmt: skip
SHOWN = ("Bác sĩ điều trị", "Tiếng Anh")


def person_of(session: Session, **traits: Any) -> Person:
    """Somebody whose titles and headline say where they work."""
    return make.person(session, NAME, **{**WHOLE, **traits})


WHOLE: dict[str, Any] = {
    "about": SelfDraft(NAME, headline="Phó khoa Bệnh viện Nhi Mặt Trời", summary="Thích hoa ban"),
    "contacts": (ContactDraft(ContactKind.EMAIL, "mai.hoa@vidu.vn"),),
    "education": (EducationDraft(major="Y của Trường Y Ban Mai", school="Trường Y Ban Mai"),),
    "experience": (ExperienceDraft("Bác sĩ điều trị", "Bệnh viện Nhi Mặt Trời"),),
    "languages": (LanguageDraft("en", 4, "Chứng chỉ số 0912 345 678"),),
    "achievements": (AchievementDraft(next(iter(AchievementKind)), "Bằng khen của Mặt Trời"),),
}


def words_of(answer: Any) -> str:
    """All text of a paper on one line."""
    assert answer.status_code == 200, answer.text[:2000]
    if answer.content_type == "application/pdf":
        said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    else:
        document: Any = docx.Document(io.BytesIO(answer.data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        parts = [*(one.text for one in document.paragraphs), *cells]
        said = "\n".join([*parts, document.sections[0].footer.paragraphs[0].text])
    return re.sub(r"\s+", " ", said)


def events(session: Session, action: str) -> list[Any]:
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
    return [json.loads(one.content) for one in rows]


def cv(person: Person) -> str:
    return f"/ung-vien/{person.public_id}/cv"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_cv_with_a_name_says_all_that_was_chosen_and_hidden_nothing_that_tells(
    officer: Client, session: Session, kind: str
) -> None:
    person = person_of(session)
    assert f'href="{cv(person)}"' in officer.get(f"/ung-vien/{person.public_id}").text
    answer = post(officer, cv(person), {**SENT, "format": kind})
    assert re.fullmatch(
        rf"attachment; filename=CV-{person.code}-[\d-]+\.{kind}", answer.headers["Content-Disposition"]
    )
    said = words_of(answer)
    assert [one for one in (*SECRETS, *SHOWN, str(SENT["purpose_text"])) if one not in said] == []
    hidden = post(officer, cv(person), {**SENT, "format": kind, "hidden": "y"})
    said = words_of(hidden)
    assert [one for one in SECRETS if one in said] == []
    assert [one for one in (*SHOWN, person.code, "Bản ẩn tên và liên hệ") if one not in said] == []
    for token in ("Mặt Trời", "Mai", "vidu.vn", person.public_id):
        assert token not in said
        assert token.encode() not in hidden.data


def test_only_the_chosen_sections_are_there(officer: Client, session: Session) -> None:
    said = words_of(post(officer, cv(person_of(session)), {**SENT, "sections": ["languages"]}))
    assert "Tiếng Anh" in said
    assert "Quá trình công tác" not in said
    assert "mai.hoa@vidu.vn" not in said


def test_of_whoever_is_anonymous_there_is_only_the_hidden_one(officer: Client, session: Session) -> None:
    person = person_of(session, consents=ANONYMOUS)
    page = officer.get(cv(person)).text
    assert "chỉ lấy được bản ẩn tên và liên hệ" in page
    assert NAME not in page
    assert 'value="contacts"' not in page
    said = words_of(post(officer, cv(person), {**SENT, "hidden": "y"}))
    assert [one for one in SECRETS if one in said] == []
    assert f"Hồ sơ ẩn danh {person.code}" in said


def test_a_right_that_ended_meanwhile_is_said_and_nothing_leaves(officer: Client, session: Session) -> None:
    person = person_of(session)
    assert 'name="hidden"' in officer.get(cv(person)).text
    withdraw_consent(session, person, PurposeCode.CONTACT, channel=Channel.PAPER, reason="", by=None, at=AT)
    session.commit()
    answer = post(officer, cv(person), SENT)
    assert answer.status_code == 422
    assert "Bạn không còn được biết tên người này" in answer.text
    assert str(SENT["purpose_text"]) in answer.text
    assert NAME not in answer.text
    assert events(session, "person.cv_taken") == []


def test_a_name_known_for_one_need_stands_in_the_cv_for_that_need_alone(
    client: Client, session: Session
) -> None:
    met = meeting(session)
    grant_reveal(session, asked(session, met, at=now()), by=met.own.id, at=now())
    session.commit()
    sign_in(client, met.officer)
    way = f"{cv(met.person)}?nhu_cau={met.need.public_id}"
    assert met.person.full_name in words_of(post(client, way, SENT))
    assert post(client, cv(met.person), SENT).status_code == 422
    [event] = events(session, "person.cv_taken")
    assert event["detail"]["need"] == met.need.public_id


def test_whoever_stands_in_no_list_is_handed_to_nobody(officer: Client, session: Session) -> None:
    person = person_of(session)
    said = AvailabilityDraft(today(), AvailabilityState.PAUSED)
    set_availability(session, person, said, by=None, at=AT)
    session.commit()
    answer = post(officer, cv(person), SENT)
    assert answer.status_code == 422
    assert "chỉ lấy được CV để rà soát, sửa dữ liệu" in answer.text
    assert NAME in words_of(post(officer, cv(person), {**SENT, "purpose": "checking"}))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": ""}, "Chọn mục đích"),
        ({"purpose_text": "ngắn"}, "Nói rõ hơn"),
        ({"sections": []}, "Chọn ít nhất một mục"),
        ({"sections": ["identity"]}, "Chọn một mục trong danh sách"),
        ({"format": "exe"}, "Chọn một mục trong danh sách"),
        ({"language": "fr"}, "Chọn một mục trong danh sách"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_leaves(
    officer: Client, session: Session, wrong: dict[str, Any], words: str
) -> None:
    answer = post(officer, cv(person_of(session)), {**SENT, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert events(session, "person.cv_taken") == []


def test_the_log_and_the_person_know_who_took_it_and_what_for(client: Client, session: Session) -> None:
    me, own = with_account(session)
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Phạm Bí Danh"))
    assert "Phạm Bí Danh" in words_of(post(client, cv(me), SENT))
    [event] = events(session, "person.cv_taken")
    assert event["people"] == [me.public_id]
    assert event["detail"]["for"] == "panel"
    assert (event["detail"]["hidden"], event["detail"]["format"]) == ("no", "pdf")
    assert "Lấy CV của người này" in client.get(f"/ung-vien/{me.public_id}").text
    sign_in(client, own)
    shown = client.get("/toi/ai-da-xem").text
    assert "Lấy CV của bạn" in shown
    assert "Bí Danh" not in shown


def test_ones_own_cv_is_there_in_both_languages(client: Client, session: Session) -> None:
    me, own = with_account(session, NAME, **WHOLE)
    sign_in(client, own)
    said = words_of(post(client, "/toi/cv", OWN))
    assert [one for one in (*SECRETS, "Quá trình công tác", "Người có hồ sơ tự lập") if one not in said] == []
    english = words_of(post(client, "/toi/cv", {**OWN, "language": "en", "format": "docx"}))
    assert NAME in english
    assert client.get("/toi/cv").status_code == 200
    hidden = words_of(post(client, "/toi/cv", {**OWN, "hidden": "y"}))
    assert [one for one in SECRETS if one in hidden] == []
    assert post(client, "/toi/cv", {**OWN, "sections": []}).status_code == 422
    assert len(events(session, "person.cv_taken")) == 3
    assert me.code in english


def test_whoever_has_no_record_has_no_cv(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CANDIDATE, ""))
    assert client.get("/toi/cv").status_code == 404
    assert post(client, "/toi/cv", OWN).status_code == 404
