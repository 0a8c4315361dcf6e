"""How much is planned, committed and paid: for campaigns, needs, versions, people. Reads only; whole đồng.

Each figure lies within the one before: planned is all of the schedule that was not cancelled, committed what an office
bound itself to of it, paid what left. Lines whose sum nobody fixed yet are in none of them.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from registry.grants.models import EligibilityDecision, Grant, GrantCommitment, GrantLine, GrantPayment
from registry.grants.rules import Figures, PaymentState

_BOUND = (PaymentState.COMMITTED, PaymentState.PAID)


def totals_of(
    session: Session,
    *,
    need_ids: Collection[int] | None = None,
    version_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
) -> dict[str, int]:
    """{"planned", "committed", "paid"} of the grants of decisions for these needs, versions and people (row ids).

    None narrows nothing; an empty collection leaves nothing. Whoever may see them is for the caller to ask.
    """
    wanted = _wanted(need_ids, version_ids, person_ids)
    found = figures_where(session, *wanted)
    return {"planned": found.planned, "committed": found.committed, "paid": found.paid}


def figures_where(session: Session, *wanted: ColumnElement[bool]) -> Figures:
    """The three figures of the grants of the decisions that fulfil these conditions. One statement."""
    row = session.execute(with_decisions(select(*_sums())).where(*wanted)).one()
    return Figures(*(int(one or 0) for one in row))


def paid_by_person(
    session: Session,
    *,
    need_ids: Collection[int] | None = None,
    version_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
) -> dict[int, int]:
    """{row id of a person: what was paid and did not come back}, of those who were paid anything."""
    wanted = _wanted(need_ids, version_ids, person_ids)
    paid = with_decisions(
        select(EligibilityDecision.person_id, func.sum(GrantPayment.amount_vnd)).select_from(GrantPayment)
    )
    rows = session.execute(
        paid.where(GrantPayment.state == PaymentState.PAID, *wanted).group_by(EligibilityDecision.person_id)
    )
    back = session.execute(
        select(EligibilityDecision.person_id, func.sum(GrantCommitment.repaid_vnd))
        .join(Grant, Grant.decision_id == EligibilityDecision.id)
        .join(GrantCommitment, GrantCommitment.grant_id == Grant.id)
        .where(*wanted)
        .group_by(EligibilityDecision.person_id)
    )
    returned = {person: int(vnd or 0) for person, vnd in back}
    return {person: int(vnd) - returned.get(person, 0) for person, vnd in rows}


def figures_by_grant(session: Session, grants: Collection[int]) -> dict[int, Figures]:
    """{row id of a grant: its three figures}. One statement."""
    rows = session.execute(
        select(GrantLine.grant_id, *_sums())
        .select_from(GrantPayment)
        .join(GrantLine, GrantLine.id == GrantPayment.line_id)
        .where(GrantLine.grant_id.in_(sorted(grants)))
        .group_by(GrantLine.grant_id)
    )
    return {row[0]: Figures(*(int(one or 0) for one in row[1:])) for row in rows}


def with_decisions(statement: Any) -> Any:
    """Payments joined up to the decisions they hang on."""
    return (
        statement.join(GrantLine, GrantLine.id == GrantPayment.line_id)
        .join(Grant, Grant.id == GrantLine.grant_id)
        .join(EligibilityDecision, EligibilityDecision.id == Grant.decision_id)
    )


def _sums() -> tuple[Any, Any, Any]:
    amount = GrantPayment.amount_vnd
    return (
        func.sum(case((GrantPayment.state != PaymentState.CANCELLED, amount), else_=0)),
        func.sum(case((GrantPayment.state.in_(_BOUND), amount), else_=0)),
        func.sum(case((GrantPayment.state == PaymentState.PAID, amount), else_=0)),
    )


def _wanted(
    need_ids: Collection[int] | None,
    version_ids: Collection[int] | None,
    person_ids: Collection[int] | None,
) -> list[ColumnElement[bool]]:
    pairs: tuple[tuple[Any, Collection[int] | None], ...] = (
        (EligibilityDecision.need_id, need_ids),
        (EligibilityDecision.version_id, version_ids),
        (EligibilityDecision.person_id, person_ids),
    )
    return [column.in_(sorted(ids)) for column, ids in pairs if ids is not None]
