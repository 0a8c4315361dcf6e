"""Tasks with their agencies, the late ones, and reviews with those that are missing. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.rules import Permission, Viewer
from registry.organisations.models import Organisation
from registry.programmes.models import (
    Programme,
    ProgrammeTask,
    ReviewRound,
    SelfReview,
    TaskAgency,
    TaskReminder,
)
from registry.programmes.queries.scope import own_agency, own_review, own_task, whole
from registry.programmes.rules.tasks import SOON_DAYS, TaskState
from registry.programmes.rules.words import AgencyPart, ProgrammeState
from registry.web.paging import PAGE_SIZE, Page

_WITH_AGENCIES = (
    selectinload(ProgrammeTask.agencies).joinedload(TaskAgency.organisation),
    joinedload(ProgrammeTask.programme),
    joinedload(ProgrammeTask.document),
    joinedload(ProgrammeTask.node),
)


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of tasks is narrowed to."""

    programme_id: int | None = None
    agency: str = ""
    state: TaskState | None = None
    is_late: bool = False
    is_own: bool = False


def _listed(viewer: Viewer, narrowed: TaskFilter, on: date) -> Select[ProgrammeTask]:
    """Tasks the viewer sees, narrowed."""
    seen = own_task(viewer) if narrowed.is_own else whole(viewer) | own_task(viewer)
    found = select(ProgrammeTask).join(Programme, Programme.id == ProgrammeTask.programme_id).where(seen)
    if narrowed.programme_id is not None:
        found = found.where(ProgrammeTask.programme_id == narrowed.programme_id)
    if narrowed.agency:
        found = found.where(_of_agency(narrowed.agency))
    if narrowed.state is not None:
        found = found.where(ProgrammeTask.state == narrowed.state)
    if narrowed.is_late:
        found = found.where(ProgrammeTask.done_on.is_(None), ProgrammeTask.due_on < on)
    return found


def _of_agency(public_id: str) -> ColumnElement[bool]:
    return (
        select(TaskAgency.id)
        .join(Organisation, Organisation.id == TaskAgency.organisation_id)
        .where(TaskAgency.task_id == ProgrammeTask.id, Organisation.public_id == public_id)
        .correlate(ProgrammeTask)
        .exists()
    )


def tasks(
    session: Session, viewer: Viewer, narrowed: TaskFilter, on: date, page: int | None = None
) -> Page[ProgrammeTask]:
    """Tasks with their agencies, the earliest due first; one page, or all without a page. At most three statements."""
    found = _listed(viewer, narrowed, on)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    number = max(1, min(page or 1, -(-total // PAGE_SIZE) or 1))
    ordered = found.options(*_WITH_AGENCIES).order_by(
        ProgrammeTask.due_on.is_(None), ProgrammeTask.due_on, ProgrammeTask.code, ProgrammeTask.id
    )
    if page is not None:
        ordered = ordered.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(rows=list(session.scalars(ordered)), total=total, number=number)


def task_of(session: Session, viewer: Viewer, programme: Programme, public_id: str) -> ProgrammeTask | None:
    """One task of a programme with what became of it, if the viewer sees it."""
    return session.scalar(
        select(ProgrammeTask)
        .join(Programme, Programme.id == ProgrammeTask.programme_id)
        .where(
            ProgrammeTask.programme_id == programme.id,
            ProgrammeTask.public_id == public_id[:26],
            whole(viewer) | own_task(viewer),
        )
        .options(*_WITH_AGENCIES, selectinload(ProgrammeTask.steps))
    )


def is_led_by(viewer: Viewer, task: ProgrammeTask, permission: Permission) -> bool:
    """Whether the viewer has a permission where the agency that leads the task stands."""
    lead = task.lead.organisation
    return viewer.can(permission, at=(lead.unit_path, lead.path))


def agencies_with_tasks(session: Session, programme: Programme) -> Sequence[Organisation]:
    """Agencies that lead or co-operate in a task of a programme, by name: who is asked for a self-review."""
    return session.scalars(
        select(Organisation)
        .where(
            Organisation.id.in_(
                select(TaskAgency.organisation_id)
                .join(ProgrammeTask, ProgrammeTask.id == TaskAgency.task_id)
                .where(ProgrammeTask.programme_id == programme.id, TaskAgency.part != AgencyPart.INFORMED)
            )
        )
        .order_by(Organisation.sort_key, Organisation.id)
    ).all()


def rounds(session: Session, programme: Programme) -> Sequence[ReviewRound]:
    """Every round of self-reviews with whom it asked, the newest first. Two statements."""
    return session.scalars(
        select(ReviewRound)
        .where(ReviewRound.programme_id == programme.id)
        .options(
            selectinload(ReviewRound.reviews).joinedload(SelfReview.organisation),
            joinedload(ReviewRound.document),
        )
        .order_by(ReviewRound.asked_on.desc(), ReviewRound.id.desc())
    ).all()


def review_of(session: Session, viewer: Viewer, programme: Programme, public_id: str) -> SelfReview | None:
    """One self-review, if the viewer sees the whole programme or the agency is theirs."""
    return session.scalar(
        select(SelfReview)
        .join(ReviewRound, ReviewRound.id == SelfReview.round_id)
        .join(Programme, Programme.id == ReviewRound.programme_id)
        .where(
            ReviewRound.programme_id == programme.id,
            SelfReview.public_id == public_id[:26],
            whole(viewer) | own_review(viewer),
        )
        .options(joinedload(SelfReview.round), joinedload(SelfReview.organisation))
    )


def reviews_waiting(session: Session, viewer: Viewer) -> Sequence[SelfReview]:
    """Self-reviews that agencies of the viewer's were asked for and did not send, the earliest due first."""
    agency = own_agency(viewer)
    return session.scalars(
        select(SelfReview)
        .join(ReviewRound, ReviewRound.id == SelfReview.round_id)
        .join(Organisation, Organisation.id == SelfReview.organisation_id)
        .where(SelfReview.sent_at.is_(None), agency)
        .options(
            joinedload(SelfReview.organisation),
            joinedload(SelfReview.round).joinedload(ReviewRound.programme),
        )
        .order_by(ReviewRound.due_on, SelfReview.id)
    ).all()


def next_to_remind(session: Session, on: date) -> ProgrammeTask | None:
    """The next task whose lead was not yet reminded of its day: near or over, of a programme that runs."""
    is_over = ProgrammeTask.due_on < on
    told = (
        select(TaskReminder.id)
        .where(
            TaskReminder.task_id == ProgrammeTask.id,
            TaskReminder.due_on == ProgrammeTask.due_on,
            TaskReminder.is_overdue == is_over,
        )
        .correlate(ProgrammeTask)
        .exists()
    )
    return session.scalar(
        select(ProgrammeTask)
        .join(Programme, Programme.id == ProgrammeTask.programme_id)
        .where(
            Programme.state == ProgrammeState.RUNNING,
            ProgrammeTask.done_on.is_(None),
            ProgrammeTask.due_on <= on + timedelta(days=SOON_DAYS),
            ~told,
        )
        .options(*_WITH_AGENCIES)
        .order_by(ProgrammeTask.due_on, ProgrammeTask.id)
        .limit(1)
    )
