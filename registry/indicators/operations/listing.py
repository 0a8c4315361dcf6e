"""Lists behind figures and who serves which unit. Thousands of lines are written at once. Flushes, never commits."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.bulk import plan_of, write_rows
from registry.indicators.models import FigureList, FigureListRow, ServiceAssignment


@dataclass(frozen=True)
class ListLine:
    """One line of a list. `subject`: a number or the name of a thing, never of a person."""

    subject: str
    starts: date
    unit_path: str
    ends: date | None = None
    way: str = ""
    country: str | None = None


@dataclass(frozen=True)
class Service:
    """Somebody, by a number, serves a unit so many days a week from a day on."""

    unit_id: int
    unit_path: str
    subject: str
    days_a_week: int
    starts: date
    ends: date | None = None


def enter_list(
    session: Session,
    code: str,
    name: str,
    lines: Sequence[ListLine],
    *,
    source: str,
    at_unit: str,
    at_organisation: str,
    by: int | None,
    at: datetime,
) -> FigureList:
    """Add lines to a list, making it where it is not there yet. One event for all lines."""
    found = session.scalar(select(FigureList).where(FigureList.code == code))
    if found is None:
        found = FigureList(
            code=code, name=name, source=source, unit_path=at_unit, organisation_path=at_organisation
        )
        session.add(found)
        session.flush()
    table = cast("Table", FigureListRow.__table__)
    plan = plan_of(table, session.get_bind().dialect.name)
    rows: list[dict[str, Any]] = [{"list_id": found.id, **asdict(one)} for one in lines]
    write_rows(session, plan, plan.values(rows))
    detail = {"code": code, "lines": len(lines)}
    record(session, by, "indicator.list_entered", "figure_list", found.public_id, detail=detail, at=at)
    return found


def assign_services(
    session: Session, role: str, services: Sequence[Service], *, by: int | None, at: datetime
) -> int:
    """Note who serves which unit; returns how many lines were added. One event for all."""
    table = cast("Table", ServiceAssignment.__table__)
    plan = plan_of(table, session.get_bind().dialect.name)
    rows: list[dict[str, Any]] = [{"role": role, **asdict(one)} for one in services]
    write_rows(session, plan, plan.values(rows))
    detail = {"role": role, "lines": len(services)}
    record(session, by, "indicator.services_assigned", "service_assignment", role, detail=detail, at=at)
    return len(services)
