"""Registrations whose identity number somebody else holds already: who that is shows on the page of the officer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import Person
from registry.people.operations.identity import write_waiting_identity
from registry.people.rules import IdentityDraft, IdentityKind
from tests.factories.authz.people import NAMES

# Where the registration waits: who holds its number. Somebody anonymous; somebody whom the commune does not see.
_HOLDERS = {"own": "hide", "below": "mate"}


def make_holders(session: Session) -> None:
    """Give registrations that wait the numbers of these people."""
    for where, holder in _HOLDERS.items():
        waiting = session.scalars(select(Person).where(Person.code == f"HS-CHO-{where}")).one()
        write_waiting_identity(session, waiting, IdentityDraft(IdentityKind.CCCD, NAMES[holder][2]))
