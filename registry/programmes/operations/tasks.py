"""Assigning tasks and what becomes of them; asking for self-reviews and sending them. Flushes, never commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.taking import unless_taken
from registry.organisations.models import Organisation
from registry.programmes.models import (
    Programme,
    ProgrammeDocument,
    ProgrammeNode,
    ProgrammeTask,
    ReviewRound,
    SelfReview,
    TaskAgency,
    TaskStep,
)
from registry.programmes.operations.errors import (
    ChangedMeanwhile,
    CodeTaken,
    NotPossible,
    WordsMissing,
    WrongAgencies,
    WrongPlace,
)
from registry.programmes.rules.tasks import TaskState, agencies_fault, step_to
from registry.programmes.rules.words import AgencyPart, ReviewVerdict


@dataclass(frozen=True)
class TaskTerms:
    """What is to be done, by whom, until when. `agencies` are (organisation, part); exactly one leads."""

    code: str
    title: str
    agencies: tuple[tuple[int, AgencyPart], ...]
    due_on: date | None = None
    about: str = ""
    head_name: str = ""
    head_office: str = ""
    quote: str = ""
    paragraph: int | None = None
    node: ProgrammeNode | None = None
    document: ProgrammeDocument | None = None


@dataclass(frozen=True)
class ReviewTerms:
    """What an agency says of its own part."""

    verdict: ReviewVerdict
    results: str
    obstacles: str = ""
    proposals: str = ""
    head_name: str = ""


_COLUMNS = ("code", "title", "due_on", "about", "head_name", "head_office", "quote", "paragraph")


def assign_task(
    session: Session, programme: Programme, terms: TaskTerms, *, by: int | None, at: datetime, on: date
) -> ProgrammeTask:
    """Give a task to its agencies. Raises WrongAgencies (a task without a lead is refused), CodeTaken, WrongPlace."""
    _check(programme, terms)
    task = ProgrammeTask(
        programme_id=programme.id, assigned_on=on, created_at=at, updated_at=at, **_values(terms)
    )
    task.agencies = [TaskAgency(organisation_id=agency, part=part) for agency, part in terms.agencies]
    task.steps = [TaskStep(state=TaskState.ASSIGNED, at=at, by_id=by)]
    with unless_taken(session, CodeTaken()):
        session.add(task)
    _told(session, "assigned", task, by, at, {"code": task.code, "agencies": len(terms.agencies)})
    return task


def revise_task(
    session: Session, task: ProgrammeTask, terms: TaskTerms, *, version: int, by: int | None, at: datetime
) -> None:
    """Say anew what is to be done, by whom, until when. Raises as `assign_task`, and ChangedMeanwhile."""
    if task.version != version:
        raise ChangedMeanwhile
    _check(task.programme, terms)
    values = _values(terms)
    changes = {
        name: (_plain(getattr(task, name)), _plain(values[name]))
        for name in _COLUMNS
        if getattr(task, name) != values[name]
    }
    with unless_taken(session, CodeTaken()):
        for name, value in values.items():
            setattr(task, name, value)
    _set_agencies(session, task, terms.agencies)
    task.updated_at = at
    session.flush()
    record(
        session,
        by,
        "programme_task.revised",
        "programme_task",
        task.public_id,
        changes=changes,
        detail={"agencies": len(terms.agencies)},
        at=at,
    )


def move_task(
    session: Session,
    task: ProgrammeTask,
    target: TaskState,
    *,
    words: str = "",
    by: int | None,
    at: datetime,
    on: date,
) -> None:
    """Take a step. Raises NotPossible or WordsMissing; who may take it is asked by the caller."""
    step = step_to(task.state, target)
    if step is None:
        raise NotPossible
    if step.needs_words and not words:
        raise WordsMissing
    task.state, task.updated_at = target, at
    task.done_on = max(on, task.assigned_on) if target is TaskState.DONE else None
    task.steps.append(TaskStep(state=target, at=at, by_id=by, words=words))
    session.flush()
    _told(session, "moved", task, by, at, {"to": target.value})


def ask_reviews(
    session: Session,
    programme: Programme,
    title: str,
    agencies: Sequence[int],
    *,
    due_on: date,
    document: ProgrammeDocument | None = None,
    by: int | None,
    at: datetime,
    on: date,
) -> ReviewRound:
    """Ask agencies, each once, to review their own part until a day."""
    asked = ReviewRound(
        programme_id=programme.id,
        title=title,
        document_id=None if document is None else document.id,
        asked_on=on,
        due_on=due_on,
        created_at=at,
        updated_at=at,
    )
    asked.reviews = [
        SelfReview(organisation_id=agency, created_at=at, updated_at=at) for agency in dict.fromkeys(agencies)
    ]
    session.add(asked)
    session.flush()
    record(
        session,
        by,
        "programme.reviews_asked",
        "programme",
        programme.public_id,
        detail={"round": asked.public_id, "agencies": len(asked.reviews), "due_on": due_on.isoformat()},
        at=at,
    )
    return asked


def send_review(
    session: Session,
    programme: Programme,
    review: SelfReview,
    terms: ReviewTerms,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Send the review of an agency; sent again, it replaces what was sent."""
    was_sent = review.sent_at is not None
    for one in fields(terms):
        setattr(review, one.name, getattr(terms, one.name))
    review.sent_at, review.sent_by_id, review.updated_at = at, by, at
    session.flush()
    record(
        session,
        by,
        "programme.review_sent",
        "programme",
        programme.public_id,
        detail={"review": review.public_id, "verdict": terms.verdict.value, "again": was_sent},
        at=at,
    )


def _check(programme: Programme, terms: TaskTerms) -> None:
    fault = agencies_fault(terms.agencies)
    if fault is not None:
        raise WrongAgencies(fault)
    for placed in (terms.node, terms.document):
        if placed is not None and placed.programme_id != programme.id:
            raise WrongPlace


def _values(terms: TaskTerms) -> dict[str, Any]:
    return {
        **{name: getattr(terms, name) for name in _COLUMNS},
        "node_id": None if terms.node is None else terms.node.id,
        "document_id": None if terms.document is None else terms.document.id,
    }


def _set_agencies(session: Session, task: ProgrammeTask, agencies: Sequence[tuple[int, AgencyPart]]) -> None:
    """The agencies as they are to be: rows that go go first, since only one may lead."""
    wanted = dict(agencies)
    task.agencies = [one for one in task.agencies if wanted.get(one.organisation_id) is one.part]
    session.flush()
    kept = {one.organisation_id for one in task.agencies}
    for organisation_id, part in agencies:
        if organisation_id not in kept:
            agency = session.get_one(Organisation, organisation_id)
            task.agencies.append(TaskAgency(organisation_id=organisation_id, part=part, organisation=agency))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _told(
    session: Session,
    verb: str,
    task: ProgrammeTask,
    by: int | None,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    record(session, by, f"programme_task.{verb}", "programme_task", task.public_id, detail=detail, at=at)
