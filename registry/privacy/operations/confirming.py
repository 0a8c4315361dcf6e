"""Confirming a row of the files of limits, days and lengths against its source, and taking that back. Never commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.privacy.models import ConfirmedRow


class AlreadyConfirmed(Exception):
    """Somebody confirmed the row in the meantime."""


@dataclass(frozen=True)
class Checked:
    """What a row was compared with, and on which day."""

    source: str
    checked_on: date


def confirm_row(
    session: Session, fingerprint: str, label: str, checked: Checked, *, by: int, at: datetime
) -> ConfirmedRow:
    """Keep that a row was compared with its source. Raises AlreadyConfirmed."""
    row = ConfirmedRow(
        fingerprint=fingerprint,
        label=label,
        source=checked.source,
        checked_on=checked.checked_on,
        confirmed_by_id=by,
        confirmed_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as raced:
        raise AlreadyConfirmed from raced
    _record(session, "parameter.confirmed", row, by, at)
    return row


def take_back_confirmation(session: Session, row: ConfirmedRow, *, by: int, at: datetime) -> None:
    """The row is unconfirmed again; the log keeps that it was not."""
    _record(session, "parameter.unconfirmed", row, by, at)
    session.delete(row)
    session.flush()


def _record(session: Session, action: str, row: ConfirmedRow, by: int, at: datetime) -> None:
    detail = {"name": row.label, "source_text": row.source, "checked_on": row.checked_on}
    record(session, by, action, "parameter", row.public_id, detail=detail, at=at)
