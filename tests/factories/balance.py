"""Supply and demand for tests: what is wanted where, who is free, what was foreseen, who left, what is missing."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.balance.models import DemandForecast, Movement, Shortage
from registry.balance.operations import (
    ForecastTerms,
    MovementTerms,
    ShortageTerms,
    enter_forecast,
    open_shortage,
    record_movement,
)
from registry.balance.rules import Direction, Horizon, MoveReason, Subject, SubjectKind
from registry.candidacies.models import Candidacy
from registry.candidacies.operations import move, open_candidacy
from registry.candidacies.rules import Source, Stage
from registry.needs.models import Need
from registry.organisations.rules import Office
from registry.people.models import Person
from tests.factories.candidates import candidate

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
ON = date(2026, 11, 27)
HEALTH = Subject(SubjectKind.OCCUPATION, "772")
COMPUTING = Subject(SubjectKind.OCCUPATION, "748")


def forecast(
    session: Session,
    amount: int = 8,
    subject: Subject = HEALTH,
    *,
    made_on: date = date(2026, 1, 10),
    due_on: date = date(2026, 11, 1),
    unit_path: str = "VN/12/",
) -> DemandForecast:
    """A forecast of the department."""
    terms = ForecastTerms(
        subject, amount, made_on, due_on, "Sở Nội vụ", "Số nghỉ hưu", "", Office(None, unit_path)
    )
    return enter_forecast(session, terms, by=None, at=AT)


def movement(
    session: Session,
    direction: Direction = Direction.OUT,
    *,
    moved_on: date = date(2026, 5, 4),
    person: Person | None = None,
    rank: int | None = 5,
    place: str = "VN/01/",
    reason: MoveReason | None = MoveReason.PAY,
    unit_path: str = "VN/12/",
    words: str = "",
) -> Movement:
    """Somebody who left for Hà Nội, or came from there."""
    terms = MovementTerms(
        direction,
        moved_on,
        person,
        "Bác sĩ trưởng khoa",
        rank,
        "772",
        place,
        None,
        reason,
        words,
        Office(None, unit_path),
    )
    return record_movement(session, terms, by=None, at=AT)


def shortage(
    session: Session,
    subject: Subject = HEALTH,
    *,
    size: int = 3,
    on: date = date(2026, 10, 1),
    unit_path: str = "VN/12/",
) -> Shortage:
    """People missing since a day."""
    terms = ShortageTerms(subject, Horizon.SHORT, size, size + 1, 1, "", Office(None, unit_path))
    return open_shortage(session, terms, by=None, at=AT, on=on)


def placed(session: Session, name: str, wanted_by: Need, by: Account) -> Candidacy:
    """Somebody who took a place of a need at the moment of the tests."""
    one = open_candidacy(session, candidate(session, name), wanted_by, source=Source.OFFICER, by=by.id, at=AT)
    for stage in (Stage.ACCEPTED, Stage.SIGNED, Stage.PLACED):
        move(session, one, stage, by=by.id, at=AT)
    return one
