"""What a need says, as terms, and back: for copying, revising, comparing and trying out. Reads only what is loaded."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

from registry.db import new_public_id
from registry.needs.models import Need, NeedCondition, NeedSkill
from registry.needs.rules import ConditionTerms, NeedTerms, Part, SkillTerms


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


def set_terms(need: Need, terms: NeedTerms) -> None:
    """Put what the terms say into the row."""
    for one in fields(NeedTerms):
        if one.name != "shares":
            value = getattr(terms, one.name)
            setattr(
                need, one.name, list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
            )
    for part, share in zip(Part, terms.shares, strict=True):
        setattr(need, f"share_{part}", share)


def condition_row(position: int, row: ConditionTerms) -> NeedCondition:
    """One hard condition as a row."""
    said = {one.name: getattr(row, one.name) for one in fields(ConditionTerms)}
    said["field_codes"] = list(row.field_codes)
    return NeedCondition(position=position, **said)


def unsaved_need(
    terms: NeedTerms, skills: Iterable[SkillTerms], conditions: Iterable[ConditionTerms]
) -> Need:
    """A need that no session knows, for asking who would fit it. Skills without a concept are left out."""
    need = Need(public_id=new_public_id(), skills=[], conditions=[], transitions=[])
    set_terms(need, terms)
    for position, row in enumerate(one for one in skills if one.skill_id is not None):
        need.skills.append(
            NeedSkill(
                position=position,
                typed=row.typed,
                skill_id=row.skill_id,
                level=row.level,
                minimum=row.minimum if row.is_essential else None,
                weight=row.weight,
                is_essential=row.is_essential,
            )
        )
    need.conditions.extend(condition_row(position, row) for position, row in enumerate(conditions))
    return need
