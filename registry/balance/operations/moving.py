"""Keeping who came and who left (PE-19, IN-21)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.balance.models import Movement
from registry.balance.rules import Direction, MoveReason
from registry.db import new_public_id
from registry.organisations.rules import Office
from registry.people.models import Person


@dataclass(frozen=True)
class MovementTerms:
    """One person who moved. `place_path` or `place_country`: from or to where; neither is «not recorded»."""

    direction: Direction
    moved_on: date
    person: Person | None
    last_post: str
    qualification_rank: int | None
    occupation: str
    place_path: str
    place_country: str | None
    reason: MoveReason | None
    reason_text: str
    office: Office


def record_movement(
    session: Session, terms: MovementTerms, *, by: int | None, at: datetime, submission_key: str | None = None
) -> Movement:
    """Keep that somebody came or left. The event names the person's record, where there is one."""
    made = Movement(
        public_id=new_public_id(),
        submission_key=submission_key,
        direction=terms.direction,
        moved_on=terms.moved_on,
        person_id=None if terms.person is None else terms.person.id,
        last_post=terms.last_post,
        qualification_rank=terms.qualification_rank,
        occupation=terms.occupation,
        place_path=terms.place_path,
        place_country=terms.place_country,
        reason=terms.reason,
        reason_text=terms.reason_text,
        created_at=at,
        updated_at=at,
        **asdict(terms.office),
    )
    session.add(made)
    session.flush()
    record(
        session,
        by,
        "movement.recorded",
        "movement",
        made.public_id,
        person=None if terms.person is None else terms.person.public_id,
        detail={"direction": terms.direction},
        at=at,
    )
    return made


def remove_movement(session: Session, movement: Movement, *, by: int | None, at: datetime) -> None:
    """Take away a movement that was recorded by mistake."""
    person = None if movement.person_id is None else session.get_one(Person, movement.person_id).public_id
    record(
        session,
        by,
        "movement.removed",
        "movement",
        movement.public_id,
        person=person,
        detail={"direction": movement.direction},
        at=at,
    )
    session.delete(movement)
    session.flush()


def forget_person_in_balance(session: Session, person: Person) -> None:
    """That somebody came or left still counts; who it was, their post and their words do not stay."""
    session.execute(
        update(Movement)
        .where(Movement.person_id == person.id)
        .values(person_id=None, last_post="", reason_text="")
        .execution_options(synchronize_session=False)
    )
