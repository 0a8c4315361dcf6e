"""What officers keep of their searching: saved searches with news, shortlists, selections. Always within the viewer's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import Account
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.db import read_rows
from registry.matching.models import (
    SavedSearch,
    SavedSearchSeen,
    Selection,
    SelectionPerson,
    Shortlist,
    ShortlistEntry,
)
from registry.matching.queries.considered import MOST_VIEWERS, open_to
from registry.matching.queries.search import Sought, found_ids
from registry.matching.rules.pools import PoolKind
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import people_for

MOST_NEEDS = 200
CLOSED_STATES = (NeedState.FILLED, NeedState.CANCELLED, NeedState.REJECTED)


@dataclass(frozen=True)
class KeptCounts:
    """How many saved searches and shortlists somebody has."""

    searches: int
    shortlists: int


def kept_counts(session: Session, viewer: Viewer, by: int) -> KeptCounts:
    """The counts beside the ways to what was kept."""
    counted = read_rows(session, _counts(viewer, by)).one()
    return KeptCounts(counted[0] or 0, counted[1] or 0)


@lru_cache(maxsize=MOST_VIEWERS)
def _counts(viewer: Viewer, by: int) -> Select[int, int]:
    searches = select(func.count()).select_from(SavedSearch).where(SavedSearch.owner_id == by)
    lists = select(func.count()).select_from(Shortlist).where(open_to(viewer, by))
    return select(searches.scalar_subquery(), lists.scalar_subquery())


def saved_search(session: Session, by: int, public_id: str) -> SavedSearch | None:
    """A saved search of its owner; nobody else's."""
    if not public_id.isalnum() or not public_id.isascii():
        return None
    return session.scalar(
        select(SavedSearch).where(SavedSearch.owner_id == by, SavedSearch.public_id == public_id)
    )


def saved_searches(session: Session, by: int) -> Sequence[SavedSearch]:
    """All of one owner, by name."""
    return session.scalars(
        select(SavedSearch).where(SavedSearch.owner_id == by).order_by(SavedSearch.name, SavedSearch.id)
    ).all()


def new_since(session: Session, saved: SavedSearch, sought: Sought) -> int:
    """How many people fit now that the owner had not seen when last looking."""
    seen = select(SavedSearchSeen.person_id).where(SavedSearchSeen.search_id == saved.id)
    now = found_ids(sought).subquery()
    return session.scalar(select(func.count()).select_from(now).where(now.c.id.not_in(seen))) or 0


def shortlist_named(session: Session, viewer: Viewer, by: int, public_id: str) -> Shortlist | None:
    """A list the viewer may open."""
    if not public_id.isalnum() or not public_id.isascii():
        return None
    return session.scalar(
        select(Shortlist)
        .where(Shortlist.public_id == public_id, open_to(viewer, by))
        .options(joinedload(Shortlist.need))
    )


def shortlists(
    session: Session, viewer: Viewer, by: int, only: PoolKind | None = None
) -> list[tuple[Shortlist, int]]:
    """The lists the viewer may open, of one kind or all, the newest first, with how many people are on each."""
    on_it = (
        select(func.count())
        .select_from(ShortlistEntry)
        .where(ShortlistEntry.shortlist_id == Shortlist.id, ShortlistEntry.removed_at.is_(None))
        .correlate(Shortlist)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Shortlist, on_it)
        .where(open_to(viewer, by), *([] if only is None else [Shortlist.kind == only]))
        .options(joinedload(Shortlist.need))
        .order_by(Shortlist.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def shortlists_of(session: Session, viewer: Viewer, by: int, need: Need) -> Sequence[Shortlist]:
    """The lists made for a need that the viewer may open, the newest first."""
    return session.scalars(
        select(Shortlist)
        .where(Shortlist.need_id == need.id, open_to(viewer, by))
        .order_by(Shortlist.id.desc())
    ).all()


def shortlisted_for(session: Session, viewer: Viewer, by: int, need: Need, *, on: date) -> frozenset[str]:
    """The public ids of who is on a list of a need now, of lists and people the viewer may see."""
    listed = (
        select(ShortlistEntry.person_id)
        .join(Shortlist, Shortlist.id == ShortlistEntry.shortlist_id)
        .where(Shortlist.need_id == need.id, ShortlistEntry.removed_at.is_(None), open_to(viewer, by))
    )
    visible = people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.id.in_(listed))
    return frozenset(session.scalars(visible.with_only_columns(Person.public_id)))


