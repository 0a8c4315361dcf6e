"""An officer of Lai Châu at a desk, and a cadre of the province."""

import pytest
from sqlalchemy.orm import Session

from registry.people.models import CadreFacet, Person
from registry.people.rules import CadreKind
from tests.conftest import Client
from tests.factories import people
from tests.factories.accounts import account, sign_in


@pytest.fixture
def desk(client: Client, session: Session) -> Client:
    """The officer's browser."""
    sign_in(client, account(session))
    return client


@pytest.fixture
def cadre(session: Session) -> Person:
    """A department head without any standard yet."""
    made = people.person(session, "Lò Thị Hoa", by_law=True)
    session.add(CadreFacet(person=made, kind=CadreKind.CIVIL_SERVANT, office="Trưởng phòng"))
    session.commit()
    return made
