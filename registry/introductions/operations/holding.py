"""One writer at a time for what concerns a person: two tabs, an officer and a job must not both act."""

from sqlalchemy.orm import Session

from registry.people.models import Person


def hold(session: Session, person: Person) -> None:
    """Hold the row of the person until the transaction ends, as every operation of the room does first."""
    session.refresh(person, ["version"], with_for_update={"key_share": True})
