"""One's data in one zip: every table that holds a person is in it or on the list of reasons; the look is in the log."""

import io
import json
import zipfile
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.app.schema import METADATA
from registry.audit.models import AuditEvent
from registry.audit.operations import record_read
from registry.people.models import Person
from registry.people.operations import set_sensitive_traits
from registry.people.rules import ContactDraft, ContactKind, IdentityDraft, IdentityKind, SelfDraft
from registry.privacy.queries.holdings import HOLDINGS, NOT_HELD, reaching
from registry.privacy.queries.taking import taken
from registry.privacy.rules import RightKind
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import AT
from tests.factories.rights import asked, with_account

COVERED = {holding.table.name for holding in HOLDINGS}


def uncovered(tables: dict[str, Table]) -> set[str]:
    return reaching(tables) - COVERED - NOT_HELD.keys()


def test_every_table_that_holds_a_person_is_exported_or_has_a_reason() -> None:
    tables = dict(METADATA.tables)
    assert uncovered(tables) == set()
    assert (COVERED | NOT_HELD.keys()) - reaching(tables) == set()
    assert COVERED & NOT_HELD.keys() == set()
    assert all(len(reason) > 10 for reason in NOT_HELD.values())


def test_the_check_sees_a_new_table() -> None:
    other = MetaData()
    key: Any = ForeignKey("person.id")
    of_diary: Any = ForeignKey("diary.id")
    Table("person", other, Column("id", Integer, primary_key=True))
    Table("diary", other, Column("id", Integer), Column("person_id", Integer, key))
    Table("page", other, Column("id", Integer, primary_key=True), Column("of", Integer, of_diary))
    Table("loose", other, Column("subject_id", Integer))
    assert {"diary", "page", "loose"} <= uncovered(dict(other.tables))


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def whole(session: Session) -> tuple[Person, Any]:
    """A person with something sealed in every place, and their account."""
    person, own = with_account(
        session,
        "Đặng Thị Ấm",
        about=SelfDraft("", headline="2026-02-31", summary="0001-01-01T00:00:00+14:00"),
        contacts=(ContactDraft(ContactKind.PHONE, "+84912345678"),),
        identities=(IdentityDraft(IdentityKind.CCCD, "001199012345"),),
    )
    set_sensitive_traits(session, person, {"ethnicity": "Thái"}, by=None, at=AT)
    asked(session, person, words="Trường của tôi ghi sai")
    session.commit()
    return person, own


def test_what_is_sealed_comes_out_in_the_clear_and_secrets_do_not(session: Session) -> None:
    person, own = whole(session)
    told = json.dumps(taken(session, person).tables, ensure_ascii=False)
    for value in ("Đặng Thị Ấm", "+84912345678", "001199012345", "Thái", "Trường của tôi ghi sai", own.email):
        assert value in told
    for secret in ("password_hash", "token_hash", "digest", "_sealed", "argon2"):
        assert secret not in told
    assert "Lai Châu" in told or person.unit_path in told


def test_one_button_gives_everything_and_the_look_is_kept(client: Client, session: Session) -> None:
    person, own = whole(session)
    sign_in(client, own)
    answer = post(client, "/toi/tai-du-lieu")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=du-lieu-{person.code}.zip"
    assert "no-store" in answer.headers["Cache-Control"]
    found = files(answer.data)
    assert found["ban-doc.pdf"].startswith(b"%PDF")
    assert json.loads(found["du-lieu.json"])["tables"]["person"][0]["full_name"] == "Đặng Thị Ấm"
    assert "csv/skill_claim.csv" not in found  # nothing stated
    looks = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "person.data_taken").order_by(AuditEvent.id)
    ).all()
    assert [one.by_id for one in looks] == [own.id]


def test_the_log_in_it_names_neither_officers_nor_others(session: Session) -> None:
    person, _own = whole(session)
    other, clerk = make.person(session, "Vàng A Páo"), account(session, name="Phạm Bí Danh")
    from_list = [person.public_id, other.public_id]
    record_read(session, clerk.id, "people.listed", people=from_list)
    told = json.dumps(list(taken(session, person).log), ensure_ascii=False)
    assert "people.listed" in told
    assert other.public_id not in told
    assert "Bí Danh" not in told


def test_an_office_takes_the_copy_only_for_a_request_for_it(officer: Client, session: Session) -> None:
    person, _own = whole(session)
    access = asked(session, person, RightKind.ACCESS)
    erasure = asked(session, person, RightKind.ERASURE)
    assert "Tải bản sao" in officer.get(f"/yeu-cau-quyen/{access.public_id}").text
    answer = post(officer, f"/yeu-cau-quyen/{access.public_id}/tai-du-lieu")
    assert "001199012345" in files(answer.data)["du-lieu.json"].decode()
    assert post(officer, f"/yeu-cau-quyen/{erasure.public_id}/tai-du-lieu").status_code == 404


def test_nobody_takes_without_a_record(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CANDIDATE, ""))
    assert post(client, "/toi/tai-du-lieu").status_code == 404
