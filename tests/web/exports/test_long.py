"""Long lists are made by the worker: for their owner, whole or not at all, and given only while everybody in them may be seen."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import AccountRole
from registry.accounts.rules import Role
from registry.app.handlers import HANDLERS
from registry.audit.models import AuditEvent
from registry.consents.rules import Channel, PurposeCode
from registry.db import Database
from registry.exports.models import Export, ExportPerson
from registry.exports.operations import work
from registry.exports.operations.work import enqueue_due_cleaning, export_folder
from registry.exports.queries import cadre_rows, people_rows
from registry.exports.rules.limits import ExportLimits, limits_on
from registry.exports.views import asking
from registry.jobs.models import Job
from registry.jobs.rules import LEASE, JobState
from registry.jobs.worker import JobRun, run_due_jobs
from registry.people.models import CadreFacet, Person
from registry.people.operations import withdraw_consent
from registry.people.rules import CadreDraft, CadreKind
from registry.privacy.operations.erasing import erase_person
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidates import crowd
from tests.factories.people import ANONYMOUS
from tests.web.exports.test_lists import exported, pause, rows_of

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)


class Killed(BaseException):
    """What a killed process looks like from inside."""


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are long already, and two make a page."""
    usual = limits_on(AT.date())
    few = ExportLimits(usual.valid_from, None, 2, 2, 1_000, 24)
    monkeypatch.setattr(asking, "limits_on", lambda _day: few)  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType]
    monkeypatch.setattr(people_rows, "PAGE_ROWS", 2)
    monkeypatch.setattr(work, "PEOPLE_AN_EVENT", 2)


@pytest.fixture
def database_of_app(app: Flask, tmp_path: Path) -> Database:
    """The database of the pages, with a folder for files."""
    found: Database = app.extensions["registry.database"]
    object.__setattr__(found, "folder", tmp_path)
    return found


