"""Procrastinate over PostgreSQL: its tables apart from ours, one call that waits, a worker that hears it and ends."""

import os
import signal
import threading
from asyncio import events
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.db import Database
from registry.jobs import spread
from tests.factories.databases import own_database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", ["postgresql"], indirect=True),
]


@pytest.fixture
def shared(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Generator[tuple[str, Database]]:
    with own_database(database, request, tmp_path, "spread", is_empty=True) as (url, opened):
        yield url, opened


@pytest.fixture
def no_loop() -> Generator[None]:
    """Tests in a browser leave their loop as the running one of this thread; a worker begins its own."""
    left = events._get_running_loop()  # pyright: ignore[reportPrivateUsage]
    events._set_running_loop(None)  # pyright: ignore[reportPrivateUsage]
    yield
    events._set_running_loop(left)  # pyright: ignore[reportPrivateUsage]


def count(database: Database, what: str) -> int:
    with database.read_session() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {what}")) or 0)  # noqa: S608 - names of ours


def test_the_tables_are_made_once_and_anew_for_another_version(
    shared: tuple[str, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, database = shared
    ours = "information_schema.tables WHERE table_schema = 'public'"
    before = count(database, ours)
    assert spread.prepare(database)
    assert count(database, ours) == before
    spread.wake(url)
    spread.wake(url)
    assert count(database, "procrastinate.procrastinate_jobs") == 1
    assert not spread.prepare(database)
    assert count(database, "procrastinate.procrastinate_jobs") == 1
    monkeypatch.setattr(spread.metadata, "version", lambda _name: "99")  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert spread.prepare(database)
    assert count(database, "procrastinate.procrastinate_jobs") == 0


@pytest.mark.usefixtures("no_loop")
def test_a_worker_looks_when_called_and_ends_when_told(shared: tuple[str, Database]) -> None:
    url, database = shared
    spread.prepare(database)
    spread.wake(url)
    looked = threading.Event()

    def sweep() -> None:
        looked.set()
        os.kill(os.getpid(), signal.SIGTERM)

    spread.run(url, sweep)
    assert looked.is_set()


@pytest.mark.usefixtures("no_loop")
def test_a_worker_whose_engine_is_away_looks_all_the_same(
    shared: tuple[str, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables were never made."""
    url, _database = shared
    monkeypatch.setattr(spread, "_PAUSE_SECONDS", 0.01)
    looked: list[int] = []

    def sweep() -> None:
        looked.append(1)
        if len(looked) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    spread.run(url, sweep)
    assert len(looked) >= 2
