"""What a need says, as terms: for copying it, revising it and comparing two states of it. Reads only what is loaded."""

from dataclasses import fields
from typing import Any

from registry.needs.models import Need
from registry.needs.rules import ConditionTerms, NeedTerms, SkillTerms


def terms_of(need: Need, **other: Any) -> NeedTerms:
    """What a need says, with some of it replaced."""
    said = {one.name: getattr(need, one.name) for one in fields(NeedTerms)}
    said["forms"] = tuple(need.forms)
    said["qualification_fields"] = tuple(need.qualification_fields)
    return NeedTerms(**said | other)


def skill_terms_of(need: Need) -> list[SkillTerms]:
    """The skills of a need as terms."""
    return [
        SkillTerms(row.typed, row.skill_id, row.level, row.weight, row.is_essential, row.minimum)
        for row in need.skills
    ]


def condition_terms_of(need: Need) -> list[ConditionTerms]:
    """The conditions of a need as terms."""
    return [
        ConditionTerms(
            row.kind,
            row.rank,
            tuple(row.field_codes),
            row.language,
            row.by_on,
            row.unit_id,
            row.unit_path,
            row.evidence,
        )
        for row in need.conditions
    ]
