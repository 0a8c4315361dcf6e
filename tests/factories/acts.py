"""Everything that can happen to a registry and to its index, one function each; every one ends its transaction."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.consents.models import Consent, Purpose
from registry.consents.rules import PURPOSE_BITS, PurposeCode, bits_of
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.queries.files import index_folder, use_snapshot, write_snapshot
from registry.people.models import (
    Availability,
    Education,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.rules import (
    AvailabilityState,
    EvidenceState,
    LegalBasis,
    PersonState,
)
from registry.skills.models import Skill, SkillRelation
from registry.skills.rules import RelationKind, SkillState
from tests.factories.crowds import UNITS
from tests.factories.telling import WRITERS
from tests.factories.worlds import OFFICES, World, related_concepts


def begin_world(session: Session, folder: Path, seed: int, people: int = 12) -> World:
    """A registry of some people on the concepts around one, without an index yet."""
    session.info["folder"] = folder
    chance = random.Random(seed)
    today = date(2026, 11, 25) + timedelta(days=chance.randrange(-400, 400))
    world = World(session, folder, chance, today, related_concepts(session))
    for _ in range(people):
        add_person(world)
    return world


def add_person(world: World) -> None:
    """Somebody new, with whatever was stated."""
    facts = world.crowd().person("")
    by_law = world.perhaps(0.3)
    person = Person(
        code=f"W{world.chance.randrange(10**12)}",
        legal_basis=LegalBasis.LAW if by_law else LegalBasis.CONSENT,
        state=PersonState.PENDING if world.perhaps(0.1) else PersonState.ACTIVE,
        full_name="Lò Văn Chiến",
        unit_path=facts.unit_path or "",
        organisation_path=world.chance.choice(OFFICES),
    )
    world.session.add(person)
    world.session.flush()
    if not by_law:
        world.consent(person, PurposeCode.REGISTRY)
        if world.perhaps(0.9):
            world.consent(person, PurposeCode.MATCHING)
    for kind in WRITERS:
        world.write(kind, person, facts)
    world.session.commit()


def restate(world: World) -> None:
    """A person says something else about one kind of facts."""
    person = world.someone()
    if person is not None:
        world.restate(person, world.chance.choice(list(WRITERS)))
        world.session.commit()


def save_twice(world: World) -> None:
    """The same person is saved, and saved again."""
    person = world.someone()
    if person is not None:
        for _ in range(2):
            world.restate(person, world.chance.choice(list(WRITERS)))
            world.session.commit()


def give_up_saving(world: World) -> None:
    """What was written is rolled back; a part of it, or all."""
    person = world.someone()
    if person is None:
        return
    if world.perhaps(0.5):
        savepoint = world.session.begin_nested()
        world.restate(person, SkillClaim)
        savepoint.rollback()
        world.restate(person, Education)
        world.session.commit()
        return
    world.restate(person, SkillClaim)
    world.session.rollback()


def edit_in_place(world: World) -> None:
    """A row gets another value: a level, evidence and how long it counts, the state or the office of a record."""
    person = world.someone()
    if person is None:
        return
    edit = world.chance.choice((_edit_claim, _edit_state, _edit_office, _edit_education, _edit_language))
    edit(world, person)
    world.session.commit()


def edit_many(world: World) -> None:
    """A statement that writes rows of several people."""
    skill = world.chance.choice(list(world.skills))
    level = world.chance.randint(0, 6)
    world.session.execute(
        update(SkillClaim).where(SkillClaim.skill_id == skill).values(level=level),
        execution_options={"synchronize_session": "fetch"},
    )
    world.session.commit()


def remove_person(world: World) -> None:
    """A record is erased with everything that belongs to it."""
    person = world.someone()
    if person is None or person.merged_into_id is not None:
        return
    for other in world.session.scalars(select(Person).where(Person.merged_into_id == person.id)):
        world.session.delete(other)
    world.session.flush()
    world.session.delete(person)
    world.session.commit()


def merge_people(world: World) -> None:
    """One record becomes another; claims the other lacks move over."""
    one, other = world.someone(), world.someone()
    if one is None or other is None or one is other or one.state is PersonState.MERGED:
        return
    theirs = {claim.skill_id for claim in world.open_claims(other)}
    for claim in world.open_claims(one):
        if claim.skill_id not in theirs:
            claim.person = other
            claim.person_id = other.id
    one.state, one.merged_into_id = PersonState.MERGED, other.id
    world.session.commit()


def merge_concepts(world: World) -> None:
    """A concept becomes another, or becomes itself again."""
    one = world.session.get_one(Skill, world.chance.choice(list(world.skills)))
    other = world.session.get_one(Skill, world.chance.choice(list(world.skills)))
    if one.merged_into_id is not None:
        one.state, one.merged_into_id = SkillState.ACTIVE, None
    elif one is not other and not world.leads_to(other, one):
        one.state, one.merged_into_id = SkillState.MERGED, other.id
    world.session.commit()


def relate_concepts(world: World) -> None:
    """Two concepts come to be alike, or no longer are."""
    one, other = world.chance.sample(list(world.skills), 2)
    pair = (SkillRelation.skill_id == one) & (SkillRelation.other_id == other)
    found = world.session.scalars(select(SkillRelation).where(pair)).one_or_none()
    if found is not None:
        world.session.delete(found)
    else:
        broader = RelationKind.BROADER if one < other else RelationKind.RELATED
        world.session.add(SkillRelation(skill_id=one, kind=broader, other_id=other))
    world.session.commit()


def withdraw(world: World) -> None:
    """A consent ends, or is given again."""
    person = world.someone()
    if person is None:
        return
    purpose = world.chance.choice((PurposeCode.REGISTRY, PurposeCode.MATCHING))
    standing = world.session.scalars(
        select(Consent).where(
            Consent.person_id == person.id,
            Consent.withdrawn_at.is_(None),
            Consent.purpose.has(Purpose.code == purpose),
        )
    ).one_or_none()
    if standing is None:
        world.consent(person, purpose)
    else:
        standing.withdrawn_at = max(world.at(), standing.given_at)
    world.session.commit()


def close_uses(world: World) -> None:
    """Somebody has uses of the record closed, or opened again."""
    person = world.someone()
    if person is None:
        return
    everything = bits_of(PurposeCode)
    matching, keeping = PURPOSE_BITS[PurposeCode.MATCHING], PURPOSE_BITS[PurposeCode.REGISTRY]
    person.closed_purposes = world.chance.choice((0, everything, matching, everything - keeping))
    world.session.commit()


def ask_everybody_anew(world: World) -> None:
    """A notice changes so much that earlier consents no longer count; or it turns out that it did not."""
    purpose = world.session.scalars(select(Purpose).where(Purpose.code == PurposeCode.MATCHING)).one()
    purpose.counts_from_version = 1 if purpose.counts_from_version > 1 else 2
    world.session.commit()


def pause(world: World) -> None:
    """Somebody pauses, with or without an end."""
    person = world.someone()
    if person is None:
        return
    world.end_statement(person)
    until = None if world.perhaps(0.2) else world.day(-3, 8)
    world.session.add(
        Availability(
            person_id=person.id,
            state=AvailabilityState.PAUSED,
            from_on=world.day(-30, 30) if world.perhaps(0.5) else None,
            paused_until=until,
            stated_on=world.day(-20, 0),
        )
    )
    world.session.commit()


def resume(world: World) -> None:
    """Somebody who paused says they are free again, or takes back what was said."""
    paused = world.session.scalars(
        select(Availability)
        .where(Availability.ended_on.is_(None), Availability.state == AvailabilityState.PAUSED)
        .order_by(Availability.id)
    ).all()
    if not paused:
        return
    person = world.session.get_one(Person, world.chance.choice(paused).person_id)
    world.end_statement(person)
    if world.perhaps(0.7):
        world.write(Availability, person, world.crowd().person(""))
    world.session.commit()


def tick(world: World) -> None:
    """Days go by."""
    world.today += timedelta(days=world.chance.choice((1, 1, 1, 2, 5, 40)))


def begin_build(world: World) -> None:
    """A snapshot is read; it is not in use yet."""
    world.pending = make_snapshot(world.session, world.today)


def end_build(world: World) -> None:
    """The snapshot that was read goes into use, whatever has happened since."""
    if world.pending is None:
        begin_build(world)
    assert world.pending is not None
    folder = index_folder(world.folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_snapshot(folder, world.pending)
    record_snapshot(world.session, world.pending, at=world.at())
    world.session.commit()
    use_snapshot(folder, world.pending.version)
    world.pending = None


def crash_while_building(world: World) -> None:
    """The files are written, and then the process ends."""
    folder = index_folder(world.folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_snapshot(folder, make_snapshot(world.session, world.today))


def _edit_claim(world: World, person: Person) -> None:
    for claim in world.open_claims(person)[:2]:
        claim.level = world.chance.choice((None, *range(7)))
        claim.evidence_state = world.chance.choice(list(EvidenceState))
        claim.evidence_until = world.day(-3, 6)
        claim.needs_confirmation = world.perhaps(0.2)


def _edit_state(world: World, person: Person) -> None:
    if person.state is not PersonState.MERGED:
        person.state = world.chance.choice((PersonState.ACTIVE, PersonState.ACTIVE, PersonState.WITHDRAWN))


def _edit_office(world: World, person: Person) -> None:
    person.unit_path = world.chance.choice(("", *UNITS))
    person.organisation_path = world.chance.choice(OFFICES)


def _edit_education(world: World, person: Person) -> None:
    for row in world.session.scalars(select(Education).where(Education.person_id == person.id)):
        row.is_completed = not row.is_completed
        row.to_on = world.day(-3, 6)


def _edit_language(world: World, person: Person) -> None:
    mine = (LanguageClaim.person_id == person.id, LanguageClaim.valid_to.is_(None))
    for row in world.session.scalars(select(LanguageClaim).where(*mine)):
        row.rank = world.chance.choice((None, *range(7)))


ACTS: dict[str, tuple[Callable[[World], None], int]] = {
    "add_person": (add_person, 3),
    "restate": (restate, 6),
    "save_twice": (save_twice, 2),
    "give_up_saving": (give_up_saving, 1),
    "edit_in_place": (edit_in_place, 6),
    "edit_many": (edit_many, 1),
    "remove_person": (remove_person, 1),
    "merge_people": (merge_people, 1),
    "merge_concepts": (merge_concepts, 2),
    "relate_concepts": (relate_concepts, 1),
    "withdraw": (withdraw, 3),
    "close_uses": (close_uses, 3),
    "ask_everybody_anew": (ask_everybody_anew, 1),
    "pause": (pause, 3),
    "resume": (resume, 2),
    "tick": (tick, 3),
    "begin_build": (begin_build, 3),
    "end_build": (end_build, 6),
    "crash_while_building": (crash_while_building, 1),
}
"""Everything that can happen, and how often it does beside the rest."""
