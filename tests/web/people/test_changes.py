"""Nothing that matching reads is written without a number and a name: rows of the unit of work, and transactions."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Executable, event, select, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors

from registry.accounts.rules import Viewer
from registry.consents.models import Notice, Purpose
from registry.consents.rules import Channel, PurposeCode
from registry.matching.queries import packing
from registry.matching.queries.columns import read_columns
from registry.matching.queries.people import Reads, person_facts
from registry.matching.queries.roll_columns import read_roll
from registry.people.models import (
    OF_EVERYBODY,
    OWNERS,
    Availability,
    Person,
    SkillClaim,
    noted_so_far,
)
from registry.people.operations import withdraw_consent
from registry.people.queries import change_number, changes_since
from registry.skills.models import Skill
from tests.factories.candidates import TODAY, candidate
from tests.factories.changes import EDITS, rows_of, told, whole_person
from tests.factories.people import AT

# What a question reads anew each time, so that no snapshot has to know of its changes.
READ_ANEW = {"skill"}


@pytest.fixture
def somebody(session: Session) -> Person:
    """Such a person, committed."""
    made = whole_person(session)
    session.commit()
    return made


# --- which tables matching reads: from the statements it sends ---------------------------------------------


def tables_of(statement: Any) -> set[str]:
    """Every table a statement reads from, in whatever part of it."""
    parts: Iterator[Any] = visitors.iterate(statement)
    return {str(one.name) for one in parts if getattr(one, "__visit_name__", "") == "table"}


@pytest.fixture
def tables_read(session: Session, somebody: Person, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The tables of all statements behind the facts of people, the columns of a snapshot and those of a roll."""
    seen: set[str] = set()

    def listen(state: ORMExecuteState) -> None:
        seen.update(tables_of(state.statement))

    def read_rows(session: Session, statement: Executable, *handed: Any) -> Iterator[Any]:
        seen.update(tables_of(statement))
        return read(session, statement, *handed)

    read = packing.read_rows
    monkeypatch.setattr(packing, "read_rows", read_rows)
    for name in ("columns", "roll_columns"):
        monkeypatch.setattr(f"registry.matching.queries.{name}.read_rows", read_rows)
    reads = Reads({row.id: row.code for row in session.execute(select(Skill.id, Skill.code))})
    event.listen(session, "do_orm_execute", listen)
    person_facts(session, Viewer.installation(), reads, TODAY)
    read_columns(session, TODAY)
    read_roll(session, TODAY)
    event.remove(session, "do_orm_execute", listen)
    return seen


def unwatched(tables: set[str], watched: set[type]) -> set[str]:
    """The tables matching reads of which no write is noted."""
    return tables - {str(kind.__dict__["__tablename__"]) for kind in watched} - READ_ANEW


def test_every_table_that_matching_reads_is_watched(tables_read: set[str]) -> None:
    assert len(tables_read) > 10
    assert unwatched(tables_read, {*OWNERS, *OF_EVERYBODY}) == set()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*OWNERS, *OF_EVERYBODY], ids=lambda kind: kind.__name__)
def test_a_table_that_were_not_watched_would_be_found(tables_read: set[str], kind: type) -> None:
    assert unwatched(tables_read, {*OWNERS, *OF_EVERYBODY} - {kind}) == {kind.__dict__["__tablename__"]}


# --- rows of the unit of work ------------------------------------------------------------------------------

EACH = pytest.mark.parametrize("kind", EDITS, ids=lambda kind: kind.__name__)


def test_every_watched_table_is_edited_here() -> None:
    assert EDITS.keys() == OWNERS.keys()


@EACH
def test_an_edited_row_names_its_person(session: Session, somebody: Person, kind: type) -> None:
    before = change_number(session)
    row = rows_of(session, kind, somebody)
    for column, value in EDITS[kind].items():
        setattr(row, column, value)
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [])


@EACH
def test_a_deleted_row_names_its_person(session: Session, somebody: Person, kind: type) -> None:
    before = change_number(session)
    session.delete(rows_of(session, kind, somebody))
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [somebody.id] if kind is Person else [])


