"""Searches of the roll are those of the database alone: whatever happens to the registry, whatever is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.matching.queries import changed_roll, snapshots
from registry.matching.queries.search import Search, found_total, made_ready
from registry.matching.queries.search.on_roll import on_rolls
from registry.people.models import Person
from tests.factories.candidates import TODAY, candidate
from tests.factories.machines import RegistryMachine, few, forgetful, give_rules
from tests.factories.searching import (
    SEARCH_ACTS,
    ComparedSearches,
    begin_search_world,
    compare_searches,
)
from tests.factories.worlds import VIEWERS

FEW = {"sqlite": few(examples=2, steps=8), "postgresql": few(examples=1, steps=12)}
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
        compare_searches(self.world, self.compared, searches=1)
        assert self.compared.differences == []


give_rules(SearchMachine, SEARCH_ACTS)


@pytest.mark.slow
def test_searches_follow_whatever_happens(database: Database, folders: Iterator[Path]) -> None:
    compared = ComparedSearches()
    machine: Any = lambda: SearchMachine(database, next(folders), compared)  # noqa: E731 - a factory
    run_state_machine_as_test(machine, settings=FEW[database.write_engine.dialect.name])
    assert compared.by_roll > compared.cases / 2
    assert compared.cases > 10
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
        run_state_machine_as_test(machine, settings=FEW["sqlite"])


def test_without_a_roll_the_database_answers(session: Session) -> None:
    candidate(session, "Lò Văn Chiến")
    ready = made_ready(session, Search(), VIEWERS[0], on=TODAY)
    assert not on_rolls(session, ready)
    assert found_total(session, ready) == 1


def test_a_roll_holds_no_name_and_no_code(session: Session, tmp_path: Path) -> None:
    begin_search_world(session, tmp_path, seed=5, people=6)
    files = b"".join(one.read_bytes() for one in sorted(tmp_path.glob("index/*/roll_*.npy")))
    assert files
    for person in session.scalars(select(Person)):
        assert person.code.encode() not in files
        assert person.name_sort_key.encode() not in files
        assert f" {person.folded_name} ".encode() not in files
