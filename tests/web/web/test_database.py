"""The reading engine looks and does not touch, on both databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.db import Database


def test_a_reading_session_cannot_write(database: Database) -> None:
    session = database.read_session()
    with pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM installation_fact"))
    session.close()


def test_a_writing_session_can(database: Database) -> None:
    with database.writing() as session:
        assert session.execute(text("DELETE FROM installation_fact WHERE name = 'nobody'")) is not None
