"""Folders for what is made from a registry, officers with a name, and the ranking most tests look at."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.ranked_needs import Story, story


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """A new folder for every registry."""
    return (tmp_path / str(number) for number in itertools.count())


@pytest.fixture
def told(session: Session) -> Story:
    """A need, and people who stand towards it in every way there is."""
    return story(session)


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """A client signed in as an officer of Lai Châu."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh"))
    return client


@pytest.fixture
def national_officer(client: Client, session: Session) -> Client:
    """A client signed in as an officer of the whole country."""
    sign_in(client, account(session, Role.OFFICER, name="Lò Thị Hạnh"))
    return client
