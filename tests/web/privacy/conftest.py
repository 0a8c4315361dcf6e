"""Signed-in people and officers for the pages of rights."""

import pytest
from sqlalchemy.orm import Session

from registry.people.models import Person
from tests.conftest import Client
from tests.factories.accounts import sign_in
from tests.factories.rights import with_account


@pytest.fixture
def me(session: Session) -> Person:
    """A person with an account."""
    return with_account(session)[0]


@pytest.fixture
def my_browser(client: Client, session: Session) -> tuple[Client, Person]:
    """A browser in which a person is signed in, and their record."""
    person, own = with_account(session)
    sign_in(client, own)
    return client, person
