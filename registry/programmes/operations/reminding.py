"""Reminders of tasks: to those who write for the agency that leads, once before the day and once after. Flushes only."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.operations import LetterPaper
from registry.accounts.operations.letters import write_to
from registry.accounts.queries import grants_on
from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Viewer
from registry.audit.operations import record
from registry.db import Database
from registry.formats import LOCAL_ZONE
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun
from registry.organisations.models import Organisation
from registry.programmes.models import TaskReminder
from registry.programmes.queries.tasks import next_to_remind

REMINDING_JOB = "programmes.reminding"
SOON, OVERDUE = "task_soon", "task_overdue"
MOST_LETTERS = 5
_ROLES = [role for role, rights in ROLE_PERMISSIONS.items() if Permission.PROGRAMMES_WRITE in rights]

Papers = Callable[[Session], LetterPaper]
"""What every letter of the installation carries."""


def papers_of(public_url: str, office: str) -> LetterPaper:
    """Letters with the address of the page of one's tasks."""

    def no_links(_purpose: object, _token: str) -> str:
        raise LookupError("reminders carry no single-use link")

    root = public_url.rstrip("/")
    addresses = {"home": f"{root}/", "tasks": f"{root}/chuong-trinh/viec-cua-don-vi"}
    return LetterPaper("vi", office, addresses, no_links)


def enqueue_due_reminders(database: Database, at: datetime) -> bool:
    """Put the job into the queue when a task is to be reminded of. True when it did."""
    with database.read_session() as reading:
        is_due = next_to_remind(reading, at.astimezone(LOCAL_ZONE).date()) is not None
    return is_due and enqueue_alone(database, REMINDING_JOB, {}, at=at)


def reminding(papers: Papers) -> Handler:
    """The handler, with the letters of this installation. One task a step, so that nobody is reminded twice."""

    def work(run: JobRun) -> Mapping[str, Any]:
        letters, is_going_on = 0, True
        while is_going_on:
            with run.step() as session:
                sent = remind_next(session, papers(session), at=run.clock())
                is_going_on = sent is not None
                letters += sent or 0
        return {"letters": letters}

    return work


def remind_next(session: Session, paper: LetterPaper, *, at: datetime) -> int | None:
    """Remind of the next task; how many letters, None when nothing is left. A reminder to nobody is kept, too."""
    on = at.astimezone(LOCAL_ZONE).date()
    task = next_to_remind(session, on)
    if task is None or task.due_on is None:
        return None
    is_over = task.due_on < on
    accounts = writers_of(session, task.lead.organisation, on=on)
    told = replace(
        paper,
        addresses={
            **paper.addresses,
            "code": f"{task.programme.code}/{task.code}",
            "day": task.due_on.strftime("%d/%m/%Y"),
        },
    )
    kind = OVERDUE if is_over else SOON
    once = f"{kind}:{task.public_id}:{task.due_on.isoformat()}"
    for account in accounts:
        write_to(session, told, kind, account.email, at=at, account=account, once=f"{once}:{account.id}")
    session.add(
        TaskReminder(
            task_id=task.id, due_on=task.due_on, is_overdue=is_over, sent_at=at, letters=len(accounts)
        )
    )
    session.flush()
    detail = {"is_overdue": is_over, "letters": len(accounts)}
    record(session, None, "programme_task.reminded", "programme_task", task.public_id, detail=detail, at=at)
    return len(accounts)


def writers_of(session: Session, agency: Organisation, *, on: date) -> list[Account]:
    """Active accounts that write programmes where an agency stands: of those, the ones whose scope is nearest to it."""
    able = select(AccountRole.account_id).where(AccountRole.role.in_(_ROLES))
    accounts = session.scalars(
        select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.id.in_(able))
        .options(selectinload(Account.roles))
        .order_by(Account.id)
    )
    near = [(_nearness(one, agency, on), one) for one in accounts]
    nearest = max((depth for depth, _one in near), default=-1)
    return [one for depth, one in near if depth == nearest and depth >= 0][:MOST_LETTERS]


def _nearness(account: Account, agency: Organisation, on: date) -> int:
    """How narrow the scope is by which an account reaches an agency; -1 when it does not."""
    viewer = Viewer.of_grants(account.id, grants_on(account, on))
    return max(
        (
            len(scope.organisation_path) * 1_000 + len(scope.unit_path)
            for scope in viewer.scopes_for(Permission.PROGRAMMES_WRITE)
            if scope.covers(agency.unit_path, agency.path)
        ),
        default=-1,
    )
