"""The facts on cards of people, kept in this process until the person changes again.

Who may be seen, under which name, is asked anew by every page, and so is the number of each person's newest change:
what is kept is taken only at just that number. Whatever else the facts depend on names the place where they are
kept, with the database: the day, the vocabulary, and the last change that named nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import memory_of
from registry.people.models import Person, PersonChange
from registry.people.queries.cards import CardFacts, PersonCard, card_facts
from registry.people.queries.changes import has_unsaved_changes, reached
from registry.people.queries.shown import PersonShown
from registry.skills.queries import vocabulary_version

MOST_KEPT = 2_000
"""People kept for one day and vocabulary, at some six kilobytes each."""

_KEPT_PLACES = 2
_HELD = "cards of people"


def person_cards(
    session: Session, people: Sequence[Person] | Sequence[PersonShown], *, on: date
) -> list[PersonCard]:
    """The cards of these people in their order: of who changed by four statements, of all others from memory."""
    if not people:
        return []
    memory = memory_of(session)
    if memory is None or has_unsaved_changes(session):  # what is not saved has no number yet
        facts = card_facts(session, [one.id for one in people], on=on)
    else:
        facts = _facts(session, memory.setdefault(_HELD, {}), _changes(session, people), on)
    return [PersonCard.of(one, facts[one.id]) for one in people]


def _changes(session: Session, people: Sequence[Person] | Sequence[PersonShown]) -> dict[int, int]:
    """By row id the number of the newest change; 0 for who never changed since changes have numbers."""
    told = {one.id: one.change for one in people if isinstance(one, PersonShown)}
    rest = [one.id for one in people if one.id not in told]
    if rest:
        wanted = select(PersonChange.id, PersonChange.n).where(PersonChange.id.in_(rest))
        told |= dict.fromkeys(rest, 0) | {row.id: row.n for row in session.execute(wanted)}
    return told


def _facts(
    session: Session, places: "_Places", changes: Mapping[int, int], on: date
) -> Mapping[int, CardFacts]:
    now = reached(session)
    place = _place(places, (on, vocabulary_version(session), now.told_from), now.n)
    found = place.found(changes)
    missing = [one for one in changes if one not in found]
    if missing:
        read = card_facts(session, missing, on=on)
        found |= read
        # Where every statement sees a moment of its own, somebody may have changed between the number and the facts.
        if reached(session) == now:
            place.keep({one: (changes[one], facts) for one, facts in read.items()})
    return found


# --- what is kept -----------------------------------------------------------------------------------------


@dataclass
class _Place:
    """The people kept for one day and vocabulary, and the highest number of a change seen there."""

    reached: int = 0
    people: dict[int, tuple[int, CardFacts]] = field(default_factory=dict[int, tuple[int, CardFacts]])

    def found(self, changes: Mapping[int, int]) -> dict[int, CardFacts]:
        """The facts of those who have not changed since they were kept."""
        kept = ((one, number, self.people.get(one)) for one, number in changes.items())
        return {one: held[1] for one, number, held in kept if held is not None and held[0] == number}

    def keep(self, read: Mapping[int, tuple[int, CardFacts]]) -> None:
        """Keep these people; who was kept longest goes when there is no room."""
        with _lock:
            for one, held in read.items():
                self.people.pop(one, None)
                if len(self.people) >= MOST_KEPT:
                    self.people.pop(next(iter(self.people)))
                self.people[one] = held


_Key = tuple[date, str, int]
_Places = dict[_Key, _Place]
_lock = Lock()


def _place(places: _Places, key: _Key, n: int) -> _Place:
    """Where people are kept. A number below one seen means that the database became an older one: all is read anew."""
    with _lock:
        found = places.pop(key, None)
        if found is None or n < found.reached:
            found = _Place()
        while len(places) >= _KEPT_PLACES:
            places.pop(next(iter(places)))
        places[key] = found
        found.reached = n
    return found
