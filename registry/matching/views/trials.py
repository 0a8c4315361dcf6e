"""A trial of the ranking page put into the values of the need's own form. Reads what it is handed, asks nothing."""

from werkzeug.datastructures import MultiDict

from registry.matching.engine.facts import (
    AvailableCondition,
    Condition,
    DegreeCondition,
    EvidenceCondition,
    FieldCondition,
    LanguageCondition,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.queries import Ranked
from registry.matching.queries.rankings import Shares
from registry.needs.models import Need
from registry.needs.rules import Part

Values = MultiDict[str, str]
_FIELDS: tuple[tuple[type[Condition], str], ...] = (
    (DegreeCondition, "degree_rank"),
    (FieldCondition, "condition_fields"),
    (AvailableCondition, "available_by"),
    (ScopeCondition, "scope_place"),
    (EvidenceCondition, "evidence"),
)


def with_trial(values: Values, need: Need, found: Ranked, shares: Shares | None) -> Values:
    """The values of the form with the relaxed conditions gone and the tried shares in it.

    An essential skill that was relaxed stays a desirable one.
    """
    changed = MultiDict(values)
    for key, condition in found.plan.named_conditions():
        if key in found.plan.relaxed:
            _relax(changed, need, found, condition)
    for part, share in zip(Part, shares or (), strict=False):
        changed[f"share_{part}"] = str(share)
    return changed


def _relax(values: Values, need: Need, found: Ranked, condition: Condition | SkillWanted) -> None:
    if isinstance(condition, SkillWanted):
        for number, row in enumerate(need.skills):
            if found.concepts.codes.get(row.skill_id or 0) == condition.skill:
                _without(values, f"skills-{number}-is_essential", f"skills-{number}-minimum")
    elif isinstance(condition, LanguageCondition):
        _without_language(values, condition)
    else:
        _without(values, *(name for kind, name in _FIELDS if isinstance(condition, kind)))


def _without(values: Values, *names: str) -> None:
    for name in names:
        values.poplist(name)


def _without_language(values: Values, condition: LanguageCondition) -> None:
    wanted = (condition.language, str(condition.rank))
    for number in (1, 2):
        names = (f"language_{number}", f"language_rank_{number}")
        if tuple(values.get(name) for name in names) == wanted:
            _without(values, *names)
