"""Indicators within the reader's scope, and what hangs on one. Reads only."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from registry.accounts.models import Account
from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.indicators.models import (
    Contradiction,
    Indicator,
    IndicatorTarget,
    Observation,
    ReportSnapshot,
)
from registry.indicators.rules.contradictions import ContradictionState
from registry.people.queries import is_public_id
from registry.places.queries.former_provinces import inside
from registry.places.rules import FORMER_ROOT
from registry.programmes.models import Programme
from registry.web.paging import PAGE_SIZE, Page

_WHOLE = (
    selectinload(Indicator.targets),
    joinedload(Indicator.programme),
    joinedload(Indicator.node),
)


def in_scope(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list of indicators carries."""
    return scope_condition(viewer, Indicator.unit_path, Indicator.organisation_path)


def indicators_of(session: Session, viewer: Viewer, *, programme: str = "") -> Sequence[Indicator]:
    """Indicators in scope, those of a programme if one is named, in the order of their programmes."""
    wanted = select(Indicator).where(in_scope(viewer)).options(*_WHOLE)
    if programme:
        wanted = wanted.join(Programme, Programme.id == Indicator.programme_id).where(
            Programme.code == programme
        )
    return session.scalars(wanted.order_by(Indicator.unit_path, Indicator.position, Indicator.id)).all()


def indicator_of(session: Session, viewer: Viewer, code: str) -> Indicator | None:
    """An indicator by its code; None when there is none, or it lies outside the viewer's scopes."""
    return session.scalar(select(Indicator).where(Indicator.code == code, in_scope(viewer)).options(*_WHOLE))


def observations_of(session: Session, ids: Sequence[int]) -> Sequence[Observation]:
    """The standing observations of these indicators, the latest first; what former provinces reported stands apart."""
    return _standing(session, ids, not_(inside(Observation.unit_path, FORMER_ROOT)))


def replaced_by(session: Session, observation: Observation) -> Observation | None:
    """What this figure took the place of."""
    return session.scalar(select(Observation).where(Observation.replaced_by_id == observation.id))


def former_observations_of(session: Session, ids: Sequence[int]) -> Sequence[Observation]:
    """What was reported of the former provinces of their places, the latest first."""
    return _standing(session, ids, inside(Observation.unit_path, FORMER_ROOT))


def _standing(session: Session, ids: Sequence[int], where: ColumnElement[bool]) -> Sequence[Observation]:
    return session.scalars(
        select(Observation)
        .where(Observation.indicator_id.in_(ids), Observation.replaced_by_id.is_(None), where)
        .options(joinedload(Observation.indicator), joinedload(Observation.whole))
        .order_by(Observation.ends.desc(), Observation.starts.desc(), Observation.id.desc())
    ).all()


def contradictions_of(
    session: Session, ids: Sequence[int], *, only_open: bool = False
) -> Sequence[Contradiction]:
    """The contradictions of these indicators with what was said of each, the oldest first."""
    wanted = (
        select(Contradiction)
        .where(Contradiction.indicator_id.in_(ids))
        .options(
            joinedload(Contradiction.indicator),
            joinedload(Contradiction.observation),
            selectinload(Contradiction.steps),
        )
    )
    if only_open:
        wanted = wanted.where(Contradiction.state == ContradictionState.OPEN)
    return session.scalars(wanted.order_by(Contradiction.id)).all()


def contradiction_of(session: Session, viewer: Viewer, public_id: str) -> Contradiction | None:
    """A contradiction of an indicator in scope."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Contradiction)
        .join(Indicator, Indicator.id == Contradiction.indicator_id)
        .where(Contradiction.public_id == public_id, in_scope(viewer))
    )


def printed_targets(session: Session) -> dict[str, IndicatorTarget]:
    """{id of a printed figure: the target it is kept as}."""
    rows = session.scalars(
        select(IndicatorTarget)
        .where(IndicatorTarget.published_id.is_not(None))
        .options(joinedload(IndicatorTarget.indicator))
    )
    return {str(one.published_id): one for one in rows}


def printed_observations(session: Session) -> dict[str, Observation]:
    """{id of a printed figure: the observation it is kept as}."""
    rows = session.scalars(
        select(Observation)
        .where(Observation.published_id.is_not(None))
        .options(joinedload(Observation.indicator).selectinload(Indicator.targets))
    )
    return {str(one.published_id): one for one in rows}


def _snapshots(viewer: Viewer) -> ColumnElement[bool]:
    return scope_condition(viewer, ReportSnapshot.unit_path, ReportSnapshot.organisation_path)


def reports_of(session: Session, viewer: Viewer, page: int) -> Page[ReportSnapshot]:
    """One page of frozen reports in scope, the newest first; their files are not read."""
    mine = _snapshots(viewer)
    total = session.scalar(select(func.count()).select_from(ReportSnapshot).where(mine)) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    rows = session.scalars(
        select(ReportSnapshot)
        .where(mine)
        .order_by(ReportSnapshot.frozen_at.desc(), ReportSnapshot.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(list(rows), number, total)


def report_of(
    session: Session, viewer: Viewer, public_id: str, *, with_files: bool = False
) -> ReportSnapshot | None:
    """One frozen report in scope."""
    if not is_public_id(public_id):
        return None
    wanted = select(ReportSnapshot).where(ReportSnapshot.public_id == public_id, _snapshots(viewer))
    if with_files:
        wanted = wanted.options(undefer(ReportSnapshot.pdf), undefer(ReportSnapshot.workbook))
    return session.scalar(wanted)


def names_of(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    """{row id of an account: the name it shows}."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
