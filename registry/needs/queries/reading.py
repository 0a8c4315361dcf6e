"""Reading needs: one by its public id, the register, its log. Every read is limited to the viewer's scopes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from json import loads
from statistics import median_low
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.models import Account
from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.audit.models import AuditEvent
from registry.needs.models import Need, NeedCondition, NeedSkill, NeedTransition
from registry.needs.rules import NeedState
from registry.organisations.models import Organisation
from registry.places.models import AdministrativeUnit
from registry.text import fold
from registry.web.origins import Origin
from registry.web.paging import PAGE_SIZE, Page

_REVISIONS = ("need.revised", "need.skills_set")
_REVISIONS_SHOWN = 20
_UNDERSTOOD_ANEW = ("need.skill_placed", "need.skill_given_back")
_UNDERSTOOD_SHOWN = 50

# Time to fill is told from the newest finished needs; more of them would not change what it says.
_FINISHED_LOOKED_AT = 500
# Fewer cases say nothing about what is usual.
_FEWEST_FINISHED = 5


@dataclass(frozen=True)
class RegisterFilter:
    """What the register is narrowed to; empty values narrow nothing."""

    states: frozenset[NeedState] = frozenset()
    unit_path: str = ""
    text: str = ""
    origin: Origin | None = None
    order: str = "newest"


@dataclass(frozen=True)
class Register:
    """One page of needs, and how many there are in each state under the other filters."""

    page: Page[Need]
    by_state: dict[NeedState, int] = field(default_factory=dict[NeedState, int])


@dataclass(frozen=True)
class LogLine:
    """A state entered, the state before it, and who did it."""

    step: NeedTransition
    source: NeedState | None
    who: str | None


@dataclass(frozen=True)
class RevisionLine:
    """One saved change: when, by whom (None: a command), and {term: (before, after)} as the log keeps it."""

    at: datetime
    who: str | None
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class UnderstoodAnew:
    """A wanted skill that a change of the vocabulary (public id) gave another concept (row id), or gave back."""

    at: datetime
    who: str | None
    typed: str
    skill_id: int | None
    is_undo: bool
    change: str


_ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (Need.id.desc(),),
    "expected": (Need.expected_on.is_(None), Need.expected_on, Need.id),
    "title": (Need.title_sort, Need.id),
}
ORDERS = tuple(_ORDERS)


def in_scope(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list of needs carries."""
    return scope_condition(viewer, Need.unit_path, Need.organisation_path)


def get_need(session: Session, viewer: Viewer, public_id: str) -> Need | None:
    """A need with all that its page shows; None when it does not exist or lies outside the viewer's scopes."""
    return session.scalars(_whole_need(viewer), {"public_id": public_id}).one_or_none()


@lru_cache(maxsize=64)
def _whole_need(viewer: Viewer) -> Select[Need]:
    """The need of a `public_id` with all that its page shows, for a viewer."""
    return (
        select(Need)
        .where(Need.public_id == bindparam("public_id"), in_scope(viewer))
        .options(
            joinedload(Need.organisation).joinedload(Organisation.parent),
            joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
            selectinload(Need.skills).options(
                joinedload(NeedSkill.skill), joinedload(NeedSkill.pending_term)
            ),
            selectinload(Need.conditions)
            .joinedload(NeedCondition.unit)
            .joinedload(AdministrativeUnit.parent),
        )
    )


def need_by_external_id(session: Session, external_id: str) -> Need | None:
    """The need that was imported under this id, whoever may see it."""
    return session.scalars(select(Need).where(Need.external_id == external_id)).one_or_none()


def need_by_submission(session: Session, key: str, account_id: int) -> Need | None:
    """The need this account has already made from this very form."""
    return session.scalars(
        select(Need).where(Need.submission_key == key, Need.created_by == account_id)
    ).one_or_none()


