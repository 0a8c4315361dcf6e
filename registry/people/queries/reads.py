"""Who looked at a person's data, from the log: for the person's own page and the officers' profile page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.audit.queries import ids_about


@dataclass(frozen=True)
class ReadEvent:
    """One look: when, by which account, doing what, for which purpose, and what the event says besides."""

    at: datetime
    by_id: int | None
    action: str
    purpose: str
    detail: dict[str, Any]


def reads_of(session: Session, person: str, *, most: int) -> Sequence[ReadEvent]:
    """The newest reads of this person's data. Events that changed it name the person themselves; reads do not."""
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.id.in_(ids_about(session, person)), AuditEvent.person.is_(None))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(most)
    )
    return [_read(event) for event in events]


def _read(event: AuditEvent) -> ReadEvent:
    content: dict[str, Any] = json.loads(event.content)
    return ReadEvent(
        event.at, event.by_id, event.action, str(content.get("purpose", "")), content.get("detail") or {}
    )
