"""Reads of the vocabulary: the immutable `Vocabulary` the resolver uses, concepts, and pending terms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from registry.skills.models import (
    PendingTerm,
    Skill,
    SkillLabel,
    SkillRelation,
    VocabularyState,
)
from registry.skills.readers import read_vocabulary
from registry.skills.resolver import Concept, Label, Vocabulary
from registry.skills.rules import (
    PendingState,
    Relation,
    RelationKind,
    Sector,
    SkillState,
    similarities,
)
from registry.text import accented_key, match_key

# Building takes about half a second, so the last few versions are kept. A version is a random name that
# changes with every change of the vocabulary, hence never means two different contents.
_KEPT_VERSIONS = 3
_kept: dict[str, Vocabulary] = {}
_lock = Lock()


def vocabulary_version(session: Session) -> str:
    """The name of the present vocabulary; empty before the first load."""
    return session.scalar(select(VocabularyState.version)) or ""


def vocabulary(session: Session) -> Vocabulary:
    """The present vocabulary, ready to resolve; built once per version and process."""
    version = vocabulary_version(session)
    with _lock:
        found = _kept.get(version)
        if found is None:
            found = _built(session, version)
            if version:
                while len(_kept) >= _KEPT_VERSIONS:
                    _kept.pop(next(iter(_kept)))
                _kept[version] = found
    return found


def kept_versions() -> list[str]:
    """The versions this process holds in memory."""
    with _lock:
        return list(_kept)


def _built(session: Session, version: str) -> Vocabulary:
    skills = session.execute(
        select(Skill.code, Skill.vi, Skill.en, Skill.sector, Skill.scale)
        .where(Skill.state == SkillState.ACTIVE)
        .order_by(Skill.id)
    )
    concepts = [Concept(code, vi, en, str(sector), str(scale)) for code, vi, en, sector, scale in skills]
    labels = session.execute(
        select(
            Skill.code,
            SkillLabel.text,
            SkillLabel.kind,
            SkillLabel.folded,
            SkillLabel.accented,
            SkillLabel.is_ambiguous,
            SkillLabel.context_sectors,
            SkillLabel.context_words,
        )
        .join(Skill, Skill.id == SkillLabel.skill_id)
        .where(Skill.state == SkillState.ACTIVE)
        .order_by(SkillLabel.id)
    )
    return Vocabulary.build(
        version,
        concepts,
        [
            Label(
                code,
                text,
                str(kind),
                folded,
                accented,
                is_ambiguous,
                _listed(sectors),
                _listed(words),
            )
            for code, text, kind, folded, accented, is_ambiguous, sectors, words in labels
        ],
    )


def shipped_vocabulary(without: Collection[str] = ()) -> Vocabulary:
    """The vocabulary of the files shipped with the product, without a database, for measuring.

    Labels whose folded text is in `without` are left out.
    """
    files = read_vocabulary()
    left_out = frozenset(without)
    return Vocabulary.build(
        files.sha256,
        [Concept(row.code, row.vi, row.en, row.sector, row.scale) for row in files.skills],
        [
            Label(
                row.code,
                row.text,
                row.kind,
                match_key(row.text),
                accented_key(row.text),
                row.is_ambiguous,
                _listed(row.sectors),
                _listed(row.words),
            )
            for row in files.labels
            if match_key(row.text) not in left_out
        ],
    )


def _listed(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split("|")))


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


def similarity_of(session: Session) -> dict[int, dict[int, int]]:
    """How like a claim is to a requirement: {required skill id: {claimed skill id: hundredths}}.

    The concept itself (100) is not listed; narrower by one hop 90, by two 80, broader 60, related 50.
    """
    relations = session.execute(
        select(SkillRelation.skill_id, SkillRelation.kind, SkillRelation.other_id).order_by(SkillRelation.id)
    )
    merged = session.execute(select(Skill.id, Skill.merged_into_id).where(Skill.merged_into_id.is_not(None)))
    return similarities(
        (Relation(skill_id, kind, other_id) for skill_id, kind, other_id in relations),
        {old: new for old, new in merged if new is not None},
    )


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
            .where(SkillRelation.skill_id == skill.id, SkillRelation.kind == kind)
            .order_by(Skill.sort, Skill.id)
        ).all()

    narrower = session.scalars(
        select(Skill)
        .join(SkillRelation, SkillRelation.skill_id == Skill.id)
        .where(SkillRelation.other_id == skill.id, SkillRelation.kind == RelationKind.BROADER)
        .order_by(Skill.sort, Skill.id)
    ).all()
    return Relations(towards(RelationKind.BROADER), narrower, towards(RelationKind.RELATED))


def skill_merged_into(session: Session, skill: Skill) -> Skill | None:
    """The concept a merged one became."""
    return None if skill.merged_into_id is None else session.get(Skill, skill.merged_into_id)


def pending_count(session: Session) -> int:
    """How many texts wait for somebody to say what they mean."""
    waiting = select(func.count()).select_from(PendingTerm).where(PendingTerm.state == PendingState.WAITING)
    return session.scalar(waiting) or 0


def pending_list(session: Session, *, offset: int, limit: int) -> tuple[Sequence[PendingTerm], int]:
    """One page of the waiting terms, the most frequent first, and how many wait."""
    terms = session.scalars(
        select(PendingTerm)
        .where(PendingTerm.state == PendingState.WAITING)
        .order_by(PendingTerm.count.desc(), PendingTerm.id)
        .options(selectinload(PendingTerm.sightings))
        .offset(offset)
        .limit(limit)
    ).all()
    return terms, pending_count(session)
