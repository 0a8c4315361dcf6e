"""Facts of who changed since a snapshot are read once, and never pass for facts of another moment."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Scope, Viewer
from registry.consents.rules import Channel, PurposeCode
from registry.matching.engine.facts import PersonFacts
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.queries import kept_facts, left_people
from registry.matching.queries.files import index_folder, use_snapshot, write_snapshot
from registry.matching.queries.kept_facts import shown_facts
from registry.matching.queries.left_people import left_facts
from registry.matching.queries.people import Reads, person_facts
from registry.matching.queries.snapshots import Opened, opened
from registry.people.models import ChangeCounter, Person, SkillClaim
from registry.people.operations import withdraw_consent
from registry.people.queries import Reached
from registry.people.rules import EvidenceState, LanguageDraft
from registry.skills.models import Skill
from registry.skills.rules import SkillState
from tests.factories.candidates import TODAY, accepts, candidate, free_from, set_evidence, studied, worked
from tests.factories.people import AT

EVERYBODY = Viewer.installation()


def build(session: Session, folder: Path) -> None:
    """A snapshot of today in use."""
    session.commit()
    snapshot = make_snapshot(session, TODAY)
    index_folder(folder).mkdir(exist_ok=True)
    write_snapshot(index_folder(folder), snapshot)
    record_snapshot(session, snapshot, at=AT)
    session.commit()
    use_snapshot(index_folder(folder), snapshot.version)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    """Every test begins as a process that has read nobody."""
    kept: dict[Any, Any] = {}
    monkeypatch.setattr(left_people, "_places", kept)
    return kept


@pytest.fixture
def left(session: Session, tmp_path: Path) -> Person:
    """Somebody with facts of every kind, entered after the snapshot was made."""
    session.info["folder"] = tmp_path
    build(session, tmp_path)
    person = candidate(
        session,
        "Lò Văn Chiến",
        ("IT15", 3),
        ("IT01", None),
        experience=(worked(2015, None),),
        education=(studied(4),),
        languages=(LanguageDraft("en", 3),),
        availability=free_from(TODAY),
        places=accepts("VN/12/"),
    )
    session.commit()
    return person


def reads(session: Session, *codes: str) -> Reads:
    """Everything, of the claims those on these concepts."""
    rows = session.execute(select(Skill.id, Skill.code).where(Skill.code.in_(codes)))
    return Reads({row.id: row.code for row in rows})


def open_index(session: Session, on: date = TODAY) -> Opened:
    found = opened(session, on)
    assert found is not None
    return found


def given(session: Session, viewer: Viewer = EVERYBODY, on: date = TODAY, **asked: Any) -> list[PersonFacts]:
    """What is given of those left, which is what the formula would read for itself."""
    found = open_index(session, on)
    wanted = asked.pop("reads", None) or reads(session, "IT15", "IT01")
    facts = left_facts(session, viewer, wanted, on, found)
    plain = person_facts(session, viewer, wanted, on, only=found.left_people)
    assert [_in_order(one) for one in facts] == [_in_order(one) for one in plain]
    return facts


def _in_order(one: PersonFacts) -> PersonFacts:
    return replace(one, skills=tuple(sorted(one.skills, key=lambda claim: claim.id)))


def test_who_has_not_changed_again_is_not_read_again(
    session: Session, left: Person, claims_read: Callable[[], int]
) -> None:
    first = left_facts(session, EVERYBODY, reads(session, "IT15", "IT01"), TODAY, open_index(session))
    assert [one.public_id for one in first] == [left.public_id]
    assert claims_read() == 1
    again = left_facts(session, EVERYBODY, reads(session, "IT15", "IT01"), TODAY, open_index(session))
    assert again == first
    assert claims_read() == 0


def test_who_changes_again_is_read_again_and_nobody_else(session: Session, left: Person) -> None:
    other = candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    given(session)
    session.scalars(select(SkillClaim).where(SkillClaim.person_id == other.id)).one().level = 5
    session.commit()
    read: list[int] = []
    ids_of = kept_facts.ids_of

    def ids_told(session: Session, rows: Collection[Any]) -> Any:
        read.extend(one.id for one in rows)
        return ids_of(session, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_facts, "ids_of", ids_told)
        found = left_facts(session, EVERYBODY, reads(session, "IT15"), TODAY, open_index(session))
    ranks = {one.public_id: [claim.rank for claim in one.skills] for one in found}
    assert read == [other.id]
    assert ranks[other.public_id] == [5]


@pytest.mark.parametrize("part", ["experience", "education", "languages", "availability", "places"])
def test_a_need_is_given_what_it_reads(session: Session, left: Person, part: str) -> None:
    given(session)
    narrow = replace(reads(session, "IT15"), **{part: False})
    facts = given(session, reads=narrow)[0]
    assert not getattr(facts, part)
    assert [one.skill for one in facts.skills] == ["IT15"]
    assert len(given(session)[0].skills) == 2


def test_a_consent_withdrawn_or_a_scope_counts_at_once(session: Session, left: Person) -> None:
    assert len(given(session)) == 1
    assert given(session, Viewer(1, frozenset(), (Scope("VN/01/", ""),))) == []
    withdraw_consent(session, left, PurposeCode.MATCHING, channel=Channel.PAPER, reason="", by=None, at=AT)
    session.commit()
    assert given(session) == []


def test_changes_that_are_not_committed_are_given_and_not_kept(
    session: Session, left: Person, nothing_kept: dict[Any, Any]
) -> None:
    given(session)
    claim = session.scalars(
        select(SkillClaim).where(SkillClaim.person_id == left.id, SkillClaim.level == 3)
    ).one()
    savepoint = session.begin_nested()
    claim.level = 6
    assert {one.rank for one in given(session)[0].skills} == {6, None}
    savepoint.rollback()
    assert {one.rank for one in given(session)[0].skills} == {3, None}
    claim.level = 5
    assert {one.rank for one in given(session)[0].skills} == {5, None}
    held = [one for place in nothing_kept.values() for _n, one in place.people.values()]
    assert {claim.rank for one in held for claim in one.facts.skills} == {3, None}


def test_a_concept_merged_meanwhile_is_given_by_its_new_code(session: Session, left: Person) -> None:
    given(session)
    old, new = (session.scalars(select(Skill).where(Skill.code == code)).one() for code in ("IT15", "IT16"))
    old.state, old.merged_into_id = SkillState.MERGED, new.id
    session.commit()
    facts = given(session, reads=Reads({old.id: "IT16", new.id: "IT16"}))
    assert [one.skill for one in facts[0].skills] == ["IT16"]


def test_evidence_that_runs_out_counts_on_its_day(session: Session, left: Person) -> None:
    set_evidence(session, left, EvidenceState.VERIFIED, until=TODAY)
    session.commit()
    for on, state in ((TODAY, "verified"), (TODAY + timedelta(1), "expired"), (TODAY, "verified")):
        assert {one.evidence for one in given(session, on=on)[0].skills} == {state}


def test_a_change_of_everybody_and_a_new_snapshot_begin_anew(
    session: Session, left: Person, tmp_path: Path, claims_read: Callable[[], int]
) -> None:
    given(session)
    build(session, tmp_path)
    session.get_one(Person, left.id).unit_path = "VN/01/"
    session.commit()
    claims_read()
    given(session)
    assert claims_read() == 2  # once by each way


def test_an_older_database_in_the_same_place_is_read_anew(session: Session, left: Person) -> None:
    """As after a restore: the numbers of changes begin again from an earlier one."""
    candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    given(session)
    session.execute(update(SkillClaim).values(level=1), execution_options={"people_noted": True})
    session.scalars(select(ChangeCounter)).one().n -= 1
    session.commit()
    assert {claim.rank for one in given(session) for claim in one.skills} == {1}


def test_what_changed_while_it_was_read_is_not_kept(
    session: Session, left: Person, monkeypatch: pytest.MonkeyPatch, nothing_kept: dict[Any, Any]
) -> None:
    now = kept_facts.reached(session)
    told = iter([Reached(now.n + 1, now.told_from)])
    any_session: Callable[[Session], Reached] = lambda _session: next(told)  # noqa: E731 - one line
    monkeypatch.setattr(kept_facts, "reached", any_session)
    given(session)
    assert [place.people for place in nothing_kept.values()] == [{}]


def test_no_more_people_are_kept_than_there_is_room_for(
    session: Session, left: Person, monkeypatch: pytest.MonkeyPatch, nothing_kept: dict[Any, Any]
) -> None:
    monkeypatch.setattr(left_people, "MOST_KEPT", 2)
    for number in range(3):
        candidate(session, f"Vàng A {number}", ("IT15", number))
        session.commit()
        assert len(given(session)) == number + 2
    assert [len(place.people) for place in nothing_kept.values()] == [2]
    for days in range(3):
        given(session, on=TODAY + timedelta(days))
    assert len(nothing_kept) == 2


def test_who_is_gone_is_forgotten(session: Session, left: Person, nothing_kept: dict[Any, Any]) -> None:
    candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    given(session)
    gone = left.id
    session.delete(left)
    session.commit()
    given(session)
    assert gone not in next(iter(nothing_kept.values())).people


# --- the people a ranking shows ---------------------------------------------------------------------------


def shown(session: Session, *people: Person, viewer: Viewer = EVERYBODY) -> list[PersonFacts]:
    """What is given of people shown, which is what the formula would read for itself."""
    ids, wanted = [one.public_id for one in people], reads(session, "IT15", "IT01")
    facts = shown_facts(session, viewer, wanted, TODAY, ids)
    plain = person_facts(session, viewer, wanted, TODAY, only=Person.public_id.in_(ids))
    assert [_in_order(one) for one in facts] == [_in_order(one) for one in plain]
    return facts


def test_people_shown_are_read_when_they_change_and_not_again(
    session: Session, left: Person, claims_read: Callable[[], int]
) -> None:
    session.info["memory"] = {}
    other = candidate(session, "Vàng A Páo", ("IT15", 2))
    session.commit()
    shown(session, left, other)
    claims_read()
    shown(session, left, other)
    assert claims_read() == 1  # by the comparison alone
    session.scalars(select(SkillClaim).where(SkillClaim.person_id == other.id)).one().level = 5
    session.commit()
    ranks = {one.public_id: [claim.rank for claim in one.skills] for one in shown(session, left, other)}
    assert ranks[other.public_id] == [5]


def test_who_may_be_matched_is_asked_anew_of_people_shown(session: Session, left: Person) -> None:
    session.info["memory"] = {}
    shown(session, left)
    assert shown(session, left, viewer=Viewer(None, EVERYBODY.permissions, (Scope("VN/99/"),))) == []
    withdraw_consent(session, left, PurposeCode.MATCHING, channel=Channel.PAPER, reason="", by=None, at=AT)
    session.commit()
    assert shown(session, left) == []
