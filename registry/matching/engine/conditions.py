"""Hard conditions in three values. A missing fact is unknown; only a known fact can exclude. Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailableCondition,
    Condition,
    DegreeCondition,
    EvidenceCondition,
    Field,
    FieldCondition,
    LanguageCondition,
    PersonFacts,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.engine.outcome import Verdict
from registry.matching.engine.parts import current_statement, field_listed


def condition_key(condition: Condition | SkillWanted) -> str:
    """A stable name for a condition of a need: its kind and its terms. Equal conditions have equal keys."""
    return _KEYS[type(condition)](condition)


_KEYS: dict[type, Callable[[Any], str]] = {
    SkillWanted: lambda one: f"skill:{one.skill}>={one.must_reach}",
    DegreeCondition: lambda one: f"degree>={one.rank}",
    FieldCondition: lambda one: "field:" + ",".join(sorted(f.code or f.group or "" for f in one.fields)),
    LanguageCondition: lambda one: f"language:{one.language}>={one.rank}",
    AvailableCondition: lambda one: f"available<={one.by.isoformat()}",
    ScopeCondition: lambda one: f"scope:{one.unit_path}",
    EvidenceCondition: lambda one: f"evidence>={one.state}",
}


PersonalCondition = DegreeCondition | FieldCondition | LanguageCondition | AvailableCondition | ScopeCondition
"""The conditions that look at one fact of the person; essential skills and their evidence need the whole plan."""


def judge(condition: PersonalCondition, person: PersonFacts, as_of: date) -> Verdict:
    """Whether the person meets a condition on `as_of`."""
    match condition:
        case DegreeCondition():
            return _any(None if row.rank is None else row.rank >= condition.rank for row in person.education)
        case FieldCondition():
            return _any(_field_answer(row.field, condition.fields) for row in person.education)
        case LanguageCondition():
            held = (row.rank for row in person.languages if row.language == condition.language)
            return _any(None if rank is None else rank >= condition.rank for rank in held)
        case AvailableCondition():
            return _available(condition.by, person.availability, as_of)
        case _:
            path = person.unit_path
            return Verdict.UNKNOWN if path is None else _known(path.startswith(condition.unit_path))


def _known(answer: bool) -> Verdict:
    return Verdict.MET if answer else Verdict.NOT_MET


def _any(answers: Iterable[bool | None]) -> Verdict:
    """Met when one says yes; unknown when none does and one is silent, or nothing was said at all; else not met."""
    said = list(answers)
    if True in said:
        return Verdict.MET
    return Verdict.UNKNOWN if None in said or not said else Verdict.NOT_MET


def _field_answer(held: Field | None, wanted: tuple[Field, ...]) -> bool | None:
    listed = field_listed(held, wanted)
    return bool(listed.certain) if listed.certain == listed.potential else None


def _available(by: date, stated: AvailabilityStated | None, as_of: date) -> Verdict:
    current = current_statement(stated, as_of)
    if current is None:
        return Verdict.UNKNOWN
    if not current.available:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if current.free_from is None else _known(current.free_from <= by)
