"""Who was considered before: whoever is or was on a shortlist, as far as the viewer may open the list.

A list or need that the viewer may not open is like one that does not exist. An addition that was undone at once
counts for nothing; somebody who was taken off was considered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.db import read_rows
from registry.matching.models import Shortlist, ShortlistEntry
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.people.models import Person
from registry.people.queries import people_for
from registry.people.rules import add_months
from registry.web.clock import LOCAL_ZONE

PERIODS = (1, 3, 6, 12, 24)
"""Months that may be chosen."""

MOST_CHOICES = 20
MOST_VIEWERS = 128
"""For so many viewers the statements of every page are kept ready."""


@dataclass(frozen=True)
class Source:
    """A list, or a need with its lists, whose people were considered."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True)
class Considered:
    """Whose people are left out: of these lists, of these needs, and everybody considered in the last months.

    `missing` of the lists and needs asked for do not exist or may not be opened.
    """

    lists: tuple[Source, ...] = ()
    needs: tuple[Source, ...] = ()
    months: int | None = None
    missing: int = 0

    @property
    def names_somebody(self) -> bool:
        """Whether anything is to be left out."""
        return bool(self.lists or self.needs or self.months)


def open_to(viewer: Viewer, by: int | None) -> ColumnElement[bool]:
    """One's own lists, and those of needs one may see."""
    needs = select(Need.id).where(in_scope(viewer.limited_to(Permission.NEEDS_READ)))
    return or_(Shortlist.owner_id == by, Shortlist.need_id.in_(needs))


def considered_named(
    session: Session, viewer: Viewer, lists: Sequence[str], needs: Sequence[str], months: int | None
) -> Considered:
    """The lists and needs of these public ids that the viewer may open, in the order given."""
    if not lists and not needs:
        return Considered(months=months)
    rows = session.execute(
        _opened(viewer).where(or_(Shortlist.public_id.in_(lists), Need.public_id.in_(needs)))
    )
    by_list: dict[str, Source] = {}
    by_need: dict[str, Source] = {}
    for row in rows:
        by_list[row.public_id] = Source(row.id, row.public_id, row.name)
        if row.need:
            by_need[row.need] = Source(row.need_id, row.need, f"{row.code} · {row.title}")
    known_lists = tuple(by_list[one] for one in lists if one in by_list)
    known_needs = tuple(by_need[one] for one in needs if one in by_need)
    missing = len(lists) + len(needs) - len(known_lists) - len(known_needs)
    return Considered(known_lists, known_needs, months, missing)


def choices(session: Session, viewer: Viewer) -> tuple[Sequence[Source], Sequence[Source]]:
    """The newest lists the viewer may open, and the needs that these are for."""
    rows = read_rows(session, _newest(viewer)).all()
    lists = [Source(row.id, row.public_id, row.name) for row in rows]
    needs = {row.need: Source(row.need_id, row.need, f"{row.code} · {row.title}") for row in rows if row.need}
    return lists, list(needs.values())


@lru_cache(maxsize=MOST_VIEWERS)
def _newest(viewer: Viewer) -> Select[Any]:
    return _opened(viewer).order_by(Shortlist.id.desc()).limit(MOST_CHOICES)


def _opened(viewer: Viewer) -> Select[Any]:
    opened: Any = (
        select(
            Shortlist.id,
            Shortlist.public_id,
            Shortlist.name,
            Need.id.label("need_id"),
            Need.public_id.label("need"),
            Need.code,
            Need.title,
        )
        .outerjoin(Need, Need.id == Shortlist.need_id)
        .where(open_to(viewer, viewer.account_id))
    )
    return opened


def considered_people(session: Session, considered: Considered, viewer: Viewer, on: date) -> frozenset[str]:
    """The public ids of everybody considered whom the viewer may see."""
    ids = considered_ids(considered, viewer, on)
    people = people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.id.in_(ids))
    return frozenset(session.scalars(people.with_only_columns(Person.public_id)))


def considered_ids(considered: Considered, viewer: Viewer, on: date) -> Select[Any]:
    """The row ids of everybody considered, of people out of sight too; for conditions and counts alone."""
    meant: list[ColumnElement[bool]] = []
    if considered.lists:
        meant.append(Shortlist.id.in_([one.id for one in considered.lists]))
    if considered.needs:
        meant.append(Shortlist.need_id.in_([one.id for one in considered.needs]))
    if considered.months:
        since = datetime.combine(add_months(on, -considered.months), time(), LOCAL_ZONE)
        meant.append(func.coalesce(ShortlistEntry.removed_at, ShortlistEntry.added_at) >= since)
    return (
        select(ShortlistEntry.person_id)
        .join(Shortlist, Shortlist.id == ShortlistEntry.shortlist_id)
        .where(
            open_to(viewer, viewer.account_id),
            or_(
                ShortlistEntry.removed_batch.is_(None),
                ShortlistEntry.removed_batch != ShortlistEntry.added_batch,
            ),
            or_(false(), *meant),
        )
    )
