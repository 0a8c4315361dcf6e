"""An officer of the whole country, an officer of Lai Châu, and the ranking that offers begin from."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.ranked_needs import Story, story


@pytest.fixture
def told(session: Session) -> Story:
    """A need, and people who stand towards it in every way there is."""
    return story(session)


@pytest.fixture
def national_officer(client: Client, session: Session) -> Client:
    """A client signed in as an officer of the whole country."""
    sign_in(client, account(session, Role.OFFICER, "", name="Lò Thị Hạnh"))
    return client
