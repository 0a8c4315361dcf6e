"""Reading what is encrypted: contacts, identity numbers, sensitive traits. Views check the right to it and log the read."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import Person, SensitiveTraits
from registry.people.models.sealed import open_contact, open_identity, open_trait

TRAITS = ("ethnicity", "religion", "party_member")


def contacts_in_clear(session: Session, person: Person) -> Mapping[int, str]:
    """The contacts of a person by the id of their row."""
    return {row.id: open_contact(session, person, row) for row in person.contacts}


def identities_in_clear(session: Session, person: Person) -> Mapping[int, str]:
    """The identity numbers of a person by the id of their row."""
    return {row.id: open_identity(session, person, row) for row in person.identities}


def traits_in_clear(session: Session, person: Person) -> Mapping[str, str | None]:
    """Ethnicity, religion and Party membership as stated; None for what was not."""
    row = session.scalar(select(SensitiveTraits).where(SensitiveTraits.person_id == person.id))
    return {
        trait: None if row is None else open_trait(session, person, trait, getattr(row, f"{trait}_sealed"))
        for trait in TRAITS
    }
