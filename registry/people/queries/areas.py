"""The facets of an elite workforce as conditions: claims on the concepts of an area, from a rank on, or proved."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from registry.people.models import Person, SkillClaim
from registry.people.rules import EvidenceState
from registry.skills.models import Skill
from registry.skills.rules.areas import FAMILIES, WorkforceArea

AREA_OPTIONS = ("any", "rank_3", "verified")
"""Claimed at all, from rank 3 on, or verified by an office and not run out. A claim of rank 0 says one has it not."""
ABLE_RANK = 3
AREA_FACETS: Mapping[str, tuple[str, ...]] = {area.value: AREA_OPTIONS for area in WorkforceArea}


def area_condition(area: str, option: str, concepts: Collection[int], on: date) -> ColumnElement[bool]:
    """The condition of one option of one facet of `AREA_FACETS`; `concepts` are the ids of those of the area."""
    family = FAMILIES.get(WorkforceArea(area))
    # Families have hundreds of concepts: asked by their name, not one by one.
    ids = sorted(concepts) if family is None else select(Skill.id).where(Skill.family == family)
    return (
        select(SkillClaim.id)
        .where(
            SkillClaim.person_id == Person.id,
            SkillClaim.valid_to.is_(None),
            SkillClaim.skill_id.in_(ids),
            *_held(option, on),
        )
        .correlate(Person)
        .exists()
    )


def _held(option: str, on: date) -> list[ColumnElement[bool]]:
    if option == "rank_3":
        return [SkillClaim.level >= ABLE_RANK]
    is_held = or_(SkillClaim.level.is_(None), SkillClaim.level != 0)
    if option == "any":
        return [is_held]
    still = or_(SkillClaim.evidence_until.is_(None), SkillClaim.evidence_until >= on)
    return [is_held, SkillClaim.evidence_state == EvidenceState.VERIFIED, still]
