"""The real worker process: started beside another one it does due jobs, and ends when its input ends."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.app.schema import upgrade_schema
from registry.config import Settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.jobs.beside import start_beside
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import job_by_public_id
from registry.jobs.rules import JobState
from registry.jobs.waking import wake_worker

FIELD_KEY = "k" * 40
_TICKS = 600


@pytest.fixture
def installation(tmp_path: Path) -> Settings:
    """A whole installation of its own, since another process has to see it."""
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'own.sqlite3'}",
        data_dir=tmp_path,
        secret_key="s" * 40,
        field_keys=(FIELD_KEY,),
        public_url="http://127.0.0.1:8000",
    )


def enqueue(database: Database) -> str:
    """A job that has nothing to do: its batch does not exist."""
    with database.writing() as session:
        job = enqueue_job(session, "import.discard", {"batch": "0" * 26}, at=datetime.now(UTC))
        session.commit()
        return job.public_id


def is_done(database: Database, public_id: str) -> bool:
    with database.read_session() as session:
        job = job_by_public_id(session, public_id)
        return job is not None and job.state is JobState.DONE


def await_done(database: Database, public_id: str) -> bool:
    """Look again and again, for a minute at most."""
    never = threading.Event()
    for _tick in range(_TICKS):
        if is_done(database, public_id):
            return True
        never.wait(0.1)
    return False


@pytest.mark.slow
def test_a_worker_beside_does_jobs_and_ends_with_its_parent(installation: Settings) -> None:
    database = open_database(installation.database_url, Keyring([FIELD_KEY]))
    upgrade_schema(database)
    waiting = enqueue(database)
    beside = start_beside(installation)
    try:
        assert await_done(database, waiting)
        fresh = enqueue(database)
        wake_worker(installation)
        assert await_done(database, fresh)

        beside.process.kill()
        later = enqueue(database)
        assert await_done(database, later), "a killed worker is started again and finds what waits"
    finally:
        beside.stop()
        database.dispose()
    assert beside.process.returncode == 0


@pytest.mark.parametrize(
    "url", ["sqlite:///nowhere.sqlite3", "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1"]
)
def test_a_wake_call_that_fails_harms_nobody(tmp_path: Path, url: str) -> None:
    nowhere = Settings(
        database_url=url,
        data_dir=tmp_path / "no" / "such" / "folder",
        secret_key="s" * 40,
        field_keys=(FIELD_KEY,),
        public_url="http://127.0.0.1:8000",
    )
    wake_worker(nowhere)
