"""Who may be written to about what: asked when a letter is queued and again for every list of receivers.

The mark in a letter that stops such letters is made of the person's public id, the topic and a keyed hash of both: it
opens nothing else, needs no row, and works as long as the installation has its keys.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import Session

from registry.consents.rules import PurposeCode
from registry.db.keys import keyring_of
from registry.people.models import LetterStop, Person, is_open_for
from registry.people.queries.visible import ground_condition, is_public_id, not_paused
from registry.people.rules import PersonState
from registry.people.rules.letters import LetterTopic

_PURPOSES = {
    LetterTopic.CAMPAIGNS: PurposeCode.CAMPAIGNS,
    LetterTopic.OFFERS: PurposeCode.MATCHING,
    LetterTopic.MESSAGES: PurposeCode.CONTACT,
}
_MARKS = {"c": LetterTopic.CAMPAIGNS, "o": LetterTopic.OFFERS, "m": LetterTopic.MESSAGES}
_LETTERS = {topic: letter for letter, topic in _MARKS.items()}
_DIGITS = 32
"""Of the keyed hash, in hex: 128 bits."""


def writable_condition(topic: LetterTopic, *, on: date) -> ColumnElement[bool]:
    """SQL: the person of this row may be written to about this: agreed to it, closed no such use, did not stop such
    letters, and is not paused on the day (but for messages of an office they talk to). Says nothing of whose person it
    is: lists add the viewer's scope by `visible_condition`."""
    purpose = _PURPOSES[topic]
    stopped = (
        select(LetterStop.id)
        .where(LetterStop.person_id == Person.id, LetterStop.topic == topic)
        .correlate(Person)
        .exists()
    )
    told = and_(
        Person.state == PersonState.ACTIVE, ground_condition(purpose), is_open_for(purpose), not_(stopped)
    )
    return told if topic is LetterTopic.MESSAGES else and_(told, not_paused(purpose, on))


def may_write(session: Session, person: Person, topic: LetterTopic, *, on: date) -> bool:
    """Whether a letter about this may go to the person now."""
    return person.id in who_may_be_written(session, [person.id], topic, on=on)


def who_may_be_written(
    session: Session, person_ids: Collection[int], topic: LetterTopic, *, on: date
) -> frozenset[int]:
    """Those of these people whom a letter about this may go to now, in one statement a thousand."""
    ids, found = sorted(set(person_ids)), set[int]()
    for start in range(0, len(ids), 1_000):
        among = Person.id.in_(ids[start : start + 1_000])
        found.update(session.scalars(select(Person.id).where(among, writable_condition(topic, on=on))))
    return frozenset(found)


def stopped_topics(session: Session, person: Person) -> frozenset[LetterTopic]:
    """What the person stopped."""
    return frozenset(session.scalars(select(LetterStop.topic).where(LetterStop.person_id == person.id)))


@dataclass(frozen=True)
class StopMark:
    """Whom and what the mark of a letter stops."""

    person: str
    topic: LetterTopic


def stop_mark(session: Session, person: str, topic: LetterTopic) -> str:
    """The mark for a letter to the person with this public id: the last part of `/thu/dung/…`."""
    letter = _LETTERS[topic]
    return f"{letter}{person}{keyring_of(session).digest(letter + person, 'letter.stop')[:_DIGITS]}"


def read_stop_mark(session: Session, mark: str) -> StopMark | None:
    """What a mark says; None when none of our keys made it."""
    topic, person, digits = _MARKS.get(mark[:1]), mark[1:-_DIGITS], mark[-_DIGITS:]
    if topic is None or not is_public_id(person) or not digits.isascii():
        return None
    known = keyring_of(session).digests(mark[0] + person, "letter.stop")
    if not any(hmac.compare_digest(one[:_DIGITS], digits) for one in known):
        return None
    return StopMark(person, topic)


def stopper(session: Session, mark: StopMark) -> Person | None:
    """The person of a mark; of a record that was merged, the one it went into. None once erased.

    Only for keeping what they say: nothing of the record may be shown to whoever holds the letter.
    """
    found = session.scalar(select(Person).where(Person.public_id == mark.person))
    if found is not None and found.merged_into_id is not None:
        found = session.get(Person, found.merged_into_id)
    return None if found is None or found.state is PersonState.ERASED else found
