"""What stays in the room of somebody who was erased: numbers, and nobody."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry.networks.models import AssociationMember, ExpertVisit, OriginNote, OriginOutreach
from registry.people.models import Person


def forget_person_in_networks(session: Session, person: Person) -> None:
    """A membership and a visit still count; whose it was and the number of the card go. What was said goes whole."""
    session.execute(
        update(AssociationMember)
        .where(AssociationMember.person_id == person.id)
        .values(person_id=None, card="")
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(ExpertVisit)
        .where(ExpertVisit.person_id == person.id)
        .values(person_id=None, mark="")
        .execution_options(synchronize_session=False)
    )
    for model in (OriginNote, OriginOutreach):
        session.execute(delete(model).where(model.person_id == person.id))