@dataclass(frozen=True)
class OnList:
    """Somebody on a list now: the entry, the person, who added."""

    entry: ShortlistEntry
    person: Person
    added_by: str


@dataclass(frozen=True)
class Step:
    """One line of the history of a list. `person` is None when the viewer may not see the record any more."""

    at: Any
    who: str
    person: Person | None
    is_added: bool


def entries_of(session: Session, viewer: Viewer, shortlist: Shortlist, *, on: date) -> list[OnList]:
    """The people on a list whom the viewer may see, in the order they were added."""
    visible = people_for(viewer, PurposeCode.MATCHING, on=on)
    rows = session.execute(
        visible.join(ShortlistEntry, ShortlistEntry.person_id == Person.id)
        .join(Account, Account.id == ShortlistEntry.added_by_id)
        .add_columns(ShortlistEntry, Account.display_name)
        .where(ShortlistEntry.shortlist_id == shortlist.id, ShortlistEntry.removed_at.is_(None))
        .order_by(ShortlistEntry.id)
    )
    return [OnList(row[1], row[0], row[2]) for row in rows]


def history_of(session: Session, viewer: Viewer, shortlist: Shortlist, *, on: date) -> list[Step]:
    """Who put whom on the list and took whom off, the latest first."""
    rows = session.scalars(
        select(ShortlistEntry).where(ShortlistEntry.shortlist_id == shortlist.id).order_by(ShortlistEntry.id)
    ).all()
    people = {
        person.id: person
        for person in session.scalars(
            people_for(viewer, PurposeCode.MATCHING, on=on).where(
                Person.id.in_({row.person_id for row in rows})
            )
        )
    }
    ids = {row.added_by_id for row in rows} | {row.removed_by_id for row in rows if row.removed_by_id}
    named = dict(
        iter(session.execute(select(Account.id, Account.display_name).where(Account.id.in_(sorted(ids)))))
    )
    steps: list[Step] = []
    for row in rows:
        person = people.get(row.person_id)
        steps.append(Step(row.added_at, named.get(row.added_by_id, ""), person, is_added=True))
        if row.removed_at is not None and row.removed_by_id is not None:
            steps.append(Step(row.removed_at, named.get(row.removed_by_id, ""), person, is_added=False))
    return sorted(steps, key=lambda step: step.at, reverse=True)


def visible_people(session: Session, viewer: Viewer, public_ids: Sequence[str], *, on: date) -> list[Person]:
    """The people with these ids whom the viewer may see, in the order given, each once."""
    wanted = list(dict.fromkeys(public_ids))
    rows = session.scalars(
        people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.public_id.in_(wanted))
    )
    found = {person.public_id: person for person in rows}
    return [found[one] for one in wanted if one in found]


def selections(session: Session, by: int) -> list[tuple[Selection, int]]:
    """The selections somebody made, the newest first, with how many people are in each."""
    inside = (
        select(func.count())
        .select_from(SelectionPerson)
        .where(SelectionPerson.selection_id == Selection.id)
        .correlate(Selection)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Selection, inside).where(Selection.owner_id == by).order_by(Selection.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def selection_named(session: Session, by: int, public_id: str) -> Selection | None:
    """A selection of its owner."""
    if not public_id.isalnum() or not public_id.isascii():
        return None
    return session.scalar(select(Selection).where(Selection.owner_id == by, Selection.public_id == public_id))


def people_selected(session: Session, viewer: Viewer, selection: Selection, *, on: date) -> Sequence[Person]:
    """The people of a selection whom the viewer may still see: consent and scope are asked anew every time."""
    query: Select[Any] = (
        people_for(viewer, PurposeCode.MATCHING, on=on)
        .join(SelectionPerson, SelectionPerson.person_id == Person.id)
        .where(SelectionPerson.selection_id == selection.id)
        .order_by(SelectionPerson.id)
    )
    return session.scalars(query).all()


def needs_to_choose(session: Session, viewer: Viewer) -> Sequence[Need]:
    """The needs that are being written, approved or filled, for a list to choose from."""
    return session.scalars(
        select(Need)
        .where(in_scope(viewer.limited_to(Permission.NEEDS_READ)), Need.state.not_in(CLOSED_STATES))
        .order_by(Need.code, Need.id)
        .limit(MOST_NEEDS)
    ).all()
