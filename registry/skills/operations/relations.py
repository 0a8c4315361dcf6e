"""Relations a curator adds and takes away: broader links without a circle, related pairs in both directions."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.skills.models import Skill, SkillChange, SkillRelation, WithheldRelation
from registry.skills.operations.changes import keep_change, lock_vocabulary
from registry.skills.operations.errors import AlreadyRelated, SameConcept, WouldCircle
from registry.skills.operations.labels import check_active
from registry.skills.operations.ledger import Ledger
from registry.skills.rules import ChangeKind, RelationKind, would_circle


def add_relation(
    session: Session, skill: Skill, other: Skill, kind: RelationKind, *, by: int | None, at: datetime
) -> SkillChange:
    """Say that `other` is broader than the concept, or related to it.

    Raises SameConcept, NotActive, AlreadyRelated, and WouldCircle for a broader link that leads round.
    """
    lock_vocabulary(session)
    check_active(skill, other)
    if skill.id == other.id:
        raise SameConcept
    if relations_between(session, skill, other):
        raise AlreadyRelated
    if kind is RelationKind.BROADER and would_circle(broader_links(session), skill.id, other.id):
        raise WouldCircle
    ledger = Ledger(session)
    ledger.add(SkillRelation(skill_id=skill.id, kind=kind, other_id=other.id, is_local=True))
    if kind is RelationKind.RELATED:
        ledger.add(SkillRelation(skill_id=other.id, kind=kind, other_id=skill.id, is_local=True))
    return keep_change(
        session, ChangeKind.RELATION_ADDED, ledger, skill=skill, other=other, words=kind.value, by=by, at=at
    )


def remove_relation(
    session: Session, skill: Skill, other: Skill, *, by: int | None, at: datetime
) -> SkillChange | None:
    """Take away what relates the two, for upgrades too; None when nothing does."""
    lock_vocabulary(session)
    ledger = Ledger(session)
    found = relations_between(session, skill, other)
    for relation in found:
        if not relation.is_local:
            withhold_relation(ledger, relation)
        ledger.remove(relation)
    if not found:
        return None
    kind = found[0].kind
    return keep_change(
        session, ChangeKind.RELATION_REMOVED, ledger, skill=skill, other=other, words=kind.value, by=by, at=at
    )


def withhold_relation(ledger: Ledger, relation: SkillRelation) -> None:
    """Keep a shipped relation from coming back with an upgrade."""
    known = select(WithheldRelation.id).where(
        WithheldRelation.skill_id == relation.skill_id, WithheldRelation.other_id == relation.other_id
    )
    if ledger.session.scalar(known) is None:
        ledger.add(
            WithheldRelation(skill_id=relation.skill_id, kind=relation.kind, other_id=relation.other_id)
        )


def relations_between(session: Session, one: Skill, other: Skill) -> list[SkillRelation]:
    """The relations of two concepts in either direction."""
    pair = (one.id, other.id)
    found = session.scalars(
        select(SkillRelation)
        .where(SkillRelation.skill_id.in_(pair), SkillRelation.other_id.in_(pair))
        .order_by(SkillRelation.id)
    )
    return list(found)


def relations_around(session: Session, skill: Skill) -> list[SkillRelation]:
    """All relations a concept stands in, from it and to it."""
    found = session.scalars(
        select(SkillRelation)
        .where(or_(SkillRelation.skill_id == skill.id, SkillRelation.other_id == skill.id))
        .order_by(SkillRelation.id)
    )
    return list(found)


def broader_links(session: Session) -> dict[int, list[int]]:
    """Concept → the broader ones, by ids."""
    links: dict[int, list[int]] = defaultdict(list)
    rows = session.execute(
        select(SkillRelation.skill_id, SkillRelation.other_id).where(
            SkillRelation.kind == RelationKind.BROADER
        )
    )
    for narrow, broad in rows:
        links[narrow].append(broad)
    return links
