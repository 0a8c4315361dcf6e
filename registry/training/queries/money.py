"""The money of training, in the viewer's scopes: it stands where its programme or course stands. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from registry.accounts.rules import Viewer
from registry.people.queries import is_public_id
from registry.policies.rules.budgets import EntryKind, Line, entered
from registry.training.models import (
    TrainingBudgetLine,
    TrainingCourse,
    TrainingProgramme,
    TrainingSpending,
)
from registry.training.queries.scopes import in_scope
from registry.web.paging import PAGE_SIZE, Page

_MOST = 500


@dataclass(frozen=True)
class MoneyLine:
    """A dedicated line with its sums."""

    row: TrainingBudgetLine
    sums: Line


def money_lines(session: Session, viewer: Viewer, year: int | None) -> list[MoneyLine]:
    """The dedicated lines of a year, or of all, the latest year first. Two statements."""
    wanted = _lines(viewer)
    if year is not None:
        wanted = wanted.where(TrainingBudgetLine.year == year)
    rows: Sequence[TrainingBudgetLine] = session.scalars(
        wanted.order_by(TrainingBudgetLine.year.desc(), TrainingBudgetLine.id).limit(_MOST)
    ).all()
    return [with_sums(row) for row in rows]


def money_line_of(session: Session, viewer: Viewer, public_id: str) -> TrainingBudgetLine | None:
    """One line with what was entered for it."""
    if not is_public_id(public_id):
        return None
    return session.scalar(_lines(viewer).where(TrainingBudgetLine.public_id == public_id))


def with_sums(row: TrainingBudgetLine) -> MoneyLine:
    """A line with what was committed and paid."""
    committed, paid = entered((one.kind, one.amount_vnd) for one in row.entries)
    return MoneyLine(row, Line(row.name, row.source, False, row.planned_vnd, committed, paid))


def money_years(session: Session, viewer: Viewer) -> list[int]:
    """The years there are dedicated lines of, the latest first."""
    years = _where_training_is(select(TrainingBudgetLine.year), TrainingBudgetLine, viewer)
    return list(session.scalars(years.distinct().order_by(TrainingBudgetLine.year.desc())))


def spent_outside(
    session: Session, viewer: Viewer, year: int | None, page: int
) -> tuple[Page[TrainingSpending], tuple[int, int]]:
    """Money outside every dedicated line, the newest first, a page of it; and (committed, paid) of all of it."""
    during = [TrainingSpending.line_id.is_(None), *_during(year)]
    sums = _where_training_is(
        select(TrainingSpending.kind, func.sum(TrainingSpending.amount_vnd), func.count()),
        TrainingSpending,
        viewer,
    )
    told: list[tuple[EntryKind, Any, int]] = [
        tuple(row) for row in session.execute(sums.where(*during).group_by(TrainingSpending.kind)).all()
    ]
    rows = session.scalars(
        _where_training_is(select(TrainingSpending), TrainingSpending, viewer)
        .where(*during)
        .options(contains_eager(TrainingSpending.course), contains_eager(TrainingSpending.programme))
        .order_by(TrainingSpending.on.desc(), TrainingSpending.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    total = sum(count for _kind, _amount, count in told)
    return Page(rows, page, total), entered((kind, int(amount)) for kind, amount, _count in told)


def named_training(
    session: Session, viewer: Viewer, programme_code: str, course_code: str
) -> Sequence[TrainingProgramme | TrainingCourse]:
    """The programmes and courses in scope with these codes; an empty code names none."""
    found: list[TrainingProgramme | TrainingCourse] = []
    for model, code in ((TrainingProgramme, programme_code), (TrainingCourse, course_code)):
        if code:
            found += session.scalars(select(model).where(model.code == code, in_scope(viewer, model)))
    return found


def _during(year: int | None) -> list[ColumnElement[bool]]:
    if year is None:
        return []
    return [TrainingSpending.on >= date(year, 1, 1), TrainingSpending.on <= date(year, 12, 31)]


def _lines(viewer: Viewer) -> Any:
    return _where_training_is(select(TrainingBudgetLine), TrainingBudgetLine, viewer).options(
        contains_eager(TrainingBudgetLine.course),
        contains_eager(TrainingBudgetLine.programme),
        selectinload(TrainingBudgetLine.entries),
    )


def _where_training_is(wanted: Any, money: Any, viewer: Viewer) -> Any:
    """Money for programmes and courses in the viewer's scopes."""
    course = and_(TrainingCourse.id.is_not(None), in_scope(viewer, TrainingCourse))
    programme = and_(TrainingProgramme.id.is_not(None), in_scope(viewer, TrainingProgramme))
    return (
        wanted.select_from(money)
        .outerjoin(TrainingCourse, TrainingCourse.id == money.course_id)
        .outerjoin(TrainingProgramme, TrainingProgramme.id == money.programme_id)
        .where(or_(course, programme))
    )
