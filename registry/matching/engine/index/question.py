"""A need made ready for a snapshot: which postings earn what, and tables for the columns. Made anew per request.

Relations, merges and the need itself live here and never in the snapshot, so they may change at any time.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from registry.matching.engine.conditions import PersonalCondition, condition_key, judge
from registry.matching.engine.dates import add_months
from registry.matching.engine.facts import (
    EVIDENCE_STRENGTH,
    AvailabilityWanted,
    AvailableCondition,
    DegreeCondition,
    EducationHeld,
    EvidenceCondition,
    ExperienceWanted,
    Field,
    FieldCondition,
    LanguageCondition,
    PersonFacts,
    PlaceWanted,
    QualificationWanted,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.engine.index.columns import Bool, Int64, UInt8, UInt16
from registry.matching.engine.index.snapshot import (
    LEVEL_NOT_STATED,
    RANKS,
    STRENGTHS,
    Snapshot,
    bucket,
)
from registry.matching.engine.index.terms import (
    DENIED,
    FAIL,
    MET,
    OPEN,
    PASS,
    REACHES,
    REACHES_LOWER,
    Availability,
    Available,
    Essential,
    Experience,
    Judged,
    Place,
    Proved,
    Question,
    Requirement,
    Spoken,
    Test,
    proved_at,
)
from registry.matching.engine.outcome import Verdict
from registry.matching.engine.parts import FULL, LATE_START_MONTHS, field_halves, rank_value
from registry.matching.engine.score import POINTS_PER_SHARE, Plan
from registry.matching.engine.skills import NARROWER_TWICE, SAME, level_reached

_VERDICTS = {Verdict.MET: PASS, Verdict.NOT_MET: FAIL, Verdict.UNKNOWN: OPEN}
_MOST_YEARS = 256

SkillIds = Mapping[str, Sequence[int]]
"""Concept code → the ids its claims may stand under, those of merged concepts included."""


_PROOFS = tuple(sum(proved_at(one) for one in range(1, strength + 1)) for strength in range(STRENGTHS))
"""Per strength all those bits of a claim that has it."""


def ask(plan: Plan, snapshot: Snapshot, skill_ids: SkillIds) -> Question:
    """Make the plan of a need ready for a snapshot."""
    need, share = plan.need, {part: share * POINTS_PER_SHARE for part, share in plan.shares.items()}
    return Question(
        requirements=tuple(
            _requirement(wanted, maximum, similar, snapshot, skill_ids)
            for wanted, maximum, similar in zip(plan.wanted, plan.maxima, plan.similarities, strict=True)
        ),
        experience=_experience(need.experience, share["experience"], snapshot),
        education=_education(need.qualification, share["qualification"], snapshot),
        availability=_availability(need.availability, share["availability"], snapshot),
        place=_place(need.place, share["place"], snapshot),
        tests=_tests(plan, snapshot),
        asks_for_skills=plan.asks_for_skills,
        asks_for_something=plan.asks_for_something,
    )


def _requirement(
    wanted: SkillWanted,
    maximum: int,
    similar: Mapping[str, int],
    snapshot: Snapshot,
    skill_ids: SkillIds,
) -> Requirement:
    """All buckets of all similar concepts at once, without those that are empty or earn and say nothing."""
    starts = snapshot.arrays.claim_starts
    told = [(skill, value) for code, value in similar.items() for skill in skill_ids.get(code, ())]
    told = [(skill, value) for skill, value in told if bucket(skill + 1, 0, 0) < len(starts)]
    similarities = sorted({value for _skill, value in told})
    first = np.array([bucket(skill, 0, 0) for skill, _value in told], np.int64)
    kind = np.array([similarities.index(value) for _skill, value in told], np.int64)
    places = first[:, None] + np.arange(RANKS * STRENGTHS)
    worth = [_worth(wanted, maximum, value) for value in similarities]
    points = np.array([one for one, _says in worth], np.uint16).reshape(-1, RANKS * STRENGTHS)[kind].ravel()
    says = np.array([one for _points, one in worth], np.uint8).reshape(-1, RANKS * STRENGTHS)[kind].ravel()
    low, high = starts[places].ravel(), starts[places + 1].ravel()
    kept = np.flatnonzero((high > low) & ((points > 0) | (says > 0)))
    order = kept[np.lexsort((low[kept], points[kept]))]
    return Requirement(wanted, low[order], high[order], points[order], says[order])


def _worth(wanted: SkillWanted, maximum: int, similarity: int) -> tuple[list[int], list[int]]:
    """Points and bits of a claim of this similarity, by rank and strength of evidence as buckets stand."""
    points, says = list[int](), list[int]()
    for rank in range(RANKS):
        known = None if rank == LEVEL_NOT_STATED else rank
        said = _says(wanted, similarity, known)
        points += [maximum * similarity * level_reached(known, wanted.rank)[0] // 6000] * STRENGTHS
        says += [said | (proof if said & MET else 0) for proof in _PROOFS]
    return points, says


def _says(wanted: SkillWanted, similarity: int, rank: int | None) -> int:
    """What a claim of this similarity and rank says, beside its points."""
    if rank is None:
        return 0
    said = 0
    if similarity >= NARROWER_TWICE:
        said |= REACHES if rank >= wanted.rank else 0
        said |= REACHES_LOWER if rank >= max(1, wanted.rank - 1) else 0
        said |= MET if rank >= wanted.must_reach else 0
    if similarity == SAME and rank < wanted.must_reach:
        said |= DENIED
    return said


def _experience(wanted: ExperienceWanted | None, maximum: int, snapshot: Snapshot) -> Experience | None:
    if wanted is None:
        return None
    points = [
        maximum * (FULL * min(years, wanted.years) // wanted.years) // FULL for years in range(_MOST_YEARS)
    ]
    return Experience(
        None if wanted.field is None else _years_key(wanted.field, snapshot), np.array(points, np.uint16)
    )


def _years_key(field: Field, snapshot: Snapshot) -> int:
    """The posting list of a field, or of its group; -1 for one nobody has worked in."""
    words = snapshot.words
    if field.code is not None:
        return len(words.groups) + words.fields.index(field.code) if field.code in words.fields else -1
    return words.groups.index(field.group) if field.group in words.groups else -1


def _education(wanted: QualificationWanted | None, maximum: int, snapshot: Snapshot) -> UInt16 | None:
    """Certain points by number of kind, 0 for none: `qualification` of every rank and every field there is, once."""
    if wanted is None:
        return None
    table = snapshot.education_table
    ranks = np.array([rank_value(wanted.rank, one).certain for one in table.ranks], np.int64)
    halves = np.array([field_halves(wanted.fields, one).certain for one in table.fields], np.int64)
    points = maximum * (ranks[table.rank_of] * halves[table.field_of] // 2) // FULL
    return np.concatenate(([0], points)).astype(np.uint16)


def _availability(wanted: AvailabilityWanted | None, maximum: int, snapshot: Snapshot) -> Availability | None:
    if wanted is None:
        return None
    start = wanted.start_on
    return Availability(
        points=maximum,
        half=maximum * (FULL // 2) // FULL,
        start=start.toordinal() if start else 0,
        late=add_months(start, LATE_START_MONTHS).toordinal() if start else 0,
        forms=_form_bits(wanted.forms, snapshot),
    )


def _form_bits(forms: frozenset[str], snapshot: Snapshot) -> int:
    """A bit per form; one that nobody could have said still asks for something."""
    known = snapshot.words.forms
    bits = sum(1 << place for place, form in enumerate(known) if form in forms)
    return bits | (1 << len(known) if forms - set(known) else 0)


def _place(wanted: PlaceWanted | None, maximum: int, snapshot: Snapshot) -> Place | None:
    if wanted is None:
        return None
    path = wanted.unit_path
    keys = () if path is None else tuple(_prefixes(path, snapshot.words.unit_paths))
    return Place(maximum, keys, wanted.remote)


def _prefixes(path: str, known: Sequence[str]) -> list[int]:
    """The numbers of the units that contain a path."""
    return [place for place, one in enumerate(known) if path.startswith(one)]


def _tests(plan: Plan, snapshot: Snapshot) -> tuple[Test, ...]:
    """The conditions in the order of the reference, without those that are left out for once."""
    essential = {condition_key(one): place for place, one in enumerate(plan.wanted) if one.essential}
    needed = tuple(place for place, one in enumerate(plan.wanted) if one.essential)
    tests: list[Test] = [Essential(key, place) for key, place in essential.items()]
    for key, condition in plan.conditions:
        if isinstance(condition, EvidenceCondition):
            tests.append(Proved(key, needed, proved_at(EVIDENCE_STRENGTH[condition.state])))
        else:
            tests.append(_MAKERS[type(condition)](key, condition, snapshot))
    return tuple(one for one in tests if one.key not in plan.relaxed)


def _judged_degree(key: str, condition: DegreeCondition, snapshot: Snapshot) -> Judged:
    """Per kind of education the verdict of a person with that education alone, which only its rank decides."""
    table = snapshot.education_table
    verdicts = [_verdict_of(condition, EducationHeld(rank=one)) for one in table.ranks]
    return Judged(key, "education", _by_kind(verdicts, table.rank_of))


def _judged_field(key: str, condition: FieldCondition, snapshot: Snapshot) -> Judged:
    """The same for what only the field decides."""
    table = snapshot.education_table
    verdicts = [_verdict_of(condition, EducationHeld(field=one)) for one in table.fields]
    return Judged(key, "education", _by_kind(verdicts, table.field_of))


def _verdict_of(condition: PersonalCondition, held: EducationHeld) -> int:
    return _VERDICTS[judge(condition, PersonFacts("", education=(held,)), date.min)]


def _by_kind(verdicts: Sequence[int], places: Int64) -> UInt8:
    """A verdict for each kind, from those it may have; who has no education is asked."""
    return np.concatenate(([OPEN], np.array(verdicts, np.uint8)[places])).astype(np.uint8)


def _judged_scope(key: str, condition: ScopeCondition, snapshot: Snapshot) -> Judged:
    """Per unit; the last entry is for records without one, which the number −1 leads to."""
    verdicts = [PASS if path.startswith(condition.unit_path) else FAIL for path in snapshot.words.unit_paths]
    return Judged(key, "unit", np.array([*verdicts, OPEN], np.uint8))


def _spoken(key: str, condition: LanguageCondition, snapshot: Snapshot) -> Spoken:
    known = snapshot.words.languages
    if condition.language not in known:
        return Spoken(key, (), ())
    first = known.index(condition.language) * RANKS
    ranks = range(LEVEL_NOT_STATED)
    return Spoken(
        key,
        tuple(first + rank for rank in ranks if rank >= condition.rank),
        tuple(first + rank for rank in ranks if rank < condition.rank),
    )


def _available(key: str, condition: AvailableCondition, _snapshot: Snapshot) -> Available:
    return Available(key, condition.by.toordinal())


_MAKERS: Mapping[type, Callable[[str, Any, Snapshot], Test]] = {
    DegreeCondition: _judged_degree,
    FieldCondition: _judged_field,
    ScopeCondition: _judged_scope,
    LanguageCondition: _spoken,
    AvailableCondition: _available,
}


def visible_rows(snapshot: Snapshot, scopes: Sequence[tuple[str, str]]) -> Bool:
    """Which rows the index may answer for: usable ones inside one of the (unit path, organisation path) scopes."""
    arrays, words = snapshot.arrays, snapshot.words
    if ("", "") in scopes:
        return arrays.usable
    seen = np.zeros(len(snapshot), np.bool_)
    for unit_path, organisation_path in scopes:
        units = np.array([path.startswith(unit_path) for path in words.unit_paths] + [not unit_path])
        offices = np.array(
            [path.startswith(organisation_path) for path in words.organisation_paths]
            + [not organisation_path]
        )
        seen |= units[arrays.units] & offices[arrays.organisations]
    return seen & arrays.usable
