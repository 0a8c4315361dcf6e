"""Readers are told who changed from what was told before and what came since: the same as if all were asked for anew."""

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.people.models import Person, PersonChange
from registry.people.queries import change_number, changes_since
from registry.people.queries import changes as kept_changes
from tests.factories.candidates import candidate
from tests.factories.databases import own_database

pytestmark = pytest.mark.slow
PEOPLE = 12


@pytest.fixture(scope="module")
def committing(
    database: Database, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database that really commits, with some people."""
    folder = tmp_path_factory.mktemp("changes")
    with own_database(database, request, folder, "changes_own") as (_url, made):
        with made.writing() as session:
            for place in range(PEOPLE):
                candidate(session, f"Lò Văn {place}")
            session.commit()
        yield made


@pytest.fixture
def reader(committing: Database) -> Iterator[Session]:
    opened = committing.read_session()
    yield opened
    opened.close()


def change(database: Database, people: list[int]) -> None:
    with database.writing() as session:
        for person in session.scalars(select(Person).order_by(Person.id)).all():
            if person.id in people:
                person.headline = f"Lần {person.version}"
        session.commit()


def asked_anew(session: Session, number: int, limit: int) -> list[int] | None:
    found = session.scalars(select(PersonChange.id).where(PersonChange.n > number).order_by(PersonChange.id))
    ids = list(found)
    return None if len(ids) > limit else ids


def told(session: Session, number: int, limit: int) -> list[int] | None:
    found = changes_since(session, number, limit)
    return None if found is None else found.changed.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_what_was_told_before_and_what_is_new_are_all_there_is(committing: Database, seed: int) -> None:
    chance = Random(seed)
    with committing.read_session() as session:
        everybody = list(session.scalars(select(Person.id).order_by(Person.id)))
        first = change_number(session)
    numbers = [first]
    for _turn in range(25):
        change(committing, chance.sample(everybody, chance.randint(1, 4)))
        with committing.read_session() as session:
            numbers.append(change_number(session))
            for _ask in range(3):
                number, limit = chance.choice(numbers), chance.choice([1, 3, 8, 100])
                assert told(session, number, limit) == asked_anew(session, number, limit)


def test_who_reads_an_earlier_moment_is_told_of_that_moment(committing: Database, reader: Session) -> None:
    with committing.read_session() as session:
        everybody = list(session.scalars(select(Person.id).order_by(Person.id)))
    change(committing, everybody[5:6])
    now = change_number(reader)
    change(committing, everybody[:3])
    with committing.read_session() as later:
        assert told(later, now - 1, 100) == [*everybody[:3], everybody[5]]
    assert told(reader, now - 1, 100) == everybody[5:6]


def test_a_thousand_changes_are_asked_for_once(
    committing: Database, reader: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[int]()
    newer = kept_changes._newer  # pyright: ignore[reportPrivateUsage] - how often the database is asked

    def spy(session: Session, number: int, most: int) -> kept_changes.Changed:
        asked.append(number)
        return newer(session, number, most)

    monkeypatch.setattr(kept_changes, "_newer", spy)
    start = change_number(reader)
    reader.close()
    everybody: list[int] = []
    for _turn in range(2):
        with committing.read_session() as session:
            everybody = everybody or list(session.scalars(select(Person.id).order_by(Person.id)))
        change(committing, everybody[:5])
        for _page in range(3):
            with committing.read_session() as session:
                assert told(session, start, 100) == everybody[:5]
                assert told(session, change_number(session) - 1, 100) is not None
    assert len(asked) == 2
