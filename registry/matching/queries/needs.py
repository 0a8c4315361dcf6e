"""Needs as the formula takes them, and the open needs that share a concept with a person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import (
    AvailabilityWanted,
    AvailableCondition,
    Condition,
    DegreeCondition,
    EvidenceCondition,
    ExperienceWanted,
    Field,
    FieldCondition,
    LanguageCondition,
    NeedSpec,
    PlaceWanted,
    QualificationWanted,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.queries.concepts import Concepts
from registry.matching.queries.people import named_field
from registry.needs.models import Need, NeedCondition, NeedSkill
from registry.needs.queries import in_scope
from registry.needs.rules import ConditionKind, NeedState


def need_spec(need: Need, concepts: Concepts) -> NeedSpec:
    """The need in codes and ranks. A skill whose words name no concept yet asks for nothing that could be scored."""
    wanted = [_skill(row, concepts) for row in need.skills if row.skill_id is not None]
    return NeedSpec(
        public_id=need.public_id,
        skills=tuple(_once_each(wanted)),
        experience=_experience(need),
        qualification=_qualification(need),
        availability=_availability(need),
        place=_place(need),
        conditions=tuple(_condition(row) for row in need.conditions),
        shares=need.shares,
    )


def wanted_ids(needs: Iterable[Need]) -> set[int]:
    """The ids of the concepts these needs ask for."""
    return {row.skill_id for need in needs for row in need.skills if row.skill_id is not None}


def _skill(row: NeedSkill, concepts: Concepts) -> SkillWanted:
    """Levels of needs are kept as ranks, as those of claims are, so both compare as they stand."""
    code = concepts.codes[row.skill_id or 0]
    minimum = row.minimum if row.is_essential else None
    return SkillWanted(code, row.level, row.weight, row.is_essential, minimum)


def _once_each(wanted: Sequence[SkillWanted]) -> list[SkillWanted]:
    """Two rows whose concepts were merged are one requirement: the stricter of each, essential if either is."""
    by_skill: dict[str, SkillWanted] = {}
    for one in wanted:
        other = by_skill.get(one.skill)
        by_skill[one.skill] = one if other is None else _stricter(one, other)
    return list(by_skill.values())


def _stricter(one: SkillWanted, other: SkillWanted) -> SkillWanted:
    minima = [row.must_reach for row in (one, other) if row.essential]
    return replace(
        one,
        rank=max(one.rank, other.rank),
        weight=max(one.weight, other.weight),
        essential=bool(minima),
        minimum=max(minima, default=None),
    )


def _experience(need: Need) -> ExperienceWanted | None:
    if need.experience_years is None:
        return None
    return ExperienceWanted(need.experience_years, named_field(need.experience_field))


def _fields(codes: Iterable[str]) -> tuple[Field, ...]:
    return tuple(found for code in sorted(set(codes)) if (found := named_field(code)))


def _qualification(need: Need) -> QualificationWanted | None:
    if need.qualification_rank is None:
        return None
    return QualificationWanted(need.qualification_rank, _fields(need.qualification_fields))


def _availability(need: Need) -> AvailabilityWanted | None:
    if need.start_on is None and not need.forms:
        return None
    return AvailabilityWanted(need.start_on, frozenset(need.forms))


def _place(need: Need) -> PlaceWanted | None:
    if not need.unit_path and not need.is_remote:
        return None
    return PlaceWanted(need.unit_path or None, need.is_remote)


def _condition(row: NeedCondition) -> Condition:
    """Which columns a kind uses is checked by the table."""
    values: Any = row
    match row.kind:
        case ConditionKind.DEGREE:
            return DegreeCondition(values.rank)
        case ConditionKind.FIELD:
            return FieldCondition(_fields(row.field_codes))
        case ConditionKind.LANGUAGE:
            return LanguageCondition(values.language, values.rank)
        case ConditionKind.AVAILABLE:
            return AvailableCondition(values.by_on)
        case ConditionKind.SCOPE:
            return ScopeCondition(values.unit_path)
        case ConditionKind.EVIDENCE:
            return EvidenceCondition(values.evidence)


def open_needs_asking(session: Session, viewer: Viewer, skill_ids: Collection[int]) -> Sequence[Need]:
    """The open needs in the viewer's scopes that ask for one of these concepts, oldest first."""
    asking = select(NeedSkill.need_id).where(NeedSkill.skill_id.in_(sorted(skill_ids)))
    return session.scalars(
        select(Need)
        .where(Need.state == NeedState.OPEN, in_scope(viewer), Need.id.in_(asking))
        .options(
            joinedload(Need.organisation),
            joinedload(Need.unit),
            selectinload(Need.skills).joinedload(NeedSkill.skill),
            selectinload(Need.conditions),
        )
        .order_by(Need.id)
    ).all()


def open_needs(session: Session, viewer: Viewer) -> Sequence[Need]:
    """All open needs in the viewer's scopes with what a ranking reads of them and who opened them, oldest first."""
    return session.scalars(
        select(Need)
        .where(Need.state == NeedState.OPEN, in_scope(viewer))
        .options(
            joinedload(Need.organisation),
            joinedload(Need.unit),
            selectinload(Need.skills).joinedload(NeedSkill.skill),
            selectinload(Need.conditions),
            selectinload(Need.transitions),
        )
        .order_by(Need.id)
    ).all()
