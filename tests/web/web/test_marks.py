"""Marks are told together, of one moment; whoever may write is told what is so by now."""

from sqlalchemy import event, literal, null, select

from registry.db import Database, Mark
from registry.skills.models import VocabularyState
from registry.web.installation import TENANT_NAME, installation, keep_fact

ONE = Mark(select(literal("a").label("a"), literal(2).label("b")))
NONE = Mark(select(VocabularyState.version).where(VocabularyState.version == null()))


def test_a_reading_transaction_is_told_all_marks_by_one_statement(database: Database) -> None:
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    with database.read_session() as session:
        session.connection()
        event.listen(database.read_engine, "before_cursor_execute", note)
        try:
            assert list(ONE.told(session)) == ["a", 2]
            assert list(NONE.told(session)) == [None]
            assert installation(session).tenant.name
        finally:
            event.remove(database.read_engine, "before_cursor_execute", note)
    assert len(sent) == 1


def test_a_session_that_may_write_is_told_what_it_wrote_itself(database: Database) -> None:
    with database.writing() as session:
        before = installation(session).tenant.name
        keep_fact(session, TENANT_NAME, "Sở Nội vụ")
        assert (before, installation(session).tenant.name) == (before, "Sở Nội vụ")
        assert list(NONE.told(session)) == [None]
    with database.read_session() as session:
        assert installation(session).tenant.name == before


def test_a_mark_made_later_is_told_too(database: Database) -> None:
    with database.read_session() as session:
        assert list(ONE.told(session)) == ["a", 2]
    later = Mark(select(literal(3).label("c")))
    with database.read_session() as session:
        assert list(later.told(session)) == [3]
        assert list(ONE.told(session)) == ["a", 2]
