"""Tasks that are ordered or assigned, in the viewer's scopes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.networks.models import OrderedTask
from registry.networks.queries.kept import in_scope, one_of
from registry.networks.rules import TaskKind, TaskState, TaskWay
from registry.organisations.models import Organisation
from registry.web.paging import PAGE_SIZE, Page


@dataclass(frozen=True)
class TaskFilter:
    """What a list is narrowed to; None: all."""

    way: TaskWay | None = None
    kind: TaskKind | None = None
    state: TaskState | None = None
    performer_id: int | None = None


def ordered_tasks(session: Session, viewer: Viewer, wanted: TaskFilter, number: int) -> Page[OrderedTask]:
    """One page of tasks, the newest first. Two statements."""
    chosen = [in_scope(viewer, OrderedTask), *_narrowed(wanted)]
    total = session.scalar(select(func.count()).select_from(OrderedTask).where(*chosen)) or 0
    rows = session.scalars(
        select(OrderedTask)
        .where(*chosen)
        .options(joinedload(OrderedTask.performer), joinedload(OrderedTask.orderer))
        .order_by(OrderedTask.ordered_on.desc(), OrderedTask.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, total)


def _narrowed(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (OrderedTask.way, wanted.way),
        (OrderedTask.kind, wanted.kind),
        (OrderedTask.state, wanted.state),
        (OrderedTask.performer_id, wanted.performer_id),
    )
    return [column == value for column, value in pairs if value is not None]


def task_of(session: Session, viewer: Viewer, public_id: str) -> OrderedTask | None:
    """One task in sight."""
    return one_of(session, viewer, OrderedTask, public_id)


def tasks_of_performer(session: Session, viewer: Viewer, performer: Organisation) -> list[OrderedTask]:
    """What an organisation was to deliver, as far as the viewer sees it."""
    found = ordered_tasks(session, viewer, TaskFilter(performer_id=performer.id), 1)
    return list(found.rows)


def late_tasks(session: Session, viewer: Viewer, *, on: date) -> int:
    """How many tasks are not delivered after their day."""
    waiting = (TaskState.ASKED, TaskState.ACCEPTED)
    counted = select(func.count()).where(
        in_scope(viewer, OrderedTask), OrderedTask.due_on < on, OrderedTask.state.in_(waiting)
    )
    return session.scalar(counted) or 0
