"""Shortages, what was opened for them, and the placements credited back to them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.balance.models import Shortage
from registry.balance.queries.kept import in_scope, one_of
from registry.balance.queries.subjects import need_is_about
from registry.balance.rules import Subject
from registry.candidacies.models import Candidacy, CandidacyStep
from registry.candidacies.rules import Stage
from registry.needs.models import Need
from registry.needs.rules import OPEN_STATES
from registry.places.models import AdministrativeUnit
from registry.training.models import TrainingOrder
from registry.web.paging import PAGE_SIZE, Page

MOST_NEEDS = 50


class ShortageLine(NamedTuple):
    """A shortage and the placements credited to it."""

    shortage: Shortage
    credited: int


class Credit(NamedTuple):
    """A need on the subject of a shortage to which people were placed since."""

    need: Need
    placed: int


def shortages(session: Session, viewer: Viewer, *, page: int | None = None) -> Page[ShortageLine]:
    """Shortages, the newest first, each with what is credited to it. Three statements; without a page all of them."""
    chosen = select(Shortage).where(in_scope(viewer, Shortage))
    total = session.scalar(chosen.with_only_columns(func.count())) or 0
    wanted = chosen.options(
        joinedload(Shortage.unit).joinedload(AdministrativeUnit.parent),
        joinedload(Shortage.organisation),
        joinedload(Shortage.campaign),
    ).order_by(Shortage.found_on.desc(), Shortage.id.desc())
    if page is not None:
        wanted = wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    rows = session.scalars(wanted).all()
    placed = credited(session, [one.id for one in rows])
    return Page([ShortageLine(one, placed.get(one.id, 0)) for one in rows], page or 1, total)


def shortage_of(session: Session, viewer: Viewer, public_id: str) -> Shortage | None:
    """One shortage in the viewer's scopes."""
    return one_of(session, viewer, Shortage, public_id)


def credited(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """{row id of a shortage: people placed on its subject, in its place, after the day it was found}. One statement.

    A placement that was undone is none; whoever left since was placed all the same.
    """
    if not ids:
        return {}
    counted = session.execute(
        select(Shortage.id, func.count(Candidacy.id.distinct()))
        .select_from(Shortage)
        .join(Need, and_(*_on_its_subject()))
        .join(Candidacy, Candidacy.need_id == Need.id)
        .join(CandidacyStep, and_(*_placing()))
        .where(Shortage.id.in_(ids))
        .group_by(Shortage.id)
    )
    return dict(counted.all())


def credits_of(session: Session, viewer: Viewer, shortage: Shortage) -> list[Credit]:
    """The needs people were placed to since, in the viewer's scopes, with how many. One statement."""
    rows = session.execute(
        select(Need, func.count(Candidacy.id.distinct()))
        .select_from(Need)
        .join(Shortage, and_(*_on_its_subject()))
        .join(Candidacy, Candidacy.need_id == Need.id)
        .join(CandidacyStep, and_(*_placing()))
        .where(
            Shortage.id == shortage.id,
            scope_condition(viewer, Need.unit_path, Need.organisation_path),
        )
        .group_by(Need.id)
        .order_by(Need.id)
    )
    return [Credit(need, placed) for need, placed in rows]


def order_of_shortage(session: Session, shortage: Shortage) -> TrainingOrder | None:
    """The order for training that was opened for it."""
    if shortage.order_code is None:
        return None
    return session.scalar(
        select(TrainingOrder)
        .where(TrainingOrder.code == shortage.order_code)
        .options(joinedload(TrainingOrder.provider), joinedload(TrainingOrder.ordering))
    )


def open_shortage_on(
    session: Session, subject: Subject, unit_path: str, organisation_path: str
) -> Shortage | None:
    """The shortage on a subject of an office that is not met."""
    return session.scalar(
        select(Shortage).where(
            Shortage.subject_kind == subject.kind,
            Shortage.subject_code == subject.code,
            Shortage.unit_path == unit_path,
            Shortage.organisation_path == organisation_path,
            Shortage.met_on.is_(None),
        )
    )


def needs_on(session: Session, viewer: Viewer, shortage: Shortage) -> Sequence[Need]:
    """The needs on its subject that wait for people, in the viewer's scopes: what a campaign would bring people to."""
    return session.scalars(
        select(Need)
        .join(Shortage, and_(*_on_its_subject()))
        .where(
            Shortage.id == shortage.id,
            Need.state.in_(sorted(OPEN_STATES)),
            scope_condition(viewer, Need.unit_path, Need.organisation_path),
        )
        .order_by(Need.title_sort, Need.id)
        .limit(MOST_NEEDS)
    ).all()


def _on_its_subject() -> Sequence[ColumnElement[bool]]:
    return (
        Need.unit_path.startswith(Shortage.unit_path),
        Need.organisation_path.startswith(Shortage.organisation_path),
        need_is_about(Shortage.subject_kind, Shortage.subject_code),
    )


def _placing() -> Sequence[ColumnElement[bool]]:
    return (
        CandidacyStep.candidacy_id == Candidacy.id,
        CandidacyStep.stage == Stage.PLACED,
        CandidacyStep.undone_at.is_(None),
        CandidacyStep.at >= Shortage.credits_from,
    )
