"""Who opens the pages: browsers that are signed in. A room that needs somebody else overrides these. And what was read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.lists import ONE_DATABASE, by_file

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what others prove there."""
    if config.getoption("both_databases"):
        return
    stays = by_file(ONE_DATABASE)
    left_out: list[pytest.Item] = []
    for item in items:
        if isinstance(item, pytest.Function) and item.path.is_relative_to(_HERE):
            file = item.path.relative_to(_HERE).as_posix()
            on = item.callspec.params.get("database") if hasattr(item, "callspec") else None
            if on == "postgresql" and file in stays and item.originalname not in stays[file]:
                left_out.append(item)
    if left_out:
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """A client signed in as an officer of Lai Châu."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


@pytest.fixture
def claims_read(session: Session) -> Callable[[], int]:
    """How often claims were read since the last time this was asked."""
    read: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_sent: Any) -> None:
        if statement.startswith("SELECT") and "skill_claim.evidence_until" in statement:
            read.append(statement)

    def count() -> int:
        found = len(read)
        read.clear()
        return found

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    return count
