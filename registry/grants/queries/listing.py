"""Decisions and grants in lists, for whoever may see their people and needs. Reads only.

Whoever may not see a person, or the need a decision was made for, sees nothing of it: neither in a list nor in a count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.grants.models import EligibilityDecision, Grant, GrantCommitment, GrantLine, GrantPayment
from registry.grants.queries.totals import figures_by_grant, figures_where
from registry.grants.rules import (
    FIRST_ALERT,
    PAYING,
    CommitmentState,
    DecisionState,
    Figures,
    GrantState,
    PaymentState,
)
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.people.models import Person
from registry.people.queries import is_public_id, visible_condition
from registry.policies.models import Policy, PolicyVersion
from registry.web.paging import PAGE_SIZE, Page

_LARGEST_YEAR = 9_999


@dataclass(frozen=True)
class GrantFilter:
    """What a list is narrowed to; empty values narrow nothing. `states` are those of decisions and of grants."""

    states: frozenset[str] = frozenset()
    policy: str = ""
    unit_path: str = ""
    year: int | None = None


@dataclass(frozen=True)
class GrantLineOfList:
    """One decision in a list, with its grant and what of it is planned, committed, paid."""

    decision: EligibilityDecision
    grant: Grant | None
    figures: Figures


@dataclass(frozen=True)
class GrantRegister:
    """One page of decisions and the three figures of all that the filter leaves."""

    page: Page[GrantLineOfList]
    figures: Figures = field(default_factory=Figures)


def visible(viewer: Viewer, *, on: date) -> ColumnElement[bool]:
    """The condition that every list of the room carries, over Person and Need joined to decisions."""
    return and_(
        visible_condition(viewer, PurposeCode.REGISTRY, on=on),
        or_(EligibilityDecision.need_id.is_(None), in_scope(viewer)),
    )


def joined(statement: Any) -> Any:
    """A statement over decisions with what `visible` and the filters look at."""
    return (
        statement.select_from(EligibilityDecision)
        .join(Person, Person.id == EligibilityDecision.person_id)
        .outerjoin(Need, Need.id == EligibilityDecision.need_id)
        .join(PolicyVersion, PolicyVersion.id == EligibilityDecision.version_id)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .outerjoin(Grant, Grant.decision_id == EligibilityDecision.id)
    )


def grant_register(
    session: Session, viewer: Viewer, wanted: GrantFilter, page: int, *, on: date, size: int = PAGE_SIZE
) -> GrantRegister:
    """One page of decisions, the newest first, with the figures of the whole list. A fixed number of statements."""
    conditions = [visible(viewer, on=on), *conditions_of(wanted)]
    total = session.scalar(joined(select(func.count(EligibilityDecision.id))).where(*conditions)) or 0
    pairs = _pairs(
        session,
        joined(select(EligibilityDecision, Grant))
        .where(*conditions)
        .options(*LISTED)
        .order_by(EligibilityDecision.decided_on.desc(), EligibilityDecision.id.desc())
        .limit(size)
        .offset((page - 1) * size),
    )
    lines = _with_figures(session, pairs)
    chosen = joined(select(EligibilityDecision.id)).where(*conditions)
    return GrantRegister(
        Page(lines, page, total, size), figures_where(session, EligibilityDecision.id.in_(chosen))
    )


LISTED = (
    contains_eager(EligibilityDecision.person),
    contains_eager(EligibilityDecision.need),
    contains_eager(EligibilityDecision.policy_version).contains_eager(PolicyVersion.policy),
)


def _pairs(session: Session, statement: Any) -> list[tuple[EligibilityDecision, Grant | None]]:
    rows: Any = session.execute(statement).all()
    return [(decision, grant) for decision, grant in rows]


def _with_figures(
    session: Session, pairs: Sequence[tuple[EligibilityDecision, Grant | None]]
) -> list[GrantLineOfList]:
    figures = figures_by_grant(session, [grant.id for _decision, grant in pairs if grant is not None])
    return [
        GrantLineOfList(decision, grant, figures.get(grant.id, Figures()) if grant else Figures())
        for decision, grant in pairs
    ]


def conditions_of(wanted: GrantFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of decisions with what `joined` joins."""
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        of_grants = [one for one in GrantState if one.value in wanted.states]
        of_decisions = [one for one in DecisionState if one.value in wanted.states]
        waits = and_(Grant.id.is_(None), EligibilityDecision.state.in_(of_decisions))
        found.append(or_(Grant.state.in_(of_grants), waits))
    if wanted.policy:
        found.append(Policy.code == wanted.policy)
    if wanted.unit_path:
        found.append(Person.unit_path.startswith(wanted.unit_path, autoescape=True))
    if wanted.year is not None and 1 <= wanted.year < _LARGEST_YEAR:
        days = (date(wanted.year, 1, 1), date(wanted.year, 12, 31))
        found.append(EligibilityDecision.decided_on.between(*days))
    return found


def policies_decided(session: Session, viewer: Viewer, *, on: date) -> Sequence[tuple[str, str]]:
    """(code, title of a version) of every policy something visible was decided by."""
    rows: Any = session.execute(
        joined(select(Policy.code, func.max(PolicyVersion.title)))
        .where(visible(viewer, on=on))
        .group_by(Policy.code)
        .order_by(Policy.code)
    )
    return [(code, title) for code, title in rows]


