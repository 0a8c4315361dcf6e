"""Whatever happens to a registry, in whatever order: the index with what it leaves is the reference."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from registry.db import Database
from registry.matching.queries import snapshots
from tests.factories.acts import ACTS, begin_world
from tests.factories.comparing import Compared, compare
from tests.factories.machines import RegistryMachine, few, forgetful, give_rules

pytestmark = pytest.mark.slow

FEW = few(examples=3, steps=15)


class IndexMachine(RegistryMachine):
    """Whatever happens, the index answers as the reference does."""

    def __init__(self, database: Database, folder: Path, compared: Compared) -> None:
        super().__init__(database, folder)
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


give_rules(IndexMachine, ACTS)


def test_the_index_follows_whatever_happens(database: Database, folders: Iterator[Path]) -> None:
    compared = Compared()
    machine: Any = lambda: IndexMachine(database, next(folders), compared)  # noqa: E731 - a factory
    run_state_machine_as_test(machine, settings=FEW)
    assert compared.by_index > 30


def test_an_index_that_forgot_changes_is_found_out(
    database: Database, folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "changes_since", forgetful)
    machine: Any = lambda: IndexMachine(database, next(folders), Compared())  # noqa: E731 - a factory
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=FEW)
