"""Browsers of both sides of a meeting."""

import pytest
from sqlalchemy.orm import Session

from tests.conftest import Client, browser
from tests.factories.accounts import sign_in
from tests.factories.introductions import Meeting, meeting


@pytest.fixture
def met(session: Session) -> Meeting:
    """An anonymous person, an open need, its officer."""
    return meeting(session)


@pytest.fixture
def theirs(client: Client, met: Meeting) -> Client:
    """The browser of the person."""
    sign_in(client, met.own)
    return client


@pytest.fixture
def desk(client: Client, session: Session, met: Meeting) -> Client:
    """The browser of the officer."""
    made = browser(client.application, session)
    sign_in(made, met.officer)
    return made