def get_decision(session: Session, viewer: Viewer, public_id: str, *, on: date) -> EligibilityDecision | None:
    """One decision of an address, if the viewer may see whom and what it is for."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        joined(select(EligibilityDecision))
        .where(EligibilityDecision.public_id == public_id, visible(viewer, on=on))
        .options(*LISTED, selectinload(EligibilityDecision.steps))
    )


def get_grant(session: Session, viewer: Viewer, public_id: str, *, on: date) -> Grant | None:
    """One grant of an address, with all that its page shows."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        joined(select(Grant)).where(Grant.public_id == public_id, visible(viewer, on=on)).options(*WHOLE)
    )


WHOLE = (
    selectinload(Grant.lines).selectinload(GrantLine.payments),
    selectinload(Grant.events),
    joinedload(Grant.commitment),
    joinedload(Grant.decision).joinedload(EligibilityDecision.person),
    joinedload(Grant.decision)
    .joinedload(EligibilityDecision.policy_version)
    .joinedload(PolicyVersion.policy),
    joinedload(Grant.decision).joinedload(EligibilityDecision.need),
)


def grant_of_decision(session: Session, decision: EligibilityDecision) -> Grant | None:
    """The grant a decision made."""
    return session.scalar(select(Grant).where(Grant.decision_id == decision.id).options(*WHOLE))


def decisions_about(session: Session, viewer: Viewer, person: Person, *, on: date) -> list[GrantLineOfList]:
    """What was decided about one person, the newest first, as far as the viewer may see it."""
    pairs = _pairs(
        session,
        joined(select(EligibilityDecision, Grant))
        .where(EligibilityDecision.person_id == person.id, visible(viewer, on=on))
        .options(*LISTED)
        .order_by(EligibilityDecision.id.desc()),
    )
    return _with_figures(session, pairs)


def own_decisions(session: Session, person: Person) -> Sequence[tuple[EligibilityDecision, Grant | None]]:
    """All decisions about a person for that person, the newest first; one that was taken back unapproved is none."""
    return _pairs(
        session,
        select(EligibilityDecision, Grant)
        .outerjoin(Grant, Grant.decision_id == EligibilityDecision.id)
        .where(
            EligibilityDecision.person_id == person.id,
            or_(
                EligibilityDecision.state != DecisionState.REVOKED,
                EligibilityDecision.decided_by_id.is_not(None),
            ),
        )
        .options(
            joinedload(EligibilityDecision.policy_version).joinedload(PolicyVersion.policy),
            joinedload(EligibilityDecision.need),
        )
        .order_by(EligibilityDecision.id.desc()),
    )


def commitments(
    session: Session,
    viewer: Viewer,
    states: frozenset[CommitmentState],
    page: int,
    *,
    on: date,
    size: int = PAGE_SIZE,
) -> Page[Grant]:
    """The ledger: grants with a commitment, whose end comes first; empty `states` are all."""
    conditions = [visible(viewer, on=on)]
    if states:
        conditions.append(GrantCommitment.state.in_(sorted(states)))
    start = select(func.count(GrantCommitment.id))
    with_promise = GrantCommitment.grant_id == Grant.id
    total = session.scalar(joined(start).join(GrantCommitment, with_promise).where(*conditions)) or 0
    rows = session.scalars(
        joined(select(Grant))
        .join(GrantCommitment, with_promise)
        .where(*conditions)
        .options(*WHOLE)
        .order_by(GrantCommitment.until, GrantCommitment.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return Page(rows, page, total, size)


@dataclass(frozen=True)
class GrantWork:
    """What waits in a viewer's scopes: proposals, payments that are due, commitments near their end, breaches unpaid."""

    proposals: int
    payments: int
    ending: Sequence[Grant]
    breached: int


def work_of(session: Session, viewer: Viewer, *, on: date) -> GrantWork:
    """The counts of the home page. Four statements."""
    seen = visible(viewer, on=on)

    def count(*conditions: ColumnElement[bool], of: Any = EligibilityDecision.id, by: Any = None) -> int:
        statement = joined(select(func.count(of)))
        if by is not None:
            statement = by(statement)
        return session.scalar(statement.where(seen, *conditions)) or 0

    def payments(statement: Any) -> Any:
        return statement.join(GrantLine, GrantLine.grant_id == Grant.id).join(
            GrantPayment, GrantPayment.line_id == GrantLine.id
        )

    ending = session.scalars(
        joined(select(Grant))
        .join(GrantCommitment, GrantCommitment.grant_id == Grant.id)
        .where(
            seen,
            GrantCommitment.state == CommitmentState.RUNNING,
            GrantCommitment.until <= on + timedelta(days=FIRST_ALERT),
        )
        .options(
            joinedload(Grant.commitment), joinedload(Grant.decision).joinedload(EligibilityDecision.person)
        )
        .order_by(GrantCommitment.until, Grant.id)
        .limit(_MOST_ENDING)
    ).all()
    return GrantWork(
        count(EligibilityDecision.state == DecisionState.PROPOSED),
        count(
            Grant.state.in_(PAYING),
            GrantPayment.state == PaymentState.COMMITTED,
            GrantPayment.due_on <= on,
            of=GrantPayment.id,
            by=payments,
        ),
        ending,
        count(Grant.state == GrantState.BREACHED),
    )


_MOST_ENDING = 5
