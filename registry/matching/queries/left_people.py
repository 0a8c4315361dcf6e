"""Facts of the people a snapshot leaves to the formula, kept in this process until they change again.

Whatever facts depend on besides the number of a person's change names the place where they are kept: the database,
the snapshot, the day, and the last change that named nobody.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.queries.kept_facts import Places, facts_kept, numbered
from registry.matching.queries.people import Reads, matchable, person_facts
from registry.matching.queries.snapshots import Opened
from registry.people.queries import Reached, has_unsaved_changes, kept_place, reached

MOST_KEPT = 10_000
"""People kept for one snapshot and day, at about two and a half kilobytes; who is beyond is read every time."""

_places: Places = {}


def left_facts(
    session: Session, viewer: Viewer, reads: Reads, as_of: date, opened: Opened
) -> list[PersonFacts]:
    """What `person_facts` gives of the people the snapshot leaves to the formula, most of it from memory."""
    if not len(opened.reference_ids):
        return []
    if has_unsaved_changes(session):  # they have no number yet
        return person_facts(session, viewer, reads, as_of, only=opened.left_people)
    now = reached(session)
    rows = session.execute(numbered(matchable(viewer, as_of, opened.left_people))).all()
    place = kept_place(_places, _key(session, opened, as_of, now), now.n)
    _drop_others(place.people, opened.reference_ids.tolist())
    return facts_kept(session, place, rows, reads, as_of, now=now, most=MOST_KEPT)


def _key(session: Session, opened: Opened, as_of: date, now: Reached) -> tuple[Any, ...]:
    return (session.get_bind().engine.url, opened.snapshot.version, as_of, now.told_from)


def _drop_others(people: dict[int, Any], left: Collection[int]) -> None:
    """Who is left no longer is dropped: gone, or in a newer snapshot."""
    for who in people.keys() - left:
        people.pop(who, None)
