"""Searches of the roll are those of the database alone: whatever happens to the registry, whatever is asked."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test
from sqlalchemy import ClauseElement, select
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
from tests.factories.candidates import TODAY, candidate
from tests.factories.machines import RegistryMachine, few, forgetful, give_rules
from tests.factories.searching import (
    SEARCH_ACTS,
    ComparedSearches,
    begin_search_world,
    compare_searches,
)
from tests.factories.worlds import VIEWERS, World

FEW = few(examples=2, steps=8)
# That a fault is found out says something of the comparison, not of a database.
ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class SearchMachine(RegistryMachine):
    """Whatever happens, the roll finds whom the database alone finds."""

    def __init__(self, database: Database, folder: Path, compared: ComparedSearches) -> None:
        super().__init__(database, folder)
        self.compared = compared

    @initialize(seed=st.integers(0, 2**32 - 1))
    def begin(self, seed: int) -> None:
        """Some people, and an index of them."""
        self.world = begin_search_world(self.session, self.folder, seed, people=9)
        self.check()

    def check(self) -> None:
        """The roll gives what the database gives."""
        compare_searches(self.world, self.compared)
        assert self.compared.differences == []


give_rules(SearchMachine, SEARCH_ACTS)


@pytest.mark.slow
def test_searches_follow_whatever_happens(database: Database, folders: Iterator[Path]) -> None:
    compared = ComparedSearches()
    machine: Any = lambda: SearchMachine(database, next(folders), compared)  # noqa: E731 - a factory
    run_state_machine_as_test(machine, settings=FEW)
    assert compared.by_roll > 20
    assert compared.with_changes
    assert compared.with_people


@pytest.mark.slow
@ONE_DATABASE
@pytest.mark.parametrize("forgets", [snapshots, changed_roll], ids=["snapshots", "changed_roll"])
def test_a_roll_that_forgot_changes_is_found_out(
    database: Database, folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch, forgets: Any
) -> None:
    monkeypatch.setattr(forgets, "changes_since", forgetful)
    machine: Any = lambda: SearchMachine(database, next(folders), ComparedSearches())  # noqa: E731 - a factory
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=FEW)


@pytest.fixture
def world(session: Session, tmp_path: Path) -> World:
    return begin_search_world(session, tmp_path, seed=12, people=16)


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


def test_without_a_roll_the_database_answers(session: Session) -> None:
    candidate(session, "Lò Văn Chiến")
    ready = made_ready(session, Search(), VIEWERS[0], on=TODAY)
    assert not on_rolls(session, ready)
    assert found_total(session, ready) == 1


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


def test_a_roll_holds_no_name_and_no_code(session: Session, tmp_path: Path) -> None:
    begin_search_world(session, tmp_path, seed=5, people=6)
    files = b"".join(one.read_bytes() for one in sorted(tmp_path.glob("index/*/roll_*.npy")))
    assert files
    for person in session.scalars(select(Person)):
        assert person.code.encode() not in files
        assert person.name_sort_key.encode() not in files
        assert f" {person.folded_name} ".encode() not in files
