"""Who may be written to about what, and the marks in letters that stop such letters."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.operations.letters import allow_letters, stop_letters
from registry.people.queries.writing import (
    StopMark,
    may_write,
    read_stop_mark,
    stop_mark,
    stopped_topics,
    stopper,
    who_may_be_written,
)
from registry.people.rules import AvailabilityDraft, AvailabilityState, PersonState
from registry.people.rules.letters import LetterTopic, StopWay
from tests.factories import people as make
from tests.factories.people import AT, TODAY

EVERYTHING = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CONTACT, PurposeCode.CAMPAIGNS)
CAMPAIGNS, OFFERS, MESSAGES = LetterTopic


def topics(session: Session, person: Person) -> set[LetterTopic]:
    return {one for one in LetterTopic if may_write(session, person, one, on=TODAY)}


def test_a_topic_needs_its_consent(session: Session) -> None:
    assert topics(session, make.person(session, consents=EVERYTHING)) == set(LetterTopic)
    assert topics(session, make.person(session, consents=EVERYTHING[:3])) == {OFFERS, MESSAGES}
    assert topics(session, make.person(session, consents=(PurposeCode.REGISTRY,))) == set()


def test_law_lets_nobody_be_invited(session: Session) -> None:
    assert CAMPAIGNS not in topics(session, make.person(session, by_law=True))


def test_what_was_stopped_is_not_written_until_it_is_allowed_again(session: Session) -> None:
    person = make.person(session, consents=EVERYTHING)
    assert stop_letters(session, person, CAMPAIGNS, StopWay.LINK, by=None, at=AT)
    assert not stop_letters(session, person, CAMPAIGNS, StopWay.PAGE, by=None, at=AT)
    assert topics(session, person) == {OFFERS, MESSAGES}
    assert stopped_topics(session, person) == {CAMPAIGNS}
    assert allow_letters(session, person, CAMPAIGNS, by=None, at=AT)
    assert not allow_letters(session, person, CAMPAIGNS, by=None, at=AT)
    assert topics(session, person) == set(LetterTopic)


def test_a_pause_leaves_the_messages_of_those_one_talks_to(session: Session) -> None:
    paused = AvailabilityDraft(TODAY, state=AvailabilityState.PAUSED, paused_until=TODAY + timedelta(days=9))
    person = make.person(session, consents=EVERYTHING, availability=paused)
    assert topics(session, person) == {MESSAGES}
    later = TODAY + timedelta(days=10)
    assert may_write(session, person, CAMPAIGNS, on=later)


def test_many_are_asked_about_at_once(session: Session) -> None:
    yes, no = make.person(session, consents=EVERYTHING), make.person(session, consents=EVERYTHING[:1])
    gone = make.person(session, consents=EVERYTHING, state=PersonState.WITHDRAWN)
    ids = [yes.id, no.id, gone.id, 987_654]
    assert who_may_be_written(session, ids, CAMPAIGNS, on=TODAY) == {yes.id}
    assert who_may_be_written(session, [], CAMPAIGNS, on=TODAY) == frozenset()


def test_a_mark_says_whom_and_what_and_nothing_else_is_one(session: Session) -> None:
    person = make.person(session)
    marks = {stop_mark(session, person.public_id, one): one for one in LetterTopic}
    for mark, topic in marks.items():
        said = read_stop_mark(session, mark)
        assert said is not None
        assert said == StopMark(person.public_id, topic)
        assert stopper(session, StopMark(person.public_id, topic)) is person
        assert mark.isascii()
        assert mark.isalnum()
    mark = next(iter(marks))
    other = make.person(session)
    forged = [
        "",
        "c",
        f"o{mark[1:]}",
        mark[:-1],
        mark + "0",
        mark.upper(),
        mark[0] + other.public_id + mark[27:],
        "c" + person.public_id + "0" * 32,
        "c" + person.public_id + "é" * 32,
    ]
    assert [one for one in forged if read_stop_mark(session, one) is not None] == []


@pytest.mark.parametrize("state", [PersonState.ERASED])
def test_whoever_was_erased_stops_nothing(session: Session, state: PersonState) -> None:
    person = make.person(session)
    person.state = state
    session.flush()
    assert stopper(session, StopMark(person.public_id, CAMPAIGNS)) is None
