"""Who proposes, who approves, who receives: each in a browser of their own."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client, browser
from tests.factories.accounts import account, sign_in
from tests.factories.grants import Office, office


@pytest.fixture
def of(session: Session) -> Office:
    """Somebody to give to, an officer, a campaign administrator, all of Lai Châu."""
    return office(session)


@pytest.fixture
def desk(client: Client, of: Office) -> Client:
    """The officer's browser."""
    sign_in(client, of.officer)
    return client


@pytest.fixture
def head(client: Client, session: Session, of: Office) -> Client:
    """The campaign administrator's browser."""
    made = browser(client.application, session)
    sign_in(made, of.head)
    return made


@pytest.fixture
def theirs(client: Client, session: Session, of: Office) -> Client:
    """The person's own browser."""
    own = account(session, Role.CANDIDATE, "", name=of.person.full_name)
    of.person.account_id = own.id
    session.commit()
    made = browser(client.application, session)
    sign_in(made, own)
    return made
