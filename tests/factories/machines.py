"""A registry in which anything may happen: machines of Hypothesis over one transaction that is rolled back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy.orm import Session

from registry.db import Database
from registry.people.queries import ChangesSince, changes_since
from tests.factories.worlds import World

Acts = Mapping[str, tuple[Callable[[World], None], int]]


class RegistryMachine(RuleBasedStateMachine):
    """One registry; whoever inherits makes its `world` and says what must hold of it."""

    world: World

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__()
        self.connection = database.write_engine.connect()
        self.outer = self.connection.begin()
        self.session = Session(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        self.session.info["keyring"] = database.keyring
        self.folder = folder

    def check(self) -> None:
        """What must hold after every act."""
        raise AssertionError("say what must hold")

    def teardown(self) -> None:
        """Nothing of it stays."""
        self.session.close()
        self.outer.rollback()
        self.connection.close()


def give_rules(machine: type[RegistryMachine], acts: Acts) -> None:
    """Every act that may happen becomes a rule: done, then checked."""
    for name, (act, often) in acts.items():
        if often:
            setattr(machine, name, _rule(name, act))


def _rule(name: str, act: Callable[[World], None]) -> Any:
    def done(self: RegistryMachine) -> None:
        act(self.world)
        self.check()

    done.__name__ = name
    return rule()(done)


def few(examples: int, steps: int) -> settings:
    """A short run, the same every time; the long ones are scripts."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        phases=[Phase.generate],
    )


def forgetful(session: Session, number: int, limit: int) -> ChangesSince | None:
    """`changes_since` that forgets who changed: a control, which must be found out."""
    found = changes_since(session, number, limit)
    return None if found is None else ChangesSince(found.changed[:0], found.deleted[:0])
