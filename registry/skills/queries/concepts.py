"""Concepts: found by their codes and ids, listed, and what lies around one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.skills.models import Skill, SkillLabel, SkillRelation
from registry.skills.rules import RelationKind, Sector, SkillState
from registry.text import match_key


def skill_by_code(session: Session, code: str) -> Skill | None:
    """The concept with this code, in any state."""
    return session.scalar(select(Skill).where(Skill.code == code))


def skills_by_code(session: Session, codes: Sequence[str]) -> dict[str, Skill]:
    """The concepts with these codes, by code."""
    found = session.scalars(select(Skill).where(Skill.code.in_(set(codes))))
    return {skill.code: skill for skill in found}


def skill_named(session: Session, public_id: str) -> Skill | None:
    """The concept with this public id and its labels; None for anything that cannot be one."""
    # PostgreSQL refuses a NUL in any text, and addresses are typed by anybody.
    if not public_id.isalnum():
        return None
    return session.scalar(
        select(Skill).where(Skill.public_id == public_id).options(selectinload(Skill.labels))
    )


def active_skills(session: Session) -> Sequence[Skill]:
    """All active concepts in Vietnamese order, for lists to choose from."""
    return session.scalars(
        select(Skill).where(Skill.state == SkillState.ACTIVE).order_by(Skill.sort, Skill.id)
    ).all()


@dataclass(frozen=True)
class SkillRow:
    """A concept in the list, with how many labels it has."""

    skill: Skill
    labels: int


def _matching(search: str, sector: Sector | None, meant: Collection[str]) -> Select[Skill]:
    query = select(Skill).where(Skill.state == SkillState.ACTIVE)
    if sector is not None:
        query = query.where(Skill.sector == sector)
    key = match_key(search)
    if key:
        # At the beginning of a word: inside words "cnc" would find every abbreviation that contains it.
        begins = SkillLabel.folded.startswith(key, autoescape=True)
        follows = SkillLabel.folded.contains(f" {key}", autoescape=True)
        named = select(SkillLabel.skill_id).where(begins | follows)
        codes = [*meant, key.upper()]
        query = query.where(Skill.id.in_(named) | Skill.code.in_(codes))
    return query


def skill_list(
    session: Session,
    search: str,
    sector: Sector | None,
    *,
    meant: Collection[str] = (),
    offset: int,
    limit: int,
) -> tuple[list[SkillRow], int]:
    """One page of the concepts one of whose labels has words that begin like the folded search, and how many there are.

    `meant` adds the concepts (codes) the resolver reads in the text, whatever their labels look like.
    """
    found = _matching(search, sector, meant)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    counted = (
        select(SkillLabel.skill_id, func.count().label("labels")).group_by(SkillLabel.skill_id).subquery()
    )
    rows = session.execute(
        found.outerjoin(counted, counted.c.skill_id == Skill.id)
        .add_columns(func.coalesce(counted.c.labels, 0))
        .order_by(Skill.sort, Skill.id)
        .offset(offset)
        .limit(limit)
    )
    return [SkillRow(skill, labels) for skill, labels in rows], total


def sector_counts(session: Session) -> dict[Sector, int]:
    """How many active concepts each sector has."""
    rows = session.execute(
        select(Skill.sector, func.count()).where(Skill.state == SkillState.ACTIVE).group_by(Skill.sector)
    )
    return dict(iter(rows))


@dataclass(frozen=True)
class Branch:
    """A concept in the tree with the narrower ones below it."""

    skill: Skill
    branches: "list[Branch]"


def sector_tree(session: Session, sector: Sector, *, offset: int, limit: int) -> tuple[list[Branch], int]:
    """One page of the broadest concepts of a sector with all below them, and how many broadest there are.

    A concept under two broader ones stands under both. Three statements, however many concepts; only those of
    the page are loaded whole.
    """
    order = _sectors_in_order(session)
    place = {skill_id: number for number, skill_id in enumerate(order)}
    links: dict[int, list[int]] = defaultdict(list)
    below: set[int] = set()
    for broad, narrow in _broader_pairs(session):
        if broad in place and narrow in place:
            links[broad].append(narrow)
            if order[broad] is sector:
                below.add(narrow)
    roots = [
        skill_id for skill_id, its_sector in order.items() if its_sector is sector and skill_id not in below
    ]
    shown = roots[offset : offset + limit]
    skills = _skills_by_id(session, _with_all_below(shown, links))

    def branch(skill_id: int) -> Branch:
        lower = sorted(links.get(skill_id, ()), key=place.__getitem__)
        return Branch(skills[skill_id], [branch(one) for one in lower])

    return [branch(root) for root in shown], len(roots)


def _sectors_in_order(session: Session) -> dict[int, Sector]:
    """The sector of every active concept by its id, in Vietnamese order."""
    rows = session.execute(
        select(Skill.id, Skill.sector).where(Skill.state == SkillState.ACTIVE).order_by(Skill.sort, Skill.id)
    )
    return dict(iter(rows))


def _broader_pairs(session: Session) -> Iterable[tuple[int, int]]:
    """(broader, narrower) of all concepts, in any state."""
    rows = session.execute(
        select(SkillRelation.other_id, SkillRelation.skill_id).where(
            SkillRelation.kind == RelationKind.BROADER
        )
    )
    return ((broad, narrow) for broad, narrow in rows)


def _with_all_below(roots: Iterable[int], links: Mapping[int, Iterable[int]]) -> set[int]:
    found: set[int] = set()
    ahead = list(roots)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(links.get(one, ()))
    return found


def _skills_by_id(session: Session, ids: Collection[int]) -> dict[int, Skill]:
    return {skill.id: skill for skill in session.scalars(select(Skill).where(Skill.id.in_(sorted(ids))))}


def find_concept(session: Session, text: str) -> list[Skill]:
    """The active concepts a text names by code or by a label, whatever the marks; in Vietnamese order."""
    key = match_key(text)
    named = select(SkillLabel.skill_id).where(SkillLabel.folded == key)
    code = text.strip().upper()
    if not key or "\0" in code:
        return []
    found = session.scalars(
        select(Skill)
        .where(Skill.state == SkillState.ACTIVE, or_(Skill.id.in_(named), Skill.code == code))
        .order_by(Skill.sort, Skill.id)
    )
    return list(found)


def ids_with_merged(session: Session, skill_ids: Collection[int]) -> dict[int, int]:
    """These concepts and those merged into them: id → the id it counts for."""
    merged = session.execute(
        select(Skill.id, Skill.merged_into_id).where(Skill.merged_into_id.in_(sorted(skill_ids)))
    )
    return {one: one for one in skill_ids} | {old: new for old, new in merged if new is not None}


@dataclass(frozen=True)
class Relations:
    """The concepts around one: more general, more special, related; each in Vietnamese order."""

    broader: Sequence[Skill]
    narrower: Sequence[Skill]
    related: Sequence[Skill]


def relations_of(session: Session, skill: Skill) -> Relations:
    """The concepts directly related to this one."""

    def towards(kind: RelationKind) -> Sequence[Skill]:
        return session.scalars(
            select(Skill)
            .join(SkillRelation, SkillRelation.other_id == Skill.id)
            .where(
                SkillRelation.skill_id == skill.id,
                SkillRelation.kind == kind,
                Skill.state == SkillState.ACTIVE,
            )
            .order_by(Skill.sort, Skill.id)
        ).all()

    narrower = session.scalars(
        select(Skill)
        .join(SkillRelation, SkillRelation.skill_id == Skill.id)
        .where(
            SkillRelation.other_id == skill.id,
            SkillRelation.kind == RelationKind.BROADER,
            Skill.state == SkillState.ACTIVE,
        )
        .order_by(Skill.sort, Skill.id)
    ).all()
    return Relations(towards(RelationKind.BROADER), narrower, towards(RelationKind.RELATED))


def skill_merged_into(session: Session, skill: Skill) -> Skill | None:
    """The concept a merged one became."""
    return None if skill.merged_into_id is None else session.get(Skill, skill.merged_into_id)