def register(session: Session, viewer: Viewer, wanted: RegisterFilter, page: int = 1) -> Register:
    """One page of the register with its counts. Three queries, however many rows."""
    narrowed = select(Need).where(in_scope(viewer), *_conditions(wanted))
    by_state = _count_states(session, narrowed)
    if wanted.states:
        narrowed = narrowed.where(Need.state.in_(sorted(wanted.states)))
    total = sum(count for state, count in by_state.items() if not wanted.states or state in wanted.states)
    rows = session.scalars(
        narrowed.options(
            joinedload(Need.organisation), joinedload(Need.unit).joinedload(AdministrativeUnit.parent)
        )
        .order_by(*_ORDERS.get(wanted.order, _ORDERS["newest"]))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Register(Page(rows, page, total), by_state)


def register_ids(session: Session, viewer: Viewer, wanted: RegisterFilter) -> Sequence[int]:
    """The row ids of all needs of the register under a filter, in its order."""
    chosen = select(Need.id).where(in_scope(viewer), *_conditions(wanted))
    if wanted.states:
        chosen = chosen.where(Need.state.in_(sorted(wanted.states)))
    return session.scalars(chosen.order_by(*_ORDERS.get(wanted.order, _ORDERS["newest"]))).all()


def needs_with_ids(session: Session, viewer: Viewer, ids: Sequence[int]) -> list[Need]:
    """These needs with what a row of a list says of them, in the order given; those out of scope are left out."""
    rows = session.scalars(
        select(Need)
        .where(Need.id.in_(ids), in_scope(viewer))
        .options(
            joinedload(Need.organisation),
            joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
            selectinload(Need.skills).joinedload(NeedSkill.skill),
        )
    )
    found = {need.id: need for need in rows}
    return [found[one] for one in ids if one in found]


def listed_needs(session: Session, viewer: Viewer) -> Sequence[Need]:
    """All needs in scope, oldest first, for commands."""
    return session.scalars(select(Need).where(in_scope(viewer)).order_by(Need.id)).all()


def log_of(session: Session, need: Need) -> list[LogLine]:
    """The states the need has been in, oldest first, with the names of the accounts."""
    rows = session.execute(
        select(NeedTransition, Account.display_name)
        .outerjoin(Account, NeedTransition.by == Account.id)
        .where(NeedTransition.need_id == need.id)
        .order_by(NeedTransition.id)
    ).all()
    sources: list[NeedState | None] = [None, *(step.state for step, _who in rows)]
    return [LogLine(step, source, who) for (step, who), source in zip(rows, sources, strict=False)]


def revisions_since_approval(session: Session, need: Need) -> list[RevisionLine]:
    """What was changed since the need was approved last, newest first; nothing for one that never was.

    Events of one need follow each other, because whoever writes them has locked its row.
    """
    of_need = (AuditEvent.subject_kind == "need", AuditEvent.subject_id == need.public_id)
    approved = select(func.max(AuditEvent.id)).where(*of_need, AuditEvent.action == "need.approved")
    rows = session.execute(
        select(AuditEvent.at, Account.display_name, AuditEvent.content)
        .outerjoin(Account, AuditEvent.by_id == Account.id)
        .where(*of_need, AuditEvent.action.in_(_REVISIONS), AuditEvent.id > approved.scalar_subquery())
        .order_by(AuditEvent.id.desc())
        .limit(_REVISIONS_SHOWN)
    ).all()
    told = [(at, who, loads(content).get("changes", {})) for at, who, content in rows]
    return [
        RevisionLine(at, who, {name: (before, after) for name, (before, after) in changes.items()})
        for at, who, changes in told
        if changes
    ]


def understood_anew(session: Session, need: Need) -> list[UnderstoodAnew]:
    """What the need was said to ask for after the vocabulary changed, newest first."""
    rows = session.execute(
        select(AuditEvent.at, Account.display_name, AuditEvent.action, AuditEvent.content)
        .outerjoin(Account, AuditEvent.by_id == Account.id)
        .where(
            AuditEvent.subject_kind == "need",
            AuditEvent.subject_id == need.public_id,
            AuditEvent.action.in_(_UNDERSTOOD_ANEW),
        )
        .order_by(AuditEvent.id.desc())
        .limit(_UNDERSTOOD_SHOWN)
    )
    found: list[UnderstoodAnew] = []
    for at, who, action, content in rows:
        told = loads(content)
        typed, skill_id, _term = told["changes"]["skills"][1]
        is_undo = action == _UNDERSTOOD_ANEW[1]
        found.append(UnderstoodAnew(at, who, typed, skill_id, is_undo, told.get("change_id", "")))
    return found


def names_by_id(
    session: Session, organisations: Collection[int], units: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """The names of these organisations and of these units, by id; asks only for what is wanted."""
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations))
    called = select(AdministrativeUnit.id, AdministrativeUnit.full_name).where(
        AdministrativeUnit.id.in_(units)
    )
    return (
        dict(session.execute(named).all()) if organisations else {},
        dict(session.execute(called).all()) if units else {},
    )


def usual_days_to_fill(session: Session, viewer: Viewer) -> int | None:
    """The median number of days from opening to filling among the newest filled needs in scope; None for a few."""
    periods = session.execute(
        select(Need.opened_on, Need.closed_on)
        .where(
            in_scope(viewer),
            Need.state == NeedState.FILLED,
            Need.opened_on.is_not(None),
            Need.closed_on.is_not(None),
        )
        .order_by(Need.closed_on.desc(), Need.id)
        .limit(_FINISHED_LOOKED_AT)
    ).all()
    days = [(end - start).days for start, end in periods if start is not None and end is not None]
    return median_low(days) if len(days) >= _FEWEST_FINISHED else None


def last_editor(session: Session, need: Need) -> str:
    """The account that saved the need last, by name; empty for a command."""
    found = session.scalars(
        select(Account.display_name)
        .join(AuditEvent, AuditEvent.by_id == Account.id)
        .where(AuditEvent.subject_kind == "need", AuditEvent.subject_id == need.public_id)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(1)
    ).first()
    return found or ""


def _conditions(wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_path:
        found.append(Need.unit_path.startswith(wanted.unit_path, autoescape=True))
    if wanted.origin:
        found.append(Need.public_id.in_(wanted.origin.public_ids))
    for word in fold(wanted.text).split():
        found.append(
            or_(
                Need.title_folded.contains(word, autoescape=True),
                func.lower(Need.code).contains(word, autoescape=True),
            )
        )
    return found


def _count_states(session: Session, narrowed: Select[Need]) -> dict[NeedState, int]:
    counted = narrowed.with_only_columns(Need.state, func.count()).group_by(Need.state)
    return dict(session.execute(counted).all())


def need_by_code(session: Session, code: str) -> Need | None:
    """The need of a code («NC-2026-001»), whoever may see it: for those who name it by what stands on paper."""
    return session.scalar(select(Need).where(Need.code == code.strip().upper()))
