"""A restored registry: whoever was erased since stays erased, and nothing goes on as if no time had passed."""

import socket
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, HalfSignIn
from registry.api.models import ApiToken
from registry.api.operations.tokens import make_token
from registry.api.rules import ApiScope
from registry.audit.models import AuditEvent
from registry.audit.queries import verify
from registry.backup.operations.settling import KEYS_ENDED, NOTE
from registry.cli import serving, worker
from registry.cli.backup import put_into_service
from registry.db import Database
from registry.exports.models import Export, ExportPerson
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportPurpose
from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState
from registry.people.models import Person
from registry.people.rules import PersonState
from registry.privacy.operations.erasing import erase_person
from registry.privacy.operations.replaying import FILE_NAME, erased_people, keep_outside
from tests.factories.people import AT
from tests.web.backup.conftest import NAME, Place, Places


@pytest.fixture
def busy(source: Place, tmp_path: Path) -> Path:
    """A backup taken while somebody was signed in, somebody halfway, and an export was waiting."""
    database = source.opened()
    with database.writing() as session:
        _at_work(session)
        session.commit()
    database.dispose()
    assert source.run("backup", tmp_path / "so.backup")[0] == 0
    return tmp_path / "so.backup"


def _at_work(session: Session) -> None:
    own, person = session.scalars(select(Account)).one(), session.scalars(select(Person)).one()
    later = AT + timedelta(days=9)
    session.add(
        AccountSession(
            token_hash="t" * 64, account_id=own.id, created_at=AT, last_seen_at=AT, expires_at=later
        )
    )
    session.add(HalfSignIn(token_hash="h" * 64, account_id=own.id, created_at=AT, expires_at=AT))
    make_token(
        session,
        name="Hệ thống khác",
        scopes=[ApiScope.NEEDS_READ],
        unit_path="",
        by=own.id,
        at=AT,
        expires_at=later,
    )
    export = Export(
        owner_id=own.id,
        kind=ExportKind.PEOPLE,
        format=ExportFormat.CSV,
        purpose=next(iter(ExportPurpose)),
        purpose_text="",
        made_at=AT,
        expires_at=AT + timedelta(days=1),
    )
    session.add(export)
    session.flush()
    session.add(ExportPerson(export_id=export.id, person_id=person.id))


@pytest.fixture
def restored(places: Places, busy: Path) -> Place:
    made = places("restored")
    assert made.run("restore", busy)[0] == 0
    return made


@pytest.fixture
def database(restored: Place) -> Generator[Database]:
    opened = restored.opened()
    yield opened
    opened.dispose()


def test_sign_ins_end_letters_wait_and_exports_are_let_go_once(restored: Place, database: Database) -> None:
    with database.read_session() as session:
        assert session.scalars(select(AccountSession.ended_at)).one() is None
    put_into_service(database, restored.folder)
    put_into_service(database, restored.folder)
    with database.read_session() as session:
        assert session.scalars(select(AccountSession.ended_because)).one() == "restored"
        assert session.scalars(select(ApiToken.ended_because)).one() == KEYS_ENDED
        letter = session.scalars(select(MailOutbox)).one()
        assert (letter.state, letter.fault) == (LetterState.FAILED, "restored")
        assert letter.content_sealed is not None
        left = [session.scalars(select(model.id)).all() for model in (HalfSignIn, Export, ExportPerson)]
        assert left == [[], [], []]
        told = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "backup")).all()
        assert (told[-1], told.count("backup.restored")) == ("backup.restored", 1)
        assert verify(session).broken is None
    assert not (restored.folder / NOTE).exists()


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_whatever_starts_first_settles_it(
    restored: Place, database: Database, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    at_start: list[bool] = []

    def instead(*_given: object, **_named: object) -> int:
        with database.read_session() as session:
            at_start.append(session.scalars(select(AccountSession.ended_at)).one() is not None)
        return 0

    monkeypatch.setattr(worker, "configure_logs", lambda: None)
    monkeypatch.setattr(worker, "look_for_work", instead)
    monkeypatch.setattr(serving, "configure_logs", lambda: None)
    monkeypatch.setattr(serving, "create_app", instead)
    monkeypatch.setattr(serving, "serve_app", _leave)
    code, told = restored.run(*(("serve", "--port", "0") if command == "serve" else ("worker", "--once")))
    assert (code, at_start) == (0, [True])
    assert "đã kết thúc 1 phiên đăng nhập và 1 khóa API, giữ lại 1 thư chưa gửi" in told


def _leave(_app: object, sockets: list[socket.socket], **_named: object) -> None:
    for one in sockets:
        one.close()


def test_whoever_was_erased_since_is_erased_again(
    places: Places, source: Place, backup: Path, tmp_path: Path
) -> None:
    database = source.opened()
    with database.writing() as session:
        erase_person(session, session.scalars(select(Person)).one(), by=None, at=AT)
        session.commit()
        keep_outside(tmp_path, erased_people(session))
    database.dispose()
    restored = places("restored")
    code, told = restored.run("restore", backup, "--erased", tmp_path / FILE_NAME)
    assert code == 0
    assert "Đã xóa lại 1 trong 1 hồ sơ" in told
    _look_for_the_erased(restored)
    # The list stands beside the database from now on: the next restoring there finds it by itself.
    again = places("again")
    (again.folder / FILE_NAME).write_bytes((restored.folder / FILE_NAME).read_bytes())
    assert again.run("restore", backup)[0] == 0
    _look_for_the_erased(again)
    (tmp_path / "khac").write_text("khác\n")
    code, told = places("other").run("restore", backup, "--erased", tmp_path / "khac")
    assert (code, "không phải danh sách" in told) == (1, True)


def _look_for_the_erased(place: Place) -> None:
    database = place.opened()
    with database.read_session() as session:
        assert session.scalars(select(Person.state)).all() == [PersonState.ERASED]
        assert verify(session).broken is None
    database.dispose()
    assert NAME.encode() not in b"".join(path.read_bytes() for path in place.folder.glob("registry.sqlite3*"))
