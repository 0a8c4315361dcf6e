"""Signed-in officers for the pages of people."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """A browser in which an officer of Lai Châu is signed in."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh"))
    return client
