"""Keeping what searching gave: saved searches, shortlists, selections, searches in vain. Flushes, never commits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.matching.models import (
    SavedSearch,
    SavedSearchSeen,
    SearchDemand,
    Selection,
    SelectionPerson,
    Shortlist,
    ShortlistEntry,
)
from registry.matching.queries.search import Sought, found_ids
from registry.matching.rules.pools import TALENT, PoolFacts
from registry.needs.models import Need
from registry.people.models import Person

UNDO_MINUTES = 10


def save_search(
    session: Session, sought: Sought, *, name: str, address: str, by: int, at: datetime
) -> SavedSearch:
    """Keep a search under a name; everybody it finds now counts as seen. A name taken already is a constraint error."""
    saved = SavedSearch(owner_id=by, name=name, address=address, seen_at=at)
    session.add(saved)
    session.flush()
    _remember(session, saved, sought)
    record(session, by, "search.saved", "saved_search", saved.public_id, at=at)
    return saved


def look_again(session: Session, saved: SavedSearch, sought: Sought, *, by: int, at: datetime) -> None:
    """Everybody the search finds now has been seen."""
    session.execute(delete(SavedSearchSeen).where(SavedSearchSeen.search_id == saved.id))
    _remember(session, saved, sought)
    saved.seen_at = at
    record(session, by, "search.seen", "saved_search", saved.public_id, at=at)
    session.flush()


def forget_search(session: Session, saved: SavedSearch, *, by: int, at: datetime) -> None:
    """Delete a saved search; the people it found are not touched."""
    record(session, by, "search.forgotten", "saved_search", saved.public_id, at=at)
    session.delete(saved)
    session.flush()


def _remember(session: Session, saved: SavedSearch, sought: Sought) -> None:
    ids = found_ids(sought).subquery()
    rows = select(literal(saved.id), ids.c.id)
    session.execute(insert(SavedSearchSeen).from_select(["search_id", "person_id"], rows))


def create_shortlist(
    session: Session, *, name: str, need: Need | None, facts: PoolFacts = TALENT, by: int, at: datetime
) -> Shortlist:
    """An empty list, for a need or standing alone; a pool of talent unless said otherwise."""
    made = Shortlist(owner_id=by, need_id=None if need is None else need.id)
    _describe(made, name, facts)
    session.add(made)
    session.flush()
    detail = {"kind": facts.kind.value}
    record(session, by, "shortlist.created", "shortlist", made.public_id, detail=detail, at=at)
    return made


def describe_shortlist(
    session: Session, shortlist: Shortlist, *, name: str, facts: PoolFacts, by: int, at: datetime
) -> None:
    """Call a list otherwise or keep it for something else; who is on it stays."""
    before = shortlist.kind
    _describe(shortlist, name, facts)
    session.flush()
    detail = {"kind": [before.value, facts.kind.value]}
    record(session, by, "shortlist.described", "shortlist", shortlist.public_id, detail=detail, at=at)


def _describe(shortlist: Shortlist, name: str, facts: PoolFacts) -> None:
    shortlist.name, shortlist.kind = name, facts.kind
    shortlist.term, shortlist.position = facts.term, facts.position
    shortlist.decision_number, shortlist.decided_on = facts.decision_number, facts.decided_on


def add_to_shortlist(
    session: Session,
    shortlist: Shortlist,
    people: Sequence[Person],
    *,
    notes: Mapping[str, str],
    by: int,
    at: datetime,
) -> str | None:
    """Put people on a list, those already there left as they are. Returns the batch to undo; None if nothing changed."""
    there = _on_the_list(session, shortlist)
    batch = new_public_id()
    added = [person for person in people if person.id not in there]
    for person in added:
        session.add(
            ShortlistEntry(
                shortlist_id=shortlist.id,
                person_id=person.id,
                note=notes.get(person.public_id, ""),
                added_at=at,
                added_by_id=by,
                added_batch=batch,
            )
        )
    if not added:
        return None
    people_added = [person.public_id for person in added]
    record(
        session,
        by,
        "shortlist.added",
        "shortlist",
        shortlist.public_id,
        detail={"people": people_added},
        at=at,
    )
    session.flush()
    return batch


def remove_from_shortlist(
    session: Session, shortlist: Shortlist, people: Sequence[Person], *, by: int, at: datetime
) -> str | None:
    """Take people off a list; the row stays and tells who did. Returns the batch to undo; None if nobody was there."""
    there = _on_the_list(session, shortlist)
    batch = new_public_id()
    removed = [person for person in people if person.id in there]
    for person in removed:
        entry = there[person.id]
        entry.removed_at, entry.removed_by_id, entry.removed_batch = at, by, batch
    if not removed:
        return None
    gone = [person.public_id for person in removed]
    record(session, by, "shortlist.removed", "shortlist", shortlist.public_id, detail={"people": gone}, at=at)
    session.flush()
    return batch


def write_note(
    session: Session, shortlist: Shortlist, person: Person, note: str, *, by: int, at: datetime
) -> bool:
    """Change the note beside somebody on a list. False when the person is not on it."""
    entry = _on_the_list(session, shortlist).get(person.id)
    if entry is None:
        return False
    entry.note = note
    record(
        session,
        by,
        "shortlist.noted",
        "shortlist",
        shortlist.public_id,
        detail={"people": [person.public_id]},
        at=at,
    )
    session.flush()
    return True


def undo_batch(session: Session, shortlist: Shortlist, batch: str, *, by: int, at: datetime) -> int:
    """Undo one act of the last ten minutes: put back who was taken off, take off who was added. How many changed."""
    since = at - timedelta(minutes=UNDO_MINUTES)
    there = _on_the_list(session, shortlist)
    rows = session.scalars(select(ShortlistEntry).where(ShortlistEntry.shortlist_id == shortlist.id)).all()
    changed = 0
    for row in rows:
        was_undone = row.removed_batch == row.added_batch
        if row.removed_batch == batch and not was_undone and row.removed_at and row.removed_at >= since:
            if row.person_id not in there:
                row.removed_at = row.removed_by_id = row.removed_batch = None
                changed += 1
        elif row.added_batch == batch and row.removed_at is None and row.added_at >= since:
            row.removed_at, row.removed_by_id, row.removed_batch = at, by, row.added_batch
            changed += 1
    if changed:
        record(session, by, "shortlist.undone", "shortlist", shortlist.public_id, at=at)
    session.flush()
    return changed


def _on_the_list(session: Session, shortlist: Shortlist) -> dict[int, ShortlistEntry]:
    rows = session.scalars(
        select(ShortlistEntry).where(
            ShortlistEntry.shortlist_id == shortlist.id, ShortlistEntry.removed_at.is_(None)
        )
    )
    return {row.person_id: row for row in rows}


def keep_selection(
    session: Session, people: Sequence[Person], *, purpose: str, by: int, at: datetime
) -> Selection:
    """Keep picked people with the purpose an export will serve."""
    made = Selection(purpose=purpose, owner_id=by, made_at=at)
    session.add(made)
    session.flush()
    session.add_all(SelectionPerson(selection_id=made.id, person_id=person.id) for person in people)
    picked = [person.public_id for person in people]
    record(session, by, "selection.kept", "selection", made.public_id, detail={"people": picked}, at=at)
    session.flush()
    return made


def keep_demand(
    session: Session, *, address: str, words: str, found: int, by: int, on: date, at: datetime
) -> SearchDemand:
    """Keep a search that found nobody as demand: criteria, count, day and asker."""
    made = SearchDemand(address=address, words=words, found=found, asked_on=on, by_id=by)
    session.add(made)
    session.flush()
    record(session, by, "search.in_vain", "search_demand", made.public_id, at=at)
    return made
