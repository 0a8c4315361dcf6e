"""Connections to PostgreSQL: what was prepared stays, and one that ended while nobody used it is replaced unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from registry.db import Database, engine, open_database
from registry.db.keys import Keyring

_TWO = text("SELECT 1 + 1")
_PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%1 + 1%'")


@pytest.fixture
def opened(postgres_url: str, tmp_path: Path) -> Iterator[Database]:
    database = open_database(postgres_url, Keyring(["k" * 40]), tmp_path)
    yield database
    database.dispose()


def two(database: Database) -> int:
    with database.read_session() as session:
        return session.scalars(_TWO).one()


def test_what_pages_ask_again_and_again_is_prepared_once(opened: Database) -> None:
    for _ in range(8):
        assert two(opened) == 2
    with opened.read_session() as session:
        assert session.scalars(_PREPARED).one() == 1


def test_a_page_that_failed_leaves_nothing_to_the_next_one(opened: Database) -> None:
    for _ in range(8):
        two(opened)
    with pytest.raises(DBAPIError), opened.read_session() as session:
        session.execute(text("SELECT 1 / 0"))
    with opened.read_session() as session:
        assert session.scalars(_PREPARED).one() == 1
        assert not session.in_nested_transaction()
    assert two(opened) == 2


def end_its_connection(database: Database) -> None:
    with database.read_session() as session:
        backend = session.scalars(text("SELECT pg_backend_pid()")).one()
    with database.writing() as session:
        session.execute(text("SELECT pg_terminate_backend(:backend, 5000)"), {"backend": backend})


def test_a_connection_that_ended_while_idle_is_replaced_unseen(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "IDLE_SECONDS", 0.0)
    end_its_connection(opened)
    assert two(opened) == 2


def test_one_that_ended_a_moment_after_its_use_is_noticed_and_gone_for_the_next(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "IDLE_SECONDS", 3_600.0)
    end_its_connection(opened)
    with pytest.raises(OperationalError):
        two(opened)
    assert two(opened) == 2
