"""Who does something, when, on which day in Việt Nam; and the event each operation leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record

Changes = Mapping[str, tuple[object, object]]


@dataclass(frozen=True)
class Act:
    """Who does something, when, and which day that is in Việt Nam. `by` is nothing for a command."""

    by: int | None
    at: datetime
    on: date


def told(
    session: Session,
    action: str,
    row: Any,
    act: Act,
    *,
    changes: Changes | None = None,
    person: str | None = None,
    detail: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """One event about a row of this room."""
    record(
        session,
        act.by,
        action,
        str(row.__tablename__),
        row.public_id,
        changes=changes,
        person=person,
        detail=detail,
        reason=reason,
        at=act.at,
    )


def put(row: Any, values: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Write values on a row; what changed, before and after."""
    changes = {
        name: (_plain(getattr(row, name)), _plain(value))
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name in changes:
        setattr(row, name, values[name])
    return changes


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
