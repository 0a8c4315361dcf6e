"""How far the reads of people reach: not beyond the scope, not to the name of who is anonymous, not to rows of others."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.consents.queries import consent_history, standing_consent, standing_consents
from registry.consents.rules import PurposeCode
from registry.people.models import Evidence, Person, SkillClaim
from registry.people.operations import add_entry, attach_evidence
from registry.people.queries import (
    anonymous_name,
    comes_from,
    display_name,
    get_of_office,
    get_survivor,
    is_matchable,
    likely_same,
    lives_inside,
    may_be_named,
    named_condition,
    named_like,
    people_by_code,
    people_with_codes,
    people_with_emails,
    people_with_external_ids,
    person_with_identity,
    profile_of,
    submitted_before,
    told_in_text,
    waiting_evidence,
)
from registry.people.queries.details import affinities_of
from registry.people.queries.holding import claim_counts, claim_owners
from registry.people.rules import (
    AffinityDraft,
    AffinityKind,
    ContactDraft,
    ContactKind,
    EvidenceDraft,
    IdentityDraft,
    IdentityKind,
    PersonState,
    PlaceDraft,
    SelfDraft,
    SkillDraft,
)
from registry.people.rules.full_text import asked_text
from registry.places.models import AdministrativeUnit
from registry.skills.models import Skill
from registry.skills.queries import Wanted
from tests.factories import people as make
from tests.factories.people import ANONYMOUS, AT, NAMED, TODAY

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
OFFICER = Viewer(None, frozenset(Permission), (Scope(HERE),))
# Reads people of the one place, and runs the system of the whole country, where people are none of their business.
TWO_ROLES = Viewer.of_grants(7, [Grant(Role.OFFICER, Scope(HERE)), Grant(Role.SYSTEM_ADMIN, Scope())])


@dataclass(frozen=True)
class World:
    """Three people with one skill: out of reach, in reach but anonymous, in reach and named."""

    far: Person
    shy: Person
    near: Person
    skill: Skill


@pytest.fixture
def world(session: Session) -> World:
    skill = session.scalars(select(Skill).order_by(Skill.id)).first()
    unit = session.scalars(select(AdministrativeUnit).where(AdministrativeUnit.path == HERE)).one()
    assert skill is not None
    at_home = PlaceDraft("Lai Châu", unit.id, HERE)
    made = [
        make.person(
            session,
            name,
            consents=consents,
            unit_path=path,
            about=SelfDraft(name, origin=at_home, residence=at_home, summary="Từng xây thủy điện"),
            external_id=f"CB-{number}",
            submission_key=f"form-{number}",
            contacts=(ContactDraft(ContactKind.EMAIL, f"n{number}@vidu.vn"),),
            identities=(IdentityDraft(IdentityKind.CCCD, f"00118800000{number}"),),
            skills=(SkillDraft(skill.vi, skill.id, level=3),),
        )
        for number, (name, path, consents) in enumerate(
            [("Đỗ Xa", THERE, NAMED), ("Lò Kín", HERE, ANONYMOUS), ("Vàng Gần", HERE, NAMED)]
        )
    ]
    far, shy, near = made
    return World(far, shy, near, skill)


def where(session: Session, condition: ColumnElement[bool]) -> set[str]:
    """The names of everybody a condition is true of."""
    return set(session.scalars(select(Person.full_name).where(condition)))


def test_what_says_who_somebody_is_finds_only_named_people(session: Session, world: World) -> None:
    asked = asked_text("thủy điện")
    assert asked is not None
    for condition in (
        named_condition(OFFICER),
        lives_inside(OFFICER, HERE),
        comes_from(OFFICER, HERE),
        told_in_text(OFFICER, asked),
    ):
        assert where(session, condition) == {"Vàng Gần"}
    for one in (world.shy, world.far):
        assert where(session, named_like(OFFICER, one.full_name)) == set()
        assert not may_be_named(one, OFFICER)
        assert display_name(one, OFFICER) == anonymous_name(one)


def test_identifiers_lead_to_nobody_out_of_reach(session: Session, world: World) -> None:
    everybody = (world.far, world.shy, world.near)
    codes = people_with_codes(session, OFFICER, [one.code for one in everybody], on=TODAY)
    assert set(codes) == {world.shy.code, world.near.code}
    ids = people_with_external_ids(session, OFFICER, ["CB-0", "CB-1", "CB-2"], on=TODAY)
    assert ids == {"CB-2": [world.near]}
    emails = people_with_emails(session, OFFICER, [f"n{number}@vidu.vn" for number in range(3)], on=TODAY)
    assert emails == {"n2@vidu.vn": [world.near]}
    holders = [
        person_with_identity(session, OFFICER, IdentityKind.CCCD, f"00118800000{number}", on=TODAY)
        for number in range(3)
    ]
    assert holders == [None, world.shy, world.near]
    before = [submitted_before(session, OFFICER, f"form-{number}", on=TODAY) for number in range(3)]
    assert before == [None, world.shy, world.near]
    asked = [ContactDraft(ContactKind.EMAIL, f"n{number}@vidu.vn") for number in range(3)]
    assert list(likely_same(session, OFFICER, SelfDraft("Không ai"), asked, on=TODAY)) == [world.near]


def test_records_out_of_reach_are_neither_matched_nor_listed_nor_led_to(
    session: Session, world: World
) -> None:
    assert not is_matchable(session, OFFICER, world.far, on=TODAY)
    assert is_matchable(session, OFFICER, world.near, on=TODAY)
    assert set(people_by_code(session, OFFICER, on=TODAY)) == {world.shy, world.near}
    assert get_of_office(session, OFFICER, world.far.code) is None
    world.near.state, world.near.merged_into_id = PersonState.MERGED, world.far.id
    session.flush()
    assert get_survivor(session, OFFICER, world.near.code, on=TODAY) is None
    assert get_survivor(session, Viewer.installation(), world.near.code, on=TODAY) is world.far


def test_holders_of_a_skill_are_counted_and_named_where_people_may_be_read(
    session: Session, world: World
) -> None:
    for viewer in (OFFICER, TWO_ROLES):
        assert claim_counts(session, viewer, {world.skill.id: world.skill.id}, TODAY) == {world.skill.id: 2}
        owners = claim_owners(session, viewer, Wanted(skill_ids=frozenset({world.skill.id})), TODAY)
        assert (owners.total, owners.seen) == (3, 2)
        assert {one.words for one in owners.first} == {anonymous_name(world.shy), "Vàng Gần"}


def test_a_record_holds_the_rows_of_its_own_person(session: Session, world: World) -> None:
    for one in (world.far, world.near):
        claim = make.only(session, SkillClaim, one)
        attach_evidence(session, one, [claim], EvidenceDraft(one.code, "link"), by=None, at=AT)
        add_entry(session, one, AffinityDraft(AffinityKind.FAMILY, one.code), by=None, at=AT)
    session.flush()
    assert [row.title for row in profile_of(session, world.near, on=TODAY).evidence] == [world.near.code]
    assert [row.place_text for row in affinities_of(session, world.near.id)] == [world.near.code]
    assert standing_consent(session, world.shy.id, PurposeCode.CONTACT) is None
    assert standing_consents(session, world.shy.id, [PurposeCode.CONTACT]) == []
    assert {one.person_id for one in consent_history(session, world.shy.id)} == {world.shy.id}


def test_papers_of_anonymous_people_wait_behind_all_others(session: Session, world: World) -> None:
    for later, one in enumerate((world.shy, world.near)):
        claim = make.only(session, SkillClaim, one)
        at = AT + timedelta(hours=later)
        attach_evidence(session, one, [claim], EvidenceDraft(f"Giấy {later}", "link"), by=None, at=at)
    session.flush()
    first = session.scalars(select(Evidence).where(Evidence.person_id == world.shy.id)).one()
    assert first.title == "Giấy 0"
    rows = waiting_evidence(session, OFFICER, 1, on=TODAY).rows
    assert [row.person for row in rows] == [world.near, world.shy]


def test_who_let_one_viewer_know_the_name_stays_anonymous_to_others(world: World) -> None:
    told = replace(OFFICER, introduced=frozenset({world.shy.public_id, world.far.public_id}))
    assert [may_be_named(one, told) for one in (world.shy, world.far)] == [True, False]
