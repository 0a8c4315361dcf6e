"""The facts on cards of people, kept in this process until the person changes again.

Who may be seen, under which name, is asked anew by every page. The place where they are kept is named by the day, the
vocabulary, and the last change that named nobody.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import memory_of
from registry.people.models import Person, PersonChange
from registry.people.queries.cards import CardFacts, PersonCard, card_facts
from registry.people.queries.changes import has_unsaved_changes, reached
from registry.people.queries.keeping import KeptPlace, kept_place
from registry.people.queries.shown import PersonShown
from registry.skills.queries import vocabulary_version

MOST_KEPT = 2_000
"""People kept for one day and vocabulary, at some six kilobytes each."""

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
    session: Session, places: dict[Any, KeptPlace[CardFacts]], changes: Mapping[int, int], on: date
) -> Mapping[int, CardFacts]:
    now = reached(session)
    place = kept_place(places, (on, vocabulary_version(session), now.told_from), now.n)
    found = place.found(changes)
    missing = [one for one in changes if one not in found]
    if missing:
        read = card_facts(session, missing, on=on)
        found |= read
        # Where every statement sees a moment of its own, somebody may have changed between the number and the facts.
        if reached(session) == now:
            place.keep_newest(read, changes, MOST_KEPT)
    return found
