"""Nothing that matching reads is written without a number and a name: statements past the unit of work."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

import registry
from registry.consents.models import Consent
from registry.db import read_rows
from registry.people.models import (
    NOTED,
    AcceptedPlace,
    Availability,
    AvailabilityForm,
    Person,
    SkillClaim,
    Unnoticed,
    note_changed,
)
from registry.people.queries import change_number
from registry.people.rules import WorkForm
from tests.factories.candidates import TODAY, candidate
from tests.factories.changes import EDITS, rows_of, told, whole_person


@pytest.fixture
def somebody(session: Session) -> Person:
    """Such a person, committed."""
    made = whole_person(session)
    session.commit()
    return made


EACH = pytest.mark.parametrize("kind", EDITS, ids=lambda kind: kind.__name__)


# --- statements past the unit of work ----------------------------------------------------------------------


@EACH
def test_a_statement_that_edits_many_rows_names_their_people(
    session: Session, somebody: Person, kind: Any
) -> None:
    candidate(session, "Vàng A Páo")
    session.commit()
    row, before = rows_of(session, kind, somebody), change_number(session)
    session.execute(update(kind).where(kind.id == row.id).values(**EDITS[kind]))
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [])


# SQLAlchemy itself refuses this way for records with a version.
@pytest.mark.parametrize("kind", [Consent, Availability, AcceptedPlace, AvailabilityForm])
def test_a_statement_that_edits_by_key_names_their_people(
    session: Session, somebody: Person, kind: Any
) -> None:
    row, before = rows_of(session, kind, somebody), change_number(session)
    session.execute(update(kind), [{"id": row.id, **EDITS[kind]}])
    session.commit()
    assert told(session, before) == ([somebody.id], [])


@EACH
def test_a_statement_that_deletes_names_their_people(session: Session, somebody: Person, kind: Any) -> None:
    row, before = rows_of(session, kind, somebody), change_number(session)
    session.execute(delete(kind).where(kind.id == row.id), execution_options={"synchronize_session": "fetch"})
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [somebody.id] if kind is Person else [])


INSERTS: list[Callable[[Person, Any], tuple[Any, Any]]] = [
    lambda person, _row: (insert(AcceptedPlace), [_place(person, "VN/01/"), _place(person, "VN/15/")]),
    lambda person, _row: (insert(AcceptedPlace), _place(person, "VN/01/")),
    lambda person, _row: (insert(AcceptedPlace).values(**_place(person, "VN/01/")), None),
    lambda person, _row: (insert(AcceptedPlace).values([_place(person, "VN/01/")]), None),
    lambda _person, statement: (
        insert(AvailabilityForm),
        [{"availability_id": statement.id, "form": WorkForm.PROJECT}],
    ),
]


def _place(person: Person, path: str) -> dict[str, Any]:
    return {"person_id": person.id, "kind": "unit", "unit_path": path, "stated_on": TODAY}


@pytest.mark.parametrize("made", INSERTS)
def test_a_statement_that_inserts_names_their_people(
    session: Session, somebody: Person, made: Callable[[Person, Any], tuple[Any, Any]]
) -> None:
    before = change_number(session)
    statement, rows = made(somebody, rows_of(session, Availability, somebody))
    if rows is None:
        session.execute(statement)
    else:
        session.execute(statement, rows)
    session.commit()
    assert change_number(session) == before + 1
    assert told(session, before) == ([somebody.id], [])


REFUSED: list[Any] = [
    text("UPDATE skill_claim SET level = 1"),
    text('DELETE FROM "person" WHERE id = 1'),
    text("insert into consent (id) values (1)"),
    update(SkillClaim).where(SkillClaim.level == 1).values(person_id=2),
    insert(AcceptedPlace).from_select(["person_id"], select(AcceptedPlace.person_id)),
    insert(AcceptedPlace).values(kind="anywhere", stated_on=TODAY),
]


@pytest.mark.parametrize("statement", REFUSED, ids=str)
def test_a_statement_that_does_not_tell_its_people_is_refused(session: Session, statement: Any) -> None:
    before = change_number(session)
    with pytest.raises(Unnoticed):
        session.execute(statement)
    session.commit()
    assert change_number(session) == before


def test_a_writer_may_name_the_people_itself(session: Session, somebody: Person) -> None:
    before = change_number(session)
    note_changed(session, [somebody.id])
    session.execute(text("UPDATE skill_claim SET level = 2"), execution_options={NOTED: True})
    session.commit()
    assert told(session, before) == ([somebody.id], [])


# --- doors past the session --------------------------------------------------------------------------------

PAST_THE_SESSION = re.compile(r"\.bulk_(?:save_objects|insert_mappings|update_mappings)\(|\.connection\(\)")

# The log has its own tables; columns and rows are only read; the notes themselves are written last; a restored database
# brings its notes along. Rows written in bulk are those of the few who are named below, who note their people.
MAY_GO_PAST = {
    "audit/operations/listing.py",
    "audit/operations/many.py",
    "audit/operations/recording.py",
    "backup/operations/restoring.py",
    "db/bulk.py",
    "db/engine.py",
    "matching/queries/packing.py",
    "people/models/noting.py",
}


def test_nobody_writes_past_the_session() -> None:
    root = Path(registry.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if PAST_THE_SESSION.search(path.read_text(encoding="utf-8"))
    }
    assert found == MAY_GO_PAST
    in_bulk = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if re.search(r"registry\.db\.bulk import .*write_rows", path.read_text(encoding="utf-8"))
    }
    # What became of a file's rows is no part of a record, nor are places and labels that are loaded as a whole, nor who
    # stood in the list of a class or of a report: what a course gives a record goes through the session.
    assert in_bulk == {
        "audit/operations/many.py",
        "exchange/operations/inline.py",
        "indicators/operations/listing.py",
        "people/operations/many.py",
        "places/operations/loading.py",
        "skills/operations/loading.py",
        "training/operations/enrolling.py",
    }


def test_rows_are_read_past_the_session_but_never_written(session: Session) -> None:
    assert read_rows(session, select(Person.id)).all() == []
    with pytest.raises(AssertionError):
        read_rows(session, update(Person).values(code="x"))
