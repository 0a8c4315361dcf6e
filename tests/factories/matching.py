"""Facts and needs for the formula, with few words: a test states only what it is about."""

from datetime import date

from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    EducationHeld,
    ExperienceHeld,
    Field,
    NeedSpec,
    PersonFacts,
    SkillClaimed,
    SkillWanted,
)
from registry.matching.engine.outcome import Interval, Match
from registry.matching.engine.score import prepare, score

TODAY = date(2026, 11, 25)

# Django is a kind of Python framework work, Django REST a kind of Django; SQL stands beside Python.
# Wanted concept → claimed concept → hundredths.
SIMILAR: dict[str, dict[str, int]] = {
    "PYTHON": {"DJANGO": 90, "REST": 80, "CODING": 60, "JAVA": 50},
    "SQL": {"POSTGRES": 90, "PYTHON": 50},
    "FHIR": {"HL7": 50},
}

_next_id = iter(range(1, 1_000_000))


def wanted(
    skill: str = "PYTHON",
    rank: int = 3,
    weight: int = 1,
    *,
    essential: bool = False,
    minimum: int | None = None,
) -> SkillWanted:
    """A skill of a need."""
    return SkillWanted(skill, rank, weight, essential, minimum)


def claim(
    skill: str = "PYTHON",
    rank: int | None = 3,
    evidence: str = "self_declared",
    *,
    on: date | None = None,
    unconfirmed: bool = False,
    id: int | None = None,
) -> SkillClaimed:
    """A claim of a person; ids count up unless given."""
    return SkillClaimed(id or next(_next_id), skill, rank, evidence, on, unconfirmed)


def need(*skills: SkillWanted, **parts: object) -> NeedSpec:
    """A need for these skills and whatever else is named."""
    return NeedSpec("need0", tuple(skills), **parts)  # pyright: ignore[reportArgumentType]


def person(*claims: SkillClaimed, id: str = "person0", **facts: object) -> PersonFacts:
    """A person with these claims and whatever else is named."""
    return PersonFacts(id, tuple(claims), **facts)  # pyright: ignore[reportArgumentType]


def worked(
    start: date | int | None,
    end: date | int | None = None,
    group: str | None = "748",
    *,
    ongoing: bool = False,
) -> ExperienceHeld:
    """A period of work in a field of that name; a whole number is a bare year."""
    return ExperienceHeld(field_named(group), moment(start), moment(end), ongoing)


def field_named(code: str | None) -> Field | None:
    """A field in the group of its first two characters."""
    return None if code is None else Field(code, code[:2])


def studied(rank: int | None, code: str | None = None, group: str | None = None) -> EducationHeld:
    """An education; without code and group its field is not stated."""
    return EducationHeld(rank, Field(code, group) if code or group else None)


def moment(day: date | int | None) -> Moment | None:
    """A day, a bare year, or nothing."""
    if isinstance(day, int):
        return Moment.in_year(day)
    return None if day is None else Moment.on(day)


def matched(spec: NeedSpec, facts: PersonFacts, as_of: date = TODAY) -> Match:
    """One person against one need, with the similarities of this file."""
    return score(prepare(spec, SIMILAR), facts, as_of)


def points(match: Match) -> Interval:
    """The total as certain and potential."""
    return Interval(match.certain, match.potential)
