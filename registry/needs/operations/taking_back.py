"""Taking back a need that should not have been entered, as when an import is undone. Flushes, never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.needs.models import Need


def take_back_need(session: Session, need: Need, *, by: int | None, at: datetime, reason: str) -> None:
    """Delete a need; the log keeps the event. Its code is not given again."""
    code = need.code
    record(
        session, by, "need.taken_back", "need", need.public_id, detail={"code": code}, reason=reason, at=at
    )
    session.delete(need)
    session.flush()
