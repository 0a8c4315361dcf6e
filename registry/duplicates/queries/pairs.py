"""The queue: pairs an officer may be told of, and merges that still stand. Reads only.

Of people who stand in no list no pair waits and no merge is listed: they come back with them. One that is known by its
address opens. A pair says that two records are alike. Whoever may not see both, and both by name, is told nothing: not of the other
record, and not who an anonymous one is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.duplicates.rules import Reason
from registry.people.models import DuplicateMerge, DuplicatePair, Person
from registry.people.queries import (
    is_public_id,
    listed_condition,
    named_condition,
    people_for,
    visible_condition,
)
from registry.people.rules import PairState
from registry.web.paging import PAGE_SIZE, Page

MOST_COUNTED = 500
"""Every page that counts would else look at each pair there is."""


@dataclass(frozen=True)
class PairShown:
    """A pair with both people."""

    pair: DuplicatePair
    first: Person
    second: Person

    @property
    def reasons(self) -> Reason:
        """What is alike."""
        return Reason(self.pair.reasons)


@dataclass(frozen=True)
class MergeShown:
    """A merge that stands, with the record it left."""

    merge: DuplicateMerge
    survivor: Person
    code: str


def _told(viewer: Viewer, person_id: Any, on: date, *, in_list: bool = False) -> ColumnElement[bool]:
    """The person of this column is one the viewer may see by name, and one of those who stand in lists."""
    seen = visible_condition(viewer, PurposeCode.REGISTRY, on=on)
    if in_list:
        seen = listed_condition(viewer, on=on)
    return select(Person.id).where(Person.id == person_id, seen, named_condition(viewer)).exists()


def _pairs(viewer: Viewer, on: date, *, in_list: bool = False) -> Select[DuplicatePair]:
    return select(DuplicatePair).where(
        _told(viewer, DuplicatePair.first_id, on, in_list=in_list),
        _told(viewer, DuplicatePair.second_id, on, in_list=in_list),
    )


def pairs(
    session: Session, viewer: Viewer, *, state: PairState, reasons: Reason, number: int, on: date
) -> Page[PairShown]:
    """One page, the surest first. `reasons`: any of these; none: every one."""
    wanted = _pairs(viewer, on, in_list=True).where(DuplicatePair.state == state)
    if reasons:
        wanted = wanted.where(DuplicatePair.reasons.bitwise_and(int(reasons)) != 0)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest = (
        DuplicatePair.decided_at.desc() if state is PairState.DIFFERENT else DuplicatePair.strength.desc()
    )
    rows = session.scalars(
        wanted.order_by(newest, DuplicatePair.found_at, DuplicatePair.id)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    people = _people(session, viewer, {one for row in rows for one in (row.first_id, row.second_id)}, on)
    shown = [PairShown(row, people[row.first_id], people[row.second_id]) for row in rows]
    return Page(shown, number, total)


def _people(session: Session, viewer: Viewer, ids: Collection[int], on: date) -> dict[int, Person]:
    rows = session.scalars(people_for(viewer, PurposeCode.REGISTRY, on=on).where(Person.id.in_(ids)))
    return {person.id: person for person in rows}


def count_open(session: Session, viewer: Viewer, *, on: date) -> int:
    """How many pairs wait for officers of these scopes; not counted beyond `MOST_COUNTED`."""
    waiting = _pairs(viewer, on, in_list=True).where(DuplicatePair.state == PairState.OPEN)
    wanted = waiting.limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def pair_of(
    session: Session, viewer: Viewer, public_id: str, *, on: date, to_write: bool = False
) -> PairShown | None:
    """One pair; `to_write` holds the pair and both records, one officer at a time."""
    if not is_public_id(public_id):
        return None
    found = session.scalar(_pairs(viewer, on).where(DuplicatePair.public_id == public_id))
    if found is None:
        return None
    ids = (found.first_id, found.second_id)
    if to_write:
        hold_people(session, ids)
        found = session.scalar(
            _pairs(viewer, on)
            .where(DuplicatePair.public_id == public_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    people = _people(session, viewer, ids, on)
    if found is None or len(people) != len(ids):
        return None
    return PairShown(found, people[found.first_id], people[found.second_id])


def hold_people(session: Session, ids: Collection[int]) -> None:
    """Hold these records until the transaction ends, in order of their ids, so that no two wait for each other."""
    session.scalars(
        select(Person)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _merges(viewer: Viewer, on: date, *, in_list: bool = False) -> Select[DuplicateMerge]:
    """Merges of records this viewer's office kept, whose survivor the viewer may see by name."""
    return select(DuplicateMerge).where(
        DuplicateMerge.undone_at.is_(None),
        scope_condition(viewer, DuplicateMerge.unit_path, DuplicateMerge.organisation_path),
        _told(viewer, DuplicateMerge.survivor_id, on, in_list=in_list),
    )


def merges(session: Session, viewer: Viewer, *, number: int, on: date) -> Page[MergeShown]:
    """One page of merges, the newest first."""
    wanted = _merges(viewer, on, in_list=True)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(DuplicateMerge.merged_at.desc(), DuplicateMerge.id.desc())
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    people = _people(session, viewer, {row.survivor_id for row in rows}, on)
    codes = codes_of(session, {row.merged_id for row in rows})
    shown = [MergeShown(row, people[row.survivor_id], codes[row.merged_id]) for row in rows]
    return Page(shown, number, total)


def codes_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The codes of records that were merged away; a code names nobody."""
    return dict(session.execute(select(Person.id, Person.code).where(Person.id.in_(ids))).all())


def merge_of(
    session: Session, viewer: Viewer, public_id: str, *, on: date, to_write: bool = False
) -> MergeShown | None:
    """One merge that stands; `to_write` holds it and both records."""
    if not is_public_id(public_id):
        return None
    found = session.scalar(_merges(viewer, on).where(DuplicateMerge.public_id == public_id))
    if found is None:
        return None
    if to_write:
        hold_people(session, (found.survivor_id, found.merged_id))
        held = _merges(viewer, on).where(DuplicateMerge.public_id == public_id).with_for_update()
        found = session.scalar(held.execution_options(populate_existing=True))
    people = {} if found is None else _people(session, viewer, {found.survivor_id}, on)
    if found is None or found.survivor_id not in people:
        return None
    return MergeShown(found, people[found.survivor_id], codes_of(session, {found.merged_id})[found.merged_id])


def standing_merge_into(session: Session, survivor: Person) -> DuplicateMerge | None:
    """The newest merge into a record that stands and can still be undone."""
    return session.scalar(
        select(DuplicateMerge)
        .where(
            and_(
                DuplicateMerge.survivor_id == survivor.id,
                DuplicateMerge.undone_at.is_(None),
                DuplicateMerge.material_sealed.is_not(None),
            )
        )
        .order_by(DuplicateMerge.id.desc())
        .limit(1)
    )
