"""Browsers of both sides of a candidacy."""

import pytest
from sqlalchemy.orm import Session

from tests.conftest import Client, browser
from tests.factories.accounts import sign_in
from tests.factories.candidacies import Considered, considered


@pytest.fixture
def met(session: Session) -> Considered:
    """Somebody suggested for a need, who knows nothing of it yet."""
    return considered(session)


@pytest.fixture
def theirs(client: Client, met: Considered) -> Client:
    """The browser of the person."""
    sign_in(client, met.own)
    return client


@pytest.fixture
def desk(client: Client, session: Session, met: Considered) -> Client:
    """The browser of the officer."""
    made = browser(client.application, session)
    sign_in(made, met.officer)
    return made
