"""Who opens the pages: browsers that are signed in. A room that needs somebody else overrides these."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """A client signed in as an officer of Lai Châu."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client
