"""A roll of one small registry: for which day it answers, who changed since, how it is read, and that faults show."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import ClauseElement, Connection, select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.matching.engine.search.columns import RollColumns
from registry.matching.engine.search.roll import Roll
from registry.matching.queries import changed_roll, packing, roll_columns, snapshots
from registry.matching.queries.roll_columns import read_roll
from registry.matching.queries.search import Search, found_total, made_ready
from registry.matching.queries.search.on_roll import on_rolls
from registry.matching.queries.snapshots import OpenedRoll, opened_roll
from registry.people.models import ExpertFacet, Person
from registry.people.rules import ExpertKind
from tests.conftest import session_on
from tests.factories.begun import begun, undone
from tests.factories.candidates import candidate
from tests.factories.searching import ComparedSearches, begin_search_world, compare_searches
from tests.factories.worlds import VIEWERS, World

# That a fault is found out says something of the comparison, not of a database.
ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def founded(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Connection, World]]:
    """The registry with its index, made once."""
    with begun(database) as opened:
        first = session_on(opened, database)
        world = begin_search_world(first, tmp_path_factory.mktemp("roll"), seed=12, people=16)
        first.close()
        yield opened, world


@pytest.fixture
def connection(founded: tuple[Connection, World]) -> Iterator[Connection]:
    """What a test does to the registry is undone."""
    with undone(founded[0]) as opened:
        yield opened


@pytest.fixture
def world(founded: tuple[Connection, World], session: Session) -> World:
    """The registry as it was founded, for the session of the test."""
    session.info["folder"] = founded[1].folder
    return replace(founded[1], session=session, chance=copy.deepcopy(founded[1].chance))


def _turned(name: str) -> Callable[[Roll], Roll]:
    """A roll one of whose arrays has its first and last values the other way round.

    People stand by their public ids, which are drawn by lot: a few headlines the other way round may say the same.
    So everybody's headline becomes the next one instead.
    """

    def spoil(roll: Roll) -> Roll:
        array = np.array(getattr(roll.arrays, name))
        array[:] = (array + 1) % (array.max() + 1) if name == "headlines" else array[::-1].copy()
        return replace(roll, arrays=replace(roll.arrays, **{name: array}))

    return spoil


@pytest.mark.slow
@ONE_DATABASE
@pytest.mark.parametrize("name", ["options", "by_place", "claim_rows", "held_words", "units", "headlines"])
def test_a_spoiled_array_is_found_out(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    sound = snapshots.opened_roll(world.session, world.today)
    assert sound is not None
    spoiled = replace(sound, roll=_turned(name)(sound.roll))

    def opened(session: Session, _on: date) -> OpenedRoll | None:
        return spoiled if "folder" in session.info else None

    monkeypatch.setattr("registry.matching.queries.search.on_roll.opened_roll", opened)
    compared = ComparedSearches()
    while not compared.differences and compared.cases < 60:
        compare_searches(world, compared, searches=1)
    assert compared.differences


def test_a_roll_answers_for_its_own_day_only(world: World) -> None:
    assert opened_roll(world.session, world.today) is not None
    assert opened_roll(world.session, world.today + timedelta(1)) is None
    assert opened_roll(world.session, world.today - timedelta(1)) is None


def test_too_many_changes_leave_the_database_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "MOST_CHANGED", 1)
    candidate(world.session, "Lò Văn Chiến")
    candidate(world.session, "Lò Văn Hai")
    world.session.commit()
    ready = made_ready(world.session, Search(), VIEWERS[0], on=world.today)
    assert not on_rolls(world.session, ready)
    assert found_total(world.session, ready) > 0


def test_one_page_looks_once_and_a_write_makes_it_look_again(world: World) -> None:
    session = world.session
    ready = made_ready(session, Search(), VIEWERS[0], on=world.today)
    asked = on_rolls(session, ready)
    before = found_total(session, ready)
    assert on_rolls(session, ready) is asked
    candidate(session, "Lò Văn Chiến")
    assert found_total(session, ready) == before + 1
    assert on_rolls(session, ready) is not asked


def test_after_a_save_only_who_changed_since_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    session, read = world.session, list[list[int]]()
    wanted = session.scalars(select(Person).order_by(Person.id).limit(3)).all()

    def spy(session: Session, on: date, ids: Any) -> Any:
        read.append(ids.tolist())
        return read_roll(session, on, ids)

    monkeypatch.setattr(changed_roll, "read_roll", spy)
    for person in (wanted[0], wanted[1], wanted[0]):
        person.headline = f"{person.headline} nữa"
        session.commit()
        assert found_total(session, made_ready(session, Search(), VIEWERS[0], on=world.today)) > 0
    monkeypatch.setattr(changed_roll, "_MOST_NEWER", 1)
    wanted[2].headline = "Bác sĩ"
    session.commit()
    assert found_total(session, made_ready(session, Search(), VIEWERS[0], on=world.today)) > 0
    one, two, three = (person.id for person in wanted)
    assert read == [[one], [two], [one, two], [one, two, three]]


def test_some_people_are_read_with_two_statements_that_are_written_out_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compiling(statement: ClauseElement, *given: Any, **named: Any) -> Any:
        written.append(statement)
        return compiled(statement, *given, **named)

    def reading(session: Session, statement: Any, *handed: Any) -> Any:
        sent.append(statement)
        return rows_read(session, statement, *handed)

    session, written, sent = world.session, list[ClauseElement](), list[ClauseElement]()
    compiled, rows_read = ClauseElement.compile, packing.read_rows
    ids = np.sort(read_roll(session, world.today).people.row_id)
    read_roll(session, world.today, ids[:1])
    monkeypatch.setattr(ClauseElement, "compile", compiling)
    monkeypatch.setattr(roll_columns, "read_rows", reading)
    first, rest = (read_roll(session, world.today, some).people.row_id for some in (ids[:1], ids[1:]))
    assert first.tolist() == ids[:1].tolist()
    assert sorted(rest.tolist()) == ids[1:].tolist()
    assert written == []
    assert len(sent) == 4
    read_roll(session, date(2031, 5, 6), ids[:1])
    assert len(written) == 1


def rows_told(columns: RollColumns) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, words instead of their numbers."""
    words = {"key": (*columns.words.languages, ""), "field": (*columns.words.fields, "")}
    tables: dict[str, dict[str, Any]] = {
        name: {column: cells.tolist() for column, cells in asdict(getattr(columns, name)).items()}
        for name in ("skills", "languages", "studies", "facets", "freedom", "begun")
    }
    for name, column in (("languages", "key"), ("studies", "field")):
        tables[name][column] = [words[column][one] for one in tables[name][column]]
    return {name: sorted(zip(*cells.values(), strict=True)) for name, cells in tables.items()}


def test_some_people_are_read_as_they_stand_among_all(world: World) -> None:
    session, day = world.session, world.today
    ids = np.array(sorted(session.scalars(select(Person.id))), np.int64)
    whole = rows_told(read_roll(session, day))
    assert all(whole.values())
    for some in (ids, ids[::3]):
        held = set(some.tolist())
        theirs = {name: [row for row in rows if row[0] in held] for name, rows in whole.items()}
        assert rows_told(read_roll(session, day, some)) == theirs


def test_a_facet_of_a_person_is_a_change_of_that_person(world: World) -> None:
    session = world.session
    person = session.scalars(select(Person).limit(1)).one()
    session.add(ExpertFacet(person_id=person.id, kind=ExpertKind.EXPERT))
    session.commit()
    opened = opened_roll(session, world.today)
    assert opened is not None
    assert opened.reference_ids.tolist() == [person.id]
