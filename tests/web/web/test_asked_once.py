"""What a reading transaction asks once: the answer lasts as long as its moment, and no longer."""

from sqlalchemy import literal, select

from registry.db import Database, asked_once


def test_a_reading_transaction_asks_once_and_the_next_one_again(database: Database) -> None:
    asked: list[int] = []
    with database.read_session() as session:

        def ask() -> int:
            asked.append(session.execute(select(literal(7))).scalar_one())
            return len(asked)

        assert [asked_once(session, "n", ask), asked_once(session, "n", ask)] == [1, 1]
        session.rollback()
        assert asked_once(session, "n", ask) == 2


def test_a_session_that_may_write_asks_every_time(database: Database) -> None:
    answers = iter(range(3))
    with database.write_session() as session:
        assert [asked_once(session, "n", lambda: next(answers)) for _ in range(3)] == [0, 1, 2]
