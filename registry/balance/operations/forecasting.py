"""Entering forecasts of demand. One that was entered is never changed: its error would say nothing any more (IN-20)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.balance.models import DemandForecast
from registry.balance.rules import NotPossible, Subject
from registry.db import new_public_id
from registry.organisations.rules import Office


@dataclass(frozen=True)
class ForecastTerms:
    """`amount` posts on a subject opened after `made_on`, up to and including `due_on`."""

    subject: Subject
    amount: int
    made_on: date
    due_on: date
    author: str
    method: str
    document: str
    office: Office


def enter_forecast(
    session: Session, terms: ForecastTerms, *, by: int | None, at: datetime, submission_key: str | None = None
) -> DemandForecast:
    """Keep a forecast."""
    made = DemandForecast(
        public_id=new_public_id(),
        submission_key=submission_key,
        subject_kind=terms.subject.kind,
        subject_code=terms.subject.code,
        amount=terms.amount,
        made_on=terms.made_on,
        due_on=terms.due_on,
        author=terms.author,
        method=terms.method,
        document=terms.document,
        created_at=at,
        updated_at=at,
        **asdict(terms.office),
    )
    session.add(made)
    session.flush()
    detail = {"subject": terms.subject.code, "amount": terms.amount, "due_on": terms.due_on.isoformat()}
    record(session, by, "forecast.entered", "demand_forecast", made.public_id, detail=detail, at=at)
    return made


def withdraw_forecast(
    session: Session, forecast: DemandForecast, reason: str, *, by: int | None, at: datetime, on: date
) -> None:
    """Take a forecast out of every comparison, and say why. Raises NotPossible for one that was withdrawn."""
    if forecast.withdrawn_on is not None:
        raise NotPossible
    forecast.withdrawn_on, forecast.withdrawn_because, forecast.updated_at = on, reason, at
    session.flush()
    record(session, by, "forecast.withdrawn", "demand_forecast", forecast.public_id, reason=reason, at=at)
