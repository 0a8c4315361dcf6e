"""Tasks that are ordered or assigned, step by step to their acceptance (PL-10)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.networks.models import OrderedTask
from registry.networks.rules import TaskKind, TaskLevel, TaskState, TaskWay, may_become
from registry.organisations.rules import Office


class WrongStep(Exception):
    """The task does not stand where this step begins."""


@dataclass(frozen=True)
class TaskTerms:
    """What is ordered or assigned. A performer that is in no list stands as words."""

    way: TaskWay
    kind: TaskKind
    level: TaskLevel
    title: str
    document: str
    orderer_id: int | None
    performer_id: int | None
    performer_text: str
    budget_line: str
    budget_vnd: int | None
    deliverable: str
    ordered_on: date
    due_on: date | None


@dataclass(frozen=True)
class Acceptance:
    """Nghiệm thu: when, by whom, with which result."""

    on: date
    by: str
    result: str


def enter_task(
    session: Session,
    terms: TaskTerms,
    office: Office,
    *,
    by: int | None,
    at: datetime,
    submission_key: str | None = None,
) -> OrderedTask:
    """Enter a task as asked."""
    made = OrderedTask(
        public_id=new_public_id(),
        submission_key=submission_key,
        created_at=at,
        updated_at=at,
        **asdict(terms),
        **asdict(office),
    )
    session.add(made)
    session.flush()
    _record(session, made, "ordered_task.entered", by, at)
    return made


def edit_task(session: Session, task: OrderedTask, terms: TaskTerms, *, by: int | None, at: datetime) -> None:
    """Mend what was entered. Raises WrongStep where nothing may be mended any more."""
    if task.state in (TaskState.APPROVED, TaskState.REFUSED):
        raise WrongStep
    for name, value in asdict(terms).items():
        setattr(task, name, value)
    session.flush()
    _record(session, task, "ordered_task.edited", by, at)


def accept_task(session: Session, task: OrderedTask, *, by: int | None, at: datetime) -> None:
    """Whoever performs it took it, or is to deliver anew. Raises WrongStep."""
    _step(task, TaskState.ACCEPTED)
    task.delivered_on = None
    session.flush()
    _record(session, task, "ordered_task.accepted", by, at)


def deliver_task(session: Session, task: OrderedTask, on: date, *, by: int | None, at: datetime) -> None:
    """The deliverable came. Raises WrongStep."""
    _step(task, TaskState.DELIVERED)
    task.delivered_on = on
    session.flush()
    _record(session, task, "ordered_task.delivered", by, at)


def approve_task(
    session: Session, task: OrderedTask, acceptance: Acceptance, *, by: int | None, at: datetime
) -> None:
    """What came was examined and accepted (nghiệm thu). Raises WrongStep."""
    _step(task, TaskState.APPROVED)
    task.approved_on, task.approved_by, task.result = acceptance.on, acceptance.by, acceptance.result
    session.flush()
    _record(session, task, "ordered_task.approved", by, at)


def refuse_task(session: Session, task: OrderedTask, reason: str, *, by: int | None, at: datetime) -> None:
    """Nobody performs it, with the reason. Raises WrongStep."""
    _step(task, TaskState.REFUSED)
    task.refused_because = reason
    session.flush()
    _record(session, task, "ordered_task.refused", by, at)


def _step(task: OrderedTask, wanted: TaskState) -> None:
    if not may_become(task.state, wanted):
        raise WrongStep
    task.state = wanted


def _record(session: Session, task: OrderedTask, action: str, by: int | None, at: datetime) -> None:
    record(session, by, action, "ordered_task", task.public_id, detail={"way": task.way}, at=at)
