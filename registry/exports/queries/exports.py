"""Exports of one's own, who takes them, and whether a file made earlier may still be given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.queries import grants_on
from registry.accounts.rules import Viewer
from registry.exports.models import Export, ExportPerson
from registry.introductions.queries import introduced
from registry.people.models import Person
from registry.people.queries import is_public_id, named_condition, visible_condition

_MOST_LISTED = 100


def own_export(session: Session, by: int, public_id: str, at: datetime) -> Export | None:
    """An export of its owner that is not over."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Export).where(Export.owner_id == by, Export.public_id == public_id, Export.expires_at > at)
    )


def own_exports(session: Session, by: int, at: datetime) -> Sequence[Export]:
    """All of an owner that are not over, the newest first."""
    return session.scalars(
        select(Export)
        .where(Export.owner_id == by, Export.expires_at > at)
        .order_by(Export.id.desc())
        .limit(_MOST_LISTED)
    ).all()


def taker_of(session: Session, export: Export, on: date) -> Viewer | None:
    """The owner with the rights of this day, for the need of the export; None for one who may not take it any more."""
    account = session.get(Account, export.owner_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    viewer = Viewer.of_grants(account.id, grants_on(account, on))
    if not viewer.can(export.listed.permission):
        return None
    limited = viewer.limited_to(export.listed.permission)
    known = introduced(session, viewer, export.need, on=on) if export.need else None
    return limited if known is None else replace(limited, introduced=known.named)


def may_be_given(session: Session, export: Export, viewer: Viewer, *, on: date) -> bool:
    """Whether everybody in a file made earlier may still be seen, and everybody named in it be named, by this viewer.

    A file cannot be masked anew, and nobody can be taken out of it: with one who may not stand in it, it is not given.
    """
    named = or_(named_condition(viewer), Person.public_id.in_(sorted(viewer.introduced)))
    allowed = and_(
        visible_condition(viewer, export.listed.used_for, on=on),
        or_(ExportPerson.is_named.is_(False), named),
    )
    still = select(Person.id).where(Person.id == ExportPerson.person_id, allowed)
    left = select(ExportPerson.id).where(
        ExportPerson.export_id == export.id, ExportPerson.is_named.is_not(None), ~exists(still)
    )
    held = select(func.count()).select_from(ExportPerson)
    held = held.where(ExportPerson.export_id == export.id, ExportPerson.is_named.is_not(None))
    # Whoever was erased has no row here any more, but a line in the file.
    return session.scalar(held) == export.written and session.scalar(left.limit(1)) is None