def test_a_new_person_counts_once_with_everything_that_belongs_to_it(session: Session) -> None:
    before = change_number(session)
    made = whole_person(session)
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([made.id], [])


def test_a_row_that_changes_hands_names_both(session: Session, somebody: Person) -> None:
    other = candidate(session, "Vàng A Páo")
    session.commit()
    before = change_number(session)
    rows_of(session, SkillClaim, somebody).person_id = other.id
    session.commit()
    assert told(session, before) == (sorted([somebody.id, other.id]), [])


def test_a_form_taken_out_of_a_statement_names_its_person(session: Session, somebody: Person) -> None:
    before = change_number(session)
    statement = rows_of(session, Availability, somebody)
    statement.form_rows.remove(statement.form_rows[0])
    session.commit()
    assert told(session, before) == ([somebody.id], [])


def test_a_withdrawal_is_noted(session: Session, somebody: Person) -> None:
    before = change_number(session)
    withdraw_consent(
        session, somebody, PurposeCode.MATCHING, channel=Channel.PAPER, reason="", by=None, at=AT
    )
    session.commit()
    assert told(session, before) == ([somebody.id], [])


def test_reading_and_writing_the_same_values_number_nothing(session: Session, somebody: Person) -> None:
    before = change_number(session)
    somebody.unit_path = somebody.unit_path[:]
    rows_of(session, SkillClaim, somebody)
    session.commit()
    assert change_number(session) == before


@pytest.mark.parametrize("kind", OF_EVERYBODY, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("by_row", [True, False], ids=["row", "statement"])
def test_what_decides_about_all_consents_changes_everybody(
    session: Session, somebody: Person, kind: Any, by_row: bool
) -> None:
    before = change_number(session)
    row: Any = session.scalars(select(kind).order_by(kind.id)).first()
    edit = {"counts_from_version": 2} if kind is Purpose else {"version": 9}
    if by_row:
        for column, value in edit.items():
            setattr(row, column, value)
    else:
        session.execute(update(kind).where(kind.id == row.id).values(**edit))
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) is None
    after = change_number(session)
    assert told(session, after) == ([], [])


# --- transactions ------------------------------------------------------------------------------------------


def test_what_is_rolled_back_did_not_happen(session: Session, somebody: Person) -> None:
    before = change_number(session)
    rows_of(session, SkillClaim, somebody).level = 1
    session.flush()
    session.rollback()
    session.commit()
    assert change_number(session) == before
    assert noted_so_far(session).people == {}


def test_a_savepoint_takes_its_changes_with_it(session: Session, somebody: Person) -> None:
    other = whole_person(session, "Vàng A Páo")
    session.commit()
    before = change_number(session)
    rows_of(session, SkillClaim, other).level = 1
    savepoint = session.begin_nested()
    rows_of(session, SkillClaim, somebody).level = 1
    session.flush()
    savepoint.rollback()
    session.commit()
    assert told(session, before) == ([other.id], [])


def test_a_savepoint_that_is_kept_hands_its_changes_on(session: Session, somebody: Person) -> None:
    before = change_number(session)
    with session.begin_nested(), session.begin_nested():
        rows_of(session, SkillClaim, somebody).level = 1
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [])


def test_what_is_not_committed_yet_counts_for_this_session(session: Session, somebody: Person) -> None:
    before = change_number(session)
    rows_of(session, SkillClaim, somebody).level = 1
    assert told(session, before) == ([somebody.id], [])
    assert change_number(session) == before
    session.rollback()
    assert told(session, before) == ([], [])


def test_a_number_from_another_time_of_the_database_is_of_no_use(session: Session) -> None:
    assert told(session, change_number(session) + 1) is None
    assert told(session, -1) is None


def test_more_people_than_asked_for_are_not_named(session: Session) -> None:
    before = change_number(session)
    for name in ("Lò Văn Chiến", "Vàng A Páo"):
        candidate(session, name)
    session.commit()
    assert changes_since(session, before, 1) is None


def test_notices_are_of_everybody() -> None:
    assert set(OF_EVERYBODY) == {Purpose, Notice}
