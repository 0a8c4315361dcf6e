"""Who opens the pages: browsers that are signed in. A room that needs somebody else overrides these. And what was read."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in


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
