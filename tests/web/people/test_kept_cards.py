"""What cards show of people stays in memory until the person changes, and never passes for facts of another moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.people.models import ChangeCounter, Person, SkillClaim
from registry.people.queries import PersonCard, kept_cards, person_cards
from registry.people.rules import EvidenceState
from registry.skills.models import Skill
from registry.skills.operations.changes import new_version
from tests.factories.candidates import TODAY, candidate, set_evidence


@pytest.fixture
def person(session: Session) -> Person:
    """Somebody in a session that has a memory, as those of a served database have."""
    session.info["memory"] = {}
    made = candidate(session, "Lò Văn Chiến", ("IT15", 3))
    session.commit()
    return made


def card(session: Session, person: Person) -> PersonCard:
    return person_cards(session, [person], on=TODAY)[0]


def levels(shown: PersonCard) -> list[int | None]:
    return [line.claim.level for line in shown.skills]


def test_who_has_not_changed_is_not_read_again(
    session: Session, person: Person, claims_read: Callable[[], int]
) -> None:
    first, again = card(session, person), card(session, person)
    assert first == again
    assert claims_read() == 1


def test_who_changed_is_read_again_and_nobody_else(
    session: Session, person: Person, claims_read: Callable[[], int]
) -> None:
    other = candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    person_cards(session, [person, other], on=TODAY)
    session.scalars(select(SkillClaim).where(SkillClaim.person_id == person.id)).one().level = 5
    session.commit()
    claims_read()
    assert levels(card(session, other)) == [2]
    assert claims_read() == 0
    assert levels(card(session, person)) == [5]
    assert claims_read() == 1


def test_what_is_not_saved_yet_counts_and_is_not_kept(session: Session, person: Person) -> None:
    card(session, person)
    with session.begin_nested() as undone:
        session.scalars(select(SkillClaim).where(SkillClaim.person_id == person.id)).one().level = 1
        assert levels(card(session, person)) == [1]
        undone.rollback()
    assert levels(card(session, person)) == [3]


def test_evidence_that_runs_out_overnight_is_seen(session: Session, person: Person) -> None:
    set_evidence(session, person, EvidenceState.VERIFIED, until=TODAY)
    session.commit()
    assert card(session, person).evidence is EvidenceState.VERIFIED
    tomorrow = person_cards(session, [person], on=TODAY + timedelta(days=1))[0]
    assert tomorrow.evidence is EvidenceState.EXPIRED


def test_a_concept_that_is_renamed_is_shown_so(session: Session, person: Person) -> None:
    card(session, person)
    session.execute(update(Skill).where(Skill.code == "IT15").values(vi="Tên mới"))
    new_version(session)
    session.commit()
    assert [line.label for line in card(session, person).skills] == ["Tên mới"]


def test_a_database_put_back_to_an_older_one_is_read_anew(session: Session, person: Person) -> None:
    other = candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    person_cards(session, [person, other], on=TODAY)
    table: Any = SkillClaim.__table__
    session.connection().execute(update(table).where(table.c.person_id == person.id).values(level=4))
    session.connection().execute(update(ChangeCounter).values(n=ChangeCounter.n - 1))
    session.expire_all()
    assert levels(card(session, person)) == [4]


def test_no_more_than_so_many_are_kept(
    session: Session, person: Person, claims_read: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_cards, "MOST_KEPT", 1)
    other = candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    card(session, person)
    card(session, other)
    claims_read()
    card(session, other)
    assert claims_read() == 0
    card(session, person)
    assert claims_read() == 1
