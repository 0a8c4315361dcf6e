"""Whatever happens to a registry, in whatever order: the index with what it leaves is the reference."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from registry.db import Database
from registry.matching.queries import snapshots
from registry.people.queries import ChangesSince
from tests.factories.acts import ACTS, begin_world
from tests.factories.comparing import Compared, compare

pytestmark = pytest.mark.slow

FEW = settings(
    max_examples=3,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.generate],
)


class IndexMachine(RuleBasedStateMachine):
    """One registry over one transaction that is rolled back at the end."""

    def __init__(self, database: Database, folder: Path, compared: Compared) -> None:
        super().__init__()
        self.connection = database.write_engine.connect()
        self.outer = self.connection.begin()
        self.session = Session(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        self.session.info["keyring"] = database.keyring
        self.folder = folder
        self.compared = compared

    @initialize(seed=st.integers(0, 2**32 - 1))
    def begin(self, seed: int) -> None:
        """Some people, and an index of them."""
        self.world = begin_world(self.session, self.folder, seed, people=8)
        ACTS["end_build"][0](self.world)
        self.check()

    def check(self) -> None:
        """Both kernels give what the reference gives."""
        compare(self.world, self.compared, needs=1)
        assert self.compared.differences == []

    def teardown(self) -> None:
        """Nothing of it stays."""
        self.session.close()
        self.outer.rollback()
        self.connection.close()


def _rule(name: str) -> Any:
    def act(self: IndexMachine) -> None:
        ACTS[name][0](self.world)
        self.check()

    act.__name__ = name
    return rule()(act)


for _name in ACTS:
    setattr(IndexMachine, _name, _rule(_name))


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """A new folder for every registry."""
    return (tmp_path / str(number) for number in itertools.count())


def test_the_index_follows_whatever_happens(database: Database, folders: Iterator[Path]) -> None:
    compared = Compared()
    machine: Any = lambda: IndexMachine(database, next(folders), compared)  # noqa: E731 - a factory
    run_state_machine_as_test(machine, settings=FEW)
    assert compared.by_index > 30


def test_an_index_that_forgot_changes_is_found_out(
    database: Database, folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(session: Session, number: int, limit: int) -> ChangesSince | None:
        found = told(session, number, limit)
        return None if found is None else ChangesSince(found.changed[:0], found.deleted[:0])

    told = snapshots.changes_since
    monkeypatch.setattr(snapshots, "changes_since", forgetful)
    machine: Any = lambda: IndexMachine(database, next(folders), Compared())  # noqa: E731 - a factory
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=FEW)
