"""The index with sessions of their own: the job that makes it, readers beside writers, the command."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from registry.app import handlers
from registry.cli.main import main
from registry.db import Database
from registry.db.keys import Keyring
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.jobs.worker import run_due_jobs
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.operations import rebuild, record_snapshot
from registry.matching.operations.work import BUILD_JOB, enqueue_due_rebuild
from registry.matching.queries.files import BuildGoesOn, building, index_folder
from registry.matching.queries.snapshots import opened
from registry.people.models import Person
from registry.people.queries import change_number
from registry.web.clock import LOCAL_ZONE
from tests.conftest import FIELD_KEY
from tests.factories.candidates import TODAY, candidate
from tests.factories.databases import own_database, sqlite_database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def committing(
    database: Database, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database that really commits; people stay in it from test to test."""
    folder = tmp_path_factory.mktemp("index")
    with own_database(database, request, folder, "index_own") as (_url, made):
        yield made


@pytest.fixture
def own(committing: Database, tmp_path: Path) -> Database:
    """The same with a folder of the test's own."""
    return replace(committing, folder=tmp_path)


def everybody(database: Database) -> set[int]:
    """The row ids of all people."""
    session = database.read_session()
    try:
        return set(session.scalars(select(Person.id)).all())
    finally:
        session.close()


def clock() -> datetime:
    return datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def made(own: Database) -> Snapshot:
    """A snapshot of today, in use."""

    def keep(snapshot: Snapshot) -> None:
        with own.writing() as session:
            record_snapshot(session, snapshot, at=clock())
            session.commit()

    return rebuild(own, TODAY, keep)


def test_the_worker_builds_when_it_is_due_and_says_how_far_it_is(own: Database) -> None:
    assert enqueue_due_rebuild(own, clock())
    assert not enqueue_due_rebuild(own, clock())  # one that waits is enough
    assert run_due_jobs(own, handlers.HANDLERS, clock=clock) == 1
    assert not enqueue_due_rebuild(own, clock())
    session = own.read_session()
    job = session.scalars(select(Job).where(Job.kind == BUILD_JOB)).one()
    assert (job.state, job.steps_done, job.steps_total) == (JobState.DONE, 10, 10)
    assert job.result == {"built": True, "people": len(everybody(own)), "change": change_number(session)}
    found = opened(session, clock().astimezone(LOCAL_ZONE).date())
    assert found is not None
    session.close()


def test_two_builds_at_once_are_one(own: Database) -> None:
    assert own.folder is not None
    with building(index_folder(own.folder)), pytest.raises(BuildGoesOn):
        made(own)
    assert len(made(own)) == len(everybody(own))


def test_a_reader_sees_one_moment_whatever_is_committed_beside_it(own: Database) -> None:
    with own.writing() as session:
        person = candidate(session, "Lò Văn Chiến", ("IT15", 3))
        session.commit()
    made(own)
    reader = own.read_session()
    before = opened(reader, TODAY)
    with own.writing() as session:
        session.get_one(Person, person.id).unit_path = "VN/01/"
        candidate(session, "Vàng A Páo", ("IT15", 3))
        session.commit()
    again = opened(reader, TODAY)
    assert before is not None
    assert again is not None
    assert again.reference_ids.tolist() == before.reference_ids.tolist() == []
    assert reader.scalars(select(Person.unit_path).where(Person.id == person.id)).all() == ["VN/12/"]
    reader.close()
    later = own.read_session()
    found = opened(later, TODAY)
    assert found is not None
    assert person.id in found.reference_ids
    assert len(found.reference_ids) == 2
    later.close()


def test_nobody_is_lost_between_writers_and_a_reader(own: Database) -> None:
    """Two write at once: whom a reader can see is in the snapshot, or the reader leaves them to the reference."""
    made(own)
    before, done = everybody(own), threading.Event()
    faults: list[str] = []
    readers = [threading.Thread(target=_read, args=(own, before, done, faults)) for _ in range(2)]
    writers = [threading.Thread(target=_write, args=(own, name)) for name in ("Lò Văn", "Vàng A")]
    for one in (*readers, *writers):
        one.start()
    for one in writers:
        one.join()
    done.set()
    for one in readers:
        one.join()
    assert faults == []
    assert len(everybody(own) - before) == 12


def _write(own: Database, name: str) -> None:
    for place in range(6):
        with own.writing() as session:
            candidate(session, f"{name} {place}", ("IT15", 3))
            session.commit()


def _read(own: Database, before: set[int], done: threading.Event, faults: list[str]) -> None:
    while not done.is_set():
        session = own.read_session()
        found = opened(session, TODAY)
        seen = set(session.scalars(select(Person.id)).all())
        session.close()
        left = None if found is None else set(found.reference_ids.tolist())
        if left != seen - before:
            faults.append(f"{seen - before} {left}")


def test_what_cannot_be_recorded_is_not_used(own: Database) -> None:
    first = made(own)

    def refuse(_snapshot: Snapshot) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild(own, TODAY, refuse)
    session = own.read_session()
    found = opened(session, TODAY)
    session.close()
    assert found is not None
    assert found.snapshot.version == first.version


def test_the_command_builds_and_tells(
    shared_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Filled already, where an upgrade of nothing would take seconds.
    sqlite_database(shared_folder, tmp_path, Keyring([FIELD_KEY])).dispose()
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("REGISTRY_DATABASE_URL", raising=False)
    assert main(["upgrade"]) == 0
    capsys.readouterr()
    assert main(["index", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": None, "due": "missing"}
    assert main(["index", "build", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["people"] == 0
    assert main(["index", "status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["due"], told["changed_since"]) == (made["version"], None, 0)