@pytest.fixture
def owner(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh"))
    crowd(session, 5, unit_path="VN/12/")
    session.commit()
    return client


def done(database: Database, at: datetime | None = None) -> int:
    return run_due_jobs(database, HANDLERS, clock=lambda: at or datetime.now(UTC))


def files_in(database: Database) -> list[Path]:
    assert database.folder is not None
    folder = export_folder(database.folder)
    return [path for path in folder.rglob("*") if path.is_file()]


def only_export(session: Session) -> Export:
    session.expire_all()
    return session.scalars(select(Export)).one()


def test_a_long_list_is_made_by_the_worker_and_known_to_everybody_in_it(
    owner: Client, session: Session, database_of_app: Database
) -> None:
    file = exported(owner, "/xuat/ung-vien")
    assert "Đang làm tệp" in owner.get(file).text
    progress = owner.get(file, headers={"HX-Request": "true"})
    assert 'id="tien-do"' in progress.text
    assert owner.get(f"{file}/tai").status_code == 409
    done(database_of_app)
    assert owner.get(file, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert len(rows_of(owner, file)) == 5
    [path] = files_in(database_of_app)
    assert path.stat().st_mode & 0o777 == 0o600
    read = session.scalars(select(AuditEvent).where(AuditEvent.action == "people.exported")).all()
    named = [json.loads(one.content)["people"] for one in read]
    assert sorted(map(len, named)) == [1, 2, 2]
    assert {one for some in named for one in some} == set(session.scalars(select(Person.public_id)))


@pytest.mark.parametrize("what", ["paused", "no name", "erased", "role over"])
def test_what_changed_since_keeps_the_file_back(
    owner: Client, session: Session, database_of_app: Database, what: str
) -> None:
    file = exported(owner, "/xuat/ung-vien")
    done(database_of_app)
    one = session.scalars(select(Person).order_by(Person.id)).first()
    assert one is not None
    if what == "paused":
        pause(session, one)
    elif what == "no name":
        withdraw_consent(session, one, PurposeCode.CONTACT, channel=Channel.PAPER, reason="", by=None, at=AT)
        session.commit()
    elif what == "erased":
        erase_person(session, one, by=None, at=AT)
        session.commit()
    else:
        role = session.scalars(select(AccountRole).order_by(AccountRole.id.desc())).first()
        assert role is not None
        role.unit_path = "VN/01/"
        session.commit()
    answer = owner.get(f"{file}/tai")
    assert answer.status_code == (404 if what == "erased" else 409)
    if what != "erased":
        assert "Xuất lại từ danh sách" in answer.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_long_list_of_cadres_goes_the_same_way(
    owner: Client, session: Session, database_of_app: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages of its own, masked page by page; and whoever's office ended while the job waited is not in it."""
    monkeypatch.setattr(cadre_rows, "PAGE_ROWS", 2)
    office = (CadreDraft(CadreKind.CADRE, organisation_text="Sở Thử"),)
    shown = [make.person(session, f"Cán bộ {number}", cadres=office, by_law=True) for number in range(3)]
    hidden = make.person(session, "Cán bộ ẩn danh", cadres=office, consents=ANONYMOUS)
    over = make.person(session, "Cán bộ đã nghỉ", cadres=office, by_law=True)
    session.commit()
    columns = ["code", "full_name", "organisation", "identity"]
    file = exported(owner, "/xuat/can-bo", columns=columns)
    assert only_export(session).rows == 5
    assert "Đang làm tệp" in owner.get(file).text
    make.only(session, CadreFacet, over).valid_to = today() - timedelta(days=1)
    session.commit()
    done(database_of_app)
    rows = {row["Sổ đăng ký: Mã hồ sơ"]: row for row in rows_of(owner, file)}
    assert set(rows) == {one.code for one in [*shown, hidden]}
    names = {code: row["1. Thông tin cá nhân: Họ và tên"] for code, row in rows.items()}
    assert names == {one.code: one.full_name for one in shown} | {hidden.code: f"Hồ sơ ẩn danh {hidden.code}"}
    assert not any(value for name, value in rows[hidden.code].items() if "Cơ quan" in name)
    read = session.scalars(select(AuditEvent).where(AuditEvent.action == "people.exported")).all()
    told = {one for event in read for one in json.loads(event.content)["people"]}
    assert told == {one.public_id for one in [*shown, hidden]}
    pause(session, shown[0])
    assert owner.get(f"{file}/tai").status_code == 409


def test_a_killed_worker_gives_nothing_and_the_next_begins_anew(
    owner: Client, session: Session, database_of_app: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported(owner, "/xuat/ung-vien", format="xlsx")
    honest, seen = JobRun.step, 0

    @contextmanager
    def deadly(self: JobRun, *arguments: Any, **options: Any) -> Generator[Session, None, None]:
        nonlocal seen
        seen += 1
        with honest(self, *arguments, **options) as writing:
            yield writing
        if seen == 2:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(JobRun, "step", deadly)
        with pytest.raises(Killed):
            done(database_of_app)
    assert only_export(session).file is None
    assert done(database_of_app, datetime.now(UTC) + 2 * LEASE) == 1
    assert owner.get(f"{file}/tai").data[:2] == b"PK"
    assert only_export(session).written == 5


def test_one_may_do_without_it_while_it_is_made(
    owner: Client, session: Session, database_of_app: Database
) -> None:
    file = exported(owner, "/xuat/ung-vien")
    assert post(owner, f"{file}/huy", {}).status_code == 303
    assert session.scalars(select(Job)).one().state is JobState.CANCELLED
    done(database_of_app)
    assert files_in(database_of_app) == []


def test_after_some_hours_file_and_row_are_gone(
    owner: Client, session: Session, database_of_app: Database
) -> None:
    exported(owner, "/xuat/ung-vien")
    done(database_of_app)
    assert not enqueue_due_cleaning(database_of_app, datetime.now(UTC))
    later = datetime.now(UTC) + timedelta(hours=25)
    assert enqueue_due_cleaning(database_of_app, later)
    done(database_of_app, later)
    assert files_in(database_of_app) == []
    assert session.scalars(select(Export)).first() is None
    assert session.scalars(select(ExportPerson)).first() is None
    assert not enqueue_due_cleaning(database_of_app, later)
