"""The register through its operations and pages: the clock, whom the log shows, letters, the report, who may look."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Alert
from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.audit.operations import record, record_read
from registry.audit.queries import verify
from registry.incidents import operations
from registry.incidents.models import Incident, IncidentPerson, IncidentStep
from registry.incidents.operations import NotPossible, ReasonMissing
from registry.incidents.operations.alerting import clocks_to_tell, tell_clocks
from registry.incidents.queries import counts_of, step_words, told_of
from registry.incidents.queries.affected import LogSelection, events_of
from registry.mail.models import MailOutbox
from registry.people.rules import ContactDraft, ContactKind
from registry.privacy.operations.erasing import erase_person
from registry.privacy.operations.reaching import Office
from registry.privacy.queries.taking import taken
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.incidents import TOLD, incident
from tests.factories.people import AT
from tests.factories.rights import with_account

OFFICE = Office("Sở Nội vụ", "http://localhost")
HOUR = timedelta(hours=1)
FORM = {
    "happened_on": ["24", "11", "2026"],
    "happened_time": "22:00",
    "discovered_on": ["25", "11", "2026"],
    "discovered_time": "8:30",
    "title": "Mất máy tính",
    "what": "Máy tính có tệp xuất bị mất",
    "systems": "Máy tính của phòng",
    "kinds": "Họ tên, điện thoại",
    "harm": "Có thể bị gọi lừa",
    "measures": "Đã khóa tài khoản",
}


@pytest.fixture
def administrator(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    return client


def test_a_planted_bulk_read_gives_exactly_the_people_it_showed(session: Session) -> None:
    thief, other = account(session, email="ke.xau@vidu.vn"), account(session, email="nguoi.khac@vidu.vn")
    shown = make.people(session, ["Lò Văn A", "Lò Văn B", "Lò Văn C"])
    beside = make.person(session, "Lò Văn D")
    at = AT + 10 * HOUR
    for one in (shown[:2], shown[1:]):
        record_read(session, thief.id, "people.listed", people=[p.public_id for p in one], at=at)
    record_read(session, other.id, "people.listed", people=[beside.public_id], at=at)
    record_read(session, thief.id, "people.listed", people=[beside.public_id], at=at + 2 * HOUR)
    session.commit()
    wanted = LogSelection(at, at + HOUR, by_id=thief.id)
    found = events_of(session, wanted)
    assert dict(found.values()) == {shown[0].code: 1, shown[1].code: 2, shown[2].code: 1}
    made = incident(session)
    numbers = {number: events for number, (_code, events) in found.items()}
    assert operations.add_from_log(session, made, numbers, words="một giờ", by=None, at=at) == 3
    operations.add_by_hand(session, made, beside, reason="Tự báo là bị gọi", by=thief.id, at=at)
    entry = session.scalars(select(IncidentPerson).where(IncidentPerson.person_id == shown[0].id)).one()
    operations.take_off(session, entry, reason="Dòng rỗng", by=thief.id, at=at)
    assert operations.add_from_log(session, made, numbers, words="lần nữa", by=None, at=at) == 0
    counts = counts_of(session, made)
    assert (counts.people, counts.removed) == (3, 1)
    session.commit()
    assert verify(session).broken is None


def test_events_are_narrowed_by_need_and_kind(session: Session) -> None:
    one, two = make.people(session, ["Lò Văn A", "Lò Văn B"])
    need = "n" * 26
    record_read(session, None, "match.listed", people=[one.public_id], detail={"need": need}, at=AT + HOUR)
    record_read(session, None, "people.listed", people=[two.public_id], at=AT + HOUR)
    session.commit()
    window = (AT + HOUR, AT + 2 * HOUR)
    assert [code for code, _ in events_of(session, LogSelection(*window, need=need)).values()] == [one.code]
    by_kind = events_of(session, LogSelection(*window, action="people.listed"))
    assert [code for code, _ in by_kind.values()] == [two.code]


def test_a_late_report_says_why_and_a_closed_incident_stays(session: Session) -> None:
    made, by = incident(session), account(session).id
    late = made.report_due_at + HOUR
    told: dict[str, Any] = {"words": "Bộ Công an, số 12", "by": by}
    with pytest.raises(ReasonMissing):
        operations.report_incident(session, made, reported_at=late, late="", at=late, **told)
    with pytest.raises(NotPossible):
        operations.report_incident(session, made, reported_at=late + HOUR, late="x", at=late, **told)
    operations.report_incident(session, made, reported_at=late, late="Nghỉ Tết", at=late, **told)
    assert step_words(session, made.steps[-1]) == "Bộ Công an, số 12\nNghỉ Tết"
    with pytest.raises(ReasonMissing):
        operations.close_incident(session, made, words="", by=by, at=late)
    operations.close_incident(session, made, words="Đã xử lý", by=by, at=late)
    with pytest.raises(NotPossible):
        operations.describe_incident(session, made, TOLD, by=by, at=late)
    session.commit()
    assert b"Ngh" not in made.told_sealed
    kept = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_id == made.public_id).order_by(AuditEvent.id)
    ).all()
    assert [one.action for one in kept] == ["incident.recorded", "incident.reported", "incident.closed"]
    assert all("Tết" not in one.content for one in kept)


def test_letters_go_once_to_whoever_has_an_address(session: Session) -> None:
    with_address = make.person(session, contacts=(ContactDraft(ContactKind.EMAIL, "a.b@vidu.vn"),))
    signed_in, _own = with_account(session)
    without = make.person(session, "Lò Văn D")
    made, by = incident(session), account(session).id
    people = (with_address, signed_in, without)
    operations.add_from_log(session, made, {one.id: 1 for one in people}, words="", by=by, at=AT)
    letters = operations.tell_people(session, made, OFFICE, by=by, at=AT)
    assert [len(letters.to_write), list(letters.unreachable)] == [2, [without.code]]
    assert made.told_at == AT
    with pytest.raises(NotPossible):
        operations.tell_people(session, made, OFFICE, by=by, at=AT)
    rows = session.scalars(select(MailOutbox).where(MailOutbox.kind == "incident_notice")).all()
    assert {row.person_public_id for row in rows} == {with_address.public_id, signed_in.public_id}


def test_administrators_are_told_once_at_each_mark(session: Session) -> None:
    admin = account(session, Role.SYSTEM_ADMIN, "", email="hethong@vidu.vn")
    account(session, Role.OFFICER, "VN/12/", email="canbo@vidu.vn")
    made = incident(session)
    calm = made.report_due_at - 50 * HOUR
    assert clocks_to_tell(session, at=calm) == []
    for left in (24, 20, 0, -3):
        tell_clocks(session, OFFICE, at=made.report_due_at - left * HOUR)
    kinds = session.scalars(select(Alert.kind).where(Alert.account_id == admin.id).order_by(Alert.id)).all()
    assert list(kinds) == ["incident.clock.24", "incident.clock.0"]
    letters = session.scalars(select(MailOutbox).where(MailOutbox.kind == "incident_clock")).all()
    assert {one.account_public_id for one in letters} == {admin.public_id}
    made.reported_at = AT
    session.flush()
    assert clocks_to_tell(session, at=made.report_due_at) == []


def test_erasing_leaves_the_code_and_takes_the_words(session: Session) -> None:
    person, own = with_account(session)
    made, by = incident(session), account(session).id
    operations.add_by_hand(session, made, person, reason="Ông Chiến gọi báo", by=by, at=AT)
    session.commit()
    told = taken(session, person).tables
    assert told["incident_step"][0]["words"] == "Ông Chiến gọi báo"
    assert told["incident_person"][0]["incident_id"] == made.code
    erase_person(session, person, by=None, at=AT)
    session.commit()
    step = session.scalars(select(IncidentStep).where(IncidentStep.person_id == person.id)).one()
    assert step.words_sealed is None
    assert counts_of(session, made).people == 1
    assert own.display_name == ""


def test_an_incident_from_its_record_to_its_end(administrator: Client, session: Session) -> None:
    person = make.person(session, contacts=(ContactDraft(ContactKind.EMAIL, "a.b@vidu.vn"),))
    record(session, None, "person.confirmed", "person", person.public_id, person=person.public_id, at=AT)
    session.commit()
    wrong = post(administrator, "/su-co/ghi", FORM | {"discovered_time": "25:00"})
    assert wrong.status_code == 422
    assert "Giờ phải có dạng 14:30" in wrong.text
    assert "Máy tính có tệp xuất bị mất" in wrong.text
    before = post(administrator, "/su-co/ghi", FORM | {"happened_on": ["26", "11", "2026"]})
    assert "Lúc phát hiện phải sau lúc xảy ra" in before.text
    made = post(administrator, "/su-co/ghi", FORM)
    assert made.status_code == 303
    path = made.headers["Location"]
    page = administrator.get(path).text
    assert "28/11/2026" in page
    assert "chưa kiểm chứng" in page
    window = {
        "since_on": ["25", "11", "2026"],
        "since_time": "08:59",
        "until_on": ["25", "11", "2026"],
        "until_time": "09:01",
        "account": "",
        "need": "",
        "action": "",
    }
    asked = administrator.get(f"{path}/nguoi/tu-nhat-ky").text
    assert "Hồ sơ: xác nhận còn đúng</option>" in asked
    assert "person.confirmed</option>" not in asked
    shown = post(administrator, f"{path}/nguoi/tu-nhat-ky", window)
    assert person.code in shown.text
    assert person.full_name not in shown.text
    assert post(administrator, f"{path}/nguoi/tu-nhat-ky", window | {"add": "1"}).status_code == 303
    listed = administrator.get(f"{path}/nguoi").text
    assert person.code in listed
    assert '<th scope="col" class="num">Số lần trong nhật ký</th>' in listed
    assert post(administrator, f"{path}/thu", {}).status_code == 303
    reported = {"reported_on": ["25", "11", "2026"], "reported_time": "10:00", "words": "Bộ Công an"}
    assert post(administrator, f"{path}/bao", reported).status_code == 303
    sheet = administrator.get(f"{path}/phieu-bao.pdf")
    words = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(sheet.data)).pages)
    assert "Mất máy tính" in words
    assert person.code in words
    assert person.full_name not in words
    assert post(administrator, f"{path}/dong", {"words": "Đã tìm lại máy"}).status_code == 303
    register = administrator.get("/su-co").text
    assert "Đã đóng" in register
    assert '<th scope="col" class="num">Người</th>' in register
    assert post(administrator, f"{path}/sua", FORM).status_code == 303
    found = session.scalars(select(Incident)).one()
    assert told_of(session, found).title == "Mất máy tính"


@pytest.mark.parametrize(
    ("role", "scope", "reads", "writes"),
    [
        (Role.SYSTEM_ADMIN, "", 200, 200),
        (Role.AUDITOR, "", 200, 403),
        (Role.SYSTEM_ADMIN, "VN/12/", 404, 404),
        (Role.OFFICER, "", 403, 403),
        (Role.CAMPAIGN_ADMIN, "", 403, 403),
        (Role.CANDIDATE, "", 403, 403),
    ],
)
def test_only_administrators_and_auditors_of_everything_look(
    client: Client, session: Session, role: Role, scope: str, reads: int, writes: int
) -> None:
    made = incident(session)
    sign_in(client, account(session, role, scope))
    for path in (
        "/su-co",
        f"/su-co/{made.public_id}",
        f"/su-co/{made.public_id}/nguoi",
        "/luu-giu",
        "/gioi-han-va-lich",
    ):
        assert client.get(path).status_code == reads, path
    for path in ("/su-co/ghi", f"/su-co/{made.public_id}/bao", f"/su-co/{made.public_id}/thu"):
        assert client.get(path).status_code == writes, path
