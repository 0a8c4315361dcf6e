"""Asking for a list: what it is for is kept and logged, and whom it may hold. Flushes, never commits.

Whom a list holds is settled now, how they are shown when the file is written, for whoever takes it as they are then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, insert, literal, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.exports.models import ADDRESS_LENGTH, Export, ExportPerson
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportPurpose
from registry.exports.rules.limits import ExportLimits
from registry.jobs.operations import enqueue_job

EXPORT_JOB = "export.write"
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Asked:
    """What is asked for: the list with its filters (`told` in words), the columns, the kind of file, the purpose."""

    kind: ExportKind
    subject: str
    need: str
    address: str
    told: tuple[str, ...]
    columns: tuple[str, ...]
    format: ExportFormat
    purpose: ExportPurpose
    purpose_text: str


@dataclass(frozen=True)
class Placed:
    """Somebody of a ranking: the row id, the place, points in hundredths, and in words why."""

    person_id: int
    rank: int | None = None
    certain: int | None = None
    potential: int | None = None
    why: str = ""


Held = Select[Any] | Sequence[Placed] | int
"""Whom it may hold: a statement of row ids in order, people one by one, or (needs) how many rows."""


def ask_export(
    session: Session, asked: Asked, held: Held, *, limits: ExportLimits, by: int, at: datetime
) -> Export:
    """Keep what is asked for. A list of more rows than are made at once is put into the queue."""
    made = Export(
        owner_id=by,
        kind=asked.kind,
        subject=asked.subject,
        need=asked.need,
        address=asked.address[:ADDRESS_LENGTH],
        told=list(asked.told),
        columns=list(asked.columns),
        format=asked.format,
        purpose=asked.purpose,
        purpose_text=asked.purpose_text,
        made_at=at,
        expires_at=at + timedelta(hours=limits.kept_hours),
    )
    session.add(made)
    session.flush()
    made.rows = held if isinstance(held, int) else _keep(session, made, held, limits.most_rows)
    if made.kind.holds_people and made.rows > limits.at_once_rows:
        arguments = {"export": made.public_id}
        made.job = enqueue_job(session, EXPORT_JOB, arguments, at=at, by=by, steps_total=made.rows)
    record(session, by, "export.made", "export", made.public_id, detail=made.parameters, at=at)
    session.flush()
    return made


def _keep(session: Session, made: Export, held: Select[Any] | Sequence[Placed], most: int) -> int:
    if isinstance(held, Select):
        rows = held.with_only_columns(literal(made.id), *held.selected_columns).limit(most)
        session.execute(insert(ExportPerson).from_select(["export_id", "person_id"], rows))
        counted = select(func.count()).select_from(ExportPerson).where(ExportPerson.export_id == made.id)
        return session.scalar(counted) or 0
    people = held[:most]
    for start in range(0, len(people), _AT_ONCE):
        session.execute(insert(ExportPerson), list(_values(made, people[start : start + _AT_ONCE])))
    return len(people)


def _values(made: Export, people: Iterable[Placed]) -> Iterable[dict[str, Any]]:
    for one in people:
        yield {
            "export_id": made.id,
            "person_id": one.person_id,
            "rank": one.rank,
            "certain": one.certain,
            "potential": one.potential,
            "why": one.why,
        }
