"""A need as its own form would send it: for the edit page, for the two sides of a conflict, for merging them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict

from registry.needs.models import Need, NeedCondition, NeedSkill
from registry.needs.rules import KEEP, ConditionKind, Part
from registry.needs.views.reading import organisation_text, scale_of
from registry.places.models import AdministrativeUnit
from registry.skills.rules import level_of

Typed = list[tuple[str, str]]

# The rows of a conflict: a choice keeps or replaces all fields whose names start so.
GROUPS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "kind": ("kind",),
    "headcount": ("headcount",),
    "organisation": ("organisation",),
    "legal_basis": ("legal_basis",),
    "description": ("description",),
    "task": ("estimated_days", "deliverable"),
    "note": ("note",),
    "skills": ("skills-", "skill_text"),
    "experience": ("experience_",),
    "qualification": ("qualification_",),
    "conditions": ("degree_rank", "condition_fields", "language_", "available_by", "scope_place", "evidence"),
    "expected_on": ("expected_on",),
    "start_on": ("start_on",),
    "forms": ("forms",),
    "workplace": ("workplace", "is_remote"),
    "shares": ("share_",),
}


def typed_need(need: Need) -> MultiDict[str, str]:
    """The values the form of this need would send, without token and version."""
    return MultiDict(
        [*_post(need), *_skills(need), *_scored(need), *_conditions(need.conditions), *_shares(need)]
    )


def merged(
    mine: MultiDict[str, str], theirs: MultiDict[str, str], picks: Iterable[str]
) -> MultiDict[str, str]:
    """My values, with the groups in `picks` replaced by theirs."""
    prefixes = tuple(prefix for group in picks for prefix in GROUPS.get(group, ()))
    kept = [(name, value) for name, value in mine.items(multi=True) if not name.startswith(prefixes)]
    taken = [(name, value) for name, value in theirs.items(multi=True) if name.startswith(prefixes)]
    return MultiDict([*kept, *taken] if prefixes else list(mine.items(multi=True)))


def unit_text(unit: AdministrativeUnit | None) -> str:
    """A unit inside the units above it, so that the text resolves to it again."""
    if unit is None:
        return ""
    above = unit.parent
    return (
        unit.full_name if above is None or above.parent_id is None else f"{unit.full_name}, {above.full_name}"
    )


def _post(need: Need) -> Typed:
    return [
        ("title", need.title),
        ("kind", need.kind),
        ("headcount", str(need.headcount)),
        ("organisation", organisation_text(need.organisation)),
        ("legal_basis", need.legal_basis),
        ("description", need.description),
        ("estimated_days", _number(need.estimated_days)),
        ("deliverable", need.deliverable),
        ("note", need.note),
        *_date("expected_on", need.expected_on),
        *_date("start_on", need.start_on),
        *(("forms", form) for form in need.forms),
        ("workplace", unit_text(need.unit)),
        *([("is_remote", "y")] if need.is_remote else []),
    ]


def _skills(need: Need) -> Typed:
    typed: Typed = []
    for number, row in enumerate(need.skills):
        typed += [
            (f"skills-{number}-typed", row.typed),
            (f"skills-{number}-seen", row.typed),
            (f"skills-{number}-pick", _picked(row)),
            (f"skills-{number}-level", str(level_of(scale_of(row.skill), row.level))),
            (
                f"skills-{number}-minimum",
                str(level_of(scale_of(row.skill), row.minimum)) if row.minimum else "",
            ),
            (f"skills-{number}-weight", str(row.weight)),
            *([(f"skills-{number}-is_essential", "y")] if row.is_essential else []),
        ]
    return typed


def _picked(row: NeedSkill) -> str:
    """The concept chosen, or the wish to keep the text; a text that has become a label since is read anew."""
    if row.skill is not None:
        return row.skill.code
    return "" if row.pending_term is not None and row.pending_term.skill_id is not None else KEEP


def _scored(need: Need) -> Typed:
    return [
        ("experience_years", _number(need.experience_years)),
        ("experience_field", need.experience_field or ""),
        ("qualification_rank", _number(need.qualification_rank)),
        *(("qualification_fields", code) for code in need.qualification_fields),
    ]


def _conditions(conditions: Sequence[NeedCondition]) -> Typed:
    typed: Typed = []
    languages = 0
    for row in conditions:
        if row.kind is ConditionKind.LANGUAGE:
            languages += 1
            typed += [
                (f"language_{languages}", row.language or ""),
                (f"language_rank_{languages}", _number(row.rank)),
            ]
        else:
            typed += _TYPED_CONDITIONS[row.kind](row)
    return typed


_TYPED_CONDITIONS: dict[ConditionKind, Callable[[NeedCondition], Typed]] = {
    ConditionKind.DEGREE: lambda row: [("degree_rank", _number(row.rank))],
    ConditionKind.FIELD: lambda row: [("condition_fields", code) for code in row.field_codes],
    ConditionKind.AVAILABLE: lambda row: _date("available_by", row.by_on),
    ConditionKind.SCOPE: lambda row: [("scope_place", unit_text(row.unit))],
    ConditionKind.EVIDENCE: lambda row: [("evidence", row.evidence or "")],
}


def _shares(need: Need) -> Typed:
    return [(f"share_{part}", str(share)) for part, share in zip(Part, need.shares, strict=True)]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _date(name: str, value: date | None) -> Typed:
    if value is None:
        return []
    return [(name, f"{value.day:02}"), (name, f"{value.month:02}"), (name, f"{value.year:04}")]
